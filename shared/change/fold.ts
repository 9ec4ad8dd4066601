/**
 * The fold: from changes to the state of a record. It depends only on *which* changes have been seen, never on the
 * order in which they came.
 *
 * A field is a multi-value register over the graph that `base` spans: its heads are the changes that no other seen
 * change names in its `base`. One head is the usual case; more than one means that people edited without knowing of
 * each other. `awaited` holds the ids that were named and have not been seen, so that a change which arrives after its
 * successor does not become a head.
 *
 * `doc` fields hold one head with the merged Yjs state. `$deleted` is a register like any other, whose base names
 * every head of the record that its author had seen (see `basesFor`); its heads keep that base, because what a
 * deletion had not seen decides whether it is in conflict.
 *
 * The log delivers each change once (its id is unique). `applyChange` recognises a second delivery while the change is
 * still a head, and for documents always.
 */
import { fieldSpec } from '../model/schema.ts';
import { compareHlc, hlcDevice } from './clock.ts';
import { mergeDocs, squashOf } from './doc.ts';
import type { Change, FieldState, Head, Hlc, Json, RecordState, Squash } from './types.ts';

/** Tells whether a change has been folded before; without it every base that is no head counts as awaited. */
export type IsKnown = (id: Hlc) => boolean;

const EMPTY: FieldState = { heads: [] };

function without(ids: readonly Hlc[] | undefined, id: Hlc): readonly Hlc[] | undefined {
  if (!ids?.includes(id)) return ids;
  return ids.filter((other) => other !== id);
}

function fieldState(heads: readonly Head[], awaited: readonly Hlc[] | undefined, seen?: readonly Hlc[]): FieldState {
  return {
    heads,
    ...(awaited && awaited.length > 0 ? { awaited } : {}),
    ...(seen ? { seen } : {}),
  };
}

function insertHead(heads: readonly Head[], head: Head): readonly Head[] {
  if (heads.length === 0) return [head];
  return [...heads, head].sort((a, b) => compareHlc(b.id, a.id));
}

function applyRegister(
  state: FieldState,
  change: Change,
  field: string,
  value: Json,
  isKnown: IsKnown | undefined,
  named: readonly Hlc[],
): FieldState {
  // Most fields of most records are said once: there is nothing to look for.
  if (state === EMPTY && change.base.length === 0 && named.length === 0 && field !== '$deleted')
    return { heads: [{ id: change.id, value, batch: change.batch }] };
  if (state.heads.some((head) => head.id === change.id)) return state;
  const expected = state.awaited?.includes(change.id) ?? false;
  let heads = state.heads;
  let awaited = expected ? without(state.awaited, change.id) : state.awaited;
  const bases = field === '$deleted' || named.length === 0 ? change.base : [...change.base, ...named];
  for (const base of bases) {
    if (heads.some((head) => head.id === base)) heads = heads.filter((head) => head.id !== base);
    else if (!awaited?.includes(base) && !isKnown?.(base)) awaited = [...(awaited ?? []), base].sort(compareHlc);
  }
  if (!expected) {
    const head: Head = {
      id: change.id,
      value,
      batch: change.batch,
      ...(field === '$deleted' ? { base: change.base } : {}),
    };
    heads = insertHead(heads, head);
  }
  return fieldState(heads, awaited);
}

/** The newest change of each device, in ascending order. */
function newestOfEach(ids: Iterable<Hlc>): readonly Hlc[] {
  const byDevice = new Map<string, Hlc>();
  for (const id of ids) {
    const device = hlcDevice(id);
    const other = byDevice.get(device);
    if (other === undefined || other < id) byDevice.set(device, id);
  }
  return [...byDevice.values()].sort(compareHlc);
}

const newest = (ids: readonly Hlc[]): Hlc => ids.reduce((a, b) => (a > b ? a : b));

