import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fontsFor } from '../../../electron/export/pdf/document-fonts.ts';
import { finishPdf } from '../../../electron/export/pdf/finish-pdf.ts';
import { fontCoverage } from '../../../electron/export/pdf/font-coverage.ts';
import { fontSources } from '../../../electron/export/pdf/font-files.ts';

const page = (text: string, html = ''): { html: string; text: string } => ({ html, text });

describe('the fonts of documents', () => {
  it('are all there and can be read', () => {
    const sources = fontSources();
    expect(sources).toHaveLength(24);
    for (const { path } of sources) expect(fontCoverage(readFileSync(path)).size).toBeGreaterThan(50);
  });
  it('cover Russian, Ukrainian, Kazakh, western and central European letters and money', () => {
    const text = 'Ёлка ёж «Ъ» № 5 — ґєії ҚқҒғӘәҢңӨөҰұҮүІіҺһ àéîõüßŁłŻżŘř €£$₽ 1 234,56 … “”';
    expect(fontsFor(page(text)).missing).toEqual([]);
  });
  it('report what they cannot show, each character once', () => {
    expect(fontsFor(page('北京 и 北 с 😀')).missing).toEqual(['北', '京', '😀']);
  });
  it('say nothing of spaces and joiners', () => {
    expect(fontsFor(page('a\u00a0b\u200dc\u2060d\ne\u00adf')).missing).toEqual([]);
  });
  it('are embedded only where the text needs them', () => {
    const latin = fontsFor(page('only latin'));
    const both = fontsFor(page('latin и кириллица'));
    expect(latin.css.match(/@font-face/gu)?.length).toBe(4);
    expect(both.css.match(/@font-face/gu)?.length).toBe(8);
    expect(fontsFor(page('курсив', '<em>')).css).toContain('font-style: italic');
    expect(both.css).not.toContain('italic');
  });
  it('refuse bytes that are not a font', () => {
    expect(() => fontCoverage(new Uint8Array(100))).toThrow('not a WOFF2 font');
  });
});

describe('the finished file', () => {
  it('names the product instead of the machine, without moving a byte', () => {
    const pdf = Buffer.from('%PDF-1.4\n<</Creator (Mozilla/5.0 \\(X11; Linux\\) Electron/45)\n/Producer (Skia/PDF)>>');
    const done = Buffer.from(finishPdf(pdf));
    expect(done.length).toBe(pdf.length);
    expect(done.toString()).toMatch(/^%PDF-1\.4\n<<\/Creator \(Rapport\) +\n\/Producer \(Skia\/PDF\)>>$/u);
  });
  it('is left alone when there is nothing to replace', () => {
    for (const text of ['%PDF', '<</Creator (short)>>', '<</Creator (never closed']) {
      expect(Buffer.from(finishPdf(Buffer.from(text))).toString()).toBe(text);
    }
  });
});
