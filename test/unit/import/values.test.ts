import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { inferDecimal, parseMoneyText } from '../../../shared/import/values/amounts.ts';
import { inferDateOrder, parseDate, parseDateText } from '../../../shared/import/values/dates.ts';
import { emailKey, isRoleMailbox, parseEmails } from '../../../shared/import/values/emails.ts';
import { isInn, isOgrn, parseLegalId } from '../../../shared/import/values/legal-ids.ts';
import {
  parseBoolean,
  parseGender,
  parseLabel,
  parseLink,
  parseTags,
  splitValues,
} from '../../../shared/import/values/lists.ts';
import { inferNameOrder, looksLikePerson, parseFullName } from '../../../shared/import/values/names.ts';
import { latinKeys, looksLikeOrganisation, organisationKey } from '../../../shared/import/values/organisations.ts';
import { parsePhones, understandPhone } from '../../../shared/import/values/phones.ts';

const e164s = (text: string, country = 'RU'): readonly (string | undefined)[] =>
  parsePhones(text, country).phones.map((phone) => phone.e164);

describe('telephones', () => {
  it.each([
    ['8 (916) 123-45-67', ['+79161234567']],
    ['+7(916)123-45-67', ['+79161234567']],
    ['79161234567', ['+79161234567']],
    ['9161234567', ['+79161234567']],
    ['8-800-555-35-35', ['+78005553535']],
    ['495 123-45-67', ['+74951234567']],
    ['8 916 123-45-67, 8 (495) 765-43-21', ['+79161234567', '+74957654321']],
    ['89161234567 89031234567', ['+79161234567', '+79031234567']],
    ['89161234567/89031234567', ['+79161234567', '+79031234567']],
    ['+79161234567\n+79031234567', ['+79161234567', '+79031234567']],
    ['8 495 123-45-67/68', ['+74951234567', '+74951234568']],
    ['+49 89 1234567', ['+49891234567']],
    ['0049 89 1234567', ['+49891234567']],
    ['380501234567', ['+380501234567']],
    ['+1 (212) 555-0123', ['+12125550123']],
    ['тел: 8-495-555-35-35; факс: 8 812 222 33 44', ['+74955553535', '+78122223344']],
    ['123-45-67', [undefined]],
  ])('reads %s', (text, expected) => {
    expect(e164s(text)).toEqual(expected);
  });
  it.each([
    ['+7(916)123-45-67 доб. 123', '123'],
    ['8 495 123-45-67 ext. 5', '5'],
    ['8 495 123-45-67 (доб.12)', '12'],
    ['8 (495) 123-45-67, доб. 45-67', '4567'],
    ['84951234567 вн. 7', '7'],
    ['(495) 123-45-67 #12', '12'],
  ])('keeps the extension of %s', (text, extension) => {
    const { phones } = parsePhones(text);
    expect(phones).toHaveLength(1);
    expect(phones[0]?.extension).toBe(extension);
  });
  it('never invents the digits that Excel dropped', () => {
    const { phones, problems } = parsePhones('7.9161E+10');
    expect(phones).toEqual([{ value: '7.9161E+10' }]);
    expect(problems).toEqual(['damaged']);
    expect(parsePhones('7,9161E+10').problems).toEqual(['damaged']);
  });
  it('reads Cyrillic letters that stand for digits, and says so', () => {
    expect(parsePhones('8916123456О')).toMatchObject({ phones: [{ e164: '+79161234560' }], problems: ['repaired'] });
    expect(parsePhones('8(З91)2345678').phones[0]?.e164).toBe('+73912345678');
  });
  it('keeps remarks as labels', () => {
    expect(parsePhones('89161234567 (Мария)').phones[0]?.label).toBe('Мария');
    expect(parsePhones('моб. 89161234567').phones[0]?.label).toBe('mobile');
    expect(parsePhones('раб. 84951234567').phones[0]?.label).toBe('work');
  });
  it('says that words are no number', () => {
    expect(parsePhones('нет телефона')).toEqual({ phones: [], problems: ['notRead'] });
  });
  it('takes local numbers by the country it is told', () => {
    expect(e164s('(212) 555-0123', 'US')).toEqual(['+12125550123']);
    expect(e164s('089 1234567', 'DE')).toEqual(['+49891234567']);
  });
  it('understands plain Russian numbers exactly as libphonenumber does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('+7', '8', '7', ''),
        // 810 is also the way out of the country.
        fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 300, max: 999 }) },
          { weight: 1, arbitrary: fc.constant(810) },
        ),
        fc.integer({ min: 0, max: 9_999_999 }),
        (prefix, code, rest) => {
          fc.pre(!/^[5-7]/.test(String(code)));
          // Ten digits from 89 are a number of eleven that lost one, though the library allows them.
          fc.pre(prefix !== '' || !String(code).startsWith('89'));
          const text = `${prefix}${code}${String(rest).padStart(7, '0')}`;
          const library = parsePhoneNumberFromString(text, 'RU');
          expect(understandPhone(text)?.e164).toBe(library?.isValid() ? library.number : undefined);
        },
      ),
      { numRuns: 1000 },
    );
  });
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 900, max: 999 }), fc.integer({ min: 0, max: 9_999_999 }), (code, rest) => {
        const e164 = `+7${code}${String(rest).padStart(7, '0')}`;
        const [first] = parsePhones(e164).phones;
        expect(first?.e164).toBe(e164);
        expect(parsePhones(first?.value ?? '').phones[0]?.e164).toBe(e164);
      }),
    );
  });
});

