/**
 * The sync server: durable ingest over HTTP against pgbench's batched ceiling on the same PostgreSQL, memory of an idle
 * device, time until a change is known to 20 devices.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Administration } from '../../server/admin/workspaces.ts';
import { roleOf, startEmbedded } from '../../server/database/embedded.ts';
import { migrate } from '../../server/database/migrate.ts';
import { NODE_FLAGS } from '../../server/settings.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { unwrap } from '../../shared/result.ts';
import { interleaved, median, quantile, type Result } from './harness.ts';

const CLIENTS = 16;
const BATCH = 100;
/** Batches of each client in one round. */
const BATCHES = 40;
const ROUNDS = 4;
/** Seconds that pgbench runs in a round. */
const SECONDS = 5;
const IDLE = 4000;
const DEVICES = 20;
const HINTS = 100;
/** Bytes of a small change's box, padded to 128 (SYNC-SEAL-5). */
const BOX = 128 + 28;
/** A log of the same columns and bytes with the two keys that every log of ours must have: its place and its id. */
const CEILING = `
CREATE TABLE counter (workspace_id uuid PRIMARY KEY, head bigint) WITH (fillfactor = 50);
INSERT INTO counter SELECT lpad(i::text, 32, '0')::uuid, 0 FROM generate_series(0, ${CLIENTS - 1}) i;
CREATE TABLE ceiling (
  workspace_id uuid, seq bigint, change_id uuid, record uuid, field uuid, key_epoch integer, bucket smallint,
  bases bytea, box bytea, PRIMARY KEY (workspace_id, seq), UNIQUE (workspace_id, change_id));
ALTER TABLE ceiling ALTER box SET STORAGE EXTERNAL;`;
const COUNT = 'UPDATE counter SET head = head + $2 WHERE workspace_id = $1 RETURNING head';
/** One transaction of pgbench; what it writes is made in PostgreSQL, so that its own part costs next to nothing. */
const SCRIPT = `BEGIN;
UPDATE counter SET head = head + ${BATCH} WHERE workspace_id = lpad(:client_id::text, 32, '0')::uuid
  RETURNING head - ${BATCH} AS place, workspace_id AS workspace \\gset
INSERT INTO ceiling SELECT :workspace::uuid, :place + i, uuidv7(), gen_random_uuid(), gen_random_uuid(), 1, 7, '',
  '\\x${'5a'.repeat(BOX)}'::bytea FROM generate_series(1, ${BATCH}) i;
COMMIT;
`;

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

/** Milliseconds of processor that a process, its children and those of its children that have ended took (Linux). */
function processorOf(pid: number): number {
  let total = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [user = 0, system = 0, userEnded = 0, systemEnded = 0] = fields.slice(11, 15);
      if (Number(name) === pid) total += user + system + userEnded + systemEnded;
      else if (fields[1] === pid) total += user + system;
    } catch {
      // It has ended in the meantime; its parent counts it.
    }
  }
  // Counted in hundredths of a second.
  return total * 10;
}

/** pgbench as Debian's packages of PostgreSQL bring it; null when there is none. */
function pgbench(): string | null {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin')) : [];
  const all = [...(process.env['PATH'] ?? '').split(delimiter), ...folders].map((folder) => join(folder, 'pgbench'));
  return all.find((path) => existsSync(path)) ?? null;
}

