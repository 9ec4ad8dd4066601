import { describe, expect, it } from 'vitest';
import { guessDelimiter } from '../../../shared/import/delimiter.ts';
import { parseText } from '../../../shared/import/parse-text.ts';
import { recognise } from '../../../shared/import/recognise.ts';
import type { Cell, Table } from '../../../shared/import/table.ts';

const fields = (text: string): readonly string[] =>
  recognise(parseText(text).table).columns.map((column) => column.field);
const table = (rows: readonly (readonly Cell[])[], merges: Table['merges'] = []): Table => ({
  name: 'Лист1',
  hidden: false,
  rows,
  numbers: rows.map((_, i) => i + 1),
  merges,
  epoch: 1900,
  problems: [],
});

describe('delimiter', () => {
  it.each([
    ['Имя;Город\nИван;Москва, центр\nПётр;Тверь\n', ';'],
    ['Name,City\nJohn,"Boston; MA"\n', ','],
    ['Имя\tТел\nИван\t1\n', '\t'],
    ['Name|Phone|City\nJohn|1|Rome\n', '|'],
    ['Имя;Сумма\nИван;1,5\nПётр;2,5\nОльга;3,75\n', ';'],
  ])('of %j is %j', (text, delimiter) => {
    expect(guessDelimiter(text).delimiter).toBe(delimiter);
  });
  it('is taken from a line sep=', () => {
    const parsed = parseText('sep=|\r\nИмя|Тел\r\nИван|8,5\r\n');
    expect(parsed.delimiter).toBe('|');
    expect(parsed.table.rows).toEqual([
      ['Имя', 'Тел'],
      ['Иван', '8,5'],
    ]);
    expect(parsed.table.numbers).toEqual([2, 3]);
  });
  it('is doubted when there is one column only', () => {
    expect(parseText('Имя:Тел\nИван:1\n').table.problems).toMatchObject([{ code: 'oneColumn' }]);
  });
});

describe('records of a text table', () => {
  it('keep line breaks inside quotes and the line where they begin', () => {
    const { table: parsed } = parseText('Имя;Адрес;Тел\r\nИван;"Москва\r\nЛенина 5";1\r\nПётр;Тверь;2\r\n');
    expect(parsed.rows[1]).toEqual(['Иван', 'Москва\nЛенина 5', '1']);
    expect(parsed.numbers).toEqual([1, 2, 4]);
    expect(parsed.problems).toEqual([]);
  });
  it('survive a quote that is never closed: only its own row is doubted', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `Имя${i};Фирма${i};${1000 + i}`);
    rows[3] = '"Имя3;Фирма3;1003';
    const { table: parsed } = parseText(`Имя;Компания;Телефон\n${rows.join('\n')}\n`);
    expect(parsed.rows).toHaveLength(51);
    expect(parsed.rows[5]).toEqual(['Имя4', 'Фирма4', '1004']);
    expect(parsed.problems).toEqual([{ row: 5, column: '', code: 'unbalancedQuote', severity: 'warning' }]);
  });
  it('survive a quote that is closed by another row', () => {
    const { table: parsed } = parseText('Имя;Компания;Телефон\n"Иван;А;1\nПётр;Б;2\nАнна";В;3\nОльга;Г;4\n');
    expect(parsed.rows.map((row) => row.length)).toEqual([3, 3, 3, 3, 3]);
    expect(parsed.rows[4]).toEqual(['Ольга', 'Г', '4']);
  });
  it('read doubled quotes and company names with quotes', () => {
    const { table: parsed } = parseText('Организация;Тел\n"ООО ""Ромашка""";1\nООО "Лютик";2\n"Ёлка" ООО;3\n');
    expect(parsed.rows.map((row) => row[0])).toEqual(['Организация', 'ООО "Ромашка"', 'ООО "Лютик"', '"Ёлка" ООО']);
  });
  it('do not depend on the kind of line ends, on NUL bytes or on blank tails', () => {
    const { table: parsed } = parseText('Имя;Тел\rИван;1\r\nПётр;2\n\n\n');
    expect(parsed.rows).toEqual([
      ['Имя', 'Тел'],
      ['Иван', '1'],
      ['Пётр', '2'],
    ]);
  });
});

