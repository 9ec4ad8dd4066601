/**
 * Text → rows. Papaparse does the work (RFC 4180); a quote that was never closed, or that swallowed whole records,
 * is found afterwards and the file is read again line by line with that quote as an ordinary character.
 */
import Papa from 'papaparse';
import { declaredLength, guessDelimiter } from './delimiter.ts';
import type { Table } from './table.ts';
import { alignedColumns, cards, unwrapped, withoutSpacesAroundQuotes } from './text-shapes.ts';
import type { ImportProblem } from './views.ts';

export interface ParsedText {
  readonly table: Table;
  readonly delimiter: string;
}

function countNewlines(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}

/** Fields of one line; quotes that do not close on the line are ordinary characters. */
function splitLine(line: string, delimiter: string): { readonly fields: string[]; readonly odd: boolean } {
  const fields: string[] = [];
  let odd = false;
  let i = 0;
  for (;;) {
    if (line[i] === '"') {
      let j = i + 1;
      let value = '';
      let closed = false;
      while (j < line.length) {
        if (line[j] === '"') {
          if (line[j + 1] === '"') {
            value += '"';
            j += 2;
            continue;
          }
          closed =
            line.startsWith(delimiter, j + 1) ||
            line.slice(j + 1).trim() === '' ||
            new RegExp(`^ +[${delimiter}]`).test(line.slice(j + 1));
          break;
        }
        value += line[j] as string;
        j += 1;
      }
      if (closed) {
        fields.push(value);
        const next = line.indexOf(delimiter, j + 1);
        if (next < 0) return { fields, odd };
        i = next + delimiter.length;
        continue;
      }
      odd = true;
    }
    const next = line.indexOf(delimiter, i);
    const field = next < 0 ? line.slice(i) : line.slice(i, next);
    // An opening quote without its fellow says nothing.
    fields.push(field[0] === '"' && field.indexOf('"', 1) < 0 ? field.slice(1) : field);
    if (next < 0) return { fields, odd };
    i = next + delimiter.length;
  }
}

/** A record that begins at line `from` read by the rule; null when its quote is not closed within 500 lines. */
function strictRecord(
  lines: readonly string[],
  from: number,
  delimiter: string,
): { readonly fields: readonly string[]; readonly last: number } | null {
  let text = lines[from] as string;
  for (let last = from; last < Math.min(lines.length, from + 500); last += 1) {
    if (last > from) text += `\n${lines[last]}`;
    // An even number of quotes is needed to close; cheap test before a full parse.
    if ((text.split('"').length - 1) % 2 !== 0) continue;
    const parsed = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
    if (parsed.errors.length === 0 && parsed.data.length === 1) return { fields: parsed.data[0] as string[], last };
    if (last === from) return null;
  }
  return null;
}

function usualWidth(lines: readonly string[], delimiter: string): number {
  const frequency = new Map<number, number>();
  for (const line of lines.slice(0, 2000)) {
    const { fields, odd } = splitLine(line, delimiter);
    if (!odd && fields.length > 1) frequency.set(fields.length, (frequency.get(fields.length) ?? 0) + 1);
  }
  let best = 0;
  let times = 0;
  for (const [width, n] of frequency) {
    if (n > times) {
      best = width;
      times = n;
    }
  }
  return best;
}

function recover(text: string, delimiter: string): { rows: string[][]; numbers: number[]; problems: ImportProblem[] } {
  const lines = text.split('\n');
  const width = usualWidth(lines, delimiter);
  const rows: string[][] = [];
  const numbers: number[] = [];
  const problems: ImportProblem[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] as string;
    const { fields, odd } = splitLine(line, delimiter);
    let taken: readonly string[] = fields;
    let last = i;
    if (odd) {
      const strict = strictRecord(lines, i, delimiter);
      const swallowed =
        strict !== null &&
        width >= 2 &&
        lines.slice(i + 1, strict.last + 1).some((inner) => {
          const alone = splitLine(inner, delimiter);
          return !alone.odd && alone.fields.length === width;
        });
      if (strict && !swallowed && strict.last > i) {
        taken = strict.fields;
        last = strict.last;
      } else if (!strict || swallowed)
        problems.push({ row: i + 1, column: '', code: 'unbalancedQuote', severity: 'warning' });
    }
    rows.push([...taken]);
    numbers.push(i + 1);
    i = last;
  }
  return { rows, numbers, problems };
}

/** True when a quoted field holds lines that are whole records of the table. */
function swallowsRecords(rows: readonly (readonly string[])[], delimiter: string): boolean {
  const frequency = new Map<number, number>();
  for (const row of rows) frequency.set(row.length, (frequency.get(row.length) ?? 0) + 1);
  const width = [...frequency].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  if (width < 2) return rows.some((row) => row.some((field) => countNewlines(field) > 50));
  for (const row of rows) {
    for (const field of row) {
      if (!field.includes('\n')) continue;
      const inner = field.split('\n').slice(1);
      if (width >= 3 && inner.some((line) => splitLine(line, delimiter).fields.length === width)) return true;
      if (row.length !== width && inner.some((line) => splitLine(line, delimiter).fields.length >= width)) return true;
    }
  }
  return false;
}

