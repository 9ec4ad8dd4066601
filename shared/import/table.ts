/** A sheet as it was read: rows of cells with the row numbers that the spreadsheet program shows. */
import type { ExcelEpoch } from '../dates/excel-serial.ts';
import type { PlainDate } from '../model/records.ts';
import type { ImportProblem } from './views.ts';

/** A cell that is more than its text. Text cells are plain strings, empty ones ''. */
export interface RichCell {
  readonly kind: 'number' | 'date' | 'boolean' | 'error' | 'text';
  /** As text without loss: numbers in full decimal form, never with an exponent. */
  readonly text: string;
  readonly number?: number;
  /** Day of a cell formatted as a date. */
  readonly date?: PlainDate;
  /** Target of a hyperlink. */
  readonly link?: string;
  /** A remark attached to the cell. */
  readonly comment?: string;
  /** The day number 60 of the 1900 system: 29 February 1900, which never was. */
  readonly serial60?: boolean;
}
export type Cell = string | RichCell;

/** Zero-based, inclusive, in positions of `rows`. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}
/** What is known of a table that was made from something that names its own columns (business cards). */
export interface GivenTable {
  readonly preset: string;
  readonly headers: readonly string[];
  /** Target field of each column. */
  readonly fields: readonly string[];
  /** Line of the file where each row begins, 1-based. */
  readonly lines: readonly number[];
  /** Positions in `rows` that are no people and no organisations. */
  readonly skipped: ReadonlyMap<number, 'group'>;
}
export interface Table {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly Cell[])[];
  /** Number of each row as the spreadsheet shows it, or the line of a text file where the record begins; 1-based. */
  readonly numbers: readonly number[];
  readonly merges: readonly Merge[];
  readonly epoch: ExcelEpoch;
  /** Positions in `rows` that the spreadsheet hides (filtered or hidden by hand). */
  readonly hiddenRows?: ReadonlySet<number>;
  /** Set when nothing is left to recognise; `rows` then hold no header. */
  readonly given?: GivenTable;
  readonly problems: readonly ImportProblem[];
}

export const cellText = (cell: Cell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const PLAIN = /^[\u0020-\u007e\u0410-\u044f\u0401\u0451]*$/;
/** Text without invisible characters, composed (NFC), spaces of every width made plain, outer spaces gone. Newlines stay. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/g, ' ')
    .replace(/\r\n?/g, '\n')
    .trim();
}

/** As cleanText, on one line with single spaces. */
export function oneLine(text: string): string {
  const clean = cleanText(text);
  return /\s\s|[\n\t]/.test(clean) ? clean.replace(/\s+/g, ' ') : clean;
}

/** A number in full decimal digits: 7.9161e10 → '79161000000'. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  return value.toFixed(20).replace(/\.?0+$/, '');
}
