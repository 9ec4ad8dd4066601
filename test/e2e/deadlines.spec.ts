/** Deadlines of contracts on the running application: reminding, deciding, putting off, coming back; work calendars. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journey } from '../../build/driver/journey.ts';
import { firstRun, goTo, lock, rendered, unlock } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { showContracts } from '../../build/driver/screens.ts';
import { expect, PASSPHRASE, test } from './support.ts';

/** Noon of a day of November 2026 or later, for the main process and for the page. */
async function setDay({ running, page }: Journey, dayOfNovember: number): Promise<void> {
  const noon = new Date(2026, 10, dayOfNovember, 12);
  await page.clock.setFixedTime(noon);
  await running.app.evaluate((_, wanted) => {
    const state = globalThis as typeof globalThis & { realDate?: DateConstructor };
    const Real = (state.realDate ??= Date);
    const offset = wanted - Real.now();
    globalThis.Date = class extends Real {
      constructor(...given: readonly unknown[]) {
        if (given.length === 0) super(Real.now() + offset);
        else super(...(given as [number]));
      }
      static override now(): number {
        return Real.now() + offset;
      }
    } as DateConstructor;
  }, noon.getTime());
}

const wakeUp = ({ running }: Journey): Promise<void> =>
  running.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume');
  });
const notices = ({ running }: Journey): Promise<readonly { title: string; body: string }[]> =>
  running.app.evaluate(async ({ Notification }) =>
    (await Notification.getHistory()).map(({ title, body }) => ({ title, body })),
  );

/** Names that no notification may have unless the person wants it. */
const NAMES = /кондиционер|Чистый офис|Расходные|Этикет/u;

test('a deadline reminds, is decided, is put off, and is told of after an absence', async ({ start }) => {
  test.setTimeout(180_000);
  const journey = await start();
  const { page, t, running } = journey;
  await setDay(journey, 26);
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  const decide = page.getByRole('region', { name: t('deadlines.today.title') });
  const lineOf = (name: string) => decide.getByRole('button').filter({ hasText: name });

  // The system is told how many wait, and no names.
  await wakeUp(journey);
  await expect.poll(() => notices(journey).then((list) => list.length)).toBe(1);
  const [told] = await notices(journey);
  expect(told?.title).toMatch(/^\d+ срок/u);
  expect(`${told?.title} ${told?.body}`).not.toMatch(NAMES);

  // Today: what is overdue and what is due soon; one key leads to the contract.
  await expect(lineOf('Обслуживание кондиционеров')).toBeVisible();
  const supplies = lineOf('Расходные материалы');
  await expect(supplies).toBeVisible();
  const before = await decide.locator('[data-deadline]').count();
  const id = (await supplies.getAttribute('data-deadline')) ?? '';
  await supplies.focus();
  await page.keyboard.press('d');
  // Its decision is ready to be written.
  const deciding = page.getByRole('dialog', { name: t('contracts.decision.record') });
  await expect(deciding).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(deciding).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Расходные материалы' })).toBeVisible();

  // A decision with author, date and reason: only then it is green and gone from Today.
  const contract = id.replace(/-term-\d+$/, '');
  const record = async (reason: string): Promise<void> => {
    const saved = await page.evaluate(
      async ([target, why]) =>
        window.rapport['vault:commit']({
          kind: 'edit',
          changes: [
            {
              type: 'contract',
              record: target,
              field: 'decisions/d1',
              value: { date: '2026-11-26', kind: 'renew', author: 'Ирина', ...(why ? { reason: why } : {}) },
            },
          ],
        }),
      [contract, reason] as const,
    );
    expect(saved.ok).toBe(true);
  };
  await record('');
  await goTo(journey, 'today');
  await expect(supplies).toBeVisible();
  await record('Цены ниже рынка');
  await expect(supplies).toBeHidden();
  await expect(decide.locator('[data-deadline]')).toHaveCount(before - 1);
  await showContracts(journey, 'decisions');
  const grid = page.getByRole('grid', { name: t('deadlines.title') });
  await expect(grid.getByRole('row').filter({ hasText: 'Расходные материалы' })).toHaveCount(0);
  await page
    .getByRole('search')
    .getByRole('button', { name: t('deadlines.allStates') })
    .click();
  await page.getByRole('option', { name: t('deadlines.states.decided'), exact: true }).click();
  await expect(
    grid
      .getByRole('row')
      .filter({ hasText: 'Расходные материалы' })
      .filter({ hasText: t('deadlines.states.decided') }),
  ).toHaveCount(1);

  // In a small window every month still shows its whole amount.
  const months = page.getByRole('group', { name: t('deadlines.heat.label') }).locator('[data-month]');
  const size = page.viewportSize();
  for (const width of [900, 640]) {
    await page.setViewportSize({ width, height: 800 });
    const cut = () =>
      months.evaluateAll((cells) =>
        cells.flatMap(({ lastElementChild: value }) =>
          value && value.scrollWidth > value.clientWidth ? [value.textContent] : [],
        ),
      );
    await expect.poll(cut).toEqual([]);
    await expect(months).toHaveCount(12);
  }
  if (size) await page.setViewportSize(size);

  // Enter opens the record, Esc leads back to the decisions.
  await grid.getByRole('row').filter({ hasText: 'Расходные материалы' }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Расходные материалы' })).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Escape');
  await expect(grid).toBeVisible();

  // Put off: only with a reason.
  await goTo(journey, 'today');
  await lineOf('Обслуживание кондиционеров').focus();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: t('deadlines.snoozeTitle') });
  const save = dialog.getByRole('button', { name: t('deadlines.snoozeSave'), exact: true });
  await expect(save).toBeDisabled();
  await expect(save).toHaveAccessibleDescription(t('deadlines.snoozeReasonMissing'));
  await dialog.getByLabel(t('deadlines.snoozeReason')).fill('Ждём ответа юриста');
  await expect(save).toHaveAccessibleDescription('');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t('deadlines.snoozeDone', { date: '03.12.2026' }))).toBeVisible();
  await expect(lineOf('Обслуживание кондиционеров')).toBeHidden();

  // Three weeks later: what would have reminded, told until it is understood.
  await lock(journey);
  expect(await notices(journey)).toEqual([]);
  await setDay(journey, 26 + 21);
  await wakeUp(journey);
  await rendered(page);
  expect(await notices(journey)).toEqual([]);
  await unlock(journey, PASSPHRASE);
  const away = page.getByRole('region', { name: t('deadlines.away.title') });
  await expect(away).toBeVisible();
  await expect(away.getByRole('button').filter({ hasText: 'Обслуживание кондиционеров' })).toBeVisible();
  await expect(lineOf('Обслуживание кондиционеров')).toBeVisible();
  await expect(away.getByRole('button').filter({ hasText: 'Расходные материалы' })).toHaveCount(0);
  await away.getByRole('button', { name: t('deadlines.away.understood') }).click();
  await expect(away).toBeHidden();

  // A click on the notification that the unlocking brought leads to what waits.
  await goTo(journey, 'people');
  await expect.poll(() => notices(journey).then((list) => list.length)).toBeGreaterThan(0);
  await running.app.evaluate(async ({ Notification }) => {
    (await Notification.getHistory())[0]?.emit('click');
  });
  await expect(page.locator('nav [aria-current="page"]')).not.toContainText(t('shell.people'));

  // Understood once, understood for good.
  await lock(journey);
  await unlock(journey, PASSPHRASE);
  await goTo(journey, 'today');
  await expect(decide).toBeVisible();
  await expect(away).toBeHidden();
});