/** What our own CSV for Excel makes of a text that would be a formula (shared/export/csv.ts). */
const DISARMED = /^''*(?:[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/u;

/**
 * A field as its author meant it: programs write ="0012" or '+7916… so that Excel keeps a text, and 79161234567.0 where a
 * whole number passed through a floating point column.
 */
export function plainField(field: string): string {
  const last = field.charCodeAt(field.length - 1);
  if (last === 34 && field.startsWith('="') && field.length > 2) return field.slice(2, -1).replaceAll('""', '"');
  if (field.charCodeAt(0) === 39 && (/^'[+\d=@-][^\p{L}']*$/u.test(field) || DISARMED.test(field)))
    return field.slice(1);
  if (last === 48 && /^\s*\d{6,20}\.0\s*$/.test(field)) return field.trim().slice(0, -2);
  return field;
}

/** The sign around fields: a program that writes 'so' does it with every field of every line. */
function quoteSign(text: string, delimiter: string): string {
  const lines = text.split('\n', 20).filter((line) => line !== '');
  const wrapped = (line: string): boolean =>
    line.startsWith("'") && line.endsWith("'") && line.length > 1 && line.includes(`'${delimiter}'`);
  return lines.length > 1 && !text.includes('"') && lines.every(wrapped) ? "'" : '"';
}

const plainTable = (
  name: string,
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
  problems: readonly ImportProblem[],
): Table => ({ name, hidden: false, rows, numbers, merges: [], epoch: 1900, problems });

/** Parses a decoded text table. `delimiter` overrides the guess. */
export function parseText(
  source: string,
  options: { readonly delimiter?: string; readonly name?: string } = {},
): ParsedText {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  let guess = guessDelimiter(text);
  const skip = declaredLength(text);
  let body = skip > 0 ? text.slice(skip) : text;
  const listed = options.delimiter === undefined && !guess.declared ? cards(body) : null;
  if (listed) return { table: plainTable(options.name ?? '', listed.rows, listed.numbers, []), delimiter: ':' };
  const aligned = options.delimiter === undefined && guess.oneColumn ? alignedColumns(body) : null;
  if (aligned !== null) {
    body = aligned;
    guess = { delimiter: '\t', declared: false, oneColumn: false };
  }
  let delimiter = options.delimiter ?? guess.delimiter;
  if (body.includes('"')) body = withoutSpacesAroundQuotes(body, delimiter);
  const firstLine = skip > 0 ? 2 : 1;
  const parsed = Papa.parse<string[]>(body, { delimiter, newline: '\n', quoteChar: quoteSign(body, delimiter) });
  let rows: string[][] = parsed.data;
  let numbers: number[] = [];
  let problems: ImportProblem[] = [];
  const quotes = body.includes('"');
  if (quotes && (parsed.errors.some((error) => error.type === 'Quotes') || swallowsRecords(rows, delimiter))) {
    ({ rows, numbers, problems } = recover(body, delimiter));
    if (firstLine > 1) {
      numbers = numbers.map((number) => number + 1);
      problems = problems.map((problem) => ({ ...problem, row: problem.row + 1 }));
    }
  } else {
    let line = firstLine;
    for (const row of rows) {
      numbers.push(line);
      line += 1;
      if (quotes) for (const field of row) line += countNewlines(field);
    }
  }
  const wrapped = quotes ? unwrapped(rows, delimiter) : null;
  if (wrapped) {
    ({ rows } = wrapped);
    if (!options.delimiter && guess.oneColumn) ({ delimiter } = wrapped);
  }
  // A line of addresses, as it is copied from a letter: each is a row.
  const [only] = rows;
  if (rows.filter((row) => row.some((field) => field.trim() !== '')).length === 1 && only && only.length >= 2) {
    const fields = only.filter((field) => field.trim() !== '');
    if (fields.every((field) => /^[^@]*<?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?\s*$/.test(field))) {
      rows = fields.map((field) => [field]);
      numbers = fields.map((_, i) => i + 1);
    }
  }
  for (const row of rows) for (let i = 0; i < row.length; i += 1) row[i] = plainField(row[i] as string);
  while (rows.length > 0 && (rows.at(-1) as string[]).every((field) => field.trim() === '')) {
    rows.pop();
    numbers.pop();
  }
  if (!options.delimiter && guess.oneColumn && !wrapped && rows.length > 1) {
    problems.push({ row: 0, column: '', code: 'oneColumn', severity: 'info' });
  }
  return { table: plainTable(options.name ?? '', rows, numbers, problems), delimiter };
}
