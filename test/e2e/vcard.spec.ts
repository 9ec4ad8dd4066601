/** Business cards come from a telephone by the file and by the clipboard, and leave by a profile's menu and the palette. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command, firstRun, goTo, importFile } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

const CARDS = `BEGIN:VCARD
VERSION:3.0
N:Смирнова;Анна;Сергеевна;;
FN:Анна Смирнова
ORG:ООО «Ромашка»;Отдел закупок
TITLE:Директор по закупкам
TEL;type=CELL;type=VOICE;type=pref:+7 916 123-45-67
item1.TEL:+7 495 111-22-33
item1.X-ABLabel:Приёмная
EMAIL;type=INTERNET;type=WORK:anna@romashka.example
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12
NOTE:Любит чай
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0=B8=D0=BC;=D0=9E=D0=BB=D1=8C=D0=
=B3=D0=B0;;;
TEL;CELL:112
EMAIL;INTERNET:olga@kim.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Коллеги
X-ADDRESSBOOKSERVER-KIND:group
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Жук;Степан;;;
TEL:+7 903 111-22-33
`;

test('cards of a telephone are understood, saved, recognised again, and leave as they came', async ({
  start,
  folder,
}) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const file = join(folder, 'телефон.vcf');
  writeFileSync(file, CARDS.replaceAll('\n', '\r\n'));
  const rows = t('importing.cards.total', { count: 4, formatted: '4' });
  await importFile(journey, file, async () => {
    await expect(page.getByText(t('importing.looksLike', { preset: t('importing.presets.vcard') }))).toBeVisible();
    await expect(page.getByText(rows)).toBeVisible();
    await expect(page.getByRole('button', { name: t('importing.header') })).toHaveCount(0);
    const remarks = page.getByRole('listbox', { name: t('importing.problems') });
    await expect(
      remarks.getByText(t('importing.cards.problemAt', { row: 2, column: 'TEL 1', line: 15 })),
    ).toBeVisible();
    await expect(remarks.getByText(t('importing.cards.problemAtRow', { row: 4, line: 27 }))).toBeVisible();
    await expect(remarks.getByText(t('problems.cardNoEnd'))).toBeVisible();
    await expect(remarks.getByText(t('problems.skippedGroup'))).toBeVisible();
  });
  await goTo(journey, 'people');
  for (const name of ['Смирнова Анна Сергеевна', 'Ким Ольга', 'Жук Степан'])
    await expect(page.getByRole('grid').getByText(name, { exact: true })).toBeVisible();

  // The same card by the clipboard: it is there already.
  await goTo(journey, 'import');
  const pasted = CARDS.slice(0, CARDS.indexOf('END:VCARD') + 10);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, pasted);
  await expect(page.getByText(t('importing.cards.unchanged', { count: 1, formatted: '1' }))).toBeVisible();
  await expect(page.getByText(t('importing.nothing'))).toBeVisible();

  // One card by the menu of a profile.
  await goTo(journey, 'people');
  await page.getByRole('grid').getByText('Смирнова Анна Сергеевна', { exact: true }).click();
  await page
    .getByRole('main')
    .getByRole('button', { name: t('shell.moreHere') })
    .click();
  await page.getByRole('menuitem', { name: t('cards.saveOne') }).click();
  const dialog = page.getByRole('dialog', { name: t('cards.titleOne') });
  const save = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await answerDialogs(running.app, [path]);
    await page.getByRole('button', { name: t('cards.choose') }).click();
    const notices = page.getByRole('region', { name: t('common.notifications') });
    await notices.getByText(t('cards.saved', { name: basename(path) })).waitFor({ timeout: 60_000 });
    return readFileSync(path, 'utf8');
  };
  await expect(dialog.getByRole('radio', { name: t('cards.old') })).toBeChecked();
  const one = await save('Смирнова.vcf');
  expect(one.match(/BEGIN:VCARD/g)).toHaveLength(1);
  expect(one).toContain('VERSION:3.0\r\nN:Смирнова;Анна;Сергеевна;;\r\n');
  expect(one).toContain('BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12\r\n');
  expect(one).toContain('item1.X-ABLabel:Приёмная\r\n');

  // Everybody by the palette, for newer programs; those of the filtered list alone.
  await command(journey, t('cards.save'));
  await page.getByText(t('cards.new')).click();
  const all = await save('все.vcf');
  expect(all.match(/VERSION:4\.0\r\n/g)).toHaveLength(3);
  await page
    .getByRole('main')
    .getByRole('searchbox', { name: t('common.filter') })
    .fill('Ким');
  await expect(page.getByRole('grid').getByText('Жук Степан', { exact: true })).toHaveCount(0);
  await command(journey, t('cards.saveList'));
  const listed = await save('список.vcf');
  expect(listed.match(/^FN:.*\r$/gm)).toEqual(['FN:Ким Ольга\r']);

  // What left comes back without a change.
  await goTo(journey, 'import');
  await page.getByRole('button', { name: t('importing.another') }).click();
  await answerDialogs(running.app, [join(folder, 'все.vcf')]);
  await page.getByRole('button', { name: t('importing.choose') }).click();
  await expect(page.getByText(t('importing.cards.unchanged', { count: 3, formatted: '3' }))).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(t('importing.nothing'))).toBeVisible();
});
