/** Taking changes in (SYNC-PUSH, SYNC-SEQ, SYNC-STATE-3): one transaction, few statements. */
import { hash } from 'node:crypto';
import { hlcMillis } from '../../shared/change/clock.ts';
import { type PushReply, type SealedChange, sealedChange, type Verdict } from '../../shared/sync/protocol.ts';
import type { Refusal } from '../../shared/sync/errors.ts';
import { changeId, LIMITS } from '../../shared/sync/shapes.ts';
import {
  bytesArray,
  changeIdArray,
  changeIdOf,
  intArray,
  nameArray,
  nameOf,
  packBases,
  uuidOf,
} from '../database/binary.ts';
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

/**
 * Every statement finds its rows one by one through a key that names them whole. `OFFSET 0` keeps the planner from
 * making a join of it: of a workspace that has grown since it last looked, it would rather read everything once.
 */
const each = (columns: string, table: string, keys: string): string => `SELECT ${columns} FROM ${table}
  WHERE workspace_id = $1 AND ${keys} OFFSET 0`;
const found = (columns: string, table: string): string => `SELECT f.* FROM unnest($2::uuid[]) AS i (id)
  CROSS JOIN LATERAL (${each(columns, table, 'change_id = i.id')}) AS f`;
const plans = (mode: string): string =>
  `SELECT set_config('plan_cache_mode', '${mode}', true), set_config('random_page_cost', '0', true)`;
const KNOWN = found('change_id, seq, record, field, bases', 'change');
const PLACES = found('change_id, seq, record, field', 'change');
const NAMED = found('change_id, record, field', 'named');

/**
 * What is stored has one way only, by keys: its plan is made once a connection. No other may be: made while a table was
 * empty, it would take the first of two keys that begin alike.
 */
const ONCE = plans('force_generic_plan');
// Arrays side by side in a list of columns are read as they are; in FROM they would be written out first.
const STORE = `WITH
  stored AS (
    INSERT INTO change (workspace_id, seq, change_id, record, field, key_epoch, bucket, bases, box)
    SELECT $1, $2::bigint + nth, change_id, record, field, key_epoch, bucket, bases, box FROM (
      SELECT generate_series(1, cardinality($3::uuid[])) AS nth, unnest($3::uuid[]) AS change_id,
        unnest($4::uuid[]) AS record, unnest($5::uuid[]) AS field, unnest($6::int[]) AS key_epoch,
        unnest($7::int[]) AS bucket, unnest($8::bytea[]) AS bases, unnest($9::bytea[]) AS box) AS i
  ),
  heads AS (
    INSERT INTO head (workspace_id, seq, record, field, size)
    SELECT $1, $2::bigint + nth, record, field, size FROM (
      SELECT unnest($13::int[]) AS nth, unnest($14::uuid[]) AS record, unnest($15::uuid[]) AS field,
        unnest($16::int[]) AS size) AS h
  )
  UPDATE workspace SET head = $10::bigint, digest = $11, bytes = bytes + $12::bigint WHERE workspace_id = $1`;
const NAME = `INSERT INTO named (workspace_id, change_id, record, field)
  SELECT $1, change_id, record, field FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS n (change_id, record, field)
  ON CONFLICT DO NOTHING`;
/** What is taken out is named by its place in the table; that must look cheaper than reading on. */
const ANEW = plans('force_custom_plan');
const REPLACE = `DELETE FROM head WHERE workspace_id = $1 AND ctid = ANY (ARRAY(
  SELECT h.ctid FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS i (record, field, seq)
  CROSS JOIN LATERAL (${each('ctid', 'head', 'record = i.record AND field = i.field AND seq = i.seq')}) AS h))`;
const UNNAME = `DELETE FROM named WHERE workspace_id = $1 AND ctid = ANY (ARRAY(
  SELECT n.ctid FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS i (id, record, field)
  CROSS JOIN LATERAL (${each('ctid', 'named', 'change_id = i.id AND record = i.record AND field = i.field')}) AS n))`;

interface Naming {
  readonly id: string;
  readonly record: string;
  readonly field: string;
}
/** A change in a slot, as a key. */
const keyOf = ({ id, record, field }: Naming): string => `${id}${record}${field}`;
const namingOf = (row: Row): Naming => ({
  id: changeIdOf(row['change_id'] as string),
  record: nameOf(row['record'] as string),
  field: nameOf(row['field'] as string),
});
const arrays = (namings: readonly Naming[]): Buffer[] => [
  changeIdArray(namings.map(({ id }) => id)),
  nameArray(namings.map(({ record }) => record)),
  nameArray(namings.map(({ field }) => field)),
];

interface Present {
  /** Ids that the push names and the log has, by `keyOf`, with their places. */
  readonly places: ReadonlyMap<string, number>;
  /** Incoming ids that their own or another slot named before. */
  readonly named: ReadonlySet<string>;
}

