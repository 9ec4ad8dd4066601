/** Workbooks of strangers: what cells, sheets and formats say beside their text. */
import * as oracle from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import type { RowPlan } from '../../../shared/import/plan.ts';
import { makeZip } from '../../fixtures/import/containers.ts';
import { codes, importInto, jobs, MemoryVault } from '../../fixtures/import/work.ts';

type Elements = Record<string, Record<string, string>>;
const values = (set: unknown, key = 'value'): string[] =>
  Object.values((set ?? {}) as Elements).map((one) => one[key] ?? '');
async function read(file: string | Uint8Array, vault: MemoryVault, name: string) {
  const imported = await importInto(vault, file, { name });
  return { ...imported, names: vault.people.map((person) => person['name']) };
}
const excluded = (plan: RowPlan): readonly string[] => codes(plan).filter((code) => code.includes(':skipped'));
const sheetOf = (rows: readonly (readonly unknown[])[], merges: readonly string[] = []): oracle.WorkSheet => {
  const sheet = oracle.utils.aoa_to_sheet(rows as unknown[][]);
  sheet['!merges'] = merges.map((range) => oracle.utils.decode_range(range));
  return sheet;
};
function bookOf(sheets: Readonly<Record<string, oracle.WorkSheet>>): oracle.WorkBook {
  const book = oracle.utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) oracle.utils.book_append_sheet(book, sheet, name);
  return book;
}
const bytesOf = (book: oracle.WorkBook, bookType: oracle.BookType = 'xlsx'): Uint8Array =>
  new Uint8Array(oracle.write(book, { type: 'buffer', bookType }) as Buffer);

