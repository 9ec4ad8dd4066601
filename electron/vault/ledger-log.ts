/** The vault's log as sync's ledger needs it: see shared/sync/engine/types.ts. One transaction folds each record once. */
import { hash } from 'node:crypto';
import { type Clock, hlcMillis } from '../../shared/change/clock.ts';
import { applyChange, foldChanges } from '../../shared/change/fold.ts';
import { isDeleted } from '../../shared/change/state.ts';
import type { Batch, Change, Hlc, Json, RecordState } from '../../shared/change/types.ts';
import { TextBound } from '../../shared/change/weight.ts';
import { RECORD_FIELDS } from '../../shared/model/schema.ts';
import { AppFailure, type Result } from '../../shared/result.ts';
import { ASIDE_REASONS, type AsideReason, type LedgerLog, type LoggedChange } from '../../shared/sync/engine/types.ts';
import type { Statements } from './database.ts';
import type { Log } from './log.ts';
import { newWritten, type RecordStore, type Written } from './record-store.ts';

export interface LedgerContext {
  readonly sql: Statements;
  readonly log: Log;
  readonly store: RecordStore;
  /** All or nothing, durable when it returns. */
  readonly transaction: <T>(work: () => T) => T;
  readonly clock: () => Clock;
  /** A new device part, and a clock that goes on from what counts. */
  readonly renewClock: () => void;
  /** The corrected wall clock. */
  readonly wall: () => number;
  readonly setOffset: (millis: number) => void;
  readonly notePending: (type: string, field: string, value: Json) => void;
}

/** Rows read at a time; a statement that is being stepped through would block the others. */
const STRIDE = 5000;
/** How often long documents are looked for, in milliseconds: it takes a walk through the log. */
const DOCS_EVERY = 600_000;
const ASIDE = 'sync.';
const FROM_FILES = `FROM quarantine WHERE reason NOT LIKE '${ASIDE}%'`;

const DOC_FIELDS: readonly (readonly [type: string, field: string])[] = Object.entries(RECORD_FIELDS).flatMap(
  ([type, fields]) =>
    Object.entries(fields).flatMap(([field, spec]) => (spec.kind === 'doc' ? [[type, field] as const] : [])),
);

export class VaultLedgerLog implements LedgerLog {
  readonly #context: LedgerContext;
  readonly #sql: Statements;
  readonly #log: Log;
  #depth = 0;
  #states = new Map<string, RecordState | undefined>();
  #bound = new TextBound();
  /** Records that had no row when the transaction first looked, and the numbers of those that had one. */
  #absent = new Set<string>();
  #numbers = new Map<string, number>();
  /** Numbers in the log of batches that the transaction has met. */
  #batches = new Map<string, number>();
  /** As the transaction found it; undefined before it has looked. */
  #hasFilesAside: boolean | undefined;
  #written: Written = newWritten(true);
  #committed: Written[] = [];
  #docsLookedAt = Number.NEGATIVE_INFINITY;

  constructor(context: LedgerContext) {
    this.#context = context;
    this.#sql = context.sql;
    this.#log = context.log;
  }

  hash = (id: string): Uint8Array => hash('sha256', id, 'buffer');

  transaction = <T>(work: () => T): T => {
    if (this.#depth > 0) return work();
    this.#depth += 1;
    this.#forget();
    this.#written = newWritten(true);
    try {
      const value = this.#context.transaction(() => {
        const result = work();
        this.#putStates();
        return result;
      });
      if (this.#written.types.size > 0) this.#committed.push(this.#written);
      return value;
    } finally {
      this.#depth -= 1;
      this.#forget();
    }
  };

