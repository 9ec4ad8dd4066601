import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { toWorkbook } from '../../../electron/export/workbook.ts';
import type { Cell, Table } from '../../../shared/export/table.ts';

const text = (value: string): Cell => ({ kind: 'text', text: value });
const sheetOf = async (table: Table): Promise<XLSX.WorkSheet> => {
  const book = XLSX.read(await toWorkbook(table), { cellFormula: true, cellNF: true, cellText: true });
  return book.Sheets[book.SheetNames[0] ?? ''] as XLSX.WorkSheet;
};
const table = (...cells: readonly (Cell | undefined)[]): Table => ({
  name: 'Люди: [все]/2026',
  headers: cells.map((_, i) => `h${i}`),
  rows: [cells],
});

describe('a workbook', () => {
  it('holds every text as text, whatever it begins with, and no formula', async () => {
    const values = [
      '=1+1',
      '=HYPERLINK("http://e.example";"x")',
      "+cmd|' /C calc'!A0",
      '-5',
      '@x',
      '\t=1',
      '0012',
      '1e5',
      '＝1',
    ];
    const sheet = await sheetOf(table(...values.map(text), { kind: 'phone', text: '+7 916 123-45-67' }));
    for (const [i, value] of [...values, '+7 916 123-45-67'].entries()) {
      const cell = sheet[XLSX.utils.encode_cell({ r: 1, c: i })] as XLSX.CellObject;
      expect(cell).toMatchObject({ t: 's', v: value });
      expect(cell.f).toBeUndefined();
    }
  });
  it('keeps spaces, lines, marks of XML and other scripts, and drops what XML cannot hold', async () => {
    const values = ['  <b> & "c" \'d\'  ', 'раз\nдва', '👩‍👩‍👧 שלום', '_x000D_', 'a\u0000b\u0008\ud800c'];
    const sheet = await sheetOf(table(...values.map(text)));
    const read = values.map((_, i) => (sheet[XLSX.utils.encode_cell({ r: 1, c: i })] as XLSX.CellObject).v);
    expect(read).toEqual([...values.slice(0, 4), 'abc']);
  });
  it('writes days as days of the calendar, and as text before the calendar of spreadsheets begins', async () => {
    const days = ['2026-05-31', '1900-03-01', '1899-12-31', '2024-02-29', 'не день'];
    const sheet = await sheetOf(table(...days.map((date): Cell => ({ kind: 'date', date }))));
    const cells = days.map((_, i) => sheet[XLSX.utils.encode_cell({ r: 1, c: i })] as XLSX.CellObject);
    expect(cells.map((cell) => [cell.t, cell.v])).toEqual([
      ['n', 46173],
      ['n', 61],
      ['s', '1899-12-31'],
      ['n', 45351],
      ['s', 'не день'],
    ]);
    expect(cells[0]?.w).toBe('2026-05-31');
  });
  it('cuts what no cell can hold, at a whole character', async () => {
    const sheet = await sheetOf(table(text('👍'.repeat(20_000))));
    const value = String((sheet['A2'] as XLSX.CellObject).v);
    expect(value.length).toBeLessThanOrEqual(32_767);
    expect(value.isWellFormed()).toBe(true);
    expect(value.endsWith('…')).toBe(true);
  });
  it('names columns beyond Z and its sheet as programs allow', async () => {
    const wide = table(...Array.from({ length: 800 }, (_, i) => text(String(i))));
    expect((await sheetOf(wide))['ADT2']).toMatchObject({ v: '799' });
    expect(XLSX.read(await toWorkbook(wide)).SheetNames[0]).toMatch(/^[^[\]:*?/\\]{1,31}$/u);
  });
});
