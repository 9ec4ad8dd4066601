/** Documents and calendar files of contracts, made as a person makes them: by key, menu and palette. */
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import ICAL from 'ical.js';
import { command, firstRun, type Journey } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { openFirst } from '../../build/driver/screens.ts';
import { readPdf, squeezed } from '../pdf/read-pdf.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

/** Waits for the last look, saves, and gives back what was written. */
async function saveDocument({ page, t, running }: Journey, title: string, path: string): Promise<Buffer> {
  await answerDialogs(running.app, [path]);
  const dialog = page.getByRole('dialog', { name: t(title) });
  await dialog.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: t('summary.ui.save'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  await page
    .getByRole('region', { name: t('common.notifications') })
    .getByText(t('summary.ui.saved', { name: basename(path) }))
    .waitFor();
  return readFileSync(path);
}
const textOf = (file: Buffer): string => squeezed(readPdf(file).pages.join(''));

for (const language of ['ru', 'en'] as const) {
  test(`a contract becomes a sheet for us and one for the other side (${language})`, async ({ start, folder }) => {
    const journey = await start({ language });
    const { page, t } = journey;
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
    await openFirst(journey, 'contracts');

    await page.keyboard.press('Control+KeyP');
    const internal = await saveDocument(journey, 'contractDocuments.ui.titleSheet', join(folder, 'for us.pdf'));
    expect(textOf(internal)).toContain(squeezed(t('summary.doc.watermark')));
    expect(readPdf(internal)).toMatchObject({ tagged: true, language });

    await page.keyboard.press('Control+KeyP');
    const dialog = page.getByRole('dialog', { name: t('contractDocuments.ui.titleSheet') });
    await dialog.getByText(t('contractDocuments.ui.client'), { exact: true }).click();
    await expect(dialog.getByText(t('contractDocuments.ui.clientHint'))).toBeVisible();
    await dialog.frameLocator('iframe').getByText(t('contractDocuments.doc.clientKicker')).waitFor();
    const client = await saveDocument(journey, 'contractDocuments.ui.titleSheet', join(folder, 'for them.pdf'));
    expect(textOf(client)).not.toContain(squeezed(t('summary.doc.watermark')));
    expect(textOf(client)).not.toContain(squeezed(t('contractDocuments.doc.because')));
  });
}

test('all contracts become a report, a timeline and a calendar by the palette', async ({ start, folder }) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });

  await command(journey, t('contractDocuments.ui.renewals'));
  const renewals = await saveDocument(journey, 'contractDocuments.ui.titleRenewals', join(folder, 'renewals.pdf'));
  expect(textOf(renewals)).toContain(squeezed(t('contractDocuments.doc.renewalsHeading')));

  await command(journey, t('contractDocuments.ui.timeline'));
  const dialog = page.getByRole('dialog', { name: t('contractDocuments.ui.titleTimeline') });
  await dialog.getByText(t('contractDocuments.ui.a3'), { exact: true }).click();
  const timeline = await saveDocument(journey, 'contractDocuments.ui.titleTimeline', join(folder, 'timeline.pdf'));
  expect(timeline.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 119\d/u);

  const path = join(folder, 'сроки.ics');
  await answerDialogs(running.app, [path]);
  await command(journey, t('contractDocuments.ui.calendarAll'));
  const file = page.getByRole('dialog', { name: t('contractDocuments.ui.titleCalendar') });
  await file.getByText(t('contractDocuments.ui.private'), { exact: true }).click();
  await file.getByRole('button', { name: t('contractDocuments.ui.save'), exact: true }).click();
  await file.waitFor({ state: 'hidden' });
  const text = readFileSync(path, 'utf8');
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(events.length).toBeGreaterThan(2);
  expect(new Set(events.map(({ summary }) => summary))).toEqual(new Set([t('contractDocuments.ics.privateTitle')]));
  expect(statSync(path).mode & 0o077).toBe(0o044 & ~process.umask());
});

test('a calendar file that nobody saved leaves no trace: the next one begins anew', async ({ start, folder }) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  const path = join(folder, 'a.ics');
  // The first dialog is cancelled, the second names a file.
  for (const paths of [[], [path]]) {
    await answerDialogs(running.app, paths);
    if (paths.length === 0) await command(journey, t('contractDocuments.ui.calendarAll'));
    const dialog = page.getByRole('dialog', { name: t('contractDocuments.ui.titleCalendar') });
    const save = dialog.getByRole('button', { name: t('contractDocuments.ui.save'), exact: true });
    await save.click();
    if (paths.length === 0) await expect(save).toBeEnabled();
    else await dialog.waitFor({ state: 'hidden' });
  }
  expect(readFileSync(path, 'utf8')).not.toMatch(/SEQUENCE:[1-9]/u);
});
