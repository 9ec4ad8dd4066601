/** Printed documents of contracts: real PDFs with tags, pages, fonts and the text that was put in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fontsFor } from '../../electron/export/pdf/document-fonts.ts';
import { composeSheet } from '../../shared/compose/contract-sheet.ts';
import { composeTimeline } from '../../shared/compose/portfolio-timeline.ts';
import { composeRenewals } from '../../shared/compose/renewals-report.ts';
import { bareReport, type ReportDocument, reportHtml } from '../../shared/compose/report.ts';
import { brand, portfolioOf, sheetInput } from '../fixtures/contracts/documents.ts';
import { openPrinter, type Printer } from './printer.ts';
import { type ReadPdf, readPdf, squeezed } from './read-pdf.ts';

let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter();
});
afterAll(() => printer.close());

async function printed(
  document: ReportDocument,
): Promise<ReadPdf & { readonly bytes: number; readonly sizes: readonly string[] }> {
  const fonts = fontsFor(bareReport(document));
  expect(fonts.missing).toEqual([]);
  const bytes = await printer.print(reportHtml(document, { fontsCss: fonts.css }));
  const sizes = [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/gu),
  ].map(([, width, height]) => `${Math.round(Number(width))}x${Math.round(Number(height))}`);
  return { ...readPdf(bytes), bytes: bytes.byteLength, sizes: [...new Set(sizes)] };
}
const all = (pdf: ReadPdf): string => squeezed(pdf.pages.join(''));

describe('the printed contract sheet', () => {
  it.each(['ru', 'en'] as const)(
    'has two upright A4 pages with tags, title, language and every text (%s)',
    async (language) => {
      const document = composeSheet(sheetInput({ language }));
      const pdf = await printed(document);
      expect([pdf.pages.length, pdf.sizes, pdf.tagged, pdf.language, pdf.title]).toEqual([
        2,
        ['595x842'],
        true,
        language,
        document.title,
      ]);
      for (const type of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'L', 'LI']) expect(pdf.structure).toContain(type);
      expect(pdf.outline).toEqual(expect.arrayContaining(document.sections.map(({ title }) => title)));
      for (const section of document.sections) {
        const texts =
          section.kind === 'table'
            ? section.groups.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text)))
            : section.kind === 'list'
              ? section.items
              : [section.note ?? ''];
        for (const text of texts) expect(all(pdf)).toContain(squeezed(text));
      }
      for (const [i, text] of pdf.pages.entries()) {
        expect(squeezed(text)).toContain(language === 'ru' ? 'ВНУТРЕННИЙ' : 'INTERNAL');
        expect(squeezed(text)).toContain(language === 'ru' ? `стр.${i + 1}из2` : `page${i + 1}of2`);
      }
      expect(pdf.fonts).toEqual(['GolosText-Regular', 'PTSerif-Bold', 'PTSerif-Regular']);
      expect(pdf.bytes).toBeLessThan(300_000);
    },
  );

  it('holds nothing internal anywhere in the client’s file', async () => {
    const pdf = await printed(composeSheet(sheetInput({ audience: 'client' })));
    const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
    const haystack = [pdf.everything, pdf.information, ...pdf.outline, all(pdf)].join('\n');
    for (const secret of [
      'Объёмырастут',
      'Торговались',
      'запаснойтариф',
      'резервныхкопий',
      'Сейф',
      '28.06.2026',
      '17.06.2026',
      'ВНУТРЕННИЙ',
    ]) {
      expect(haystack).not.toContain(secret);
      expect(haystack.toUpperCase()).not.toContain(hex(secret));
    }
    expect(all(pdf)).toContain('Передатьактзаянварь');
    expect(all(pdf)).toContain('Конфиденциально');
  });
});

describe('the printed renewals report', () => {
  it('repeats its head on every landscape page and splits no row', async () => {
    const document = composeRenewals({ portfolio: portfolioOf(90), by: 'month', months: 36, brand, language: 'ru' });
    const pdf = await printed(document);
    expect(pdf.sizes).toEqual(['842x595']);
    expect(pdf.pages.length).toBeGreaterThan(4);
    const table = document.sections.find(({ kind }) => kind === 'table');
    const rows = table?.kind === 'table' ? table.groups.flatMap(({ rows: of }) => of) : [];
    expect(rows.length).toBeGreaterThan(60);
    for (const page of pdf.pages) expect(squeezed(page)).toContain('Успетьдо');
    const text = all(pdf);
    for (const row of rows) expect(text).toContain(squeezed(row[0]?.text ?? '-'));
  });
});

describe('the printed timeline', () => {
  it.each([
    ['A4', '842x595'],
    ['A3', '1191x842'],
  ] as const)(
    'repeats its axis on every page of %s, with a picture that has words for each contract',
    async (paper, size) => {
      const pdf = await printed(
        composeTimeline({ portfolio: portfolioOf(60), paper, group: 'organisation', years: 3, brand, language: 'ru' }),
      );
      expect(pdf.sizes).toEqual([size]);
      expect(pdf.pages.length).toBeGreaterThan(1);
      for (const page of pdf.pages.slice(0, -1))
        for (const year of ['2026', '2027', '2028']) expect(squeezed(page)).toContain(year);
      for (let i = 1; i <= 60; i++) expect(all(pdf)).toMatch(new RegExp(`[а-я]${i}(?!\\d)`, 'u'));
      expect(pdf.structure.filter((type) => type === 'Figure').length).toBeGreaterThanOrEqual(60);
      expect(pdf.structure).toContain('TH');
      expect(all(pdf)).toContain('окноуведомления');
      expect(pdf.everything).not.toContain('/Subtype /Image');
    },
  );
});

it('asks for nothing while it prints', () => {
  expect(printer.refused).toEqual([]);
});
