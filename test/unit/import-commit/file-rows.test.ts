import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileRows } from '../../../renderer/screens/import/file-rows.ts';
import type { ImportReadingView } from '../../../shared/import/views.ts';

/** A file whose rows have these numbers; counts how often pages are asked for. */
function opened(numbers: readonly number[]): { rows: FileRows; asked: () => number } {
  const row = (number: number) => ({ row: number, cells: [`c${number}`] });
  const ask = vi.fn(async ({ from, limit }: { from: number; limit: number }) => ({
    ok: true,
    value: numbers.slice(from, from + limit).map(row),
  }));
  vi.stubGlobal('window', { rapport: { 'import:rows': ask } });
  const reading = { session: 's', rowsTotal: numbers.length, preview: numbers.slice(0, 50).map(row) };
  return { rows: new FileRows(reading as unknown as ImportReadingView), asked: () => ask.mock.calls.length };
}
afterEach(() => vi.unstubAllGlobals());

describe('rows of an open file', () => {
  it('finds the position of a row by its number, whatever gaps the numbers have', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 1200 }),
        fc.nat(),
        async (gaps, pick) => {
          let number = 3;
          const numbers = gaps.map((gap) => (number += gap === 40 ? 400 : gap > 30 ? gap : 1));
          const { rows } = opened(numbers);
          const at = pick % numbers.length;
          const found = await rows.find(numbers[at] as number);
          expect(rows.at(found)?.row).toBe(numbers[at]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('asks for each page once, and for none of a short file', async () => {
    const long = opened(Array.from({ length: 1000 }, (_, i) => i + 2));
    long.rows.want(0, 450);
    long.rows.want(0, 450);
    await vi.waitFor(() => expect(long.rows.at(450)?.row).toBe(452), { timeout: 60_000 });
    expect(long.asked()).toBe(3);
    const short = opened([2, 3, 4]);
    short.rows.want(0, 2);
    expect(short.rows.at(2)?.row).toBe(4);
    expect(short.asked()).toBe(0);
  });
});
