/** Who may read a thing while people disagree about it: the most careful of what they said (SYNC-MERGE-3). */
import type { Visibility } from '../model/records.ts';
import { readVisibility, stricter } from '../note/blocks.ts';
import type { Head, Json } from './types.ts';

type Where = 'value' | 'member';

const isElement = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The visibility of a head; undefined for an element that was removed and so says nothing. */
function visibilityIn(where: Where, { value }: Head): Visibility | undefined {
  if (where === 'value') return readVisibility(value);
  return isElement(value) ? readVisibility(value['visibility']) : undefined;
}

function strictest(where: Where, heads: readonly Head[]): Visibility | undefined {
  let found: Visibility | undefined;
  for (const head of heads) {
    const visibility = visibilityIn(where, head);
    if (visibility) found = found ? stricter(found, visibility) : visibility;
  }
  return found;
}

/** The head that holds among concurrent ones; `heads` newest first. Its value may be the newest's with a stricter mark. */
export function mostCareful(where: Where, heads: readonly Head[], newest: Head): Head {
  const visibility = strictest(where, heads);
  if (visibility === undefined || visibilityIn(where, newest) === visibility) return newest;
  if (where === 'value') return heads.find((head) => visibilityIn(where, head) === visibility) ?? newest;
  return isElement(newest.value) ? { ...newest, value: { ...newest.value, visibility } } : newest;
}

/** True when concurrent heads do not agree about who may read. */
export const visibilitiesDiffer = (where: Where, heads: readonly Head[]): boolean =>
  new Set(heads.map((head) => visibilityIn(where, head)).filter((visibility) => visibility !== undefined)).size > 1;