describe('e-mail', () => {
  it.each([
    ['a@x.ru; b@x.ru', ['a@x.ru', 'b@x.ru']],
    ['a@x.ru ::: b@y.com', ['a@x.ru', 'b@y.com']],
    ['Иван Иванов <ivan@x.ru>', ['ivan@x.ru']],
    ['mailto:a@b.com', ['a@b.com']],
    ['ivan @ mail.ru', ['ivan@mail.ru']],
    ['a@b.ru.', ['a@b.ru']],
    ['почта@пример.рф', ['почта@пример.рф']],
    ['"Smith, J" <j@s.com>, x@y.org', ['j@s.com', 'x@y.org']],
    ['Ivan@EXAMPLE.com', ['Ivan@example.com']],
    ['a@x.ru A@X.RU', ['a@x.ru']],
    ['ivan(at)mail.ru', ['ivan@mail.ru']],
  ])('reads %s', (text, expected) => {
    expect(parseEmails(text).emails).toEqual(expected);
  });
  it('repairs look-alike letters with a note', () => {
    expect(parseEmails('ivаnov@mаil.ru')).toEqual({ emails: ['ivanov@mail.ru'], problems: ['repaired'] });
    expect(parseEmails('ivan@mail.ру').emails).toEqual(['ivan@mail.ru']);
  });
  it('says that words are no address', () => {
    expect(parseEmails('нет')).toEqual({ emails: [], problems: ['notRead'] });
    expect(parseEmails('ivan@').emails).toEqual([]);
  });
  it('compares addresses as mail services do', () => {
    expect(emailKey('I.Van+news@Gmail.com')).toBe('ivan@gmail.com');
    expect(emailKey('I.Van@mail.ru')).toBe('i.van@mail.ru');
    expect(isRoleMailbox('info@x.ru')).toBe(true);
    expect(isRoleMailbox('infant@x.ru')).toBe(false);
  });
});

