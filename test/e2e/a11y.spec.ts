import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { firstRun, lock, rendered, switchTheme } from '../../build/driver/journey.ts';
import { messyContacts, messyFile } from '../../build/driver/messy-file.ts';
import { visitScreens } from '../../build/driver/screens.ts';
import { expect, PASSPHRASE, test } from './support.ts';

/** What axe finds, in a form that names the place. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  await rendered(page);
  // Legacy mode stays in this page; the other one opens a blank page, which the application refuses.
  const { violations: found, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(passes.length).toBeGreaterThan(5);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      `${id}: ${target.join(' ')} ${html.slice(0, 160)} ${id === 'color-contrast' ? (failureSummary ?? '') : ''}`.trim(),
    ),
  );
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${theme}`, async ({ folder, start }) => {
    test.setTimeout(480_000);
    const journey = await start();
    const { page } = journey;
    const table = join(folder, 'contacts.csv');
    writeFileSync(table, messyFile(messyContacts(20)));
    let seen = 0;
    const check = async (name: string): Promise<void> => {
      seen += 1;
      expect.soft(await violations(page), `${name}, ${theme}`).toEqual([]);
    };
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample', see: check });
    await switchTheme(journey, theme);
    await visitScreens(journey, table, check);
    await lock(journey);
    await check('locked');
    expect(seen).toBeGreaterThan(20);
  });
}
