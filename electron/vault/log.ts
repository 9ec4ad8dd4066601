/** The append-only log: writing changes and reading them back. */
import type { Batch, BatchKind, Change, ChangeSet, Hlc, Json } from '../../shared/change/types.ts';
import { compareHlc, hlcAfter } from '../../shared/change/clock.ts';
import type { HistoryEntry } from '../../shared/ipc/contract.ts';
import { fieldSpec } from '../../shared/model/schema.ts';
import type { LoggedChange } from '../../shared/sync/engine/types.ts';
import type { BatchView } from './api.ts';
import type { Statements } from './database.ts';

interface BatchRow {
  readonly n: number;
  readonly id: string;
  readonly kind: BatchKind;
  readonly actor: string;
  readonly device: string;
  readonly time: number;
  readonly undoes: string | null;
  readonly label: string | null;
}
interface ChangeRow {
  readonly id: string;
  readonly batchId: string;
  readonly type: string;
  readonly record: string;
  readonly field: string;
  readonly value: string;
  readonly base: string;
}
const CHANGE =
  'SELECT c.id, b.id AS batchId, c.type, c.record, c.field, c.value, c.base FROM changes c JOIN batches b ON b.n = c.batch';
const MAX_HISTORY = 2000;
/** Text typed without a longer pause than this is one entry of the history, in milliseconds. */
const TYPING_PAUSE = 15 * 60_000;

const toChange = (row: ChangeRow): Change => ({
  id: row.id,
  batch: row.batchId,
  type: row.type,
  record: row.record,
  field: row.field,
  value: JSON.parse(row.value) as Json,
  base: row.base === '' ? [] : row.base.split(' '),
});
const toBatch = (row: BatchRow): Batch => ({
  id: row.id,
  kind: row.kind,
  actor: row.actor,
  device: row.device,
  time: row.time,
  ...(row.undoes === null ? {} : { undoes: row.undoes }),
  ...(row.label === null ? {} : { label: row.label }),
});

