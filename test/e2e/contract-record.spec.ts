/** A contract from its first line to its decision: by keyboard alone, with everything that can be typed wrong. */
import AxeBuilder from '@axe-core/playwright';
import { beginsWith, firstRun, goTo, rendered, switchTheme } from '../../build/driver/journey.ts';
import { addDays, addMonthsClamped, fromDayNumber, toDayNumber, weekday } from '../../shared/dates/plain-date.ts';
import { count, day, fact, form, openContract, preview, ru, tenth, TODAY } from './contract-steps.ts';
import { choose, focused, tabTo } from './keyboard-steps.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(240_000);

/** Days of the year on which, or around which, working days are moved in Russia. */
const HOLIDAYS = [
  '01-01/01-11',
  '02-20/02-26',
  '03-06/03-11',
  '04-28/05-13',
  '06-10/06-16',
  '11-01/11-07',
  '12-28/12-31',
];
const isOrdinary = (date: string): boolean =>
  weekday(date) <= 5 && HOLIDAYS.every((span) => date.slice(5) < span.slice(0, 5) || date.slice(5) > span.slice(6));
/**
 * A first day some two months ago of a contract for a year: by Russian law a last day on a weekend moves to the next
 * working day, and here neither of its first two terms nor its notice of thirty days ends on one, whatever day it is.
 */
function ordinaryStart(today: string): string {
  for (let back = 40; back < 110; back += 1) {
    const begin = addDays(today, -back);
    const [same, next] = [addMonthsClamped(begin, 12), addMonthsClamped(begin, 24)];
    const days = [same, addDays(same, -1), addDays(same, -31), addDays(next, -1)];
    if (Number(begin.slice(8)) <= 28 && days.every(isOrdinary)) return begin;
  }
  throw new Error(`no ordinary start before ${today}`);
}

const SERVED = {
  start: tenth(-2),
  term: { months: 12 },
  endReading: 'day-before',
  renewal: 'tacit',
  notice: { days: 30 },
  profile: 'plain',
};

