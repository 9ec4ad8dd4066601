/**
 * Rapport, Actual Budget and PouchDB over loopback for the benchmarks of sync: each device and server in a process of its
 * own, with the same records. The peers stand in `test/bench/peers` with packages of their own, which are installed when
 * they are missing.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Figure } from './harness.ts';

export const FIELDS = 8;
/** What Rapport's devices are locked with. */
export const PASSPHRASE = 'a benchmark of eight words or so';
/** Records of the benchmark in one part of a pack, which is one transaction. */
const PART = 1500;
const PEERS = join(import.meta.dirname, 'peers');

/** Counts the bytes of everything that passes, both ways. */
async function counted(port: number): Promise<{ port: number; bytes: () => number; close: () => void }> {
  let total = 0;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data: Buffer) => (total += data.length));
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bytes = (): number => {
    const seen = total;
    total = 0;
    return seen;
  };
  return { port: (server.address() as AddressInfo).port, bytes, close: () => server.close() };
}

/** Runs a device to its end; its last line is its report. What those before it wrote is on the disk by then. */
function device<T>(script: string, order: object): Promise<T> {
  // Whoever comes after a contender that writes much would wait for that one's pages.
  if (process.platform !== 'win32') spawnSync('sync');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(order)], {
    cwd: PEERS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  return new Promise((done, failed) => {
    child.once('exit', (code) => {
      const line = out.trim().split('\n').at(-1) ?? '';
      if (code === 0 && line.startsWith('{')) done(JSON.parse(line) as T);
      else failed(new Error(`${script} ended with ${code}: ${line.slice(0, 300)}`));
    });
  });
}

/** A server's process, and what it says when it is ready: the first group of `ready`. */
function service(
  script: string,
  args: readonly string[],
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: ChildProcess; found: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: PEERS,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, failed) => {
    let said = '';
    const read = (text: string): void => {
      said += text;
      const found = ready.exec(said)?.[1];
      if (found !== undefined) done({ child, found });
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => failed(new Error(`${script} ended with ${code}`)));
  });
}
const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.once('exit', () => done());
    child.kill();
  });

/** What a service is filled by; without it there is no use for the service. */
const filled = <T>(child: ChildProcess, work: Promise<T>): Promise<T> =>
  work.catch(async (error: unknown) => {
    await ended(child);
    throw error;
  });

async function freePort(): Promise<number> {
  const free = createServer();
  await new Promise<void>((done) => free.listen(0, '127.0.0.1', done));
  const { port } = free.address() as AddressInfo;
  await new Promise<void>((done) => free.close(() => done()));
  return port;
}

/** Figures that every comparison closes with: what each of them moved and needed. `of` gives a contender's median. */
export const costs = (
  contenders: readonly Contender[],
  of: (name: string, pick: (run: { readonly bytes: number; readonly memory: number }) => number) => number,
): Figure[] => [
  ...contenders.map(({ name }) => ({
    name: `${name}: bytes on the wire`,
    value: of(name, (run) => run.bytes) / 1e6,
    unit: 'MB',
  })),
  ...contenders.map(({ name }) => ({
    name: `${name}: memory over base`,
    value: of(name, (run) => run.memory) / 1e6,
    unit: 'MB',
  })),
];

/** What a device reports; times in milliseconds. */
export interface Report {
  readonly first?: number;
  readonly week?: number;
  readonly conflicts?: number;
  /** Rapport: until a search that is asked for right then has its answer; peers have no full text. */
  readonly indexed?: number;
  readonly rssOverBase: number;
}
/** What a device is told to do. The folder of the first one is `a`. */
export interface Order {
  readonly verb: 'first' | 'edit' | 'week';
  readonly dir: string;
  /** Numbers of the records whose text is edited: [from, to) of each. */
  readonly ranges?: readonly (readonly [from: number, to: number])[];
  /** Written into the text, so that two devices do not agree by chance. */
  readonly who?: string;
  /** Edits wait for the next sync. */
  readonly offline?: boolean;
}
export interface Contender {
  readonly name: string;
  /** What the peer counts: messages, documents or records that a new device gets. */
  readonly count: number;
  readonly device: (order: Order) => Promise<Report>;
  /** Rapport: records a second when the rows that the device in this folder holds are written by SQLite alone. */
  readonly floor?: (dir: string) => Promise<number>;
  /** Bytes on the wire since the last call. */
  readonly bytes: () => number;
  readonly close: () => Promise<void>;
}

