/**
 * The vault: an append-only log and its fold in one encrypted SQLite file. Synchronous; runs in a worker thread for the
 * application and in the main thread for the command line and tests. Every method throws `AppFailure`. This file opens,
 * writes and checks; what is only asked is in reading.ts.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, createClock, hlcMillis, MAX_DRIFT } from '../../shared/change/clock.ts';
import { applyChange } from '../../shared/change/fold.ts';
import { invertBatches } from '../../shared/change/invert.ts';
import { stampBatch } from '../../shared/change/stamp.ts';
import type { ChangeSet, DraftBatch, Json, RecordState } from '../../shared/change/types.ts';
import { problemOfDraft } from '../../shared/change/validate.ts';
import { MOST_TEXT, TextBound, textOfState } from '../../shared/change/weight.ts';
import type { UndoReport } from '../../shared/ipc/contract.ts';
import type { LiveUpdate } from '../../shared/model/rows.ts';
import { fieldName, isKnownField } from '../../shared/model/schema.ts';
import { AppFailure } from '../../shared/result.ts';
import type { CommitOptions, CommitResult, IngestResult, VerifyReport } from './api.ts';
import { keepAttachment } from './attachments.ts';
import { blobDisk } from './blob-disk.ts';
import { createDatabase, type Db, openDatabase, quickCheck } from './database.ts';
import { guarded, vaultFailure } from './errors.ts';
import { ingestSets, releaseQuarantine } from './ingest.ts';
import { liveUpdates } from './live-updates.ts';
import { VaultLedgerLog } from './ledger-log.ts';
import { LATEST_VERSION, migrate } from './migrations/index.ts';
import { VaultReading } from './reading.ts';
import { newWritten, type Written } from './record-store.ts';
import { foldProblems } from './verify.ts';

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
  /** Names where the file lies. In another place than before it is a copy, whose original may be in use (SYNC-CLOCK-5). */
  readonly place?: string;
  /** Takes a verified backup; called before an older layout is upgraded, which does not start if this throws. */
  readonly beforeUpgrade?: (db: Db, version: number) => void;
}

/** A correction that differs by less is not worth a write, in milliseconds. */
const OFFSET_STEP = 1000;
/** Records between two calls of a commit's progress. */
const PROGRESS_EVERY = 250;

/** Why the place of a vault may not be written just now. */
const NOT_NOW: ReadonlySet<string> = new Set(['vault.diskFull', 'vault.readOnly', 'vault.busy']);

export class Vault extends VaultReading {
  #clock: Clock;
  /** Added to the machine's clock, by what the server's said (docs/sync.md, SYNC-CLOCK-1). Milliseconds. */
  #offset = 0;
  /** The clock's device part of a copy, until it could be written. */
  #unsaved: string | undefined;
  /** True within a transaction that renewed the clock; it may leave out what the log has from the future. */
  #renewed = false;

  private constructor(db: Db, now: () => number) {
    super(db, now);
    const offset = this.sql.of(`SELECT value FROM cursor WHERE name = 'offset'`).get() as { value: string } | undefined;
    this.#offset = Number(offset?.value ?? 0);
    this.#clock = this.#makeClock();
  }

  /** The corrected wall clock. */
  readonly #wall = (): number => this.now() + this.#offset;

  #makeClock(last = this.log.last() ?? null): Clock {
    return createClock({ device: this.#device(), now: this.#wall, ...(last === null ? {} : { last }) });
  }

  /** From here on this vault gives its changes ids of another device: it may be a copy. */
  renewDevice(): void {
    this.#unsaved = undefined;
    this.setMeta('device', randomBytes(8).toString('hex'));
    this.#clock = this.#makeClock();
  }

  /** Remembers the place; in another one than before the device part of the clock is renewed. */
  #standsAt(place: string): void {
    const known = this.getMeta('place');
    if (known === place) return;
    if (known !== undefined) this.#unsaved = randomBytes(8).toString('hex');
    try {
      this.transaction(() => {
        this.setMeta('place', place);
        if (this.#unsaved !== undefined) this.setMeta('device', this.#unsaved);
      });
      this.#unsaved = undefined;
    } catch (error) {
      // A full disk or a folder that cannot be written to keeps nobody from reading; the next opening tries anew.
      if (!NOT_NOW.has(vaultFailure(error).error.code)) throw error;
    }
    this.#clock = this.#makeClock();
  }

  /**
   * The same for what a server refused as coming from the future. Where the log itself has such, taken in while a server's
   * clock ran ahead, the transaction's readings go on from what the server would still accept, or they would be refused as
   * well. Afterwards the clock goes on from everything again: a change must come after what it names.
   */
  #renewForLedger(): void {
    this.renewDevice();
    const limit = this.#wall() + MAX_DRIFT;
    const last = this.log.last();
    this.#renewed = true;
    if (last !== undefined && hlcMillis(last) > limit) this.#clock = this.#makeClock(this.log.last(limit) ?? null);
  }

