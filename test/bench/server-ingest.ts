/**
 * The sync server: durable ingest over HTTP against the ceiling of the same PostgreSQL (batched inserts with a counter
 * row and nothing else), memory of an idle device, time until a change is known to 20 devices.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Administration } from '../../server/admin/workspaces.ts';
import { roleOf, startEmbedded } from '../../server/database/embedded.ts';
import { migrate } from '../../server/database/migrate.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { unwrap } from '../../shared/result.ts';
import { interleaved, median, quantile, type Result } from './harness.ts';

const CLIENTS = 16;
const BATCH = 100;
/** Batches of each client in one round. */
const BATCHES = 25;
const ROUNDS = 4;
const IDLE = 1000;
const DEVICES = 20;
const HINTS = 100;
/** Bytes of a small change's box, padded to 128 (SYNC-SEAL-5). */
const BOX = 128 + 28;
const CEILING =
  'CREATE TABLE ceiling (workspace_id uuid, seq bigint, change_id uuid, record uuid, field uuid, box bytea, PRIMARY KEY (workspace_id, seq))';

interface Device {
  readonly workspace: string;
  readonly token: string;
}
const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

let made = 0;
/** A change with an id of its own. */
function change() {
  made += 1;
  const id = `${(Date.now() - 1000).toString(16).padStart(12, '0')}-0000-${made.toString(16).padStart(16, '0')}`;
  return { id, record: random(16), field: random(16), bases: [], keyEpoch: 1, box: random(BOX) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** One request over kept connections; rejects unless it is answered with 200. */
function send(address: string, path: string, token: string, body: string): Promise<void> {
  return new Promise((done, failed) => {
    const sent = request(
      `${address}${path}`,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume().on('end', () => {
          if (answer.statusCode === 200) done();
          else failed(new Error(`${path}: ${answer.statusCode}`));
        });
      },
    );
    sent.on('error', failed).end(body);
  });
}

async function enrol(owner: string, address: string): Promise<Device> {
  const administration = new Administration(owner);
  const { code } = await administration.create('http://127.0.0.1:1');
  await administration.close();
  const { workspace, secret } = unwrap(decodeInvitation(code));
  const token = random(32);
  const card = { publicKey: random(32), keyEpoch: 1, mac: random(16) };
  await send(
    address,
    '/v1/enrol',
    token,
    JSON.stringify({ workspace, secret, device: random(16), name: 'x', token, card }),
  );
  return { workspace, token };
}

/** Rows a second of the simplest batched insert: begin, counter row, one insert of many rows, commit. */
async function ceiling(clients: readonly pg.Client[]): Promise<number> {
  const rows = Array.from(
    { length: BATCH },
    (_, i) => `($1, $2 + ${i}, $${3 + i * 4}, $${4 + i * 4}, $${5 + i * 4}, $${6 + i * 4})`,
  );
  const text = `INSERT INTO ceiling VALUES ${rows.join(', ')}`;
  const batches = clients.map(() =>
    Array.from({ length: BATCHES }, () =>
      Array.from({ length: BATCH }, () => [
        ...Array.from({ length: 3 }, () => randomBytes(16).toString('hex')),
        randomBytes(BOX),
      ]).flat(),
    ),
  );
  const start = performance.now();
  await Promise.all(
    clients.map(async (client, c) => {
      const workspace = `00000000-0000-0000-0000-0000000000${c.toString(16).padStart(2, '0')}`;
      for (const values of batches[c] ?? []) {
        await client.query('BEGIN');
        const { rows: counter } = await client.query<{ head: string }>({
          name: 'count',
          text: 'UPDATE counter SET head = head + $2 WHERE workspace_id = $1 RETURNING head',
          values: [workspace, BATCH],
        });
        await client.query({
          name: 'insert',
          text,
          values: [workspace, Number(counter[0]?.head) - BATCH + 1, ...values],
        });
        await client.query('COMMIT');
      }
    }),
  );
  return (CLIENTS * BATCHES * BATCH * 1000) / (performance.now() - start);
}

/** Changes a second through the real service, each client a device of a workspace of its own. */
async function ingest(address: string, devices: readonly Device[]): Promise<number> {
  const bodies = devices.map(() =>
    Array.from({ length: BATCHES }, () => JSON.stringify({ changes: Array.from({ length: BATCH }, change) })),
  );
  const start = performance.now();
  await Promise.all(
    devices.map(async ({ token }, i) => {
      for (const body of bodies[i] ?? []) await send(address, '/v1/changes', token, body);
    }),
  );
  return (CLIENTS * BATCHES * BATCH * 1000) / (performance.now() - start);
}

/** An open stream; `head` is told every place that it hears of. */
function listen(address: string, token: string, head: (place: number) => void): Promise<() => void> {
  return new Promise((done, failed) => {
    const sent = request(
      `${address}/v1/events`,
      { agent: false, headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        if (answer.statusCode !== 200) failed(new Error(`events: ${answer.statusCode}`));
        answer.setEncoding('utf8').on('data', (text: string) => {
          for (const [, place] of text.matchAll(/"head":(\d+)/g)) head(Number(place));
        });
        done(() => sent.destroy());
      },
    );
    sent.on('error', () => undefined).end();
  });
}

interface Memory {
  /** What JavaScript and its buffers keep. */
  readonly kept: number;
  /** What the process has from the system, new room for short-lived objects included. */
  readonly resident: number;
}
async function memory(service: ChildProcess, address: string): Promise<Memory> {
  service.kill('SIGUSR2');
  const text = await (await fetch(`${address}/metrics`)).text();
  const gauge = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
  return {
    kept: gauge('nodejs_heap_used_bytes') + gauge('nodejs_external_memory_bytes'),
    resident: gauge('process_resident_memory_bytes'),
  };
}

/** Bytes of the service's memory for each of 1,000 devices that only listen. */
async function idle(service: ChildProcess, address: string, devices: readonly Device[]): Promise<Memory> {
  const open = async (count: number): Promise<(() => void)[]> => {
    const closers: (() => void)[] = [];
    for (let i = 0; i < count; i += 1)
      closers.push(await listen(address, devices[i % devices.length]?.token ?? '', () => undefined));
    return closers;
  };
  // What the first connections cost once (code, buffers) is not counted.
  const first = await open(100);
  const before = await memory(service, address);
  const rest = await open(IDLE);
  const after = await memory(service, address);
  for (const close of [...first, ...rest]) close();
  return { kept: (after.kept - before.kept) / IDLE, resident: (after.resident - before.resident) / IDLE };
}

/** Milliseconds from the push's start until each of 20 devices has heard of it. */
async function propagation(address: string, device: Device): Promise<number[]> {
  const heard: { place: number; at: number }[][] = Array.from({ length: DEVICES }, () => []);
  let wake = (): void => undefined;
  const closers = await Promise.all(
    heard.map((places) =>
      listen(address, device.token, (place) => {
        places.push({ place, at: performance.now() });
        wake();
      }),
    ),
  );
  const times: number[] = [];
  const head = () => Math.max(0, ...heard.flat().map(({ place }) => place));
  for (let i = 0; i < HINTS; i += 1) {
    const from = head();
    for (const places of heard) places.length = 0;
    const body = JSON.stringify({ changes: [change()] });
    const start = performance.now();
    const all = new Promise<void>((done) => {
      wake = () => void (heard.every((places) => places.some(({ place }) => place > from)) && done());
    });
    await send(address, '/v1/changes', device.token, body);
    await all;
    times.push(...heard.map((places) => Math.max(...places.map(({ at }) => at)) - start));
    // Not closer together than hints are.
    await new Promise((next) => setTimeout(next, 60));
  }
  for (const close of closers) close();
  return times;
}

function startService(database: string): Promise<{ child: ChildProcess; address: string }> {
  const source = `
    const { startServer } = await import(${JSON.stringify(new URL('../../server/server.ts', import.meta.url).href)});
    const free = { perSecond: 1e9, burst: 1e9 };
    const server = await startServer({ database: ${JSON.stringify(database)},
      settings: { perAddress: free, perDevice: free, streamsPerDevice: 1e6 } });
    // Memory is measured after a collection, so that it is what is kept.
    process.on('SIGUSR2', () => { gc(); gc(); });
    console.log(server.address);`;
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return new Promise((done, failed) => {
    child.once('exit', () => failed(new Error('the service did not start')));
    child.stdout?.setEncoding('utf8').once('data', (text: string) => done({ child, address: text.trim() }));
  });
}

export async function serverIngest(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-server-'));
  const postgres = await startEmbedded(folder);
  await migrate(postgres.owner, roleOf(postgres.service));
  const { child, address } = await startService(postgres.service);
  const clients = Array.from({ length: CLIENTS }, () => new pg.Client({ connectionString: postgres.superuser }));
  try {
    for (const client of clients) await client.connect();
    await clients[0]?.query(CEILING);
    await clients[0]?.query('CREATE TABLE counter (workspace_id uuid PRIMARY KEY, head bigint) WITH (fillfactor = 50)');
    await clients[0]?.query(
      `INSERT INTO counter SELECT ('00000000-0000-0000-0000-0000000000' || lpad(to_hex(i), 2, '0'))::uuid, 0 FROM generate_series(0, ${CLIENTS - 1}) i`,
    );
    const devices: Device[] = [];
    for (let i = 0; i < CLIENTS; i += 1) devices.push(await enrol(postgres.owner, address));
    // Before the pushes: what they leave behind in the heap would hide what streams cost.
    const perDevice = await idle(child, address, devices);
    // Both once for nothing: plans, pages and compiled code.
    await ceiling(clients);
    await ingest(address, devices);
    const { a, b } = await interleaved(
      ROUNDS,
      () => ceiling(clients),
      () => ingest(address, devices),
    );
    const times = await propagation(address, devices[0] as Device);
    const share = median(b) / median(a);
    return {
      name: 'Sync server: durable ingest',
      what: `${CLIENTS} devices push ${BATCH} changes at a time over HTTP to the service, which keeps them on PostgreSQL with fsync; the ceiling is ${CLIENTS} clients that insert ${BATCH} rows of the same size with a counter row on the same PostgreSQL, without service, indexes on ids, heads or row-level security. Load generator, service and database share the machine.`,
      figures: [
        { name: 'changes a second through the service', value: median(b), unit: '/s' },
        { name: 'rows a second at the ceiling', value: median(a), unit: '/s' },
        { name: 'share of the ceiling', value: share * 100, unit: '%' },
        { name: 'kept in memory for an idle device', value: perDevice.kept / 1000, unit: 'kB' },
        { name: 'resident memory for an idle device', value: perDevice.resident / 1000, unit: 'kB' },
        { name: 'a change known to 20 devices, p50', value: quantile(times, 0.5), unit: 'ms' },
        { name: 'a change known to 20 devices, p99', value: quantile(times, 0.99), unit: 'ms' },
      ],
      target: 'at least 50 % of the ceiling, at most 30 kB for an idle device',
      reached: share >= 0.5 && perDevice.resident <= 30_000,
    };
  } finally {
    child.kill('SIGKILL');
    agent.destroy();
    for (const client of clients) await client.end().catch(() => undefined);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
