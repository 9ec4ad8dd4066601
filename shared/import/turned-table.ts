/** Tables that lie on their side: headers in the first column, one record in each column beside it. */
import { isKnownHeader, matchHeader } from './header-match.ts';
import { type Cell, cellText, oneLine, type Table } from './table.ts';

/** Records beside the headers; a sheet with more of them is a table of figures. */
const MOST_RECORDS = 200;
const MOST_FIELDS = 200;
/** «Параметр | Значение» over such a table. */
const CAPTION = /^(?:поле|параметр|показатель|реквизит|наименование поля|field|property|parameter|attribute|key)$/iu;

const textOf = (cell: Cell | undefined): string => oneLine(cellText(cell));

/** The table turned upright, or null when it stands. Rows are numbered as the columns were, from 1. */
export function turned(table: Table): Table | null {
  const rows = table.rows.slice(0, MOST_FIELDS + 1);
  if (table.rows.length > MOST_FIELDS) return null;
  const filled = rows.filter((row) => row.some((cell) => textOf(cell) !== ''));
  const left = Math.min(...filled.map((row) => row.findIndex((cell) => textOf(cell) !== '')));
  // Words above the table stand alone in their row.
  const lines = filled.filter((row) => row.some((cell, i) => i > left && textOf(cell) !== ''));
  const body = lines.filter((row, i) => !(i === 0 && CAPTION.test(textOf(row[left]))));
  if (body.length < 3) return null;
  let exact = 0;
  let guessed = 0;
  for (const row of body) {
    const title = textOf(row[left]);
    if (title === '' || title.length > 60) return null;
    if (isKnownHeader(title)) exact += 1;
    else if (matchHeader(title)) guessed += 1;
    // A standing table has its headers in one row.
    if (row.some((cell, i) => i > left && isKnownHeader(textOf(cell)))) return null;
  }
  const fields = new Set(body.map((row) => matchHeader(textOf(row[left]))?.field ?? ''));
  if (exact < 3 || (exact + guessed) / body.length < 0.6 || fields.size < 3) return null;
  const width = Math.max(...body.map((row) => row.length));
  const records: (readonly Cell[])[] = [body.map((row) => textOf(row[left]))];
  const numbers = [left + 1];
  for (let column = left + 1; column < width; column += 1) {
    const cells = body.map((row): Cell => row[column] ?? '');
    if (cells.every((cell) => textOf(cell) === '')) continue;
    records.push(cells);
    numbers.push(column + 1);
  }
  if (records.length < 2 || records.length > MOST_RECORDS) return null;
  const { hiddenRows: _rows, ...rest } = table;
  return {
    ...rest,
    rows: records,
    numbers,
    merges: [],
    problems: [...table.problems, { row: 0, column: '', code: 'turnedTable', severity: 'info' }],
  };
}
