/** One file being read, recognised and planned. Lives in the parsing worker; tests may use it in their own thread. */
import type { KnownRecords } from '../../shared/import/existing.ts';
import { targetList, isTargetField } from '../../shared/import/fields.ts';
import { findHeader } from '../../shared/import/header-row.ts';
import { inferCountry } from '../../shared/import/infer-country.ts';
import { type ImportPolicy, planRows, type RowPlan } from '../../shared/import/plan.ts';
import { type Recognised, recognise } from '../../shared/import/recognise.ts';
import { cellText, type Table } from '../../shared/import/table.ts';
import type { ImportProblem, ImportReadingView } from '../../shared/import/views.ts';
import { turned } from '../../shared/import/turned-table.ts';
import { today as dayHere } from '../../shared/dates/plain-date.ts';
import { AppFailure } from '../../shared/result.ts';
import { type OpenedFile, openSpreadsheet } from './open-spreadsheet.ts';
import type { ColumnTarget, ReadOptions, TextRow, WorkStage } from './reader.ts';

export type Reading = Omit<ImportReadingView, 'session' | 'fileName' | 'bytes'>;
/** Tells how far the work is; false ends it. */
export type Report = (stage: WorkStage, done: number, total: number) => boolean | undefined;

/** Rows shown before a person scrolls. */
const PREVIEW = 50;
/** Remarks of one kind that are kept one by one; the rest are counted. */
const MOST_PROBLEMS = 2000;

export class FileWork {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #file: OpenedFile | null = null;
  #opened = '';
  #table: Table | null = null;
  #recognised: Recognised | null = null;
  #country = '';
  /** Remarks about the whole file and its sheets, and about the table. */
  #problems: readonly ImportProblem[] = [];

  constructor(name: string, bytes: Uint8Array) {
    this.#name = name;
    this.#bytes = bytes;
  }

