/** Taking back a batch: the changes that restore what was before, and what stays because someone went on from it. */
import { fieldSpec } from '../model/schema.ts';
import { compareHlc } from './clock.ts';
import { sameJson } from './json.ts';
import { isDeleted } from './state.ts';
import type { Change, ChangeSet, DraftChange, Hlc, Json, RecordState } from './types.ts';

export interface InvertOptions {
  /** Current state of a record; undefined when there is none. */
  readonly stateOf: (record: string) => RecordState | undefined;
  /** The value that a change gave to a field; undefined when the change is not known or does not speak about the field. */
  readonly valueOf: (change: Hlc, field: string) => Json | undefined;
}

/** Three buckets, nothing silent: each field of the batch is in one of them. */
export interface Inversion {
  readonly drafts: readonly DraftChange[];
  /** Left as it is: changed since, or a text that cannot be taken out of what was written after it. */
  readonly kept: readonly { readonly record: string; readonly field: string }[];
  readonly errored: readonly { readonly record: string; readonly field: string; readonly code: string }[];
}

/**
 * The inverse of a batch against the present. A record that the batch created goes to the bin when nobody has touched
 * it since; a field goes back to the value before the batch when the batch's value is still the only one. Works on undo
 * batches as well.
 */
export const invertBatch = (set: ChangeSet, options: InvertOptions): Inversion => invertBatches([set], options);

/** The inverse of several batches together, as if they had been one. */
export function invertBatches(sets: readonly ChangeSet[], options: InvertOptions): Inversion {
  const batches: ReadonlySet<string> = new Set(sets.map(({ batch }) => batch.id));
  const result = {
    drafts: [] as DraftChange[],
    kept: [] as { record: string; field: string }[],
    errored: [] as Inversion['errored'][number][],
  };
  const byRecord = new Map<string, Change[]>();
  const all = sets.flatMap(({ changes }) => changes);
  for (const change of sets.length === 1 ? all : all.sort((a, b) => compareHlc(a.id, b.id))) {
    const changes = byRecord.get(change.record);
    if (changes) changes.push(change);
    else byRecord.set(change.record, [change]);
  }
  for (const [record, changes] of byRecord) {
    const state = options.stateOf(record);
    if (!state) {
      for (const { field } of changes) result.errored.push({ record, field, code: 'undo.recordMissing' });
      continue;
    }
    if (changes.some((change) => change.field === '$new')) invertCreation(batches, state, result);
    else invertFields(state, changes, options, result);
  }
  return result;
}

type Buckets = {
  drafts: DraftChange[];
  kept: { record: string; field: string }[];
  errored: Inversion['errored'][number][];
};

function invertCreation(batches: ReadonlySet<string>, state: RecordState, { drafts, kept }: Buckets): void {
  const record = state.id;
  const touched = [...state.fields].filter(([field, { heads, seen }]) => {
    // Taken back and restored since: it stands as it was created.
    if (field === '$deleted' && heads.every((head) => head.value === false)) return false;
    // A document shows one head for all its authors; more than one device in it means more than one batch.
    return heads.some((head) => !batches.has(head.batch)) || (seen !== undefined && seen.length > 1);
  });
  if (touched.length === 0) drafts.push({ type: state.type, record, field: '$deleted', value: true });
  else for (const [field] of touched) kept.push({ record, field });
}

function invertFields(state: RecordState, changes: readonly Change[], options: InvertOptions, buckets: Buckets): void {
  const record = state.id;
  const byField = new Map<string, Change[]>();
  for (const change of changes) {
    const same = byField.get(change.field);
    if (same) same.push(change);
    else byField.set(change.field, [change]);
  }
  // Writing to a record that someone has deleted since would take it out of the bin.
  const goneSince = isDeleted(state) && !byField.has('$deleted');
  for (const [field, own] of byField) {
    const ids = new Set(own.map((change) => change.id));
    const heads = state.fields.get(field)?.heads ?? [];
    const ours = heads.length === 1 && heads[0] !== undefined && ids.has(heads[0].id);
    if (goneSince || !ours || fieldSpec(state.type, field).kind === 'doc') {
      buckets.kept.push({ record, field });
      continue;
    }
    const previous = valuesBefore(field, own[0] as Change, options);
    if (previous === undefined) buckets.errored.push({ record, field, code: 'undo.previousUnknown' });
    else
      for (const value of previous)
        buckets.drafts.push({
          type: state.type,
          record,
          field,
          value,
          ...(previous.length > 1 ? { beside: true } : {}),
        });
  }
}

/**
 * What stood in the field before the first of the batch's changes to it, oldest first: one value, or the several of a
 * conflict that the batch had decided, which is then open again. Undefined when that is not known any more.
 */
function valuesBefore(field: string, first: Change, { valueOf }: InvertOptions): readonly Json[] | undefined {
  const values: Json[] = [];
  for (const id of [...first.base].sort()) {
    const value = valueOf(id, field);
    // The base of a deletion also names the other fields' heads: they say nothing about `$deleted`.
    if (value === undefined && field !== '$deleted') return undefined;
    if (value !== undefined && !values.some((other) => sameJson(other, value))) values.push(value);
  }
  if (values.length === 0) return [field === '$deleted' ? false : null];
  return field === '$deleted' ? values.slice(-1) : values;
}
