/**
 * The steps of a working day as functions over the real windows, found by role and name in the language of the screen.
 * The guided tour, the screenshots and the tests are made of them. Each step ends when what it did can be seen.
 */
import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { catalogue, type Language } from '../../shared/i18n/catalogue.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { answerDialogs, type RunningApp } from './launch.ts';

export interface Journey {
  readonly running: RunningApp;
  readonly page: Page;
  readonly language: Language;
  /** Text of the catalogue in the journey's language. */
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
}

/** A journey over a running application whose screens are (or are about to be) in this language. */
export function journeyOf(running: RunningApp, language: Language): Journey {
  const { t } = createTranslator(language);
  return { running, page: running.page, language, t: (key, params) => t(key, params ?? {}) };
}

/** A pattern that the beginning of a text has to fit literally. */
export const beginsWith = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}`, 'u');

const eitherLanguage = (ru: string, en: string): RegExp => new RegExp(`^(${ru}|${en})$`, 'u');

/** Chooses the language before a vault is open. */
export async function chooseLanguage({ page, language, t }: Journey): Promise<void> {
  const name = eitherLanguage(catalogue.ru.start.language, catalogue.en.start.language);
  await page
    .getByRole('radiogroup', { name })
    .getByText(t(language === 'ru' ? 'start.russian' : 'start.english'), { exact: true })
    .click();
  await page.locator(`html[lang="${language}"]`).waitFor();
}

export interface FirstRun {
  readonly passphrase: string;
  readonly begin: 'empty' | 'sample' | 'import';
  /** Called with the name of what is on the screen. */
  readonly see?: (what: 'welcome' | 'recovery' | 'begin') => Promise<void>;
}

/** Language, passphrase, recovery code (one group typed back), and the way to begin. Resolves to the recovery code. */
export async function firstRun(journey: Journey, { passphrase, begin, see }: FirstRun): Promise<string> {
  const { page, t } = journey;
  await chooseLanguage(journey);
  await page.getByLabel(t('start.passphrase'), { exact: true }).fill(passphrase);
  await page.getByLabel(t('start.passphraseAgain'), { exact: true }).fill(passphrase);
  await see?.('welcome');
  await page.getByRole('button', { name: t('start.create') }).click();
  await page.getByRole('heading', { name: t('start.recoveryTitle') }).waitFor({ timeout: 60_000 });
  await see?.('recovery');
  const code = (await page.locator('[data-recovery-code]').getAttribute('data-recovery-code')) ?? '';
  const groups = code.split(/[\s-]+/).filter(Boolean);
  const field = page.getByRole('textbox');
  const label = (await page.locator('form label').first().innerText()).trim();
  const asked = groups.findIndex((_, i) => label === t('start.confirmGroup', { number: i + 1 }));
  await field.fill(groups[asked] ?? '');
  await page.getByRole('button', { name: t('common.next'), exact: true }).click();
  await page.getByRole('heading', { name: t('start.beginTitle') }).waitFor();
  await see?.('begin');
  const choice = { empty: 'start.beginEmpty', sample: 'start.beginSample', import: 'start.beginImport' }[begin];
  await page.getByRole('button', { name: beginsWith(t(choice)) }).click();
  await inside(journey);
  return code;
}

/** Waits until the vault is open and the places can be seen. */
export async function inside({ page, t }: Journey): Promise<void> {
  await page.getByRole('navigation', { name: t('shell.places') }).waitFor({ timeout: 30_000 });
}

export type PlaceName = 'today' | 'organisations' | 'people' | 'meetings' | 'contracts' | 'import' | 'bin' | 'settings';
export const PLACES: readonly PlaceName[] = [
  'today',
  'organisations',
  'people',
  'meetings',
  'contracts',
  'import',
  'bin',
  'settings',
];

/** Goes to a place by the sidebar. */
export async function goTo({ page, t }: Journey, place: PlaceName): Promise<void> {
  const link = page
    .getByRole('navigation', { name: t('shell.places') })
    .getByRole('button', { name: beginsWith(t(`shell.${place}`)) });
  await link.click();
  await page.locator('nav [aria-current="page"]', { hasText: t(`shell.${place}`) }).waitFor();
  await settled(page);
}

/** Waits until the screen has been loaded and nothing on it is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await page
    .locator('main')
    .locator('[role="progressbar"], [role="status"][aria-busy="true"]')
    .first()
    .waitFor({ state: 'hidden' });
  // A timeline shows its lanes first, and says when what belongs into them has come.
  await page.locator('[data-timeline-plane=""]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await rendered(page);
}

/** Two frames later: everything that was decided has been drawn. */
export async function rendered(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Runs a command by its words from the palette. */
export async function command({ page, t }: Journey, words: string): Promise<void> {
  await page.keyboard.press('Control+KeyK');
  const dialog = page.getByRole('dialog', { name: t('shell.palette') });
  await dialog.locator('input').fill(words);
  await dialog
    .getByRole('menuitem', { name: beginsWith(words) })
    .first()
    .click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Switches the language of the screens; resolves to the journey in that language. */
export async function switchLanguage(journey: Journey, language: Language): Promise<Journey> {
  if (language !== journey.language) {
    await command(journey, journey.t(language === 'ru' ? 'shell.languageRu' : 'shell.languageEn'));
  }
  await journey.page.locator(`html[lang="${language}"]`).waitFor();
  return journeyOf(journey.running, language);
}

/** Switches the theme. */
export async function switchTheme(journey: Journey, theme: 'light' | 'dark'): Promise<void> {
  const { page, t } = journey;
  const now = await page.locator('html').getAttribute('data-theme');
  // The command names the other theme of the two that are set; from «as the system» the first step is always to dark.
  if (now !== theme) {
    const words = t(theme === 'dark' ? 'shell.themeDark' : 'shell.themeLight');
    await command(journey, words);
  }
  await page.locator(`html[data-theme="${theme}"]`).waitFor();
}

/** The fields of the global search and its hits. */
export const searchField = ({ page, t }: Journey): Locator => page.getByRole('combobox', { name: t('shell.search') });

/** Searches for a text and opens the first hit whose title has `title` in it. */
export async function searchAndOpen(journey: Journey, text: string, title: string): Promise<void> {
  const { page, t } = journey;
  await searchField(journey).fill(text);
  const hits = page.getByRole('listbox', { name: t('search.results') });
  await hits.getByRole('option').filter({ hasText: title }).first().click();
  await hits.waitFor({ state: 'hidden' });
  await page.getByRole('main').getByText(title).first().waitFor();
  await settled(page);
}

/** Imports a file chosen in the dialog; resolves when it has been saved. `see` is called with the file understood. */
export async function importFile(journey: Journey, path: string, see?: () => Promise<void>): Promise<void> {
  const { page, t, running } = journey;
  await answerDialogs(running.app, [path]);
  if ((await page.getByRole('button', { name: t('importing.choose') }).count()) === 0) await goTo(journey, 'import');
  await page.getByRole('button', { name: t('importing.choose') }).click();
  const commit = page.getByRole('main').getByRole('button', { name: t('importing.commit'), exact: true });
  await commit.and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
  await see?.();
  await commit.click();
  await page.getByRole('heading', { name: beginsWith(t('importing.done')) }).waitFor({ timeout: 60_000 });
}

export interface NoteParagraph {
  readonly text: string;
  readonly visibility: 'client' | 'internal' | 'private';
}
export interface MeetingNote {
  readonly title: string;
  /** People of the vault, by name. */
  readonly theirs: readonly string[];
  /** Names that have no record. */
  readonly ours: readonly string[];
  readonly agenda: readonly string[];
  readonly note: readonly NoteParagraph[];
  readonly decisions: readonly NoteParagraph[];
  /** Lines as typed: what to do @who by when. */
  readonly actions: readonly string[];
}

/** Waits until the vault has everything that was typed into the note. */
export async function noteSaved(page: Page): Promise<void> {
  await rendered(page);
  await page.locator('main output[data-state="saved"]').waitFor();
}

const DIGITS = { client: '1', internal: '2', private: '3' } as const;

/** Types paragraphs into the open meeting's note, each with its visibility. */
export async function typeNote({ page, t }: Journey, paragraphs: readonly NoteParagraph[]): Promise<void> {
  await page.getByRole('textbox', { name: t('meeting.note'), exact: true }).click();
  for (const [i, { text, visibility }] of paragraphs.entries()) {
    if (i > 0) await page.keyboard.press('Enter');
    await page.keyboard.press(`Control+Digit${DIGITS[visibility]}`);
    await page.keyboard.type(text);
  }
  await noteSaved(page);
}

/** Gives the open meeting a title; a new one begins with its title being written. */
export async function nameMeeting({ page, t }: Journey, title: string): Promise<void> {
  const field = page.getByRole('textbox', { name: t('meeting.title'), exact: true });
  const shown = page.getByRole('button', { name: beginsWith(`${t('meeting.title')}:`) });
  await field.or(shown).waitFor();
  if (await shown.isVisible()) await shown.click();
  await field.fill(title);
  await field.press('Enter');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Makes a meeting with what is at hand (an open organisation or person) and fills its page. */
export async function writeMeetingNote(journey: Journey, note: MeetingNote): Promise<void> {
  const { page, t } = journey;
  await command(journey, t('shell.newMeeting'));
  await nameMeeting(journey, note.title);
  const attendees = page.getByRole('region', { name: t('meeting.attendees'), exact: true, includeHidden: true });
  const field = attendees.getByRole('combobox', { name: t('meeting.addAttendee'), includeHidden: true });
  for (const [name, option] of [
    ...note.theirs.map((name) => [name, name] as const),
    ...note.ours.map((name) => [name, t('meeting.addByName', { text: name })] as const),
  ]) {
    await field.fill(name);
    await page
      .getByRole('option', { name: beginsWith(option) })
      .first()
      .click();
    // The list opens again for the next person and hides the page behind it from the accessibility tree.
    await attendees.getByRole('listitem', { includeHidden: true }).filter({ hasText: name }).waitFor();
    await field.blur();
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
  }
  const lines = async (label: string, texts: readonly string[]): Promise<void> => {
    const input = page.getByRole('textbox', { name: label, exact: true });
    for (const text of texts) {
      await input.fill(text);
      await input.press('Enter');
    }
  };
  await lines(t('meeting.addAgenda'), note.agenda);
  await typeNote(journey, note.note);
  const decisions = page.getByRole('region', { name: t('meeting.decisions'), exact: true });
  for (const [i, { text, visibility }] of note.decisions.entries()) {
    await lines(t('meeting.addDecision'), [text]);
    const line = decisions.getByRole('listitem').nth(i);
    await line.filter({ hasText: text }).waitFor();
    if (visibility !== 'client') {
      await line.getByRole('button', { name: t('meeting.changeVisibility', { word: t('meeting.client') }) }).click();
      await page.getByRole('menuitem', { name: t(`meeting.${visibility}`) }).click();
      await line
        .getByRole('button', { name: t('meeting.changeVisibility', { word: t(`meeting.${visibility}`) }) })
        .waitFor();
    }
  }
  const actions = page.getByRole('region', { name: t('meeting.actions'), exact: true });
  for (const [i, text] of note.actions.entries()) {
    await lines(t('meeting.addActionLabel'), [text]);
    await actions.getByRole('listitem').nth(i).waitFor();
  }
}

/** Makes the PDF of the open meeting at `path`; `see` is called with the last look on the screen. */
export async function saveSummaryPdf(journey: Journey, path: string, see?: () => Promise<void>): Promise<void> {
  const { page, t, running } = journey;
  await answerDialogs(running.app, [path]);
  await page.getByRole('button', { name: t('summary.ui.open'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('summary.ui.title') });
  await dialog.getByRole('region', { name: t('summary.ui.lastLook') }).waitFor({ timeout: 30_000 });
  await dialog.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
  await see?.();
  await dialog.getByRole('button', { name: t('summary.ui.save'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 30_000 });
  await page
    .getByRole('region', { name: t('common.notifications') })
    .getByText(t('summary.ui.saved', { name: basename(path) }))
    .waitFor();
}

/** Locks the vault; resolves when the screen asks for the passphrase. */
export async function lock({ page, t }: Journey): Promise<void> {
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: t('shell.lock') })
    .click();
  await page.getByRole('heading', { name: t('start.unlockTitle') }).waitFor();
}

/** Opens the locked vault with a passphrase or the recovery code. */
export async function unlock(journey: Journey, secret: string): Promise<void> {
  const { page, t } = journey;
  await page.getByLabel(t('start.secretOrCode'), { exact: true }).fill(secret);
  await page
    .getByRole('main')
    .getByRole('button', { name: t('start.unlock'), exact: true })
    .click();
  await inside(journey);
}
