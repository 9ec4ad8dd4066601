import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../electron/import/commit-plan.ts';
import { ImportService, type Progress } from '../../../electron/import/import-service.ts';
import { workerReader } from '../../../electron/import/worker-reader.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import type { ImportReadingView } from '../../../shared/import/views.ts';
import { AppFailure } from '../../../shared/result.ts';

let dir: string;
let vault: VaultApi;
let service: ImportService;
let progress: Progress[];
let onProgress: (one: Progress) => void;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-import-'));
  vault = openVaultService({ dir });
  await vault.create({ passphrase: 'correct horse', recovery: false });
  progress = [];
  onProgress = () => undefined;
  service = new ImportService({
    vault: () => vault,
    actor: () => 'tester',
    reader: workerReader(),
    progress: (one) => {
      progress.push(one);
      onProgress(one);
    },
  });
});
afterEach(async () => {
  service.clear();
  await vault.close();
  rmSync(dir, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const table = (rows: number): Uint8Array =>
  bytes(
    `Фамилия;Имя;Эл. почта;Организация\n${Array.from({ length: rows }, (_, i) => `Иванов${i};Иван;p${i}@x.ru;Завод ${i % 10}`).join('\n')}\n`,
  );
const mapping = ({ columns }: ImportReadingView) => columns.map(({ index, field }) => ({ index, field }));
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppFailure ? error.error.code : String(error)),
  );
const counts = async (): Promise<readonly number[]> =>
  Promise.all(
    (['person', 'organisation', 'affiliation', 'importBatch'] as const).map(
      async (type) => (await vault.listAll(type)).length,
    ),
  );

describe('an import in progress', () => {
  it('plans without saving, saves as one batch, and keeps a record of the file', async () => {
    const file = table(30);
    const reading = await service.open('список.csv', file);
    const plan = await service.plan(reading.session, mapping(reading), 'fill');
    expect(plan.rows).toEqual({ read: 30, created: 30, updated: 0, unchanged: 0, skipped: 0, failed: 0 });
    expect(plan.organisations.created).toBe(10);
    expect(plan.sample[0]).toMatchObject({ row: 2, outcome: 'created', organisation: 'Завод 0' });
    expect(await counts()).toEqual([0, 0, 0, 0]);
    const report = await service.commit(reading.session, mapping(reading), 'fill');
    expect(report.rows).toEqual(plan.rows);
    expect(await counts()).toEqual([30, 10, 30, 1]);
    const [about] = await vault.listAll('importBatch');
    expect(about?.data).toMatchObject({
      fileName: 'список.csv',
      size: file.length,
      hash: sha256(file),
      counts: plan.rows,
    });
    const [someone] = await vault.listAll('person');
    expect(someone?.data['source']).toBe(`import:${about?.id}`);
    expect((await vault.batches({ kind: 'import' })).map(({ id }) => id)).toEqual([report.batch]);
    const undone = await vault.undo(report.batch, { actor: 'tester' });
    expect([undone.kept, undone.errored]).toEqual([[], []]);
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });

  it('saves nothing at all when it is cancelled while saving', async () => {
    const reading = await service.open('a.csv', table(1500));
    onProgress = ({ stage, session }) => {
      if (stage === 'saving') service.cancel(session);
    };
    expect(await code(service.commit(reading.session, mapping(reading), 'fill'))).toBe('commit.cancelled');
    expect(await counts()).toEqual([0, 0, 0, 0]);
    expect(await code(service.plan(reading.session, mapping(reading), 'fill'))).toBe('import.closed');
    // The vault goes on as if nothing had been asked.
    const again = await service.open('a.csv', table(3));
    onProgress = () => undefined;
    expect((await service.commit(again.session, mapping(again), 'fill')).rows.created).toBe(3);
  });

  it('leaves a file open when saving fails, so that nothing has to be chosen again', async () => {
    const reading = await service.open('a.csv', table(3));
    const whole = vault;
    vault = failing(whole, 'vault.diskFull');
    expect(await code(service.commit(reading.session, mapping(reading), 'fill'))).toBe('vault.diskFull');
    vault = whole;
    expect((await service.commit(reading.session, mapping(reading), 'fill')).rows.created).toBe(3);
  });

  it('writes nothing the second time, not even a record of the import', async () => {
    for (const [created, unchanged] of [
      [5, 0],
      [0, 5],
    ]) {
      const reading = await service.open('a.csv', table(5));
      const report = await service.commit(reading.session, mapping(reading), 'fill');
      expect(report.rows).toMatchObject({ created, unchanged });
      expect(report.batch === '').toBe(created === 0);
    }
    expect(await counts()).toEqual([5, 5, 5, 1]);
    expect(await vault.batches({ kind: 'import' })).toHaveLength(1);
  });

  it('leaves out a column that a person skips, and keeps one that has no field under its header', async () => {
    const reading = await service.open('a.csv', bytes('Фамилия;Имя;Пол;Любимый цвет\nИванов;Иван;м;синий\n'));
    const chosen = mapping(reading).map((column) =>
      reading.columns[column.index]?.header === 'Пол' ? { ...column, field: '' } : column,
    );
    await service.commit(reading.session, chosen, 'fill');
    const [person] = await vault.listAll('person');
    expect(person?.data['gender']).toBeUndefined();
    expect(Object.values(person?.data['extra'] ?? {})).toEqual([{ header: 'Любимый цвет', value: 'синий' }]);
  });

  it('adds up what a person chooses about the reading, and shows every row of the file', async () => {
    const text = 'Отчёт\nФамилия;Имя;Телефон\nИванов;Иван;89161234567\nПетров;Пётр;89161234568\n';
    const reading = await service.open('a.csv', bytes(text));
    expect(reading.headerRow).toBe(2);
    const without = await service.reread(reading.session, { headerRow: 0 });
    expect(without.rowsTotal).toBe(4);
    const commas = await service.reread(reading.session, { delimiter: ',' });
    expect(commas.delimiter).toBe(',');
    const back = await service.reread(reading.session, { delimiter: ';' });
    expect(back.headerRow).toBe(2);
    expect(await service.rows(reading.session, 1, 10)).toEqual([{ row: 4, cells: ['Петров', 'Пётр', '89161234568'] }]);
    expect((await service.rows(reading.session, 0, 2, true)).map(({ row }) => row)).toEqual([1, 2]);
    expect(await code(service.reread(reading.session, { headerRow: 99 }))).toBe('import.noSuchRow');
    expect(await service.rows(reading.session, 0, 1)).toMatchObject([{ row: 3 }]);
  });

  it('tells how far it is, and forgets everything when the vault is locked', async () => {
    const reading = await service.open('a.csv', table(2000));
    await service.plan(reading.session, mapping(reading), 'fill');
    expect(new Set(progress.map(({ stage }) => stage))).toEqual(new Set(['reading', 'recognising', 'matching']));
    expect(progress.every(({ session }) => session === reading.session)).toBe(true);
    service.clear();
    expect(await code(service.plan(reading.session, mapping(reading), 'fill'))).toBe('import.closed');
  });

  it('keeps at most three files open, and closes the oldest', async () => {
    const first = await service.open('1.csv', table(2));
    for (const name of ['2.csv', '3.csv', '4.csv']) await service.open(name, table(2));
    expect(await code(service.plan(first.session, mapping(first), 'fill'))).toBe('import.closed');
  });
});

/** A vault whose commits fail. */
function failing(target: VaultApi, code: string): VaultApi {
  return new Proxy(target, {
    get: (object, name) => {
      if (name === 'commit') return () => Promise.reject(new AppFailure(code));
      const value: unknown = Reflect.get(object, name);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}