test('a contract by keyboard alone: terms, both readings, a decision that turns the deadline green', async ({
  start,
}) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const begin = ordinaryStart(TODAY);
  const sameDay = addMonthsClamped(begin, 12);
  const dayBefore = addDays(sameDay, -1);

  await test.step('a new contract', async () => {
    await page.keyboard.press('Alt+Digit5');
    await page.getByText(t('contracts.emptyTitle')).waitFor();
    await page.keyboard.press('KeyN');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => focused(page)).toBe(t('contracts.name'));
    await page.keyboard.type('Аренда склада');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Аренда склада' }).waitFor();
    await expect(page.getByText(t('contractTerms.notYet'))).toBeVisible();
  });

  await test.step('its terms, with the question on which one day hangs', async () => {
    await expect.poll(() => focused(page)).toBe(t('shell.contracts'));
    await page.keyboard.press('KeyU');
    await expect.poll(() => focused(page)).toBe(t('contractTerms.words.startLabel'));
    await page.keyboard.type(ru(begin));
    await tabTo(page, beginsWith(`${t('contractTerms.words.term')}: ${t('contractTerms.count')}`));
    await page.keyboard.type('12');
    await tabTo(page, /^Не назван/u);
    // Silent by the Civil Code: the same date. The text is chosen to name the day before.
    await expect(preview(journey)).toContainText(ru(sameDay));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('radio', { name: new RegExp(`${ru(dayBefore)} включительно`, 'u') })).toBeChecked();
    await expect(page.getByRole('radio', { name: beginsWith(`«по ${ru(sameDay)}»`) })).toBeVisible();
    await expect(preview(journey)).toContainText(`${ru(begin)} – ${ru(dayBefore)}`);
    await tabTo(page, new RegExp(t('contractTerms.words.renewalLabel'), 'u'));
    await choose(page, t('contractTerms.renewal.tacit'));
    await tabTo(page, beginsWith(`${t('contractTerms.words.noticeLabel')}: ${t('contractTerms.count')}`));
    await page.keyboard.type('30');
    await expect(preview(journey)).toContainText(t('contracts.head.legal'));
    await page.keyboard.press('Control+Enter');
    await form(journey)
      .getByRole('button', { name: t('contractTerms.discard') })
      .waitFor({ state: 'hidden' });
    await expect(page.getByRole('article')).toContainText(`${ru(begin)} – ${ru(dayBefore)}`);
    await expect(page.getByRole('article')).toContainText(t('contracts.outlook.draft'));
  });

  await test.step('one step of undo takes all terms back, and they are saved again', async () => {
    await page.keyboard.press('Control+KeyZ');
    await expect(page.getByText(t('contractTerms.notYet'))).toBeVisible();
    await page.keyboard.press('KeyU');
    await expect.poll(() => focused(page)).toBe(t('contractTerms.words.startLabel'));
    await page.keyboard.type(ru(begin));
    await tabTo(page, beginsWith(`${t('contractTerms.words.term')}: ${t('contractTerms.count')}`));
    await page.keyboard.type('12');
    await tabTo(page, /^Не назван/u);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, new RegExp(t('contractTerms.words.renewalLabel'), 'u'));
    await choose(page, t('contractTerms.renewal.tacit'));
    await tabTo(page, beginsWith(`${t('contractTerms.words.noticeLabel')}: ${t('contractTerms.count')}`));
    await page.keyboard.type('30');
    await page.keyboard.press('Control+Enter');
    await form(journey)
      .getByRole('button', { name: t('contractTerms.discard') })
      .waitFor({ state: 'hidden' });
    await expect.poll(() => focused(page)).toBe(t('shell.moreHere'));
  });

  await test.step('it is in force', async () => {
    await tabTo(page, exactly(t('contracts.status')));
    await choose(page, t('contracts.states.active'));
    await expect(fact(journey, t('contracts.head.legal'))).toContainText(ru(addDays(dayBefore, -30)));
  });

  await test.step('why', async () => {
    const why = page.getByRole('region', { name: t('contracts.why.title') });
    await expect(why).toBeHidden();
    await page.keyboard.press('KeyW');
    await expect(why).toContainText('чтение «по предыдущий день»');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toBe(t('contracts.why.copy'));
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
  });

  await test.step('a decision', async () => {
    await expect(page.getByText(t('contracts.head.decidedBy'))).toHaveCount(0);
    await page.keyboard.press('KeyD');
    const dialog = page.getByRole('dialog', { name: t('contracts.decision.record') });
    await dialog.waitFor();
    await tabTo(page, beginsWith(t('contracts.decision.offers.terminate')));
    await page.keyboard.press('Space');
    await expect(dialog.getByRole('region', { name: t('contracts.decision.follows') })).toContainText(
      dayBefore.slice(0, 4),
    );
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('region', { name: t('contracts.decision.follows') })).toContainText(
      `${ru(sameDay)} – ${ru(addDays(addMonthsClamped(begin, 24), -1))}`,
    );
    // Neither an author nor a reason: refused, and what was chosen stays.
    await page.keyboard.press('Control+Enter');
    await expect(dialog.getByText(t('contracts.decision.authorMissing'))).toBeVisible();
    await expect(dialog.getByText(t('contracts.decision.reasonMissing'))).toBeVisible();
    await tabTo(page, exactly(t('contracts.decision.author')));
    await page.keyboard.type('Анна Белова');
    await tabTo(page, exactly(t('contracts.decision.reason')));
    await page.keyboard.type('Цена та же, склад нужен');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'hidden' });
    const decided = fact(journey, t('contracts.head.decidedBy'));
    await expect(decided).toBeVisible();
    const [colour, green] = await decided.evaluate((element) => {
      const probe = document.createElement('i');
      probe.style.color = 'var(--ok)';
      document.body.append(probe);
      const wanted = getComputedStyle(probe).color;
      probe.remove();
      return [getComputedStyle(element).color, wanted];
    });
    expect(colour).toBe(green);
    const decisions = page.getByRole('region', { name: t('contracts.decision.title'), exact: true });
    await expect(decisions).toContainText('Анна Белова');
    await expect(decisions).toContainText('Цена та же, склад нужен');
  });

  await test.step('all keys are on the sheet', async () => {
    await page.keyboard.press('Shift+Slash');
    const sheet = page.getByRole('dialog', { name: t('shell.keys') });
    for (const key of ['contracts.decision.record', 'contractTerms.edit', 'contracts.why.action']) {
      await expect(sheet).toContainText(t(key));
    }
  });
});

