/** People and organisations as tables under headers that our import, and most others, understand. */
import type { Language } from '../i18n/catalogue.ts';
import type { Affiliation, Organisation, Person, Phone } from '../model/records.ts';
import { displayName } from '../text/names.ts';
import { isPlainDate } from '../dates/plain-date.ts';
import type { Cell, Table } from './table.ts';

type Headers = Readonly<Record<Language, string>>;
interface Column<T> {
  readonly header: Headers;
  readonly cell: (record: T, language: Language) => Cell | undefined;
}
/** A person with the job that the table shows. */
export interface PersonRow {
  readonly person: Person;
  readonly job: Affiliation | undefined;
  readonly organisation: Organisation | undefined;
}

const text = (value: string | undefined): Cell | undefined => {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? undefined : { kind: 'text', text: trimmed };
};
const list = (values: readonly string[], between = ', '): Cell | undefined =>
  text(values.filter(Boolean).join(between));
const named =
  <T>(ru: string, en: string) =>
  (cell: Column<T>['cell']): Column<T> => ({ header: { ru, en }, cell });

/** Elements in the order in which they were entered. */
export const inOrder = <T extends { readonly order?: number }>(
  set: Readonly<Record<string, T>> | undefined,
): readonly T[] =>
  Object.entries(set ?? {})
    .sort(([a, x], [b, y]) => (x.order ?? 1e9) - (y.order ?? 1e9) || (a < b ? -1 : 1))
    .map(([, element]) => element);

/** Labels with a column of their own; every other stands under the last of its kind. */
const PHONES = ['mobile', 'work', 'home', 'fax', 'other'] as const;
const EMAILS = ['work', 'home', 'other'] as const;
const LINKS = [
  'web',
  'telegram',
  'whatsapp',
  'viber',
  'skype',
  'vk',
  'linkedin',
  'facebook',
  'instagram',
  'other',
] as const;
const columnOf = <L extends string>(labels: readonly L[], label: string): L =>
  labels.find((one) => one === label) ?? (labels.at(-1) as L);

