/**
 * Tells data rows from totals, page breaks, repeated headers, group titles, closing lines and other tables below; each
 * exclusion has its reason.
 */
import { isKnownHeader, matchHeader } from './header-match.ts';
import { filledCells, type HeaderPlace, VALUE } from './header-row.ts';
import { type Cell, cellText, oneLine, type Table } from './table.ts';
import { parseBoolean } from './values/lists.ts';
import { isGivenName, looksLikePerson } from './values/names.ts';
import { looksLikeOrganisation } from './values/organisations.ts';

/** Why a row is not data. */
export type RowExclusion =
  | 'total'
  | 'pageBreak'
  | 'repeatedHeader'
  | 'footer'
  | 'divider'
  | 'columnNumbers'
  /** A folder of a tree of records: it holds records and is none. */
  | 'folder'
  /** A title merged over the table that names no company. */
  | 'groupName'
  /** Another table below, with columns of its own. */
  | 'otherTable';

const TOTAL =
  /^(?:итого|всего|итог|сумма итого|общий итог|промежуточный итог|total|totals|grand totals?|subtotal|sum|count|количество записей|всего записей)(?![\p{L}])/iu;
const PAGE = /^(?:страница|стр\.?|лист|page)\s*(?:№\s*)?\d+(?:\s*(?:из|of|\/)\s*\d+)?\.?$/iu;
/** «А», “A–C”: letters that part an alphabetic list; lines drawn with signs. */
const DIVIDER = /^(?:\p{Lu}(?:\s*[-–—]\s*\p{Lu})?|[-–—=_*~.]{3,})$/u;
const FOOTER =
  /^(?:copyright|©|\(c\)|confidential information|generated (?:by|on)|report generated|конфиденциально|сформировано|отчет сформирован|отчёт сформирован|выгружено|дата выгрузки|распечатано|исполнитель:|подпись)/iu;

/** Says why a row by itself is no data, or null when it is. `isLast`: nothing but blank rows and such lines follow. */
function excludeRow(row: readonly Cell[], header: HeaderPlace, isLast: boolean): RowExclusion | null {
  let first = '';
  let filled = 0;
  let same = 0;
  let counted = 0;
  let drawn = 0;
  for (let column = 0; column < row.length; column += 1) {
    const cell = row[column] as Cell;
    if (cell === '') continue;
    const text = oneLine(cellText(cell));
    if (text === '') continue;
    filled += 1;
    if (first === '') first = text;
    if (text === String(counted + 1)) counted += 1;
    if (/^:?[-–—=_]{2,}:?$/.test(text)) drawn += 1;
    const title = header.headers[column];
    if (title !== undefined && (text === title || (title.includes(' / ') && title.split(' / ').includes(text))))
      same += 1;
  }
  if (header.top >= 0 && filled >= 2 && same >= 2 && same / filled >= 0.7) return 'repeatedHeader';
  // Printed forms number their columns below the header.
  if (header.top >= 0 && filled >= 3 && counted === filled) return 'columnNumbers';
  if (filled >= 2 && drawn === filled) return 'divider';
  if (first.length > 60 && !FOOTER.test(first)) return null;
  if (filled === 1 && row.length >= 2 && DIVIDER.test(first)) return 'divider';
  if (TOTAL.test(first)) return 'total';
  if (filled <= 2 && PAGE.test(first)) return 'pageBreak';
  if (filled <= 2 && FOOTER.test(first)) return 'footer';
  return isLast && filled === 1 && row.length >= 4 && /^(?:\*|примечание:|note:)/iu.test(first) ? 'footer' : null;
}