/** What a change says about a field; undefined when it does not. */
export function valueIn(change: Pick<Change, 'field' | 'value'>, field: string): Json | undefined {
  if (change.field === field) return change.value;
  if (change.field !== '$new') return undefined;
  const values = change.value as Readonly<Record<string, Json>>;
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

export class Log {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Position of the newest change; 0 when there is none. */
  seq(): number {
    return (this.#sql.of('SELECT max(seq) AS seq FROM changes').get() as { seq: number | null }).seq ?? 0;
  }

  /** Greatest clock reading among the changes that count; of those up to a time in milliseconds, if one is given. */
  last(upTo?: number): Hlc | undefined {
    const row = this.#sql
      .of(
        `SELECT id FROM changes WHERE id < ? AND NOT EXISTS (SELECT 1 FROM cursor WHERE name = 'withdrawn ' || id) ORDER BY id DESC LIMIT 1`,
      )
      .get(upTo === undefined ? 'g' : hlcAfter(upTo)) as { id: string } | undefined;
    return row?.id;
  }

  has(id: Hlc): boolean {
    return this.#sql.of('SELECT 1 FROM changes WHERE id = ?').get(id) !== undefined;
  }

  /** Ids of withdrawn changes (docs/sync.md, SYNC-OUT-5). */
  withdrawn(): Set<Hlc> {
    const rows = this.#sql
      .of(
        `SELECT substr(name, length('withdrawn ') + 1) AS id FROM cursor WHERE name >= 'withdrawn ' AND name < 'withdrawn!'`,
      )
      .all() as { id: Hlc }[];
    return new Set(rows.map(({ id }) => id));
  }

  /** True when the log has the change and it was not withdrawn (docs/sync.md, SYNC-OUT-5). */
  counts(id: Hlc): boolean {
    return this.has(id) && !this.#isWithdrawn(id);
  }

  #isWithdrawn(id: Hlc): boolean {
    return this.#sql.of('SELECT 1 FROM cursor WHERE name = ?').get(`withdrawn ${id}`) !== undefined;
  }

  /** Ids that earlier changes of its field are known to have replaced, during a first download (SYNC-STATE-4). */
  namedOf(id: Hlc): readonly Hlc[] {
    const row = this.#sql.of('SELECT value FROM cursor WHERE name = ?').get(`named ${id}`) as
      | { value: string }
      | undefined;
    return row?.value.split(' ') ?? [];
  }

  /** Rows with their places, by a condition on `c`. */
  logged(condition: string, ...parameters: readonly (string | number)[]): LoggedChange[] {
    const rows = this.#sql
      .of(
        `SELECT c.seq, c.remote, c.id, b.id AS batchId, c.type, c.record, c.field, c.value, c.base, c.batch AS n FROM changes c JOIN batches b ON b.n = c.batch WHERE ${condition}`,
      )
      .all(...parameters) as (ChangeRow & { seq: number; remote: number; n: number })[];
    const batches = new Map<number, Batch>();
    return rows.map((row) => {
      let batch = batches.get(row.n);
      if (!batch) {
        batch = toBatch(this.#sql.of('SELECT * FROM batches WHERE n = ?').get(row.n) as BatchRow);
        batches.set(row.n, batch);
      }
      return { seq: row.seq, remote: row.remote === 1, batch, change: toChange(row) };
    });
  }

  /** The batch's number in the log; writes the batch when it is new. */
  batchNumber(batch: Batch): number {
    const known = this.#sql.of('SELECT n FROM batches WHERE id = ?').get(batch.id) as { n: number } | undefined;
    if (known) return known.n;
    const { id, kind, actor, device, time, undoes, label } = batch;
    return Number(
      this.#sql
        .of('INSERT INTO batches (id, kind, actor, device, time, undoes, label) VALUES (?,?,?,?,?,?,?)')
        .run(id, kind, actor, device, time, undoes ?? null, label ?? null).lastInsertRowid,
    );
  }

  append(change: Change, batch: number, remote: boolean): void {
    this.#sql
      .of('INSERT INTO changes (id, batch, type, record, field, value, base, remote) VALUES (?,?,?,?,?,?,?,?)')
      .run(
        change.id,
        batch,
        change.type,
        change.record,
        change.field,
        JSON.stringify(change.value),
        change.base.join(' '),
        remote ? 1 : 0,
      );
  }

  /** A batch with its changes, in the order in which they were made. */
  changeSet(batch: string): ChangeSet | null {
    const row = this.#sql.of('SELECT * FROM batches WHERE id = ?').get(batch) as BatchRow | undefined;
    if (!row) return null;
    const changes = (this.#sql.of(`${CHANGE} WHERE c.batch = ? ORDER BY c.seq`).all(row.n) as ChangeRow[]).map(
      toChange,
    );
    return { batch: toBatch(row), changes };
  }

  /** The whole log with its batches, oldest first, one change at a time. */
  *everything(): Generator<{ readonly batch: Batch; readonly change: Change }> {
    const batches = new Map<string, Batch>();
    for (const row of this.#sql.of(`${CHANGE} ORDER BY c.seq`).all() as ChangeRow[]) {
      let batch = batches.get(row.batchId);
      if (!batch) {
        batch = toBatch(this.#sql.of('SELECT * FROM batches WHERE id = ?').get(row.batchId) as BatchRow);
        batches.set(row.batchId, batch);
      }
      yield { batch, change: toChange(row) };
    }
  }

  /** Every change of a record, oldest in the log first. */
  changesOf(record: string): Change[] {
    return (this.#sql.of(`${CHANGE} WHERE c.record = ? ORDER BY c.seq`).all(record) as ChangeRow[]).map(toChange);
  }

  /** Those of them that count. */
  countedOf(record: string): Change[] {
    const changes = this.changesOf(record);
    return this.#anyWithdrawn() ? changes.filter(({ id }) => !this.#isWithdrawn(id)) : changes;
  }

  #anyWithdrawn(): boolean {
    return (
      this.#sql.of(`SELECT 1 FROM cursor WHERE name >= 'withdrawn ' AND name < 'withdrawn!' LIMIT 1`).get() !==
      undefined
    );
  }

  /** What a change said about a field; undefined when it is not known or did not. */
  valueOf(id: Hlc, field: string): Json | undefined {
    const row = this.#sql.of('SELECT field, value FROM changes WHERE id = ?').get(id) as
      | { field: string; value: string }
      | undefined;
    return row && valueIn({ field: row.field, value: JSON.parse(row.value) as Json }, field);
  }

  batches(kind: BatchKind | undefined, limit: number): BatchView[] {
    const condition = kind === undefined ? '' : 'WHERE b.kind = ?';
    const rows = this.#sql
      .of(
        `SELECT b.*, (SELECT count(*) FROM changes c WHERE c.batch = b.n) AS changes, (SELECT max(seq) FROM changes c WHERE c.batch = b.n) AS seq
         FROM batches b ${condition} ORDER BY b.n DESC LIMIT ?`,
      )
      .all(...(kind === undefined ? [] : [kind]), limit) as (BatchRow & { changes: number; seq: number | null })[];
    return rows.map((row) => ({ ...toBatch(row), changes: row.changes, seq: row.seq ?? 0 }));
  }

  /**
   * The history of a record, newest first, each entry with the value before it. Documents are shown without their
   * content, and typing without a long pause as one entry.
   */
  history(record: string): HistoryEntry[] {
    const changes = this.changesOf(record).sort((a, b) => compareHlc(a.id, b.id));
    const byId = new Map(changes.map((change) => [change.id, change]));
    const batches = new Map<string, Batch>();
    const entries: HistoryEntry[] = [];
    const typing = new Map<string, number>();
    for (const change of changes) {
      let batch = batches.get(change.batch);
      if (!batch) {
        batch = toBatch(this.#sql.of('SELECT * FROM batches WHERE id = ?').get(change.batch) as BatchRow);
        batches.set(change.batch, batch);
      }
      const isDoc = fieldSpec(change.type, change.field).kind === 'doc';
      if (isDoc && change.base.length > 0) continue;
      const entry: HistoryEntry = {
        change: change.id,
        batch: batch.id,
        kind: batch.kind,
        actor: batch.actor,
        device: batch.device,
        time: batch.time,
        field: change.field,
        value: isDoc ? null : change.field === '$new' ? withoutDocs(change) : change.value,
        previous: isDoc ? null : previousOf(change, byId),
      };
      const key = `${change.field} ${batch.device} ${batch.actor}`;
      const at = isDoc ? typing.get(key) : undefined;
      const before = at === undefined ? undefined : entries[at];
      if (at !== undefined && before && batch.time - before.time < TYPING_PAUSE) entries[at] = entry;
      else {
        if (isDoc) typing.set(key, entries.length);
        entries.push(entry);
      }
    }
    return entries
      .reverse()
      .sort((a, b) => compareHlc(b.change, a.change))
      .slice(0, MAX_HISTORY);
  }
}

function withoutDocs(change: Change): Json {
  const entries = Object.entries(change.value as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    entries.map(([field, value]) => [field, fieldSpec(change.type, field).kind === 'doc' ? null : value]),
  );
}

/** The newest value that the change was made on top of; null when there was none. */
function previousOf(change: Change, byId: ReadonlyMap<string, Change>): Json {
  for (const id of [...change.base].reverse()) {
    const base = byId.get(id);
    const value = base && valueIn(base, change.field);
    if (value !== undefined) return value;
  }
  return change.field === '$deleted' ? false : null;
}