  /** Reads, or reads again in another way. Throws the `import.*` codes. */
  async read(options: ReadOptions, report: Report): Promise<Reading> {
    const key = `${options.encoding ?? ''}\n${options.delimiter ?? ''}`;
    if (!this.#file || this.#opened !== key) {
      report('reading', 0, this.#bytes.length);
      this.#file = await openSpreadsheet(this.#bytes, this.#name, options);
      this.#opened = key;
    }
    const file = this.#file;
    const table = chooseTable(file.tables, options.sheet);
    report('recognising', 0, table.rows.length);
    const recognised = recognise(table, {
      ...(options.headerRow === undefined ? {} : { headerRow: options.headerRow }),
      fillDown: options.fillDown ?? false,
    });
    if (options.headerRow !== undefined && options.headerRow > 0 && recognised.headerRow === 0)
      throw new AppFailure('import.noSuchRow', { row: options.headerRow });
    this.#country =
      options.country ??
      inferCountry(
        recognised.header.headers,
        recognised.rows.map((row) => row.cells),
      );
    this.#table = table;
    this.#recognised = recognised;
    const hidden = file.tables.filter((one) => one.hidden).map((one) => one.name);
    const problems: ImportProblem[] = [...recognised.problems];
    const others =
      file.kind === 'html' ? [] : file.tables.filter((one) => one !== table && !one.hidden && hasRows(one));
    if (others.length > 0 && (options.sheet ?? '') === '')
      problems.unshift({
        row: 0,
        column: '',
        code: 'otherSheets',
        params: { count: others.length, sheet: table.name, names: others.map((one) => one.name).join(', ') },
        severity: 'info',
      });
    if (hidden.length > 0)
      problems.unshift({
        row: 0,
        column: '',
        code: 'hiddenSheets',
        params: { count: hidden.length, names: hidden.join(', ') },
        severity: 'info',
      });
    this.#problems = problems;
    return {
      kind: file.kind,
      encoding: file.encoding,
      encodingSure: file.encodingSure,
      encodings: file.encodings,
      delimiter: file.delimiter,
      sheets: file.tables.map(({ name, rows, hidden: isHidden }) => ({ name, rows: rows.length, hidden: isHidden })),
      sheet: table.name,
      headerRow: recognised.headerRow,
      merged: recognised.merged,
      preset: recognised.preset,
      columns: recognised.columns,
      rowsTotal: recognised.rows.length,
      preview: this.rows(0, PREVIEW, false),
      problems: located(problems, table),
      targets: targetList(),
    };
  }

  /** Rows by position as text: below the header, or with `top` from the sheet's first row. */
  rows(from: number, limit: number, top: boolean): readonly TextRow[] {
    if (top) {
      const table = this.#table;
      if (!table) return [];
      return table.rows
        .slice(from, from + limit)
        .map((cells, i) => ({ row: table.numbers[from + i] as number, cells: cells.map(cellText) }));
    }
    return (this.#recognised?.rows ?? [])
      .slice(from, from + limit)
      .map(({ number, cells }) => ({ row: number, cells: cells.map(cellText) }));
  }

  /** Decides what each row goes to. Throws `import.cancelled` when the report says no, `import.noColumns` when nothing is mapped. */
  plan(mapping: readonly ColumnTarget[], policy: ImportPolicy, known: KnownRecords, report: Report): RowPlan {
    const recognised = this.#recognised;
    const table = this.#table;
    if (!recognised || !table) throw new AppFailure('import.closed');
    const targets = new Map(mapping.map(({ index: column, field }) => [column, field]));
    for (const field of targets.values())
      if (!isTargetField(field)) throw new AppFailure('import.unknownField', { field });
    const columns = recognised.columns.map((column) => ({ ...column, field: targets.get(column.index) ?? '' }));
    const plan = planRows({
      rows: recognised.rows,
      columns,
      preset: recognised.preset,
      epoch: table.epoch,
      policy,
      known,
      country: this.#country,
      today: dayHere(Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now()),
      progress: (done, total) => report('matching', done, total),
    });
    if (!plan) throw new AppFailure('import.cancelled');
    return { ...plan, problems: located(thin([...this.#problems, ...plan.problems]), table) };
  }
}

/** Remarks about cards say the line as well as the number. */
function located(problems: readonly ImportProblem[], { given }: Table): readonly ImportProblem[] {
  if (!given) return problems;
  return problems.map((problem) => {
    const line = given.lines[problem.row - 1];
    return line === undefined ? problem : { ...problem, line };
  });
}

/** Keeps remarks readable: beyond a number of one kind only their count is said. Every kind stays visible. */
function thin(problems: readonly ImportProblem[]): readonly ImportProblem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const counts = new Map<string, number>();
  const kept: ImportProblem[] = [];
  for (const problem of problems) {
    const count = (counts.get(problem.code) ?? 0) + 1;
    counts.set(problem.code, count);
    if (count <= MOST_PROBLEMS) kept.push(problem);
  }
  for (const count of counts.values()) {
    if (count > MOST_PROBLEMS)
      kept.push({ row: 0, column: '', code: 'moreOfKind', params: { count: count - MOST_PROBLEMS }, severity: 'info' });
  }
  return kept;
}

/** The sheet asked for; else the visible one with most filled rows. Throws `import.noSuchSheet` with the names there are. */
function chooseTable(tables: readonly Table[], name: string | undefined): Table {
  if (name !== undefined && name !== '') {
    const found =
      tables.find((table) => table.name === name) ??
      tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
    if (!found)
      throw new AppFailure('import.noSuchSheet', { sheet: name, sheets: tables.map((table) => table.name).join(', ') });
    return found;
  }
  const visible = tables.filter((table) => !table.hidden);
  const offered = (visible.length > 0 ? visible : tables).filter((table) => table.rows.length > 0);
  const [first] = offered;
  if (!first) throw new AppFailure('import.empty');
  // The first sheet with a table: a cover or a list of codes gives way to a sheet with a header.
  const cover = !reaches(first) && !hasHeader(first);
  const table = cover ? offered.find(hasHeader) : undefined;
  if (table) return table;
  const largest = offered.reduce((a, b) => (b.rows.length > a.rows.length ? b : a));
  return (first.rows.length < 3 || isNarrow(first)) && largest.rows.length > 2 * first.rows.length ? largest : first;
}

const isNarrow = (table: Table): boolean => table.rows.every((row) => row.filter((cell) => cell !== '').length <= 1);
const hasRows = (table: Table): boolean => table.rows.length > 1 && !isNarrow(table);
/** Addresses or telephones among the first rows: people, with a header or without. */
const reaches = (table: Table): boolean =>
  table.rows
    .slice(0, 60)
    .some((row) =>
      row.some((cell) => /\S@\S+\.\S|^\+?[78]?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}$/.test(cellText(cell))),
    );
/** A header with something below it. */
function hasHeader(table: Table): boolean {
  if (isNarrow(table)) return false;
  const { top, bottom } = findHeader(turned(table) ?? table);
  return top >= 0 && (turned(table) ?? table).rows.length > bottom + 1;
}
