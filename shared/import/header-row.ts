/** Finds the header: after titles and explanations, over one to three rows with merged cells, or not there at all. */
import { isKnownHeader, matchHeader } from './header-match.ts';
import { type Cell, cellText, oneLine, type Table } from './table.ts';
import { looksLikePerson } from './values/names.ts';
import { hasLegalForm } from './values/organisations.ts';

export interface HeaderPlace {
  /** Positions in `table.rows`; `top` is -1 when the table has no header. */
  readonly top: number;
  readonly bottom: number;
  readonly headers: readonly string[];
}
const LOOKS_AT = 40;
const FARTHEST = 300;
export const VALUE = /@|^\+?[\d\s().,\-/:₽$€%]+$|^\d|^https?:/i;

export const filledCells = (row: readonly Cell[]): number => row.filter((cell) => cellText(cell).trim() !== '').length;

interface RowScore {
  readonly known: number;
  readonly filled: number;
  readonly values: number;
  readonly score: number;
}

function scoreRow(row: readonly Cell[]): RowScore {
  let exact = 0;
  let guessed = 0;
  let filled = 0;
  let values = 0;
  const seen = new Set<string>();
  for (const cell of row) {
    const text = oneLine(cellText(cell));
    if (text === '') continue;
    filled += 1;
    if (isKnownHeader(text)) exact += seen.has(text.toLowerCase()) ? 0.3 : 1;
    else if (VALUE.test(text) || text.length > 80 || (typeof cell !== 'string' && cell.kind !== 'text')) values += 1;
    else if (text.length <= 40 && matchHeader(text)) guessed += 1;
    seen.add(text.toLowerCase());
  }
  const known = exact + guessed * 0.6;
  return { known, filled, values, score: filled === 0 ? 0 : known - values * 1.2 + (known / filled) * 1.5 };
}

/** Copies merged cells over their whole range, so that a group title stands above each of its columns. */
function spread(table: Table, row: number): string[] {
  const width = Math.max(...[row, row + 1, row + 2].map((i) => table.rows[i]?.length ?? 0));
  const texts = Array.from({ length: width }, (_, column) => oneLine(cellText(table.rows[row]?.[column])));
  for (const merge of table.merges) {
    if (row < merge.top || row > merge.bottom) continue;
    const text = oneLine(cellText(table.rows[merge.top]?.[merge.left]));
    for (let column = merge.left; column <= merge.right; column += 1) texts[column] = text;
  }
  return texts;
}

/** Joins header rows column by column with « / »; equal neighbours once. Blank cells take the group title to their left. */
function joinRows(table: Table, top: number, bottom: number): string[] {
  const lines: string[][] = [];
  for (let row = top; row <= bottom; row += 1) lines.push(spread(table, row));
  const width = Math.max(...lines.map((line) => line.length));
  for (let k = 0; k < lines.length - 1; k += 1) {
    const upper = lines[k] as string[];
    const lower = lines[k + 1] as string[];
    for (let column = 1; column < width; column += 1) {
      const blank = (upper[column] ?? '') === '';
      // A blank upper cell belongs to the group on its left when both stand over a filled lower cell.
      if (blank && (lower[column] ?? '') !== '' && (lower[column - 1] ?? '') !== '' && (upper[column - 1] ?? '') !== '')
        upper[column] = upper[column - 1] as string;
    }
  }
  return Array.from({ length: width }, (_, column) => {
    const parts: string[] = [];
    for (const line of lines) {
      const text = line[column] ?? '';
      if (text !== '' && parts.at(-1) !== text) parts.push(text);
    }
    return parts.join(' / ');
  });
}

/** True when `row` continues a header in the row above it: words without values, filling gaps or standing under groups. */
function continuesHeader(table: Table, above: number, row: number): boolean {
  const lower = table.rows[row];
  const upper = table.rows[above];
  if (!lower || !upper) return false;
  const score = scoreRow(lower);
  if (score.filled < 2 || score.values > 0) return false;
  const merged = table.merges.some(
    (merge) => merge.top <= above && merge.bottom >= above && (merge.right > merge.left || merge.bottom > merge.top),
  );
  const width = Math.max(upper.length, lower.length);
  let gaps = 0;
  let under = 0;
  for (let column = 0; column < width; column += 1) {
    const a = cellText(upper[column]).trim();
    const b = cellText(lower[column]).trim();
    if (a === '' && b !== '') gaps += 1;
    if (a !== '' && b !== '') under += 1;
  }
  const gappy = gaps >= 1 && under >= 1;
  return (merged || gappy) && score.known / score.filled >= 0.45;
}

