/** Reads rows by a mapping: each cell into the part of the draft that its column names. Nothing a cell says is dropped. */
import type { ExcelEpoch } from '../dates/excel-serial.ts';
import type { PartialDate, PersonName, PlainDate } from '../model/records.ts';
import { type RowContract, type RowOrganisation, type RowPerson, emptyOrganisation, emptyPerson, type RowDraft } from './row-draft.ts';
import { lostLetters, repairValue } from './decode/double-damage.ts';
import { baseField, seriesOf } from './fields.ts';
import type { DataRow } from './recognise.ts';
import { AddressParts, contactTarget, isAddressField } from './row-addresses.ts';
import { type Cell, cellText, cleanText, oneLine } from './table.ts';
import { currencyIn, type DecimalSign, inferDecimal, parseMoneyText, scaleIn } from './values/amounts.ts';
import { type DateOrder, datesIn, inferDateOrder, parseDate, type ParsedDate } from './values/dates.ts';
import { parseEmails } from './values/emails.ts';
import { parseLegalId } from './values/legal-ids.ts';
import { parseGender, parseLabel, parseLanguages, parseLink, parseTags, splitValues } from './values/lists.ts';
import { inferNameOrder, isPatronymic, looksLikePerson, nameCase, type NameOrder, parseFullName } from './values/names.ts';
import { hasLegalForm } from './values/organisations.ts';
import { isMobile, parsePhones } from './values/phones.ts';
import type { ColumnView, ImportProblem } from './views.ts';

export interface ReaderOptions {
  readonly epoch: ExcelEpoch;
  /** ISO code of the country whose local telephone numbers and currency are expected. */
  readonly country: string;
  readonly today: PlainDate;
  readonly preset: string;
}

interface Column {
  readonly index: number;
  readonly header: string;
  readonly field: string;
  readonly series: number;
  readonly dateOrder: DateOrder;
  readonly decimal: DecimalSign;
  readonly currency: string | undefined;
  readonly scale: number;
  readonly nameOrder: NameOrder | undefined;
}

