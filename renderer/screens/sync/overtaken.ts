/** Which of the changes that wait can still be taken back. */
import type { PendingChange } from '../../../shared/sync/view.ts';

/**
 * Ids of those, oldest first, after which the same field was changed again: taking one back would change nothing. One that
 * the server refused is never among them, since it is withdrawn with what builds on it.
 */
export function overtakenOf(
  changes: readonly Pick<PendingChange, 'id' | 'record' | 'field' | 'reason'>[],
): ReadonlySet<string> {
  const overtaken = new Set<string>();
  const later = new Set<string>();
  for (const { id, record, field, reason } of changes.toReversed()) {
    const key = `${record} ${field}`;
    if (reason === null && later.has(key)) overtaken.add(id);
    later.add(key);
  }
  return overtaken;
}
