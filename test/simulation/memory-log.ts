/**
 * The change log and its fold in memory, with the manners of a disk: a transaction is whole or not at all, it can find the
 * disk full, and the power can go just before or just after it is durable.
 */
import { type Clock, createClock, hlcMillis, MAX_DRIFT } from '../../shared/change/clock.ts';
import { applyChange, foldChanges, type IsKnown } from '../../shared/change/fold.ts';
import { stampBatch } from '../../shared/change/stamp.ts';
import { isDeleted } from '../../shared/change/state.ts';
import type { Batch, Change, ChangeSet, DraftBatch, FieldState, Hlc, RecordState } from '../../shared/change/types.ts';
import { fieldSpec } from '../../shared/model/schema.ts';
import { AppFailure, type Result } from '../../shared/result.ts';
import type { Hash } from '../../shared/sync/digest.ts';
import type { AsideReason, LedgerLog, LoggedChange } from '../../shared/sync/engine/types.ts';

/** The power went. Whatever was running is gone; what was durable is not. */
export class PowerCut extends Error {}

/** What the disk does with a transaction. */
export type DiskFate = 'well' | 'full' | 'cutBefore' | 'cutAfter';

export interface DiskOptions {
  /** The machine's clock. */
  readonly machine: () => number;
  readonly newDevice: () => string;
  readonly hash: Hash;
  readonly fate: () => DiskFate;
  /** A deliberate fault, for the test that the oracles notice. */
  readonly mutation?: 'lastWriterWins' | undefined;
}

interface Content {
  readonly rows: LoggedChange[];
  readonly byId: Map<Hlc, LoggedChange>;
  readonly ofRecord: Map<string, LoggedChange[]>;
  readonly names: Map<string, string>;
  readonly states: Map<string, RecordState>;
  readonly aside: Map<Hlc, { readonly id: Hlc; readonly reason: AsideReason; readonly payload: string }>;
}

const emptyContent = (): Content => ({
  rows: [],
  byId: new Map(),
  ofRecord: new Map(),
  names: new Map(),
  states: new Map(),
  aside: new Map(),
});

export class MemoryLog implements LedgerLog {
  readonly hash: Hash;
  readonly #options: DiskOptions;
  #content: Content;
  #depth = 0;
  /** True within a transaction whose clock leaves out what the log has from the future. */
  /** The clock was renewed within the transaction. */
  #renewed = false;
  #undo: (() => void)[] = [];
  #clock: Clock;
  #offset = 0;

  constructor(options: DiskOptions, from?: MemoryLog) {
    this.#options = options;
    this.hash = options.hash;
    this.#content = from ? from.#copy() : emptyContent();
    // A restored copy must not go on counting as the device that it was copied from (SYNC-CLOCK-5).
    if (from || !this.#content.names.has('device')) this.#content.names.set('device', options.newDevice());
    this.#offset = Number(this.get('offset') ?? 0);
    this.#clock = this.#makeClock();
  }

  #copy(): Content {
    const { rows, byId, ofRecord, names, states, aside } = this.#content;
    return {
      rows: [...rows],
      byId: new Map(byId),
      ofRecord: new Map([...ofRecord].map(([record, list]) => [record, [...list]])),
      names: new Map(names),
      states: new Map(states),
      aside: new Map(aside),
    };
  }

