/** The real server with its own PostgreSQL, as a process, behind a wire that can be cut. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tasks/shell.ts';

/**
 * A wire between the applications and the server. `cut`: connections end and new ones are refused. `deaf`: what the
 * server answers is swallowed, so that requests arrive and answers do not; `mute`: what is asked is. `held`: nothing gets
 * through, connections stay, and everything arrives when it is whole again.
 */
type WireState = 'whole' | 'cut' | 'deaf' | 'mute' | 'held';

export class Wire {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #target = 0;
  #state: WireState = 'whole';
  /** Bytes that still get through before it is cut by itself. */
  #budget = Number.POSITIVE_INFINITY;

  constructor() {
    this.#server = createServer((client) => {
      if (this.#state === 'cut' || this.#target === 0) {
        client.destroy();
        return;
      }
      const server = createConnection(this.#target, '127.0.0.1');
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          server.destroy();
        });
      }
      client.on('data', (bytes) => {
        if (this.#state !== 'mute' && this.#spend(bytes.length)) server.write(bytes);
      });
      server.on('data', (bytes) => {
        if (this.#state !== 'deaf' && this.#spend(bytes.length)) client.write(bytes);
      });
      if (this.#state === 'held') for (const socket of [client, server]) socket.pause();
    });
  }

  #spend(bytes: number): boolean {
    this.#budget -= bytes;
    if (this.#budget < 0) this.set('cut');
    return this.#budget >= 0;
  }

  /** Whole for so many more bytes in both directions together, then cut. */
  cutAfter(bytes: number): void {
    this.set('whole');
    this.#budget = bytes;
  }

  get isCut(): boolean {
    return this.#state === 'cut';
  }

  async listen(): Promise<number> {
    await new Promise<void>((done) => {
      this.#server.listen(0, '127.0.0.1', done);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where connections go from now on. */
  leadTo(port: number): void {
    this.#target = port;
  }

  set(state: WireState): void {
    const before = this.#state;
    this.#state = state;
    this.#budget = Number.POSITIVE_INFINITY;
    // Other connections from before would know nothing of it.
    for (const socket of this.#sockets)
      if (state === 'held') socket.pause();
      else if (before === 'held' && state === 'whole') socket.resume();
      else socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((done) => {
      this.#server.close(() => done());
    });
  }
}

export interface SyncServer {
  readonly wire: Wire;
  readonly data: string;
  /** The first owner's code, printed at the very first start. */
  readonly code: string;
  /** A counter or gauge of the service itself, past the wire; 0 when it has not counted anything yet. */
  readonly metric: (line: string) => Promise<number>;
  /** Kills the service as a power cut would; PostgreSQL ends with it. */
  readonly kill: () => Promise<void>;
  /** Stops the service where it stands, or lets it go on. */
  readonly freeze: (frozen: boolean) => void;
  /** Starts it again on the same data. */
  readonly restart: () => Promise<void>;
  /** One command of the administration; resolves to its JSON. */
  readonly admin: (...operands: readonly string[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });

/** Starts a server with a data folder of its own, which `stop` removes. */
export async function startSyncServer(): Promise<SyncServer> {
  // Not inside another temporary folder: PostgreSQL's own user could not enter that.
  const data = mkdtempSync(join(tmpdir(), 'rapport-server-'));
  const wire = new Wire();
  let address = '';
  const publicUrl = `http://127.0.0.1:${await wire.listen()}`;
  let child: ChildProcess | undefined;

  /** Resolves when it serves, with the code if it printed one. */
  const start = (): Promise<string> =>
    new Promise((done, failed) => {
      const errors: string[] = [];
      child = spawn(
        process.execPath,
        [join(root, 'server', 'main.ts'), '--data', data, '--public-url', publicUrl, '--port', '0'],
        { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, RAPPORT_LOG_LEVEL: 'info' } },
      );
      // The two streams tell in either order where it listens and that it serves.
      let listening = false;
      let said = false;
      let code = '';
      const ready = (): void => {
        if (listening && said) done(code);
      };
      createInterface({ input: child.stdout! }).on('line', (line) => {
        if (line.includes('RPT1-')) code = line.trim();
        // Without a first code the address is all there is to wait for.
        if (code === '' && !(known && line.startsWith('Rapport sync:'))) return;
        said = true;
        ready();
      });
      createInterface({ input: child.stderr! }).on('line', (line) => {
        errors.push(line);
        const port = /Server listening at http:\/\/[\d.]+:(\d+)/.exec(line)?.[1];
        if (port === undefined) return;
        wire.leadTo(Number(port));
        address = `http://127.0.0.1:${port}`;
        listening = true;
        ready();
      });
      child.once('exit', (exit) => failed(new Error(`the server ended with ${exit}: ${errors.slice(-5).join('\n')}`)));
    });
  let known = '';
  known = await start();

  return {
    wire,
    data,
    code: known,
    metric: async (line) => {
      const text = await (await fetch(`${address}/metrics`)).text();
      const found = text.split('\n').find((each) => each.startsWith(`${line} `));
      return Number(found?.slice(line.length + 1) ?? 0);
    },
    kill: async () => {
      child?.kill('SIGKILL');
      if (child) await gone(child);
      wire.leadTo(0);
    },
    freeze: (frozen) => void child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    restart: async () => {
      await start();
    },
    admin: async (...operands) => {
      const run = spawn(process.execPath, [join(root, 'server', 'main.ts'), ...operands, '--data', data], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      run.stdout.on('data', (bytes: Buffer) => {
        out += bytes.toString('utf8');
      });
      await gone(run);
      return JSON.parse(out) as unknown;
    },
    stop: async () => {
      child?.kill('SIGTERM');
      if (child) await gone(child);
      await wire.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
