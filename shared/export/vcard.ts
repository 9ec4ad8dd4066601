/**
 * People and organisations as business cards: vCard 3.0 (RFC 2426) for telephones and Outlook, 4.0 (RFC 6350) for newer
 * programs. The same fields leave as in the tables (contact-table.ts), and our import reads the cards back without a change.
 */
import { escapeText, parameter, toFile } from '../calendar-file/content-line.ts';
import { parseLink } from '../import/values/lists.ts';
import { CARD_PRESET, uidOfRecord } from '../import/vcard/uid.ts';
import type { Address, Email, ExtraValue, Link, Organisation, Person, Phone } from '../model/records.ts';
import { displayName } from '../text/names.ts';
import type { CardVersion } from './card-version.ts';
import { inOrder, type PersonRow, phoneText } from './contact-table.ts';

/** Our labels that types say. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  mobile: ['cell'],
  work: ['work'],
  home: ['home'],
  fax: ['work', 'fax'],
  faxHome: ['home', 'fax'],
  pager: ['pager'],
};
/** Our labels that have a word of their own in labels of groups. */
const WORDS: Readonly<Record<string, string>> = { main: '_$!<Main>!$_', other: '_$!<Other>!$_' };

class Card {
  readonly lines: string[] = [];
  readonly #version: CardVersion;
  #groups = 0;

  constructor(version: CardVersion) {
    this.#version = version;
    this.lines.push('BEGIN:VCARD', `VERSION:${version}`);
  }

  get isNew(): boolean {
    return this.#version === '4.0';
  }

  /**
   * A text that has no components. 4.0 lets a semicolon stand there, and readers that Thunderbird and Nextcloud are built
   * on show the backslash before one; 3.0 asks for it.
   */
  escaped(text: string): string {
    const escaped = escapeText(text);
    return this.isNew ? escaped.replace(/\\([\\;,n])/gu, (pair, sign) => (sign === ';' ? ';' : pair)) : escaped;
  }

  /** A text property; blank ones are left out. */
  text(name: string, value: string | undefined): void {
    const text = value?.trim() ?? '';
    if (text !== '') this.lines.push(`${name}:${this.escaped(text)}`);
  }

  /** A property of components. */
  parts(name: string, parts: readonly (string | undefined)[]): void {
    this.lines.push(`${name}:${parts.map((part) => escapeText(part?.trim() ?? '')).join(';')}`);
  }

  /** A value with a label: as a type where there is one, else as the label of a group. Returns the group, `item1.` or ''. */
  labelled(
    name: string,
    label: string,
    value: string,
    options: { readonly params?: string; readonly types?: readonly string[]; readonly preferred?: boolean } = {},
  ): string {
    const known = Object.hasOwn(TYPES, label) && (name === 'TEL' || label === 'work' || label === 'home');
    const types = [...(known ? (TYPES[label] as readonly string[]) : []), ...(options.types ?? [])];
    if (options.preferred && !this.isNew) types.push('pref');
    let group = '';
    if (!known && label.trim() !== '') {
      this.#groups += 1;
      group = `item${this.#groups}.`;
    }
    const list = this.isNew && types.length > 1 ? `"${types.join(',')}"` : types.join(',').toUpperCase();
    const type = types.length === 0 ? '' : `;TYPE=${this.isNew ? list.toLowerCase() : list}`;
    const preferred = options.preferred && this.isNew ? ';PREF=1' : '';
    this.lines.push(`${group}${name}${options.params ?? ''}${type}${preferred}:${value}`);
    if (group !== '')
      this.lines.push(`${group}X-ABLabel:${Object.hasOwn(WORDS, label) ? WORDS[label] : this.escaped(label.trim())}`);
    return group;
  }

  end(): readonly string[] {
    this.lines.push('END:VCARD');
    return this.lines;
  }
}

