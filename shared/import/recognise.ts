/** A table → header, columns, data rows and the rows that are none, with reasons. */
import { recogniseColumns, samplesOf } from './columns.ts';
import { baseField } from './fields.ts';
import { findHeader, type HeaderPlace } from './header-row.ts';
import { excludedRows, type RowExclusion } from './row-exclusion.ts';
import { type Cell, cellText, type GivenTable, type Table } from './table.ts';
import { turned } from './turned-table.ts';
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
  /** Cells over several rows whose value may be meant for each of them: how many, and whether each was given it. */
  readonly merged: { readonly count: number; readonly filled: boolean };
}

const isBlank = (row: readonly Cell[]): boolean => row.every((cell) => cell === '' || cellText(cell).trim() === '');

/** What one cell over several rows says of each of them: the company and its place, not a telephone or a contract. */
const SHARED = /^(?:org\.|party$|department$|address\.|owner$|tags$|status$|contactType$|source$)/;

/**
 * Copies cells merged over several rows into each row they cover, in columns that may be shared; nothing is copied unless
 * `fill`. Counts merges of each kind.
 */
function fillMerged(
  table: Table,
  header: HeaderPlace,
  columns: readonly ColumnView[],
  fill: boolean,
): { readonly rows: ReadonlyMap<number, readonly Cell[]>; readonly shared: number; readonly left: number } {
  const rows = new Map<number, Cell[]>();
  let sharing = 0;
  let left = 0;
  const shared = new Set(columns.filter((column) => SHARED.test(baseField(column.field))).map((one) => one.index));
  for (const merge of table.merges) {
    if (merge.top <= header.bottom || merge.bottom <= merge.top) continue;
    const value = table.rows[merge.top]?.[merge.left];
    if (value === undefined || cellText(value).trim() === '') continue;
    if (!shared.has(merge.left)) {
      left += 1;
      continue;
    }
    sharing += 1;
    if (!fill) continue;
    for (let i = merge.top + 1; i <= Math.min(merge.bottom, table.rows.length - 1); i += 1) {
      const before = table.rows[i] as readonly Cell[];
      if (isBlank(before) || cellText(before[merge.left]).trim() !== '') continue;
      const cells = rows.get(i) ?? Array.from(before);
      while (cells.length <= merge.left) cells.push('');
      cells[merge.left] = value;
      rows.set(i, cells);
    }
  }
  return { rows, shared: sharing, left };
}

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
    merged: { count: 0, filled: false },
  };
}

/**
 * Understands a table. `headerRow`: number of the header row chosen by a person, 0 for none. `fillDown`: what is merged over
 * several rows is meant for each of them.
 */
export function recognise(
  source: Table,
  { fillDown = false, ...options }: { readonly headerRow?: number; readonly fillDown?: boolean } = {},
): Recognised {
  if (source.given) return recogniseGiven(source, source.given);
  const table = options.headerRow === undefined ? (turned(source) ?? source) : source;
  let chosen: number | undefined;
  if (options.headerRow !== undefined) chosen = options.headerRow === 0 ? -1 : table.numbers.indexOf(options.headerRow);
  const header = findHeader(table, chosen);
  const problems: ImportProblem[] = [...table.problems];
  const excluded = excludedRows(table, header);
  const places: number[] = [];
  for (let i = header.bottom + 1; i < table.rows.length; i += 1)
    if (!isBlank(table.rows[i] as readonly Cell[])) places.push(i);
  // Columns without a header and without a value are an artefact of saving.
  const data = places.filter((i) => !excluded.has(i) && !table.hiddenRows?.has(i)).map((i) => table.rows[i] ?? []);
  const { preset, beside, columns } = recogniseColumns(header.headers, data, header.top >= 0);
  const used = columns.filter((column) => column.samples.length > 0 || !/^#\d+$/.test(column.header));
  const merged = fillMerged(table, header, columns, fillDown);
  const rows = places.map((i): DataRow => {
    // What a person does not see in the spreadsheet is not imported behind their back.
    const reason = table.hiddenRows?.has(i) ? 'hidden' : excluded.get(i);
    const row = { number: table.numbers[i] as number, cells: merged.rows.get(i) ?? (table.rows[i] as readonly Cell[]) };
    return reason ? { ...row, excluded: reason } : row;
  });
  if (beside > 0) problems.push({ row: 0, column: '', code: 'sideBySide', severity: 'warning' });
  for (const [code, count] of [
    [fillDown ? 'mergedFilled' : 'mergedOffered', merged.shared],
    ['mergedData', merged.left],
  ] as const)
    if (count > 0)
      problems.push({
        row: 0,
        column: '',
        code,
        params: { count },
        severity: code === 'mergedFilled' ? 'info' : 'warning',
      });
  if (header.top < 0 && rows.length > 0) problems.push({ row: 0, column: '', code: 'noHeader', severity: 'warning' });
  return {
    header,
    headerRow: header.top < 0 ? 0 : (table.numbers[header.bottom] as number),
    preset,
    columns: used,
    rows,
    problems,
    merged: { count: merged.shared, filled: fillDown },
  };
}
