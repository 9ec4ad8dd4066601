/**
 * Search entries of records: written with the record when a person waits for it, and later when changes come from
 * elsewhere by the thousand, where they would be the larger half of the work. What is still to be written stands in the
 * table `unindexed`, put there by the transaction that changed the record; a search catches up before it answers.
 */
import { materialise } from '../../shared/change/state.ts';
import type { Statements } from './database.ts';
import { isOfContent } from './errors.ts';
import { SearchIndex } from './search-index.ts';
import { decodeState } from './state-codec.ts';

/** A record as the search index takes it. */
export type SearchEntry = Parameters<SearchIndex['put']>[0];

interface WaitingRow {
  readonly n: number;
  readonly fresh: number;
  readonly id: string | null;
  readonly type: string;
  readonly state: string;
}

export class SearchEntries {
  readonly #sql: Statements;
  readonly #index: SearchIndex;
  /** False when nothing waits; true when something may. */
  #mayWait: boolean;

  constructor(sql: Statements) {
    this.#sql = sql;
    this.#index = new SearchIndex(sql);
    this.#mayWait = sql.of('SELECT 1 FROM unindexed LIMIT 1').get() !== undefined;
  }

  get mayWait(): boolean {
    return this.#mayWait;
  }

  /** Brings one entry up to date. `isNew` records have none yet; `related` is text that stands in other records. */
  put(entry: SearchEntry, related: readonly string[], isNew: boolean): void {
    this.#write(entry, related, this.#take(entry.n) || isNew);
  }

  /** A record whose text cannot be read is not found, and keeps no other from being found. */
  #write(entry: SearchEntry, related: readonly string[], isNew: boolean): void {
    try {
      this.#index.put(entry, related, isNew);
    } catch (error) {
      if (!isOfContent(error)) throw error;
      this.#index.put({ ...entry, data: {}, deleted: true }, [], false);
    }
  }

  /** Takes the record out of those that wait; true when it has no entry yet. */
  #take(n: number): boolean {
    if (!this.#mayWait) return false;
    const row = this.#sql.of('DELETE FROM unindexed WHERE n = ? RETURNING fresh').get(n) as
      | { fresh: number }
      | undefined;
    return row?.fresh === 1;
  }

  /** Leaves entries for `catchUp`: numbers of records, and whether they have none yet. */
  later(records: ReadonlyMap<number, boolean>): void {
    if (records.size === 0) return;
    this.#mayWait = true;
    const rows = [...records].map(([n, isNew]) => [n, isNew ? 1 : 0]);
    this.#sql
      .of(
        `INSERT INTO unindexed SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true ON CONFLICT (n) DO NOTHING`,
      )
      .run(JSON.stringify(rows));
  }

  /**
   * Writes entries that wait, at most `limit`. Must run inside a transaction; `related` is asked for people. Returns how
   * many it has written.
   */
  catchUp(limit: number, related: (person: string) => readonly string[]): number {
    const rows = this.#sql
      .of(
        // In ascending order, or the index would write what it has gathered to the disk's pages at every step back.
        'SELECT u.n, u.fresh, r.id, r.type, r.state FROM unindexed u LEFT JOIN records r ON r.n = u.n ORDER BY u.n LIMIT ?',
      )
      .all(limit) as WaitingRow[];
    for (const { n, fresh, id, type, state } of rows) {
      if (id === null) continue;
      const { data, deleted } = materialise(decodeState(id, type, state));
      this.#write({ n, type, data, deleted }, type === 'person' ? related(id) : [], fresh === 1);
    }
    const last = rows.at(-1);
    if (last) this.#sql.of('DELETE FROM unindexed WHERE n <= ?').run(last.n);
    return rows.length;
  }

  /** Nothing waits any more, and the transaction that saw to it is durable. */
  caughtUp(): void {
    this.#mayWait = false;
  }

  /** Numbers of the records that match, best first. */
  find(input: string, limit: number): readonly number[] {
    return this.#index.find(input, limit);
  }
}
