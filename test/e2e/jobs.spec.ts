/** Where somebody works, over time: who has left is no longer found there, and what was is kept. */
import { firstRun, searchAndOpen } from '../../build/driver/journey.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test('somebody who has left an organisation is not shown there any more, until it is undone', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await searchAndOpen(journey, 'Белов Павел', 'Белов Павел Андреевич');
  const name = 'Волга-Логистика';
  const jobs = page.getByRole('region', { name: t('people.jobs'), exact: true });
  // The organisation also stands beside the name while the person works there.
  const links = page.getByRole('article').getByRole('button', { name, exact: true });
  await expect(links).toHaveCount(2);
  await jobs.getByRole('button', { name: t('people.jobMenu', { name }) }).click();
  await page.getByRole('menuitem', { name: t('people.worksNoMore') }).click();
  await expect(jobs.getByRole('button', { name: t('people.untilLabel') })).toBeVisible();
  await expect(jobs.getByText(t('people.primary'), { exact: true })).toBeHidden();
  await jobs.getByRole('button', { name: t('people.untilLabel') }).click();
  await jobs.getByRole('textbox', { name: t('people.untilLabel') }).fill('31.05.2026');
  await page.keyboard.press('Enter');
  await expect(jobs).toContainText(t('people.until', { date: '31\u00a0мая 2026\u00a0г.' }));
  await jobs.getByRole('button', { name: t('people.jobMenu', { name }) }).click();
  await page.getByRole('menuitem', { name: t('people.worksAgain') }).click();
  await jobs.getByRole('button', { name: t('people.jobMenu', { name }) }).click();
  await page.getByRole('menuitem', { name: t('people.makeMain') }).click();
  await expect(jobs.getByText(t('people.primary'), { exact: true })).toBeVisible();
  await expect(links).toHaveCount(2);
});
