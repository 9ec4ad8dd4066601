/** Pictures of two people who share a workspace: the panel of sync, devices, and what both changed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun, goTo, type Journey, journeyOf, settled, switchTheme } from '../driver/journey.ts';
import { launchApp } from '../driver/launch.ts';
import { ask, commit, exchanged, invitation, joinBy } from '../driver/sync-members.ts';
import { startSyncServer } from '../driver/sync-server.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';

const WORDS = {
  ru: {
    owner: 'Ирина Лебедева',
    laptop: 'Ноутбук Ирины',
    colleague: 'Олег Северов',
    desktop: 'Компьютер Олега',
    title: 'Поставка терминалов',
  },
  en: {
    owner: 'Irene Lebedeva',
    laptop: 'Irene’s laptop',
    colleague: 'Oliver North',
    desktop: 'Oliver’s desktop',
    title: 'Supply of terminals',
  },
} as const;
const RECORD = 'contract-of-both';

/** `picture` is given a name and the page; `theme` is set before. */
export async function pictureColleagues(
  files: string,
  passphrase: string,
  language: Language,
  size: { readonly width: number; readonly height: number },
  picture: (journey: Journey, name: string, theme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  const words = WORDS[language];
  const server = await startSyncServer();
  const running: Awaited<ReturnType<typeof launchApp>>[] = [];
  const member = async (name: string, begin: 'sample' | 'empty'): Promise<Journey> => {
    const profile = join(files, `${language}-${name}`);
    mkdirSync(profile);
    const app = await launchApp({ profile, size });
    running.push(app);
    app.page.setDefaultTimeout(30_000);
    const journey = journeyOf(app, language);
    await firstRun(journey, { passphrase, begin });
    await ask(journey, 'app:settings', { userName: name });
    return journey;
  };
  try {
    const owner = await member(words.owner, 'sample');
    await joinBy(owner, server.code, words.laptop);
    const colleague = await member(words.colleague, 'empty');
    await joinBy(colleague, await invitation(owner), words.desktop);
    const terms = { title: words.title, status: 'active', start: '2026-02-01', end: '2027-01-31' };
    await commit(owner, { type: 'contract', record: RECORD, field: '$new', value: terms });
    await exchanged(owner, colleague);
    server.wire.set('cut');
    await commit(owner, { type: 'contract', record: RECORD, field: 'end', value: '2027-03-31' });
    await commit(colleague, { type: 'contract', record: RECORD, field: 'end', value: '2027-06-30' });
    server.wire.set('whole');
    await exchanged(owner, colleague);
    const { page, t } = owner;
    for (const theme of ['light', 'dark'] as const) {
      await switchTheme(owner, theme);
      await goTo(owner, 'settings');
      const panel = page.getByRole('region', { name: t('sync.title'), exact: true });
      await panel.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await settled(page);
      await picture(owner, 'sync', theme);
      await panel
        .getByRole('button', { name: t('sync.show'), exact: true })
        .last()
        .click();
      const devices = page.getByRole('dialog', { name: t('sync.devicesTitle') });
      await devices.getByText(words.desktop).waitFor();
      await settled(page);
      await picture(owner, 'devices', theme);
      await page.keyboard.press('Escape');
      await devices.waitFor({ state: 'hidden' });
      await page.keyboard.press('Alt+Digit6');
      await page.locator('[data-difference]').first().waitFor();
      await settled(page);
      await picture(owner, 'differences', theme);
    }
  } finally {
    for (const app of running) await app.close();
    await server.stop();
  }
}