  #ledgerTransaction<T>(work: () => T): T {
    const unsaved = this.#unsaved;
    try {
      return this.transaction(work);
    } catch (error) {
      this.#unsaved = unsaved;
      throw error;
    } finally {
      // Also after one that failed: what it had withdrawn counts again, and its device part was never saved.
      if (this.#renewed) {
        this.#renewed = false;
        this.#clock = this.#makeClock();
      }
    }
  }

  /** The log as sync sees it. One per vault and user of it. */
  ledgerLog(): VaultLedgerLog {
    return new VaultLedgerLog({
      sql: this.sql,
      log: this.log,
      store: this.store,
      transaction: (work) => this.#ledgerTransaction(work),
      clock: () => this.#clock,
      renewClock: () => this.#renewForLedger(),
      wall: this.#wall,
      setOffset: (millis) => this.#setOffset(millis),
      notePending: (type, field, value) => this.#notePending(type, field, value),
    });
  }

  #setOffset(millis: number): void {
    if (Math.abs(millis - this.#offset) < OFFSET_STEP) return;
    guarded(() =>
      this.sql
        .of(`INSERT INTO cursor VALUES ('offset', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
        .run(String(Math.round(millis))),
    );
    this.#offset = Math.round(millis);
  }

  /** Live updates for what a ledger's transaction has written. */
  updatesOf(written: Written): Iterable<LiveUpdate> {
    return this.#committed(written).updates;
  }

  /** Live updates for rows that say something else because time has passed since this was last asked; null without any. */
  turned(): Iterable<LiveUpdate> | null {
    const written = newWritten();
    const { organisations, people } = guarded(() => this.rows.turned());
    if (organisations.size + people.size === 0) return null;
    for (const id of organisations) written.affected.organisations.add(id);
    for (const id of people) written.affected.people.add(id);
    return this.updatesOf(written);
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
  static open(options: OpenOptions): Vault {
    const { file, key, keyProven = false, now = Date.now, check = true, place, beforeUpgrade } = options;
    const db = openDatabase(file, key, { keyProven, check });
    try {
      const version = db.pragma('user_version', { simple: true }) as number;
      if (version < LATEST_VERSION) {
        beforeUpgrade?.(db, version);
        migrate(db);
      }
      const vault = new Vault(db, now);
      if (place !== undefined) vault.#standsAt(place);
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
    return guarded(() => (this.sql.of(sql).all() as { name: string }[]).map(({ name }) => name));
  }

  /** Problems in the pages of a table and its indexes; together the tables cover every page in use. */
  checkTable(name: string): readonly string[] {
    return quickCheck(this.db, name);
  }

  #device(): string {
    const known = this.#unsaved ?? this.getMeta('device');
    if (typeof known === 'string') return known;
    const device = randomBytes(8).toString('hex');
    this.setMeta('device', device);
    return device;
  }

  /** Fields of a newer app that this one knows by now, and changes whose time has come. */
  #takeInWhatWaits(): void {
    const pending = this.sql.of('SELECT type, field FROM pending').all() as { type: string; field: string }[];
    const known = pending.filter(({ type, field }) => isKnownField(type, field));
    if (known.length > 0) {
      this.transaction(() => {
        const written = newWritten(true);
        for (const type of new Set(known.map((one) => one.type))) {
          const ids = this.sql.of('SELECT id FROM records WHERE type = ?').all(type) as { id: string }[];
          for (const { id } of ids) {
            const state = this.store.refolded(this.log, id);
            if (state) this.store.put(state, 'there', written);
          }
        }
        this.store.finish(written);
        for (const { type, field } of known)
          this.sql.of('DELETE FROM pending WHERE type = ? AND field = ?').run(type, field);
      });
    }
    const sets = releaseQuarantine(this.sql, this.#wall());
    if (sets.length > 0) this.ingest(sets);
  }

  #notePending(type: string, field: string, value: Json): void {
    const fields = field === '$new' ? Object.keys(value as Readonly<Record<string, Json>>) : [field];
    for (const name of fields) {
      if (!isKnownField(type, name))
        this.sql
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
    /** Records that are there, with the text they hold. */
    const existing = new Map<string, number>();
    return this.transaction(() => {
      const { set, states } = stampBatch(draft, {
        clock: this.#clock,
        actor,
        ...(undoes === undefined ? {} : { undoes }),
        stateOf: (id) => {
          const state = this.store.state(id);
          if (state) existing.set(id, textOfState(state));
          return state;
        },
      });
      const written = newWritten();
      if (set.changes.length === 0) return { batch: '', seq: this.log.seq(), changes: 0, updates: [] };
      const step = (done: number): void => {
        if (signal?.aborted === true || progress?.(done, states.size) === false)
          throw new AppFailure('commit.cancelled');
      };
      step(0);
      const batch = this.log.batchNumber(set.batch);
      for (const change of set.changes) {
        this.log.append(change, batch, false);
        this.#notePending(change.type, change.field, change.value);
      }
      let done = 0;
      for (const [id, state] of states) {
        const text = textOfState(state);
        if (text > MOST_TEXT && text > (existing.get(id) ?? 0)) throw new AppFailure('commit.tooLarge');
        this.store.put(state, existing.has(id) ? 'there' : 'made', written);
        done += 1;
        if (done % PROGRESS_EVERY === 0) step(done);
      }
      this.store.finish(written);
      step(states.size);
      return { batch: set.batch.id, ...this.#committed(written), changes: set.changes.length };
    });
  }

  #committed(written: Written): { readonly seq: number; readonly updates: Iterable<LiveUpdate> } {
    const updates = { [Symbol.iterator]: () => liveUpdates(written, this.rows, () => this.log.seq()) };
    return { seq: this.log.seq(), updates };
  }

  /** See `VaultApi.undo`. Throws `undo.unknownBatch`. */
  undo(batch: string, options: CommitOptions): Committed<UndoReport> {
    return this.undoAll([batch], { ...options, undoes: batch });
  }

  /** Takes back several batches as one; see `VaultApi.undoAll`. */
  undoAll(batches: readonly string[], options: CommitOptions): Committed<UndoReport> {
    const sets = guarded(() => batches.map((id) => this.log.changeSet(id)).filter((set) => set !== null));
    if (sets.length < batches.length || sets.length === 0) throw new AppFailure('undo.unknownBatch');
    return this.#invert(sets, options);
  }

  #invert(sets: readonly ChangeSet[], options: CommitOptions): Committed<UndoReport> {
    const { drafts, kept, errored } = invertBatches(sets, {
      stateOf: (id) => this.store.state(id),
      valueOf: (id, field) => this.log.valueOf(id, field),
    });
    if (drafts.length === 0) return { batch: '', reversed: 0, kept, errored, updates: [] };
    const result = this.commit({ kind: 'undo', changes: drafts }, options);
    return { batch: result.batch, reversed: result.changes, kept, errored, updates: result.updates };
  }

  /** See `VaultApi.ingest`. */
  ingest(sets: readonly ChangeSet[]): Committed<IngestResult> {
    return this.transaction(() => {
      const written = newWritten(true);
      // Each record is folded in memory and stored once, however many of its changes come together.
      const states = new Map<string, RecordState | undefined>();
      const known = new Set<string>();
      const bound = new TextBound();
      const stateOf = (id: string): RecordState | undefined => {
        if (!states.has(id)) {
          const state = this.store.state(id);
          if (state) known.add(id);
          states.set(id, state);
        }
        return states.get(id);
      };
      const counts = ingestSets(sets, {
        log: this.log,
        sql: this.sql,
        clock: this.#clock,
        now: this.#wall(),
        fold: (change) => {
          const state = stateOf(change.record);
          if (state && state.type !== change.type) throw new AppFailure('change.invalid', { reason: 'type' });
          const next = applyChange(state, change, (id) => this.log.counts(id));
          bound.check(state, change, next);
          states.set(change.record, next);
          this.#notePending(change.type, change.field, change.value);
        },
      });
      for (const [id, state] of states) if (state) this.store.put(state, known.has(id) ? 'there' : 'new', written);
      this.store.finish(written);
      return { ...counts, ...this.#committed(written) };
    });
  }

  /** Takes back one change of a batch, like `undo` (SYNC-OUT-4). Throws `undo.unknownBatch`. */
  undoChange(id: string, options: CommitOptions): Committed<UndoReport> {
    const [row] = guarded(() => this.log.logged('c.id = ?', id));
    if (!row) throw new AppFailure('undo.unknownBatch');
    return this.#invert([{ batch: row.batch, changes: [row.change] }], { ...options, undoes: row.batch.id });
  }

  keepAttachment(content: Uint8Array): { readonly hash: string; readonly bytes: number } {
    return this.transaction(() => keepAttachment(this.sql, content));
  }

  /** Contents of attachments as sync moves them. */
  blobDisk(): ReturnType<typeof blobDisk> {
    return blobDisk(this.sql);
  }

  /** The clock device of changes made here. */
  get device(): string {
    return this.#clock.device;
  }

  setMeta(key: string, value: Json): void {
    guarded(() =>
      this.sql
        .of('INSERT INTO meta VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
        .run(key, JSON.stringify(value)),
    );
  }

  /** See `VaultApi.verify`. */
  verify(): VerifyReport {
    const problems = [...quickCheck(this.db)];
    const counts = this.counts();
    problems.push(...guarded(() => foldProblems({ log: this.log, store: this.store, sql: this.sql })));
    return { ok: problems.length === 0, problems, ...counts };
  }
}
