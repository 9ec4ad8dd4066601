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
import { mergeDocs } from './doc.ts';
import type { Change, FieldState, Head, Hlc, Json, RecordState } from './types.ts';

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
): FieldState {
  if (state.heads.some((head) => head.id === change.id)) return state;
  const expected = state.awaited?.includes(change.id) ?? false;
  let heads = state.heads;
  let awaited = expected ? without(state.awaited, change.id) : state.awaited;
  for (const base of change.base) {
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

function applyDoc(state: FieldState, change: Change, value: Json): FieldState {
  if (typeof value !== 'string') return state;
  const seen = state.seen ?? [];
  if (seen.includes(change.id)) return state;
  const device = hlcDevice(change.id);
  const previous = seen.find((id) => hlcDevice(id) === device);
  const nextSeen =
    previous !== undefined && previous > change.id
      ? seen
      : [...seen.filter((id) => id !== previous), change.id].sort(compareHlc);
  const head = state.heads[0];
  if (!head) return fieldState([{ id: change.id, value, batch: change.batch }], undefined, nextSeen);
  const newest = head.id > change.id ? head : change;
  const merged = mergeDocs([head.value as string, value]);
  return fieldState([{ id: newest.id, value: merged, batch: newest.batch }], undefined, nextSeen);
}

function applyField(
  type: string,
  state: FieldState,
  change: Change,
  field: string,
  value: Json,
  isKnown: IsKnown | undefined,
): FieldState {
  return fieldSpec(type, field).kind === 'doc'
    ? applyDoc(state, change, value)
    : applyRegister(state, change, field, value, isKnown);
}

function expansion(change: Change): readonly (readonly [string, Json])[] {
  if (change.field !== '$new') return [[change.field, change.value]];
  if (typeof change.value !== 'object' || change.value === null || Array.isArray(change.value)) return [];
  return Object.entries(change.value);
}

/**
 * The record's state after one more change of it. `change` must be valid (see `validateChange`) and of this record.
 * `isKnown` tells of bases whether they have been folded before; with it `awaited` is exact.
 */
export function applyChange(state: RecordState | undefined, change: Change, isKnown?: IsKnown): RecordState {
  const fields: Record<string, FieldState> = state ? { ...state.fields } : {};
  for (const [field, value] of expansion(change)) {
    const before = Object.hasOwn(fields, field) ? (fields[field] ?? EMPTY) : EMPTY;
    fields[field] = applyField(change.type, before, change, field, value, isKnown);
  }
  const deletion = Object.hasOwn(fields, '$deleted') ? fields.$deleted : undefined;
  if (deletion?.awaited?.includes(change.id) && change.field !== '$deleted') {
    fields.$deleted = fieldState(deletion.heads, without(deletion.awaited, change.id));
  }
  return {
    id: change.record,
    // Two devices can only disagree about the type of an id by a fault; the first by clock decides, in any order.
    type: state && state.first < change.id ? state.type : change.type,
    fields,
    first: state && state.first < change.id ? state.first : change.id,
    last: state && state.last > change.id ? state.last : change.id,
  };
}

/** Folds changes of any number of records, skipping those whose id came before. Returns states by record id. */
export function foldChanges(changes: Iterable<Change>): Map<string, RecordState> {
  const states = new Map<string, RecordState>();
  const known = new Set<Hlc>();
  const isKnown: IsKnown = (id) => known.has(id);
  for (const change of changes) {
    if (known.has(change.id)) continue;
    states.set(change.record, applyChange(states.get(change.record), change, isKnown));
    known.add(change.id);
  }
  return states;
}
