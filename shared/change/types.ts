/** The change log's vocabulary. See docs/architecture.md "Change, clock, merge". */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A hybrid logical clock reading that is also the change's id: sortable as text, unique per device.
 * 12 hex digits of milliseconds, 4 hex digits of counter, 16 hex digits of device, joined by `-`.
 */
export type Hlc = string;

/** Why a batch was made. */
export type BatchKind = 'edit' | 'import' | 'merge' | 'undo' | 'sync' | 'restore' | 'sample';

/** One person's intent: all its changes are committed together or not at all. */
export interface Batch {
  readonly id: string;
  readonly kind: BatchKind;
  readonly actor: string;
  readonly device: string;
  /** Milliseconds since the epoch, by the device's own clock. */
  readonly time: number;
  /** Batch that this one takes back, when kind is `undo`. */
  readonly undoes?: string;
  /** Short message key with parameters, for the history. */
  readonly label?: string;
}

/**
 * One field of one record set to one value.
 * `field` is a field name, `name/key` for an element of a set, or:
 * - `$new`: the record's first state; value is an object of field (or `name/key`) → value,
 * - `$deleted`: value true (to the bin) or false (back).
 * For a `doc` field the value is one base64 Yjs update, or a `Squash`.
 */
export interface Change {
  /** The clock reading; identifies the change for ever. */
  readonly id: Hlc;
  readonly batch: string;
  readonly type: string;
  readonly record: string;
  readonly field: string;
  readonly value: Json;
  /** Ids of the changes whose values this one was made on top of (usually one; several when it settles a conflict). */
  readonly base: readonly Hlc[];
}

/**
 * The merged state of a document's updates, which the change names as its bases. It says nothing of its own: in the fold
 * it counts as the edits in it.
 */
export interface Squash {
  /** Base64. */
  readonly state: string;
  /** The newest edit of each device that is in it. */
  readonly seen: readonly Hlc[];
}

/** A batch with its changes, as it travels. */
export interface ChangeSet {
  readonly batch: Batch;
  readonly changes: readonly Change[];
}

/** One value of a field that no later change has replaced. More than one = concurrent edits. */
export interface Head {
  readonly id: Hlc;
  readonly value: Json;
  readonly batch: string;
  /** Only for `$deleted`: what its author had seen of the record (the change's `base`). */
  readonly base?: readonly Hlc[];
}

/** The fold of all changes of one field. */
export interface FieldState {
  /** Newest first by clock. Exactly one unless edits were concurrent. For `doc` fields: one head with the merged update. */
  readonly heads: readonly Head[];
  /** Changes named as a base that have not arrived yet, in ascending order. */
  readonly awaited?: readonly Hlc[];
  /** Only for `doc` fields: the newest change of each device that the merged update contains, in ascending order. */
  readonly seen?: readonly Hlc[];
}

/** The fold of all changes of one record. */
export interface RecordState {
  readonly id: string;
  readonly type: string;
  /** Keyed by field or `name/key`, in the order in which they were first said here. */
  readonly fields: ReadonlyMap<string, FieldState>;
  /** Smallest and greatest clock seen. */
  readonly first: Hlc;
  readonly last: Hlc;
}

/** A difference that a person should see: derived from the heads alone, so that every device derives the same. */
export interface Conflict {
  readonly record: string;
  readonly type: string;
  readonly field: string;
  /**
   * The value shown now, and the values that differ from it, newest first. Where the shown value is the newest with a
   * more careful visibility, the newest as it was written stands among the others.
   */
  readonly shown: Head;
  readonly others: readonly Head[];
  /** True when both values must be shown until a person decides. */
  readonly open: boolean;
}

/** A change as a screen or an importer asks for it: the vault adds clock, batch and base. */
export interface DraftChange {
  readonly type: string;
  readonly record: string;
  readonly field: string;
  readonly value: Json;
  /**
   * One of several values that the batch gives to the field side by side: a conflict opened again. Each replaces what stood
   * there before the batch, even by the same value.
   */
  readonly beside?: true;
}

/** A batch as it is asked for. */
export interface DraftBatch {
  readonly kind: BatchKind;
  readonly label?: string;
  readonly changes: readonly DraftChange[];
}
