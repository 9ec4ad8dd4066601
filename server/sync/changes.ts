/** Handing changes out (SYNC-PULL, SYNC-STATE): pages bounded by count and by bytes, each of one moment. */
import type { z } from 'zod';
import type {
  ByIdReply,
  PullReply,
  pullQuery,
  RecordsReply,
  SequencedChange,
  Slot,
  StateReply,
} from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { base64UrlOf, changeIdArray, changeIdOf, nameArray, nameOf, unpackBases, uuidOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { readWorkspace, statusOf } from './workspace.ts';

/** Characters of base64url to bytes. */
const bytes = (chars: number): number => Math.floor((chars * 3) / 4);
const PAGE = bytes(LIMITS.pageBytes);
/** What one slot may weigh in an answer; what is beyond comes by the digest repair. */
const SLOT = bytes(LIMITS.replyBytes / 2);

const COLUMNS = 'seq, change_id, record, field, key_epoch, bases, box';
const changeOf = (row: Row): SequencedChange => ({
  seq: Number(row['seq']),
  id: changeIdOf(row['change_id'] as string),
  record: nameOf(row['record'] as string),
  field: nameOf(row['field'] as string),
  bases: unpackBases(row['bases'] as string),
  keyEpoch: Number(row['key_epoch']),
  box: base64UrlOf(row['box'] as string),
});

/** Of candidates in order, so many as fit into a page; one at least. Sizes of bases count: a squash names thousands. */
const page = (candidates: string): string => `
  SELECT ${COLUMNS} FROM (
    SELECT ${COLUMNS}, row_number() OVER w AS nth, sum(octet_length(box) + 3 * octet_length(bases)) OVER w AS total
    FROM (${candidates}) candidate WINDOW w AS (ROWS UNBOUNDED PRECEDING)
  ) p WHERE total <= ${PAGE} OR nth = 1`;

const FORWARD = page(
  `SELECT ${COLUMNS} FROM change WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
);
const BACKWARD = page(
  `SELECT ${COLUMNS} FROM change WHERE workspace_id = $1 AND seq < $2 AND seq <= $3 ORDER BY seq DESC LIMIT $4`,
);
/** Without those that are heads at this moment (SYNC-STATE-6). */
const SUPERSEDED = page(
  `SELECT ${COLUMNS} FROM change c WHERE workspace_id = $1 AND seq < $2 AND seq <= $3 AND NOT EXISTS (
     SELECT FROM head h WHERE h.workspace_id = $1 AND (h.record, h.field, h.seq) = (c.record, c.field, c.seq)) ORDER BY seq DESC LIMIT $4`,
);

export async function pull(tx: Tx, access: Access, query: z.output<typeof pullQuery>, now: number): Promise<PullReply> {
  const workspace = await readWorkspace(tx, access.workspace);
  const status = statusOf(workspace, access, now);
  const from = query.after ?? query.before ?? 0;
  const [name, text] =
    query.after !== undefined
      ? ['pull', FORWARD]
      : query.superseded === 'true'
        ? ['pull-superseded', SUPERSEDED]
        : ['pull-back', BACKWARD];
  const rows = await tx.run(name, text, [uuidOf(access.workspace), from, workspace.head, query.limit]);
  const changes = rows.map(changeOf);
  const next = changes.at(-1)?.seq ?? from;
  // Going back, more is only known to be there or not by asking once more, unless the page was short.
  const more = changes.length > 0 && (query.after !== undefined ? next < workspace.head : next > 1);
  return { changes, next, more, status };
}

const BY_ID = page(`SELECT ${COLUMNS} FROM change WHERE workspace_id = $1 AND change_id = ANY ($2) ORDER BY seq`);
const THERE = 'SELECT change_id FROM change WHERE workspace_id = $1 AND change_id = ANY ($2)';

export async function byId(tx: Tx, access: Access, ids: readonly string[], now: number): Promise<ByIdReply> {
  const workspace = uuidOf(access.workspace);
  const asked = changeIdArray([...new Set(ids)]);
  const [status, there, rows] = await Promise.all([
    readWorkspace(tx, access.workspace),
    tx.run('there', THERE, [workspace, asked]),
    tx.run('by-id', BY_ID, [workspace, asked]),
  ]);
  const changes = rows.map(changeOf);
  const given = new Set(changes.map(({ id }) => id));
  const rest = there.map((row) => changeIdOf(row['change_id'] as string)).filter((id) => !given.has(id));
  return { changes, rest, status: statusOf(status, access, now) };
}

/** Slots in order with the weight of their heads. */
const SLOTS = `SELECT record, field, sum(size) AS size FROM head
  WHERE workspace_id = $1 AND (record, field) > ($2, $3) GROUP BY record, field ORDER BY record, field LIMIT $4`;
const SLOTS_OF = `SELECT record, field, sum(size) AS size FROM head
  WHERE workspace_id = $1 AND record = ANY ($2) GROUP BY record, field ORDER BY record, field`;
const RANGE = `(record, field) > ($2, $3) AND (record, field) <= ($4, $5)`;
/** Filled with the range of slots or the list of records. */
const HEADS =
  'SELECT record, field, seq, size FROM head WHERE workspace_id = $1 AND FILTER ORDER BY record, field, seq DESC';
const NAMED =
  'SELECT record, field, change_id FROM named WHERE workspace_id = $1 AND FILTER ORDER BY record, field, change_id';
const BY_PLACE = `SELECT ${COLUMNS} FROM change WHERE workspace_id = $1 AND seq = ANY ($2::bigint[]) ORDER BY record, field, seq`;

/** The changes of head rows; of a slot that is heavier than an answer may be, the newest. */
function headChanges(tx: Tx, workspace: string, rows: readonly Row[]): Promise<Row[]> {
  let slot = '';
  let weight = 0;
  const places = rows.flatMap((row) => {
    const key = `${row['record']}${row['field']}`;
    if (key !== slot) weight = 0;
    slot = key;
    weight += Number(row['size']);
    return weight <= SLOT ? [Number(row['seq'])] : [];
  });
  return tx.run('by-place', BY_PLACE, [workspace, places]);
}

/** Brings heads and names of the same slots together; both are in the order of slots. */
function slotsOf(heads: readonly Row[], named: readonly Row[]): Slot[] {
  const slots = new Map<string, Slot & { named: string[]; heads: SequencedChange[] }>();
  for (const row of heads) {
    const change = changeOf(row);
    const key = `${row['record']}${row['field']}`;
    const slot = slots.get(key) ?? { record: change.record, field: change.field, heads: [], named: [] };
    slots.set(key, slot);
    slot.heads.push(change);
  }
  for (const row of named)
    slots.get(`${row['record']}${row['field']}`)?.named.push(changeIdOf(row['change_id'] as string));
  return [...slots.values()];
}

interface SlotRow {
  readonly record: string;
  readonly field: string;
}
/** The first slots that fit into a page, one at least. */
function fitting(rows: readonly Row[]): SlotRow[] {
  let total = 0;
  const taken: SlotRow[] = [];
  for (const row of rows) {
    total += Number(row['size']);
    if (taken.length > 0 && total > PAGE) break;
    taken.push({ record: row['record'] as string, field: row['field'] as string });
  }
  return taken;
}

const ZERO = '0'.repeat(32);

export async function state(
  tx: Tx,
  access: Access,
  query: { readonly after?: string | undefined; readonly limit: number },
  now: number,
): Promise<StateReply> {
  const [record, field] = query.after === undefined ? [ZERO, ZERO] : cursorOf(query.after);
  const workspace = uuidOf(access.workspace);
  const [status, rows] = await Promise.all([
    readWorkspace(tx, access.workspace),
    tx.run('slots', SLOTS, [workspace, record, field, query.limit]),
  ]);
  const taken = fitting(rows);
  const last = taken.at(-1);
  if (!last) return { slots: [], next: null, status: statusOf(status, access, now) };
  const range = [workspace, record, field, last.record, last.field];
  const [heads, named] = await Promise.all([
    tx.run('heads-range', HEADS.replace('FILTER', RANGE), range),
    tx.run('named-range', NAMED.replace('FILTER', RANGE), range),
  ]);
  const end = taken.length === rows.length && rows.length < query.limit;
  return {
    slots: slotsOf(await headChanges(tx, workspace, heads), named),
    next: end ? null : `${nameOf(last.record)}.${nameOf(last.field)}`,
    status: statusOf(status, access, now),
  };
}

function cursorOf(text: string): [string, string] {
  const parts = /^([\w-]{22})\.([\w-]{22})$/.exec(text);
  if (!parts) throw new ServerError('malformed', { detail: 'after' });
  return [uuidOf(parts[1] as string), uuidOf(parts[2] as string)];
}

/** Whole records, in the order asked, until the page is full; the first always (SYNC-STATE-5). */
export async function records(tx: Tx, access: Access, asked: readonly string[], now: number): Promise<RecordsReply> {
  const workspace = uuidOf(access.workspace);
  const unique = [...new Set(asked)];
  const [status, rows] = await Promise.all([
    readWorkspace(tx, access.workspace),
    tx.run('slots-of', SLOTS_OF, [workspace, nameArray(unique)]),
  ]);
  const sizes = new Map<string, { size: number; slots: number }>();
  for (const row of rows) {
    const name = nameOf(row['record'] as string);
    const { size, slots } = sizes.get(name) ?? { size: 0, slots: 0 };
    sizes.set(name, { size: size + Math.min(Number(row['size']), SLOT), slots: slots + 1 });
  }
  let total = 0;
  let count = 0;
  const given = unique.filter((name, i) => {
    const { size, slots } = sizes.get(name) ?? { size: 0, slots: 0 };
    if (i > 0 && (total + size > PAGE || count + slots > LIMITS.page)) return false;
    total += size;
    count += slots;
    return true;
  });
  const params = [workspace, nameArray(given)];
  const filter = 'record = ANY ($2)';
  const [heads, named] = await Promise.all([
    tx.run('heads-of', HEADS.replace('FILTER', filter), params),
    tx.run('named-of', NAMED.replace('FILTER', filter), params),
  ]);
  const taken = new Set(given);
  return {
    slots: slotsOf(await headChanges(tx, workspace, heads), named),
    rest: unique.filter((name) => !taken.has(name)),
    status: statusOf(status, access, now),
  };
}