  /** The log as it stands on the disk, for a backup. */
  backup(): MemoryLog {
    return new MemoryLog(this.#options, this);
  }

  /** After a power cut: what is only in memory begins anew. */
  restart(): void {
    this.#depth = 0;
    this.#undo = [];
    this.#offset = Number(this.get('offset') ?? 0);
    this.#clock = this.#makeClock();
  }

  #last(upTo = Number.POSITIVE_INFINITY): Hlc | undefined {
    let last: Hlc | undefined;
    for (const { change } of this.#content.rows)
      if (!this.#isWithdrawn(change.id) && hlcMillis(change.id) <= upTo && (last === undefined || change.id > last))
        last = change.id;
    return last;
  }

  #makeClock(last = this.#last() ?? null): Clock {
    return createClock({ device: this.device(), now: this.now, ...(last === null ? {} : { last }) });
  }

  transaction = <T>(work: () => T): T => {
    if (this.#depth > 0) return work();
    this.#depth = 1;
    this.#undo = [];
    try {
      const value = work();
      const fate = this.#undo.length > 0 ? this.#options.fate() : 'well';
      if (fate === 'full') throw new AppFailure('vault.diskFull');
      if (fate === 'cutBefore') throw new PowerCut();
      this.#undo = [];
      if (fate === 'cutAfter') throw new PowerCut();
      return value;
    } catch (error) {
      for (const step of this.#undo.reverse()) step();
      this.#undo = [];
      throw error;
    } finally {
      this.#depth = 0;
      // As the vault does: also after a transaction that failed, whose withdrawn changes count again.
      if (this.#renewed) {
        this.#renewed = false;
        this.#clock = this.#makeClock();
      }
    }
  };

  #change(step: () => void, back: () => void): void {
    if (this.#depth === 0) throw new Error('a write outside a transaction');
    step();
    this.#undo.push(back);
  }

  #put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
    const before = map.get(key);
    const write = (next: V | undefined): void => void (next === undefined ? map.delete(key) : map.set(key, next));
    this.#change(
      () => write(value),
      () => write(before),
    );
  }

  get = (name: string): string | undefined => this.#content.names.get(name);
  set = (name: string, value: string): void => this.#put(this.#content.names, name, value);
  remove = (name: string): void => this.#put(this.#content.names, name, undefined);
  list = (beginning: string): readonly (readonly [string, string])[] =>
    [...this.#content.names].flatMap(([name, value]) =>
      name.startsWith(beginning) ? [[name.slice(beginning.length), value] as const] : [],
    );

  has = (id: Hlc): boolean => this.#content.byId.has(id);
  known = (ids: readonly Hlc[]): Set<Hlc> => new Set(ids.filter((id) => this.has(id) || this.aside.has(id)));
  find = (id: Hlc): LoggedChange | undefined => this.#content.byId.get(id);
  // Places are indexes plus one.
  head = (): number => this.#content.rows.length;
  localAfter = (seq: number, limit: number): readonly LoggedChange[] => {
    const found: LoggedChange[] = [];
    for (let i = seq; i < this.#content.rows.length && found.length < limit; i += 1) {
      const row = this.#content.rows[i] as LoggedChange;
      if (!row.remote) found.push(row);
    }
    return found;
  };
  localCount = (after: number, upTo: number): number =>
    this.#content.rows.slice(after, upTo).filter(({ remote }) => !remote).length;
  recordsAfter = (
    place: number,
    limit: number,
    upTo: number,
  ): readonly { readonly place: number; readonly rows: readonly LoggedChange[] }[] =>
    [...this.#content.ofRecord.values()].slice(place, place + limit).map((rows, i) => ({
      place: place + i + 1,
      rows: rows.filter(({ seq, change }) => seq <= upTo && !this.#isWithdrawn(change.id)),
    }));
  idsAfter = (seq: number): Iterable<{ readonly id: Hlc; readonly seq: number; readonly remote: boolean }> =>
    this.#content.rows.slice(seq).map(({ seq: at, remote, change }) => ({ id: change.id, seq: at, remote }));

