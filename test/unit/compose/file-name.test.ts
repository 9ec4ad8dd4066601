import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../shared/compose/file-name.ts';

describe('a file name', () => {
  it('keeps Unicode and drops what systems forbid', () => {
    expect(safeFileName('2026-05-31 Ромашка – Резюме встречи', '.pdf')).toBe('2026-05-31 Ромашка – Резюме встречи.pdf');
    expect(safeFileName('a/b\\c:d*e?f"g<h>i|j', '.pdf')).toBe('a b c d e f g h i j.pdf');
    expect(safeFileName('..скрытый. . ', '.pdf')).toBe('скрытый.pdf');
    expect(safeFileName('', '.pdf')).toBe('-.pdf');
  });
  it('is never a device of Windows and carries no text direction tricks', () => {
    expect(safeFileName('NUL', '.pdf')).toBe('_NUL.pdf');
    expect(safeFileName('com1.txt', '.pdf')).toBe('_com1.txt.pdf');
    expect(safeFileName('aux .', '.pdf')).toBe('_aux.pdf');
    expect(safeFileName('CONIN$', '.pdf')).toBe('_CONIN$.pdf');
    expect(safeFileName('счёт\u202efdp.exe', '.pdf')).toBe('счёт fdp.exe.pdf');
    expect(safeFileName('до\u00adго\u00adвор\u061c \u{e0041}\u{e0042}7', '.pdf')).toBe('договор 7.pdf');
  });
  it('fits 255 bytes, is cut between whole characters and stays legal, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const name = safeFileName(text, '.pdf');
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).toMatch(/^[^<>:"/\\|?*\u0000-\u001f]+\.pdf$/u);
        expect(name).not.toMatch(/[ .]\.pdf$/u);
        expect(name.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
    const family = '👩‍👩‍👧‍👦';
    expect(safeFileName(family.repeat(40), '.pdf')).toBe(`${family.repeat(10)}.pdf`);
  });
});