describe('workbooks', () => {
  it('offer a company merged over its people to each of them, give it when asked, and nobody another’s telephone', async () => {
    const sheet = sheetOf(
      [
        ['Компания', 'ФИО', 'Тел.', 'E-mail'],
        ['ООО «Альфа»', 'Иванов Пётр', '89161110001', 'i@a.ru'],
        ['', 'Сидорова Анна', '', 's@a.ru'],
        ['ЗАО Бета', 'Ким Олег', '89161110002', 'k@b.ru'],
      ],
      ['A2:A3', 'C2:C3'],
    );
    const file = bytesOf(bookOf({ База: sheet }));
    const offered = await importInto(new MemoryVault(), file, { name: 'b.xlsx' });
    expect(jobs(offered.vault)).toEqual({ Иванов: 'ООО «Альфа»', Ким: 'ЗАО Бета' });
    expect(offered.reading.merged).toEqual({ count: 1, filled: false });
    expect(codes(offered.plan)).toEqual(expect.arrayContaining(['0:mergedOffered', '0:mergedData']));
    const { vault, plan, reading } = await importInto(new MemoryVault(), file, { name: 'b.xlsx', fillDown: true });
    expect(reading.merged).toEqual({ count: 1, filled: true });
    expect(jobs(vault)).toEqual({ Иванов: 'ООО «Альфа»', Сидорова: 'ООО «Альфа»', Ким: 'ЗАО Бета' });
    expect(values(vault.people[1]?.['phones'])).toEqual([]);
    expect(codes(plan)).toEqual(expect.arrayContaining(['0:mergedFilled', '0:mergedData']));
  });

  it('put people under the company that is merged over the table, with a legal form or without', async () => {
    const sheet = sheetOf(
      [
        ['ФИО', 'Должность', 'Телефон', 'Почта'],
        ['ООО «Кедр»'],
        ['Шишкин Иван', 'лесник', '89161110015', 'sh@kedr.ru'],
        ['Завод «Пихта»'],
        ['Смолин Пётр', 'мастер', '89161110016', 'sm@pihta.ru'],
        ['Прочие'],
      ],
      ['A2:D2', 'A4:D4', 'A6:D6'],
    );
    const { vault, plan } = await read(bytesOf(bookOf({ Лист: sheet })), new MemoryVault(), 'b.xlsx');
    expect(jobs(vault)).toEqual({ Шишкин: 'ООО «Кедр»', Смолин: 'Завод «Пихта»' });
    expect(excluded(plan)).toEqual(['6:skippedGroupName']);
  });

  it('open at the first sheet with a header, and name the others', async () => {
    const cover = sheetOf([['Клиентская база'], ['2024'], ['Составил', 'отдел продаж'], ['Версия 3']]);
    const list = sheetOf([
      ['ФИО', 'Телефон'],
      ['Анин Андрей', '84951112233'],
    ]);
    const more = sheetOf([
      ['ФИО', 'Телефон'],
      ['Волгин Пётр', '84951112234'],
    ]);
    const { reading, plan } = await read(
      bytesOf(bookOf({ Титул: cover, Москва: list, Казань: more })),
      new MemoryVault(),
      'b.xlsx',
    );
    expect(reading.sheet).toBe('Москва');
    expect(plan.problems.find((problem) => problem.code === 'otherSheets')?.params).toMatchObject({ count: 2 });
  });

  it('keep the zeros that a format shows, and doubt a number that became a day', async () => {
    const sheet = sheetOf([
      ['ФИО', '№ договора', 'Индекс'],
      ['Рысь Олег', 12, 12345],
      ['Барс Иван', 45413, 101000],
    ]);
    sheet['B2'] = { t: 'n', v: 12, z: '00000' };
    sheet['C2'] = { t: 'n', v: 12345, z: '000000' };
    sheet['B3'] = { t: 'n', v: 45413, z: 'dd.mm.yyyy' };
    const { vault, plan } = await read(bytesOf(bookOf({ Лист: sheet })), new MemoryVault(), 'b.xlsx');
    expect(vault.of('contract')[0]?.data['number']).toBe('00012');
    expect(values(vault.people[0]?.['addresses'], 'postcode')).toEqual(['012345']);
    expect(codes(plan)).toContain('3:codeIsDay');
  });

  it('of the old format hide sheets too', async () => {
    const book = bookOf({
      Справочник: sheetOf([
        ['код', 'x'],
        ['1', '2'],
      ]),
      Контакты: sheetOf([
        ['ФИО', 'Телефон'],
        ['Рысь Олег', '89161110001'],
      ]),
    });
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] };
    const { reading, plan } = await read(bytesOf(book, 'biff8'), new MemoryVault(), 'b.xls');
    expect(reading.sheets.map((sheet) => sheet.hidden)).toEqual([true, false]);
    expect(codes(plan)).toContain('0:hiddenSheets');
  });

  const row = (attributes: string, ...cells: readonly string[]): string =>
    `<table:table-row${attributes}>${cells.map((cell) => `<table:table-cell office:value-type="string"><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`;
  const document = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<office:${root} xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Контакты"><table:table-column table:visibility="collapse"/>${row('', 'ФИО', 'Телефон')}${row(' table:visibility="filter"', 'Тайный Иван', '89161110001')}${row('', 'Рысь Олег', '89161110002')}</table:table></office:spreadsheet></office:body></office:${root}>`;
  it.each([
    [
      '.ods',
      makeZip([
        { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
        { name: 'content.xml', content: document('document-content') },
      ]),
    ],
    ['.fods', new TextEncoder().encode(document('document'))],
  ])('of OpenDocument (%s) hide rows and columns, and say so', async (_, bytes) => {
    const { names, plan } = await read(bytes, new MemoryVault(), 'b');
    expect(names).toEqual([{ family: 'Рысь', given: 'Олег' }]);
    expect(codes(plan)).toEqual(['0:hiddenRows', '0:hiddenColumns', '2:skippedHidden']);
  });

  it('as pages keep remarks apart and numbers whole', async () => {
    const page =
      '<html><body><table><tr><td>ФИО</td><td>Телефон</td></tr><tr><td><a class="comment-indicator"></a><comment>любит рыбалку</comment>Рысь Олег</td><td sdval="79161110007" sdnum="1;0;0.00E+00">7.92E+10</td></tr></table></body></html>';
    const { names, vault } = await read(page, new MemoryVault(), 'b.html');
    expect(names).toEqual([{ family: 'Рысь', given: 'Олег' }]);
    expect(vault.people[0]).toMatchObject({ summary: 'любит рыбалку' });
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+79161110007']);
  });
});
