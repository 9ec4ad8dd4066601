/** Files as careless programs and people leave them: each is a class of mess, and what a careful reader makes of it. */
import { describe, expect, it } from 'vitest';
import { utf16 } from '../../../shared/import/decode/decode.ts';
import { matchHeader } from '../../../shared/import/header-match.ts';
import { parseText, plainField } from '../../../shared/import/parse-text.ts';
import { parseDateText } from '../../../shared/import/values/dates.ts';
import { parseMoneyText } from '../../../shared/import/values/amounts.ts';
import { parseEmails } from '../../../shared/import/values/emails.ts';
import { severalLegalIds } from '../../../shared/import/values/legal-ids.ts';
import { parseFullName, severalPeople } from '../../../shared/import/values/names.ts';
import { organisationKey } from '../../../shared/import/values/organisations.ts';
import { parsePhones } from '../../../shared/import/values/phones.ts';
import { encode } from '../../fixtures/import/encode.ts';
import { codes, importInto, MemoryVault } from '../../fixtures/import/work.ts';

type Set = Record<string, { readonly value?: string; readonly e164?: string; readonly label?: string }>;
const values = (set: unknown, key: 'value' | 'e164' | 'label' = 'value'): string[] =>
  Object.values((set ?? {}) as Set).map((one) => one[key] ?? '');
const names = (vault: MemoryVault): unknown[] => vault.people.map((person) => person['name']);

async function read(file: string | Uint8Array, vault = new MemoryVault()) {
  const imported = await importInto(vault, file);
  return { ...imported, vault, fields: imported.reading.columns.map((column) => column.field) };
}
function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
const LIST = 'ФИО;Компания;Телефон\nИванов Иван Иванович;ООО «Ромашка»;89161234567\nЩукина Юлия;ЗАО Ёлка;89161234568\n';
const MORE = 'Козлов Пётр Ильич;ООО Клён;89167778899\n';

describe('bytes', () => {
  it.each(['utf-16le', 'utf-16be'] as const)('of %s are text, however many capitals there are', async (encoding) => {
    // «А» is 0410: its bytes look like control signs.
    const text = LIST.toUpperCase().replaceAll(';', '\t').replaceAll('\n', '\r');
    const bytes = encode(text, encoding);
    expect(utf16(bytes)).toBe(encoding);
    const { reading, rows } = await read(bytes);
    expect(reading).toMatchObject({ encoding, delimiter: '\t' });
    expect(rows.created).toBe(2);
  });
  it('cut off in the middle of a UTF-16 letter lose nothing else', async () => {
    const { rows, reading } = await read(join(Uint8Array.of(0xff, 0xfe), encode(LIST, 'utf-16le'), Uint8Array.of(10)));
    expect(reading.encoding).toBe('utf-16le');
    expect(rows.created).toBe(2);
  });
  it.each([
    ['utf-8', join(new TextEncoder().encode(LIST), encode(MORE, 'windows-1251')), 4],
    ['windows-1251', join(encode(LIST, 'windows-1251'), new TextEncoder().encode(MORE)), 4],
  ])(
    'of two encodings, mostly %s, are read line by line and the first strange line is named',
    async (encoding, bytes, row) => {
      const { reading, plan, vault } = await read(bytes);
      expect(reading).toMatchObject({ encoding, encodingSure: true });
      expect(names(vault).at(-1)).toMatchObject({ family: 'Козлов', given: 'Пётр' });
      expect(codes(plan)).toContain(`${row}:mixedEncodings`);
    },
  );
});