async function rapport(folder: string, records: number, devices: number): Promise<Contender> {
  mkdirSync(folder, { mode: 0o755 });
  const port = await freePort();
  const wire = await counted(port);
  const args = ['--data', join(folder, 'server'), '--port', String(port)];
  const { child, found: code } = await service(
    join(import.meta.dirname, '../../server/main.ts'),
    [...args, '--public-url', `http://127.0.0.1:${wire.port}`],
    /^\s+(RPT1-[0-9A-Z-]+)/m,
    { RAPPORT_LOG_LEVEL: 'warn' },
  );
  const script = join(import.meta.dirname, 'sync-device.ts');
  const made = await filled(
    child,
    device<{ codes: string[] }>(script, {
      verb: 'make',
      dir: join(folder, 'a'),
      code,
      records,
      invitations: devices,
    }),
  );
  wire.bytes();
  const codes = [...made.codes];
  return {
    name: 'Rapport',
    count: records,
    device: (order) => device(script, { ...order, ...(order.verb === 'first' ? { code: codes.pop() } : {}) }),
    floor: async (dir) => {
      const parts = Math.ceil(records / PART);
      const order = { dir, secret: PASSPHRASE, parts };
      const report = await device<{ records: number; millis: number }>(
        join(import.meta.dirname, 'sync-floor.ts'),
        order,
      );
      return (report.records * 1000) / report.millis;
    },
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

async function actual(folder: string, records: number): Promise<Contender> {
  const data = join(folder, 'server');
  mkdirSync(data, { recursive: true });
  // It names its port only when told one; 0 would be written as it is.
  const port = await freePort();
  const { child } = await service(
    'node_modules/@actual-app/sync-server/build/bin/actual-server.js',
    [],
    /Listening on 127\.0\.0\.1:(\d+)/,
    {
      ACTUAL_PORT: String(port),
      ACTUAL_HOSTNAME: '127.0.0.1',
      ACTUAL_DATA_DIR: data,
      ACTUAL_LOGIN_METHOD: 'password',
      ACTUAL_UPLOAD_FILE_SYNC_SIZE_LIMIT_MB: '500',
    },
  );
  const wire = await counted(port);
  const server = `http://127.0.0.1:${wire.port}`;
  const password = 'bench';
  await fetch(`${server}/account/bootstrap`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  const script = 'actual-device.mjs';
  const made = await filled(
    child,
    device<{ budget: string; messages: number }>(script, {
      verb: 'make',
      dir: join(folder, 'a'),
      server,
      password,
      rows: records,
    }),
  );
  wire.bytes();
  return {
    name: 'Actual Budget',
    count: made.messages,
    device: (order) => device(script, { ...order, server, password, budget: made.budget }),
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

async function pouch(folder: string, records: number): Promise<Contender> {
  const { child, found } = await service('pouch-server.mjs', [join(folder, 'server')], /listening (\d+)\n/);
  const wire = await counted(Number(found));
  const server = `http://127.0.0.1:${wire.port}`;
  const script = 'pouch-device.mjs';
  await filled(child, device(script, { verb: 'make', dir: join(folder, 'a'), server, docs: records, fields: FIELDS }));
  wire.bytes();
  return {
    name: 'PouchDB',
    count: records,
    device: (order) => device(script, { ...order, server }),
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

/**
 * All of them, each with a first device in `folder/<key>/a` that has written and pushed `records` records, one after
 * another.
 */
export async function fillContenders(
  folder: string,
  records: number,
  devices: number,
  into: Contender[],
): Promise<void> {
  if (!existsSync(join(PEERS, 'node_modules'))) {
    const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: PEERS,
      stdio: 'inherit',
    });
    if (done.status !== 0) throw new Error('The peers could not be installed: npm ci in test/bench/peers');
  }
  const makes = {
    rapport: (at: string) => rapport(at, records, devices),
    actual: (at: string) => actual(at, records),
    pouch: (at: string) => pouch(at, records),
  };
  for (const [name, make] of Object.entries(makes)) {
    process.stderr.write(`  ${name} is filled…\n`);
    into.push(await make(join(folder, name)));
  }
}

/** Folder of a contender's first device. */
export const firstDevice = (folder: string, { name }: Contender): string =>
  join(folder, { Rapport: 'rapport', 'Actual Budget': 'actual', PouchDB: 'pouch' }[name] ?? '', 'a');
