/** A walk over every screen of the application, for pictures and for checks that hold everywhere. */
import { basename } from 'node:path';
import { beginsWith, command, goTo, type Journey, PLACES, rendered, settled } from './journey.ts';
import { englishMeetings } from '../../shared/sample/en-meetings.ts';
import { russianMeetings } from '../../shared/sample/ru-meetings.ts';
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

/** The sample's meeting that has taken place, with a note and decisions; the first one of a vault without it. */
export async function openMeeting(journey: Journey): Promise<void> {
  const { page } = journey;
  await openFirst(journey, 'meetings');
  const told = page
    .getByRole('grid')
    .locator('[role="row"][aria-selected]')
    .filter({ hasText: new RegExp(MEETINGS.map(escaped).join('|'), 'u') });
  if ((await told.count()) === 0) return;
  await told.first().click();
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: new RegExp(MEETINGS.map(escaped).join('|'), 'u') })
    .waitFor();
  await settled(page);
}
const MEETINGS = [russianMeetings[0]?.title ?? '', englishMeetings[0]?.title ?? ''];
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const VIEW_COMMANDS = {
  list: 'timeline.viewList',
  timeline: 'timeline.viewTimeline',
  decisions: 'timeline.viewDecisions',
} as const;

/** Shows all contracts in another view. */
export async function showContracts(journey: Journey, view: keyof typeof VIEW_COMMANDS): Promise<void> {
  const { page, t } = journey;
  await goTo(journey, 'contracts');
  await command(journey, t(VIEW_COMMANDS[view]));
  if (view === 'decisions') await page.getByRole('grid', { name: t('deadlines.title') }).waitFor();
  if (view === 'timeline') await page.getByRole('grid', { name: t('timeline.lanes') }).waitFor();
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
  await showContracts(journey, 'timeline');
  await visit('contracts-timeline', journey);
  await showContracts(journey, 'list');
  for (const [place, name] of [
    ['organisations', 'organisation'],
    ['people', 'person'],
    ['contracts', 'contract'],
  ] as const) {
    await openFirst(journey, place);
    await visit(name, journey);
  }
  await openMeeting(journey);
  await visit('meeting', journey);
  const note = page.getByRole('heading', { name: t('meeting.note'), exact: true });
  await note.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
  await settled(page);
  await visit('meeting-note', journey);
  await showContracts(journey, 'decisions');
  await page.getByRole('group', { name: t('deadlines.heat.label') }).waitFor();
  await visit('decisions', journey);
  await page.getByRole('button', { name: t('deadlines.heat.table') }).click();
  await visit('decisions-table', journey);
  await page.getByRole('button', { name: t('deadlines.snooze') }).click();
  await page.getByRole('dialog', { name: t('deadlines.snoozeTitle') }).waitFor();
  await visit('snooze', journey);
  await close(journey);
  await showContracts(journey, 'list');
  await goTo(journey, 'settings');
  await page.getByRole('button', { name: t('deadlines.calendars.editYear', { country: 'RU', year: 2026 }) }).click();
  await page.getByRole('dialog').waitFor();
  await visit('calendar-year', journey);
  await close(journey);
  await page.getByRole('button', { name: t('deadlines.calendars.import') }).click();
  await page.getByRole('dialog', { name: t('deadlines.calendars.importTitle') }).waitFor();
  await page.getByLabel(t('deadlines.calendars.paste')).fill('2027-01-04;off\n2027-02-20;work');
  await page.getByRole('heading', { name: t('deadlines.calendars.effects') }).waitFor();
  await visit('calendar-import', journey);
  await close(journey);
  await openMeeting(journey);
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
