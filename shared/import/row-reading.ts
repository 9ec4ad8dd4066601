/** Reads one row: each cell into the part of the draft that its column names. Nothing a cell says is dropped. */
import type { PartialDate, PersonName } from '../model/records.ts';
import { headerTokens } from './header-key.ts';
import { searchWords } from '../text/search-key.ts';
import { lostLetters, repairValue } from './decode/double-damage.ts';
import { contactTarget, isAddressField } from './row-addresses.ts';
import { RowBusiness } from './row-business.ts';
import { type Column, DATE_FIELDS, systemOf } from './row-context.ts';
import type { RowDraft } from './row-draft.ts';
import { type Cell, cellText, cleanText, oneLine } from './table.ts';
import { fullYear, monthOf } from './values/dates.ts';
import { parseGender, parseLabel, parseLanguages, parseLink, parseTags, splitValues } from './values/lists.ts';
import {
  isNamePrefix,
  isNameSuffix,
  isPatronymic,
  looksLikePerson,
  nameCase,
  parseFullName,
  severalPeople,
} from './values/names.ts';
import { hasLegalForm } from './values/organisations.ts';

const EMPTY = /^(?:[-–—]+|n\/?a|#n\/a|н\/д|#н\/д|null|none|nan|\?|\.)$/i;
/** «Нет» under a telephone or an address: there is none. */
const NONE =
  /^(?:нет(?: данных| телефона| почты)?|нету|отсутствует|не указан[оа]?|не знаю|неизвестн[оа]|no|none|unknown|0+)$/i;
/** «Контакт: сам», «ФИО: нет»: words that name nobody. */
const NOBODY = /^(?:сам[аио]?|он(?:а)? же|тот же|та же|нет|нету|не указан[оа]?|неизвестн[оа]|unknown|none|n\/a|-+)$/iu;
const REACH = /^(?:phone|email|link|contacts|address|birthday|org\.(?!name|fullName))/;
const ERROR = /^(?:#(?:ref|value|name\?|div\/0|null|num|ссылка|знач|имя\?|дел\/0|пусто|число)!?|#{3,})$/i;
const HIGH = /[\u0080-\uffff?]/;
const wordsOf = (text: string): string => [...new Set(searchWords(text))].sort().join(' ');
const sameWords = (a: string, b: string): boolean => wordsOf(a) === wordsOf(b);
/** Small letters after capitals are a remark for the reader of whole names, which tells it by them. */
const REMARKED = /^\p{Lu}\S*(?: \S+)* \p{Ll}\S*\./u;
const nameCaseOf = (text: string): string =>
  text.length > 60 || REMARKED.test(text) ? text : text.split(' ').map(nameCase).join(' ');

export class RowReading extends RowBusiness {
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
    if (text.length <= 14 && NONE.test(text) && REACH.test(column.field)) return;
    if (HIGH.test(text)) this.checkLetters(column, text);
    if (typeof cell !== 'string') {
      if (cell.comment) this.addNote(cell.comment);
      if (cell.link) this.takeLink(cell.link);
      // «Написать» over an address: the link says it all.
      if (/^mailto:/i.test(cell.link ?? '') && column.field.startsWith('email') && !text.includes('@')) return;
      if (/^https?:/i.test(cell.link ?? '') && /link\.|website/.test(column.field) && !text.includes('.')) return;
    }
    this.place(column, cell, text);
  }

  /** The name of a company that stands alone over its people. */
  takeHeading(text: string): void {
    this.org.name = text;
  }

  protected checkLetters(column: Column, text: string): void {
    if (lostLetters(text)) this.problem(column, 'lettersLost', 'warning');
    else if (text.length < 400 && repairValue(text) !== null)
      this.problem(column, 'damagedText', 'warning', { proposal: (repairValue(text) ?? '').slice(0, 100) });
    else if (
      /(?:[а-яё][a-z])|(?:[a-z][а-яё])/iu.test(text) &&
      (column.field.startsWith('name.') || column.field === 'org.name' || column.field === 'party')
    )
      this.problem(column, 'mixedLetters', 'info');
  }

  protected setName(column: Column, part: keyof PersonName, text: string): void {
    // “Müller, PMP®” under Last Name.
    const degree = part === 'family' ? /^([^,]+?),\s*(.+)$/.exec(oneLine(text)) : null;
    if (degree && isNameSuffix(degree[2] as string)) {
      this.name.suffix ??= degree[2] as string;
      return this.setName(column, part, degree[1] as string);
    }
    const value =
      part === 'family' || part === 'given' || part === 'patronymic' ? nameCaseOf(oneLine(text)) : oneLine(text);
    const current = this.name[part];
    // «Frau» beside «Dr.»: titles follow one another.
    if (part === 'prefix' && current !== undefined && !current.includes(value))
      this.name.prefix = `${current} ${value}`;
    else if (current !== undefined && current !== value) this.extra(column, value);
    else this.name[part] = value;
  }

  protected fullName(column: Column, text: string): void {
    // A company among the people.
    if (this.org.name === '' && hasLegalForm(text)) {
      this.org.name = oneLine(text);
      return;
    }
    // A second column of names: «Контактное лицо 2».
    if (column.series > 1) return this.otherPeople(column, [oneLine(text)]);
    // A name with a number or an address beside it: «Иванов Иван 8-916-…».
    if (/\S@\S|\d[\d\s()-]{5,}\d/.test(text)) return this.takeContacts(column, text, true);
    const pieces = text
      .split(/\n|;/)
      .map((one) => one.trim())
      .filter(Boolean);
    // A name broken over lines is one name.
    const broken = pieces.length <= 3 && looksLikePerson(text) && !pieces.some(looksLikePerson);
    const several = broken ? [oneLine(text)] : (severalPeople(text) ?? pieces);
    const parsed = parseFullName(several[0] ?? text, column.nameOrder);
    if (several.length > 1) this.otherPeople(column, several.slice(1));
    for (const [part, value] of Object.entries(parsed.name) as [keyof PersonName, string][]) this.name[part] ??= value;
    if (parsed.remark) this.jobOrNote(column, parsed.remark);
  }

  /** «ФИО, должность»: what follows the name is the job when the header says so. */
  protected jobOrNote(column: Column, text: string): void {
    if (
      this.jobTitle === '' &&
      headerTokens(column.header).some((token) => /^(?:должн|position|job|title)/u.test(token))
    )
      this.jobTitle = text;
    else this.addNote(text);
  }

  /** People beside the first of a cell: kept by name, and the row says so. */
  protected otherPeople(column: Column, others: readonly string[]): void {
    this.problem(column, 'severalPeople', 'warning');
    this.extra(column, others.join('\n'));
  }

  /** A person found among telephones, when no column names one. */
  protected finishContacts(): void {
    const { contactPeople } = this;
    if (!contactPeople) return;
    const { column, names } = contactPeople;
    const named = Boolean(this.name.family || this.name.given || this.name.full);
    const others = named ? names : names.slice(1);
    if (!named) {
      const parsed = parseFullName(names[0] as string);
      Object.assign(this.name, parsed.name);
      if (parsed.remark) this.addNote(parsed.remark);
    }
    const strangers = others.filter((one) => parseFullName(one).name.family !== this.name.family);
    if (strangers.length > 0) this.otherPeople(column, strangers);
  }

  protected place(column: Column, cell: Cell, text: string): void {
    const { field } = column;
    if (field.startsWith('phone') && field !== 'phone.label' && field !== 'phone.extension')
      return this.takePhones(column, text, field === 'phone' ? '' : field.slice(6));
    if (isAddressField(field))
      return this.addresses.take(field, column.series, oneLine(text.replace(/,?\s*\n\s*/g, ', ')));
    if (field.startsWith('contract.')) return this.takeContract(column, cell, text);
    if (field.startsWith('link.') && field !== 'link.label') {
      for (const value of this.isCard ? text.split('\n') : splitValues(text))
        this.person.links.push(
          parseLink(value, field.slice(5) === 'work' || field.slice(5) === 'home' ? 'web' : field.slice(5)),
        );
      return;
    }
    if (field.startsWith('email') && field !== 'email.label' && field !== 'email.display')
      return this.takeEmails(column, text, field === 'email' ? '' : field.slice(6));
    if (field.startsWith('org.')) return this.takeOrganisation(column, text);
    if (field.startsWith('name.')) return this.takeName(column, text);
    this.placeOther(column, cell, text);
  }

  protected takeName(column: Column, text: string): void {
    // «---» or «1 200» under a name is kept, but names nobody.
    if (!/\p{L}/u.test(text) || NOBODY.test(text)) return this.extra(column, text);
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

  protected placeOther(column: Column, cell: Cell, text: string): void {
    switch (column.field) {
      case 'salutation':
        this.setName(column, 'prefix', text);
        return;
      case 'party':
        if (!/[\p{L}\p{N}]/u.test(text)) this.extra(column, text);
        else if (!hasLegalForm(text) && looksLikePerson(text)) this.fullName(column, text);
        else {
          this.partyIsOrganisation = true;
          this.org.name = this.setOnce(column, this.org.name, oneLine(text));
        }
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
        for (const tag of parseTags(text, this.isCard)) if (!this.person.tags.includes(tag)) this.person.tags.push(tag);
        return;
      case 'language':
        for (const language of parseLanguages(text))
          if (!this.person.languages.includes(language)) this.person.languages.push(language);
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

  protected takeExtra(column: Column, cell: Cell, text: string): void {
    if (DATE_FIELDS.has(column.field)) {
      const parsed = this.date(column, cell, false);
      if (parsed.kind === 'empty') return;
      this.extra(column, parsed.kind === 'date' ? parsed.date : text);
      return;
    }
    const label = this.labels.get(`${column.field}${column.series}`);
    const value =
      column.field === 'custom' || column.field === 'relation' || column.field === 'event'
        ? text.replace(/^\* /, '')
        : text;
    this.extra(label ? { ...column, header: parseLabel(label).label } : column, value);
  }

  protected takeBirthday(column: Column, cell: Cell): void {
    const parsed = this.date(column, cell, true);
    if (parsed.kind === 'date') {
      if (this.person.birthday !== undefined && this.person.birthday !== parsed.date) this.extra(column, parsed.date);
      else this.person.birthday = parsed.date;
    } else if (parsed.kind === 'problem') this.extra(column, oneLine(cellText(cell)));
  }

  protected finishBirthday(): void {
    const { year, month, day } = this.birth;
    if (this.person.birthday !== undefined || (!month && !year)) return;
    const m = Number(month) || monthOf(month ?? '');
    const d = Number(day);
    const y = /^\d\d$/.test(year ?? '') ? fullYear(year as string, true, this.options.today) : Number(year);
    const p2 = (n: number): string => String(n).padStart(2, '0');
    const monthOk = m >= 1 && m <= 12;
    const dayOk = d >= 1 && d <= 31;
    let date: PartialDate | undefined;
    if (y > 1000 && monthOk && dayOk) date = `${y}-${p2(m)}-${p2(d)}`;
    else if (monthOk && dayOk) date = `--${p2(m)}-${p2(d)}`;
    else if (y > 1000) date = monthOk ? `${y}-${p2(m)}` : String(y);
    if (date !== undefined) this.person.birthday = date;
    else this.person.extra.push({ header: 'birthday', value: [day, month, year].filter(Boolean).join('.') });
  }

  protected finishName(): void {
    // “Dr. Robert” under First Name.
    const titled = /^(\S+)\s+(.+)$/.exec(this.name.given ?? '');
    if (titled && isNamePrefix(titled[1] as string)) {
      this.name.prefix ??= titled[1] as string;
      this.name.given = titled[2] as string;
    }
    if (this.middle !== '') {
      // A middle name belongs to the given name; a patronymic stands alone.
      if (/\p{Script=Cyrillic}/u.test(this.middle) || isPatronymic(this.middle)) this.name.patronymic ??= this.middle;
      else this.name.given = this.name.given ? `${this.name.given} ${this.middle}` : this.middle;
    }
    // «Иван Петрович» under Имя; «Иванов Иван» under Фамилия.
    const two = /^(\S+) (\S+)$/.exec(this.name.given ?? '');
    if (two && this.name.family && !this.name.patronymic && isPatronymic(two[2] as string)) {
      this.name.given = two[1] as string;
      this.name.patronymic = two[2] as string;
    }
    if (this.name.family && !this.name.given && looksLikePerson(this.name.family)) {
      const parsed = parseFullName(this.name.family);
      delete this.name.family;
      Object.assign(this.name, parsed.name);
      if (parsed.remark) this.addNote(parsed.remark);
    }
    if (!this.name.family && this.name.given && !this.name.patronymic && looksLikePerson(this.name.given)) {
      const parsed = parseFullName(this.name.given);
      delete this.name.given;
      Object.assign(this.name, parsed.name);
      if (parsed.remark) this.addNote(parsed.remark);
    }
    if (
      !this.name.family &&
      !this.name.given &&
      !this.name.full &&
      this.display !== '' &&
      !this.display.includes('@') &&
      this.display !== this.org.name
    ) {
      if (looksLikePerson(this.display) || !hasLegalForm(this.display))
        Object.assign(this.name, parseFullName(this.display).name);
    }
    this.person.name = this.name;
  }

  /** `company`: the one whose name stands over the row, for a row that names none. */
  finish(assumedCurrency: string, company?: string): RowDraft | null {
    if (company !== undefined) this.org.name ||= company;
    this.finishContacts();
    this.finishName();
    this.finishBirthday();
    this.finishAmount(assumedCurrency);
    const { person, org, contract } = this;
    if (org.name === '' && org.fullName) {
      // A private person among the counterparties bears the «full name» of a person.
      const own = !hasLegalForm(org.fullName) && sameWords(org.fullName, Object.values(this.name).join(' '));
      if (!own) org.name = org.fullName;
      delete org.fullName;
    }
    const inn = org.legalIds.get('inn');
    if (org.name === '' && inn?.length === 12 && org.legalIds.size === 1 && (this.name.family || this.name.full)) {
      // Twelve digits are a person's own number.
      person.extra.push({ header: 'ИНН', value: inn });
      org.legalIds.clear();
    }
    // The code beside a counterparty is the company's, whoever is its contact.
    if (this.partyIsOrganisation && this.options.preset === '') {
      for (const [system, id] of person.externalIds) if (!org.externalIds.has(system)) org.externalIds.set(system, id);
      person.externalIds.clear();
    }
    if (this.extension !== '' && person.phones.length > 0) {
      const at = Math.max(
        0,
        person.phones.findIndex((phone) => phone.label === 'work'),
      );
      const phone = person.phones[at] as (typeof person.phones)[number];
      if (!phone.extension) person.phones[at] = { ...phone, extension: this.extension };
    } else if (this.extension !== '') person.extra.push({ header: 'доб.', value: this.extension });
    for (const address of this.addresses.list((text) => this.labelFor(text).label)) person.addresses.push(address);
    for (const address of this.orgAddresses.list((text) => this.labelFor(text).label)) org.addresses.push(address);
    const named = Boolean(
      this.name.family || this.name.given || this.name.patronymic || this.name.full || this.name.nickname,
    );
    const hasOrg = org.name !== '' || org.legalIds.size > 0;
    const reachable = person.emails.length > 0 || person.phones.length > 0 || person.links.length > 0;
    const isPerson =
      named || (!hasOrg && (reachable || person.externalIds.size > 0)) || (hasOrg && this.jobTitle !== '' && reachable);
    if (!this.hasContract && (contract.value || contract.renewal || contract.extra.length > 0)) {
      if (contract.value && this.amount)
        contract.extra.push({ header: this.amount.column.header, value: this.amount.text });
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
    if (
      isPerson &&
      !hasOrg &&
      (org.phones.length > 0 || org.emails.length > 0 || org.links.length > 0 || org.addresses.length > 0)
    ) {
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