describe('text that is not quite delimited', () => {
  const people = [
    ['ФИО', 'Телефон', 'Почта'],
    ['Иванов Иван', '89161234567', 'a@b.ru'],
    ['Петров Пётр', '89161234568', 'c@d.ru'],
  ];
  it.each([
    ['records wrapped in quotes', `${people.map((row) => `"${row.join(';')}"`).join('\n')}\n`],
    [
      'a header beside wrapped records',
      people.map((row, i) => (i === 0 ? row.join(',') : `"${row.join(',')}"`)).join('\n'),
    ],
    ['quotes after spaces', people.map((row) => row.map((one) => `"${one}"`).join(', ')).join('\n')],
    ['columns aligned with spaces', people.map((row) => row.map((one) => one.padEnd(20)).join('')).join('\n')],
  ])('%s', (_, text) => {
    expect(parseText(text).table.rows.map((row) => row.map((one) => String(one).trim()))).toEqual(people);
  });
  it('keeps commas and doubled quotes inside wrapped and spaced fields', () => {
    expect(parseText('"Имя,""Почта, доп."""\n"Анна,""a@x.ru, b@x.ru"""\n').table.rows).toEqual([
      ['Имя', 'Почта, доп.'],
      ['Анна', 'a@x.ru, b@x.ru'],
    ]);
    expect(parseText('"Name", "Company"\n"Doe, Jane", "Beta ""B"" LLC"\n').table.rows[1]).toEqual([
      'Doe, Jane',
      'Beta "B" LLC',
    ]);
  });
  it.each([
    ['="0012345678"', '0012345678'],
    ["'+79161234567", '+79161234567'],
    ["'01.03.2024", '01.03.2024'],
    ['79161234567.0', '79161234567'],
    ["'90s Radio", "'90s Radio"],
    ['12.0', '12.0'],
    ['="a"&B1', '="a"&B1'],
  ])('%s is %s', (field, expected) => {
    expect(plainField(field)).toBe(expected);
  });
});

describe('headers', () => {
  it('above people is the header, though its words come again on the next page', async () => {
    const { reading, rows } = await read(
      'Организация;Контактное лицо;;Телефон\n;ФИО;Должность;\nООО Луч;Иванов Иван;Директор;89161234567\n\nОрганизация;ФИО;Должность;Телефон\nАО Мир;Носов Пётр;Менеджер;89161234568\n',
    );
    expect(reading.headerRow).toBe(2);
    expect(rows).toMatchObject({ read: 3, created: 2, skipped: 1 });
  });
  it('are numbered below in printed forms; lists are parted by letters and lines', async () => {
    const { plan, rows } = await read(
      'ФИО;Телефон;Почта\n1;2;3\nА;;\nАлексеев Пётр;89161234567;\n---;---;---\nБ;;\nБоков Лев;89161234568;\n',
    );
    expect(rows).toMatchObject({ created: 2, skipped: 4 });
    expect(codes(plan)).toEqual(['2:skippedColumnNumbers', '3:skippedDivider', '5:skippedDivider', '6:skippedDivider']);
  });
  it('differ by a whole word and not by a slip', () => {
    expect(matchHeader('Вид контрагента')?.field).not.toBe('externalId');
    expect(matchHeader('Отчесво')?.field).toBe('name.patronymic');
    expect(matchHeader('Create Date (GMT+3)')?.field).toBe('created');
    expect(matchHeader('Associated Company (Primary)')?.field).toBe('org.name');
  });
  it('of identifiers do not make identifiers of words, nor of what several people share', async () => {
    const shared = await read('ID;ФИО;Компания\n7;Смирнова Анна;ООО Луч\n7;Носов Пётр;ООО Луч\n');
    expect(shared.rows.created).toBe(2);
    const words = await read(
      'Код;ФИО\nФизическое лицо;Смирнова Анна\nФизическое лицо;Носов Пётр\nЮридическое лицо;Котов Лев\n',
    );
    expect(words.fields[0]).toBe('extra');
    expect(words.rows.created).toBe(3);
  });
});

