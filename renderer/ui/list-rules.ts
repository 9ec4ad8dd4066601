/** How lists order, find and fit what they show. */
import { searchKey } from '../../shared/text/search-key.ts';

/** Orders values as lists show them: numbers by size, text by its search form, nothing last. */
export function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  const emptyA = a === undefined || a === '';
  const emptyB = b === undefined || b === '';
  if (emptyA || emptyB) return emptyA === emptyB ? 0 : emptyA ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Index of the row whose text begins with what was typed, searching from `from` and around; −1 when none does. */
export function typeAheadIndex(texts: (index: number) => string, count: number, from: number, typed: string): number {
  const wanted = searchKey(typed);
  for (let step = 0; step < count; step += 1) {
    const index = (from + step) % count;
    if (searchKey(texts(index)).startsWith(wanted)) return index;
  }
  return -1;
}

/** How many columns, from the first, have room; at least one. */
export function columnsThatFit(widths: readonly number[], room: number): number {
  let used = 0;
  let count = 0;
  for (const width of widths) {
    used += width;
    if (used > room && count > 0) break;
    count += 1;
  }
  return count;
}
