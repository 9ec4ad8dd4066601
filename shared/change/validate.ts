/** What a change must look like before it enters the log. Made by hand: imports check hundreds of thousands. */
import { fieldName, isKnownField, fieldSpec } from '../model/schema.ts';
import { fail, ok, type Result } from '../result.ts';
import { isHlc } from './clock.ts';
import { isDocUpdate, squashOf } from './doc.ts';
import type { Batch, BatchKind, Change, Json } from './types.ts';

/** Longest text in a value, in UTF-16 units. */
export const MAX_TEXT = 4_000_000;
const MAX_DEPTH = 32;
const MAX_ITEMS = 20_000;
const MAX_BASE = 20_000;
const MAX_NEW_FIELDS = 5_000;
const TYPE = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const BATCH_KINDS: ReadonlySet<string> = new Set<BatchKind>([
  'edit',
  'import',
  'merge',
  'undo',
  'sync',
  'restore',
  'sample',
]);
/** Names that mean something to JavaScript objects. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isRecordId(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length > 0 && value.length <= 64 && !CONTROL.test(value) && !FORBIDDEN.has(value)
  );
}

/** True for `name`, `name/key`, `$new`, `$deleted` and `$name` of a newer app. */
export function isFieldPath(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 200) return false;
  if (value.startsWith('$')) return FIELD_NAME.test(value.slice(1));
  const name = fieldName(value);
  if (!FIELD_NAME.test(name) || FORBIDDEN.has(name)) return false;
  if (name.length === value.length) return true;
  const key = value.slice(name.length + 1);
  return key.length > 0 && key !== '__proto__' && !CONTROL.test(key);
}

/** Null when the value is JSON within the limits, else what is wrong with it. */
function problemOf(value: unknown, depth = 0): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'number';
  if (typeof value === 'string') return value.length <= MAX_TEXT ? null : 'tooLong';
  if (typeof value !== 'object') return 'notJson';
  if (depth >= MAX_DEPTH) return 'tooDeep';
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) return 'tooMany';
    for (const item of value) {
      const problem = problemOf(item, depth + 1);
      if (problem) return problem;
    }
    return null;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return 'notJson';
  const entries = Object.entries(value);
  if (entries.length > MAX_ITEMS) return 'tooMany';
  for (const [key, item] of entries) {
    if (key === '__proto__') return 'name';
    const problem = problemOf(item, depth + 1);
    if (problem) return problem;
  }
  return null;
}

/** Checks one field and its value. `strict`: also that a known set gets elements and a known single field gets one value. */
function problemOfField(type: string, field: string, value: unknown, strict: boolean): string | null {
  if (!isFieldPath(field)) return 'field';
  const problem = problemOf(value);
  if (problem) return problem;
  if (field === '$deleted') return typeof value === 'boolean' ? null : 'value';
  if (fieldSpec(type, field).kind === 'doc') {
    // A screen writes updates; squashes are made by the vault.
    const state = strict || typeof value === 'string' ? value : squashOf(value as Json)?.state;
    if (!isDocUpdate(state)) return 'document';
  }
  if (strict && !field.startsWith('$') && isKnownField(type, field)) {
    if (field.includes('/') !== (fieldSpec(type, field).kind === 'set')) return 'field';
  }
  return null;
}

function problemOfPath(type: string, field: string, value: unknown, strict: boolean): string | null {
  if (field !== '$new') return problemOfField(type, field, value, strict);
  if (!isRecord(value)) return 'value';
  const entries = Object.entries(value);
  if (entries.length > MAX_NEW_FIELDS) return 'tooMany';
  for (const [name, element] of entries) {
    if (name.startsWith('$')) return 'field';
    const problem = problemOfField(type, name, element, strict);
    if (problem) return problem;
  }
  return null;
}

/** Checks what a screen or an importer asks for: null, or the technical name of the problem. */
export function problemOfDraft(change: {
  readonly type: string;
  readonly record: string;
  readonly field: string;
  readonly value: Json;
}): string | null {
  if (!TYPE.test(change.type)) return 'type';
  if (!isRecordId(change.record)) return 'record';
  return problemOfPath(change.type, change.field, change.value, true);
}

/**
 * A change from elsewhere, checked: shape, names that are safe on objects, sizes, and that its base is older than
 * itself. Fails with `change.invalid` and the name of the problem as `reason`; the caller sets such a change aside.
 */
export function validateChange(value: unknown): Result<Change> {
  const invalid = (reason: string) => fail('change.invalid', { reason });
  if (!isRecord(value)) return invalid('shape');
  const { id, batch, type, record, field, base } = value;
  if (!isHlc(id)) return invalid('id');
  if (!isRecordId(batch)) return invalid('batch');
  if (typeof type !== 'string' || !TYPE.test(type)) return invalid('type');
  if (!isRecordId(record)) return invalid('record');
  if (!isFieldPath(field)) return invalid('field');
  if (!Array.isArray(base) || base.length > MAX_BASE) return invalid('base');
  for (const one of base) if (!isHlc(one) || one >= id) return invalid('base');
  const problem = problemOfPath(type, field, value.value, false);
  if (problem) return invalid(problem);
  return ok({ id, batch, type, record, field, value: value.value as Json, base: base as string[] });
}

/** A batch from elsewhere, checked. Fails with `change.invalid`. */
export function validateBatch(value: unknown): Result<Batch> {
  const invalid = (reason: string) => fail('change.invalid', { reason });
  if (!isRecord(value)) return invalid('shape');
  const { id, kind, actor, device, time, undoes, label } = value;
  if (!isRecordId(id)) return invalid('batch');
  if (typeof kind !== 'string' || !BATCH_KINDS.has(kind)) return invalid('kind');
  if (typeof actor !== 'string' || actor.length > 200) return invalid('actor');
  if (typeof device !== 'string' || !/^[0-9a-f]{16}$/.test(device)) return invalid('device');
  if (typeof time !== 'number' || !Number.isSafeInteger(time)) return invalid('time');
  if (undoes !== undefined && !isRecordId(undoes)) return invalid('undoes');
  if (label !== undefined && (typeof label !== 'string' || label.length > 200)) return invalid('label');
  return ok({
    id,
    kind: kind as BatchKind,
    actor,
    device,
    time,
    ...(undoes === undefined ? {} : { undoes }),
    ...(label === undefined ? {} : { label }),
  });
}
