/** Comparing JSON values. */
import type { Json } from './types.ts';

/** True when two values are the same; the order of object keys does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameJson(item, b[i]));
  }
  const left = a as Readonly<Record<string, Json>>;
  const right = b as Readonly<Record<string, Json>>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}

/**
 * An object for keys that hardly repeat, such as the elements of sets. An ordinary one would give each key a shape of its
 * own, which costs more than all else that is done with a record.
 */
export const newDictionary = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
