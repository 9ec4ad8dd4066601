/** Reads rows by a mapping. What must be known of a whole column (order of dates, decimal sign) is found out first. */
import { baseField, seriesOf } from './fields.ts';
import { groupRows, type GroupRows } from './group-rows.ts';
import { nameKey, type NameKey, nothingAlike } from './name-match.ts';
import type { DataRow } from './recognise.ts';
import { type Column, DATE_FIELDS, type ReaderOptions } from './row-context.ts';
import type { RowDraft } from './row-draft.ts';
import { RowReading } from './row-reading.ts';
import { cellText, oneLine } from './table.ts';
import { currencyIn, inferDecimal, scaleIn } from './values/amounts.ts';
import { type DateOrder, inferDateOrder } from './values/dates.ts';
import { inferNameOrder } from './values/names.ts';
import type { ColumnView, ImportProblem } from './views.ts';

const CURRENCY: Readonly<Record<string, string>> = {
  RU: 'RUB',
  US: 'USD',
  GB: 'GBP',
  KZ: 'KZT',
  BY: 'BYN',
  UA: 'UAH',
  DE: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  IT: 'EUR',
  CN: 'CNY',
};

/** Order in which columns are read: labels first, whole names last. */
const place = (field: string): number => (field.endsWith('.label') ? 0 : field === 'name.full' ? 2 : 1);

/** A reader for rows of one table. Problems are collected in `problems`. */
export class RowReader {
  readonly problems: ImportProblem[] = [];
  private readonly columns: readonly Column[];
  private readonly options: ReaderOptions;
  private readonly assumedCurrency: string;
  private warnedCurrency = false;
  /** Written days of the first rows, whatever their column. */
  private readonly days: readonly string[];
  private readonly groups: GroupRows;

  constructor(columns: readonly ColumnView[], rows: readonly DataRow[], options: ReaderOptions) {
    this.options = options;
    this.assumedCurrency = CURRENCY[options.country] ?? (options.country === '' ? 'USD' : 'EUR');
    this.groups = groupRows(columns, rows);
    this.days = columns
      .filter((column) => DATE_FIELDS.has(baseField(column.field)))
      .flatMap((column) => rows.slice(0, 5000).map((row) => cellText(row.cells[column.index])));
    // The id in a list of deals is the deal's and not the person's.
    const deals =
      columns.some((column) => column.field === 'deal.name') && !columns.some((one) => one.field === 'deal.id');
    this.columns = columns
      .map((column) => (deals && column.field === 'externalId' ? { ...column, field: 'deal.id' } : column))
      .filter((column) => column.field !== '' && column.field !== 'ignored')
      .map((column) =>
        column.field === 'externalId' && this.isShared(column, columns, rows) ? { ...column, field: 'extra' } : column,
      )
      .map((column) => this.compile(column, rows))
      // A series' label must be known before its value; a whole name only fills what its parts leave open.
      .sort((a, b) => place(a.field) - place(b.field));
  }

  private compile(column: ColumnView, rows: readonly DataRow[]): Column {
    const field = baseField(column.field);
    const sample = (limit: number): string[] => {
      const out: string[] = [];
      for (const row of rows) {
        const text = cellText(row.cells[column.index]);
        if (text !== '' && !row.excluded) out.push(text);
        if (out.length >= limit) break;
      }
      return out;
    };
    const american =
      this.options.country === 'US' ||
      this.options.preset === 'outlook-en' ||
      this.options.preset === 'salesforce' ||
      this.options.preset === 'hubspot-contacts';
    let dateOrder: DateOrder = american ? 'mdy' : 'dmy';
    let dottedOrder: DateOrder = 'dmy';
    if (DATE_FIELDS.has(field)) {
      const inferred = inferDateOrder(sample(100_000), dateOrder, this.days);
      dateOrder = inferred.order;
      dottedOrder = inferred.dotted;
      if (inferred.ambiguous)
        this.problems.push({
          row: 0,
          column: column.header,
          code: dateOrder === 'dmy' ? 'dateOrderDay' : 'dateOrderMonth',
          severity: 'warning',
        });
    }
    const money = field === 'contract.amount';
    return {
      index: column.index,
      header: column.header,
      field,
      series: seriesOf(column.field),
      dateOrder,
      dottedOrder,
      decimal: money
        ? inferDecimal(sample(100_000), this.options.country === 'US' || this.options.country === 'GB' ? '.' : ',')
        : ',',
      currency: money ? currencyIn(column.header) : undefined,
      scale: money ? scaleIn(column.header) : 0,
      nameOrder: field === 'name.full' || field === 'party' ? inferNameOrder(sample(300)) : undefined,
    };
  }

  /** True when one id of the column stands beside two people: then it is a deal's or a company's and no person's. */
  private isShared(column: ColumnView, columns: readonly ColumnView[], rows: readonly DataRow[]): boolean {
    const text = (row: DataRow, field: string): string => {
      const found = columns.find((one) => baseField(one.field) === field);
      return found ? oneLine(cellText(row.cells[found.index])) : '';
    };
    const bearers = new Map<string, NameKey>();
    for (const row of rows) {
      const id = oneLine(cellText(row.cells[column.index]));
      if (id === '' || row.excluded) continue;
      const name = nameKey({
        family: text(row, 'name.family'),
        given: text(row, 'name.given'),
        full: text(row, 'name.full'),
      });
      const before = bearers.get(id);
      if (!before) bearers.set(id, name);
      else if (nothingAlike(before, name)) return true;
    }
    return false;
  }

  /** The draft of a row; null when no cell says anything. */
  read(row: DataRow): RowDraft | null {
    const reading = new RowReading(row, this.options, this.problems);
    const people = this.groups.headings.get(row.number);
    for (const column of this.columns) {
      const cell = row.cells[column.index];
      if (cell === undefined || cell === '') continue;
      if (people !== undefined && column.field === 'name.full') reading.takeHeading(oneLine(cellText(cell)));
      else reading.take(column, cell);
    }
    if (people)
      this.problems.push({ row: row.number, column: '', code: 'groupTitle', params: { people }, severity: 'info' });
    const draft = reading.finish(this.assumedCurrency, this.groups.companyOf.get(row.number));
    if (reading.usedAssumedCurrency && !this.warnedCurrency) {
      this.warnedCurrency = true;
      this.problems.push({
        row: 0,
        column: '',
        code: 'currencyAssumed',
        params: { currency: this.assumedCurrency },
        severity: 'info',
      });
    }
    return draft;
  }
}
