/** The fold as it is stored: one row per record, with its projections and its place in the search index. */
import { foldChanges } from '../../shared/change/fold.ts';
import { conflictsOf, type Materialised, materialise } from '../../shared/change/state.ts';
import type { RecordState } from '../../shared/change/types.ts';
import type { RecordView } from '../../shared/ipc/contract.ts';
import type { Statements } from './database.ts';
import type { Log } from './log.ts';
import { isOfContent } from './errors.ts';
import { type Affected, newAffected, type Projected, Projections, type Standing } from './projections.ts';
import { SearchEntries, type SearchEntry } from './search-entries.ts';
import { decodeState, encodeState } from './state-codec.ts';

interface Row {
  readonly n: number;
  readonly id: string;
  readonly type: string;
  readonly state: string;
}
const ROW = 'SELECT n, id, type, state FROM records';

/** What a transaction has written so far. */
export interface Written {
  /** Types by id of the records that changed. */
  readonly types: Map<string, string>;
  readonly deleted: Set<string>;
  readonly affected: Affected;
  /** People that are new and wait for their search entry. */
  readonly newPeople: Map<string, SearchEntry>;
  /** Search entries follow the transaction: records whose entries wait, and whether there is none of them yet. */
  readonly searchLater: Map<number, boolean> | null;
}
export const newWritten = (searchLater = false): Written => ({
  types: new Map(),
  deleted: new Set(),
  affected: newAffected(),
  newPeople: new Map(),
  searchLater: searchLater ? new Map() : null,
});

const toView = (state: RecordState): RecordView => ({
  id: state.id,
  type: state.type,
  ...materialise(state),
  conflicts: conflictsOf(state),
});

export class RecordStore {
  readonly #sql: Statements;
  readonly #projections: Projections;
  readonly search: SearchEntries;

  constructor(sql: Statements) {
    this.#sql = sql;
    this.#projections = new Projections(sql);
    this.search = new SearchEntries(sql);
  }

