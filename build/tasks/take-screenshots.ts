/** Pictures of every screen with sample data: both languages, both themes, for docs/screenshots. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { firstRun, goTo, type Journey, journeyOf, lock, settled, switchTheme, unlock } from '../driver/journey.ts';
import { launchApp } from '../driver/launch.ts';
import { messyContacts, messyFile } from '../driver/messy-file.ts';
import { openFirst, openMeeting, visitScreens } from '../driver/screens.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import { pictureColleagues } from './picture-colleagues.ts';
import { root, say } from './shell.ts';
import { shrinkPng } from './shrink-png.ts';

const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };
const THEMES = ['light', 'dark'] as const;
const PASSPHRASE = 'correct horse battery staple';

async function oneLanguage(folder: string, files: string, language: Language): Promise<void> {
  const table = join(files, language === 'ru' ? 'контакты отдела.csv' : 'contacts.csv');
  writeFileSync(table, messyFile(messyContacts(60)));
  const running = await launchApp({ size: SMALL });
  try {
    const { page } = running;
    page.setDefaultTimeout(20_000);
    const journey = journeyOf(running, language);
    let theme: (typeof THEMES)[number] = 'light';
    const picture = async (name: string): Promise<void> => {
      await page.mouse.move(0, 0);
      await settled(page);
      await page.screenshot({
        path: join(folder, `${name}-${language}-${theme}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
    };
    const both = async (name: string): Promise<void> => {
      for (theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await page.locator(`html[data-theme="${theme}"]`).waitFor();
        await picture(name);
      }
    };
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample', see: both });
    // From here on the theme is chosen in the application, as on a light desktop.
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme="light"]').waitFor();
    for (theme of THEMES) {
      await switchTheme(journey, theme);
      await visitScreens(journey, table, picture);
      await large(journey, (name) => picture(`${name}-1920`));
      await lock(journey);
      await picture('locked');
      await unlock(journey, PASSPHRASE);
    }
  } finally {
    await running.close();
  }
}

/** The screens that use the room of a large window. */
async function large(journey: Journey, picture: (name: string) => Promise<void>): Promise<void> {
  const { page } = journey;
  await page.setViewportSize(LARGE);
  await goTo(journey, 'today');
  await picture('today');
  await openFirst(journey, 'organisations');
  await picture('organisation');
  await openMeeting(journey);
  await picture('meeting');
  await page.setViewportSize(SMALL);
}

/** Takes all pictures anew; resolves to the exit code. The pictures have 256 colours. */
export async function takeScreenshots(folder: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = mkdtempSync(join(tmpdir(), 'rapport-pictures-'));
  try {
    for (const language of ['ru', 'en'] as const) {
      await oneLanguage(folder, files, language);
      await pictureColleagues(files, PASSPHRASE, language, SMALL, async ({ page }, name, theme) => {
        await page.mouse.move(0, 0);
        const path = join(folder, `${name}-${language}-${theme}.png`);
        await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      });
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
  const pictures = readdirSync(folder).map((name) => join(folder, name));
  for (const path of pictures) writeFileSync(path, shrinkPng(readFileSync(path)));
  const megabytes = pictures.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  say(`${pictures.length} pictures, ${megabytes.toFixed(1)} MB, in ${relative(root, folder)}/.`);
  return 0;
}