/** The number with its extension in words. */
export function phoneText({ value, extension }: Phone, language: Language): string {
  // The number as it was written may have it at its end already.
  const isSaid =
    !extension ||
    (value.endsWith(extension) && /\D\s*$/u.test(value.slice(0, -extension.length)) && /\p{L}|#/u.test(value));
  return isSaid ? value : `${value} ${language === 'ru' ? 'доб.' : 'ext.'} ${extension}`;
}
/** `--12-25` as our import and people read it: 25.12; the others as they are. */
const partialDate = (date: string | undefined): string | undefined => date?.replace(/^--(\d\d)-(\d\d)$/u, '$2.$1');

function phones(record: Person | Organisation, label: (typeof PHONES)[number], language: Language): Cell | undefined {
  const found = inOrder(record.phones).filter((phone) => columnOf(PHONES, phone.label) === label);
  return found.length === 0
    ? undefined
    : { kind: 'phone', text: found.map((phone) => phoneText(phone, language)).join(', ') };
}
const emails = (record: Person | Organisation, label: (typeof EMAILS)[number]): Cell | undefined =>
  list(
    inOrder(record.emails)
      .filter((email) => columnOf(EMAILS, email.label) === label)
      .map((email) => email.value),
  );
const links = (record: Person | Organisation, kind: (typeof LINKS)[number]): Cell | undefined =>
  list(
    inOrder(record.links as Readonly<Record<string, { kind: string; value: string; order?: number }>> | undefined)
      .filter((link) => columnOf(LINKS, link.kind) === kind)
      .map((link) => link.value),
  );
const address = (record: Person | Organisation): Cell | undefined =>
  list(
    Object.values(record.addresses ?? {})
      .slice(0, 1)
      .map(
        (one) =>
          one.formatted ||
          [one.postcode, one.country, one.region, one.city, one.street, one.poBox].filter(Boolean).join(', '),
      ),
  );

const PHONE_HEADERS: Readonly<Record<(typeof PHONES)[number], readonly [string, string]>> = {
  mobile: ['Мобильный телефон', 'Mobile Phone'],
  work: ['Рабочий телефон', 'Work Phone'],
  home: ['Домашний телефон', 'Home Phone'],
  fax: ['Факс', 'Fax'],
  other: ['Другой телефон', 'Other Phone'],
};
const EMAIL_HEADERS: Readonly<Record<(typeof EMAILS)[number], readonly [string, string]>> = {
  work: ['Рабочая почта', 'Work Email'],
  home: ['Личная почта', 'Personal Email'],
  other: ['Эл. почта', 'Email'],
};
const LINK_HEADERS: Readonly<Record<(typeof LINKS)[number], readonly [string, string]>> = {
  web: ['Сайт', 'Website'],
  telegram: ['Telegram', 'Telegram'],
  whatsapp: ['WhatsApp', 'WhatsApp'],
  viber: ['Viber', 'Viber'],
  skype: ['Skype', 'Skype'],
  vk: ['VK', 'VK'],
  linkedin: ['LinkedIn', 'LinkedIn'],
  facebook: ['Facebook', 'Facebook'],
  instagram: ['Instagram', 'Instagram'],
  other: ['Мессенджер', 'Messenger'],
};

const reaching = <T>(record: (row: T) => Person | Organisation): readonly Column<T>[] => [
  ...PHONES.map((label) => named<T>(...PHONE_HEADERS[label])((row, language) => phones(record(row), label, language))),
  ...EMAILS.map((label) => named<T>(...EMAIL_HEADERS[label])((row) => emails(record(row), label))),
  ...LINKS.map((kind) => named<T>(...LINK_HEADERS[kind])((row) => links(record(row), kind))),
];

const PEOPLE: readonly Column<PersonRow>[] = [
  named<PersonRow>('Фамилия', 'Last Name')(({ person }) => text(person.name?.family)),
  named<PersonRow>('Имя', 'First Name')(({ person }) => text(person.name?.given)),
  named<PersonRow>('Отчество', 'Middle Name')(({ person }) => text(person.name?.patronymic)),
  named<PersonRow>(
    'ФИО',
    'Full Name',
  )(({ person }) => (person.name?.family || person.name?.given ? undefined : text(displayName(person.name)))),
  named<PersonRow>('Организация', 'Company')(({ organisation }) => text(organisation?.name ?? organisation?.fullName)),
  named<PersonRow>('Должность', 'Job Title')(({ job }) => text(job?.jobTitle)),
  named<PersonRow>('Отдел', 'Department')(({ job }) => text(job?.department)),
  ...reaching<PersonRow>(({ person }) => person),
  named<PersonRow>('Адрес', 'Address')(({ person }) => address(person)),
  named<PersonRow>(
    'День рождения',
    'Birthday',
  )(({ person: { birthday } }) =>
    isPlainDate(birthday) ? { kind: 'date', date: birthday } : text(partialDate(birthday)),
  ),
  named<PersonRow>('Теги', 'Tags')(({ person }) => list(Object.keys(person.tags ?? {}))),
  named<PersonRow>('Комментарий', 'Notes')(({ person }) => text(person.summary)),
];

const ORGANISATIONS: readonly Column<Organisation>[] = [
  named<Organisation>('Организация', 'Company')((one) => text(one.name ?? one.fullName)),
  named<Organisation>('Полное наименование', 'Legal Name')((one) => text(one.name ? one.fullName : undefined)),
  named<Organisation>('ИНН', 'ИНН')((one) => text(one.legalIds?.['inn'])),
  named<Organisation>('КПП', 'КПП')((one) => text(one.legalIds?.['kpp'])),
  named<Organisation>('ОГРН', 'ОГРН')((one) => text(one.legalIds?.['ogrn'])),
  named<Organisation>('Отрасль', 'Industry')((one) => text(one.industry)),
  ...reaching<Organisation>((one) => one),
  named<Organisation>('Адрес', 'Address')(address),
  named<Organisation>('Теги', 'Tags')((one) => list(Object.keys(one.tags ?? {}))),
  named<Organisation>('Комментарий', 'Notes')((one) => text(one.summary)),
];

/** Columns that a file once brought and nobody knew: under their own headers, those of our columns left out. */
function extraColumns<T>(
  records: readonly T[],
  of: (record: T) => Person | Organisation,
  taken: readonly string[],
): readonly Column<T>[] {
  const headers = new Set(
    records.flatMap((record) => Object.values(of(record).extra ?? {}).map((one) => one.header.trim())),
  );
  return [...headers]
    .filter((header) => header !== '' && !taken.includes(header))
    .sort()
    .map((header) =>
      named<T>(
        header,
        header,
      )((record) =>
        list(
          Object.values(of(record).extra ?? {})
            .filter((one) => one.header.trim() === header)
            .map((one) => one.value),
        ),
      ),
    );
}

/** Columns that no row fills are left out, so that a small table stays small. */
function table<T>(
  name: string,
  known: readonly Column<T>[],
  records: readonly T[],
  of: (record: T) => Person | Organisation,
  language: Language,
): Table {
  const columns = [
    ...known,
    ...extraColumns(
      records,
      of,
      known.map((column) => column.header[language]),
    ),
  ];
  const cells = records.map((record) => columns.map((column) => column.cell(record, language)));
  const used = columns.flatMap((_, i) => (i === 0 || cells.some((row) => row[i] !== undefined) ? [i] : []));
  return {
    name,
    headers: used.map((i) => columns[i]?.header[language] ?? ''),
    rows: cells.map((row) => used.map((i) => row[i])),
  };
}

export const peopleTable = (people: readonly PersonRow[], language: Language): Table =>
  table(language === 'ru' ? 'Люди' : 'People', PEOPLE, people, ({ person }) => person, language);
export const organisationsTable = (organisations: readonly Organisation[], language: Language): Table =>
  table(language === 'ru' ? 'Организации' : 'Organisations', ORGANISATIONS, organisations, (one) => one, language);