  #forget(): void {
    this.#bound = new TextBound();
    this.#states = new Map();
    this.#absent = new Set();
    this.#numbers = new Map();
    this.#batches = new Map();
    this.#hasFilesAside = undefined;
  }

  #putStates(): void {
    const { store } = this.#context;
    for (const [id, state] of this.#states) {
      if (state) store.put(state, this.#absent.has(id) ? 'new' : 'there', this.#written, this.#numbers.get(id));
      else store.remove(id, this.#written);
    }
    if (this.#states.size > 0) store.finish(this.#written);
  }

  /** What transactions since the last call have written, for the live view. */
  takeWritten(): readonly Written[] {
    const written = this.#committed;
    this.#committed = [];
    return written;
  }

  get = (name: string): string | undefined =>
    (this.#sql.of('SELECT value FROM cursor WHERE name = ?').get(name) as { value: string } | undefined)?.value;
  set = (name: string, value: string): void => {
    this.#sql
      .of('INSERT INTO cursor VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(name, value);
  };
  remove = (name: string): void => void this.#sql.of('DELETE FROM cursor WHERE name = ?').run(name);
  list = (beginning: string): readonly (readonly [string, string])[] => {
    const rows = this.#sql
      .of('SELECT name, value FROM cursor WHERE name >= ? AND name < ?')
      .all(beginning, `${beginning}\uffff`) as { name: string; value: string }[];
    return rows.map(({ name, value }) => [name.slice(beginning.length), value] as const);
  };

  has = (id: Hlc): boolean => this.#log.has(id);
  known = (ids: readonly Hlc[]): Set<Hlc> => {
    const rows = this.#sql
      .of(
        `SELECT j.value AS id FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM changes c WHERE c.id = j.value) OR EXISTS (SELECT 1 FROM quarantine q WHERE q.id = j.value AND q.reason LIKE '${ASIDE}%')`,
      )
      .all(JSON.stringify(ids)) as { id: Hlc }[];
    return new Set(rows.map(({ id }) => id));
  };
  find = (id: Hlc): LoggedChange | undefined => this.#log.logged('c.id = ?', id)[0];
  head = (): number => this.#log.seq();
  localAfter = (seq: number, limit: number): readonly LoggedChange[] =>
    this.#log.logged('c.seq > ? AND c.remote = 0 ORDER BY c.seq LIMIT ?', seq, limit);

  localCount = (after: number, upTo: number): number =>
    (
      this.#sql.of('SELECT count(*) AS n FROM changes WHERE seq > ? AND seq <= ? AND remote = 0').get(after, upTo) as {
        n: number;
      }
    ).n;

  recordsAfter = (
    place: number,
    limit: number,
    upTo: number,
  ): readonly { readonly place: number; readonly rows: readonly LoggedChange[] }[] => {
    const withdrawn = new Set(this.list('withdrawn ').map(([id]) => id));
    const records = this.#sql.of('SELECT n, id FROM records WHERE n > ? ORDER BY n LIMIT ?').all(place, limit) as {
      n: number;
      id: string;
    }[];
    return records.map(({ n, id }) => ({
      place: n,
      rows: this.#log
        .logged('c.record = ? AND c.seq <= ? ORDER BY c.seq', id, upTo)
        .filter(({ change }) => !withdrawn.has(change.id)),
    }));
  };

  *idsAfter(seq: number): Generator<{ readonly id: Hlc; readonly seq: number; readonly remote: boolean }> {
    for (let at = seq; ; ) {
      const rows = this.#sql
        .of(`SELECT id, seq, remote FROM changes WHERE seq > ? ORDER BY seq LIMIT ${STRIDE}`)
        .all(at) as { id: Hlc; seq: number; remote: number }[];
      for (const row of rows) yield { id: row.id, seq: row.seq, remote: row.remote === 1 };
      const last = rows.at(-1);
      if (!last || rows.length < STRIDE) return;
      at = last.seq;
    }
  }

  now = (): number => this.#context.wall();
  setOffset = (millis: number): void => this.#context.setOffset(millis);
  receive = (id: Hlc): Result<null> => this.#context.clock().receive(id);
  renewClock = (): void => this.#context.renewClock();
  tick = (): Hlc => this.#context.clock().tick();
  device = (): string => this.#context.clock().device;

  #stateOf(record: string): RecordState | undefined {
    if (this.#states.has(record)) return this.#states.get(record);
    const found = this.#context.store.numbered(record);
    if (found) this.#numbers.set(record, found.n);
    else this.#absent.add(record);
    return found?.state;
  }

  #batchNumber(batch: Batch): number {
    let n = this.#batches.get(batch.id);
    if (n === undefined) {
      n = this.#log.batchNumber(batch);
      this.#batches.set(batch.id, n);
    }
    return n;
  }

  append = (change: Change, batch: Batch, remote: boolean, named: readonly Hlc[]): void => {
    const { record, type, field, value } = change;
    const state = this.#stateOf(record);
    if (state && state.type !== type) throw new AppFailure('change.invalid', { reason: 'type' });
    const next = applyChange(state, change, (id) => this.#log.counts(id), named);
    // What is made here was looked at when it was committed, or is no larger than what it replaces (a squash, a reissue).
    if (remote) this.#bound.check(state, change, next);
    this.#states.set(record, next);
    this.#context.notePending(type, field, value);
    this.#log.append(change, this.#batchNumber(batch), remote);
    if (this.#filesSetAside()) this.#sql.of(`DELETE ${FROM_FILES} AND id = ?`).run(change.id);
  };

  /** Whether something that a hand-over file brought was set aside: it gives way to the same change from the server. */
  #filesSetAside(): boolean {
    this.#hasFilesAside ??= this.#sql.of(`SELECT 1 ${FROM_FILES} LIMIT 1`).get() !== undefined;
    return this.#hasFilesAside;
  }

  refold = (record: string): void => {
    const states = foldChanges(this.#log.countedOf(record), (id) => this.#log.namedOf(id));
    this.#states.set(record, states.get(record));
  };

  aside = {
    has: (id: Hlc): boolean =>
      this.#sql.of(`SELECT 1 FROM quarantine WHERE id = ? AND reason LIKE '${ASIDE}%'`).get(id) !== undefined,
    add: (id: Hlc, reason: AsideReason, payload: string): void => {
      this.#sql
        .of(
          'INSERT INTO quarantine (id, reason, received, payload) VALUES (?,?,?,?) ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, received = excluded.received, payload = excluded.payload',
        )
        .run(id, `${ASIDE}${reason}`, this.now(), payload);
    },
    remove: (id: Hlc): void =>
      void this.#sql.of(`DELETE FROM quarantine WHERE id = ? AND reason LIKE '${ASIDE}%'`).run(id),
    count: (): number =>
      (this.#sql.of(`SELECT count(*) AS n FROM quarantine WHERE reason LIKE '${ASIDE}%'`).get() as { n: number }).n,
    all: (
      reasons: readonly AsideReason[] = ASIDE_REASONS,
    ): readonly { readonly id: Hlc; readonly reason: AsideReason; readonly payload: string }[] => {
      const rows = this.#sql
        .of('SELECT id, reason, payload FROM quarantine WHERE reason IN (SELECT value FROM json_each(?)) ORDER BY n')
        .all(JSON.stringify(reasons.map((reason) => `${ASIDE}${reason}`))) as {
        id: Hlc;
        reason: string;
        payload: string;
      }[];
      return rows.map(({ id, reason, payload }) => ({
        id,
        reason: reason.slice(ASIDE.length) as AsideReason,
        payload,
      }));
    },
  };

  longDocs = (
    least: number,
    before: number,
  ): readonly { readonly record: string; readonly field: string; readonly type: string }[] => {
    const now = this.now();
    if (Math.abs(now - this.#docsLookedAt) < DOCS_EVERY) return [];
    this.#docsLookedAt = now;
    return DOC_FIELDS.flatMap(([type, field]) => {
      const rows = this.#sql
        .of(
          'SELECT record, count(*) AS updates FROM changes WHERE type = ? AND field = ? GROUP BY record HAVING updates > ?',
        )
        .all(type, field, least) as { record: string }[];
      return rows
        .filter(({ record }) => {
          const open = this.#openIn(record, field);
          return open.length > least && open.every((id) => hlcMillis(id) < before);
        })
        .map(({ record }) => ({ record, field, type }));
    });
  };

  /** Changes of a document that no squash names. */
  #openIn(record: string, field: string): Hlc[] {
    const slot = this.#log.countedOf(record).filter((change) => change.field === field);
    const named = new Set(slot.flatMap(({ base }) => base));
    return slot.filter(({ id }) => !named.has(id)).map(({ id }) => id);
  }

  docParts = (
    record: string,
    field: string,
  ): { readonly base: readonly Hlc[]; readonly seen: readonly Hlc[]; readonly state: string } | null => {
    const state = this.#context.store.state(record);
    const fold = state?.fields.get(field);
    const head = fold?.heads[0];
    if (!state || !head || !fold.seen || isDeleted(state)) return null;
    return { base: this.#openIn(record, field).sort(), seen: fold.seen, state: head.value as string };
  };
}