describe('several people', () => {
  it.each([
    ['Иванов Иван Иванович, Петров Пётр Петрович', 2],
    ['Сидорова Анна / Котов Илья', 2],
    ['Белов Олег и Белова Мария', 2],
    ['Smith, John', 0],
    ['Олег и Мария Беловы', 0],
    ['Ильин Игорь', 0],
  ])('%s: %i', (text, count) => {
    expect(severalPeople(text)?.length ?? 0).toBe(count);
  });
  it('of a cell are named, the first is taken, and no name is mixed from two', async () => {
    const { plan, vault } = await read('ФИО;Телефон\nСидорова Анна / Котов Илья;84951112233\n');
    expect(names(vault)).toEqual([{ family: 'Сидорова', given: 'Анна' }]);
    expect(codes(plan)).toContain('2:severalPeople');
    expect(JSON.stringify(vault.people)).toContain('Котов Илья');
  });
  it('among telephones become people; what follows the second bears the name', async () => {
    const { vault } = await read(
      'Компания;Контакты\nООО Луч;"Иванов Иван 8-916-111-22-33, Петров Пётр 8-916-222-33-44, p@luch.ru"\nООО Мир;"приёмная 8 495 111 22 34, Анна Петрова - anna@mir.ru"\n',
    );
    const [ivanov, petrova] = vault.people;
    expect(names(vault)).toEqual([
      { family: 'Иванов', given: 'Иван' },
      { given: 'Анна', family: 'Петрова' },
    ]);
    expect(values(ivanov?.['phones'], 'label')).toEqual(['mobile', 'Петров Пётр']);
    expect(values(ivanov?.['emails'], 'label')).toEqual(['Петров Пётр']);
    expect(values(petrova?.['emails'])).toEqual(['anna@mir.ru']);
  });
  it('in numbered columns are kept and the row says so', async () => {
    const { plan, vault } = await read(
      'Компания;Контактное лицо 1;Контактное лицо 2\nООО Луч;Иванов Иван;Петрова Анна\nАО Мир;Носов Пётр;\n',
    );
    expect(names(vault)).toEqual([
      { family: 'Иванов', given: 'Иван' },
      { family: 'Носов', given: 'Пётр' },
    ]);
    expect(codes(plan)).toEqual(['2:severalPeople']);
  });
  it('under the name of their company belong to it', async () => {
    const { plan, vault } = await read(
      'ФИО;Должность;Телефон\nООО «Ромашка»;;\nИванов Иван;Директор;89161234567\nАО «Луч»;;\nНосов Пётр;Менеджер;89161234569\n',
    );
    const jobs = vault
      .of('affiliation')
      .map(({ data }) => [data['jobTitle'], vault.records.get(String(data['organisation']))?.data['name']]);
    expect(jobs).toEqual([
      ['Директор', 'ООО «Ромашка»'],
      ['Менеджер', 'АО «Луч»'],
    ]);
    expect(codes(plan)).toEqual(['2:groupTitle', '4:groupTitle']);
  });
  it('and companies that alternate in one column are left as they are', async () => {
    const { vault } = await read('ФИО;Телефон\nООО «Ромашка»;84951234567\nИванов Иван;89161234567\n');
    expect(vault.of('affiliation')).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['Петрович Иван Кузнецов', { family: 'Кузнецов', given: 'Иван', patronymic: 'Петрович' }],
    ['John "Johnny" Smith', { given: 'John', family: 'Smith', nickname: 'Johnny' }],
    ['Anke Müller, PMP®, MBA', { given: 'Anke', family: 'Müller', suffix: 'PMP®, MBA' }],
    ['к.т.н. Зайцев Лев Львович', { family: 'Зайцев', given: 'Лев', patronymic: 'Львович', prefix: 'к.т.н.' }],
  ])('%s', (text, expected) => {
    expect(parseFullName(text).name).toEqual(expected);
  });
  it('leave titles and credentials of split columns', async () => {
    const { vault } = await read(
      'First Name,Last Name,Email\nDr. Robert,"Brown, PMP®",r@b.com\nMary,"Lee, ANN",m@l.com\n',
    );
    expect(names(vault)[0]).toEqual({ prefix: 'Dr.', given: 'Robert', family: 'Brown', suffix: 'PMP®' });
  });
});

describe('columns beside a name', () => {
  it('of somebody else never become parts of it', async () => {
    const { vault } = await read(
      'Фамилия И.О.;Компания;Вёл\nИванов И.О.;ООО Луч;Кузнецова\nНосов П.П.;АО Мир;Смирнова\n',
    );
    expect(names(vault)).toEqual([
      { family: 'Иванов', given: 'И.', patronymic: 'О.' },
      { family: 'Носов', given: 'П.', patronymic: 'П.' },
    ]);
  });
  it('hold pages beside addresses, lists of other systems, remarks beside names', async () => {
    const { vault } = await read(
      'Имя;Сайт/почта;Телефоны\nАнна Петровна бухг. Луч;luch.ru, info@luch.ru;"[""+79161234567""]"\n',
    );
    const [anna] = vault.people;
    expect(anna).toMatchObject({ name: { given: 'Анна', patronymic: 'Петровна' }, summary: 'бухг. Луч' });
    expect(values(anna?.['links'])).toEqual(['luch.ru']);
    expect(values(anna?.['phones'], 'label')).toEqual(['mobile']);
  });
  it('are understood in German, with the telephones of the country', async () => {
    const { vault } = await read(
      encode(
        'Vorname;Nachname;Firma;PLZ;Ort;Telefon geschäftlich;E-Mail-Adresse;Geburtstag\nJürgen;Müller;Söhne GmbH;01234;Köln;0221 123456;j@firma.de;24.12.1970\n',
        'windows-1252',
      ),
    );
    expect(vault.people[0]).toMatchObject({ name: { given: 'Jürgen', family: 'Müller' }, birthday: '1970-12-24' });
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+49221123456']);
  });
});