const exactly = (text: string): RegExp => new RegExp(`${beginsWith(text).source}$`, 'u');

test('what is typed wrong is said at its field, and stays', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await openContract(journey, 'Поставка бумаги', {});
  const begin = ordinaryStart(TODAY);
  const end = addDays(addMonthsClamped(begin, 12), -1);
  const wrong = addDays(begin, -366);

  await test.step('dates', async () => {
    await page.keyboard.press('KeyU');
    const first = day(journey, 'contractTerms.words.startLabel');
    for (const [typed, said] of [
      ['29.02.2026', t('contractTerms.problem.february', { year: '2026' })],
      ['когда-нибудь', t('contractTerms.problem.notADate')],
      ['01.01.2500', t('contractDates.problem.dateOutOfRange')],
    ] as const) {
      await first.fill(typed);
      await first.press('Enter');
      await expect(form(journey).getByRole('alert')).toHaveText([said]);
      await expect(first).toHaveValue(typed);
    }
    await first.fill(ru(begin));
    await first.press('Tab');
  });

  await test.step('a renewal without a term, an end before the start', async () => {
    const group = form(journey).getByRole('group', { name: t('contractTerms.lines.term') });
    await expect(group.getByRole('alert')).toHaveText([t('contractDates.problem.termMissing')]);
    await page.getByRole('button', { name: t('contractTerms.words.renewalLabel') }).click();
    await page.getByRole('option', { name: t('contractTerms.renewal.tacit') }).click();
    await expect(group.getByRole('alert')).toHaveText([t('contractDates.problem.renewalWithoutTerm')]);
    await page.getByRole('button', { name: t('contractTerms.words.untilLabel') }).click();
    await page.getByRole('option', { name: t('contractTerms.until.date') }).click();
    await day(journey, 'contractTerms.words.end').fill(ru(wrong));
    await day(journey, 'contractTerms.words.end').press('Enter');
    await expect(group.getByRole('alert')).toHaveText([
      t('contractDates.problem.endBeforeStart', { end: ru(wrong), start: ru(begin) }),
    ]);
    await day(journey, 'contractTerms.words.end').fill(ru(end));
    await day(journey, 'contractTerms.words.end').press('Enter');
    await count(journey, 'contractTerms.words.renewalTerm').fill('12');
  });

  await test.step('a notice longer than the term cannot be saved, and going away loses nothing', async () => {
    await count(journey, 'contractTerms.words.noticeLabel').fill('400');
    const group = form(journey).getByRole('group', { name: t('contractTerms.lines.notice') });
    await expect(group.getByRole('alert')).toContainText('Уведомление длиннее срока');
    await page.keyboard.press('Control+Enter');
    await expect(form(journey)).toContainText(t('contractTerms.problem.fix'));
    await goTo(journey, 'today');
    await goTo(journey, 'contracts');
    await expect(count(journey, 'contractTerms.words.noticeLabel')).toHaveValue('400');
    await expect(day(journey, 'contractTerms.words.end')).toHaveValue(ru(end));
    await count(journey, 'contractTerms.words.noticeLabel').fill('полгода');
    await expect(group.getByRole('alert')).toContainText('целое число');
    await count(journey, 'contractTerms.words.noticeLabel').fill('60');
    await expect(form(journey).getByRole('alert')).toHaveCount(0);
    await form(journey)
      .getByRole('button', { name: beginsWith(t('contractTerms.save')) })
      .click();
    await expect(page.getByRole('article')).toContainText(`${ru(begin)} – ${ru(end)}`);
  });

  await test.step('an amount with three decimals', async () => {
    const field = page.getByRole('button', { name: beginsWith(t('contracts.value')) });
    await field.click();
    const input = page.getByRole('textbox', { name: t('contracts.value') });
    await input.fill('1 234,567 ₽');
    await input.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(t('contracts.valueDecimals', { currency: 'RUB', count: 2 }));
    await expect(input).toHaveValue('1 234,567 ₽');
    await input.fill('1 234,56 ₽');
    await input.press('Enter');
    await expect(field).toContainText('1 234,56');
  });
});

