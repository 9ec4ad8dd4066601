/** Pictures of two people who share a workspace: the panel of sync, devices, and what both changed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun, goTo, type Journey, journeyOf, settled, switchTheme } from '../driver/journey.ts';
import { launchApp } from '../driver/launch.ts';
import { startSyncServer } from '../driver/sync-server.ts';
import type { DraftChange } from '../../shared/change/types.ts';
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

/** The page's own door to the main process. */
async function ask({ page }: Journey, channel: string, input?: unknown): Promise<unknown> {
  const result = (await page.evaluate(
    ([name, value]) =>
      (window as never as Record<'rapport', Record<string, (v: unknown) => unknown>>).rapport[name as string]!(value),
    [channel, input] as const,
  )) as { readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string } };
  if (!result.ok) throw new Error(`${channel}: ${result.error?.code}`);
  return result.value;
}
const commit = (journey: Journey, ...changes: readonly DraftChange[]): Promise<unknown> =>
  ask(journey, 'vault:commit', { kind: 'edit', changes });

async function connect({ page, t }: Journey, code: string, device: string): Promise<void> {
  await page.getByLabel(t('sync.code')).fill(code);
  await page.getByLabel(t('sync.device')).fill(device);
  await page.getByRole('button', { name: t('sync.connect'), exact: true }).click();
  await page.getByText(t('sync.connected')).waitFor({ timeout: 60_000 });
}

async function invitation(journey: Journey): Promise<string> {
  const { page, t } = journey;
  await page.getByRole('button', { name: t('sync.invite'), exact: true }).click();
  await page.getByRole('button', { name: t('sync.makeCode') }).click();
  const code = await page.locator('[data-invitation-code]').getAttribute('data-invitation-code');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close'), exact: true })
    .click();
  return code ?? '';
}

/** Rounds until nothing waits on either side. */
async function exchange(...journeys: readonly Journey[]): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    for (const journey of [...journeys, ...journeys]) await ask(journey, 'sync:now');
    const left = await Promise.all(journeys.map((each) => ask(each, 'sync:status')));
    if (left.every((each) => JSON.stringify(each).includes('"pending":0') && !('download' in (each as object)))) return;
  }
  throw new Error('what waits has not gone out');
}

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
    await goTo(journey, 'settings');
    return journey;
  };
  try {
    const owner = await member(words.owner, 'sample');
    await connect(owner, server.code, words.laptop);
    const colleague = await member(words.colleague, 'empty');
    await connect(colleague, await invitation(owner), words.desktop);
    const terms = { title: words.title, status: 'active', start: '2026-02-01', end: '2027-01-31' };
    await commit(owner, { type: 'contract', record: RECORD, field: '$new', value: terms });
    await exchange(owner, colleague);
    server.wire.set('cut');
    await commit(owner, { type: 'contract', record: RECORD, field: 'end', value: '2027-03-31' });
    await commit(colleague, { type: 'contract', record: RECORD, field: 'end', value: '2027-06-30' });
    server.wire.set('whole');
    await exchange(owner, colleague);
    const { page, t } = owner;
    for (const theme of ['light', 'dark'] as const) {
      await switchTheme(owner, theme);
      await goTo(owner, 'settings');
      const panel = page.getByRole('region', { name: t('sync.title'), exact: true });
      await panel.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await settled(page);
      await picture(owner, 'sync', theme);
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
