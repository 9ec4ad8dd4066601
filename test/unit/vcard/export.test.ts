/** Business cards that leave: held to the rules of the format by an independent reader, and read back by our import without a change. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { fromDayNumber } from '../../../shared/dates/plain-date.ts';
import { CARD_VERSIONS, type CardVersion } from '../../../shared/export/card-version.ts';
import type { PersonRow } from '../../../shared/export/contact-table.ts';
import { cardFile, organisationCard, personCard } from '../../../shared/export/vcard.ts';
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import { addressKey, emailKey, linkKey, phoneKey, textKey } from '../../../shared/import/element-keys.ts';
import type {
  Address,
  Affiliation,
  Email,
  ExtraValue,
  Link,
  Organisation,
  Person,
  Phone,
} from '../../../shared/model/records.ts';
import { importInto, MemoryVault } from '../../fixtures/import/work.ts';

const AT = Date.UTC(2026, 10, 27, 8, 3, 45);
const base = (id: string): { id: string; changedAt: number; createdAt: number } => ({
  id,
  changedAt: AT,
  createdAt: AT,
});
const ID = '0b7d7a52-6c0e-4a53-9a7e-3f6f1f1b2c3d';
const byKey = <T>(list: readonly T[], key: (one: T) => string): Record<string, T> =>
  Object.fromEntries(list.map((one) => [key(one), one]));
const row = (person: Partial<Person>, job?: Partial<Affiliation>, organisation?: Partial<Organisation>): PersonRow => ({
  person: { ...base(ID), ...person },
  job: job && { ...base('job'), ...job },
  organisation: organisation && { ...base('org'), ...organisation },
});
const linesOf = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
const octets = (line: string): number => new TextEncoder().encode(line).length;

const FULL = row(
  {
    name: { family: 'Смирнова', given: 'Анна', patronymic: 'Сергеевна', prefix: 'проф.' },
    birthday: '1980-01-02',
    phones: {
      b: { value: '8 (916) 123-45-67', e164: '+79161234567', label: 'mobile', order: 1 },
      a: { value: '+7 495 765-43-21', e164: '+74957654321', extension: '12', label: 'work', order: 0 },
      c: { value: '12-34-56', label: 'Дача', order: 2 },
    },
    emails: { e: { value: 'anna@x.example', label: 'home', order: 0 } },
    links: { l: { kind: 'telegram', value: '@anna' }, m: { kind: 'web', value: 'https://x.example/a;b' } },
    addresses: {
      w: { label: 'work', street: 'ул. Ленина, 5', city: 'Тверь' },
      p: { label: 'postal', formatted: 'а/я 7, Тверь' },
    },
    tags: { 'vip, первый': true, б: true },
    summary: 'Любит чай;\nи "кофе"',
    extra: { 'X-FOO': { header: 'X-FOO', value: '1' }, Чай: { header: 'Любимый чай', value: 'чёрный' } },
    role: 'blocker',
    stance: 'against',
    owner: 'Пётр',
  },
  { jobTitle: 'Директор', department: 'Отдел; закупок' },
  { name: 'ООО «Ромашка»' },
);

describe('a card that leaves', () => {
  it('is 3.0 as telephones read it', () => {
    expect(linesOf(cardFile([personCard(FULL, '3.0')]))).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:Смирнова;Анна;Сергеевна;проф.;',
      'FN:Смирнова Анна Сергеевна',
      'ORG:ООО «Ромашка»;Отдел\\; закупок',
      'TITLE:Директор',
      'BDAY:1980-01-02',
      'TEL;TYPE=WORK,VOICE,PREF:+7 495 765-43-21 ext. 12',
      'TEL;TYPE=CELL,VOICE:8 (916) 123-45-67',
      'item1.TEL;TYPE=VOICE:12-34-56',
      'item1.X-ABLabel:Дача',
      'EMAIL;TYPE=HOME,INTERNET:anna@x.example',
      'X-SOCIALPROFILE;TYPE=telegram:@anna',
      'URL:https://x.example/a;b',
      'ADR;TYPE=WORK:;;ул. Ленина\\, 5;Тверь;;;',
      'item2.ADR:;;а/я 7\\, Тверь;;;;',
      'item2.X-ABLabel:postal',
      'item2.LABEL:а/я 7\\, Тверь',
      'CATEGORIES:vip\\, первый,б',
      'NOTE:Любит чай\\;\\nи "кофе"',
      'X-FOO:1',
      'X-RAPPORT-FIELD;X-HEADER=Любимый чай:чёрный',
      `UID:urn:uuid:${ID}`,
      'REV:2026-11-27T08:03:45Z',
      'END:VCARD',
    ]);
  });
  it('is 4.0 as the RFC has it', () => {
    expect(linesOf(cardFile([personCard(FULL, '4.0')]))).toEqual([
      'BEGIN:VCARD',
      'VERSION:4.0',
      'N:Смирнова;Анна;Сергеевна;проф.;',
      'FN:Смирнова Анна Сергеевна',
      'ORG:ООО «Ромашка»;Отдел\\; закупок',
      'TITLE:Директор',
      'BDAY:19800102',
      'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+74957654321;ext=12',
      'TEL;VALUE=uri;TYPE="cell,voice":tel:+79161234567',
      'item1.TEL;TYPE=voice:12-34-56',
      'item1.X-ABLabel:Дача',
      'EMAIL;TYPE=home:anna@x.example',
      'SOCIALPROFILE;SERVICE-TYPE=telegram;VALUE=text:@anna',
      'URL:https://x.example/a;b',
      'ADR;TYPE=work:;;ул. Ленина\\, 5;Тверь;;;',
      'item2.ADR;LABEL="а/я 7, Тверь":;;а/я 7\\, Тверь;;;;',
      'item2.X-ABLabel:postal',
      'CATEGORIES:vip\\, первый,б',
      'NOTE:Любит чай;\\nи "кофе"',
      'X-FOO:1',
      'X-RAPPORT-FIELD;X-HEADER=Любимый чай:чёрный',
      `UID:urn:uuid:${ID}`,
      'REV:20261127T080345Z',
      'END:VCARD',
    ]);
  });
  it('says nothing of roles in decisions, attitudes, owners and other notes of ours', () => {
    for (const version of CARD_VERSIONS)
      expect(cardFile([personCard(FULL, version)])).not.toMatch(/blocker|against|Пётр/u);
  });
  it.each([
    ['--05-12', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12', 'BDAY:--0512'],
    ['1980', 'BDAY:1980', 'BDAY:1980'],
    ['1980-05', 'BDAY:1980-05', 'BDAY:1980-05'],
  ])('has the birthday %s', (birthday, old, current) => {
    const person = row({ name: { given: 'Анна' }, birthday });
    expect(personCard(person, '3.0')).toContain(old);
    expect(personCard(person, '4.0')).toContain(current);
  });
  it('holds one line for each property, whatever a record from elsewhere holds', () => {
    const evil = 'x\r\nTEL:1\nNOTE:2';
    const person = row(
      {
        name: { family: evil, nickname: evil },
        birthday: evil,
        phones: { a: { value: evil, e164: evil, extension: evil, label: evil, order: 0 } },
        emails: { a: { value: evil, label: evil, order: 0 } },
        links: {
          a: { kind: evil, value: evil },
          b: { kind: 'skype', value: evil },
          c: { kind: 'web', value: `https://${evil}` },
        },
        addresses: { a: { label: evil, formatted: evil }, b: { label: 'work', city: evil, formatted: `${evil}!` } },
        tags: { [evil]: true },
        summary: evil,
        externalIds: { vcard: evil },
        extra: {
          a: { header: evil, value: evil },
          b: { header: 'X-A', value: evil },
          c: { header: 'ANNIVERSARY', value: evil },
        },
      },
      { jobTitle: evil, department: evil },
      { name: evil },
    );
    for (const version of CARD_VERSIONS) {
      const lines = personCard(person, version);
      expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
      expect(lines.filter((line) => line === 'TEL:1' || line === 'NOTE:2')).toEqual([]);
    }
  });
  it('keeps the id that it came with', () => {
    expect(personCard(row({ name: { given: 'Анна' }, externalIds: { vcard: 'ABC-1' } }), '3.0')).toContain('UID:ABC-1');
  });
  it('has a name for display whatever is known', () => {
    expect(personCard(row({ emails: { a: { value: 'a@x.example', label: 'work' } } }), '3.0')).toContain(
      'FN:a@x.example',
    );
    expect(personCard(row({ phones: { a: { value: '112-33', label: 'work' } } }), '4.0')).toContain('FN:112-33');
    expect(personCard(row({}), '4.0')).toContain('FN:—');
  });
  it('of an organisation says so to programs of both kinds', () => {
    const one: Organisation = {
      ...base(ID),
      name: 'Ромашка',
      fullName: 'ООО «Ромашка»',
      legalIds: { inn: '7707083893', vat: 'secret' },
      industry: 'Цветы',
      bank: 'secret',
    };
    expect(organisationCard(one, '3.0').slice(2, 9)).toEqual([
      'N:;;;;',
      'FN:Ромашка',
      'ORG:Ромашка',
      'X-ABShowAs:COMPANY',
      'X-LEGAL-NAME:ООО «Ромашка»',
      'X-INN:7707083893',
      'X-INDUSTRY:Цветы',
    ]);
    expect(organisationCard(one, '4.0')).toContain('KIND:org');
    expect(organisationCard(one, '4.0').join()).not.toContain('secret');
  });
});

// Words as people have them: whole characters, no spaces at the ends, nothing that importing takes for «empty».
const word = fc
  .string({
    unit: fc.constantFrom(...'абвгдежзиклмнопрстщыэюяАБВГЕЁЖabcdefgh,;:\\"\'^=-()№ 0123456789\u{1f600}'),
    minLength: 1,
    maxLength: 40,
  })
  .map((text) => `Я${text.replace(/\s+/g, ' ')}я`);
const capital = fc.constantFrom('Щукин', 'Жданова', 'Ли-Бо', 'Smith', 'Öztürk', 'Кузнецов');
const given = fc.constantFrom('Пётр', 'Анна', 'Jane', 'Мария');
const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const label = fc.oneof(fc.constantFrom('work', 'home', 'other', 'main', 'assistant', 'direct'), word);
const phones = fc
  .uniqueArray(
    fc.record({
      number: digits(7),
      label: fc.oneof(label, fc.constantFrom('mobile', 'fax', 'faxHome', 'pager')),
      extension: fc.option(digits(3), { nil: undefined }),
    }),
    { maxLength: 4, selector: (one) => one.number },
  )
  .map((list) =>
    list.map(
      ({ number, label: of, extension }, order): Phone => ({
        value: `+7 916 ${number.slice(0, 3)}-${number.slice(3, 5)}-${number.slice(5)}`,
        e164: `+7916${number}`,
        ...(extension ? { extension } : {}),
        label: of,
        order,
      }),
    ),
  );
const emails = fc
  .uniqueArray(fc.record({ name: digits(4), label }), { maxLength: 3, selector: (one) => one.name })
  .map((list) => list.map(({ name, label: of }, order): Email => ({ value: `p${name}@x.example`, label: of, order })));
const links = fc
  .uniqueArray(
    fc.record({
      kind: fc.constantFrom('web', 'telegram', 'viber', 'whatsapp', 'skype', 'vk', 'linkedin', 'x', 'icq'),
      name: digits(3),
    }),
    {
      maxLength: 4,
      selector: (one) => one.kind + one.name,
    },
  )
  .map((list) =>
    list.map(
      ({ kind, name }): Link => ({ kind, value: kind === 'web' ? `https://x${name}.example/a,b;c` : `name_${name}` }),
    ),
  );
const addresses = fc
  .uniqueArray(
    fc.record({
      label,
      parts: fc.oneof(
        word.map((formatted) => ({ formatted })),
        fc.record({
          street: word,
          city: fc.option(word, { nil: undefined }),
          region: fc.option(word, { nil: undefined }),
          postcode: fc.option(digits(6), { nil: undefined }),
          country: fc.option(word, { nil: undefined }),
          poBox: fc.option(word, { nil: undefined }),
        }),
      ),
    }),
    { maxLength: 3, selector: (one) => one.label },
  )
  .map((list) =>
    list.map(
      ({ label: of, parts }): Address => ({
        label: of,
        ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
      }),
    ),
  );
const birthday = fc.oneof(
  fc.integer({ min: -25_000, max: 18_000 }).map(fromDayNumber),
  fc.constantFrom('--02-29', '--12-31', '1980', '1980-05'),
);
const extra = fc.uniqueArray(
  fc.record({ header: fc.oneof(word, fc.constantFrom('X-FOO', 'X-SHOE-SIZE')), value: word }),
  {
    maxLength: 3,
    selector: (one) => one.header,
  },
);
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const contact = fc.record({
  family: capital,
  given,
  patronymic: optional(fc.constantFrom('Ильич', 'Сергеевна', 'оглы')),
  nickname: optional(word),
  birthday: optional(birthday),
  phones,
  emails,
  links,
  addresses,
  tags: fc.uniqueArray(word, { maxLength: 3, selector: (tag) => tag.toLowerCase() }),
  summary: optional(fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join('\n'))),
  extra,
  company: optional(word.map((name) => `ООО ${name}`)),
  department: optional(word),
  jobTitle: optional(word),
});
type Contact = typeof contact extends fc.Arbitrary<infer T> ? T : never;

function recordOf(one: Contact): { readonly data: Record<string, unknown>; readonly row: PersonRow } {
  const name = {
    family: one.family,
    given: one.given,
    ...(one.patronymic ? { patronymic: one.patronymic } : {}),
    ...(one.nickname ? { nickname: one.nickname } : {}),
  };
  const data = {
    name,
    ...(one.birthday ? { birthday: one.birthday } : {}),
    ...(one.summary ? { summary: one.summary } : {}),
    ...(one.phones.length > 0 ? { phones: byKey(one.phones, phoneKey) } : {}),
    ...(one.emails.length > 0 ? { emails: byKey(one.emails, emailKey) } : {}),
    ...(one.links.length > 0 ? { links: byKey(one.links, linkKey) } : {}),
    ...(one.addresses.length > 0 ? { addresses: byKey(one.addresses, addressKey) } : {}),
    ...(one.tags.length > 0 ? { tags: Object.fromEntries(one.tags.map((tag) => [textKey(tag), true as const])) } : {}),
    ...(one.extra.length > 0 ? { extra: byKey(one.extra, (value: ExtraValue) => textKey(value.header)) } : {}),
  };
  const job = {
    ...(one.jobTitle ? { jobTitle: one.jobTitle } : {}),
    ...(one.department ? { department: one.department } : {}),
  };
  return { data, row: row(data, job, one.company ? { name: one.company } : undefined) };
}
/** Remarks about words that no person writes; nothing is changed by them. */
const ODD_WORDS = new Set(['mixedLetters', 'damagedText', 'lettersLost']);
const options = { name: 'cards.vcf', encoding: 'utf-8', country: 'RU' };

