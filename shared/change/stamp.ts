/** From what a screen asks for to changes with clock, batch and base. */
import { fieldSpec } from '../model/schema.ts';
import type { Clock } from './clock.ts';
import { applyChange, type IsKnown } from './fold.ts';
import { sameJson } from './json.ts';
import { basesFor, inConflict, isDeleted, shownHead } from './state.ts';
import type { Batch, Change, ChangeSet, DraftBatch, DraftChange, Json, RecordState } from './types.ts';

export interface StampOptions {
  readonly clock: Clock;
  readonly actor: string;
  /** The batch taken back, for kind `undo`. */
  readonly undoes?: string;
  /** Current state of a record; undefined when there is none. Asked once per record. */
  readonly stateOf: (record: string) => RecordState | undefined;
}

export interface Stamped {
  readonly set: ChangeSet;
  /** State after the batch, of every record that it changed. */
  readonly states: ReadonlyMap<string, RecordState>;
}

/** Every base of a local change has been folded: it was taken from the state. */
const ALL_KNOWN: IsKnown = () => true;

/**
 * Gives each change its clock reading and base. Changes that would change nothing are dropped, unless they settle a
 * conflict. `$new` for a record that exists becomes one change per field, and takes it out of the bin. Deletions come last, because what was
 * written to the record in the same batch is older than its deletion. The set may end up empty.
 */
export function stampBatch(draft: DraftBatch, options: StampOptions): Stamped {
  const { clock, stateOf } = options;
  const batch: Batch = {
    id: clock.tick(),
    kind: draft.kind,
    actor: options.actor,
    device: clock.device,
    time: Math.floor(clock.now()),
    ...(options.undoes === undefined ? {} : { undoes: options.undoes }),
    ...(draft.label === undefined ? {} : { label: draft.label }),
  };
  const loaded = new Map<string, RecordState | undefined>();
  const states = new Map<string, RecordState>();
  const changes: Change[] = [];
  const revived: DraftChange[] = [];

  const before = new Map<string, RecordState | undefined>();

  const stamp = ({ record, field, value, type: asked, beside }: DraftChange): void => {
    if (!loaded.has(record)) {
      const found = stateOf(record);
      loaded.set(record, found);
      before.set(record, found);
    }
    const state = loaded.get(record);
    if (field === '$new' && state) {
      for (const [name, element] of Object.entries(value as Record<string, Json>))
        stamp({ type: asked, record, field: name, value: element });
      if (isDeleted(state)) revived.push({ type: asked, record, field: '$deleted', value: false });
      return;
    }
    if (state && !beside && changesNothing(state, field, value)) return;
    if (!state && (value === null || field === '$deleted')) return;
    const type = state?.type ?? asked;
    const change: Change = {
      id: clock.tick(),
      batch: batch.id,
      type,
      record,
      field,
      value,
      base: basesFor(beside ? before.get(record) : state, field),
    };
    const next = applyChange(state, change, ALL_KNOWN);
    if (
      state &&
      fieldSpec(type, field).kind === 'doc' &&
      shownHead(state, field)?.value === shownHead(next, field)?.value
    )
      return;
    loaded.set(record, next);
    states.set(record, next);
    changes.push(change);
  };

  for (const change of draft.changes) if (change.field !== '$deleted') stamp(change);
  for (const change of revived) stamp(change);
  for (const change of draft.changes) if (change.field === '$deleted') stamp(change);
  return { set: { batch, changes }, states };
}

function changesNothing(state: RecordState, field: string, value: Json): boolean {
  if (fieldSpec(state.type, field).kind === 'doc') return false;
  if (inConflict(state, field)) return false;
  if (field === '$deleted') return isDeleted(state) === value;
  const shown = shownHead(state, field);
  return sameJson(shown?.value ?? null, value);
}
