/** Bringing text to one form, so that equal words compare equal whatever their case, accents and spelling of ё. */

const MARKS = /\p{M}+/gu;
const NOT_ASCII_OR_CYRILLIC = /[^\u0000-\u007f\u0400-\u045f]/;

/**
 * The form in which text is compared, sorted and searched: lower case, ё as е, no diacritics; й stays й because it is a
 * letter of its own. Idempotent.
 */
export function searchKey(text: string): string {
  const lower = text.toLowerCase();
  // Most text is plain ASCII or Cyrillic and needs no decomposition.
  if (!NOT_ASCII_OR_CYRILLIC.test(lower)) return lower.includes('ё') ? lower.replaceAll('ё', 'е') : lower;
  const kept = lower.normalize('NFC').replaceAll('й', '\u0001').replaceAll('ў', '\u0002').replaceAll('ї', '\u0003');
  return kept
    .normalize('NFD')
    .replace(MARKS, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('đ', 'd')
    .replaceAll('\u0001', 'й')
    .replaceAll('\u0002', 'ў')
    .replaceAll('\u0003', 'ї')
    .normalize('NFC')
    .toLowerCase();
}

/** Words of a text in search form: runs of letters and digits. */
export function searchWords(text: string): readonly string[] {
  return searchKey(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Only the decimal digits 0–9 of a text; digits of other scripts are brought to them. */
export function digitsOnly(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9]/g, '');
}

/**
 * Orders names as people expect: by search form, numbers by value («Этап 2» before «Этап 10»). Depends on no locale, so
 * every machine sorts alike. Negative, zero or positive.
 */
export function naturalCompare(a: string, b: string): number {
  const left = searchKey(a).match(/\d+|\D+/g) ?? [];
  const right = searchKey(b).match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const x = left[i] as string;
    const y = right[i] as string;
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const p = x.replace(/^0+(?=\d)/, '');
      const q = y.replace(/^0+(?=\d)/, '');
      if (p.length !== q.length) return p.length - q.length;
      if (p !== q) return p < q ? -1 : 1;
      continue;
    }
    return x < y ? -1 : 1;
  }
  if (left.length !== right.length) return left.length - right.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A key whose plain text order is near `naturalCompare`: numbers are padded to equal length. For columns that a database
 * or a browser's index sorts byte by byte.
 */
export function naturalKey(text: string): string {
  return searchKey(text)
    .trim()
    .replace(/^[«"'„“(]+/u, '')
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(10, '0'));
}
