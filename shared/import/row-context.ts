/** What every part of reading a row shares: the drafts that grow, and how remarks and leftovers are kept. */
import type { ExcelEpoch } from '../dates/excel-serial.ts';
import type { PersonName, PlainDate } from '../model/records.ts';
import type { DataRow } from './recognise.ts';
import { AddressParts } from './row-addresses.ts';
import { emptyOrganisation, emptyPerson, type RowContract, type RowOrganisation, type RowPerson } from './row-draft.ts';
import { type Cell, cellText, cleanText } from './table.ts';
import { CARD_PRESET } from './vcard/uid.ts';
import type { DecimalSign } from './values/amounts.ts';
import { type DateOptions, type DateOrder, parseDate, type ParsedDate } from './values/dates.ts';
import { parseLabel } from './values/lists.ts';
import type { NameOrder } from './values/names.ts';
import type { ImportProblem } from './views.ts';

export interface ReaderOptions {
  readonly epoch: ExcelEpoch;
  /** ISO code of the country whose local telephone numbers and currency are expected. */
  readonly country: string;
  readonly today: PlainDate;
  readonly preset: string;
}

/** A column as rows are read by it. */
export interface Column {
  readonly index: number;
  readonly header: string;
  readonly field: string;
  readonly series: number;
  readonly dateOrder: DateOrder;
  /** Order of days written with points. */
  readonly dottedOrder: DateOrder;
  readonly decimal: DecimalSign;
  readonly currency: string | undefined;
  readonly scale: number;
  readonly nameOrder: NameOrder | undefined;
}

export const DATE_FIELDS = new Set([
  'birthday',
  'anniversary',
  'contract.date',
  'contract.start',
  'contract.end',
  'contract.term',
  'lastContact',
  'created',
  'modified',
  'deal.closed',
]);

/** Id of the system that a preset's external ids come from. */
export const systemOf = (preset: string): string => (preset === '' ? 'id' : (preset.split('-')[0] as string));

export class RowContext {
  usedAssumedCurrency = false;
  protected readonly row: DataRow;
  protected readonly options: ReaderOptions;
  protected readonly problems: ImportProblem[];
  protected readonly person: RowPerson = emptyPerson();
  protected readonly org: RowOrganisation = emptyOrganisation('');
  protected readonly contract: RowContract = { extra: [] };
  protected readonly labels = new Map<string, string>();
  protected readonly addresses = new AddressParts();
  protected readonly orgAddresses = new AddressParts();
  protected name: { -readonly [K in keyof PersonName]: PersonName[K] } = {};
  protected display = '';
  protected middle = '';
  protected jobTitle = '';
  protected department = '';
  protected birth: { year?: string; month?: string; day?: string } = {};
  protected amount: { readonly text: string; readonly column: Column } | null = null;
  protected amountCurrency = '';
  protected extension = '';
  /** People named among the telephones of a cell. */
  protected contactPeople: { readonly column: Column; readonly names: string[] } | null = null;
  protected partyIsOrganisation = false;
  protected hasContract = false;
  protected dealName = '';

  constructor(row: DataRow, options: ReaderOptions, problems: ImportProblem[]) {
    this.row = row;
    this.options = options;
    this.problems = problems;
  }

  protected problem(
    column: Column,
    code: string,
    severity: ImportProblem['severity'],
    params?: Record<string, string | number>,
  ): void {
    this.problems.push({ row: this.row.number, column: column.header, code, ...(params ? { params } : {}), severity });
  }

  protected extra(column: Column, value: string): void {
    const target = this.person.extra;
    const index = target.findIndex((one) => one.header === column.header);
    if (index >= 0)
      target[index] = { header: column.header, value: `${(target[index] as { value: string }).value}\n${value}` };
    else target.push({ header: column.header, value: value.slice(0, 20_000) });
  }

  /** Business cards part their values and name their labels themselves: neither is guessed at again. */
  protected get isCard(): boolean {
    return this.options.preset === CARD_PRESET;
  }

  /** The label of a value of a series, ours where it is known. */
  protected labelFor(text: string): ReturnType<typeof parseLabel> {
    return this.isCard ? { label: text, primary: false } : parseLabel(text);
  }

  protected addNote(text: string): void {
    const note = cleanText(text);
    if (note === '' || this.person.summary?.includes(note)) return;
    this.person.summary = this.person.summary ? `${this.person.summary}\n\n${note}` : note;
  }

  protected addEmail(value: string, label: string): void {
    const lower = value.toLowerCase();
    if (this.person.emails.some((one) => one.value.toLowerCase() === lower)) return;
    this.person.emails.push({ value, label: label || 'work', order: this.person.emails.length });
  }

  protected setOnce(column: Column, current: string, value: string): string {
    if (current === '' || current === value) return value;
    this.extra(column, value);
    return current;
  }

  protected date(column: Column, cell: Cell, birthday: boolean): ParsedDate {
    const parsed = parseDate(cell, {
      order: column.dateOrder,
      dotted: column.dottedOrder,
      epoch: this.options.epoch,
      birthday,
      today: this.options.today,
    });
    if (parsed.kind === 'problem')
      this.problem(column, parsed.problem === 'serial60' ? 'dateSerial60' : 'dateNotRead', 'warning', {
        value: cellText(cell).slice(0, 60),
      });
    return parsed;
  }

  protected dateOptions(column: Column): DateOptions {
    const { epoch, today } = this.options;
    return { order: column.dateOrder, dotted: column.dottedOrder, epoch, birthday: false, today };
  }
}