const isBlank = (row: readonly Cell[] | undefined): boolean => row === undefined || filledCells(row) === 0;
const base = (text: string): string => (matchHeader(text)?.field ?? '').replace(/#.*$/, '');
const SOLID = /^(?:name|phone|email|org\.|party|birthday|jobTitle|address|contract)/;

/**
 * A row that is made of known headers only: the fields it names, by column. Null for data. The first cell decides for
 * most rows, so that the question costs little.
 */
function headerFields(row: readonly Cell[]): ReadonlyMap<number, string> | null {
  const fields = new Map<number, string>();
  for (let column = 0; column < row.length; column += 1) {
    const cell = row[column] as Cell;
    if (cell === '') continue;
    const text = oneLine(cellText(cell));
    if (text === '') continue;
    if (text.length > 40 || VALUE.test(text) || !isKnownHeader(text)) return null;
    fields.set(column, base(text));
  }
  // «Дилер | Партнёр» are two values of one kind.
  return new Set([...fields.values()].filter((field) => SOLID.test(field))).size >= 2 ? fields : null;
}

/** The header in other words («First Name» and below it «Имя») repeats it. */
function repeats(fields: ReadonlyMap<number, string>, own: ReadonlyMap<number, string>): boolean {
  let same = 0;
  for (const [column, field] of fields) if (own.get(column)?.split('.')[0] === field.split('.')[0]) same += 1;
  return same >= 2 && same / fields.size >= 0.6;
}

/** Words below a table that nobody reaches anybody with: a remark, a signature, a title. */
const isWords = (text: string): boolean =>
  !VALUE.test(text) &&
  !/\S@\S|\d{5}/.test(text) &&
  !looksLikePerson(text) &&
  !looksLikeOrganisation(text) &&
  !isGivenName(text.split(' ')[0] as string);
const REMARK =
  /^(?:\*|прим(?:\.|ечани[ея])|обновл|актуал|составил|подготов|источник|по состоянию|note|updated|source)/iu;

/** Position of the first of the closing lines: single cells of words, after a blank row or written as remarks. */
function closingLines(table: Table, header: HeaderPlace): number {
  const width = header.headers.length;
  const { rows } = table;
  let first = rows.length;
  if (width < 3) return first;
  let known = rows.length;
  for (let i = rows.length - 1; i > header.bottom + 1; i -= 1) {
    const row = rows[i] as readonly Cell[];
    if (isBlank(row)) {
      // What stands after the last gap is none of the table.
      if (known > i) first = Math.min(first, known);
      continue;
    }
    if (filledCells(row) !== 1) break;
    const text = oneLine(cellText(row.find((cell) => cellText(cell).trim() !== '')));
    if (FOOTER.test(text) || TOTAL.test(text)) continue;
    if (!isWords(text)) break;
    known = i;
    if (REMARK.test(text)) first = Math.min(first, i);
  }
  return first;
}

/** «Отдел продаж», «Поставщики» alone in the column of names: a title over people. */
const UNIT =
  /^(?:(?:отдел|управление|служба|департамент|филиал|группа|сектор|цех|бюро|дирекция|подразделение|участок|department|division|team|branch)(?!\p{L})|(?:бухгалтерия|администрация|руководство|поставщики|клиенты|партн[её]ры|покупатели|заказчики|сотрудники|коллеги|друзья|прочие|остальные|разное|customers|clients|suppliers|partners|others|friends|colleagues)$)/iu;
const FOLDER = /^(?:это группа|этогруппа|is ?folder|признак группы)$/i;

function isUnit(row: readonly Cell[], own: ReadonlyMap<number, string>): boolean {
  const column = row.findIndex((cell) => cellText(cell).trim() !== '');
  return (own.get(column) ?? '').startsWith('name.') && UNIT.test(oneLine(cellText(row[column])));
}

/** Position in `table.rows` → why the row is no data. Only rows below the header; hidden rows are no concern of this. */
export function excludedRows(table: Table, header: HeaderPlace): ReadonlyMap<number, RowExclusion> {
  const out = new Map<number, RowExclusion>();
  const { rows } = table;
  let last = rows.length - 1;
  while (last > header.bottom && isBlank(rows[last])) last -= 1;
  const own = new Map(header.headers.map((title, column) => [column, base(title)] as const));
  const folder = header.headers.findIndex((title) => FOLDER.test(title));
  const closing = header.top >= 0 ? closingLines(table, header) : rows.length;
  const wide = new Set(
    table.merges
      .filter((merge) => merge.top === merge.bottom && merge.right - merge.left + 1 >= Math.max(3, own.size * 0.6))
      .map((merge) => merge.top),
  );
  for (let i = header.bottom + 1; i <= last; i += 1) {
    const row = rows[i] as readonly Cell[];
    if (isBlank(row)) continue;
    if (header.top >= 0) {
      const fields = headerFields(row);
      if (fields && repeats(fields, own)) {
        out.set(i, 'repeatedHeader');
        continue;
      }
      if (fields && i > header.bottom + 1) {
        // Other columns under other names, after a gap or a title of their own.
        const titled = filledCells(rows[i - 1] ?? []) === 1 && isBlank(rows[i - 2]);
        if (titled) out.set(i - 1, 'otherTable');
        if (titled || isBlank(rows[i - 1])) {
          for (let k = i; k <= last; k += 1) if (!isBlank(rows[k])) out.set(k, 'otherTable');
          return out;
        }
      }
      if (folder >= 0 && parseBoolean(cellText(row[folder])) === true) {
        out.set(i, 'folder');
        continue;
      }
    }
    const alone = excludeRow(row, header, i === last);
    if (alone) out.set(i, alone);
    else if (filledCells(row) !== 1) continue;
    else if (i >= closing) out.set(i, 'footer');
    else if (own.size > 1 && isUnit(row, own)) out.set(i, 'groupName');
    else if (wide.has(i)) {
      const text = oneLine(cellText(row.find((cell) => cellText(cell).trim() !== '')));
      if (!looksLikeOrganisation(text) && !looksLikePerson(text)) out.set(i, 'groupName');
    }
  }
  return out;
}
