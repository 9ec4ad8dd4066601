/**
 * What an open vault is asked, without changing a record: records and lists, history, search, notes, attachments, what a
 * hand-over would hold. Only search entries that wait are written. The vault itself adds the rest; see vault.ts. Every
 * method throws `AppFailure`.
 */
import type { ChangeSet, Conflict, Json } from '../../shared/change/types.ts';
import type { HistoryEntry, RecordView, SearchHit } from '../../shared/ipc/contract.ts';
import type { FillPage, MeetingRow } from '../../shared/model/rows.ts';
import type { RecordType } from '../../shared/model/schema.ts';
import { AppFailure } from '../../shared/result.ts';
import type { Differences, NoteVersion } from '../../shared/sync/differences.ts';
import type { HandOverScope } from '../../shared/sync/hand-over.ts';
import type { BatchView, DuplicatesIndex, VaultApi } from './api.ts';
import { attachmentsHere, readAttachment } from './attachments.ts';
import { type Db, Statements } from './database.ts';
import { Authors, readDifferences } from './differences.ts';
import { duplicatesIndex } from './duplicates-index.ts';
import { guarded } from './errors.ts';
import { firstRecords } from './first-records.ts';
import { handOverFiles, handOverSets, previewSets } from './hand-over.ts';
import { Log } from './log.ts';
import { noteAt, noteVersions } from './note-versions.ts';
import { RecordStore } from './record-store.ts';
import { Rows } from './rows.ts';
import { searchHit } from './search-hits.ts';

type Query<M extends keyof VaultApi> = VaultApi[M] extends (query: infer Q) => unknown ? Q : never;

/** Search entries that a search writes in one transaction when it has to catch up. */
const INDEXED_AT_ONCE = 5000;

export abstract class VaultReading {
  readonly db: Db;
  protected readonly sql: Statements;
  protected readonly log: Log;
  protected readonly store: RecordStore;
  protected readonly rows: Rows;
  /** The machine's clock, uncorrected. */
  protected readonly now: () => number;

  protected constructor(db: Db, now: () => number) {
    this.db = db;
    this.now = now;
    this.sql = new Statements(db);
    this.log = new Log(this.sql);
    this.store = new RecordStore(this.sql);
    this.rows = new Rows(this.sql, now);
  }

  /** All or nothing, durable when it returns. */
  protected transaction<T>(work: () => T): T {
    return guarded(() => this.db.transaction(work).immediate());
  }

  /** What a new device should get first: the coming week's meetings and what belongs to them. */
  firstRecords(): readonly string[] {
    return guarded(() => firstRecords(this.sql, this.now()));
  }

  getMeta(key: string): Json | undefined {
    return guarded(() => {
      const row = this.sql.of('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
      return row && (JSON.parse(row.value) as Json);
    });
  }

  /** Numbers of records and changes, and of changes set aside. */
  counts(): { readonly records: number; readonly changes: number; readonly quarantined: number } {
    return guarded(() =>
      this.sql
        .of(
          'SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM changes) AS changes, (SELECT count(*) FROM quarantine) AS quarantined',
        )
        .get(),
    ) as {
      records: number;
      changes: number;
      quarantined: number;
    };
  }

  changeSet(batch: string): ChangeSet | null {
    return guarded(() => this.log.changeSet(batch));
  }

  batches({ kind, limit = 100 }: Query<'batches'>): BatchView[] {
    return guarded(() => this.log.batches(kind, limit));
  }

  fill(query: Query<'fill'>): FillPage {
    return guarded(() => this.rows.page(query, this.log.seq()));
  }

  record(id: string): RecordView | null {
    return guarded(() => this.store.view(id));
  }

  records(ids: readonly string[]): RecordView[] {
    return guarded(() => ids.map((id) => this.store.view(id)).filter((view) => view !== null));
  }

  listAll(type: RecordType): RecordView[] {
    return guarded(() => this.store.views('WHERE type = ? AND deleted = 0 ORDER BY n', type));
  }

  /** Records whose rows in a projection have these values; all of its records without any. */
  #listed(table: 'promises' | 'affiliations', columns: Readonly<Record<string, string | undefined>>): RecordView[] {
    const asked = Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const conditions = asked.map(([column]) => `${column} = ?`).join(' AND ') || '1';
    return guarded(() =>
      this.store.views(
        `WHERE n IN (SELECT n FROM ${table} WHERE ${conditions}) ORDER BY n`,
        ...asked.map(([, id]) => id),
      ),
    );
  }

