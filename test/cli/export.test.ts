/** export in its own process: what leaves comes back as it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { expect, it, vi } from 'vitest';
import { openVaultService } from '../../electron/vault/service.ts';
import { sampleBatch } from '../../shared/sample/index.ts';
import { folder, PASSPHRASE, rapport } from './support.ts';

// Processes that open a vault take a second each, and many more when the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

interface Report {
  readonly rows: { readonly read: number; readonly unchanged: number };
  readonly organisations: { readonly created: number; readonly updated: number };
  readonly batch: string;
  readonly problems: readonly { readonly code: string }[];
}

/** Rows as people and careless programs leave them, with formulas in every place. */
const MESSY = `Фамилия;Имя;Отчество;Организация;Должность;Мобильный телефон;Рабочий телефон;Эл. почта;День рождения;Комментарий;Теги;Любимый чай
Иванов;Иван;Петрович;"ООО ""Ромашка""";Директор;8 916 765-43-21;+7 495 123-45-67 доб. 12;ivanov@romashka.ru;12.03.1975;"=HYPERLINK(""http://e.example"";""x"")";vip, склад;=1+1
Петров;Пётр;;"ООО ""Ромашка""";=1+1;+7 916 000-00-01, +7 916 000-00-02;;petrov@romashka.ru;;-5;;
@Sum;Anna;;Acme;+cmd|' /C calc'!A0;;;anna@acme.example;25.12;"line1
=line2";;чёрный
`;

async function vaultWithEverything(): Promise<string> {
  const dir = join(folder(), 'vault');
  const vault = openVaultService({ dir });
  await vault.create({ passphrase: PASSPHRASE, recovery: false });
  await vault.commit(
    { kind: 'edit', changes: sampleBatch('ru', '2026-11-23', { newId: () => crypto.randomUUID() }) },
    { actor: 'tester' },
  );
  await vault.close();
  const file = join(dir, '..', 'messy.csv');
  writeFileSync(file, MESSY);
  expect((await rapport(['import', file, '--vault', dir])).code).toBe(0);
  return dir;
}

it('gives people and organisations back without a change, from every kind of file in both languages', async () => {
  const vault = await vaultWithEverything();
  for (const kind of ['people', 'organisations'])
    for (const [name, ...options] of [
      ['a.xlsx', '--language', 'ru'],
      ['b.xlsx', '--language', 'en'],
      ['c.csv', '--for', 'excel', '--language', 'ru'],
      ['d.csv', '--for', 'programs', '--language', 'en'],
    ] as const) {
      const file = join(vault, '..', name);
      const made = await rapport(['export', kind, '--out', file, '--vault', vault, '--json', ...options]);
      expect(made.stderr).toBe('');
      const { rows } = made.json<{ rows: number }>();
      const back = (await rapport(['import', file, '--vault', vault, '--json'])).json<Report>();
      expect({ kind, name, ...back.rows }).toMatchObject({ read: rows, unchanged: rows });
      expect(back.organisations).toEqual({ created: 0, updated: 0 });
      expect(back.batch).toBe('');
    }
});

it('lets no formula out, in either kind of file', async () => {
  const vault = await vaultWithEverything();
  const [book, csv] = [join(vault, '..', 'a.xlsx'), join(vault, '..', 'a.csv')];
  await rapport(['export', 'people', '--out', book, '--vault', vault, '--language', 'ru']);
  await rapport(['export', 'people', '--out', csv, '--vault', vault, '--language', 'ru']);
  const cells = Object.values(XLSX.read(readFileSync(book), { cellFormula: true }).Sheets).flatMap((sheet) =>
    Object.entries(sheet)
      .filter(([place]) => !place.startsWith('!'))
      .map(([, cell]) => cell as XLSX.CellObject),
  );
  expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
  expect(cells.map((cell) => cell.v)).toEqual(expect.arrayContaining(['=1+1', '+7 916 765-43-21', -5].map(String)));
  const text = readFileSync(csv, 'utf8');
  expect(text).toContain("'=1+1");
  expect(text).toContain('" +7 916 765-43-21"');
  expect(text).toContain(';-5;');
  expect(text).not.toMatch(/(?:^\ufeff?|;)"?[=@]/u);
});

it('refuses what it cannot write', async () => {
  const vault = join(folder(), 'none');
  for (const args of [
    ['export', 'meetings', '--out', 'x.csv'],
    ['export', 'people', '--out', 'x.pdf'],
    ['export', 'people'],
    ['export', 'people', '--out', 'x.csv', '--for', 'nobody'],
    ['export', 'people', '--out', 'x.xlsx', '--for', 'excel'],
    ['export', 'people', '--out', 'x.csv', '--language', 'de'],
  ])
    expect((await rapport([...args, '--vault', vault])).code).toBe(2);
  expect((await rapport(['export', 'people', '--out', join(vault, 'x.csv'), '--vault', vault])).code).toBe(1);
});
