/** Merging of Yjs documents as base64 updates. */
import * as Y from 'yjs';
import { VISIBILITY_ATTRIBUTE } from '../note/blocks.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { isHlc } from './clock.ts';
import type { Json, Squash } from './types.ts';

/**
 * An empty document that forgets deleted text but never a replaced visibility mark: of two marks set concurrently Yjs
 * shows one, and `shared/note/marks.ts` must still find the other.
 */
export const newDoc = (): Y.Doc => new Y.Doc({ guid: '', gcFilter: (item) => item.parentSub !== VISIBILITY_ATTRIBUTE });

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

/** The squash that a document field's value is; null when it is an ordinary update or something else. */
export function squashOf(value: Json | undefined): Squash | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { state, seen } = value as Readonly<Record<string, Json>>;
  if (typeof state !== 'string' || !Array.isArray(seen) || seen.length === 0 || !seen.every(isHlc)) return null;
  return { state, seen: seen as readonly string[] };
}
