/**
 * CSV in two kinds, since no single one is safe and true at once. For programs: RFC 4180, every text as it is. For Excel:
 * what a spreadsheet program would take for a formula is disarmed, which changes the text by one character in front; our
 * import takes it away again.
 */
import type { Language } from '../i18n/catalogue.ts';
import { type Cell, cellText, type Table } from './table.ts';

export type CsvKind = 'excel' | 'programs';

/**
 * What spreadsheet programs take for the beginning of a formula: `= + - @`, their full-width forms, tabs and line breaks
 * before anything; also behind spaces and signs that are not seen.
 */
const ARMED = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;
/** With an extension said in words. */
const PHONE = /^\+?[\d\s().-]+(?:\s\p{L}+\.?\s?\d+)?$/u;
/** Numbers are no formulas: «-5», «+3,5». */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/u;

/**
 * The table as text. For Excel: byte order mark, `;` where Russian settings expect it, lines end in CRLF, an apostrophe
 * before armed texts, a space before telephone numbers with a plus (an apostrophe would be dialled; without either they
 * become sums). For programs: `,`, CRLF, UTF-8 without a mark, nothing changed.
 */
export function toCsv(table: Table, kind: CsvKind, language: Language): string {
  const delimiter = kind === 'excel' && language === 'ru' ? ';' : ',';
  const special = new RegExp(`["\\r\\n\\t${delimiter}]|^\\s|\\s$`, 'u');
  const quoted = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const field = (cell: Cell | undefined): string => quoted(kind === 'excel' ? disarmed(cell) : cellText(cell));
  const lines = [
    table.headers.map((header) => field({ kind: 'text', text: header })),
    ...table.rows.map((row) => row.map(field)),
  ];
  return `${kind === 'excel' ? '\ufeff' : ''}${lines.map((line) => `${line.join(delimiter)}\r\n`).join('')}`;
}

function disarmed(cell: Cell | undefined): string {
  const text = cellText(cell);
  if (cell?.kind === 'phone' && text.startsWith('+') && text.split(', ').every((one) => PHONE.test(one)))
    return ` ${text}`;
  // What begins with an apostrophe before a sign gets another, so that our import gives back the one that was written.
  return ARMED.test(text.replace(/^'+/u, '')) && !NUMBER.test(text) ? `'${text}` : text;
}
