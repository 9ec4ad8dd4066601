import { describe, expect, it } from 'vitest';
import { matchHeader, presetOf } from '../../../shared/import/header-match.ts';
import { parseText } from '../../../shared/import/parse-text.ts';
import { planRows } from '../../../shared/import/plan.ts';
import { recognise } from '../../../shared/import/recognise.ts';
import { isTargetField } from '../../../shared/import/fields.ts';
import { LAYOUTS, sampleValue, toCsv } from '../../fixtures/import/layouts.ts';

describe.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('layout %s', (_, layout) => {
  const headers = layout.headers.map(([header]) => header);
  const isRussian = headers.some((header) => /[а-я]/i.test(header));
  const language = isRussian ? 'ru' : 'en';

  it('is recognised as a whole and names itself', () => {
    expect(presetOf(headers)).toBe(layout.preset);
  });
  it('has every header recognised with full confidence', () => {
    for (const [header, field] of layout.headers) {
      expect({ header, ...matchHeader(header, layout.preset) }).toEqual({ header, field, confidence: 1 });
      expect(isTargetField(field)).toBe(true);
    }
  });
  it.each([1, 3, 20])('keeps its columns in a file of %i rows', (count) => {
    const rows = Array.from({ length: count }, (_row, n) =>
      layout.headers.map(([, field]) => sampleValue(field, n, language)),
    );
    const delimiter = isRussian ? ';' : ',';
    const { table, delimiter: found } = parseText(toCsv([headers, ...rows], delimiter));
    expect(found).toBe(delimiter);
    const recognised = recognise(table);
    expect(recognised.preset).toBe(layout.preset);
    expect(recognised.headerRow).toBe(1);
    expect(recognised.columns.map((column) => column.field)).toEqual(layout.headers.map(([, field]) => field));
    expect(recognised.rows).toHaveLength(count);
  });
  it('survives another order of columns', () => {
    const shuffled = [...headers].reverse();
    expect(presetOf(shuffled)).toBe(layout.preset);
  });
  it('brings every telephone, e-mail and name of a row into the plan', () => {
    const row = layout.headers.map(([, field]) => sampleValue(field, 1, language));
    const { table } = parseText(toCsv([headers, row], ','));
    const recognised = recognise(table);
    const plan = planRows({
      rows: recognised.rows,
      columns: recognised.columns,
      preset: recognised.preset,
      epoch: 1900,
      policy: 'fill',
      known: { people: [], organisations: [] },
      country: 'RU',
      today: '2026-11-23',
    });
    const text = JSON.stringify(plan?.planned);
    layout.headers.forEach(([, field], i) => {
      const value = row[i] as string;
      if (value === '' || field === 'ignored') return;
      if (/^phone(?!\.label)/.test(field)) expect(text).toContain(`+${value.replace(/\D/g, '')}`);
      else if (/^(?:email|notes|jobTitle|org\.name|link)/.test(field) && !field.includes('label'))
        expect(text).toContain(JSON.stringify(value).slice(1, -1));
    });
    expect(plan?.planned).toHaveLength(1);
  });
});

describe('home-made headers', () => {
  it.each([
    ['ФИО', 'name.full'],
    ['Ф.И.О.', 'name.full'],
    ['Контактное лицо', 'name.full'],
    ['Контрагент', 'party'],
    ['Клиент', 'party'],
    ['Поставщик', 'party'],
    ['Наименование', 'party'],
    ['Полное наименование', 'org.fullName'],
    ['Юр. лицо', 'org.name'],
    ['ИНН', 'org.inn'],
    ['КПП', 'org.kpp'],
    ['ОГРН', 'org.ogrn'],
    ['Тел.', 'phone'],
    ['Телефон/факс', 'phone'],
    ['Моб.', 'phone.mobile'],
    ['Сот.', 'phone.mobile'],
    ['Эл. почта', 'email'],
    ['Почта', 'email'],
    ['Мейл', 'email'],
    ['Город/Регион', 'address.city'],
    ['Юр. адрес', 'org.legalAddress'],
    ['Факт. адрес', 'org.actualAddress'],
    ['Сфера', 'org.industry'],
    ['Менеджер', 'owner'],
    ['Куратор', 'owner'],
    ['Статус', 'status'],
    ['Дата последнего контакта', 'lastContact'],
    ['Комментарий', 'notes'],
    ['Примечание', 'notes'],
    ['№ договора', 'contract.number'],
    ['Дата договора', 'contract.date'],
    ['Срок действия', 'contract.term'],
    ['Сумма', 'contract.amount'],
    ['Пролонгация', 'contract.renewal'],
    ['Дата окончания', 'contract.end'],
    ['Бюджет', 'deal.amount'],
  ])('%s is %s', (header, field) => {
    expect(matchHeader(header)).toEqual({ field, confidence: 1 });
  });
  it.each([
    ['\ufeffФИО', 'name.full'],
    ['  фио  ', 'name.full'],
    ['E-mail:', 'email'],
    ['Е-mail', 'email'],
    ['ТЕЛЕФОН *', 'phone'],
    ['Телефон\u00a0(моб.)', 'phone.mobile'],
    ['Наименвоание', 'party'],
    ['Телефн', 'phone'],
    ['Organisaton', 'org.name'],
    ['моб. тел. секретаря', 'phone.assistant'],
    ['Сумма договора, тыс. руб.', 'contract.amount'],
    ['Дата рождения (дд.мм.гггг)', 'birthday'],
    ['Номер телефона (рабочий)', 'phone.work'],
    ['Адрес / Город', 'address.city'],
    ['Раб. адрес / Улица', 'address.work.street'],
    ['Договор / Дата', 'contract.date'],
    ['Телeфон', 'phone'],
    ['Организация / Телефон', 'phone.main'],
    ['Эл.почта контактного лица', 'email'],
  ])('%s is %s all the same', (header, field) => {
    expect(matchHeader(header)?.field).toBe(field);
  });
  it('is honest about words it does not know', () => {
    for (const header of ['Любимый цвет', 'Foo', 'Размер обуви', 'xyz']) expect(matchHeader(header)).toBeNull();
  });
});
