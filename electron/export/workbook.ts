/**
 * A workbook (ECMA-376) of one sheet: every text is a typed text cell and every day a number with a date format. There are no
 * formula cells, so that nothing a person or an imported file has written can be executed, and nothing needs a sign in front
 * that would spoil it.
 */
import { type Cell as SheetCell, rangeRef, writeXlsx } from 'hucre';
import { parsePlainDate, toDayNumber } from '../../shared/dates/plain-date.ts';
import type { Cell, Table } from '../../shared/export/table.ts';

/** Longest text of a cell. */
const LONGEST = 32_767;
/** Day 25569 of the 1900 system is 1970-01-01; before March 1900 the system counts a day that never was. */
const EPOCH = 25_569;
const FIRST_DAY = 61;
const WIDTH = 22;
/** Text that stays text when it is edited. */
const AS_TEXT = { numFmt: '@' };
const AS_DAY = { numFmt: 'yyyy\\-mm\\-dd' };
const HEADER = { font: { bold: true } };

/** Characters XML cannot hold are left out; `_x000D_` and its like are kept from being read as escapes. */
const holdable = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- control characters are what is left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_');

/** At most as many UTF-16 units as a cell takes, never half a character. */
const cut = (text: string): string =>
  text.length <= LONGEST ? text : text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/u, '') + '…';

const textOf = (cell: Cell | undefined): string | null =>
  cell === undefined ? null : cut(holdable(cell.kind === 'date' ? cell.date : cell.text));

/** The day's number in the 1900 system; undefined for what is no day of it. */
function serialOf(cell: Cell | undefined): number | undefined {
  if (cell?.kind !== 'date' || parsePlainDate(cell.date) === null) return undefined;
  const serial = toDayNumber(cell.date) + EPOCH;
  return serial < FIRST_DAY ? undefined : serial;
}

/** The bytes of the `.xlsx`. */
export function toWorkbook({ name, headers, rows }: Table): Promise<Uint8Array> {
  const cells = new Map<string, Partial<SheetCell>>();
  for (const [i, header] of headers.entries())
    cells.set(`0,${i}`, { value: cut(holdable(header)), type: 'string', style: HEADER });
  for (const [n, row] of rows.entries())
    for (const [i, cell] of row.entries()) {
      const value = serialOf(cell);
      if (value !== undefined) cells.set(`${n + 1},${i}`, { value, type: 'number', style: AS_DAY });
    }
  return writeXlsx({
    sheets: [
      {
        name: name.replace(/[[\]:*?/\\]/gu, ' ').slice(0, 31),
        columns: headers.map(() => ({ width: WIDTH, ...AS_TEXT })),
        rows: [headers.map(holdable), ...rows.map((row) => headers.map((_, i) => textOf(row[i])))],
        cells,
        freezePane: { rows: 1 },
        autoFilter: { range: rangeRef(0, 0, rows.length, Math.max(0, headers.length - 1)) },
      },
    ],
  });
}
