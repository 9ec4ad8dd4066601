/** What all parts of the host share: the command line, Chromium and its connection. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CdpConnection, CdpSession, Protocol } from './cdp.ts';
import { type Chromium, findChromium, launchChromium } from './chromium.ts';
import type { CommandLine } from './command-line.ts';

export interface TargetHandlers {
  /** A page target that the host did not ask for: `window.open` or a link to a new window. */
  onUninvited(info: Protocol.Target.TargetInfo, session: CdpSession): void;
}

class Host {
  commandLine: CommandLine = {
    requires: [],
    inspect: undefined,
    debuggingPort: undefined,
    appPath: undefined,
    switches: new Map(),
  };
  /** Path of the `electron` executable that was started. */
  executable = '';
  /** True if the app was found beside the executable. */
  packed = false;
  chromium: Chromium | undefined;
  version = '';
  handlers: TargetHandlers | undefined;
  private started: Promise<CdpConnection> | undefined;
  private temporaryProfile: string | undefined;
  private readonly expected = new Map<string, (session: CdpSession) => void>();
  private readonly early = new Map<string, { info: Protocol.Target.TargetInfo; session: CdpSession }>();
  private readonly appWindows: ((arrived: {
    targetId: string;
    session: CdpSession;
    contextId: string | undefined;
  }) => void)[] = [];
  private creating = 0;
  private ending = false;

  /** True without a display: windows exist, nobody sees them. */
  get headless(): boolean {
    if (this.commandLine.switches.has('headless')) return true;
    return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  }

  /** Starts Chromium once, with its profile in `folder` (a temporary one if another process is using that). */
  start(folder: string, userAgent: (product: string) => string): Promise<CdpConnection> {
    this.started ??= this.launch(folder, userAgent);
    return this.started;
  }

  private async launch(folder: string, userAgent: (product: string) => string): Promise<CdpConnection> {
    const executable = findChromium();
    if (!executable) {
      throw new Error(
        'No Chromium, Chrome or Edge was found. Install one (Debian: apt-get install chromium) or set RAPPORT_CHROMIUM.',
      );
    }
    let profile = folder;
    if (await staysInUse(folder)) {
      sweep('chromium-host-profile-');
      profile = mkdtempSync(join(tmpdir(), `chromium-host-profile-${process.pid}-`));
      this.temporaryProfile = profile;
    }
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    const chromium = launchChromium({
      executable,
      profile,
      headless: this.headless,
      debuggingPort: this.commandLine.debuggingPort,
      switches: this.commandLine.switches,
      userAgent: undefined,
    });
    this.chromium = chromium;
    const { root, closed } = chromium.connection;
    chromium.process.once('error', (error) => this.lost(String(error)));
    void closed.then(() => this.lost('its connection closed'));
    const filter = [{ type: 'page' }];
    root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => this.attached(targetInfo, sessionId));
    const attach = root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter,
    });
    const { product } = await root.send('Browser.getVersion');
    this.version = product.split('/')[1] ?? '';
    this.userAgent = userAgent(this.version);
    await attach;
    return chromium.connection;
  }

  userAgent = '';

  get connection(): CdpConnection {
    if (!this.chromium) throw new Error('The app is not ready');
    return this.chromium.connection;
  }

  private attached(info: Protocol.Target.TargetInfo, sessionId: string): void {
    const session = this.connection.session(sessionId);
    const waiting = this.expected.get(info.targetId);
    if (waiting) {
      this.expected.delete(info.targetId);
      waiting(session);
    } else if (!info.openerId && this.appWindows.length > 0) {
      this.appWindows.shift()?.({ targetId: info.targetId, session, contextId: info.browserContextId });
    } else if (this.creating > 0 && !info.openerId) {
      // Chromium announces a new target before it answers the command that made it.
      this.early.set(info.targetId, { info, session });
    } else this.handlers?.onUninvited(info, session);
  }

  /**
   * Opens a window without tabs and address bar, which only Chromium's command line can: a second start with the same
   * profile hands its wish to the running one. `incognito`: in Chromium's own in-memory context instead of the profile's.
   */
  async createAppWindow(
    url: string,
    incognito: boolean,
  ): Promise<{ targetId: string; session: CdpSession; contextId: string | undefined }> {
    const { chromium } = this;
    if (!chromium) throw new Error('The app is not ready');
    const arrived = new Promise<{ targetId: string; session: CdpSession; contextId: string | undefined }>((resolve) =>
      this.appWindows.push(resolve),
    );
    const flags = chromium.process.spawnargs.filter(
      (arg) => arg.startsWith('--user-data-dir=') || arg === '--no-sandbox' || arg === '--test-type',
    );
    const child = spawn(chromium.process.spawnfile, [...flags, `--app=${url}`, ...(incognito ? ['--incognito'] : [])], {
      stdio: 'ignore',
    });
    child.unref();
    return arrived;
  }

  /** Opens a page, stopped before it does anything. */
  async createTarget(
    parameters: Protocol.Target.createTargetParameters,
  ): Promise<{ targetId: string; session: CdpSession }> {
    this.creating += 1;
    try {
      const { targetId } = await this.connection.root.send('Target.createTarget', parameters);
      const arrived = this.early.get(targetId);
      this.early.delete(targetId);
      if (arrived) return { targetId, session: arrived.session };
      return await new Promise((resolve) => this.expected.set(targetId, (session) => resolve({ targetId, session })));
    } finally {
      this.creating -= 1;
      if (this.creating === 0) {
        for (const { info, session } of this.early.values()) this.handlers?.onUninvited(info, session);
        this.early.clear();
      }
    }
  }

  private lost(reason: string): void {
    if (this.ending) return;
    process.stderr.write(`Chromium is gone: ${reason}\n${this.chromium?.lastWords() ?? ''}\n`);
    this.cleanUp();
    process.exit(1);
  }

  /** Ends Chromium in order, so that persistent storage is written; waits at most two seconds. */
  async stop(): Promise<void> {
    this.ending = true;
    const chromium = this.chromium;
    if (!chromium || ended(chromium.process)) return;
    const gone = new Promise<void>((resolve) => chromium.process.once('exit', () => resolve()));
    chromium.connection.root.post('Browser.close');
    await Promise.race([gone, setTimeout(2000)]);
    if (!ended(chromium.process)) chromium.process.kill('SIGKILL');
    await gone;
  }

  /** Last resort, at the process's exit. */
  cleanUp(): void {
    this.ending = true;
    const child = this.chromium?.process;
    if (child && !ended(child)) child.kill('SIGKILL');
    if (this.temporaryProfile)
      rmSync(this.temporaryProfile, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  }
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Chromium's own lock in a profile: a link named after the machine and the process. */
function inUse(profile: string): boolean {
  try {
    const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').pop());
    process.kill(pid, 0);
    return true;
  } catch {
    // No lock, or its process is gone: Chromium takes the lock over.
    return false;
  }
}

/** The Chromium of an app that has just been killed needs a moment to leave its profile. */
async function staysInUse(profile: string): Promise<boolean> {
  for (let attempt = 0; attempt < 40 && inUse(profile); attempt += 1) await setTimeout(50);
  return inUse(profile);
}

/** Removes temporary folders of hosts that were killed; their names hold the process id. */
export function sweep(prefix: string): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    try {
      if (pid > 0) process.kill(pid, 0);
    } catch {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

export const host = new Host();
