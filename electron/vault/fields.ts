/** Careful reading of materialised values: they may come from another version of the app. */
import type { Json } from '../../shared/change/types.ts';

export type Data = Readonly<Record<string, Json>>;

export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
export const textOrNull = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
export const integerOrNull = (value: Json | undefined): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

/** An object value, or an empty one. */
export function object(value: Json | undefined): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

/** Elements of a set in the order they were entered in, then by key. */
export function elements(value: Json | undefined): readonly (readonly [key: string, value: Json])[] {
  const order = (element: Json): number => integerOrNull(object(element).order) ?? Number.MAX_SAFE_INTEGER;
  return Object.entries(object(value)).sort(([a, x], [b, y]) => order(x) - order(y) || (a < b ? -1 : 1));
}

/** Keys of a set, sorted. */
export const keys = (value: Json | undefined): readonly string[] => Object.keys(object(value)).sort();
