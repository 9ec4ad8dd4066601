/**
 * The sync server: durable ingest over HTTP against the batched ceiling of the same PostgreSQL, memory of an idle
 * device, time until a change is known to 20 devices.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Administration } from '../../server/admin/workspaces.ts';
import { roleOf, startEmbedded } from '../../server/database/embedded.ts';
import { migrate } from '../../server/database/migrate.ts';
import { NODE_FLAGS } from '../../server/settings.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { unwrap } from '../../shared/result.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { BOX, type Ceiling, CLIENTS, openCeiling } from './ceiling.ts';
import { median, quantile, type Result } from './harness.ts';

/** Changes in one push: as many as a device sends at a time when it has much to say. */
const PUSH = LIMITS.pushChanges;
/** Rows in one transaction of PostgreSQL's own: the batch by which the goal is set. */
const BATCH = 100;
/** Changes of each device in one round. */
const CHANGES = 4000;
const ROUNDS = 4;
const IDLE = 4000;
const DEVICES = 20;
const HINTS = 100;
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

/** Changes a second through the real service, so many in a push, each client a device of a workspace of its own. */
async function ingest(address: string, devices: readonly Device[], size: number): Promise<number> {
  const bodies = devices.map(() =>
    Array.from({ length: CHANGES / size }, () => JSON.stringify({ changes: Array.from({ length: size }, change) })),
  );
  const start = performance.now();
  await Promise.all(
    devices.map(async ({ token }, i) => {
      for (const body of bodies[i] ?? []) await send(address, '/v1/changes', token, body);
    }),
  );
  return (devices.length * CHANGES * 1000) / (performance.now() - start);
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
  let ceiling: Ceiling | undefined;
  try {
    ceiling = await openCeiling(postgres.superuser, folder);
    const { run, rows } = ceiling;
    const devices: Device[] = [];
    for (let i = 0; i < CLIENTS; i += 1) devices.push(await enrol(postgres.owner, address));
    const perDevice = await idle(child, address, devices);
    // On a busy machine the time that each takes depends on the others; the processor's time hardly does.
    const linux = existsSync('/proc/self/stat');
    const used = (): number => (linux ? processorOf(postgres.pid() ?? 0) + processorOf(child.pid ?? 0) : Number.NaN);
    /** Rows a second and microseconds of processor for a row, of each round. */
    const measured = (written: (rate: number) => number, work: () => Promise<number>) => {
      const found = { rates: [] as number[], costs: [] as number[] };
      const once = async (): Promise<void> => {
        const before = used();
        const rate = await work();
        found.rates.push(rate);
        found.costs.push(((used() - before) * 1000) / written(rate));
      };
      return { once, rate: () => median(found.rates), cost: () => median(found.costs), found };
    };
    const ceilings = [BATCH, PUSH].map((size) => measured(rows, () => run(size)));
    const service = [BATCH, PUSH].map((size) =>
      measured(
        () => CLIENTS * CHANGES,
        () => ingest(address, devices, size),
      ),
    );
    const all = [...ceilings, ...service];
    // All once for nothing: plans, pages and compiled code.
    for (const { once } of all) await once();
    for (const { found } of all) found.rates.length = found.costs.length = 0;
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { once } of round % 2 === 0 ? all : all.toReversed()) await once();
    const times = await propagation(address, devices[0] as Device);
    const [small, large] = service as [(typeof service)[number], (typeof service)[number]];
    const [top, equal] = ceilings as [(typeof ceilings)[number], (typeof ceilings)[number]];
    const share = large.rate() / top.rate();
    return {
      name: 'Sync server: durable ingest',
      what: `${CLIENTS} devices push ${PUSH} changes at a time (what a device that has much to say sends) over HTTP to the service, which keeps them on PostgreSQL with fsync, heads and row-level security included. The ceiling is ${ceiling.by === 'pgbench' ? 'pgbench' : 'a loop (there is no pgbench here)'} with ${CLIENTS} clients on the same PostgreSQL: a counter row and ${BATCH} rows of the same columns and bytes a transaction, with the same two unique keys (place, id), in a table that is not partitioned, without service, heads or row-level security${ceiling.by === 'pgbench' ? '; its rows are made in PostgreSQL and travel nowhere' : ''}. The same with equal numbers on both sides is given beside it. Load generator, service and database share the machine. Resident memory is the growth by ${IDLE} devices that only listen, in a service that has just started, without a collection by us.`,
      figures: [
        { name: `changes a second through the service, ${PUSH} at a time`, value: large.rate(), unit: '/s' },
        { name: `rows a second at the ceiling, ${BATCH} at a time`, value: top.rate(), unit: '/s' },
        { name: 'share of the ceiling', value: share * 100, unit: '%' },
        { name: `changes a second through the service, ${BATCH} at a time`, value: small.rate(), unit: '/s' },
        { name: `share of the ceiling, ${BATCH} at a time both`, value: (small.rate() / top.rate()) * 100, unit: '%' },
        { name: `share of the ceiling, ${PUSH} at a time both`, value: (large.rate() / equal.rate()) * 100, unit: '%' },
        ...(linux
          ? [
              { name: `processor for a change, ${PUSH} at a time`, value: large.cost(), unit: 'µs' },
              { name: `processor for a change, ${BATCH} at a time`, value: small.cost(), unit: 'µs' },
              { name: `processor for a row at the ceiling, ${BATCH} at a time`, value: top.cost(), unit: 'µs' },
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
    await ceiling?.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
