/** Taking changes in (SYNC-PUSH, SYNC-SEQ, SYNC-STATE-3): one transaction, a fixed number of statements. */
import { hash } from 'node:crypto';
import { hlcMillis } from '../../shared/change/clock.ts';
import { type PushReply, type SealedChange, sealedChange, type Verdict } from '../../shared/sync/protocol.ts';
import type { Refusal } from '../../shared/sync/errors.ts';
import { changeId, LIMITS } from '../../shared/sync/shapes.ts';
import { bytesArray, changeIdArray, changeIdOf, intArray, nameArray, packBases, uuidOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import { type Access, atLeast } from './access.ts';
import { lockWorkspace, readWorkspace, statusOf, type Workspace } from './workspace.ts';

/** A change that is well-formed, with what is kept of it. */
interface Prepared {
  readonly change: SealedChange;
  readonly record: string;
  readonly field: string;
  readonly bases: Buffer;
  readonly box: Buffer;
  /** SHA-256 of the id: bucket and fingerprint (SYNC-DIGEST-1). */
  readonly hash: Buffer;
}
/** A change that is refused whatever the database says; the id when it has a readable one. */
interface Refused {
  readonly code: Refusal;
  readonly id: string | null;
}
export type Checked = Prepared | Refused;
const isRefused = (each: Checked): each is Refused => 'code' in each;

const refused = (code: Refusal): Verdict => ({ verdict: 'refused', code });

/** Sizes are looked at before shapes, so that what is only too large is not called malformed. */
function tooLarge(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { box, bases } = value as { box?: unknown; bases?: unknown };
  return (
    (typeof box === 'string' && box.length > LIMITS.boxChars) || (Array.isArray(bases) && bases.length > LIMITS.bases)
  );
}

const idOf = (value: unknown): string | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? changeId.safeParse(value.id) : null;
  return id?.success ? id.data : null;
};

function check(value: unknown, now: number): Checked {
  if (tooLarge(value)) return { code: 'tooLarge', id: idOf(value) };
  const parsed = sealedChange.safeParse(value);
  if (!parsed.success) return { code: 'malformed', id: idOf(value) };
  const change = parsed.data;
  if (hlcMillis(change.id) > now + LIMITS.ahead) return { code: 'future', id: change.id };
  return {
    change,
    record: uuidOf(change.record),
    field: uuidOf(change.field),
    bases: packBases(change.bases),
    box: Buffer.from(change.box, 'base64url'),
    hash: hash('sha256', change.id, 'buffer'),
  };
}

/** Checks every change by itself (SYNC-PUSH-4). `now` in milliseconds. Throws `tooLarge` for the whole (SYNC-LIMIT-1). */
export function checkPush(changes: readonly unknown[], now: number): Checked[] {
  const checked = changes.map((change) => check(change, now));
  const chars = checked.reduce((sum, each) => sum + (isRefused(each) ? 0 : each.change.box.length), 0);
  if (changes.length > 1 && chars > LIMITS.pushBytes) throw new ServerError('tooLarge');
  return checked;
}

interface Known {
  readonly seq: number;
  readonly record: string;
  readonly field: string;
  readonly bases: string;
}
const plain = (uuid: string): string => uuid.replaceAll('-', '');
const knownOf = (row: Row): Known => ({
  seq: Number(row['seq']),
  record: plain(row['record'] as string),
  field: plain(row['field'] as string),
  bases: (row['bases'] as string).slice(2),
});
const sameChange = (a: Known, b: Prepared): boolean =>
  a.record === b.record && a.field === b.field && a.bases === b.bases.toString('hex');

const KNOWN = `SELECT change_id, seq, record, field, bases FROM change WHERE workspace_id = $1 AND change_id = ANY ($2)`;

const CHANGE = `
  incoming AS (
    SELECT change_id, record, field, key_epoch, bucket, bases, box, $2::bigint + nth AS seq
    FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::int[], $8::bytea[], $9::bytea[])
      WITH ORDINALITY AS i (change_id, record, field, key_epoch, bucket, bases, box, nth)
  ),
  stored AS (
    INSERT INTO change (workspace_id, seq, change_id, record, field, key_epoch, bucket, bases, box)
    SELECT $1, seq, change_id, record, field, key_epoch, bucket, bases, box FROM incoming
  )`;
const COUNTER = `
  UPDATE workspace SET head = $10::bigint, digest = $11, bytes = bytes + $12::bigint WHERE workspace_id = $1`;

/**
 * SYNC-STATE-3 for all changes at once. Every part sees the tables as they were before the statement; the rows that are
 * deleted and those that are inserted are never the same, because the new ids are in neither table's other half.
 */
const GENERAL = `WITH ${CHANGE},
  base AS (
    SELECT DISTINCT record, field, change_id
    FROM unnest($13::uuid[], $14::uuid[], $15::uuid[]) AS b (record, field, change_id)
  ),
  was_named AS (
    DELETE FROM named n USING incoming i
    WHERE n.workspace_id = $1 AND n.record = i.record AND n.field = i.field AND n.change_id = i.change_id
    RETURNING n.record, n.field, n.change_id
  ),
  replaced AS (
    DELETE FROM head h USING base b
    WHERE h.workspace_id = $1 AND h.record = b.record AND h.field = b.field AND h.change_id = b.change_id
  ),
  heads AS (
    INSERT INTO head (workspace_id, record, field, change_id, seq, size)
    SELECT $1, i.record, i.field, i.change_id, i.seq, octet_length(i.box) FROM incoming i
    WHERE NOT EXISTS (SELECT FROM base b WHERE (b.record, b.field, b.change_id) = (i.record, i.field, i.change_id))
      AND NOT EXISTS (SELECT FROM was_named w WHERE (w.record, w.field, w.change_id) = (i.record, i.field, i.change_id))
  ),
  names AS (
    INSERT INTO named (workspace_id, record, field, change_id)
    SELECT $1, b.record, b.field, b.change_id FROM base b
    WHERE NOT EXISTS (SELECT FROM incoming i WHERE (i.record, i.field, i.change_id) = (b.record, b.field, b.change_id))
      AND NOT EXISTS (
        SELECT FROM change c
        WHERE c.workspace_id = $1 AND c.change_id = b.change_id AND c.record = b.record AND c.field = b.field)
    ON CONFLICT DO NOTHING
  ) ${COUNTER}`;

