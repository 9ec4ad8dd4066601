/** Finding and starting the system's Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp.ts';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', join(env['HOME'] ?? '', 'Applications')].map(
        (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
      ),
    );
  }
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    );
    const tails = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((root) => tails.map((tail) => `${root}\\${tail}`));
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/usr/lib/chromium'].flatMap((folder) =>
    [...NAMES, 'chrome'].map((name) => `${folder}/${name}`),
  );
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The system's Chromium, Chrome or Edge: `RAPPORT_CHROMIUM`, else PATH, else the usual places; null if there is none. */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const chosen = env['RAPPORT_CHROMIUM'];
  if (chosen) return isFile(chosen) ? chosen : null;
  const names = platform === 'win32' ? NAMES.map((name) => `${name}.exe`) : NAMES;
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces(platform, env)].find(isFile) ?? null;
}

/** Switches that are always on: no calls home, no first-run pages, no slowing down of hidden windows. */
const QUIET = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-client-side-phishing-detection',
  '--disable-quic',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-search-engine-choice-screen',
  '--disable-field-trial-config',
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-hang-monitor',
  '--disable-infobars',
  '--disable-popup-blocking',
  '--disable-ipc-flooding-protection',
  '--disable-prompt-on-repost',
  '--disable-stack-profiler',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  '--test-type',
  '--hide-crash-restore-bubble',
];

const OFF_FEATURES = [
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'OptimizationTargetPrediction',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'PaintHolding',
  'GlobalMediaControls',
  'DestroyProfileOnBrowserClose',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
  'LensOverlay',
  'InterestFeedContentSuggestions',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'AvoidCorsURLLoaderRestartOnRedirect',
  // The host itself serves long bodies from the loopback interface.
  'LocalNetworkAccessChecks',
  'LocalNetworkAccessChecksWebSockets',
  'BlockInsecurePrivateNetworkRequests',
  'PrivateNetworkAccessChecksBypassingPermissionPolicy',
];

export interface ChromiumOptions {
  executable: string;
  /** Folder of the profile; must exist or be creatable, and belong to this process alone. */
  profile: string;
  headless: boolean;
  /** Offer Chromium's own DevTools endpoint on a local port of its choice (0) or this one. */
  debuggingPort: number | undefined;
  /** Switches of the app (`app.commandLine.appendSwitch`) and of the command line: name → value ('' for none). */
  switches: ReadonlyMap<string, string>;
  userAgent: string | undefined;
}

export interface Chromium {
  process: ChildProcess;
  connection: CdpConnection;
  /** What it last said on standard error, for messages about a failed start. */
  lastWords(): string;
  /** The ws:// address of the DevTools endpoint, once Chromium has said it. */
  endpoint: Promise<string>;
}

/** True if Chromium has to run without its own sandbox (root, or asked for). */
function withoutSandbox(switches: ReadonlyMap<string, string>): boolean {
  return switches.has('no-sandbox') || process.getuid?.() === 0;
}

/** Starts Chromium with no window. It ends by itself when this process goes away, however that happens: its pipe closes. */
export function launchChromium(options: ChromiumOptions): Chromium {
  const disabled = new Set(
    [...OFF_FEATURES, ...(options.switches.get('disable-features') ?? '').split(',')].filter(Boolean),
  );
  const args = [...QUIET, `--user-data-dir=${options.profile}`, `--disable-features=${[...disabled].join(',')}`];
  if (options.headless) args.push('--headless=new', '--disable-gpu', '--hide-scrollbars=false', '--mute-audio');
  if (withoutSandbox(options.switches)) args.push('--no-sandbox');
  if (options.debuggingPort !== undefined) args.push(`--remote-debugging-port=${options.debuggingPort}`);
  if (options.userAgent) args.push(`--user-agent=${options.userAgent}`);
  if (process.platform === 'linux' && shmIsSmall()) args.push('--disable-dev-shm-usage');
  const own = new Set([
    'disable-features',
    'no-sandbox',
    'user-data-dir',
    'remote-debugging-port',
    'remote-debugging-pipe',
    'headless',
    'inspect',
    'user-agent',
  ]);
  for (const [name, value] of options.switches) {
    if (!own.has(name) && !args.includes(`--${name}`)) args.push(value === '' ? `--${name}` : `--${name}=${value}`);
  }
  const child = spawn(options.executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  const words: string[] = [];
  let announce: (address: string) => void = () => undefined;
  const endpoint = new Promise<string>((resolve) => {
    announce = resolve;
  });
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const match = /^DevTools listening on (ws:\/\/\S+)/.exec(line);
      if (match?.[1]) announce(match[1]);
      // The desktop's bus is missing on servers: many lines about nothing.
      if (!line.includes('dbus')) words.push(line);
    }
    if (words.length > 20) words.splice(0, words.length - 20);
  });
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  return { process: child, connection, endpoint, lastWords: () => words.join('\n') };
}

function shmIsSmall(): boolean {
  // Containers give /dev/shm 64 MB, which Chromium's renderers exhaust; the kernel's own default is half of the memory.
  try {
    const line = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((mount) => mount.includes(' /dev/shm '));
    return line === undefined || /size=6553[0-9]k/.test(line);
  } catch {
    return !existsSync('/dev/shm');
  }
}