/** Duplicate headers get a number, empty ones a name by position: «Телефон (2)», «Столбец 4» as `#4`. */
function unique(headers: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headers.map((header, i) => {
    const name = header === '' ? `#${i + 1}` : header;
    const times = (counts.get(name.toLowerCase()) ?? 0) + 1;
    counts.set(name.toLowerCase(), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Columns whose cells below a row hold values (days, numbers, addresses) though the row itself holds words. */
function valueColumns(row: readonly Cell[], below: readonly (readonly Cell[])[]): number {
  let columns = 0;
  for (let column = 0; column < row.length; column += 1) {
    const title = oneLine(cellText(row[column]));
    const texts = below.map((next) => oneLine(cellText(next[column]))).filter(Boolean);
    if (title !== '' && !VALUE.test(title) && texts.length > 0 && texts.every((text) => VALUE.test(text))) columns += 1;
  }
  return columns;
}

/** A header nobody knows: the first full row of distinct words above rows that hold values. */
function structuralHeader(table: Table): number {
  const width = Math.max(0, ...table.rows.slice(0, LOOKS_AT).map(filledCells));
  if (width < 2) return -1;
  for (let i = 0; i < Math.min(5, table.rows.length - 1); i += 1) {
    const row = table.rows[i] as readonly Cell[];
    const texts = row.map((cell) => oneLine(cellText(cell))).filter(Boolean);
    if (texts.length < Math.max(2, width * 0.7)) continue;
    const plain = texts.every((text) => !VALUE.test(text) && text.length <= 40);
    const distinct = new Set(texts).size === texts.length;
    const columns = valueColumns(row, table.rows.slice(i + 1, i + 21));
    if (!plain || !distinct || columns === 0) return -1;
    // Words of a language nobody taught us stand over two kinds of values; a person without a telephone does not.
    const strange = columns >= 2 && !texts.some((text) => looksLikePerson(text) || hasLegalForm(text));
    return scoreRow(row).known > 0 || strange ? i : -1;
  }
  return -1;
}

/** A header after a long preamble: every word of it known. */
function farHeader(table: Table): number {
  for (let i = LOOKS_AT; i < Math.min(FARTHEST, table.rows.length - 1); i += 1) {
    const score = scoreRow(table.rows[i] as readonly Cell[]);
    if (score.known >= 2 && score.values === 0 && score.known / score.filled >= 0.8) return i;
  }
  return -1;
}

/** A row with an address or a telephone in it beside something else: it tells of somebody. */
function isReachable(row: readonly Cell[]): boolean {
  const texts = row.map((cell) => oneLine(cellText(cell))).filter(Boolean);
  const reach = (text: string): boolean =>
    /\S@\S+\.\p{L}{2}/u.test(text) || (/^[+\d][\d\s().-]*$/.test(text) && /^\d{10,12}$/.test(text.replace(/\D/g, '')));
  return texts.length >= 2 && texts.some(reach);
}

/** Finds the header. `chosen` is a position in `table.rows` picked by a person, -1 for «no header». */
export function findHeader(table: Table, chosen?: number): HeaderPlace {
  const width = Math.max(0, ...table.rows.slice(0, 2000).map((row) => row.length));
  const none = (): HeaderPlace => ({ top: -1, bottom: -1, headers: unique(Array.from({ length: width }, () => '')) });
  if (chosen === -1 || table.rows.length === 0) return none();
  let best = -1;
  if (chosen !== undefined) best = chosen;
  else {
    let bestScore = 0;
    let pure = false;
    let people = false;
    for (let i = 0; i < Math.min(LOOKS_AT, table.rows.length); i += 1) {
      const row = table.rows[i] as readonly Cell[];
      const score = scoreRow(row);
      // Once people follow a header it is the header; the same words further down repeat it on the next page.
      if (best >= 0 && pure && people) break;
      if (best >= 0 && isReachable(row)) people = true;
      const enough =
        score.known >= 2 ||
        (score.known >= 1 && score.filled <= 2 && width <= 2) ||
        (score.known >= 1 && score.filled >= 2 && score.values === 0 && i === 0);
      if (!enough || score.known / score.filled < 0.25 || score.values > score.known) continue;
      // Earlier rows win: data may repeat a word of the header.
      if (score.score > bestScore + (best >= 0 ? 0.5 : 0)) {
        bestScore = score.score;
        best = i;
        pure = score.values === 0;
        people = false;
      }
    }
    if (best < 0) best = structuralHeader(table);
    if (best < 0) best = farHeader(table);
  }
  if (best < 0) return none();
  let top = best;
  let bottom = best;
  if (chosen === undefined) {
    if (
      top > 0 &&
      filledCells(table.rows[top - 1] as readonly Cell[]) >= 1 &&
      continuesHeader(table, top - 1, top) &&
      scoreRow(table.rows[top - 1] as readonly Cell[]).values === 0
    ) {
      const above = table.rows[top - 1] as readonly Cell[];
      // A title over the table is one lonely cell; a group row has several or is merged over some columns only.
      const merge = table.merges.find((one) => one.top <= top - 1 && one.bottom >= top - 1);
      if (filledCells(above) >= 2 || (merge && merge.right - merge.left + 1 < width * 0.8)) top -= 1;
    }
  }
  while (bottom - top < 2 && continuesHeader(table, bottom, bottom + 1)) bottom += 1;
  const headers = joinRows(table, top, bottom);
  while (headers.length < width) headers.push('');
  return { top, bottom, headers: unique(headers) };
}
