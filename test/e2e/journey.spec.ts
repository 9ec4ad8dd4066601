import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  command,
  firstRun,
  goTo,
  importFile,
  lock,
  saveSummaryPdf,
  searchAndOpen,
  unlock,
  writeMeetingNote,
} from '../../build/driver/journey.ts';
import { messyContacts, messyFile } from '../../build/driver/messy-file.ts';
import { expect, PASSPHRASE, test } from './support.ts';

const CONTACTS = messyContacts(120);
const [CLIENT, COLLEAGUE] = [CONTACTS[0]!, CONTACTS[5]!];
const NOTE = {
  title: 'Поставки на 2027 год',
  theirs: [COLLEAGUE.name],
  ours: ['Анна Белова'],
  agenda: ['Объёмы и сроки'],
  note: [
    { text: 'Обсудили объёмы первого полугодия.', visibility: 'client' },
    { text: 'Склад у них заполнен на треть.', visibility: 'internal' },
    { text: 'Директор собирается уходить.', visibility: 'private' },
  ],
  decisions: [
    { text: 'Отгрузка с 15 января', visibility: 'client' },
    { text: 'Уступить не больше трёх процентов', visibility: 'internal' },
  ],
  actions: ['Прислать проект договора @Анна Белова до 10.12.2026'],
} as const;

const numbers = (text: string | null): readonly number[] =>
  [...(text ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));

test('a messy spreadsheet, a client, a meeting note and a document for the client, kept over a restart', async ({
  folder,
  start,
}) => {
  const journey = await start();
  const { page, t } = journey;
  const table = join(folder, 'контакты отдела.csv');
  const pdf = join(folder, 'Резюме – клиенту.pdf');
  writeFileSync(table, messyFile(CONTACTS));

  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'import' });
  await importFile(journey, table, async () => {
    const facts = page.getByRole('region', { name: t('importing.facts') });
    await expect(facts).toContainText(/windows-1251/i);
    await expect(facts).toContainText(t('importing.headerFact', { row: 4 }));
    const outcome = page.getByRole('complementary', { name: t('importing.outcome') });
    await expect(outcome).toContainText(t('importing.created', { count: 120, formatted: '120' }));
    await expect(outcome).toContainText(t('importing.duplicates', { count: 1, formatted: '1' }));
  });
  const links = page.getByRole('navigation', { name: t('shell.places') });
  await expect(links.getByRole('button', { name: new RegExp(`^${t('shell.people')}\\s*120$`) })).toBeVisible();
  await expect(links.getByRole('button', { name: new RegExp(`^${t('shell.organisations')}\\s*5$`) })).toBeVisible();

  await searchAndOpen(journey, CLIENT.email, CLIENT.name);
  await expect(page.getByRole('main')).toContainText(CLIENT.organisation);
  await expect(page.getByRole('main')).toContainText('+7 916 100-10-20');
  await expect(page.getByRole('main')).toContainText(CLIENT.note);

  await writeMeetingNote(journey, NOTE);
  await saveSummaryPdf(journey, pdf);
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  for (const expected of [NOTE.title, CLIENT.name, COLLEAGUE.name, 'Анна Белова', 'Объёмы и сроки']) {
    expect(text).toContain(expected);
  }
  for (const expected of ['Обсудили объёмы первого полугодия.', 'Отгрузка с 15 января', 'Прислать проект договора']) {
    expect(text.replaceAll('\u00a0', ' ')).toContain(expected);
  }
  expect(text).toContain('10.12.2026');
  for (const closed of ['заполнен', 'треть', 'Директор', 'уходить', 'Уступить', 'процентов']) {
    expect(text).not.toContain(closed);
  }
  const facts = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  expect(facts).toMatch(/Tagged:\s+yes/);
  expect(facts).toMatch(/Title:\s+\S/);
  expect(facts).toMatch(/Page size:\s+59\d\.?\d* x 84\d\.?\d* pts \(A4\)/);

  await lock(journey);
  await expect(page.getByRole('main')).not.toContainText(NOTE.title);
  await unlock(journey, PASSPHRASE);
  await searchAndOpen(journey, 'полугодия', NOTE.title);
  await expect(page.getByRole('textbox', { name: t('meeting.note'), exact: true })).toContainText(
    'Директор собирается',
  );

  await journey.running.close();
  const again = await start();
  await unlock(again, PASSPHRASE);
  await searchAndOpen(again, NOTE.title, NOTE.title);
  const main = again.page.getByRole('main');
  for (const kept of [
    'Обсудили объёмы первого полугодия.',
    'Отгрузка с 15 января',
    'Прислать проект договора',
    'Анна Белова',
  ]) {
    await expect(main).toContainText(kept);
  }
});

test('an import is taken back as one', async ({ folder, start }) => {
  const journey = await start();
  const { page, t } = journey;
  const table = join(folder, 'контакты.csv');
  writeFileSync(table, messyFile(messyContacts(30)));
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'import' });
  await importFile(journey, table);
  await page.getByRole('button', { name: t('importing.undo') }).click();
  await expect(page.getByRole('button', { name: t('importing.undo') })).toBeHidden();
  await goTo(journey, 'people');
  await expect(page.getByRole('grid').locator('[role="row"][aria-selected]')).toHaveCount(0);
});

test('the recovery code opens the vault when the passphrase is forgotten', async ({ start }) => {
  const journey = await start({ language: 'en' });
  const code = await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  expect(numbers(code).length + code.length).toBeGreaterThan(20);
  await lock(journey);
  await unlock(journey, code.toLowerCase());
  await expect(journey.page.getByRole('main')).toBeVisible();
});

test('sample data comes in the chosen language and goes away with one button', async ({ start }) => {
  const journey = await start({ language: 'en' });
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await goTo(journey, 'organisations');
  const rows = page.getByRole('grid').locator('[role="row"][aria-selected]');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeGreaterThan(5);
  await goTo(journey, 'settings');
  await page.getByRole('button', { name: t('settings.removeSample') }).click();
  await goTo(journey, 'organisations');
  await expect(rows).toHaveCount(0);
});

test('a record is made, changed, deleted and brought back by undo', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await command(journey, t('shell.newOrganisation'));
  const dialog = page.getByRole('dialog', { name: t('shell.newOrganisation') });
  await dialog.getByRole('textbox', { name: t('organisations.name') }).fill('Полярная звезда');
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Полярная звезда' })).toBeVisible();
  await command(journey, t('shell.deleteHere'));
  await expect(page.getByRole('heading', { level: 1, name: 'Полярная звезда' })).toBeHidden();
  await page.keyboard.press('Control+KeyZ');
  await goTo(journey, 'organisations');
  await expect(page.getByRole('grid').getByText('Полярная звезда')).toBeVisible();
});
