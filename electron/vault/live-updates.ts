/** What a commit means for the live view, in bounded pieces. */
import { LIVE_TABLES, type LiveTable, type LiveUpdate, type RowsByTable } from '../../shared/model/rows.ts';
import type { Written } from './record-store.ts';
import type { Rows } from './rows.ts';

/** Rows in one update: what crosses to the screens without a noticeable pause. */
const CHUNK = 500;
const TABLE_OF: Readonly<Record<string, LiveTable>> = {
  organisation: 'organisations',
  person: 'people',
  meeting: 'meetings',
  promise: 'promises',
  contract: 'contracts',
  calendar: 'calendars',
};
const tableOf = (type: string): LiveTable | undefined => (Object.hasOwn(TABLE_OF, type) ? TABLE_OF[type] : undefined);

/** Ids of rows to read again, by table. */
function staleRows(written: Written, rows: Rows): Map<LiveTable, Set<string>> {
  const { affected, types, deleted } = written;
  const stale = new Map<LiveTable, Set<string>>(LIVE_TABLES.map((table) => [table, new Set<string>()]));
  const note = (table: LiveTable, ids: Iterable<string>): void => {
    for (const id of ids) if (!deleted.has(id)) stale.get(table)?.add(id);
  };
  for (const [id, type] of types) {
    const table = tableOf(type);
    if (table) note(table, [id]);
  }
  note('organisations', affected.organisations);
  note('people', affected.people);
  note('meetings', affected.meetings);
  for (const id of affected.renamedOrganisations) {
    for (const table of ['people', 'meetings', 'promises', 'contracts'] as const)
      note(table, rows.showing(table, 'organisation', id));
  }
  for (const id of affected.renamedPeople) note('promises', rows.showing('promises', 'ownerPerson', id));
  return stale;
}

/**
 * The updates after a transaction, at least one. Rows are read when the update is asked for, so they are never older
 * than the vault; `seq` is asked then, too. Removals come with the first.
 */
export function* liveUpdates(written: Written, rows: Rows, seq: () => number): Generator<LiveUpdate> {
  const remove: { [T in LiveTable]?: string[] } = {};
  for (const id of written.deleted) {
    const table = tableOf(written.types.get(id) ?? '');
    if (!table) continue;
    const ids = remove[table] ?? [];
    ids.push(id);
    remove[table] = ids;
  }
  const wanted: (readonly [LiveTable, string])[] = [];
  for (const [table, ids] of staleRows(written, rows)) for (const id of ids) wanted.push([table, id]);
  const records = [...written.types.keys()];
  const pieces = Math.max(1, Math.ceil(Math.max(wanted.length, records.length) / CHUNK));
  for (let i = 0; i < pieces; i += 1) {
    const ids = new Map<LiveTable, string[]>();
    for (const [table, id] of wanted.slice(i * CHUNK, (i + 1) * CHUNK)) {
      const same = ids.get(table);
      if (same) same.push(id);
      else ids.set(table, [id]);
    }
    const put: { [T in LiveTable]?: readonly RowsByTable[LiveTable][] } = {};
    for (const [table, of] of ids) put[table] = rows.byIds(table, of);
    yield {
      seq: seq(),
      put: put as LiveUpdate['put'],
      remove: i === 0 ? remove : {},
      records: records.slice(i * CHUNK, (i + 1) * CHUNK),
    };
  }
}
