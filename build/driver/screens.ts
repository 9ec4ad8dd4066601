/** A walk over every screen of the application, for pictures and for checks that hold everywhere. */
import { basename } from 'node:path';
import { beginsWith, command, goTo, type Journey, PLACES, rendered, settled } from './journey.ts';
import { answerDialogs } from './launch.ts';

export type Visit = (name: string, journey: Journey) => Promise<void>;

/** Opens the first record of a list; its name is the row's first line. */
export async function openFirst(
  journey: Journey,
  place: 'organisations' | 'people' | 'meetings' | 'contracts',
): Promise<void> {
  const { page } = journey;
  await goTo(journey, place);
  const row = page.getByRole('grid').locator('[role="row"][aria-selected]').first();
  await row.click();
  await page.getByRole('main').getByRole('heading', { level: 1 }).last().waitFor();
  await settled(page);
}

/** Closes what lies over the page. */
async function close({ page }: Journey): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Every place, a record of every kind, every window over them; the vault needs some records. `table` is a spreadsheet. */
export async function visitScreens(journey: Journey, table: string, visit: Visit): Promise<void> {
  const { page, t, running } = journey;
  for (const place of PLACES) {
    await goTo(journey, place);
    await visit(place, journey);
  }
  await goTo(journey, 'contracts');
  await command(journey, t('timeline.viewTimeline'));
  await page.getByRole('grid', { name: t('timeline.lanes') }).waitFor();
  await settled(page);
  await visit('contracts-timeline', journey);
  await command(journey, t('timeline.viewList'));
  for (const [place, name] of [
    ['organisations', 'organisation'],
    ['people', 'person'],
    ['contracts', 'contract'],
    ['meetings', 'meeting'],
  ] as const) {
    await openFirst(journey, place);
    await visit(name, journey);
  }
  await page.getByRole('button', { name: t('summary.ui.open'), exact: true }).click();
  const summary = page.getByRole('dialog', { name: t('summary.ui.title') });
  await summary.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
  await rendered(page);
  await visit('summary', journey);
  await close(journey);
  await page.keyboard.press('Control+KeyK');
  await page
    .getByRole('dialog', { name: t('shell.palette') })
    .getByRole('menuitem')
    .first()
    .waitFor();
  await visit('palette', journey);
  await close(journey);
  for (const [words, name] of [
    ['shell.keys', 'keys'],
    ['shell.newOrganisation', 'new-organisation'],
    ['shell.newPerson', 'new-person'],
    ['shell.newContract', 'new-contract'],
  ] as const) {
    await command(journey, t(words));
    await page.getByRole('dialog', { name: t(words) }).waitFor();
    await rendered(page);
    await visit(name, journey);
    await close(journey);
  }
  await answerDialogs(running.app, [table]);
  await goTo(journey, 'import');
  await page.getByRole('button', { name: t('importing.choose') }).click();
  await page.getByRole('heading', { name: beginsWith(basename(table)) }).waitFor();
  await page
    .getByRole('main')
    .getByRole('button', { name: t('importing.commit'), exact: true })
    .and(page.locator(':enabled'))
    .waitFor();
  await visit('import-file', journey);
  await page.getByRole('button', { name: t('importing.another') }).click();
  await page.getByRole('button', { name: t('importing.choose') }).waitFor();
}