  promises({ meeting, organisation, contract }: Query<'promises'>): RecordView[] {
    return this.#listed('promises', { meeting, organisation, contract });
  }

  affiliations({ person, organisation }: Query<'affiliations'>): RecordView[] {
    return this.#listed('affiliations', { person, organisation });
  }

  history(id: string): HistoryEntry[] {
    return guarded(() => this.log.history(id));
  }

  bin(): RecordView[] {
    return guarded(() => this.store.views('WHERE deleted = 1 ORDER BY changedAt DESC, n DESC LIMIT 1000'));
  }

  /**
   * Writes search entries that wait, at most `limit`; see search-entries.ts. Returns whether more wait. Throws
   * `vault.diskFull`; they wait on then.
   */
  indexSome(limit: number): boolean {
    const { search } = this.store;
    if (!search.mayWait) return false;
    const done = this.transaction(() => search.catchUp(limit, (person) => this.store.related(person)));
    if (done === limit) return true;
    search.caughtUp();
    return false;
  }

  search({ text, limit }: Query<'search'>): SearchHit[] {
    try {
      while (this.indexSome(INDEXED_AT_ONCE));
    } catch (error) {
      // What has its entry can still be found on a full disk.
      if (!(error instanceof AppFailure) || error.error.code !== 'vault.diskFull') throw error;
    }
    return guarded(() => {
      const hits: SearchHit[] = [];
      for (const n of this.store.search.find(text, limit)) {
        const view = this.store.byNumber(n);
        const hit = view && searchHit(view, text, this.rows, this.store.related(view.id));
        if (hit) hits.push(hit);
      }
      return hits;
    });
  }

  meetings(query: Query<'meetings'>): { rows: readonly MeetingRow[]; next?: string } {
    return guarded(() => this.rows.meetings(query));
  }

  conflicts(): Conflict[] {
    return guarded(() =>
      this.store
        .views('WHERE conflicts > 0 ORDER BY n')
        .flatMap((view) => view.conflicts)
        .sort((a, b) => Number(b.open) - Number(a.open)),
    );
  }

  differences(query: Query<'differences'>): Differences {
    return guarded(() => readDifferences(query, { store: this.store, log: this.log, sql: this.sql }));
  }

  noteVersions({ id, field }: Query<'noteVersions'>): readonly NoteVersion[] {
    return guarded(() => noteVersions(this.log, new Authors(this.sql, this.store), id, field));
  }

  noteAt({ id, field, change }: Query<'noteAt'>): string | null {
    return guarded(() => noteAt(this.log, id, field, change));
  }

  attachment(hash: string): Uint8Array | null {
    return guarded(() => readAttachment(this.sql, hash));
  }

  attachmentsHere(hashes: readonly string[]): string[] {
    return guarded(() => attachmentsHere(this.sql, hashes));
  }

  /** The change sets of a hand-over; see `VaultApi.handOver`. */
  handOverSets(scope: HandOverScope): ReturnType<typeof handOverSets> {
    return guarded(() =>
      handOverSets(scope, { log: this.log, store: this.store, sql: this.sql }, this.log.withdrawn()),
    );
  }

  /** Contents of attachments of a hand-over's records. */
  handOverFiles(scope: HandOverScope): ReturnType<typeof handOverFiles> {
    return guarded(() => handOverFiles(scope, { log: this.log, store: this.store, sql: this.sql }));
  }

  /** What taking the sets in would do. */
  previewSets(sets: readonly ChangeSet[]): ReturnType<typeof previewSets> {
    return guarded(() => previewSets(sets, this.now(), { log: this.log, store: this.store, sql: this.sql }));
  }

  /** Those of the batches that the log has, newest first. */
  knownBatches(ids: readonly string[]): string[] {
    return guarded(() =>
      ids
        .filter((id) => this.log.changeSet(id) !== null)
        .sort()
        .reverse(),
    );
  }

  duplicatesIndex(): DuplicatesIndex {
    return guarded(() => duplicatesIndex(this.store, this.sql));
  }
}
