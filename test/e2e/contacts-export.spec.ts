/** People leave as a spreadsheet by the palette, typed and without formulas. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { command, firstRun } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

test('people and organisations become spreadsheets by the palette', async ({ start, folder }) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  const formula = '=HYPERLINK("http://e.example";"x")';
  const done = await page.evaluate(
    (family) =>
      window.rapport['vault:commit']({
        kind: 'edit',
        changes: [
          { type: 'person', record: crypto.randomUUID(), field: '$new', value: { name: { family, given: 'Анна' } } },
        ],
      }),
    formula,
  );
  expect(done.ok).toBe(true);

  const save = async (words: string, name: string): Promise<Buffer> => {
    const path = join(folder, name);
    await answerDialogs(running.app, [path]);
    await command(journey, words);
    const notices = page.getByRole('region', { name: t('common.notifications') });
    await notices.getByText(t('settings.exported', { name: basename(path) })).waitFor({ timeout: 60_000 });
    return readFileSync(path);
  };
  const book = XLSX.read(await save(t('shell.exportPeople'), 'Люди.xlsx'), { cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  const cells = Object.entries(sheet)
    .filter(([place]) => !place.startsWith('!'))
    .map(([, cell]) => cell as XLSX.CellObject);
  expect(cells.map((cell) => cell.v)).toEqual(expect.arrayContaining(['Фамилия', formula, 'Соколова']));
  expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);

  const csv = (await save(t('shell.exportPeople'), 'Люди.csv')).toString('utf8');
  expect(csv).toContain(`"'${formula.replaceAll('"', '""')}"`);
  const organisations = XLSX.read(await save(t('shell.exportOrganisations'), 'Организации.xlsx'));
  expect(JSON.stringify(organisations.Sheets)).toContain('Волга-Логистика');
});
