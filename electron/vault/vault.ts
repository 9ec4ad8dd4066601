/**
 * The vault: an append-only log and its fold in one encrypted SQLite file. Synchronous; runs in a worker thread for the
 * application and in the main thread for the command line and tests. Every method throws `AppFailure`.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, createClock } from '../../shared/change/clock.ts';
import { applyChange } from '../../shared/change/fold.ts';
import { invertBatches } from '../../shared/change/invert.ts';
import { sameJson } from '../../shared/change/json.ts';
import { stampBatch } from '../../shared/change/stamp.ts';
import type { ChangeSet, Conflict, DraftBatch, Json, RecordState } from '../../shared/change/types.ts';
import { problemOfDraft } from '../../shared/change/validate.ts';
import type { HistoryEntry, RecordView, SearchHit, UndoReport } from '../../shared/ipc/contract.ts';
import type { FillPage, LiveUpdate, MeetingRow } from '../../shared/model/rows.ts';
import { fieldName, isKnownField, type RecordType } from '../../shared/model/schema.ts';
import { AppFailure } from '../../shared/result.ts';
import type { HandOverScope } from '../../shared/sync/hand-over.ts';
import type { Differences, NoteVersion } from '../../shared/sync/differences.ts';
import type {
  BatchView,
  CommitOptions,
  CommitResult,
  DuplicatesIndex,
  IngestResult,
  VaultApi,
  VerifyReport,
} from './api.ts';
import { attachmentsHere, keepAttachment, readAttachment } from './attachments.ts';
import { blobDisk } from './blob-disk.ts';
import { createDatabase, type Db, openDatabase, quickCheck, Statements } from './database.ts';
import { Authors, readDifferences } from './differences.ts';
import { duplicatesIndex } from './duplicates-index.ts';
import { guarded, vaultFailure } from './errors.ts';
import { handOverFiles, handOverSets, previewSets } from './hand-over.ts';
import { firstRecords } from './first-records.ts';
import { ingestSets, releaseQuarantine } from './ingest.ts';
import { liveUpdates } from './live-updates.ts';
import { Log } from './log.ts';
import { VaultLedgerLog } from './ledger-log.ts';
import { LATEST_VERSION, migrate } from './migrations/index.ts';
import { noteAt, noteVersions } from './note-versions.ts';
import { newWritten, RecordStore, type Written } from './record-store.ts';
import { Rows } from './rows.ts';
import { searchHit } from './search-hits.ts';

type Query<M extends keyof VaultApi> = VaultApi[M] extends (query: infer Q) => unknown ? Q : never;
/** A result, and what the live view must be told; the updates are computed when they are asked for. */
export type Committed<T> = T & { readonly updates: Iterable<LiveUpdate> };

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** True when the key is known to belong to this vault: then an unreadable file is damaged, not foreign. */
  readonly keyProven?: boolean;
  readonly now?: () => number;
  /** False leaves out the check of every page, for large vaults: see `checkTable`. */
  readonly check?: boolean;
  /** Takes a verified backup; called before an older layout is upgraded, which does not start if this throws. */
  readonly beforeUpgrade?: (db: Db, version: number) => void;
}

/** A correction that differs by less is not worth a write, in milliseconds. */
const OFFSET_STEP = 1000;
/** Records between two calls of a commit's progress. */
const PROGRESS_EVERY = 250;
/** Search entries that a search writes in one transaction when it has to catch up. */
const INDEXED_AT_ONCE = 5000;
/** Records that `verify` folds again from the log. */
const VERIFY_SAMPLE = 2000;

export class Vault {
  readonly db: Db;
  readonly #sql: Statements;
  readonly #log: Log;
  readonly #store: RecordStore;
  readonly #rows: Rows;
  #clock: Clock;
  readonly #now: () => number;
  /** Added to the machine's clock, by what the server's said (docs/sync.md, SYNC-CLOCK-1). Milliseconds. */
  #offset = 0;

  private constructor(db: Db, now: () => number) {
    this.db = db;
    this.#now = now;
    this.#sql = new Statements(db);
    this.#log = new Log(this.#sql);
    this.#store = new RecordStore(this.#sql);
    this.#rows = new Rows(this.#sql, now);
    const offset = this.#sql.of(`SELECT value FROM cursor WHERE name = 'offset'`).get() as
      | { value: string }
      | undefined;
    this.#offset = Number(offset?.value ?? 0);
    this.#clock = this.#makeClock();
  }

