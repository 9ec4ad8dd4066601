/**
 * First sync of a new device: Rapport, Actual Budget and PouchDB over loopback, each device and server in a process of its
 * own, 300,000 field changes (eight fields a record or row). The peers stand in `test/bench/peers` with packages of their
 * own, which are installed when they are missing.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Result } from './harness.ts';

const FIELDS = 8;
const RECORDS = Number(process.env['RAPPORT_BENCH_RECORDS'] ?? 37_500);
const ROUNDS = Number(process.env['RAPPORT_BENCH_ROUNDS'] ?? 3);
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

/** Runs a device to its end; its last line is its report. */
function device<T>(script: string, order: object): Promise<T> {
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

interface First {
  readonly first: number;
  readonly rssOverBase: number;
}
/** One contender: what makes the data, and a first sync to a new device. */
interface Contender {
  readonly name: string;
  /** Unit in which the peer counts, and how many the new device gets. */
  readonly count: number;
  readonly sync: (folder: string) => Promise<First>;
  readonly bytes: () => number;
  readonly close: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const free = createServer();
  await new Promise<void>((done) => free.listen(0, '127.0.0.1', done));
  const { port } = free.address() as AddressInfo;
  await new Promise<void>((done) => free.close(() => done()));
  return port;
}

async function rapport(folder: string): Promise<Contender> {
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
  const made = await device<{ codes: string[]; changes: number }>(script, {
    verb: 'make',
    dir: join(folder, 'a'),
    code,
    records: RECORDS,
    invitations: ROUNDS,
  });
  wire.bytes();
  const codes = [...made.codes];
  return {
    name: 'Rapport',
    count: RECORDS,
    sync: (dir) => device<First>(script, { verb: 'first', dir, code: codes.pop() }),
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

async function actual(folder: string): Promise<Contender> {
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
  const made = await device<{ budget: string; messages: number }>('actual-device.mjs', {
    verb: 'make',
    dir: join(folder, 'a'),
    server,
    password,
    rows: RECORDS,
  });
  wire.bytes();
  return {
    name: 'Actual Budget',
    count: made.messages,
    sync: (dir) => device<First>('actual-device.mjs', { verb: 'first', dir, server, password, budget: made.budget }),
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

async function pouch(folder: string): Promise<Contender> {
  const { child, found } = await service('pouch-server.mjs', [join(folder, 'server')], /listening (\d+)\n/);
  const wire = await counted(Number(found));
  const server = `http://127.0.0.1:${wire.port}`;
  await device('pouch-device.mjs', { verb: 'make', dir: join(folder, 'a'), server, docs: RECORDS, fields: FIELDS });
  wire.bytes();
  return {
    name: 'PouchDB',
    count: RECORDS,
    sync: (dir) => device<First>('pouch-device.mjs', { verb: 'first', dir, server }),
    bytes: wire.bytes,
    close: async () => {
      await ended(child);
      wire.close();
    },
  };
}

/** Median rates of first syncs taken in turn, and their ratios. */
export async function syncPeers(): Promise<Result> {
  if (!existsSync(join(PEERS, 'node_modules'))) {
    const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: PEERS,
      stdio: 'inherit',
    });
    if (done.status !== 0) throw new Error('The peers could not be installed: npm ci in test/bench/peers');
  }
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-sync-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const contenders: Contender[] = [];
  try {
    for (const [name, make] of Object.entries({ rapport, actual, pouch })) {
      process.stderr.write(`  ${name} is filled…\n`);
      contenders.push(await make(join(folder, name)));
    }
    const runs = new Map(contenders.map(({ name }) => [name, [] as { rate: number; bytes: number; memory: number }[]]));
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const order = turn % 2 === 0 ? contenders : contenders.toReversed();
      for (const one of order) {
        const { first, rssOverBase } = await one.sync(join(folder, `${one.name}-${turn}`));
        runs.get(one.name)?.push({ rate: (one.count * 1000) / first, bytes: one.bytes(), memory: rssOverBase });
      }
    }
    const figure = (name: string, pick: (run: { rate: number; bytes: number; memory: number }) => number): number =>
      median((runs.get(name) ?? []).map(pick));
    const ours = figure('Rapport', ({ rate }) => rate);
    const overActual = (ours * FIELDS) / figure('Actual Budget', ({ rate }) => rate);
    const overPouch = ours / figure('PouchDB', ({ rate }) => rate);
    const memory = figure('Rapport', (run) => run.memory) / 1e6;
    return {
      name: 'First sync of a new device against Actual Budget and PouchDB',
      what: `${(RECORDS * FIELDS).toLocaleString('en')} field changes in ${RECORDS.toLocaleString('en')} records of ${FIELDS} fields; until the new device holds and indexes everything. Rapport: sealed, encrypted at rest, synchronous=FULL, full text. Actual: fields as messages, plain. PouchDB: documents in LevelDB, plain.`,
      figures: [
        { name: 'Rapport', value: ours * FIELDS, unit: 'field changes/s' },
        { name: 'Rapport', value: ours, unit: 'records/s' },
        { name: 'Actual Budget', value: figure('Actual Budget', ({ rate }) => rate), unit: 'field changes/s' },
        { name: 'PouchDB', value: figure('PouchDB', ({ rate }) => rate), unit: 'documents/s' },
        { name: 'ratio to Actual, field changes', value: overActual, unit: '×' },
        { name: 'ratio to PouchDB, documents', value: overPouch, unit: '×' },
        ...contenders.map(({ name }) => ({
          name: `${name}: bytes on the wire`,
          value: figure(name, (run) => run.bytes) / 1e6,
          unit: 'MB',
        })),
        ...contenders.map(({ name }) => ({
          name: `${name}: memory over base`,
          value: figure(name, (run) => run.memory) / 1e6,
          unit: 'MB',
        })),
      ],
      target: '≥ 5 × Actual, ≥ 8 × PouchDB, ≤ 250 MB over base',
      reached: overActual >= 5 && overPouch >= 8 && memory <= 250,
    };
  } finally {
    for (const one of contenders) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
