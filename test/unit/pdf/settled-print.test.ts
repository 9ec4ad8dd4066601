import { describe, expect, it } from 'vitest';
import { embeddedFonts, printSettled } from '../../../electron/export/pdf/settled-print.ts';

const pdf = (...fonts: readonly string[]): Uint8Array =>
  Buffer.from(`%PDF-1.4\n${fonts.map((font) => `<</Type /FontDescriptor\n/FontName /ABCDEF+${font}\n>>`).join('\n')}`);
const html = '<style>@font-face { font-family: x; }</style>';

/** Prints the given files one after the other, the last one again and again. */
function printer(...files: readonly Uint8Array[]): {
  readonly print: () => Promise<Uint8Array>;
  readonly count: () => number;
} {
  let n = 0;
  return { print: async () => files[Math.min(n++, files.length - 1)] as Uint8Array, count: () => n };
}

describe('a print', () => {
  it('is not taken before its fonts are in it, nor while more of them arrive', async () => {
    const whole = pdf('PTSerif-Regular', 'GolosText-Regular');
    const { print, count } = printer(pdf(), pdf(), pdf('PTSerif-Regular'), whole);
    expect(await printSettled(html, print)).toBe(whole);
    expect(count()).toBe(5);
  });
  it('is taken at once when the page brings no fonts', async () => {
    const { print, count } = printer(pdf());
    await printSettled('<p>plain</p>', print);
    expect(count()).toBe(1);
  });
  it('ends when its time is over, and passes a failure on', async () => {
    const { print, count } = printer(pdf());
    let over = false;
    await printSettled(
      html,
      async () => {
        over = count() > 1;
        return print();
      },
      () => over,
    );
    expect(count()).toBeLessThan(5);
    await expect(printSettled(html, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
  it('names the fonts without the prefixes of their subsets, repeated ones too', () => {
    expect(embeddedFonts(pdf('B-Bold', 'A', 'A'))).toEqual(['A', 'A', 'B-Bold']);
  });
});
