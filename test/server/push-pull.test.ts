import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/server.ts';
import type { SealedChange } from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import {
  ask,
  change,
  type Database,
  database,
  join,
  nextId,
  push,
  random,
  serve,
  type TestDevice,
  workspace,
} from './support.ts';

let db: Database;
let server: RunningServer;
let owner: TestDevice;

beforeAll(async () => {
  db = await database();
  server = await serve(db);
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

const fresh = async (): Promise<TestDevice> => (owner = await workspace(db, server.address));
const verdicts = (answer: { body: { verdicts: unknown[] } }) => answer.body.verdicts;

describe('push', () => {
  it('SYNC-PUSH-1 answers a known change with its place, whoever sends it', async () => {
    await fresh();
    const other = await join(owner, server.address, 'editor');
    const one = change();
    expect(verdicts(await push(owner, [one]))).toEqual([{ verdict: 'accepted', seq: 1 }]);
    expect(verdicts(await push(other, [one]))).toEqual([{ verdict: 'known', seq: 1 }]);
    const again = change();
    expect(verdicts(await push(owner, [again, again]))).toEqual([
      { verdict: 'accepted', seq: 2 },
      { verdict: 'known', seq: 2 },
    ]);
  });

  it('SYNC-PUSH-2 SYNC-SEQ-1 gives consecutive places in the order sent', async () => {
    await fresh();
    const known = change();
    await push(owner, [known]);
    const answer = await push(owner, [change(), known, change(), 7, change()]);
    expect(answer.body.verdicts.map((v: { seq?: number }) => v.seq)).toEqual([2, 1, 3, undefined, 4]);
    expect(answer.body.status.head).toBe(4);
  });

  it('SYNC-PUSH-4 refuses one change and takes the others', async () => {
    await fresh();
    const known = change();
    await push(owner, [known]);
    const answer = await push(owner, [
      'no object',
      null,
      change({ box: 'short' }),
      change({ id: nextId(Date.now() + LIMITS.ahead + 60_000) }),
      change({ id: known.id }),
      { ...known, bases: [nextId()] },
      change({ bases: Array.from({ length: LIMITS.bases + 1 }, () => nextId()) }),
      change(),
    ]);
    const codes = answer.body.verdicts.map((v: { code?: string; verdict: string }) => v.code ?? v.verdict);
    expect(codes).toEqual([
      'malformed',
      'malformed',
      'malformed',
      'future',
      'collision',
      'collision',
      'tooLarge',
      'accepted',
    ]);
    expect(answer.body.status.head).toBe(2);
  });

  it('SYNC-PUSH-5 refuses with the same code what names a refused change', async () => {
    await fresh();
    const late = change({ id: nextId(Date.now() + LIMITS.ahead + 60_000) });
    const broken = { ...change(), box: '' };
    const next = change({ bases: [late.id] });
    const answer = await push(owner, [
      late,
      broken,
      next,
      change({ bases: [next.id] }),
      change({ bases: [broken.id] }),
      change({ bases: [nextId()] }),
    ]);
    expect(answer.body.verdicts.map((v: { code?: string; verdict: string }) => v.code ?? v.verdict)).toEqual([
      'future',
      'malformed',
      'future',
      'future',
      'malformed',
      'accepted',
    ]);
  });

  it('SYNC-CLOCK-2 takes what is just inside the five minutes', async () => {
    await fresh();
    const inside = await push(owner, [change({ id: nextId(Date.now() + LIMITS.ahead - 10_000) })]);
    expect(inside.body.verdicts[0].verdict).toBe('accepted');
  });

  it('SYNC-KEYS-1 refuses a reader’s changes one by one', async () => {
    await fresh();
    const reader = await join(owner, server.address, 'reader');
    const answer = await push(reader, [change(), 'no']);
    expect(verdicts(answer)).toEqual([
      { verdict: 'refused', code: 'readOnly' },
      { verdict: 'refused', code: 'malformed' },
    ]);
    expect(answer.body.status).toMatchObject({ head: 0, role: 'reader' });
  });

  it('SYNC-LIMIT-1 refuses a push that is too large as a whole, but not a single large change', async () => {
    await fresh();
    const half = random(Math.floor((LIMITS.pushBytes * 3) / 4 / 2) + 100);
    const both = await push(owner, [change({ box: half }), change({ box: half })]);
    expect([both.status, both.body.error.code]).toEqual([413, 'tooLarge']);
    const large = change({ box: random(2_000_000) });
    expect(verdicts(await push(owner, [large]))).toEqual([{ verdict: 'accepted', seq: 1 }]);
    const pulled = await owner.ask('pull', { query: { after: 0 } });
    expect(pulled.body.changes[0].box).toBe(large.box);
    const many = await push(
      owner,
      Array.from({ length: LIMITS.pushChanges + 1 }, () => 1),
    );
    expect(many.status).toBe(400);
  });

  it('does not read a workspace that grows, whatever the planner knew of it when it first looked', async () => {
    const own = await database();
    // One connection, so that every plan that is kept was made while the tables were empty.
    let service = await serve(own, { settings: { connections: 1 } });
    const device = await workspace(own, service.address);
    const all = Array.from({ length: 4000 }, () => change());
    for (let at = 0; at < all.length; at += 500) await push(device, all.slice(at, at + 500));
    const edit = (changes: readonly SealedChange[]) =>
      changes.map(({ id, record, field }) => change({ record, field, bases: [id] }));
    const edits = edit(all.slice(0, 300));
    await push(device, edits);
    // Once more, as after an answer that was lost: all of them are known.
    await push(device, edits);
    // The same with plans made now, by a planner that still knows nothing.
    await service.stop();
    service = await serve(own);
    await ask(service.address, device.token, 'push', { body: { changes: edit(all.slice(300, 600)) } });
    // Connections report what they read when they end at the latest.
    await service.stop();
    await expect
      .poll(() =>
        own.query(`SELECT FROM pg_stat_activity WHERE application_name = 'rapport-sync'
         AND datname = current_database()`),
      )
      .toEqual([]);
    // Rows of heads and changes read in this database, by scans of tables and of indexes.
    const [row] = await own.query(
      `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) AS rows FROM pg_stat_user_tables
       WHERE relname ~ '^(change|head|named)_'`,
    );
    await own.drop();
    // Each of 900 changes sent: itself or what it names, the head that it replaces.
    expect(Number(row?.['rows'])).toBeGreaterThan(900);
    expect(Number(row?.['rows'])).toBeLessThan(4000);
  });

  it('SYNC-PUSH-4 refuses as full what is beyond the quota, and takes the rest', async () => {
    const small = await workspace(db, server.address, 1000);
    const answer = await push(small, [
      change({ box: random(600) }),
      change({ box: random(600) }),
      change({ box: random(100) }),
    ]);
    expect(verdicts(answer)).toEqual([
      { verdict: 'accepted', seq: 1 },
      { verdict: 'refused', code: 'full' },
      { verdict: 'accepted', seq: 2 },
    ]);
  });
});

describe('pull', () => {
  it('SYNC-PULL-1 gives what was pushed, byte for byte, in ascending places', async () => {
    await fresh();
    const all = Array.from({ length: 25 }, (_, i) => change({ bases: i % 3 === 0 ? [] : [nextId(), nextId()] }));
    await push(owner, all);
    const seen: unknown[] = [];
    let after = 0;
    for (let more = true; more; ) {
      const { body } = await owner.ask('pull', { query: { after, limit: 7 } });
      seen.push(...body.changes);
      after = body.next;
      more = body.more;
    }
    expect(seen).toEqual(all.map((each, i) => ({ ...each, seq: i + 1 })));
    const end = await owner.ask('pull', { query: { after } });
    expect(end.body).toMatchObject({ changes: [], next: 25, more: false });
  });

  it('SYNC-LIMIT-1 ends a page early by its bytes, and never gives an empty one', async () => {
    await fresh();
    const size = 1_200_000;
    for (let i = 0; i < 4; i += 1) await push(owner, [change({ box: random(size) })]);
    const first = await owner.ask('pull', { query: { after: 0 } });
    expect(first.body.changes).toHaveLength(2);
    expect(first.body).toMatchObject({ next: 2, more: true });
    const byIds = first.body.changes.map(({ id }: { id: string }) => id);
    const rest = await owner.ask('pull', { query: { after: 2 } });
    byIds.push(...rest.body.changes.map(({ id }: { id: string }) => id));
    const named = await owner.ask('byId', { body: { ids: [...byIds, nextId()] } });
    expect(named.body.changes).toHaveLength(2);
    expect(named.body.rest).toEqual(byIds.slice(2));
  });

  it('SYNC-STATE-6 streams the history backwards, without the heads', async () => {
    await fresh();
    const slot = { record: random(16), field: random(16) };
    const first = change(slot);
    const second = change({ ...slot, bases: [first.id] });
    const third = change({ ...slot, bases: [second.id] });
    const other = change();
    await push(owner, [first, second, other, third]);
    const all = await owner.ask('pull', { query: { before: 5 } });
    expect(all.body.changes.map(({ seq }: { seq: number }) => seq)).toEqual([4, 3, 2, 1]);
    expect(all.body.more).toBe(false);
    const page = await owner.ask('pull', { query: { before: 5, superseded: true, limit: 1 } });
    expect(page.body).toMatchObject({ changes: [{ seq: 2 }], next: 2, more: true });
    const last = await owner.ask('pull', { query: { before: 2, superseded: true } });
    expect(last.body).toMatchObject({ changes: [{ seq: 1 }], next: 1, more: false });
    expect((await owner.ask('pull', { query: { after: 0, before: 9 } })).status).toBe(400);
    expect((await owner.ask('pull', {})).status).toBe(400);
  });

  it('SYNC-CLOCK-1 SYNC-DIGEST-1 every answer carries the server’s time, head and digest', async () => {
    await fresh();
    const ids = [nextId(), nextId(), nextId()];
    await push(
      owner,
      ids.map((id) => change({ id })),
    );
    const xor = Buffer.alloc(16);
    for (const id of ids) {
      const hash = createHash('sha256').update(id).digest();
      for (let i = 0; i < 16; i += 1) xor[i] = (xor[i] as number) ^ (hash[i + 1] as number);
    }
    const before = Date.now();
    const { status } = (await owner.ask('status')).body;
    expect(status.digest).toEqual({ count: 3, xor: xor.toString('hex') });
    expect(status.now).toBeGreaterThanOrEqual(before);
    expect(status).toMatchObject({ head: 3, keyEpoch: 1, role: 'owner', leaseDays: null });
  });
});

describe('digest', () => {
  it('SYNC-DIGEST-3 gives buckets and their ids, also from a kept part', async () => {
    await fresh();
    const pushed: string[] = [];
    const add = async (count: number): Promise<void> => {
      const changes = Array.from({ length: count }, () => change());
      pushed.push(...changes.map(({ id }) => id));
      await push(owner, changes);
    };
    for (let i = 0; i < 3; i += 1) await add(400);
    const bucketsOf = () => {
      const buckets = Array.from({ length: 256 }, () => ({ count: 0, xor: Buffer.alloc(16) }));
      for (const id of pushed) {
        const hash = createHash('sha256').update(id).digest();
        const bucket = buckets[hash[0] as number] as { count: number; xor: Buffer };
        bucket.count += 1;
        for (let i = 0; i < 16; i += 1) bucket.xor[i] = (bucket.xor[i] as number) ^ (hash[i + 1] as number);
      }
      return buckets.map(({ count, xor }) => ({ count, xor: xor.toString('hex') }));
    };
    expect((await owner.ask('digest')).body.buckets).toEqual(bucketsOf());
    await expect.poll(() => db.query('SELECT seq FROM digest')).toEqual([{ seq: '1200' }]);
    await add(3);
    expect((await owner.ask('digest')).body.buckets).toEqual(bucketsOf());
    const wanted = [3, 77, 255];
    const inBuckets = pushed
      .filter((id) => wanted.includes(createHash('sha256').update(id).digest()[0] as number))
      .sort();
    const listed = await owner.ask('bucketIds', { body: { buckets: wanted } });
    expect(listed.body).toMatchObject({ ids: inBuckets, next: null });
    const after = inBuckets[1] as string;
    expect((await owner.ask('bucketIds', { body: { buckets: wanted, after } })).body.ids).toEqual(inBuckets.slice(2));
  });
});