describe('the way there and back', () => {
  it.each(CARD_VERSIONS)('%s gives the same contact', async (version) => {
    await fc.assert(
      fc.asyncProperty(contact, async (one) => {
        const { data, row: exported } = recordOf(one);
        const { vault, plan } = await importInto(new MemoryVault(), cardFile([personCard(exported, version)]), options);
        const [back] = vault.people;
        expect(back).toEqual({ ...data, source: 'import:test', externalIds: { vcard: `urn:uuid:${ID}` } });
        expect(vault.organisations.map((company) => company['name'])).toEqual(one.company ? [one.company] : []);
        const [job] = vault.of('affiliation');
        expect([job?.data['jobTitle'], job?.data['department']]).toEqual([one.jobTitle, one.department]);
        expect(plan.problems.filter((problem) => !ODD_WORDS.has(problem.code))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
  it.each(CARD_VERSIONS)('%s changes nothing in the vault that it came from', async (version) => {
    await fc.assert(
      fc.asyncProperty(contact, async (one) => {
        const { data, row: exported } = recordOf(one);
        const vault = new MemoryVault();
        const changes: DraftChange[] = [{ type: 'person', record: ID, field: '$new', value: data as Json }];
        if (one.company)
          changes.push({ type: 'organisation', record: 'org', field: '$new', value: { name: one.company } });
        const { id: _, changedAt: __, createdAt: ___, ...job } = exported.job as Affiliation;
        changes.push({
          type: 'affiliation',
          record: 'job',
          field: '$new',
          value: { person: ID, primary: true, ...(one.company ? { organisation: 'org' } : {}), ...job } as Json,
        });
        vault.apply(changes);
        for (const policy of ['fill', 'overwrite'] as const) {
          const again = await importInto(vault, cardFile([personCard(exported, version)]), { ...options, policy });
          expect(again.changes).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('names that are parted in other ways', () => {
  it.each([
    ['a middle name of its own', { family: 'Smith', given: 'John', patronymic: 'Michael' }],
    ['given name and patronymic in one part', { family: 'Щукин', given: 'Пётр Ильич' }],
    ['everything in one part', { family: 'Щукин Пётр' }],
    ['a name for display alone', { nickname: 'Петя' }],
    ['capitals', { family: 'ЩУКИН', given: 'ПЁТР' }],
  ])('%s changes nothing in the vault that it came from', async (_, name) => {
    for (const version of CARD_VERSIONS) {
      const vault = new MemoryVault();
      vault.apply([{ type: 'person', record: ID, field: '$new', value: { name } }]);
      const again = await importInto(vault, cardFile([personCard(row({ name }), version)]), options);
      expect(again.changes).toEqual([]);
      expect(again.rows).toMatchObject({ read: 1, unchanged: 1 });
    }
  });
});

describe('held to the format', () => {
  it.each(CARD_VERSIONS)(
    '%s: lines of at most 75 octets with whole characters, CRLF, and an independent reader finds the same',
    (version: CardVersion) => {
      fc.assert(
        fc.property(contact, (one) => {
          const text = cardFile([personCard(recordOf(one).row, version)]);
          expect(text.endsWith('\r\n')).toBe(true);
          for (const line of text.split('\r\n')) {
            expect(octets(line)).toBeLessThanOrEqual(75);
            expect(line).not.toMatch(/[\r\n\ufffd]|^[\udc00-\udfff]|[\ud800-\udbff]$/);
          }
          const card = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
          // ical.js leaves the backslash that 3.0 asks for before a semicolon.
          const read = (value: unknown): unknown =>
            typeof value === 'string' && version === '3.0' ? value.replaceAll('\\;', ';') : value;
          const valueOf = (name: string): unknown => read(card.getFirstPropertyValue(name));
          expect(card.name).toBe('vcard');
          expect(valueOf('version')).toBe(version);
          expect(valueOf('n')).toEqual([one.family, one.given, one.patronymic ?? '', '', '']);
          expect(valueOf('title')).toBe(one.jobTitle ?? null);
          expect(valueOf('note')).toBe(one.summary ?? null);
          expect((card.getFirstProperty('categories')?.getValues() ?? []).map(read)).toEqual(one.tags);
          expect(card.getAllProperties('email').map((property) => property.getFirstValue())).toEqual(
            one.emails.map((email) => email.value),
          );
          expect(card.getAllProperties('tel')).toHaveLength(one.phones.length);
        }),
        { numRuns: 150 },
      );
    },
  );
});