test('a decision after the deadline is explained; a missing calendar is named', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  // The end lies ten days ahead and the notice a month: its day has passed.
  const end = fromDayNumber(toDayNumber(TODAY) + 10);
  await openContract(journey, 'Уборка', {
    start: addDays(end, -364),
    end,
    renewal: 'tacit',
    renewalTerm: { months: 12 },
    notice: { days: 30 },
  });
  const word = page
    .getByRole('article')
    .getByText(t('contractDates.state.renewedUnlessShownOtherwise'), { exact: true });
  await expect(word).toBeVisible();
  await expect(page.getByRole('article')).toContainText('Договор продлён, если не доказано иное');
  await page.keyboard.press('KeyD');
  const dialog = page.getByRole('dialog', { name: t('contracts.decision.record') });
  await dialog.getByText(t('contracts.decision.offers.terminate')).click();
  await dialog.getByRole('textbox', { name: t('contracts.decision.author') }).fill('Анна Белова');
  await dialog.getByRole('textbox', { name: t('contracts.decision.reason') }).fill('Нашли дешевле');
  await expect(dialog.getByRole('alert')).toContainText(t('contracts.decision.late'));
  await dialog.getByRole('button', { name: t('contracts.decision.save') }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect(page.getByText(t('contracts.decision.none'))).toBeVisible();
  await page.keyboard.press('KeyD');
  await expect(dialog.getByRole('textbox', { name: t('contracts.decision.reason') })).toHaveValue('Нашли дешевле');
  // Decided in time and recorded late: the contract ends.
  const date = dialog.getByRole('textbox', { name: t('contracts.decision.date') });
  await date.fill(ru(addDays(end, -40)));
  await date.press('Tab');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: t('contracts.decision.save') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect(
    page.getByRole('article').getByText(t('contractDates.state.terminating'), { exact: true }),
  ).toBeVisible();
  await page
    .getByRole('region', { name: t('contracts.decision.title'), exact: true })
    .getByRole('button', { name: beginsWith('Убрать решение') })
    .click();
  await expect(page.getByText(t('contracts.decision.none'))).toBeVisible();
  await page.keyboard.press('Control+KeyZ');
  await expect(
    page.getByRole('article').getByText(t('contractDates.state.terminating'), { exact: true }),
  ).toBeVisible();

  await openContract(journey, 'Долгая поставка', {
    start: '2098-01-12',
    term: { months: 12 },
    renewal: 'none',
    notice: { days: 30 },
    profile: 'rf',
  });
  await expect(page.getByRole('article')).toContainText(
    t('contracts.head.provisional', { missing: 'RU 2098, RU 2099' }),
  );
});

