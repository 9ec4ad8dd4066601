/** Shapes that delimited text takes on its way through careless programs, brought back to plain delimited text. */
import Papa from 'papaparse';
import { guessDelimiter } from './delimiter.ts';
import { isKnownHeader } from './header-match.ts';

const escaped = (delimiter: string): string => (/[|^$.*+?()[\]{}\\]/.test(delimiter) ? `\\${delimiter}` : delimiter);

/** `"a", "b"`: quotes that stand after spaces are quotes when most lines have them so. */
export function withoutSpacesAroundQuotes(text: string, delimiter: string): string {
  if (delimiter === ' ' || !text.includes(`${delimiter} `)) return text;
  const d = escaped(delimiter);
  const spaced = new RegExp(`(^|${d})[ \\t]+("(?:[^"\\n]|"")*")[ \\t]*(?=${d}|\\n|$)`, 'gm');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  spaced.lastIndex = 0;
  const having = lines.filter((line) => line.search(spaced) >= 0).length;
  return having * 2 >= lines.length ? text.replace(spaced, '$1$2') : text;
}

/**
 * Whole records in quotes, as they come from a table that was pasted into one column and saved again:
 * `"Иванов;8916…;a@x.ru"`. Rows that hold one field are read once more when that gives them the table's width. Null when
 * nothing is wrapped.
 */
export function unwrapped(
  rows: readonly string[][],
  delimiter: string,
): { readonly rows: string[][]; readonly delimiter: string } | null {
  const single = rows.filter((row) => row.length === 1 && (row[0] as string).trim() !== '');
  const wide = rows.filter((row) => row.length > 1);
  if (single.length < 2 || single.length < rows.length / 2) return null;
  const inner = single.map((row) => row[0] as string).join('\n');
  const guess = wide.length > 0 ? { delimiter, oneColumn: false } : guessDelimiter(inner);
  if (guess.oneColumn) return null;
  const again = (text: string): string[] =>
    Papa.parse<string[]>(text, { delimiter: guess.delimiter, newline: '\n' }).data[0] ?? [text];
  const widths = new Map<number, number>();
  for (const row of wide) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  if (wide.length === 0)
    for (const row of single) {
      const { length } = again(row[0] as string);
      widths.set(length, (widths.get(length) ?? 0) + 1);
    }
  const width = [...widths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1;
  if (width < 2) return null;
  let changed = 0;
  const out = rows.map((row) => {
    if (row.length !== 1) return [...row];
    const fields = again(row[0] as string);
    if (fields.length !== width) return [...row];
    changed += 1;
    return fields;
  });
  return changed * 2 >= single.length ? { rows: out, delimiter: guess.delimiter } : null;
}

/** Columns aligned with spaces («Иванов Иван    8916…    a@x.ru»): two spaces or more part the fields. Null for anything else. */
export function alignedColumns(text: string): string | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return null;
  const widths = new Map<number, number>();
  for (const line of lines.slice(0, 500)) {
    const pieces = line.trim().split(/ {2,}/).length;
    widths.set(pieces, (widths.get(pieces) ?? 0) + 1);
  }
  const [width = 1, times = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (width < 2 || times < Math.min(500, lines.length) * 0.8) return null;
  return text.replace(/(?<=\S) {2,}(?=\S)/g, '\t');
}

const CARD_LINE = /^\s*([^:;,\t|]{2,40}?)\s*:\s*(\S.*)?$/;

/**
 * Cards instead of a table: «ФИО: Лесов Пётр» and below it «Телефон: …», one card after another. As rows under the
 * names of the lines, with the line where each card begins; null for anything else.
 */
export function cards(text: string): { readonly rows: string[][]; readonly numbers: number[] } | null {
  const lines = text.split('\n');
  const filled = lines.slice(0, 400).filter((line) => line.trim() !== '');
  const known = filled.filter((line) => isKnownHeader(CARD_LINE.exec(line)?.[1] ?? ''));
  if (known.length < 3 || known.length < filled.length * 0.6) return null;
  const names: string[] = [];
  const found: { readonly line: number; readonly values: Map<string, string> }[] = [];
  let card: Map<string, string> | null = null;
  let last = '';
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') {
      card = null;
      continue;
    }
    const match = CARD_LINE.exec(line);
    const name = match ? (match[1] as string) : last;
    if (name === '') continue;
    // The same name again begins the next card, with a blank line or without.
    if (!card || (match && card.has(name))) {
      card = new Map();
      found.push({ line: i + 1, values: card });
    }
    if (!names.includes(name)) names.push(name);
    const value = match ? (match[2] ?? '') : line;
    const before = card.get(name);
    card.set(name, before ? `${before}\n${value}` : value);
    last = name;
  }
  if (names.length < 2) return null;
  return {
    rows: [names, ...found.map(({ values }) => names.map((name) => values.get(name) ?? ''))],
    numbers: [found[0]?.line ?? 1, ...found.map(({ line }) => line)],
  };
}
