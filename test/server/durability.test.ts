/** The real processes, killed in the middle of pushes: nothing acknowledged is lost, nothing is there twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../shared/result.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import type { SealedChange } from '../../shared/sync/protocol.ts';
import { plantedInFiles, plantedInTables } from './planted.ts';
import { ask, change, enrolBody } from './support.ts';

const MAIN = join(import.meta.dirname, '../../server/main.ts');
let folder = '';
let child: ChildProcess | null = null;
let address = '';
let token = '';
let workspace = '';
const env = { ...process.env, DATABASE_URL: '', DATABASE_OWNER_URL: '', RAPPORT_LOG_LEVEL: 'silent' };
delete (env as Record<string, unknown>)['DATABASE_URL'];
delete (env as Record<string, unknown>)['DATABASE_OWNER_URL'];
const NODE = ['--disable-warning=ExperimentalWarning', MAIN];

/** Starts the service; resolves to what it printed once it printed `until`. */
function start(until: RegExp): Promise<string> {
  const started = spawn(process.execPath, [...NODE, '--data', folder], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  let text = '';
  return new Promise((done, failed) => {
    started.once('exit', () => failed(new Error(`the server ended: ${text}`)));
    started.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (until.test(text)) done(text);
    });
  });
}
const ended = (process: ChildProcess): Promise<number | null> =>
  new Promise((done) => (process.exitCode === null ? process.once('exit', done) : done(process.exitCode)));

interface Run {
  readonly code: number;
  readonly json: <T>() => T;
  readonly stderr: string;
}
function command(...args: readonly string[]): Promise<Run> {
  const run = spawn(process.execPath, [...NODE, ...args, '--data', folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  run.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  run.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  return new Promise((done) =>
    run.once('close', (code) => done({ code: code ?? -1, stderr, json: <T>() => JSON.parse(stdout) as T })),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-server-'));
  const text = await start(/RPT1-\S+\s/);
  const code = /RPT1-\S+/.exec(text)?.[0] ?? '';
  const invitation = unwrap(decodeInvitation(code));
  ({ workspace } = invitation);
  address = invitation.server;
  const body = enrolBody(workspace, invitation.secret);
  ({ token } = body);
  expect((await ask(address, null, 'enrol', { body })).status).toBe(200);
});
afterAll(async () => {
  if (child && child.exitCode === null) {
    child.kill('SIGTERM');
    await ended(child);
  }
  rmSync(folder, { recursive: true, force: true });
});

const acknowledged = new Map<string, number>();
const sent: SealedChange[][] = [];

interface PushAnswer {
  verdicts: { verdict: string; seq: number }[];
}
/** Pushes batches until one fails or `enough` were taken; keeps what was acknowledged. */
async function pushUntilFailure(enough: number): Promise<void> {
  for (let i = 0; i < enough; i += 1) {
    const batch = Array.from({ length: 20 }, () => change());
    sent.push(batch);
    try {
      const answer = await ask(address, token, 'push', { body: { changes: batch } });
      if (answer.status !== 200) return;
      for (const [n, { seq }] of (answer.body as PushAnswer).verdicts.entries())
        acknowledged.set((batch[n] as SealedChange).id, seq);
    } catch {
      return;
    }
  }
}

const answering = (): Promise<void> =>
  expect
    .poll(
      () =>
        ask(address, token, 'status').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 60_000, interval: 100 },
    )
    .toBe(200);

async function pullAll(): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  for (let after = 0, more = true; more; ) {
    const { body } = await ask(address, token, 'pull', { query: { after, limit: 2000 } });
    for (const { id, seq } of body.changes) {
      expect(places.has(id)).toBe(false);
      places.set(id, seq);
    }
    ({ next: after, more } = body);
  }
  return places;
}

async function proveNothingLost(): Promise<void> {
  // What was not acknowledged is pushed again, as a device does (SYNC-PUSH-3); so is some of what was.
  for (const batch of sent) {
    const { body } = await ask(address, token, 'push', { body: { changes: batch } });
    for (const [n, { seq }] of (body as PushAnswer).verdicts.entries()) {
      const { id } = batch[n] as SealedChange;
      expect(seq).toBe(acknowledged.get(id) ?? seq);
      acknowledged.set(id, seq);
    }
  }
  expect(await pullAll()).toEqual(acknowledged);
  expect([...acknowledged.values()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: acknowledged.size }, (_, i) => i + 1),
  );
}

describe('killed in the middle of pushes', () => {
  it('SYNC-PUSH-1 SYNC-PUSH-3 PostgreSQL: the service starts it again and goes on by itself', async () => {
    for (let round = 0; round < 2; round += 1) {
      const pushing = [pushUntilFailure(1000), pushUntilFailure(1000), pushUntilFailure(1000)];
      await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 10 }).toBeGreaterThan(100 * (round + 1));
      const pid = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await Promise.all(pushing);
      await answering();
      await proveNothingLost();
    }
  }, 240_000);

  it('SYNC-PUSH-1 SYNC-PUSH-3 the service: its next start takes over, at the same address', async () => {
    const before = acknowledged.size;
    const pushing = [pushUntilFailure(1000), pushUntilFailure(1000), pushUntilFailure(1000)];
    await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before + 100);
    const killed = child as ChildProcess;
    killed.kill('SIGKILL');
    await Promise.all([ended(killed), ...pushing]);
    expect(await start(/Rapport sync: \S+\n/)).toContain(address);
    await proveNothingLost();
  }, 240_000);
});

describe('the administration beside the running service', () => {
  it('answers in JSON with the exit codes of the application’s command line', async () => {
    const list = await command('workspaces');
    expect(list.code).toBe(0);
    expect(list.json<{ workspaces: unknown[] }>().workspaces).toMatchObject([{ workspace, keyEpoch: 1, devices: 1 }]);
    const audit = await command('audit', workspace);
    expect([audit.code, audit.json<{ brokenAt: unknown }>().brokenAt]).toEqual([0, null]);
    const made = await command('workspace', 'create', '--days', '2');
    expect(unwrap(decodeInvitation(made.json<{ code: string }>().code)).server).toBe(address);
    expect((await command('devices', 'nonsense')).code).toBe(2);
    expect((await command('start')).stderr).toContain('runs already');
    const missing = await command('audit', 'AAAAAAAAAAAAAAAAAAAAAA');
    expect([missing.code, missing.json<{ error: { code: string } }>().error.code]).toEqual([1, 'notFound']);
  }, 300_000);
});

describe('what the database’s files hold', () => {
  it('the search finds what is there unsealed, and nothing of what is not', async () => {
    const planted = 'Zaphod Beeblebrox, loan of 1,000,000';
    const box = Buffer.from(`${planted} and more, so that it is long enough`).toString('base64url');
    await ask(address, token, 'push', { body: { changes: [change({ box })] } });
    const secrets = JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')) as { superuser: string };
    const port = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
    const url = `postgres://postgres:${secrets.superuser}@127.0.0.1:${port}/rapport`;
    const texts = [planted, token, 'a text that nobody wrote'];
    expect(await plantedInTables(url, texts)).toEqual([planted]);
    expect(plantedInFiles(folder, texts)).toEqual([planted]);
  }, 300_000);
});