/** SYNC-STATE-3 for all added changes at once; the result does not depend on their order. */
function stateOf(added: readonly Prepared[], { places, named }: Present) {
  const incoming = new Set(added.map(({ change }) => keyOf(change)));
  const bases = new Map<string, Naming>();
  for (const { change } of added) {
    for (const id of change.bases) {
      const base = { id, record: change.record, field: change.field };
      bases.set(keyOf(base), base);
    }
  }
  const outside = [...bases].filter(([key]) => !incoming.has(key));
  return {
    /** Numbers from 1 in the push of those that are heads now. */
    heads: added.flatMap(({ change }, i) => (bases.has(keyOf(change)) || named.has(keyOf(change)) ? [] : [i + 1])),
    /** Heads no more, with their places. */
    replaced: outside.flatMap(([key, base]) => {
      const seq = places.get(key);
      return seq === undefined ? [] : [{ ...base, seq }];
    }),
    names: outside.filter(([key]) => !places.has(key)).map(([, base]) => base),
    unnamed: added.map(({ change }) => change).filter((change) => named.has(keyOf(change))),
  };
}

/** Sends everything that one push writes, and commits with it. */
async function write(
  tx: Tx,
  workspace: string,
  before: Workspace,
  { added, xor, present }: { added: readonly Prepared[]; xor: Buffer; present: Present },
): Promise<void> {
  const { heads, replaced, names, unnamed } = stateOf(added, present);
  const headed = heads.map((nth) => added[nth - 1] as Prepared);
  const sent = [
    tx.run('push-once', ONCE),
    tx.run('push', STORE, [
      workspace,
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
      intArray(heads),
      nameArray(headed.map(({ change }) => change.record)),
      nameArray(headed.map(({ change }) => change.field)),
      intArray(headed.map(({ box }) => box.length)),
    ]),
  ];
  if (names.length > 0) sent.push(tx.run('push-name', NAME, [workspace, ...arrays(names)]));
  if (replaced.length + unnamed.length > 0) sent.push(tx.run('push-anew', ANEW));
  if (replaced.length > 0) {
    const [, ...slots] = arrays(replaced);
    sent.push(tx.run('push-replace', REPLACE, [workspace, ...slots, replaced.map(({ seq }) => seq)]));
  }
  if (unnamed.length > 0) sent.push(tx.run('push-unname', UNNAME, [workspace, ...arrays(unnamed)]));
  // All of it travels at once; the lock is held for one round trip and the disk.
  const committed = tx.commit();
  committed.catch(() => undefined);
  const failed = (await Promise.allSettled(sent)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  await committed;
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

/** Which of the changes with these ids are here, by id. */
const knownBy = (rows: readonly Row[]): ReadonlyMap<string, Known> =>
  new Map(rows.map((row) => [changeIdOf(row['change_id'] as string), knownOf(row)]));

/** A change that is here already; `otherwise` when it is not. */
function asKnown(each: Prepared, known: ReadonlyMap<string, Known>, otherwise: Refusal): Verdict {
  const there = known.get(each.change.id);
  if (!there) return refused(otherwise);
  return sameChange(there, each) ? { verdict: 'known', seq: there.seq } : refused('collision');
}

/** Takes a checked push in. `now` in milliseconds, for the status. */
export async function push(tx: Tx, access: Access, checked: readonly Checked[], now: number): Promise<PushReply> {
  const valid = checked.filter((each): each is Prepared => !isRefused(each));
  const workspace = uuidOf(access.workspace);
  const ids = changeIdArray(valid.map(({ change }) => change.id));
  // A reader's changes wait on its device until its role allows them (SYNC-KEYS-1). What it sent while it was an editor is
  // here, even if the answer was lost.
  if (!atLeast(access.role, 'editor') || valid.length === 0) {
    const known = knownBy(valid.length > 0 ? await tx.run('known', KNOWN, [workspace, ids]) : []);
    const verdicts = checked.map((each) => (isRefused(each) ? refused(each.code) : asKnown(each, known, 'readOnly')));
    return { verdicts, status: statusOf(await readWorkspace(tx, access.workspace), access, now) };
  }
  const bases = [...new Set(valid.flatMap(({ change }) => change.bases))];
  // Sent at once, run once the lock is ours: everything pushed before is visible to them.
  const [before, knownRows, placeRows, namedRows] = await Promise.all([
    lockWorkspace(tx, access.workspace),
    tx.run('known', KNOWN, [workspace, ids]),
    bases.length > 0 ? tx.run('places', PLACES, [workspace, changeIdArray(bases)]) : [],
    tx.run('named-before', NAMED, [workspace, ids]),
  ]);
  const known = knownBy(knownRows);
  const { verdicts, added, xor } = decide(checked, known, before);
  if (added.length > 0) {
    const places = new Map(placeRows.map((row) => [keyOf(namingOf(row)), Number(row['seq'])]));
    const named = new Set(namedRows.map((row) => keyOf(namingOf(row))));
    await write(tx, workspace, before, { added, xor, present: { places, named } });
  }
  return { verdicts, status: statusOf({ ...before, head: before.head + added.length, xor }, access, now) };
}