test('amendments, and the contract as of another day', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const begin = tenth(-30);
  await openContract(journey, 'Аренда офиса', { ...SERVED, start: begin });
  const section = page.getByRole('region', { name: t('contracts.amendments.title'), exact: true });
  const add = async (effective: string, days: string): Promise<void> => {
    await section.getByRole('button', { name: t('contracts.amendments.add'), exact: true }).click();
    await day(journey, 'contracts.amendments.days.effective').fill(ru(effective));
    await day(journey, 'contracts.amendments.days.effective').press('Enter');
    await section.getByRole('button', { name: t('contracts.amendments.addField') }).click();
    await page.getByRole('menuitem', { name: t('contractDates.field.notice'), exact: true }).click();
    await count(journey, 'contractDates.field.notice').fill(days);
  };
  const save = () => section.getByRole('button', { name: beginsWith(t('contracts.amendments.save')) }).click();
  const legal = fact(journey, t('contracts.head.legal'));
  const end = addDays(addMonthsClamped(begin, 36), -1);
  await expect(legal).toContainText(ru(addDays(end, -30)));

  await add(tenth(-3), '60');
  await expect(section.getByRole('region', { name: t('contracts.amendments.follows') })).toContainText(
    ru(addDays(end, -60)),
  );
  await save();
  await expect(legal).toContainText(ru(addDays(end, -60)));
  await expect(section.getByRole('listitem')).toContainText('30 дней');
  await expect(section.getByRole('listitem')).toContainText('60 дней');

  await add(tenth(-3), '90');
  await expect(section.getByRole('alert')).toHaveText(t('contracts.amendments.sameDate', { other: '1' }));
  await save();
  await expect(count(journey, 'contractDates.field.notice')).toHaveValue('90');
  await section.getByRole('button', { name: t('contracts.amendments.replaces') }).click();
  await page.getByRole('option', { name: t('contracts.amendments.numbered', { number: '1' }) }).click();
  await expect(section.getByRole('alert')).toHaveCount(0);
  await save();
  await expect(section).toContainText(t('contracts.amendments.replacedBy', { number: '2' }));
  await expect(legal).toContainText(ru(addDays(end, -90)));

  // A day before the amendments: the first term, thirty days, and nothing can be changed.
  await page.getByRole('button', { name: t('contracts.asOf.button') }).click();
  const effective = tenth(-25);
  await day(journey, 'contracts.asOf.effective').fill(ru(effective));
  await day(journey, 'contracts.asOf.effective').press('Enter');
  await expect(page.getByRole('status').filter({ hasText: ru(effective) })).toBeVisible();
  await expect(legal).toContainText(ru(addDays(addMonthsClamped(begin, 12), -31)));
  await expect(section.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('contracts.decision.button'), exact: true })).toHaveCount(0);
  // The timeline has a way back to today as well, a sign without words.
  await page
    .getByRole('button', { name: t('contracts.asOf.back') })
    .filter({ hasText: t('contracts.asOf.back') })
    .click();
  await expect(legal).toContainText(ru(addDays(end, -90)));
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the record and its forms, ${theme}`, async ({ start }) => {
    test.setTimeout(300_000);
    const journey = await start();
    const { page, t } = journey;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
    await switchTheme(journey, theme);
    const check = async (name: string, without: readonly string[] = []): Promise<void> => {
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
      await rendered(page);
      const { violations, passes } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .disableRules([...without])
        .analyze();
      expect(passes.length).toBeGreaterThan(5);
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, html, failureSummary }) =>
            `${id}: ${target.join(' ')} ${html.slice(0, 200)} ${failureSummary ?? ''}`,
        ),
      );
      expect.soft(found, `${name}, ${theme}`).toEqual([]);
    };
    await openContract(journey, 'Аренда', {
      ...SERVED,
      renewalText: 'Продлевается на тот же срок',
      value: { minor: 100_000_00, currency: 'RUB' },
      'amendments/a': { number: '1', effective: tenth(-1), changes: { notice: { days: 60 } } },
      'amendments/b': { number: '2', effective: tenth(0), replaces: '1', changes: { notice: { days: 45 } } },
      'decisions/d': { kind: 'renew', date: tenth(-1), author: 'Анна', reason: 'Нужен' },
    });
    await check('record');
    await page.keyboard.press('KeyW');
    await page.getByRole('region', { name: t('contracts.why.title') }).waitFor();
    await check('why');
    await page.keyboard.press('Escape');
    await page.keyboard.press('KeyD');
    await page.getByRole('dialog').waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('contracts.decision.save') })
      .click();
    await check('decision');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('KeyU');
    await count(journey, 'contractTerms.words.noticeLabel').fill('4000');
    await form(journey).getByRole('alert').waitFor();
    await check('terms');
    await form(journey)
      .getByRole('button', { name: t('contractTerms.discard') })
      .click();
    await page.getByRole('button', { name: t('contracts.amendments.add'), exact: true }).click();
    await page.getByRole('button', { name: beginsWith(t('contracts.amendments.save')) }).click();
    await check('amendment');
    await page.getByRole('button', { name: t('contracts.asOf.button') }).click();
    await day(journey, 'contracts.asOf.known').fill(ru(tenth(-1)));
    // The hidden buttons with which a screen reader leaves a popover stand beside its dialog, outside of every landmark.
    await check('as of', ['region']);
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: t('contracts.asOf.back') })
      .filter({ hasText: t('contracts.asOf.back') })
      .waitFor();
    await check('another day');
  });
}