/** An address that is no text: line breaks gone, backslashes kept from being read as escapes. */
const uriText = (value: string): string =>
  value
    .replace(/\s*[\r\n]+\s*/gu, ' ')
    .trim()
    .replaceAll('\\', '\\\\');

function phones(card: Card, list: readonly Phone[]): void {
  list.forEach((phone, i) => {
    const preferred = i === 0 && list.length > 1;
    const types = phone.label.startsWith('fax') || phone.label === 'pager' ? [] : ['voice'];
    if (card.isNew && /^\+\d{5,17}$/u.test(phone.e164 ?? '')) {
      const extension = phone.extension ? `;ext=${encodeURIComponent(phone.extension)}` : '';
      card.labelled('TEL', phone.label, `tel:${phone.e164}${extension}`, { params: ';VALUE=uri', types, preferred });
    } else card.labelled('TEL', phone.label, card.escaped(phoneText(phone, 'en')), { types, preferred });
  });
}

function emails(card: Card, list: readonly Email[]): void {
  list.forEach((email, i) =>
    card.labelled('EMAIL', email.label, card.escaped(email.value.trim()), {
      types: card.isNew ? [] : ['internet'],
      preferred: i === 0 && list.length > 1,
    }),
  );
}

/** Pages, and profiles whose address says what they are, as URL; names in messengers as the version has them. */
function link(card: Card, { kind, value }: Link): void {
  const text = value.trim();
  if (text === '') return;
  const parsed = parseLink(text, 'web');
  if (parsed.kind === kind && parsed.value === text) card.lines.push(`URL:${uriText(text)}`);
  else if (kind === 'skype') card.lines.push(`IMPP:skype:${uriText(text)}`);
  else if (kind === 'other' && /^[a-z][a-z0-9+.-]*:/iu.test(text)) card.lines.push(`IMPP:${uriText(text)}`);
  else {
    const service = kind === 'other' ? '' : parameter(kind);
    if (card.isNew)
      card.lines.push(`SOCIALPROFILE${service ? `;SERVICE-TYPE=${service}` : ''};VALUE=text:${card.escaped(text)}`);
    else card.lines.push(`X-SOCIALPROFILE${service ? `;TYPE=${service}` : ''}:${card.escaped(text)}`);
  }
}

function address(card: Card, one: Address): void {
  const parts = [one.poBox, '', one.street, one.city, one.region, one.postcode, one.country].map(
    (part) => part?.trim() ?? '',
  );
  const formatted = one.formatted?.trim() ?? '';
  const isPrintedOnly = !parts.some(Boolean);
  if (formatted === '' && isPrintedOnly) return;
  // Programs that read no printed form find it under the street.
  if (isPrintedOnly) parts[2] = formatted;
  const value = parts.map(escapeText).join(';');
  const label = one.label || 'other';
  if (card.isNew || formatted === '') {
    card.labelled('ADR', label, value, formatted === '' ? {} : { params: `;LABEL=${parameter(formatted)}` });
    return;
  }
  const group = card.labelled('ADR', label, value);
  const type = label === 'work' || label === 'home' ? `;TYPE=${label.toUpperCase()}` : '';
  card.lines.push(`${group}LABEL${type}:${card.escaped(formatted)}`);
}

function birthday(card: Card, date: string | undefined): void {
  if (date === undefined) return;
  const yearless = /^--(\d\d)-(\d\d)$/u.exec(date);
  const isDay = /^\d{4}-\d\d-\d\d$/u.test(date);
  if (!yearless && !/^\d{4}(?:-\d\d){0,2}$/u.test(date)) card.lines.push(`BDAY;VALUE=text:${card.escaped(date)}`);
  else if (card.isNew) card.lines.push(`BDAY:${yearless || isDay ? date.replace(/(?<=\d)-/gu, '') : date}`);
  // The old version knows no day without a year; telephones agree on 1604, a leap year.
  else if (yearless) card.lines.push(`BDAY;X-APPLE-OMIT-YEAR=1604:1604-${yearless[1]}-${yearless[2]}`);
  else card.lines.push(`BDAY:${date}`);
}