describe('header row', () => {
  it('is found after the explanations of LinkedIn', () => {
    const text =
      'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nJohn,Smith,https://www.linkedin.com/in/js,,Acme,CEO,12 Mar 2024\n';
    const recognised = recognise(parseText(text).table);
    expect(recognised).toMatchObject({ headerRow: 4, preset: 'linkedin' });
    expect(recognised.rows.map((row) => row.number)).toEqual([5]);
  });
  it('is found after titles of an accounting report, over two rows', () => {
    const text =
      'ООО «Вектор»;;;\nОтчёт по клиентам за 2025 год;;;\n;;;\nФИО;Адрес;;Телефон\n;Город;Улица;\nИванов Иван;Москва;Ленина 5;89161234567\n';
    const recognised = recognise(parseText(text).table);
    expect(recognised.headerRow).toBe(5);
    expect(recognised.columns.map(({ header, field }) => [header, field])).toEqual([
      ['ФИО', 'name.full'],
      ['Адрес / Город', 'address.city'],
      ['Адрес / Улица', 'address.street'],
      ['Телефон', 'phone'],
    ]);
  });
  it('joins merged cells of three rows', () => {
    const recognised = recognise(
      table(
        [
          ['Клиенты', '', '', '', ''],
          ['ФИО', 'Контакты', '', '', 'Примечание'],
          ['', 'Телефон', '', 'E-mail', ''],
          ['', 'Рабочий', 'Мобильный', '', ''],
          ['Иванов Иван', '84951234567', '89161234567', 'i@x.ru', 'да'],
        ],
        [
          { top: 0, left: 0, bottom: 0, right: 4 },
          { top: 1, left: 1, bottom: 1, right: 3 },
          { top: 2, left: 1, bottom: 2, right: 2 },
          { top: 1, left: 0, bottom: 3, right: 0 },
        ],
      ),
    );
    expect(recognised.headerRow).toBe(4);
    expect(recognised.columns.map((column) => column.field)).toEqual([
      'name.full',
      'phone.work',
      'phone.mobile',
      'email',
      'notes',
    ]);
  });
  it('does not mistake a title over the table for a group', () => {
    const recognised = recognise(
      table(
        [
          ['Список контактов', '', ''],
          ['Имя', 'Фамилия', 'Телефон'],
          ['Иван', 'Иванов', '89161234567'],
        ],
        [{ top: 0, left: 0, bottom: 0, right: 2 }],
      ),
    );
    expect(recognised.columns.map((column) => column.header)).toEqual(['Имя', 'Фамилия', 'Телефон']);
  });
  it('is not invented: without one the values speak', () => {
    const recognised = recognise(
      parseText(
        'Иванов Иван Иванович;ООО Ромашка;89161234567;a@b.ru\nПетрова Анна Сергеевна;АО Вектор;89161234568;b@b.ru\n',
      ).table,
    );
    expect(recognised.headerRow).toBe(0);
    expect(recognised.rows).toHaveLength(2);
    expect(recognised.columns.map((column) => column.field)).toEqual(['name.full', 'org.name', 'phone', 'email']);
    expect(recognised.problems).toMatchObject([{ code: 'noHeader' }]);
  });
  it('can be chosen by a person, or refused', () => {
    const { table: parsed } = parseText('Имя;Телефон\nФИО;Моб.\nИван Иванов;89161234567\n');
    expect(recognise(parsed, { headerRow: 2 })).toMatchObject({ headerRow: 2, rows: [{ number: 3 }] });
    expect(recognise(parsed, { headerRow: 0 }).rows).toHaveLength(3);
  });
  it('numbers equal names and names empty columns by place', () => {
    const recognised = recognise(parseText('Имя;Телефон;Телефон;\nИван;89161234567;89031234567;x\n').table);
    expect(recognised.columns.map((column) => column.header)).toEqual(['Имя', 'Телефон', 'Телефон (2)', '#4']);
    expect(recognised.columns[2]?.field).toBe('phone.other');
  });
  it('holds headers that mean something to JavaScript', () => {
    const recognised = recognise(parseText('Имя;__proto__;constructor\nИван;1;2\n').table);
    expect(recognised.columns.map((column) => [column.header, column.field])).toEqual([
      ['Имя', 'name.given'],
      ['__proto__', 'extra'],
      ['constructor', 'extra'],
    ]);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });
});

describe('rows that are no data', () => {
  it('are named with a reason', () => {
    const text =
      'ФИО;Город;Сумма\nИванов Иван;Москва;5\nИтого;;5\nСтраница 2 из 3;;\nФИО;Город;Сумма\nПетров Пётр;Тверь;6\n;;\nВсего;;11\nКонфиденциально: не передавать третьим лицам;;\n';
    expect(recognise(parseText(text).table).rows.map((row) => [row.number, row.excluded ?? 'data'])).toEqual([
      [2, 'data'],
      [3, 'total'],
      [4, 'pageBreak'],
      [5, 'repeatedHeader'],
      [6, 'data'],
      [8, 'total'],
      [9, 'footer'],
    ]);
  });
  it('are not people called Total or Page', () => {
    const text = 'First Name,Last Name,Email\nPage,Turner,p@x.com\nTotalia,Smith,t@x.com\n';
    expect(recognise(parseText(text).table).rows.every((row) => !row.excluded)).toBe(true);
  });
});

describe('values against headers', () => {
  it('a column full of e-mails is e-mail whatever it is called', () => {
    expect(fields('ФИО;Связь с клиентом\nИванов Иван;a@b.ru\nПетров Пётр;c@d.ru\n')[1]).toBe('email');
    expect(fields('ФИО;Адрес\nИванов Иван;a@b.ru\nПетров Пётр;c@d.ru\n')[1]).toBe('email');
  });
  it('«Почта» may be a street, «Контакт» a telephone, «Имя» a whole name', () => {
    expect(
      fields('ФИО;Почта\nИванов Иван;101000, Москва, ул. Лесная, 5\nПетров Пётр;420000, Казань, ул. Мира, 7\n')[1],
    ).toBe('address.mailing.formatted');
    expect(fields('Организация;Контакт\nООО А;8 916 123-45-67\nООО Б;8 903 123-45-67\n')[1]).toBe('phone');
    expect(fields('Имя;Тел.\nИванов Иван;1234567\nПетров Пётр Петрович;1234568\n')[0]).toBe('name.full');
    expect(fields('Название;Контактное лицо\nООО А;Иванов Иван\nООО Б;Петров Пётр\n')[0]).toBe('org.name');
  });
  it('an unknown column is kept as extra with no confidence', () => {
    expect(recognise(parseText('ФИО;Любимый цвет\nИванов Иван;синий\n').table).columns[1]).toMatchObject({
      field: 'extra',
      confidence: 0,
    });
  });
  it('№ counts the rows and is no telephone', () => {
    expect(fields('№;ФИО\n1;Иванов Иван\n2;Петров Пётр\n')[0]).toBe('ignored');
  });
});