describe('dates', () => {
  const options = { order: 'dmy', epoch: 1900, birthday: false, today: '2026-11-23' } as const;
  it.each([
    ['31.05.26', '2026-05-31'],
    ['31/05/2026', '2026-05-31'],
    ['05/31/2026', '2026-05-31'],
    ['2026-05-31', '2026-05-31'],
    ['31 мая 2026 г.', '2026-05-31'],
    ['12 Mar 2024', '2024-03-12'],
    ['Mar 12, 2024', '2024-03-12'],
    ['май 2026', '2026-05'],
    ['2026', '2026'],
    ['45658', '2025-01-01'],
    ['29 февраля', '--02-29'],
    ['--05-31', '--05-31'],
    ['31.12.2026 23:59', '2026-12-31'],
    ['2024-05-31T10:00:00Z', '2024-05-31'],
    ['12.1985', '1985-12'],
    ['1 сентября 1999 года', '1999-09-01'],
    ['1604-05-06', '--05-06'],
  ])('reads %s', (text, date) => {
    expect(parseDateText(text, options)).toEqual({ kind: 'date', date });
  });
  it.each(['0.0.00', '00.00.0000', '0000-00-00', '0/0/00', '', '-'])('takes «%s» for empty', (text) => {
    expect(parseDateText(text, options)).toEqual({ kind: 'empty' });
  });
  it.each(['до конца года', '31.02.2024', '32.01.2024', 'скоро'])('says that «%s» is no date', (text) => {
    expect(parseDateText(text, options)).toEqual({ kind: 'problem', problem: 'unreadable' });
  });
  it('puts birthdays into the past', () => {
    expect(parseDateText('12.03.45', { ...options, birthday: true })).toEqual({ kind: 'date', date: '1945-03-12' });
    expect(parseDateText('12.03.05', { ...options, birthday: true })).toEqual({ kind: 'date', date: '2005-03-12' });
    expect(parseDateText('12.03.45', options)).toEqual({ kind: 'date', date: '2045-03-12' });
  });
  it('decides the order of day and month from the whole column', () => {
    expect(inferDateOrder(['1/2/2020', '25/12/2020'], 'mdy')).toMatchObject({ order: 'dmy', ambiguous: false });
    expect(inferDateOrder(['1/2/2020', '12/25/2020'], 'dmy')).toMatchObject({ order: 'mdy', ambiguous: false });
    expect(inferDateOrder(['1/2/2020', '3/4/2020'], 'dmy')).toMatchObject({ order: 'dmy', ambiguous: true });
    expect(inferDateOrder(['5/5/2020'], 'dmy').ambiguous).toBe(false);
  });
  it('reads day numbers in both systems and asks about the day that never was', () => {
    const number = (value: number) => ({ kind: 'number', text: String(value), number: value }) as const;
    expect(parseDate(number(45658), options)).toEqual({ kind: 'date', date: '2025-01-01' });
    expect(parseDate(number(44196), { ...options, epoch: 1904 })).toEqual({ kind: 'date', date: '2025-01-01' });
    expect(parseDate(number(45658.75), options)).toEqual({ kind: 'date', date: '2025-01-01' });
    expect(parseDate(number(60), options)).toEqual({ kind: 'problem', problem: 'serial60' });
    expect(parseDate(number(0), options)).toEqual({ kind: 'empty' });
    expect(parseDate(number(1985), options)).toEqual({ kind: 'date', date: '1985' });
  });
});

describe('amounts', () => {
  const ru = { decimal: ',', currency: 'RUB' } as const;
  it.each([
    ['1 234,56', 123456, 'RUB'],
    ['1\u00a0234,56', 123456, 'RUB'],
    ['1.234,56', 123456, 'RUB'],
    ["1'234,56", 123456, 'RUB'],
    ['(1 200)', -120000, 'RUB'],
    ['12 тыс.', 1200000, 'RUB'],
    ['1,5 млн', 150000000, 'RUB'],
    ['1 000 руб.', 100000, 'RUB'],
    ['5000 ₽', 500000, 'RUB'],
    ['100 у.е.', 10000, 'USD'],
    ['\u22125', -500, 'RUB'],
    ['$1200', 120000, 'USD'],
    ['12.5', 1250, 'RUB'],
    ['12 тыс. руб.', 1200000, 'RUB'],
    ['1500 €', 150000, 'EUR'],
    ['1000 JPY', 1000, 'JPY'],
  ])('reads %s', (text, minor, currency) => {
    expect(parseMoneyText(text, ru)).toEqual({ minor, currency });
  });
  it('reads the decimal sign of the column', () => {
    expect(inferDecimal(['1,234.56', '12'], ',')).toBe('.');
    expect(inferDecimal(['1.234,5', '12'], '.')).toBe(',');
    expect(inferDecimal(['1,234'], '.')).toBe('.');
    expect(parseMoneyText('1,234', { decimal: '.', currency: 'USD' })).toEqual({ minor: 123400, currency: 'USD' });
  });
  it('uses the unit of the header', () => {
    expect(parseMoneyText('12,5', { ...ru, scale: 3 })).toEqual({ minor: 1250000, currency: 'RUB' });
  });
  it.each(['abc', '', '1,2345', '12 руб 50'])('does not guess at «%s»', (text) => {
    expect(parseMoneyText(text, ru)).toBeNull();
  });
  it('is exact for every amount it can hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (minor) => {
        const text = `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`;
        expect(parseMoneyText(text, ru)?.minor).toBe(minor);
      }),
    );
  });
});

