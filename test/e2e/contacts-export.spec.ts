/** People and organisations leave as spreadsheets, by the palette and from the settings, typed and without formulas. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { command, firstRun, goTo } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

test('people and organisations become spreadsheets by the palette and from the settings', async ({ start, folder }) => {
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

  const save = async (ask: () => Promise<void>, name: string): Promise<Buffer> => {
    const path = join(folder, name);
    await answerDialogs(running.app, [path]);
    await ask();
    const notices = page.getByRole('region', { name: t('common.notifications') });
    await notices.getByText(t('settings.exported', { name: basename(path) })).waitFor({ timeout: 60_000 });
    return readFileSync(path);
  };
  const people = (): Promise<void> => command(journey, t('shell.exportPeople'));
  const book = XLSX.read(await save(people, 'Люди.xlsx'), { cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  const cells = Object.entries(sheet)
    .filter(([place]) => !place.startsWith('!'))
    .map(([, cell]) => cell as XLSX.CellObject);
  expect(cells.map((cell) => cell.v)).toEqual(expect.arrayContaining(['Фамилия', formula, 'Соколова']));
  expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);

  const csv = (await save(people, 'Люди.csv')).toString('utf8');
  expect(csv).toContain(`"'${formula.replaceAll('"', '""')}"`);
  await goTo(journey, 'settings');
  const button = page.getByRole('button', { name: t('settings.exportOrganisations') });
  const organisations = XLSX.read(await save(() => button.click(), 'Организации.xlsx'));
  expect(JSON.stringify(organisations.Sheets)).toContain('Волга-Логистика');
});
