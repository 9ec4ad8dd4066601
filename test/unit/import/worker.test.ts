import * as oracle from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import type { ReadOptions, WorkHooks } from '../../../electron/import/reader.ts';
import { workerReader } from '../../../electron/import/worker-reader.ts';
import { NOTHING_KNOWN } from '../../../shared/import/existing.ts';
import { encode } from '../../fixtures/import/encode.ts';
import { makeZip } from '../../fixtures/import/containers.ts';

const hooks = (extra: Partial<WorkHooks> = {}): WorkHooks => ({
  signal: new AbortController().signal,
  progress: () => undefined,
  ...extra,
});
const CSV = encode('ФИО;Телефон\nИванов Иван;89161234567\nПетров Пётр;89031234567\n', 'windows-1251');
const open = (bytes = CSV, options: ReadOptions = {}, own = hooks()) =>
  workerReader().open('contacts.csv', bytes, options, own);

describe('the parsing worker', () => {
  it('reads, shows rows, reads again and plans', async () => {
    const stages = new Set<string>();
    const file = await open(CSV, {}, hooks({ progress: (stage) => void stages.add(stage) }));
    try {
      expect(file.reading).toMatchObject({ encoding: 'windows-1251', headerRow: 1, rowsTotal: 2 });
      expect(await file.rows(1, 5, false)).toEqual([{ row: 3, cells: ['Петров Пётр', '89031234567'] }]);
      expect((await file.rows(0, 1, true))[0]?.cells).toEqual(['ФИО', 'Телефон']);
      const again = await file.reread({ headerRow: 0 }, hooks());
      expect(again.reading.rowsTotal).toBe(3);
      const back = await again.reread({}, hooks());
      const plan = await back.plan(
        back.reading.columns.map(({ index, field }) => ({ index, field })),
        'fill',
        NOTHING_KNOWN,
        hooks(),
      );
      expect(plan.planned).toHaveLength(2);
      expect(stages).toEqual(new Set(['reading', 'recognising']));
    } finally {
      file.close();
    }
  });
  it.each(['xlsx', 'biff8', 'ods', 'html'] as const)('reads %s with frozen prototypes', async (bookType) => {
    const book = oracle.utils.book_new();
    const rows = [
      ['ФИО', '__proto__', 'constructor', 'toString'],
      ['Иванов Иван', 'a', 'b', 'c'],
    ];
    oracle.utils.book_append_sheet(book, oracle.utils.aoa_to_sheet(rows), 'Лист1');
    const file = await open(new Uint8Array(oracle.write(book, { type: 'buffer', bookType }) as Buffer));
    try {
      expect((await file.rows(0, 9, true)).map((row) => row.cells)).toEqual(rows);
      const mapping = file.reading.columns.map(({ index, field }) => ({ index, field }));
      const plan = await file.plan(mapping, 'fill', NOTHING_KNOWN, hooks());
      expect(plan.planned[0]?.person?.draft.extra?.map((one) => one.header)).toEqual([
        '__proto__',
        'constructor',
        'toString',
      ]);
    } finally {
      file.close();
    }
  });
  it('hands errors over with their codes and stays out of the way afterwards', async () => {
    await expect(
      open(makeZip([{ name: 'xl/workbook.xml', content: 'x', claims: 4_000_000_000 }])),
    ).rejects.toMatchObject({ error: { code: 'import.zipBomb' } });
    const file = await open();
    file.close();
  });
  it('refuses a huge file before it is copied anywhere', async () => {
    const huge = { length: 1_000_000_000 } as unknown as Uint8Array;
    await expect(open(huge)).rejects.toMatchObject({
      error: { code: 'import.tooLarge', params: { megabytes: 1000, limit: 100 } },
    });
  });
  it('ends when it takes too long, and says so', async () => {
    const reader = workerReader(undefined, { heap: 512, time: 1 });
    await expect(reader.open('contacts.csv', CSV, {}, hooks())).rejects.toMatchObject({
      error: { code: 'import.timeout' },
    });
  });
  it('ends when it needs too much memory, and the application goes on', async () => {
    const rows = Array.from({ length: 400_000 }, (_, i) => `Имя${i};${i};x;y;z`).join('\n');
    const reader = workerReader(undefined, { heap: 24, time: 60_000 });
    await expect(reader.open('big.csv', encode(rows, 'utf-8'), {}, hooks())).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^import\.(?:tooMuchMemory|parserKilled)$/) },
    });
    const file = await open();
    expect(file.reading.rowsTotal).toBe(2);
    file.close();
  });
  it('is cancelled at once', async () => {
    const abort = new AbortController();
    const opening = open(CSV, {}, hooks({ signal: abort.signal }));
    abort.abort();
    await expect(opening).rejects.toMatchObject({ error: { code: 'import.cancelled' } });
  });
  it('rejects what is asked after it was closed', async () => {
    const file = await open();
    file.close();
    await expect(file.rows(0, 1, false)).rejects.toMatchObject({ error: { code: 'import.closed' } });
  });
});