describe('names of people', () => {
  it.each([
    ['Иванов Иван Иванович', { family: 'Иванов', given: 'Иван', patronymic: 'Иванович' }],
    ['Иван Иванович Иванов', { family: 'Иванов', given: 'Иван', patronymic: 'Иванович' }],
    ['Иванов И.И.', { family: 'Иванов', given: 'И.', patronymic: 'И.' }],
    ['И. И. Иванов', { family: 'Иванов', given: 'И.', patronymic: 'И.' }],
    ['ИВАНОВ иван', { family: 'Иванов', given: 'Иван' }],
    ['иванова мария петровна', { family: 'Иванова', given: 'Мария', patronymic: 'Петровна' }],
    ['Mr. John Smith', { family: 'Smith', given: 'John', prefix: 'Mr.' }],
    ['Smith, John', { family: 'Smith', given: 'John' }],
    ['Dr. Jane A. Doe Jr.', { family: 'Doe', given: 'Jane A.', prefix: 'Dr.', suffix: 'Jr.' }],
    ['Станкевич Иван', { family: 'Станкевич', given: 'Иван' }],
    ['Бабич Олег Ильич', { family: 'Бабич', given: 'Олег', patronymic: 'Ильич' }],
    ['Иван Петрович', { given: 'Иван', patronymic: 'Петрович' }],
    ['Мамедов Али Гасан оглы', { family: 'Мамедов', given: 'Али', patronymic: 'Гасан оглы' }],
    ['Ludwig van Beethoven', { family: 'van Beethoven', given: 'Ludwig' }],
    ['Ольга', { given: 'Ольга' }],
    ['Анна-Мария Шмидт', { family: 'Шмидт', given: 'Анна-Мария' }],
    ['Vladimir Ivanovich Petrov', { family: 'Petrov', given: 'Vladimir', patronymic: 'Ivanovich' }],
  ])('splits %s', (text, name) => {
    expect(parseFullName(text).name).toEqual(name);
  });
  it('keeps remarks beside the name', () => {
    expect(parseFullName('Иван Иванов (бухгалтер)')).toMatchObject({
      name: { given: 'Иван', family: 'Иванов' },
      remark: 'бухгалтер',
    });
    expect(parseFullName('Сидорова Мария, главбух').remark).toBe('главбух');
    expect(parseFullName('Сидорова Мария - главбух').remark).toBe('главбух');
  });
  it('keeps the original when it had to guess', () => {
    expect(parseFullName('г-н Петров').name).toMatchObject({ family: 'Петров', prefix: 'г-н', full: 'г-н Петров' });
  });
  it('takes the order from the column', () => {
    expect(inferNameOrder(['Иванов Иван', 'Петров Пётр'])).toBe('family-first');
    expect(inferNameOrder(['Иван Иванов', 'Пётр Петров'])).toBe('given-first');
    expect(inferNameOrder(['Ли Бо'])).toBeUndefined();
    expect(parseFullName('Ким Чан', 'given-first').name).toMatchObject({ given: 'Ким', family: 'Чан' });
  });
  it('tells people from companies', () => {
    for (const text of ['Иванов Иван Петрович', 'Петрова А. С.', 'Анна Шмидт'])
      expect(looksLikePerson(text)).toBe(true);
    for (const text of ['ООО "Ромашка"', 'Завод № 5', 'Ромашка', 'Торговый дом'])
      expect(looksLikePerson(text)).toBe(false);
    for (const text of ['ООО "Ромашка"', 'Acme Inc', '«Вектор»', 'Завод металлоконструкций'])
      expect(looksLikeOrganisation(text)).toBe(true);
  });
});

