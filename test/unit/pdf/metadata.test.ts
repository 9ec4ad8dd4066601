import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMetadata } from '../../../electron/export/pdf/metadata.ts';

/** A file built like Chromium's: information first, catalog last, one table of references. */
function printed(title: string, more = ''): Buffer {
  const objects = [
    `<<${title ? `/Title ${title}\n` : ''}/Creator (Rapport)   \n/Producer (Skia/PDF m150)\n/CreationDate (D:20260601093000+03'00')>>`,
    '<</Type /Pages /Kids [] /Count 0>>',
    `<</Type /Catalog\n/Pages 2 0 R\n/MarkInfo <</Type /MarkInfo\n/Marked true>>${more}\n/Lang (ru)>>`,
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer\n<</Size 4\n/Root 3 0 R\n/Info 1 0 R>>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}
const utf16 = (text: string): string => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
const packet = (pdf: Uint8Array): string =>
  /<\?xpacket begin.*<\?xpacket end="w"\?>/su.exec(Buffer.from(pdf).toString())?.[0] ?? '';

describe('properties of a document', () => {
  it('stand in the file as they stand in its information dictionary', () => {
    const xml = packet(withMetadata(printed(utf16('Резюме: «A & B» <x>'))));
    expect(xml).toContain('<rdf:li xml:lang="x-default">Резюме: «A &amp; B» &lt;x&gt;</rdf:li>');
    expect(xml).toContain('<dc:language><rdf:Bag><rdf:li>ru</rdf:li></rdf:Bag></dc:language>');
    expect(xml).toContain('<xmp:CreateDate>2026-06-01T09:30:00+03:00</xmp:CreateDate>');
    expect(xml).toContain('<pdf:Producer>Skia/PDF m150</pdf:Producer>');
    expect(packet(withMetadata(printed('(Summary \\(v2\\): \\251)')))).toContain('>Summary (v2): ©<');
  });
  it('are found through the new table of references, which leads on to the old one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (title) => {
        const before = printed(utf16(title));
        const after = Buffer.from(withMetadata(before));
        expect(after.subarray(0, before.length)).toEqual(before);
        const text = after.toString('latin1');
        const table = Number(/startxref\n(\d+)\n%%EOF\n$/u.exec(text)?.[1]);
        const entries = [...text.slice(table).matchAll(/(\d+) 1\n(\d{10}) 00000 n \n/gu)];
        expect(text.slice(table, table + 5)).toBe('xref\n');
        expect(entries.map(([, id]) => id)).toEqual(['3', '4']);
        for (const [, id, at] of entries) expect(text.slice(Number(at)).startsWith(`${id} 0 obj\n`)).toBe(true);
        const previous = Number(/\/Prev (\d+)>>/u.exec(text.slice(table))?.[1]);
        expect(text.slice(previous, previous + 5)).toBe('xref\n');
        expect(text.slice(table)).toContain('/Size 5');
        const [, length] = /\/Subtype \/XML \/Length (\d+)>>\nstream\n/u.exec(text) ?? [];
        const from = text.indexOf('stream\n', text.indexOf('/Subtype /XML')) + 7;
        expect(text.slice(from + Number(length))).toMatch(/^\nendstream\nendobj\n/u);
        expect(text.slice(Number(entries[0]?.[2]))).toMatch(/^3 0 obj\n<<[^]*?\/Marked true>>[^]*?\/Metadata 4 0 R>>/u);
      }),
    );
  });
  it('are left alone where they are there already, and in files of another build', () => {
    const other = [
      printed('(x)', '\n/Metadata 9 0 R'),
      Buffer.from('%PDF-1.7\nstream'),
      printed('(x)').subarray(0, 120),
    ];
    for (const pdf of other) expect(withMetadata(pdf)).toEqual(pdf);
  });
});
