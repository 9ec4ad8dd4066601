/** A contract without an end that lets go at the end of a quarter only: its form, its sentences, its decision. */
import { firstRun } from '../../build/driver/journey.ts';
import { addMonthsClamped } from '../../shared/dates/plain-date.ts';
import { count, day, form, openContract, preview, ru, tenth, TODAY } from './contract-steps.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(180_000);

/** The last day of the quarter in which a notice of three months, given on that day, has run out. */
function quarterEnd(given: string): string {
  const ran = addMonthsClamped(given, 3);
  const month = Math.ceil(Number(ran.slice(5, 7)) / 3) * 3;
  return `${ran.slice(0, 5)}${String(month).padStart(2, '0')}-${month === 6 || month === 9 ? 30 : 31}`;
}

test('a contract without an end is left at the end of a quarter, and says until when notice is in time', async ({
  start,
}) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await openContract(journey, 'Обслуживание лифтов', {});
  const end = ru(quarterEnd(TODAY));

  await test.step('the form', async () => {
    await page.keyboard.press('KeyU');
    await day(journey, 'contractTerms.words.startLabel').fill(ru(tenth(-30)));
    await page.getByRole('button', { name: t('contractTerms.words.untilLabel') }).click();
    await page.getByRole('option', { name: t('contractTerms.until.open') }).click();
    const exit = page.getByRole('button', { name: t('contractTerms.words.exitAtLabel') });
    // Only where notice runs forward is there a question of where it leads.
    await expect(exit).toBeHidden();
    await count(journey, 'contractTerms.words.noticeLabel').fill('3');
    await form(journey)
      .getByRole('button', {
        name: new RegExp(`${t('contractTerms.words.noticeLabel')}: ${t('contractTerms.unitLabel')}`, 'u'),
      })
      .click();
    await page.getByRole('option', { name: /месяц/u }).click();
    await page.getByRole('button', { name: t('contractTerms.words.profileLabel') }).click();
    await page.getByRole('option', { name: t('contractTerms.profile.plain') }).click();
    await exit.click();
    await page.getByRole('option', { name: t('contractTerms.exitAt.quarter') }).click();
    await expect(preview(journey)).toContainText(end);
    await expect(preview(journey)).toContainText(`Договор отпускает только в конце квартала: последний день — ${end}.`);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('article')).toContainText(t('values.exitAt.quarter'));
    await expect(page.getByRole('article')).toContainText(`последний день — ${end}.`);
  });
});
