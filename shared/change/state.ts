/** Reading a record's state: shown values, the bin, conflicts, bases. */
import { fieldSpec } from '../model/schema.ts';
import { mostCareful, visibilitiesDiffer } from './careful.ts';
import { compareHlc, hlcMillis } from './clock.ts';
import { newDictionary, sameJson } from './json.ts';
import type { Conflict, FieldState, Head, Hlc, Json, RecordState } from './types.ts';

/**
 * Among concurrent heads the one that is shown: for a status the strongest of its lattice, for a visibility the most
 * careful, else the newest; the newest element of a set that carries a visibility is shown with the most careful one.
 */
export function shownOf(type: string, field: string, heads: readonly Head[]): Head | undefined {
  const [newest] = heads;
  if (heads.length < 2 || !newest) return newest;
  const { kind, order, careful } = fieldSpec(type, field);
  if (careful) return mostCareful(careful, heads, newest);
  if (kind !== 'status' || !order) return newest;
  const rank = (head: Head): number => (typeof head.value === 'string' ? order.indexOf(head.value) : -1);
  // Heads are newest first, so that equal ranks fall to the newer.
  return heads.reduce((best, head) => (rank(head) > rank(best) ? head : best), newest);
}

function fieldOf(state: RecordState, field: string): FieldState | undefined {
  return state.fields.get(field);
}

/** The head whose value is shown for a field; undefined when nothing was ever written there. */
export function shownHead(state: RecordState, field: string): Head | undefined {
  const fold = fieldOf(state, field);
  return fold && shownOf(state.type, field, fold.heads);
}

/** Current heads outside `$deleted`, as ids, with the batch they came from. Documents count once per device. */
function* contentHeads(state: RecordState): Generator<{ readonly id: Hlc; readonly batch: string }> {
  for (const [field, fold] of state.fields) {
    if (field === '$deleted') continue;
    const batch = fold.heads[0]?.batch ?? '';
    if (fold.seen) for (const id of fold.seen) yield { id, batch };
    else yield* fold.heads;
  }
}

interface Deletion {
  readonly deleted: boolean;
  /** Heads that contradict what is shown, newest first; values are booleans (deleted or not). */
  readonly shown: Head | undefined;
  readonly others: readonly Head[];
}

/**
 * A record is in the bin when the shown `$deleted` is true and no content head is newer than it. Content that no
 * current deletion had seen is in conflict with it: newer content keeps the record out of the bin, older content does
 * not, and in both cases a person is told.
 */
function deletion(state: RecordState): Deletion {
  const heads = fieldOf(state, '$deleted')?.heads ?? [];
  const [shown] = heads;
  if (!shown) return { deleted: false, shown: undefined, others: [] };
  const differing = heads.filter((head) => head.value !== shown.value);
  if (shown.value !== true) return { deleted: false, shown, others: differing };
  const seen = new Set(heads.flatMap((head) => (head.value === true ? (head.base ?? []) : [])));
  const unseen = new Map<Hlc, Head>();
  for (const { id, batch } of contentHeads(state)) if (!seen.has(id)) unseen.set(id, { id, batch, value: false });
  const newestFirst = [...unseen.values()].sort((a, b) => compareHlc(b.id, a.id));
  const [newest] = newestFirst;
  if (newest && newest.id > shown.id)
    return { deleted: false, shown: newest, others: heads.filter((head) => head.value === true) };
  return { deleted: true, shown, others: [...differing, ...newestFirst].sort((a, b) => compareHlc(b.id, a.id)) };
}

/** True when two states are the same, whatever the order of their fields. */
export function sameState(a: RecordState | undefined, b: RecordState | undefined): boolean {
  if (a === b || !a || !b) return a === b;
  const fixed = ({ id, type, first, last }: RecordState): Json => [id, type, first, last];
  if (!sameJson(fixed(a), fixed(b)) || a.fields.size !== b.fields.size) return false;
  return [...a.fields].every(([name, field]) => sameJson(asJson(field), asJson(b.fields.get(name))));
}
const asJson = (field: FieldState | undefined): Json | undefined => field as unknown as Json | undefined;