describe('numbers and addresses', () => {
  it.each([
    ['8-9I6-l23-45-67', ['+79161234567'], ['repaired']],
    ['8-91б-123-45-67', ['+79161234567'], ['repaired']],
    ['8-91x-123-45-68', [], ['notRead']],
    ['8 916 ххх-хх-12', [], ['notRead']],
    ['8495ж1234567', [], ['notRead']],
  ])('%s never loses a letter that stands for a digit', (text, expected, problems) => {
    const parsed = parsePhones(text);
    expect(parsed.phones.map((phone) => phone.e164)).toEqual(expected);
    expect(parsed.problems).toEqual(problems);
  });
  it.each([
    ['ivan@x,ru', ['ivan@x.ru']],
    ['ivan@@x.ru', ['ivan@x.ru']],
    ['a@x.ru,ru@y.ru', ['a@x.ru', 'ru@y.ru']],
  ])('%s', (text, expected) => {
    expect(parseEmails(text).emails).toEqual(expected);
  });
  it('«нет» is nothing and no remark', async () => {
    const { plan, vault } = await read('ФИО;Телефон;Почта\nИванов Иван;нет;отсутствует\n');
    expect(plan.problems).toEqual([]);
    expect(vault.people[0]).not.toHaveProperty('extra');
  });
  it.each([
    ['7707083893/773601001', { inn: '7707083893', kpp: '773601001' }],
    ['77 07 083 893 / 7736 01 001', { inn: '7707083893', kpp: '773601001' }],
    ['ИНН 7707083893 КПП 773601001 ОГРН 1027700132195', { inn: '7707083893', kpp: '773601001', ogrn: '1027700132195' }],
    ['7707083893', null],
    ['7707083893, 5001007322', null],
  ])('%s', (text, expected) => {
    const found = severalLegalIds(text);
    expect(found && Object.fromEntries(found)).toEqual(expected);
  });
  it('a number of twelve digits is a person’s own, and a person’s full name no company', async () => {
    const { vault } = await read(
      'Наименование;Полное наименование;ИНН\nООО Луч;ООО «Луч»;7707083893\nИванова Мария Петровна;Иванова Мария Петровна;500100732259\n',
    );
    expect(vault.organisations.map((one) => one['name'])).toEqual(['ООО Луч']);
    expect(JSON.stringify(vault.people)).toContain('500100732259');
  });
  it.each(['OOO «Ромашка»', 'OОO Pомашка', 'ООО "РОМАШКА"'])('%s is ромашка', (name) => {
    expect(organisationKey(name)).toEqual({ key: 'ромашка', form: 'llc' });
  });
});

describe('days and sums', () => {
  it.each([
    ['«15» марта 1985 г.', '1985-03-15'],
    ['12.III.1980', '1980-03-12'],
    ['1 XII 99', '1999-12-01'],
    ['12.05.1980 (46 лет)', '1980-05-12'],
    ['1980 г.р.', '1980'],
  ])('%s', (text, date) => {
    expect(parseDateText(text, { order: 'dmy', epoch: 1900, birthday: true, today: '2026-01-01' })).toEqual({
      kind: 'date',
      date,
    });
  });
  it.each([
    ['100 000-50', 10_000_050],
    ['1500=', 150_000],
  ])('%s', (text, minor) => {
    expect(parseMoneyText(text, { decimal: ',', currency: 'RUB' })).toEqual({ minor, currency: 'RUB' });
  });
});