const DATE_FIELDS = new Set(['birthday', 'anniversary', 'contract.date', 'contract.start', 'contract.end', 'contract.term', 'lastContact', 'created', 'modified', 'deal.closed']);
const CURRENCY: Readonly<Record<string, string>> = { RU: 'RUB', US: 'USD', GB: 'GBP', KZ: 'KZT', BY: 'BYN', UA: 'UAH', DE: 'EUR', FR: 'EUR', ES: 'EUR', IT: 'EUR', CN: 'CNY' };
const EMPTY = /^(?:[-–—]+|n\/?a|#n\/a|н\/д|#н\/д|null|none|nan|\?|\.)$/i;
const ERROR = /^(?:#(?:ref|value|name\?|div\/0|null|num|ссылка|знач|имя\?|дел\/0|пусто|число)!?|#{3,})$/i;
const HIGH = /[\u0080-\uffff?]/;

/** Id of the system that a preset's external ids come from. */
export const systemOf = (preset: string): string => (preset === '' ? 'id' : (preset.split('-')[0] as string));

/** Order in which columns are read: labels first, whole names last. */
const place = (field: string): number => (field.endsWith('.label') ? 0 : field === 'name.full' ? 2 : 1);

/** A reader for rows of one table. Problems are collected in `problems`. */
export class RowReader {
  readonly problems: ImportProblem[] = [];
  private readonly columns: readonly Column[];
  private readonly options: ReaderOptions;
  private readonly assumedCurrency: string;
  private warnedCurrency = false;

  constructor(columns: readonly ColumnView[], rows: readonly DataRow[], options: ReaderOptions) {
    this.options = options;
    this.assumedCurrency = CURRENCY[options.country] ?? 'EUR';
    this.columns = columns
      .filter((column) => column.field !== '' && column.field !== 'ignored')
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
    const american = this.options.country === 'US' || this.options.preset === 'outlook-en' || this.options.preset === 'salesforce' || this.options.preset === 'hubspot-contacts';
    let dateOrder: DateOrder = american ? 'mdy' : 'dmy';
    if (DATE_FIELDS.has(field)) {
      const inferred = inferDateOrder(sample(100_000), dateOrder);
      dateOrder = inferred.order;
      if (inferred.ambiguous) this.problems.push({ row: 0, column: column.header, code: dateOrder === 'dmy' ? 'dateOrderDay' : 'dateOrderMonth', severity: 'warning' });
    }
    const money = field === 'contract.amount';
    return {
      index: column.index,
      header: column.header,
      field,
      series: seriesOf(column.field),
      dateOrder,
      decimal: money ? inferDecimal(sample(100_000), this.options.country === 'US' || this.options.country === 'GB' ? '.' : ',') : ',',
      currency: money ? currencyIn(column.header) : undefined,
      scale: money ? scaleIn(column.header) : 0,
      nameOrder: field === 'name.full' || field === 'party' ? inferNameOrder(sample(300)) : undefined,
    };
  }

  /** The draft of a row; null when no cell says anything. */
  read(row: DataRow): RowDraft | null {
    const reading = new RowReading(row, this.options, this.problems);
    for (const column of this.columns) {
      const cell = row.cells[column.index];
      if (cell === undefined || cell === '') continue;
      reading.take(column, cell);
    }
    const draft = reading.finish(this.assumedCurrency);
    if (reading.usedAssumedCurrency && !this.warnedCurrency) {
      this.warnedCurrency = true;
      this.problems.push({ row: 0, column: '', code: 'currencyAssumed', params: { currency: this.assumedCurrency }, severity: 'info' });
    }
    return draft;
  }
}

class RowReading {
  usedAssumedCurrency = false;
  private readonly row: DataRow;
  private readonly options: ReaderOptions;
  private readonly problems: ImportProblem[];
  private readonly person: RowPerson = emptyPerson();
  private readonly org: RowOrganisation = emptyOrganisation('');
  private readonly contract: RowContract = { extra: [] };
  private readonly labels = new Map<string, string>();
  private readonly addresses = new AddressParts();
  private readonly orgAddresses = new AddressParts();
  private name: { -readonly [K in keyof PersonName]: PersonName[K] } = {};
  private display = '';
  private middle = '';
  private jobTitle = '';
  private department = '';
  private birth: { year?: string; month?: string; day?: string } = {};
  private amount: { readonly text: string; readonly column: Column } | null = null;
  private amountCurrency = '';
  private extension = '';
  private hasContract = false;
  private dealName = '';

  constructor(row: DataRow, options: ReaderOptions, problems: ImportProblem[]) {
    this.row = row;
    this.options = options;
    this.problems = problems;
  }

  private problem(column: Column, code: string, severity: ImportProblem['severity'], params?: Record<string, string | number>): void {
    this.problems.push({ row: this.row.number, column: column.header, code, ...(params ? { params } : {}), severity });
  }

  private extra(column: Column, value: string): void {
    const target = this.person.extra;
    const index = target.findIndex((one) => one.header === column.header);
    if (index >= 0) target[index] = { header: column.header, value: `${(target[index] as { value: string }).value}\n${value}` };
    else target.push({ header: column.header, value: value.slice(0, 20_000) });
  }

  take(column: Column, cell: Cell): void {
    const raw = cellText(cell);
    if (typeof cell !== 'string' && cell.kind === 'error') {
      this.problem(column, 'errorCell', 'warning', { value: raw.slice(0, 20) });
      return;
    }
    const text = cleanText(raw);
    if (text === '') {
      if (typeof cell === 'string' || !cell.link) return;
    } else if (text.length <= 12 && (EMPTY.test(text) || ERROR.test(text))) {
      if (ERROR.test(text)) this.problem(column, 'errorCell', 'warning', { value: text });
      return;
    }
    if (HIGH.test(text)) this.checkLetters(column, text);
    if (typeof cell !== 'string') {
      if (cell.comment) this.addNote(cell.comment);
      if (cell.link) this.takeLink(cell.link);
    }
    this.place(column, cell, text);
  }

  private checkLetters(column: Column, text: string): void {
    if (lostLetters(text)) this.problem(column, 'lettersLost', 'warning');
    else if (text.length < 400 && repairValue(text) !== null) this.problem(column, 'damagedText', 'warning', { proposal: (repairValue(text) ?? '').slice(0, 100) });
    else if (/(?:[а-яё][a-z])|(?:[a-z][а-яё])/iu.test(text) && (column.field.startsWith('name.') || column.field === 'org.name' || column.field === 'party')) this.problem(column, 'mixedLetters', 'info');
  }

  private takeLink(link: string): void {
    if (/^mailto:/i.test(link)) {
      for (const email of parseEmails(link).emails) this.addEmail(email, '');
    } else if (/^https?:/i.test(link)) this.person.links.push(parseLink(link, 'web'));
  }

  private addNote(text: string): void {
    const note = cleanText(text);
    if (note === '' || this.person.summary?.includes(note)) return;
    this.person.summary = this.person.summary ? `${this.person.summary}\n\n${note}` : note;
  }

  private addEmail(value: string, label: string): void {
    const lower = value.toLowerCase();
    if (this.person.emails.some((one) => one.value.toLowerCase() === lower)) return;
    this.person.emails.push({ value, label: label || 'work', order: this.person.emails.length });
  }

  private setOnce(column: Column, current: string, value: string): string {
    if (current === '' || current === value) return value;
    this.extra(column, value);
    return current;
  }

  private setName(column: Column, part: keyof PersonName, text: string): void {
    const value = nameCaseOf(oneLine(text));
    const current = this.name[part];
    if (current !== undefined && current !== value) this.extra(column, value);
    else this.name[part] = value;
  }

  private fullName(column: Column, text: string): void {
    const several = text.split(/\n|;/).map((one) => one.trim()).filter(Boolean);
    const parsed = parseFullName(several[0] ?? text, column.nameOrder);
    if (several.length > 1) {
      this.problem(column, 'severalPeople', 'warning');
      this.extra(column, several.slice(1).join('\n'));
    }
    for (const [part, value] of Object.entries(parsed.name) as [keyof PersonName, string][]) this.name[part] ??= value;
    if (parsed.remark) this.addNote(parsed.remark);
  }

  private place(column: Column, cell: Cell, text: string): void {
    const { field } = column;
    if (field.startsWith('phone') && field !== 'phone.label' && field !== 'phone.extension') return this.takePhones(column, text, field === 'phone' ? '' : field.slice(6));
    if (isAddressField(field)) return this.addresses.take(field, column.series, oneLine(text));
    if (field.startsWith('contract.')) return this.takeContract(column, cell, text);
    if (field.startsWith('link.') && field !== 'link.label') {
      for (const value of splitValues(text)) this.person.links.push(parseLink(value, field.slice(5) === 'work' || field.slice(5) === 'home' ? 'web' : field.slice(5)));
      return;
    }
    if (field.startsWith('email') && field !== 'email.label' && field !== 'email.display') return this.takeEmails(column, text, field === 'email' ? '' : field.slice(6));
    if (field.startsWith('org.')) return this.takeOrganisation(column, text);
    if (field.startsWith('name.')) return this.takeName(column, text);
    this.placeOther(column, cell, text);
  }

  private takeName(column: Column, text: string): void {
    // «---» or «1 200» under a name is kept, but names nobody.
    if (!/\p{L}/u.test(text)) return this.extra(column, text);
    switch (column.field) {
      case 'name.full':
        return this.fullName(column, text);
      case 'name.patronymic':
        this.middle = this.setOnce(column, this.middle, nameCaseOf(oneLine(text)));
        return;
      case 'name.family':
      case 'name.given':
      case 'name.prefix':
      case 'name.suffix':
      case 'name.nickname':
        return this.setName(column, column.field.slice(5) as keyof PersonName, text);
      case 'name.maiden':
        this.person.otherNames.push({ family: oneLine(text) });
        return;
      case 'name.display':
      case 'name.fileAs':
        this.display ||= oneLine(text);
        return;
      case 'name.initials':
        return;
      default:
        this.extra(column, text);
    }
  }

  private placeOther(column: Column, cell: Cell, text: string): void {
    switch (column.field) {
      case 'salutation':
        this.setName(column, 'prefix', text);
        return;
      case 'party':
        if (!/[\p{L}\p{N}]/u.test(text)) this.extra(column, text);
        else if (!hasLegalForm(text) && looksLikePerson(text)) this.fullName(column, text);
        else this.org.name = this.setOnce(column, this.org.name, oneLine(text));
        return;
      case 'jobTitle':
        this.jobTitle = this.setOnce(column, this.jobTitle, oneLine(text));
        return;
      case 'department':
        this.department = this.setOnce(column, this.department, oneLine(text));
        return;
      case 'role':
        this.person.role ??= oneLine(text);
        return;
      case 'phone.label':
      case 'email.label':
      case 'link.label':
      case 'event.label':
      case 'relation.label':
      case 'custom.label':
        this.labels.set(`${column.field.split('.')[0]}${column.series}`, text);
        return;
      case 'phone.extension':
        this.extension = oneLine(text);
        return;
      case 'contacts':
        return this.takeContacts(column, text);
      case 'email.display':
        this.display ||= oneLine(text).replace(/\s*\(.*@.*\)$/, '');
        return;
      case 'birthday':
        return this.takeBirthday(column, cell);
      case 'birthday.day':
        this.birth.day = text;
        return;
      case 'birthday.month':
        this.birth.month = text;
        return;
      case 'birthday.year':
        this.birth.year = text;
        return;
      case 'gender': {
        const gender = parseGender(text);
        if (gender !== '') this.person.gender ??= gender;
        return;
      }
      case 'notes':
        return this.addNote(text);
      case 'tags':
        for (const tag of parseTags(text)) if (!this.person.tags.includes(tag)) this.person.tags.push(tag);
        return;
      case 'language':
        for (const language of parseLanguages(text)) if (!this.person.languages.includes(language)) this.person.languages.push(language);
        return;
      case 'owner':
        if (this.person.owner !== undefined && this.person.owner !== oneLine(text)) this.extra(column, oneLine(text));
        else this.person.owner = oneLine(text);
        return;
      case 'externalId':
        this.person.externalIds.set(systemOf(this.options.preset), oneLine(text));
        return;
      case 'deal.name':
        this.dealName ||= oneLine(text);
        this.extra(column, text);
        return;
      default:
        this.takeExtra(column, cell, text);
    }
  }

  private takeExtra(column: Column, cell: Cell, text: string): void {
    if (DATE_FIELDS.has(column.field)) {
      const parsed = this.date(column, cell, false);
      if (parsed.kind === 'empty') return;
      this.extra(column, parsed.kind === 'date' ? parsed.date : text);
      return;
    }
    const label = this.labels.get(`${column.field}${column.series}`);
    const value = column.field === 'custom' || column.field === 'relation' || column.field === 'event' ? text.replace(/^\* /, '') : text;
    this.extra(label ? { ...column, header: parseLabel(label).label } : column, value);
  }

  private takePhones(column: Column, text: string, label: string): void {
    const parsed = parsePhones(text, this.options.country);
    for (const problem of parsed.problems) {
      if (problem === 'damaged') this.problem(column, 'phoneDamaged', 'warning', { value: text.slice(0, 40) });
      else if (problem === 'repaired') this.problem(column, 'phoneRepaired', 'info', { value: text.slice(0, 40) });
      else {
        this.problem(column, 'phoneNotRead', 'warning', { value: text.slice(0, 60) });
        if (!this.person.extra.some((one) => one.header === column.header)) this.extra(column, text);
      }
    }
    const named = column.series > 0 ? parseLabel(this.labels.get(`phone${column.series}`) ?? '') : null;
    const target = label === 'main' ? this.org.phones : this.person.phones;
    for (const phone of parsed.phones) {
      const key = phone.e164 ?? phone.value.replace(/\D/g, '');
      if (target.some((one) => (one.e164 ?? one.value.replace(/\D/g, '')) === key && (one.extension ?? '') === (phone.extension ?? ''))) continue;
      const own = phone.label ?? (named?.label || PHONE_LABELS[label] || label);
      const chosen = own || (phone.e164 && isMobile(phone.e164) && phone.e164.startsWith('+7') ? 'mobile' : 'work');
      const entry = {
        value: phone.value,
        ...(phone.e164 ? { e164: phone.e164 } : {}),
        ...(phone.extension ? { extension: phone.extension } : {}),
        label: chosen,
        order: target.length,
      };
      if (named?.primary) target.unshift(entry);
      else target.push(entry);
    }
  }

  private takeEmails(column: Column, text: string, label: string): void {
    const parsed = parseEmails(text);
    for (const problem of parsed.problems) this.problem(column, problem === 'repaired' ? 'emailRepaired' : 'emailNotRead', problem === 'repaired' ? 'info' : 'warning', { value: text.slice(0, 80) });
    if (parsed.emails.length === 0) {
      this.extra(column, text);
      return;
    }
    const named = column.series > 0 ? parseLabel(this.labels.get(`email${column.series}`) ?? '').label : '';
    for (const email of parsed.emails) this.addEmail(email, named || label);
    if (parsed.display) this.display ||= parsed.display;
  }

  /** «Контакты»: telephones, addresses and words in one cell. */
  private takeContacts(column: Column, text: string): void {
    const rest: string[] = [];
    for (const piece of text.split(/[,;\n]/)) {
      if (piece.trim() === '') continue;
      const mail = piece.match(/\S+@\S+/g);
      let left = piece;
      for (const one of mail ?? []) {
        for (const email of parseEmails(one).emails) this.addEmail(email, '');
        left = left.replace(one, ' ');
      }
      if (left.replace(/\D/g, '').length >= 5) this.takePhones(column, left.trim(), '');
      else if (/\p{L}{2}/u.test(left.replace(/(?:e-?mail|тел|почта|моб|сот)[.:]*/giu, ''))) rest.push(left.trim());
    }
    if (rest.length > 0) this.addNote(rest.join(', '));
  }

  private date(column: Column, cell: Cell, birthday: boolean): ParsedDate {
    const parsed = parseDate(cell, { order: column.dateOrder, epoch: this.options.epoch, birthday, today: this.options.today });
    if (parsed.kind === 'problem') this.problem(column, parsed.problem === 'serial60' ? 'dateSerial60' : 'dateNotRead', 'warning', { value: cellText(cell).slice(0, 60) });
    return parsed;
  }

  private takeBirthday(column: Column, cell: Cell): void {
    const parsed = this.date(column, cell, true);
    if (parsed.kind === 'date') {
      if (this.person.birthday !== undefined && this.person.birthday !== parsed.date) this.extra(column, parsed.date);
      else this.person.birthday = parsed.date;
    } else if (parsed.kind === 'problem') this.extra(column, oneLine(cellText(cell)));
  }

  private takeOrganisation(column: Column, text: string): void {
    const { org } = this;
    const key = column.field.slice(4);
    const value = oneLine(text);
    switch (key) {
      case 'name':
        if (!/[\p{L}\p{N}]/u.test(value)) return this.extra(column, value);
        org.name = this.setOnce(column, org.name, value);
        return;
      case 'fullName':
        org.fullName ??= value;
        return;
      case 'industry':
        org.industry ??= value;
        return;
      case 'phone':
        return this.takePhones(column, text, 'main');
      case 'email':
        for (const email of parseEmails(text).emails) org.emails.push({ value: email, label: 'work', order: org.emails.length });
        if (parseEmails(text).emails.length === 0) this.extra(column, text);
        return;
      case 'website':
        for (const one of splitValues(text)) org.links.push(parseLink(one, 'web'));
        return;
      case 'legalAddress':
      case 'actualAddress':
        this.orgAddresses.take(`address.${key === 'legalAddress' ? 'legal' : 'actual'}.formatted`, 0, value);
        return;
      case 'externalId':
        org.externalIds.set(systemOf(this.options.preset), value);
        return;
      case 'notes':
        org.summary ??= text;
        return;
      case 'bank':
        org.bank = org.bank ? `${value}, ${org.bank}` : value;
        return;
      default:
        return this.takeLegalId(column, key, value);
    }
  }

  private takeLegalId(column: Column, key: string, value: string): void {
    const id = parseLegalId(key, value);
    if (!id) return;
    if (id.problem) this.problem(column, `legalId${id.problem[0]?.toUpperCase()}${id.problem.slice(1)}`, id.problem === 'restoredZero' ? 'info' : 'warning', { value: id.value.slice(0, 40) });
    if (id.problem === 'damaged' || key === 'kind') {
      this.extra(column, value);
      return;
    }
    if (key === 'account' || key === 'corrAccount' || key === 'bik') {
      const name = key === 'account' ? 'р/с' : key === 'bik' ? 'БИК' : 'к/с';
      this.org.bank = this.org.bank ? `${this.org.bank}, ${name} ${id.value}` : `${name} ${id.value}`;
    }
    this.org.legalIds.set(key, id.value);
  }

  private takeContract(column: Column, cell: Cell, text: string): void {
    const { contract } = this;
    const key = column.field.slice(9);
    const keep = (): void => void contract.extra.push({ header: column.header, value: text });
    if (key === 'amount') {
      this.amount = { text, column };
      return;
    }
    if (key === 'currency') {
      this.amountCurrency = currencyIn(text) ?? (/^[A-Z]{3}$/.test(text) ? text : '');
      return;
    }
    if (key === 'number') {
      this.hasContract = true;
      // «№ 12/3 от 01.02.2024»: the date travels with the number.
      const found = /^(.*?)\s+(?:от|dated|of)\s+(.+)$/iu.exec(oneLine(text));
      const day = found ? datesIn(found[2] as string, this.dateOptions(column))[0] : undefined;
      contract.number ??= (found && day ? (found[1] as string) : oneLine(text)).replace(/^(?:договор|контракт)?\s*№\s*/iu, '');
      if (day) contract.signedOn ??= day;
      return;
    }
    if (key === 'date' || key === 'start' || key === 'end' || key === 'term') {
      const target = key === 'date' ? 'signedOn' : key === 'start' ? 'start' : 'end';
      if (key === 'term' || typeof cell === 'string') {
        const days = datesIn(text, this.dateOptions(column));
        if (days.length >= 2 && key !== 'date') {
          contract.start ??= days[0] as string;
          contract.end ??= days[1] as string;
          this.hasContract = true;
          return;
        }
        if (days.length === 1 && (key === 'term' || /^(?:до|с|от|по|until|till|from)\s/iu.test(text))) {
          if (/^(?:с|от|from)\s/iu.test(text)) contract.start ??= days[0] as string;
          else contract[target] ??= days[0] as string;
          this.hasContract = true;
          return;
        }
        if (key === 'term' && (typeof cell === 'string' || cell.kind !== 'date')) return keep();
      }
      const parsed = this.date(column, cell, false);
      if (parsed.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(parsed.date)) {
        contract[target] ??= parsed.date;
        this.hasContract = true;
      } else if (parsed.kind !== 'empty') keep();
      return;
    }
    if (key === 'subject') {
      contract.subject ??= oneLine(text);
      this.hasContract = true;
    } else if (key === 'renewal') contract.renewal ??= oneLine(text);
    else keep();
  }

  private dateOptions(column: Column): { order: DateOrder; epoch: ExcelEpoch; birthday: boolean; today: PlainDate } {
    return { order: column.dateOrder, epoch: this.options.epoch, birthday: false, today: this.options.today };
  }

  private finishAmount(assumed: string): void {
    if (!this.amount) return;
    const { text, column } = this.amount;
    const named = column.currency || this.amountCurrency;
    const money = parseMoneyText(text, { decimal: column.decimal, currency: named || assumed, scale: column.scale });
    if (!money) {
      this.problem(column, 'amountNotRead', 'warning', { value: text.slice(0, 40) });
      this.contract.extra.push({ header: column.header, value: text });
      return;
    }
    this.contract.value = money;
    if (!named && !currencyIn(text) && this.hasContract) this.usedAssumedCurrency = true;
  }

  private finishBirthday(): void {
    const { year, month, day } = this.birth;
    if (this.person.birthday !== undefined || (!month && !year)) return;
    const m = Number(month);
    const d = Number(day);
    const y = Number(year);
    const p2 = (n: number): string => String(n).padStart(2, '0');
    const monthOk = m >= 1 && m <= 12;
    const dayOk = d >= 1 && d <= 31;
    let date: PartialDate | undefined;
    if (y > 1000 && monthOk && dayOk) date = `${y}-${p2(m)}-${p2(d)}`;
    else if (monthOk && dayOk) date = `--${p2(m)}-${p2(d)}`;
    else if (y > 1000) date = monthOk ? `${y}-${p2(m)}` : String(y);
    if (date !== undefined) this.person.birthday = date;
  }

  private finishName(): void {
    if (this.middle !== '') {
      // A middle name belongs to the given name; a patronymic stands alone.
      if (/\p{Script=Cyrillic}/u.test(this.middle) || isPatronymic(this.middle)) this.name.patronymic ??= this.middle;
      else this.name.given = this.name.given ? `${this.name.given} ${this.middle}` : this.middle;
    }
    if (!this.name.family && this.name.given && !this.name.patronymic && looksLikePerson(this.name.given)) {
      const parsed = parseFullName(this.name.given);
      delete this.name.given;
      Object.assign(this.name, parsed.name);
    }
    if (!this.name.family && !this.name.given && !this.name.full && this.display !== '' && !this.display.includes('@') && this.display !== this.org.name) {
      if (looksLikePerson(this.display) || !hasLegalForm(this.display)) Object.assign(this.name, parseFullName(this.display).name);
    }
    this.person.name = this.name;
  }

  finish(assumedCurrency: string): RowDraft | null {
    this.finishName();
    this.finishBirthday();
    this.finishAmount(assumedCurrency);
    const { person, org, contract } = this;
    if (org.name === '' && org.fullName) {
      org.name = org.fullName;
      delete org.fullName;
    }
    if (this.extension !== '' && person.phones.length > 0) {
      const at = Math.max(0, person.phones.findIndex((phone) => phone.label === 'work'));
      const phone = person.phones[at] as (typeof person.phones)[number];
      if (!phone.extension) person.phones[at] = { ...phone, extension: this.extension };
    } else if (this.extension !== '') person.extra.push({ header: 'доб.', value: this.extension });
    for (const address of this.addresses.list()) person.addresses.push(address);
    for (const address of this.orgAddresses.list()) org.addresses.push(address);
    const named = Boolean(this.name.family || this.name.given || this.name.patronymic || this.name.full || this.name.nickname);
    const hasOrg = org.name !== '' || org.legalIds.size > 0;
    const reachable = person.emails.length > 0 || person.phones.length > 0 || person.links.length > 0;
    const isPerson = named || (!hasOrg && (reachable || person.externalIds.size > 0)) || (hasOrg && this.jobTitle !== '' && reachable);
    if (!this.hasContract && (contract.value || contract.renewal || contract.extra.length > 0)) {
      if (contract.value && this.amount) contract.extra.push({ header: this.amount.column.header, value: this.amount.text });
      if (contract.renewal) contract.extra.push({ header: 'renewal', value: contract.renewal });
      person.extra.push(...contract.extra);
    }
    if (!hasOrg) for (const [system, id] of org.externalIds) person.extra.push({ header: `${system} id`, value: id });
    if (!isPerson && !hasOrg && !this.hasContract && this.dealName !== '') {
      // A list of deals alone: agreements that are not signed yet.
      contract.title = this.dealName;
      contract.isDeal = true;
      contract.extra.push(...person.extra);
      this.hasContract = true;
    }
    if (!isPerson && hasOrg) contactTarget(person, org, this.jobTitle, this.department);
    if (isPerson && !hasOrg && (org.phones.length > 0 || org.emails.length > 0 || org.links.length > 0 || org.addresses.length > 0)) {
      person.phones.push(...org.phones.map((phone, i) => ({ ...phone, order: person.phones.length + i })));
      person.emails.push(...org.emails);
      person.links.push(...org.links);
      person.addresses.push(...org.addresses);
    }
    if (hasOrg && org.name === '') org.name = [...org.legalIds.values()][0] ?? '';
    if (!isPerson && !hasOrg && !this.hasContract) return null;
    return {
      row: this.row.number,
      ...(isPerson ? { person } : {}),
      ...(hasOrg ? { organisation: org } : {}),
      ...(this.jobTitle !== '' ? { jobTitle: this.jobTitle } : {}),
      ...(this.department !== '' ? { department: this.department } : {}),
      ...(this.hasContract ? { contract } : {}),
    };
  }
}

const PHONE_LABELS: Readonly<Record<string, string>> = {
  work2: 'work', mobile2: 'mobile', home2: 'home', other2: 'other', faxOther: 'fax', primary: 'main', mailing: 'other',
};
const nameCaseOf = (text: string): string => (text.length > 60 ? text : text.split(' ').map(nameCase).join(' '));