  #row(id: string): Row | undefined {
    return this.#sql.of(`${ROW} WHERE id = ?`).get(id) as Row | undefined;
  }

  state(id: string): RecordState | undefined {
    return this.numbered(id)?.state;
  }

  /** A record's state with its number. */
  numbered(id: string): { readonly n: number; readonly state: RecordState } | undefined {
    const row = this.#row(id);
    return row && { n: row.n, state: decodeState(row.id, row.type, row.state) };
  }

  view(id: string): RecordView | null {
    const state = this.state(id);
    return state ? toView(state) : null;
  }

  /** Views of a query that yields rows of `records`. */
  views(condition: string, ...parameters: readonly (string | number)[]): RecordView[] {
    const rows = this.#sql.of(`${ROW} ${condition}`).all(...parameters) as Row[];
    return rows.map((row) => toView(decodeState(row.id, row.type, row.state)));
  }

  /** Values of every record of a type outside the bin, one at a time. */
  *each(type: string): Generator<{ readonly id: string; readonly data: Materialised['data'] }> {
    for (const row of this.#sql
      .of(`${ROW} WHERE type = ? AND deleted = 0 ORDER BY n`)
      .iterate(type) as IterableIterator<Row>) {
      yield { id: row.id, data: materialise(decodeState(row.id, row.type, row.state)).data };
    }
  }

  byNumber(n: number): RecordView | null {
    const row = this.#sql.of(`${ROW} WHERE n = ?`).get(n) as Row | undefined;
    return row ? toView(decodeState(row.id, row.type, row.state)) : null;
  }

  /**
   * Stores a state with its projection and search entry. People's entries follow when the transaction's records are all
   * there (see `finish`), all entries after the transaction when `written` says so. `number` is the record's, where the
   * caller knows it.
   */
  put(state: RecordState, standing: Standing, written: Written, number?: number): void {
    const { id, type } = state;
    const { data, deleted, changedAt } = materialise(state);
    const conflicts = conflictsOf(state).length;
    const text = encodeState(state);
    let n = standing === 'there' ? (number ?? this.#numberOf(id)) : undefined;
    const isNew = n === undefined;
    if (n === undefined) {
      const { lastInsertRowid } = this.#sql
        .of('INSERT INTO records (id, type, state, deleted, changedAt, conflicts) VALUES (?,?,?,?,?,?)')
        .run(id, type, text, deleted ? 1 : 0, changedAt, conflicts);
      n = Number(lastInsertRowid);
    } else {
      this.#sql
        .of('UPDATE records SET type = ?, state = ?, deleted = ?, changedAt = ?, conflicts = ? WHERE n = ?')
        .run(type, text, deleted ? 1 : 0, changedAt, conflicts, n);
    }
    written.types.set(id, type);
    if (deleted) written.deleted.add(id);
    else written.deleted.delete(id);
    const found = standing === 'made' ? 'made' : isNew ? 'new' : 'there';
    this.#project({ n, id, type, data, deleted, changedAt, conflicts }, found, written.affected);
    if (written.searchLater) written.searchLater.set(n, isNew);
    else if (type === 'person') {
      written.affected.rementioned.add(id);
      if (isNew) written.newPeople.set(id, { n, type, data, deleted });
    } else this.search.put({ n, type, data, deleted }, [], isNew);
  }

  /**
   * What no list can show is in none: it stays in the log, in its own view and in `verify`, and keeps nothing else out
   * (docs/sync.md, SYNC-PULL-3).
   */
  #project(record: Projected, standing: Standing, affected: Affected): void {
    try {
      this.#projections.project(record, standing, affected);
    } catch (error) {
      if (!isOfContent(error)) throw error;
      this.#projections.project({ ...record, data: {}, deleted: true }, 'there', affected);
    }
  }

  #numberOf(id: string): number | undefined {
    return (this.#sql.of('SELECT n FROM records WHERE id = ?').get(id) as { n: number } | undefined)?.n;
  }

  /** Job titles and organisations of a person: they are found with the person. */
  related(person: string): readonly string[] {
    const rows = this.#sql
      .of(
        'SELECT a.jobTitle, o.name FROM affiliations a LEFT JOIN organisations o ON o.id = a.organisation WHERE a.person = ?',
      )
      .all(person) as { jobTitle: string; name: string | null }[];
    return rows.flatMap((row) => [row.name ?? '', row.jobTitle]).filter((part) => part !== '');
  }

  /** Writes the search entries of people, whose text includes what stands in other records. */
  finish(written: Written): void {
    const { rementioned, renamedOrganisations } = written.affected;
    for (const organisation of renamedOrganisations) {
      const rows = this.#sql
        .of('SELECT DISTINCT person FROM affiliations WHERE organisation = ?')
        .all(organisation) as { person: string }[];
      for (const { person } of rows) rementioned.add(person);
    }
    if (written.searchLater) {
      for (const id of rementioned) {
        const n = this.#numberOf(id);
        if (n !== undefined && !written.searchLater.has(n)) written.searchLater.set(n, false);
      }
      this.search.later(written.searchLater);
      return;
    }
    const entries: { readonly entry: SearchEntry; readonly isNew: boolean; readonly id: string }[] = [];
    for (const id of rementioned) {
      const created = written.newPeople.get(id);
      if (created) {
        entries.push({ entry: created, isNew: true, id });
        continue;
      }
      const row = this.#row(id);
      if (!row) continue;
      const { data, deleted } = materialise(decodeState(row.id, row.type, row.state));
      entries.push({ entry: { n: row.n, type: row.type, data, deleted }, isNew: false, id });
    }
    // In ascending order, or the index would write what it has gathered to the disk's pages at every step back.
    entries.sort((a, b) => a.entry.n - b.entry.n);
    for (const { entry, isNew, id } of entries) this.search.put(entry, this.related(id), isNew);
  }

  /** Takes a record out of the fold, when none of its changes counts any more. */
  remove(id: string, written: Written): void {
    const row = this.#row(id);
    if (!row) return;
    const { n, type } = row;
    written.types.set(id, type);
    written.deleted.add(id);
    this.#projections.project(
      { n, id, type, data: {}, deleted: true, changedAt: 0, conflicts: 0 },
      'there',
      written.affected,
    );
    this.search.put({ n, type, data: {}, deleted: true }, [], false);
    this.#sql.of('DELETE FROM records WHERE n = ?').run(n);
  }

  /** The state that the log alone gives; undefined when the log knows nothing of the record. */
  refolded(log: Log, id: string): RecordState | undefined {
    return foldChanges(log.countedOf(id), (change) => log.namedOf(change)).get(id);
  }
}