  now = (): number => this.#options.machine() + this.#offset;
  setOffset = (millis: number): void => {
    if (Math.abs(millis - this.#offset) < 1000) return;
    this.transaction(() => this.set('offset', String(millis)));
    this.#offset = millis;
  };
  receive = (id: Hlc): Result<null> => this.#clock.receive(id);
  /** As the vault does: what the log has from a server's future does not lead what is made anew. */
  renewClock = (): void => {
    this.set('device', this.#options.newDevice());
    const limit = this.now() + MAX_DRIFT;
    const last = this.#last();
    this.#renewed = true;
    const presentOnly = last !== undefined && hlcMillis(last) > limit;
    this.#clock = this.#makeClock(this.#last(presentOnly ? limit : undefined) ?? null);
  };
  tick = (): Hlc => this.#clock.tick();
  device = (): string => this.get('device') as string;

  #isWithdrawn = (id: Hlc): boolean => this.#content.names.has(`withdrawn ${id}`);
  #isKnown: IsKnown = (id) => this.has(id) && !this.#isWithdrawn(id);

  append = (change: Change, batch: Batch, remote: boolean, named: readonly Hlc[]): void => {
    const { rows, byId, ofRecord, states } = this.#content;
    const state = states.get(change.record);
    if (state && state.type !== change.type) throw new AppFailure('change.invalid', { reason: 'type' });
    this.#put(states, change.record, this.#fold(state, change, named));
    const row: LoggedChange = { seq: rows.length + 1, remote, batch, change };
    this.#change(
      () => void rows.push(row),
      () => void rows.pop(),
    );
    this.#put(byId, change.id, row);
    this.#put(ofRecord, change.record, [...(ofRecord.get(change.record) ?? []), row]);
  };

  #fold(state: RecordState | undefined, change: Change, named: readonly Hlc[]): RecordState {
    const next = applyChange(state, change, this.#isKnown, named);
    if (this.#options.mutation !== 'lastWriterWins') return next;
    const fields = [...next.fields].map(([name, field]): [string, FieldState] => [
      name,
      { ...field, heads: field.heads.slice(0, 1) },
    ]);
    return { ...next, fields: new Map(fields) };
  }

  refold = (record: string): void => {
    const changes = (this.#content.ofRecord.get(record) ?? []).flatMap(({ change }) =>
      this.#isWithdrawn(change.id) ? [] : [change],
    );
    const state = foldChanges(changes, (id) => this.get(`named ${id}`)?.split(' ') ?? []).get(record);
    this.#put(this.#content.states, record, state);
  };

  aside = {
    has: (id: Hlc): boolean => this.#content.aside.has(id),
    add: (id: Hlc, reason: AsideReason, payload: string): void =>
      this.#put(this.#content.aside, id, { id, reason, payload }),
    remove: (id: Hlc): void => this.#put(this.#content.aside, id, undefined),
    count: () => this.#content.aside.size,
    all: (reasons?: readonly AsideReason[]) =>
      [...this.#content.aside.values()].filter(({ reason }) => !reasons || reasons.includes(reason)),
  };

  /** Changes of a slot that no change of it names. */
  #openIn(record: string, field: string): Change[] {
    const slot = (this.#content.ofRecord.get(record) ?? []).flatMap(({ change }) =>
      change.field === field && !this.#isWithdrawn(change.id) ? [change] : [],
    );
    const named = new Set(slot.flatMap(({ base }) => base));
    return slot.filter(({ id }) => !named.has(id));
  }

  longDocs = (
    least: number,
    before: number,
  ): readonly { readonly record: string; readonly field: string; readonly type: string }[] => {
    const slots = new Map<string, { readonly record: string; readonly field: string; readonly type: string }>();
    for (const { change } of this.#content.rows) {
      const { record, field, type } = change;
      if (fieldSpec(type, field).kind === 'doc') slots.set(`${record} ${field}`, { record, field, type });
    }
    return [...slots.values()].filter(({ record, field }) => {
      const open = this.#openIn(record, field);
      return open.length > least && open.every(({ id }) => hlcMillis(id) < before);
    });
  };

  docParts = (
    record: string,
    field: string,
  ): { readonly base: readonly Hlc[]; readonly seen: readonly Hlc[]; readonly state: string } | null => {
    const state = this.#content.states.get(record);
    const fold = state?.fields.get(field);
    const head = fold?.heads[0];
    if (!state || !head || !fold.seen || isDeleted(state)) return null;
    const base = this.#openIn(record, field)
      .map(({ id }) => id)
      .sort();
    return { base, seen: fold.seen, state: head.value as string };
  };

  // What the vault offers beside sync

  /** A person's edit: durable, and acknowledged, when it returns. Undefined when it would change nothing. */
  commit(draft: DraftBatch, actor: string, undoes?: string): ChangeSet | undefined {
    return this.transaction(() => {
      const { set } = stampBatch(draft, {
        clock: this.#clock,
        actor,
        stateOf: (id) => this.#content.states.get(id),
        ...(undoes === undefined ? {} : { undoes }),
      });
      for (const change of set.changes) this.append(change, set.batch, false, []);
      return set.changes.length > 0 ? set : undefined;
    });
  }

  /** What a hand-over file brings, as the vault takes it in. What comes from the future is left to sync. */
  ingest(rows: readonly LoggedChange[]): void {
    this.transaction(() => {
      for (const { change, batch } of rows) {
        if (this.has(change.id) || !this.receive(change.id).ok) continue;
        try {
          this.append(change, batch, true, []);
        } catch (error) {
          if (!(error instanceof AppFailure) || error.error.code !== 'change.invalid') throw error;
        }
      }
    });
  }

  states(): ReadonlyMap<string, RecordState> {
    return this.#content.states;
  }

  /** The changes that count. */
  live(): readonly LoggedChange[] {
    return this.#content.rows.filter(({ change }) => !this.#isWithdrawn(change.id));
  }
}