/** Columns that a file once brought and nobody knew: under their own names where those are names of properties. */
function extra(card: Card, { header, value }: ExtraValue): void {
  const name = header.trim();
  if (name === '' || value.trim() === '') return;
  if (name === 'ANNIVERSARY' && /^\d{4}-\d\d-\d\d$/u.test(value))
    card.lines.push(card.isNew ? `ANNIVERSARY:${value.replaceAll('-', '')}` : `X-ANNIVERSARY:${value}`);
  else if (/^X-[A-Z0-9-]+$/u.test(name)) card.text(name, value);
  else card.lines.push(`X-RAPPORT-FIELD;X-HEADER=${parameter(name)}:${card.escaped(value.trim())}`);
}

/** What people and organisations have alike, from the telephones on. */
function reaching(card: Card, record: Person | Organisation): void {
  phones(card, inOrder(record.phones));
  emails(card, inOrder(record.emails));
  for (const one of inOrder(record.links as Readonly<Record<string, Link & { order?: number }>> | undefined))
    link(card, one);
  for (const one of Object.values(record.addresses ?? {})) address(card, one);
}

function closing(card: Card, record: Person | Organisation, changedAt: number): readonly string[] {
  const tags = Object.keys(record.tags ?? {});
  if (tags.length > 0) card.lines.push(`CATEGORIES:${tags.map((tag) => card.escaped(tag)).join(',')}`);
  card.text('NOTE', record.summary);
  for (const one of Object.values(record.extra ?? {})) extra(card, one);
  card.text('UID', record.externalIds?.[CARD_PRESET] ?? uidOfRecord(record.id));
  const at = new Date(changedAt).toISOString().replace(/\.\d+Z$/u, 'Z');
  card.lines.push(`REV:${card.isNew ? at.replace(/[-:]/gu, '') : at}`);
  return card.end();
}

/** A person with the job that the tables show. */
export function personCard({ person, job, organisation }: PersonRow, version: CardVersion): readonly string[] {
  const card = new Card(version);
  const { name } = person;
  const shown = displayName(name);
  card.parts('N', [name?.family, name?.given, name?.patronymic, name?.prefix, name?.suffix]);
  // Every card has a name for display; of somebody without one it is what reaches them.
  card.text('FN', shown || inOrder(person.emails)[0]?.value || inOrder(person.phones)[0]?.value || '—');
  card.text('NICKNAME', name?.nickname);
  const company = organisation?.name ?? organisation?.fullName;
  const department = job?.department?.trim() ?? '';
  if (company?.trim() || department !== '') card.parts('ORG', department === '' ? [company] : [company, department]);
  card.text('TITLE', job?.jobTitle);
  birthday(card, person.birthday);
  reaching(card, person);
  return closing(card, person, Math.max(person.changedAt, job?.changedAt ?? 0));
}

export function organisationCard(one: Organisation, version: CardVersion): readonly string[] {
  const card = new Card(version);
  const name = (one.name ?? one.fullName)?.trim() || '—';
  card.parts('N', ['', '', '', '', '']);
  card.text('FN', name);
  card.parts('ORG', [name]);
  if (card.isNew) card.lines.push('KIND:org');
  card.lines.push('X-ABShowAs:COMPANY');
  if (one.name) card.text('X-LEGAL-NAME', one.fullName);
  card.text('X-INN', one.legalIds?.['inn']);
  card.text('X-KPP', one.legalIds?.['kpp']);
  card.text('X-OGRN', one.legalIds?.['ogrn']);
  card.text('X-INDUSTRY', one.industry);
  reaching(card, one);
  return closing(card, one, one.changedAt);
}

/** The file: UTF-8 is made of it as it is. */
export const cardFile = (cards: readonly (readonly string[])[]): string => toFile(cards.flat());