/** The same when no change has bases. */
const BASELESS = `WITH ${CHANGE},
  was_named AS (
    DELETE FROM named n USING incoming i
    WHERE n.workspace_id = $1 AND n.record = i.record AND n.field = i.field AND n.change_id = i.change_id
    RETURNING n.change_id
  ),
  heads AS (
    INSERT INTO head (workspace_id, record, field, change_id, seq, size)
    SELECT $1, i.record, i.field, i.change_id, i.seq, octet_length(i.box) FROM incoming i
    WHERE i.change_id NOT IN (SELECT change_id FROM was_named)
  ) ${COUNTER}`;

function values(workspace: string, before: Workspace, added: readonly Prepared[], xor: Buffer): unknown[] {
  return [
    uuidOf(workspace),
    before.head,
    changeIdArray(added.map(({ change }) => change.id)),
    nameArray(added.map(({ change }) => change.record)),
    nameArray(added.map(({ change }) => change.field)),
    intArray(added.map(({ change }) => change.keyEpoch)),
    intArray(added.map((each) => each.hash[0] as number)),
    bytesArray(added.map(({ bases }) => bases)),
    bytesArray(added.map(({ box }) => box)),
    before.head + added.length,
    xor,
    added.reduce((sum, { box }) => sum + box.length, 0),
  ];
}

function bases(added: readonly Prepared[]): unknown[] {
  const records: string[] = [];
  const fields: string[] = [];
  const ids: string[] = [];
  for (const { change } of added) {
    for (const base of change.bases) {
      records.push(change.record);
      fields.push(change.field);
      ids.push(base);
    }
  }
  return [nameArray(records), nameArray(fields), changeIdArray(ids)];
}

/** What was decided under the lock, before anything is written. */
function decide(checked: readonly Checked[], known: ReadonlyMap<string, Known>, before: Workspace) {
  const seen = new Map(known);
  const added: Prepared[] = [];
  const xor = Buffer.from(before.xor);
  let bytes = before.bytes;
  // What names a refused change waits with it, or others would see half a branch (SYNC-PUSH-5).
  const without = new Map<string, Refusal>();
  const refuse = (id: string | null, code: Refusal): Verdict => {
    if (id !== null) without.set(id, code);
    return refused(code);
  };
  const verdicts = checked.map((each): Verdict => {
    if (isRefused(each)) return refuse(each.id, each.code);
    const { id, bases } = each.change;
    const there = seen.get(id);
    // A collision says nothing about the change that is known by that id.
    if (there) return sameChange(there, each) ? { verdict: 'known', seq: there.seq } : refused('collision');
    const missing = without.size > 0 ? bases.find((base) => without.has(base)) : undefined;
    if (missing !== undefined) return refuse(id, without.get(missing) as Refusal);
    if (before.quota !== null && bytes + each.box.length > before.quota) return refuse(id, 'full');
    bytes += each.box.length;
    added.push(each);
    for (let i = 0; i < xor.length; i += 1) xor[i] = (xor[i] as number) ^ (each.hash[i + 1] as number);
    const seq = before.head + added.length;
    seen.set(id, { seq, record: each.record, field: each.field, bases: each.bases.toString('hex') });
    return { verdict: 'accepted', seq };
  });
  return { verdicts, added, xor };
}

/** Takes a checked push in. `now` in milliseconds, for the status. */
export async function push(tx: Tx, access: Access, checked: readonly Checked[], now: number): Promise<PushReply> {
  const valid = checked.filter((each): each is Prepared => !isRefused(each));
  // A reader's changes wait on its device until its role allows them (SYNC-KEYS-1).
  if (!atLeast(access.role, 'editor') || valid.length === 0) {
    const verdicts = checked.map((each) => refused(isRefused(each) ? each.code : 'readOnly'));
    return { verdicts, status: statusOf(await readWorkspace(tx, access.workspace), access, now) };
  }
  const locked = lockWorkspace(tx, access.workspace);
  // Sent at once, run once the lock is ours: everything pushed before is visible to it.
  const found = tx.run('known', KNOWN, [uuidOf(access.workspace), changeIdArray(valid.map(({ change }) => change.id))]);
  const [before, rows] = await Promise.all([locked, found]);
  const known = new Map(rows.map((row) => [changeIdOf(row['change_id'] as string), knownOf(row)]));
  const { verdicts, added, xor } = decide(checked, known, before);
  if (added.length > 0) {
    const params = values(access.workspace, before, added, xor);
    const general = added.some(({ change }) => change.bases.length > 0);
    const written = general
      ? tx.run('push', GENERAL, [...params, ...bases(added)])
      : tx.run('push-baseless', BASELESS, params);
    const committed = tx.commit();
    committed.catch(() => undefined);
    await written;
    await committed;
  }
  return { verdicts, status: statusOf({ ...before, head: before.head + added.length, xor }, access, now) };
}