/** Rows a second that pgbench writes. */
async function pgbenchRows(program: string, url: string, script: string): Promise<number> {
  const options = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(SECONDS), '-f', script, url];
  const { stdout } = await promisify(execFile)(program, options);
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench: ${stdout}`);
  return Number(rate) * BATCH;
}

/** The same rows without pgbench: begin, counter row, one insert of many rows, commit. */
async function loopRows(clients: readonly pg.Client[]): Promise<number> {
  const one = (i: number): string =>
    `($1, $2::bigint + ${i}, $${3 + i * 4}, $${4 + i * 4}, $${5 + i * 4}, 1, 7, '', $${6 + i * 4})`;
  const text = `INSERT INTO ceiling VALUES ${Array.from({ length: BATCH }, (_, i) => one(i)).join(', ')}`;
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
      const workspace = String(c).padStart(32, '0');
      for (const values of batches[c] ?? []) {
        await client.query('BEGIN');
        const { rows } = await client.query<{ head: string }>({
          name: 'count',
          text: COUNT,
          values: [workspace, BATCH],
        });
        await client.query({ name: 'insert', text, values: [workspace, Number(rows[0]?.head) - BATCH + 1, ...values] });
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
/** `collected`: after a collection of all that nobody holds any more. */
async function memory(service: ChildProcess, address: string, collected: boolean): Promise<Memory> {
  if (collected) service.kill('SIGUSR2');
  const text = await (await fetch(`${address}/metrics`)).text();
  const gauge = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
  return {
    kept: gauge('nodejs_heap_used_bytes') + gauge('nodejs_external_memory_bytes'),
    resident: gauge('process_resident_memory_bytes'),
  };
}

/**
 * Bytes of the service's memory for each of many devices that only listen. In a service that has just started, which is
 * the worst case: one that has worked has room left, and hardly grows at all.
 */
async function idle(service: ChildProcess, address: string, devices: readonly Device[]): Promise<Memory> {
  const open = async (count: number): Promise<(() => void)[]> => {
    const closers: (() => void)[] = [];
    for (let i = 0; i < count; i += CLIENTS) {
      const some = devices.map(({ token }) => listen(address, token, () => undefined));
      closers.push(...(await Promise.all(some)));
    }
    return closers;
  };
  // What the first connections cost once (code, buffers) is not counted.
  const first = await open(100);
  const before = await memory(service, address, false);
  const rest = await open(IDLE);
  const { resident } = await memory(service, address, false);
  for (const close of [...first, ...rest]) close();
  const left = (): Promise<boolean> =>
    fetch(`${address}/metrics`)
      .then((answer) => answer.text())
      .then((text) => /^rapport_sync_streams 0$/m.test(text));
  while (!(await left())) await new Promise((next) => setTimeout(next, 50));
  // Once more for what is kept; for that both ends are collected.
  const empty = await memory(service, address, true);
  const again = await open(IDLE);
  const full = await memory(service, address, true);
  for (const close of again) close();
  return { kept: (full.kept - empty.kept) / IDLE, resident: (resident - before.resident) / IDLE };
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
    // For what is kept; what is resident is measured without.
    process.on('SIGUSR2', () => { gc(); gc(); });
    console.log(server.address);`;
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, '--expose-gc', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
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
    const script = join(folder, 'ceiling.sql');
    writeFileSync(script, SCRIPT);
    const program = pgbench();
    const ceiling = () => (program ? pgbenchRows(program, postgres.superuser, script) : loopRows(clients));
    const devices: Device[] = [];
    for (let i = 0; i < CLIENTS; i += 1) devices.push(await enrol(postgres.owner, address));
    const perDevice = await idle(child, address, devices);
    // Both once for nothing: plans, pages and compiled code.
    await ceiling();
    await ingest(address, devices);
    // On a busy machine the time that each takes depends on the others; the processor's time hardly does.
    const linux = existsSync('/proc/self/stat');
    const used = (): number => (linux ? processorOf(postgres.pid() ?? 0) + processorOf(child.pid ?? 0) : Number.NaN);
    const costs = { ceiling: [] as number[], service: [] as number[] };
    const costing = async (list: number[], rows: (rate: number) => number, work: () => Promise<number>) => {
      const before = used();
      const rate = await work();
      list.push(((used() - before) * 1000) / rows(rate));
      return rate;
    };
    const { a, b } = await interleaved(
      ROUNDS,
      () => costing(costs.ceiling, (rate) => (program ? rate * SECONDS : CLIENTS * BATCHES * BATCH), ceiling),
      () =>
        costing(
          costs.service,
          () => CLIENTS * BATCHES * BATCH,
          () => ingest(address, devices),
        ),
    );
    const times = await propagation(address, devices[0] as Device);
    const share = median(b) / median(a);
    return {
      name: 'Sync server: durable ingest',
      what: `${CLIENTS} devices push ${BATCH} changes at a time over HTTP to the service, which keeps them on PostgreSQL with fsync, heads and row-level security included. The ceiling is ${program ? 'pgbench' : 'a loop (there is no pgbench here)'} with ${CLIENTS} clients on the same PostgreSQL: a counter row and ${BATCH} rows of the same columns and bytes a transaction, with the same two unique keys (place, id), in a table that is not partitioned, without service, heads or row-level security${program ? '; its rows are made in PostgreSQL and travel nowhere' : ''}. Load generator, service and database share the machine. Resident memory is the growth by ${IDLE} devices that only listen, in a service that has just started, without a collection by us.`,
      figures: [
        { name: 'changes a second through the service', value: median(b), unit: '/s' },
        { name: 'rows a second at the ceiling', value: median(a), unit: '/s' },
        { name: 'share of the ceiling', value: share * 100, unit: '%' },
        ...(linux
          ? [
              { name: 'processor for a change, service and PostgreSQL', value: median(costs.service), unit: 'µs' },
              { name: 'processor for a row at the ceiling, PostgreSQL', value: median(costs.ceiling), unit: 'µs' },
            ]
          : []),
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
