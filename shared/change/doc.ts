/** Merging of Yjs documents as base64 updates. */
import * as Y from 'yjs';
import { VISIBILITY_ATTRIBUTE } from '../note/blocks.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';

/**
 * An empty document that forgets deleted text but never a replaced visibility mark: of two marks set concurrently Yjs
 * shows one, and `shared/note/marks.ts` must still find the other.
 */
export const newDoc = (): Y.Doc => new Y.Doc({ gcFilter: (item) => item.parentSub !== VISIBILITY_ATTRIBUTE });

/**
 * The state that contains all the updates, as one update. Parts that depend on an update which is not there yet are
 * carried along and take effect when it arrives. Throws when an update is not one.
 */
export function mergeDocs(updates: readonly string[]): string {
  const doc = newDoc();
  for (const update of updates) Y.applyUpdate(doc, decodeBase64(update));
  const merged = encodeBase64(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return merged;
}

/** True when the text is base64 of a well-formed Yjs update. */
export function isDocUpdate(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  try {
    Y.decodeUpdate(decodeBase64(value));
    return true;
  } catch {
    return false;
  }
}