/** The squash that a change is, if it is one. */
const docSquash = (change: Change): Squash | null =>
  fieldSpec(change.type, change.field).kind === 'doc' ? squashOf(change.value) : null;

/**
 * A squash speaks for the edits in it. Its batch is younger than that of the edit which it is shown under, so that the
 * smaller of the two batches is the edit's own, whichever came first.
 */
function applyDoc(state: FieldState, change: Change, value: Json): FieldState {
  const squash = squashOf(value);
  const update = squash ? squash.state : value;
  if (typeof update !== 'string') return state;
  const seen = state.seen ?? [];
  const spoken = squash ? newestOfEach(squash.seen) : [change.id];
  const nextSeen = newestOfEach([...seen, ...spoken]);
  const last = newest(spoken);
  const head = state.heads[0];
  if (!head) return fieldState([{ id: last, value: update, batch: change.batch }], undefined, nextSeen);
  const batch =
    head.id === last && change.batch < head.batch ? change.batch : head.id >= last ? head.batch : change.batch;
  const id = head.id > last ? head.id : last;
  if (!squash && seen.includes(change.id)) return fieldState([{ ...head, batch }], undefined, seen);
  return fieldState([{ id, value: mergeDocs([head.value as string, update]), batch }], undefined, nextSeen);
}

function applyField(
  type: string,
  state: FieldState,
  change: Change,
  field: string,
  value: Json,
  isKnown: IsKnown | undefined,
  named: readonly Hlc[],
): FieldState {
  return fieldSpec(type, field).kind === 'doc'
    ? applyDoc(state, change, value)
    : applyRegister(state, change, field, value, isKnown, named);
}

function expansion(change: Change): readonly (readonly [string, Json])[] {
  if (change.field !== '$new') return [[change.field, change.value]];
  if (typeof change.value !== 'object' || change.value === null || Array.isArray(change.value)) return [];
  return Object.entries(change.value);
}

/**
 * The record's state after one more change of it. `change` must be valid (see `validateChange`) and of this record.
 * `isKnown` tells of bases whether they have been folded before; with it `awaited` is exact. `named` are ids that earlier
 * changes of the field, which are not here yet, are known to have replaced (docs/sync.md, SYNC-STATE-4).
 */
export function applyChange(
  state: RecordState | undefined,
  change: Change,
  isKnown?: IsKnown,
  named: readonly Hlc[] = [],
): RecordState {
  const fields = new Map(state?.fields);
  for (const [field, value] of expansion(change)) {
    const before = fields.get(field) ?? EMPTY;
    fields.set(field, applyField(change.type, before, change, field, value, isKnown, named));
  }
  const deletion = fields.get('$deleted');
  if (deletion?.awaited?.includes(change.id) && change.field !== '$deleted') {
    fields.set('$deleted', fieldState(deletion.heads, without(deletion.awaited, change.id)));
  }
  const squash = change.field.startsWith('$') ? null : docSquash(change);
  const id = squash ? newest(squash.seen) : change.id;
  return {
    id: change.record,
    // Two devices can only disagree about the type of an id by a fault; the first by clock decides, in any order.
    type: state && state.first < id ? state.type : change.type,
    fields,
    first: state && state.first < id ? state.first : id,
    last: state && state.last > id ? state.last : id,
  };
}

/**
 * Folds changes of any number of records, skipping those whose id came before. Returns states by record id. `namedOf`: see
 * `applyChange`.
 */
export function foldChanges(
  changes: Iterable<Change>,
  namedOf: (id: Hlc) => readonly Hlc[] = () => [],
): Map<string, RecordState> {
  const states = new Map<string, RecordState>();
  const known = new Set<Hlc>();
  const isKnown: IsKnown = (id) => known.has(id);
  for (const change of changes) {
    if (known.has(change.id)) continue;
    states.set(change.record, applyChange(states.get(change.record), change, isKnown, namedOf(change.id)));
    known.add(change.id);
  }
  return states;
}