test('a calendar is brought, corrected by keyboard, saved to a file and taken back', async ({ folder, start }) => {
  test.setTimeout(120_000);
  const journey = await start();
  const { page, t, running } = journey;
  await setDay(journey, 26);
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await goTo(journey, 'settings');
  const section = page.getByRole('region', { name: t('deadlines.calendars.title') });
  const row = section.getByRole('listitem').filter({ hasText: 'RU 2027' });
  await expect(row).toContainText(t('deadlines.calendars.missing'));

  // What it changes is said before it is saved.
  await section.getByRole('button', { name: t('deadlines.calendars.import') }).click();
  const dialog = page.getByRole('dialog', { name: t('deadlines.calendars.importTitle') });
  const paste = dialog.getByLabel(t('deadlines.calendars.paste'));
  await paste.fill('2027-01-04;выходной\n2027-02-31;выходной');
  await expect(dialog.getByRole('status')).toContainText('2027-02-31');
  await expect(dialog.getByRole('button', { name: t('deadlines.calendars.saveImport') })).toBeDisabled();
  await paste.fill('2027-01-04;выходной\n2027-02-22;выходной\n2027-02-23;выходной\n2027-02-20;рабочий');
  await expect(dialog.getByRole('listitem').first()).toContainText(t('deadlines.calendars.settled'));
  await dialog.getByRole('button', { name: t('deadlines.calendars.saveImport') }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText(t('deadlines.calendars.own'));

  // By keyboard: Tuesday the 5th becomes free.
  await row.getByRole('button', { name: t('deadlines.calendars.editYear', { country: 'RU', year: 2027 }) }).click();
  const year = page.getByRole('dialog', { name: 'RU 2027' });
  await year.locator('[data-date="2027-01-01"]').focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(year.locator('[data-date="2027-01-05"]')).toHaveAccessibleName(
    new RegExp(t('deadlines.calendars.days.off')),
  );
  await year.getByRole('button', { name: t('common.save'), exact: true }).click();
  await expect(year).toBeHidden();

  const file = join(folder, 'RU 2027.json');
  await answerDialogs(running.app, [file]);
  await row.getByRole('button', { name: t('deadlines.calendars.export') }).click();
  await page
    .getByRole('region', { name: t('common.notifications') })
    .getByText(/RU 2027\.json/)
    .waitFor();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    country: 'RU',
    year: 2027,
    nonWorking: ['2027-01-04', '2027-01-05', '2027-02-22', '2027-02-23'],
    working: ['2027-02-20'],
    source: t('deadlines.calendars.ownSource'),
  });

  // Taken away, the dates are provisional again; the undo brings the year back.
  await row.getByRole('button', { name: t('deadlines.calendars.remove') }).click();
  const effects = page.getByRole('dialog', { name: t('deadlines.calendars.effectsDone') });
  await expect(effects.getByRole('listitem').first()).toContainText(t('deadlines.calendars.unsettled'));
  await page.keyboard.press('Escape');
  await expect(effects).toBeHidden();
  await expect(row).toContainText(t('deadlines.calendars.missing'));
  await page.keyboard.press('Control+KeyZ');
  await expect(row).toContainText(t('deadlines.calendars.own'));
});
