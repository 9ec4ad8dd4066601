/** Business cards by the command line, each in its own process: in, out, and in again without a change. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openVaultService } from '../../electron/vault/service.ts';
import { sampleBatch } from '../../shared/sample/index.ts';
import { encode } from '../fixtures/import/encode.ts';
import { folder, PASSPHRASE, rapport } from './support.ts';

// Processes that open a vault take a second each, and many more when the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

interface Report {
  readonly encoding: string;
  readonly preset: string;
  readonly headerRow: number;
  readonly rows: Readonly<Record<'read' | 'created' | 'updated' | 'unchanged' | 'skipped', number>>;
  readonly organisations: { readonly created: number; readonly updated: number };
  readonly batch: string;
  readonly problems: readonly {
    readonly row: number;
    readonly line?: number;
    readonly code: string;
    readonly message: string;
  }[];
}

const CARDS = `BEGIN:VCARD
VERSION:2.1
N;CHARSET=windows-1251:Щукин;Пётр;Ильич
TEL;CELL:8 916 123-45-67
ORG;CHARSET=windows-1251:АО Заря;Склад
TITLE;CHARSET=windows-1251:Кладовщик
END:VCARD
BEGIN:VCARD
VERSION:2.1
TEL;CELL:
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=windows-1251:Жданова;Алёна
EMAIL;INTERNET:a@zarya.example
BDAY:19800102
`;

it('reads cards, names the card and the line of what is amiss, and reads them again without a change', async () => {
  const dir = folder();
  const file = join(dir, 'cards.vcf');
  writeFileSync(file, encode(CARDS, 'windows-1251'));
  const vault = join(dir, 'vault');
  const first = (
    await rapport(['import', file, '--vault', vault, '--json'], { RAPPORT_LANGUAGE: 'ru' })
  ).json<Report>();
  expect(first).toMatchObject({ encoding: 'windows-1251', preset: 'vcard', headerRow: 0 });
  expect(first.rows).toEqual({ read: 3, created: 2, updated: 0, unchanged: 0, skipped: 1, failed: 0 });
  expect(first.problems.map(({ row, line, code }) => ({ row, line, code }))).toEqual([
    { row: 2, line: 8, code: 'nothingToImport' },
    { row: 3, line: 12, code: 'cardNoEnd' },
  ]);
  const again = (await rapport(['import', file, '--vault', vault, '--json'])).json<Report>();
  expect(again.rows).toMatchObject({ read: 3, unchanged: 2, skipped: 1 });
  expect(again.batch).toBe('');
});

it('gives everybody and every organisation back without a change, in both versions', async () => {
  const dir = folder();
  const vault = join(dir, 'vault');
  const service = openVaultService({ dir: vault });
  await service.create({ passphrase: PASSPHRASE, recovery: false });
  await service.commit(
    { kind: 'edit', changes: sampleBatch('ru', '2026-11-23', { newId: () => crypto.randomUUID() }) },
    { actor: 'tester' },
  );
  await service.close();
  writeFileSync(join(dir, 'cards.vcf'), encode(CARDS, 'windows-1251'));
  expect((await rapport(['import', join(dir, 'cards.vcf'), '--vault', vault])).code).toBe(0);
  for (const kind of ['people', 'organisations'])
    for (const version of ['3.0', '4.0']) {
      const file = join(dir, `${kind}-${version}.vcf`);
      const made = await rapport(['export', kind, '--out', file, '--vcard', version, '--vault', vault, '--json']);
      expect(made.stderr).toBe('');
      const { cards } = made.json<{ cards: number }>();
      const text = readFileSync(file, 'utf8');
      expect(text.match(/^BEGIN:VCARD\r$/gm)).toHaveLength(cards);
      expect(text.match(new RegExp(`^VERSION:${version}\\r$`, 'gm'))).toHaveLength(cards);
      const back = (await rapport(['import', file, '--vault', vault, '--json'])).json<Report>();
      expect({ kind, version, ...back.rows }).toMatchObject({ read: cards, unchanged: cards });
      expect(back.organisations).toEqual({ created: 0, updated: 0 });
      expect(back.batch).toBe('');
    }
});

it('refuses what it cannot write or read', async () => {
  const dir = folder();
  for (const args of [
    ['--out', 'x.vcf', '--vcard', '2.1'],
    ['--out', 'x.csv', '--vcard', '3.0'],
    ['--out', 'x.vcf', '--for', 'excel'],
    ['--out', 'x.vcf', '--language', 'ru'],
  ])
    expect((await rapport(['export', 'people', ...args, '--vault', join(dir, 'none')])).code).toBe(2);
  writeFileSync(join(dir, 'none.vcf'), 'просто слова');
  const refused = await rapport(['import', join(dir, 'none.vcf'), '--vault', join(dir, 'none'), '--json']);
  expect(refused.code).toBe(1);
  expect(refused.json<{ error: { code: string } }>().error.code).toBe('import.noCards');
});