  /** The corrected wall clock. */
  readonly #wall = (): number => this.#now() + this.#offset;

  #makeClock(): Clock {
    const last = this.#log.last();
    return createClock({ device: this.#device(), now: this.#wall, ...(last === undefined ? {} : { last }) });
  }

  /** From here on this vault gives its changes ids of another device: it may be a copy. */
  renewDevice(): void {
    this.setMeta('device', randomBytes(8).toString('hex'));
    this.#clock = this.#makeClock();
  }

  /** The log as sync sees it. One per vault and user of it. */
  ledgerLog(): VaultLedgerLog {
    return new VaultLedgerLog({
      sql: this.#sql,
      log: this.#log,
      store: this.#store,
      transaction: (work) => this.#transaction(work),
      clock: () => this.#clock,
      renewClock: () => this.renewDevice(),
      wall: this.#wall,
      setOffset: (millis) => this.#setOffset(millis),
      notePending: (type, field, value) => this.#notePending(type, field, value),
    });
  }

  #setOffset(millis: number): void {
    if (Math.abs(millis - this.#offset) < OFFSET_STEP) return;
    guarded(() =>
      this.#sql
        .of(`INSERT INTO cursor VALUES ('offset', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
        .run(String(Math.round(millis))),
    );
    this.#offset = Math.round(millis);
  }

  /** What a new device should get first: the coming week's meetings and what belongs to them. */
  firstRecords(): readonly string[] {
    return guarded(() => firstRecords(this.#sql, this.#now()));
  }

  /** Live updates for what a ledger's transaction has written. */
  updatesOf(written: Written): Iterable<LiveUpdate> {
    return this.#committed(written).updates;
  }

  /** A new vault. Throws `vault.exists`, `vault.readOnly`, `vault.diskFull`. */
  static create({ file, key, now = Date.now }: OpenOptions): Vault {
    const db = createDatabase(file, key);
    try {
      migrate(db);
      return new Vault(db, now);
    } catch (error) {
      db.close();
      throw vaultFailure(error);
    }
  }

  /** Opens, checks and if need be upgrades. See `openDatabase` for what it throws. */
  static open({ file, key, keyProven = false, now = Date.now, check = true, beforeUpgrade }: OpenOptions): Vault {
    const db = openDatabase(file, key, { keyProven, check });
    try {
      const version = db.pragma('user_version', { simple: true }) as number;
      if (version < LATEST_VERSION) {
        beforeUpgrade?.(db, version);
        migrate(db);
      }
      const vault = new Vault(db, now);
      vault.#takeInWhatWaits();
      return vault;
    } catch (error) {
      db.close();
      throw vaultFailure(error);
    }
  }

  close(): void {
    if (!this.db.open) return;
    try {
      this.db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // The log in the -wal file is complete without it.
    }
    this.db.close();
  }

  /** Folds the write-ahead log into the file, for a quiet moment. */
  checkpoint(): void {
    guarded(() => this.db.pragma('wal_checkpoint(PASSIVE)'));
  }

  /** Tables, for checking one at a time. */
  tables(): string[] {
    const sql = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
    return guarded(() => (this.#sql.of(sql).all() as { name: string }[]).map(({ name }) => name));
  }

  /** Problems in the pages of a table and its indexes; together the tables cover every page in use. */
  checkTable(name: string): readonly string[] {
    return quickCheck(this.db, name);
  }

  #device(): string {
    const known = this.getMeta('device');
    if (typeof known === 'string') return known;
    const device = randomBytes(8).toString('hex');
    this.setMeta('device', device);
    return device;
  }

  #transaction<T>(work: () => T): T {
    return guarded(() => this.db.transaction(work).immediate());
  }

  /** Fields of a newer app that this one knows by now, and changes whose time has come. */
  #takeInWhatWaits(): void {
    const pending = this.#sql.of('SELECT type, field FROM pending').all() as { type: string; field: string }[];
    const known = pending.filter(({ type, field }) => isKnownField(type, field));
    if (known.length > 0) {
      this.#transaction(() => {
        const written = newWritten(true);
        for (const type of new Set(known.map((one) => one.type))) {
          const ids = this.#sql.of('SELECT id FROM records WHERE type = ?').all(type) as { id: string }[];
          for (const { id } of ids) {
            const state = this.#store.refolded(this.#log, id);
            if (state) this.#store.put(state, 'there', written);
          }
        }
        this.#store.finish(written);
        for (const { type, field } of known)
          this.#sql.of('DELETE FROM pending WHERE type = ? AND field = ?').run(type, field);
      });
    }
    const sets = releaseQuarantine(this.#sql, this.#wall());
    if (sets.length > 0) this.ingest(sets);
  }

  #notePending(type: string, field: string, value: Json): void {
    const fields = field === '$new' ? Object.keys(value as Readonly<Record<string, Json>>) : [field];
    for (const name of fields) {
      if (!isKnownField(type, name))
        this.#sql
          .of('INSERT OR IGNORE INTO pending VALUES (?,?)')
          .run(type, name.startsWith('$') ? name : fieldName(name));
    }
  }

  /** See `VaultApi.commit`. Durable when it returns; when it throws nothing has been saved and the vault is usable. */
  commit(draft: DraftBatch, options: CommitOptions): Committed<CommitResult> {
    draft.changes.forEach((change, place) => {
      const reason = problemOfDraft(change);
      if (reason) throw new AppFailure('commit.invalid', { place, reason });
    });
    const { actor, undoes, progress, signal } = options;
    const existing = new Set<string>();
    return this.#transaction(() => {
      const { set, states } = stampBatch(draft, {
        clock: this.#clock,
        actor,
        ...(undoes === undefined ? {} : { undoes }),
        stateOf: (id) => {
          const state = this.#store.state(id);
          if (state) existing.add(id);
          return state;
        },
      });
      const written = newWritten();
      if (set.changes.length === 0) return { batch: '', seq: this.#log.seq(), changes: 0, updates: [] };
      const step = (done: number): void => {
        if (signal?.aborted === true || progress?.(done, states.size) === false)
          throw new AppFailure('commit.cancelled');
      };
      step(0);
      const batch = this.#log.batchNumber(set.batch);
      for (const change of set.changes) {
        this.#log.append(change, batch, false);
        this.#notePending(change.type, change.field, change.value);
      }
      let done = 0;
      for (const [id, state] of states) {
        this.#store.put(state, existing.has(id) ? 'there' : 'made', written);
        done += 1;
        if (done % PROGRESS_EVERY === 0) step(done);
      }
      this.#store.finish(written);
      step(states.size);
      return { batch: set.batch.id, ...this.#committed(written), changes: set.changes.length };
    });
  }

  #committed(written: Written): { readonly seq: number; readonly updates: Iterable<LiveUpdate> } {
    const updates = { [Symbol.iterator]: () => liveUpdates(written, this.#rows, () => this.#log.seq()) };
    return { seq: this.#log.seq(), updates };
  }

  /** See `VaultApi.undo`. Throws `undo.unknownBatch`. */
  undo(batch: string, options: CommitOptions): Committed<UndoReport> {
    return this.undoAll([batch], { ...options, undoes: batch });
  }

  /** Takes back several batches as one; see `VaultApi.undoAll`. */
  undoAll(batches: readonly string[], options: CommitOptions): Committed<UndoReport> {
    const sets = guarded(() => batches.map((id) => this.#log.changeSet(id)).filter((set) => set !== null));
    if (sets.length < batches.length || sets.length === 0) throw new AppFailure('undo.unknownBatch');
    return this.#invert(sets, options);
  }

  #invert(sets: readonly ChangeSet[], options: CommitOptions): Committed<UndoReport> {
    const { drafts, kept, errored } = invertBatches(sets, {
      stateOf: (id) => this.#store.state(id),
      valueOf: (id, field) => this.#log.valueOf(id, field),
    });
    if (drafts.length === 0) return { batch: '', reversed: 0, kept, errored, updates: [] };
    const result = this.commit({ kind: 'undo', changes: drafts }, options);
    return { batch: result.batch, reversed: result.changes, kept, errored, updates: result.updates };
  }

  /** See `VaultApi.ingest`. */
  ingest(sets: readonly ChangeSet[]): Committed<IngestResult> {
    return this.#transaction(() => {
      const written = newWritten(true);
      // Each record is folded in memory and stored once, however many of its changes come together.
      const states = new Map<string, RecordState | undefined>();
      const known = new Set<string>();
      const stateOf = (id: string): RecordState | undefined => {
        if (!states.has(id)) {
          const state = this.#store.state(id);
          if (state) known.add(id);
          states.set(id, state);
        }
        return states.get(id);
      };
      const counts = ingestSets(sets, {
        log: this.#log,
        sql: this.#sql,
        clock: this.#clock,
        now: this.#wall(),
        fold: (change) => {
          const state = stateOf(change.record);
          if (state && state.type !== change.type) throw new AppFailure('change.invalid', { reason: 'type' });
          states.set(
            change.record,
            applyChange(state, change, (id) => this.#log.counts(id)),
          );
          this.#notePending(change.type, change.field, change.value);
        },
      });
      for (const [id, state] of states) if (state) this.#store.put(state, known.has(id) ? 'there' : 'new', written);
      this.#store.finish(written);
      return { ...counts, ...this.#committed(written) };
    });
  }

  /** Takes back one change of a batch, like `undo` (SYNC-OUT-4). Throws `undo.unknownBatch`. */
  undoChange(id: string, options: CommitOptions): Committed<UndoReport> {
    const [row] = guarded(() => this.#log.logged('c.id = ?', id));
    if (!row) throw new AppFailure('undo.unknownBatch');
    return this.#invert([{ batch: row.batch, changes: [row.change] }], { ...options, undoes: row.batch.id });
  }

  changeSet(batch: string): ChangeSet | null {
    return guarded(() => this.#log.changeSet(batch));
  }

  batches({ kind, limit = 100 }: Query<'batches'>): BatchView[] {
    return guarded(() => this.#log.batches(kind, limit));
  }

  fill(query: Query<'fill'>): FillPage {
    return guarded(() => this.#rows.page(query, this.#log.seq()));
  }

  record(id: string): RecordView | null {
    return guarded(() => this.#store.view(id));
  }

  records(ids: readonly string[]): RecordView[] {
    return guarded(() => ids.map((id) => this.#store.view(id)).filter((view) => view !== null));
  }

  listAll(type: RecordType): RecordView[] {
    return guarded(() => this.#store.views('WHERE type = ? AND deleted = 0 ORDER BY n', type));
  }

  promises({ meeting, organisation, contract }: Query<'promises'>): RecordView[] {
    const asked = Object.entries({ meeting, organisation, contract }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const conditions = asked.map(([column]) => `${column} = ?`).join(' AND ') || '1';
    return guarded(() =>
      this.#store.views(
        `WHERE n IN (SELECT n FROM promises WHERE ${conditions}) ORDER BY n`,
        ...asked.map(([, id]) => id),
      ),
    );
  }

  affiliations({ person, organisation }: Query<'affiliations'>): RecordView[] {
    const asked = Object.entries({ person, organisation }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const conditions = asked.map(([column]) => `${column} = ?`).join(' AND ') || '1';
    return guarded(() =>
      this.#store.views(
        `WHERE n IN (SELECT n FROM affiliations WHERE ${conditions}) ORDER BY n`,
        ...asked.map(([, id]) => id),
      ),
    );
  }

  history(id: string): HistoryEntry[] {
    return guarded(() => this.#log.history(id));
  }

  bin(): RecordView[] {
    return guarded(() => this.#store.views('WHERE deleted = 1 ORDER BY changedAt DESC, n DESC LIMIT 1000'));
  }

  /**
   * Writes search entries that wait, at most `limit`; see search-entries.ts. Returns whether more wait. Throws
   * `vault.diskFull`; they wait on then.
   */
  indexSome(limit: number): boolean {
    const { search } = this.#store;
    if (!search.mayWait) return false;
    const done = this.#transaction(() => search.catchUp(limit, (person) => this.#store.related(person)));
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
      for (const n of this.#store.search.find(text, limit)) {
        const view = this.#store.byNumber(n);
        const hit = view && searchHit(view, text, this.#rows, this.#store.related(view.id));
        if (hit) hits.push(hit);
      }
      return hits;
    });
  }

  meetings(query: Query<'meetings'>): { rows: readonly MeetingRow[]; next?: string } {
    return guarded(() => this.#rows.meetings(query));
  }

  conflicts(): Conflict[] {
    return guarded(() =>
      this.#store
        .views('WHERE conflicts > 0 ORDER BY n')
        .flatMap((view) => view.conflicts)
        .sort((a, b) => Number(b.open) - Number(a.open)),
    );
  }

  differences(query: Query<'differences'>): Differences {
    return guarded(() => readDifferences(query, { store: this.#store, log: this.#log, sql: this.#sql }));
  }

  noteVersions({ id, field }: Query<'noteVersions'>): readonly NoteVersion[] {
    return guarded(() => noteVersions(this.#log, new Authors(this.#sql, this.#store), id, field));
  }

  noteAt({ id, field, change }: Query<'noteAt'>): string | null {
    return guarded(() => noteAt(this.#log, id, field, change));
  }

  keepAttachment(content: Uint8Array): { readonly hash: string; readonly bytes: number } {
    return this.#transaction(() => keepAttachment(this.#sql, content));
  }

  attachment(hash: string): Uint8Array | null {
    return guarded(() => readAttachment(this.#sql, hash));
  }

  attachmentsHere(hashes: readonly string[]): string[] {
    return guarded(() => attachmentsHere(this.#sql, hashes));
  }

  /** Contents of attachments as sync moves them. */
  blobDisk(): ReturnType<typeof blobDisk> {
    return blobDisk(this.#sql);
  }

  /** The clock device of changes made here. */
  get device(): string {
    return this.#clock.device;
  }

  /** The change sets of a hand-over; see `VaultApi.handOver`. */
  handOverSets(scope: HandOverScope): ReturnType<typeof handOverSets> {
    const withdrawn = new Set(
      this.ledgerLog()
        .list('withdrawn ')
        .map(([id]) => id),
    );
    return guarded(() => handOverSets(scope, { log: this.#log, store: this.#store, sql: this.#sql }, withdrawn));
  }

  /** Contents of attachments of a hand-over's records. */
  handOverFiles(scope: HandOverScope): ReturnType<typeof handOverFiles> {
    return guarded(() => handOverFiles(scope, { log: this.#log, store: this.#store, sql: this.#sql }));
  }

  /** What taking the sets in would do. */
  previewSets(sets: readonly ChangeSet[]): ReturnType<typeof previewSets> {
    return guarded(() => previewSets(sets, this.#now(), { log: this.#log, store: this.#store, sql: this.#sql }));
  }

  /** Those of the batches that the log has, newest first. */
  knownBatches(ids: readonly string[]): string[] {
    return guarded(() =>
      ids
        .filter((id) => this.#log.changeSet(id) !== null)
        .sort()
        .reverse(),
    );
  }

  duplicatesIndex(): DuplicatesIndex {
    return guarded(() => duplicatesIndex(this.#store, this.#sql));
  }

  getMeta(key: string): Json | undefined {
    return guarded(() => {
      const row = this.#sql.of('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
      return row && (JSON.parse(row.value) as Json);
    });
  }

  setMeta(key: string, value: Json): void {
    guarded(() =>
      this.#sql
        .of('INSERT INTO meta VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
        .run(key, JSON.stringify(value)),
    );
  }

  /** Numbers of records and changes, and of changes set aside. */
  counts(): { readonly records: number; readonly changes: number; readonly quarantined: number } {
    return guarded(() =>
      this.#sql
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

  /** See `VaultApi.verify`. */
  verify(): VerifyReport {
    const problems = [...quickCheck(this.db)];
    const counts = this.counts();
    guarded(() => {
      const orphans = this.#sql
        .of(
          "SELECT count(DISTINCT record) AS count FROM changes WHERE record NOT IN (SELECT id FROM records) AND NOT EXISTS (SELECT 1 FROM cursor WHERE name = 'withdrawn ' || changes.id)",
        )
        .get() as { count: number };
      if (orphans.count > 0) problems.push(`${orphans.count} records missing from the fold`);
      const ids = this.#sql.of(`SELECT id FROM records ORDER BY changedAt DESC LIMIT ${VERIFY_SAMPLE}`).all() as {
        id: string;
      }[];
      const differing = ids.filter(
        ({ id }) => !sameJson(asJson(this.#store.state(id)), asJson(this.#store.refolded(this.#log, id))),
      );
      if (differing.length > 0) problems.push(`${differing.length} records differ from the log`);
    });
    return { ok: problems.length === 0, problems, ...counts };
  }
}

const asJson = (state: unknown): Json => state as Json;
