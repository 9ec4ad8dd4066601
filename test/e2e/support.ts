/** What the journeys of the tests share: a folder of their own, applications that are ended whatever happens. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type LaunchOptions, launchApp, type RunningApp } from '../../build/driver/launch.ts';
import { type Journey, journeyOf } from '../../build/driver/journey.ts';
import { today } from '../../shared/dates/plain-date.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';

export const PASSPHRASE = 'correct horse battery staple';
/** The day that it is by this machine's zone, as in the application. */
export const todayHere = (): string => today(Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now());

export interface StartOptions extends LaunchOptions {
  readonly language?: Language;
}
interface Fixtures {
  /** A folder that is removed afterwards. */
  readonly folder: string;
  /** Starts the application, by default with the profile `<folder>/profile` and Russian words. */
  readonly start: (options?: StartOptions) => Promise<Journey>;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
    mkdirSync(join(folder, 'profile'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ folder }, use) => {
    const running: RunningApp[] = [];
    await use(async ({ language = 'ru', ...options } = {}) => {
      const one = await launchApp({ profile: join(folder, 'profile'), size: { width: 1280, height: 800 }, ...options });
      running.push(one);
      one.page.setDefaultTimeout(15_000);
      return journeyOf(one, language);
    });
    for (const one of running) await one.close();
  },
});
export { expect } from '@playwright/test';

/** Ends the application at once, as a power cut would, and waits until the process is gone. */
export async function kill({ running }: Journey): Promise<void> {
  const child = running.app.process();
  const gone = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });
  process.kill(child.pid ?? 0, 'SIGKILL');
  await gone;
}
