/** The one way in which screens change anything: a batch of changes, acknowledged by the vault. */
import type { DraftBatch } from '../../shared/change/types.ts';
import type { Json } from '../../shared/change/types.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { notify } from '../ui/toast.tsx';
import { errorText, translate } from './i18n.ts';
import { call } from './ipc.ts';
import { track, useStatus } from './status.ts';

const UNDO_DEPTH = 200;
/** Batches made here, newest last: what Ctrl+Z takes back. */
const made: string[] = [];
/** Takes away the toast that offers to undo a batch. */
const offers = new Map<string, () => void>();

export interface CommitOptions {
  /** Said in a toast with an undo button, e.g. after a deletion. */
  readonly toast?: string;
  /** Typing in an editor has its own undo: false keeps the batch out of Ctrl+Z. */
  readonly undoable?: boolean;
}

/** Shows an error until it is closed. */
export function showError(error: AppError): void {
  notify({ text: errorText(error), tone: 'error' });
}

/**
 * Commits one intent. Success means SQLite has it on the disk. A failure is shown in a toast and returned; nothing of the
 * batch was written then.
 */
export async function commit(
  draft: DraftBatch,
  options: CommitOptions = {},
): Promise<Result<{ readonly batch: string; readonly seq: number }>> {
  const { label, ...rest } = draft;
  const result = await track(
    call('vault:commit', { ...rest, changes: [...draft.changes], ...(label === undefined ? {} : { label }) }),
  );
  if (!result.ok) {
    useStatus.setState({ problem: result.error });
    showError(result.error);
    return result;
  }
  useStatus.setState({ problem: null });
  const { batch } = result.value;
  if (options.undoable !== false) {
    made.push(batch);
    if (made.length > UNDO_DEPTH) made.shift();
  }
  if (options.toast) {
    const offer = notify({
      text: options.toast,
      action: { label: translate('common.undo'), run: () => void undoBatch(batch) },
    });
    offers.set(batch, offer);
    const [oldest] = offers.keys();
    if (offers.size > UNDO_DEPTH && oldest !== undefined) offers.delete(oldest);
  }
  return result;
}

/** Takes a batch back and says what could not be, because it was changed since. */
export async function undoBatch(batch: string): Promise<boolean> {
  const result = await track(call('vault:undo', { batch }));
  const index = made.indexOf(batch);
  if (index >= 0) made.splice(index, 1);
  offers.get(batch)?.();
  offers.delete(batch);
  if (!result.ok) {
    showError(result.error);
    return false;
  }
  const { kept, errored } = result.value;
  notify({
    text:
      kept.length + errored.length === 0
        ? translate('common.undone')
        : translate('common.undonePartly', { count: kept.length + errored.length }),
  });
  return true;
}

/** Ctrl+Z outside of texts. */
export async function undoLast(): Promise<void> {
  const batch = made.pop();
  if (batch === undefined) notify({ text: translate('common.nothingToUndo') });
  else await undoBatch(batch);
}

/** Forgets what could be undone: after a lock or a restore the batches may be gone. */
export function forgetUndo(): void {
  made.length = 0;
  offers.clear();
}

export const newId = (): string => crypto.randomUUID();

/** One field of one record. */
export const setField = (type: string, record: string, field: string, value: Json, options?: CommitOptions) =>
  commit({ kind: 'edit', changes: [{ type, record, field, value }] }, options);

/** A new record with its first values; fields of sets as `name/key`. Returns its id, or null when it was not saved. */
export async function createRecord(
  type: string,
  fields: Readonly<Record<string, Json>>,
  more: DraftBatch['changes'] = [],
): Promise<string | null> {
  const record = newId();
  const result = await commit({
    kind: 'edit',
    changes: [
      { type, record, field: '$new', value: fields },
      ...more.map((change) => ({ ...change, record: change.record || record })),
    ],
  });
  return result.ok ? record : null;
}

/** To the bin, with undo. `text` is what the toast says. */
export const deleteRecord = (type: string, record: string, text: string) =>
  commit({ kind: 'edit', changes: [{ type, record, field: '$deleted', value: true }] }, { toast: text });