describe('names of companies', () => {
  it('meet under one key however they are written', () => {
    const keys = [
      'ООО "Ромашка"',
      'Ромашка, ООО',
      '«РОМАШКА»',
      'Общество с ограниченной ответственностью «Ромашка»',
      'ооо ромашка',
    ].map((name) => organisationKey(name).key);
    expect(new Set(keys)).toEqual(new Set(['ромашка']));
    expect(latinKeys('ромашка')).toContain(latinKeys(organisationKey('Romashka LLC').key)[0]);
    expect(organisationKey('АО "Ромашка"').form).not.toBe(organisationKey('ООО "Ромашка"').form);
    expect(organisationKey('Romashka Ltd').form).toBe(organisationKey('ООО Ромашка').form);
  });
  it('never come out empty', () => {
    for (const name of ['ООО', 'АО', 'ИП', 'LLC', 'ООО ООО', 'Общество с ограниченной ответственностью'])
      expect(organisationKey(name).key).not.toBe('');
  });
});

describe('legal identifiers', () => {
  it('check their digits', () => {
    expect(isInn('7707083893')).toBe(true);
    expect(isInn('7707083894')).toBe(false);
    expect(isInn('500100732259')).toBe(true);
    expect(isOgrn('1027700132195')).toBe(true);
    expect(isOgrn('1027700132196')).toBe(false);
  });
  it('get a lost zero back only when the check digits prove it', () => {
    expect(isInn('0274062111')).toBe(true);
    expect(parseLegalId('inn', '274062111')).toEqual({ value: '0274062111', problem: 'restoredZero' });
    expect(parseLegalId('inn', '274062112')).toEqual({ value: '274062112', problem: 'wrongLength' });
    expect(parseLegalId('inn', '7,70708E+09')).toEqual({ value: '7,70708E+09', problem: 'damaged' });
    expect(parseLegalId('inn', '7707083894')?.problem).toBe('wrongCheck');
    expect(parseLegalId('bik', '44525225')).toEqual({ value: '044525225', problem: 'restoredZero' });
    expect(parseLegalId('inn', ' ')).toBeNull();
  });
});

describe('small vocabularies', () => {
  it('know yes and no in both languages', () => {
    expect(['да', 'Yes', '+', 'Истина', '1'].map(parseBoolean)).toEqual([true, true, true, true, true]);
    expect(['нет', 'No', 'Ложь', '0'].map(parseBoolean)).toEqual([false, false, false, false]);
    expect(parseBoolean('может быть')).toBeUndefined();
  });
  it('drop the groups of Google and its star', () => {
    expect(parseTags('* myContacts ::: Клиенты ::: * starred')).toEqual(['Клиенты']);
    expect(parseLabel('* Home')).toEqual({ label: 'home', primary: true });
    expect(parseLabel('Дача')).toEqual({ label: 'Дача', primary: false });
  });
  it('split lists and read gender', () => {
    expect(splitValues('a ::: b\nc; d')).toEqual(['a', 'b', 'c', 'd']);
    expect([parseGender('Мужской'), parseGender('F'), parseGender('Unspecified')]).toEqual(['male', 'female', '']);
  });
  it('never keep a link that runs code as a page', () => {
    expect(parseLink('javascript:alert(1)', 'web').kind).toBe('other');
    expect(parseLink('https://www.linkedin.com/in/x', 'web').kind).toBe('linkedin');
  });
});
