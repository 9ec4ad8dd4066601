/** A table → header, columns, data rows and the rows that are none, with reasons. */
import { recogniseColumns, samplesOf } from './columns.ts';
import { excludeRow, findHeader, type HeaderPlace, type RowExclusion } from './header-row.ts';
import { type Cell, cellText, type GivenTable, type Table } from './table.ts';
import type { ColumnView, ImportProblem } from './views.ts';

export interface DataRow {
  /** As the spreadsheet shows it, 1-based. */
  readonly number: number;
  readonly cells: readonly Cell[];
  /** Set for rows that are read but are no data. */
  readonly excluded?: RowExclusion | 'hidden' | 'group';
}
export interface Recognised {
  readonly header: HeaderPlace;
  /** Number of the (last) header row as the spreadsheet shows it; 0 without a header. */
  readonly headerRow: number;
  readonly preset: string;
  readonly columns: readonly ColumnView[];
  /** Every row below the header that is not blank. */
  readonly rows: readonly DataRow[];
  readonly problems: readonly ImportProblem[];
}

const isBlank = (row: readonly Cell[]): boolean => row.every((cell) => cell === '' || cellText(cell).trim() === '');

/** A table that names its own columns: every row is data, whatever its words. */
function recogniseGiven(table: Table, { preset, headers, fields, skipped }: GivenTable): Recognised {
  const rows = table.rows.map((cells, i): DataRow => {
    const excluded = skipped.get(i);
    return { number: table.numbers[i] as number, cells, ...(excluded ? { excluded } : {}) };
  });
  return {
    header: { top: -1, bottom: -1, headers },
    headerRow: 0,
    preset,
    columns: headers.map((header, index) => ({
      index,
      header,
      field: fields[index] as string,
      confidence: 1,
      samples: samplesOf(table.rows, index),
    })),
    rows,
    problems: table.problems,
  };
}

/** Understands a table. `headerRow`: number of the header row chosen by a person, 0 for none. */
export function recognise(table: Table, options: { readonly headerRow?: number } = {}): Recognised {
  if (table.given) return recogniseGiven(table, table.given);
  let chosen: number | undefined;
  if (options.headerRow !== undefined) chosen = options.headerRow === 0 ? -1 : table.numbers.indexOf(options.headerRow);
  const header = findHeader(table, chosen);
  const problems: ImportProblem[] = [...table.problems];
  const rows: DataRow[] = [];
  const from = header.bottom + 1;
  let last = table.rows.length - 1;
  while (last >= from && isBlank(table.rows[last] as readonly Cell[])) last -= 1;
  for (let i = from; i <= last; i += 1) {
    const cells = table.rows[i] as readonly Cell[];
    if (isBlank(cells)) continue;
    // What a person does not see in the spreadsheet is not imported behind their back.
    const excluded = table.hiddenRows?.has(i) ? 'hidden' : excludeRow(cells, header, i === last);
    const number = table.numbers[i] as number;
    rows.push(excluded ? { number, cells, excluded } : { number, cells });
  }
  // Columns without a header and without a value are an artefact of saving.
  const data = rows.filter((row) => !row.excluded).map((row) => row.cells);
  const { preset, columns } = recogniseColumns(header.headers, data, header.top >= 0);
  const used = columns.filter((column) => column.samples.length > 0 || !/^#\d+$/.test(column.header));
  const spread = table.merges.filter((merge) => merge.top > header.bottom && merge.bottom > merge.top).length;
  if (spread > 0)
    problems.push({ row: 0, column: '', code: 'mergedData', params: { count: spread }, severity: 'warning' });
  if (header.top < 0 && rows.length > 0) problems.push({ row: 0, column: '', code: 'noHeader', severity: 'warning' });
  return {
    header,
    headerRow: header.top < 0 ? 0 : (table.numbers[header.bottom] as number),
    preset,
    columns: used,
    rows,
    problems,
  };
}