/** True when the record is in the bin. */
export const isDeleted = (state: RecordState): boolean =>
  fieldOf(state, '$deleted') !== undefined && deletion(state).deleted;

/** A record as screens see it. */
export interface Materialised {
  /** Shown values; sets are maps from element key to element; documents are base64. Empty fields are left out. */
  readonly data: Readonly<Record<string, Json>>;
  readonly deleted: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The shown values of a record, including fields that this version does not know. */
export function materialise(state: RecordState): Materialised {
  const data: Record<string, Json> = {};
  const sets = newDictionary<Record<string, Json>>();
  for (const [field, fold] of state.fields) {
    if (field.startsWith('$')) continue;
    const value = shownOf(state.type, field, fold.heads)?.value;
    if (value === undefined || value === null) continue;
    const slash = field.indexOf('/');
    if (slash < 0) {
      if (!Object.hasOwn(sets, field)) data[field] = value;
      continue;
    }
    const name = field.slice(0, slash);
    if (!Object.hasOwn(sets, name)) {
      sets[name] = newDictionary<Json>();
      data[name] = sets[name];
    }
    const elements = sets[name];
    if (elements) elements[field.slice(slash + 1)] = value;
  }
  return { data, deleted: isDeleted(state), createdAt: hlcMillis(state.first), changedAt: hlcMillis(state.last) };
}

/**
 * Concurrent values that differ, one entry per field. `open` for guarded fields, deletions and differing visibilities:
 * both values must be shown until a person decides. Derived from the state alone, so every device derives the same.
 */
export function conflictsOf(state: RecordState): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const { id: record, type } = state;
  for (const [field, { heads }] of state.fields) {
    if (field === '$deleted') {
      const { shown, others } = deletion(state);
      if (shown && others.length > 0)
        conflicts.push({ record, type, field, shown: plain(shown), others: others.map(plain), open: true });
      continue;
    }
    if (heads.length < 2) continue;
    const shown = shownOf(type, field, heads);
    if (!shown) continue;
    const others = heads.filter((head) => !sameJson(head.value, shown.value));
    if (others.length > 0) conflicts.push({ record, type, field, shown, others, open: isGuarded(type, field, heads) });
  }
  return conflicts.sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
}

function isGuarded(type: string, field: string, heads: readonly Head[]): boolean {
  const { kind, guarded, careful } = fieldSpec(type, field);
  return kind === 'guarded' || guarded === true || (careful !== undefined && visibilitiesDiffer(careful, heads));
}

const plain = ({ id, value, batch }: Head): Head => ({ id, value, batch });

/**
 * The base of a change made now: the field's heads, which it replaces. For `$deleted`: every head of the record (for a
 * document the newest change of each device), because a deletion speaks about the whole record. Documents carry their
 * own causality and need none.
 */
export function basesFor(state: RecordState | undefined, field: string): readonly Hlc[] {
  if (!state) return [];
  if (field !== '$deleted') {
    if (fieldSpec(state.type, field).kind === 'doc') return [];
    return (fieldOf(state, field)?.heads ?? []).map((head) => head.id).sort(compareHlc);
  }
  const ids = new Set((fieldOf(state, '$deleted')?.heads ?? []).map((head) => head.id));
  for (const { id } of contentHeads(state)) ids.add(id);
  return [...ids].sort(compareHlc);
}

/** True when concurrent values of the field differ, or concern a deletion. */
export function inConflict(state: RecordState, field: string): boolean {
  if (field === '$deleted') return deletion(state).others.length > 0;
  const heads = fieldOf(state, field)?.heads ?? [];
  return heads.some((head) => !sameJson(head.value, heads[0]?.value));
}
