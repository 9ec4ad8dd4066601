/** Obligations, milestones, papers and the price clause of a contract, from the keyboard to the list of what is due. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { command, firstRun, goTo, type Journey, rendered, settled, switchTheme } from '../../build/driver/journey.ts';
import { addDays, wallTime } from '../../shared/dates/plain-date.ts';
import { formatPlainDate } from '../../shared/dates/format-date.ts';
import { expect, PASSPHRASE, test } from './support.ts';

const day = (date: string): string => formatPlainDate(date, 'ru', 'short');
/** Lets it stay noon in the page, so that the day does not turn while the test runs; returns the day. */
async function stayToday(page: Page): Promise<string> {
  const noon = new Date().setHours(12, 0, 0, 0);
  await page.clock.setFixedTime(noon);
  return wallTime(Intl.DateTimeFormat().resolvedOptions().timeZone, noon).slice(0, 10);
}

/** Types a day into a date field, part by part. */
async function typeDay(scope: Locator, label: string, date: string): Promise<void> {
  const group = scope.getByRole('group', { name: label }).first();
  const [year = '', month = '', number = ''] = date.split('-');
  await group.getByRole('spinbutton').first().focus();
  await scope.page().keyboard.type(`${number}${month}${year}`);
}

async function newContract(journey: Journey, title: string): Promise<void> {
  const { page, t } = journey;
  await command(journey, t('shell.newContract'));
  const dialog = page.getByRole('dialog', { name: t('shell.newContract') });
  await dialog.getByRole('textbox', { name: t('contracts.name') }).fill(title);
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Sets fields of the open contract as its form would; the form has its own journey. */
async function setContract(page: Page, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const result = await page.evaluate(async (values) => {
    const filled = await window.rapport['vault:fill']({ table: 'contracts', limit: 10 });
    const record = filled.ok ? (filled.value.rows[0]?.id ?? '') : '';
    const changes = Object.entries(values).map(([field, value]) => ({
      type: 'contract',
      record,
      field,
      value: value as string,
    }));
    return window.rapport['vault:commit']({ kind: 'edit', changes });
  }, fields);
  expect(result.ok).toBe(true);
}

const section = ({ page, t }: Journey, key: string): Locator =>
  page.getByRole('region', { name: t(`contractSections.${key}.title`), exact: true });

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  await rendered(page);
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`),
  );
}

test('a recurring obligation shows its days before it is saved, is kept one by one and taken back by undo', async ({
  start,
}) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const today = await stayToday(page);
  const anchor = addDays(today, -12);
  await newContract(journey, 'Сопровождение');
  const obligations = section(journey, 'obligations');

  await command(journey, t('contractSections.obligations.addTitle'));
  const dialog = page.getByRole('dialog', { name: t('contractSections.obligations.addTitle') });
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(dialog.getByText(t('contractSections.fieldRequired'))).toBeVisible();
  await dialog.getByLabel(t('contractSections.obligations.text')).fill('Отчёт о поставках');
  await dialog.getByText(t('contractSections.obligations.whens.recurring'), { exact: true }).click();
  await typeDay(dialog, t('contractSections.obligations.anchor'), anchor);
  const period = dialog.getByRole('group', { name: t('contractSections.obligations.periodLabel'), exact: true });
  await period.getByRole('textbox').fill('5');
  await period.getByRole('button').click();
  await page.getByRole('option', { name: t('contractSections.units.days'), exact: true }).click();
  await dialog.getByRole('button', { name: new RegExp(t('contractSections.obligations.dueIn')) }).click();
  await page.getByRole('option', { name: t('contractSections.obligations.dueAtEnd') }).click();
  await dialog.getByRole('button', { name: new RegExp(t('contractSections.dayOff')) }).click();
  await page.getByRole('option', { name: t('contractSections.dayOffs.keep') }).click();
  const preview = dialog.getByRole('group', { name: t('contractSections.obligations.next') });
  // Periods of five days end on the 5th, 10th, 15th day from the anchor: two days from now, and so on.
  await expect(preview.getByRole('listitem')).toHaveText(
    [2, 7, 12, 17, 22, 27].map((ahead) => new RegExp(`^${day(addDays(today, ahead))}`)),
  );
  await dialog.getByLabel(t('contractSections.obligations.amount')).fill('1,234');
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(dialog.getByText(t('contractSections.obligations.amountThree'))).toBeVisible();
  await dialog.getByLabel(t('contractSections.obligations.amount')).fill('1 234,50');
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(dialog).toBeHidden();

  const line = obligations.getByRole('listitem').filter({ hasText: 'Отчёт о поставках' });
  // The first of two missed days, eight days ago.
  await expect(line).toContainText(t('profile.overdue', { when: t('common.daysAgo', { count: 8 }) }));
  await expect(line).toContainText('1 234,50');
  await line
    .getByRole('button', { name: /Отчёт о поставках/u })
    .first()
    .press('Control+Enter');
  await expect(line).toContainText(t('profile.overdue', { when: t('common.daysAgo', { count: 3 }) }));
  const toasts = page.getByRole('region', { name: t('common.notifications') });
  await toasts.getByRole('button', { name: t('common.undo') }).click();
  await expect(line).toContainText(t('common.daysAgo', { count: 8 }));

  await line.getByRole('button', { name: t('contractSections.actionsOf', { name: 'Отчёт о поставках' }) }).click();
  await page.getByRole('menuitem', { name: t('contractSections.obligations.days') }).click();
  const days = page.getByRole('dialog', {
    name: t('contractSections.obligations.daysTitle', { text: 'Отчёт о поставках' }),
  });
  await days
    .getByRole('button', { name: t('contractSections.obligations.keep') })
    .first()
    .click();
  const keep = page.getByRole('dialog', { name: t('contractSections.obligations.keepTitle') });
  await keep.getByLabel(t('contractSections.obligations.evidence')).fill('Акт № 14');
  await keep.getByLabel(t('contractSections.obligations.author')).fill('Анна Белова');
  await keep.getByRole('button', { name: t('common.done'), exact: true }).click();
  const first = days.getByRole('row').nth(1);
  await expect(first).toContainText('Акт № 14 · Анна Белова');
  await days
    .getByRole('button', { name: t('contractSections.obligations.drop') })
    .first()
    .click();
  await page
    .getByRole('dialog', { name: t('contractSections.obligations.dropTitle') })
    .getByRole('button', { name: t('contractSections.obligations.dropIt'), exact: true })
    .click();
  await expect(days.getByRole('row').nth(2)).toContainText(
    t('contractSections.obligations.droppedState', { date: day(today) }),
  );
  await page.keyboard.press('Escape');
  await expect(line).toContainText(t('common.inDays', { count: 2 }));

  // The same promise in the list of the day, ticked off there for its occurrence only.
  await goTo(journey, 'today');
  const ours = page.getByRole('region', { name: t('today.theirs') });
  await expect(ours).toContainText(t('common.inDays', { count: 2 }));
  await ours.getByRole('checkbox', { name: t('profile.markDone', { text: 'Отчёт о поставках' }) }).press('Space');
  await expect(ours).toContainText(t('common.inDays', { count: 7 }));
});

test('milestones in a chain slip together, refuse a circle, and due days follow them', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const today = await stayToday(page);
  await newContract(journey, 'Поставка');
  await setContract(page, { start: addDays(today, -100), status: 'active' });
  const milestones = section(journey, 'milestones');
  const add = async (title: string, fill: (dialog: Locator) => Promise<void>): Promise<void> => {
    await milestones.getByRole('button', { name: t('contractSections.milestones.add'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: t('contractSections.milestones.addTitle') });
    await dialog.getByLabel(t('contractSections.milestones.name')).fill(title);
    await fill(dialog);
    await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  const relative = async (dialog: Locator, count: string, event: string): Promise<void> => {
    await dialog.getByText(t('contractSections.milestones.precisions.relative'), { exact: true }).click();
    await dialog
      .getByRole('group', { name: t('contractSections.amountOf') })
      .getByRole('textbox')
      .fill(count);
    await dialog.getByRole('button', { name: new RegExp(t('contractSections.event')) }).click();
    await page.getByRole('option', { name: event, exact: true }).click();
  };
  await add('Отгрузка', (dialog) => typeDay(dialog, t('contractSections.obligations.date'), addDays(today, -6)));
  await add('Приёмка', (dialog) => relative(dialog, '10', 'Отгрузка'));
  await add('Выход на объёмы', async (dialog) => {
    await dialog.getByText(t('contractSections.milestones.precisions.month'), { exact: true }).click();
    await dialog.getByRole('textbox', { name: t('contractSections.milestones.month'), exact: true }).fill('март 2031');
    await expect(dialog).toContainText(t('contractSections.milestones.lastDayCounts', { date: '31.03.2031' }));
  });
  const line = (name: string): Locator => milestones.getByRole('listitem').filter({ hasText: name });
  await expect(line('Приёмка').last()).toContainText(t('common.inDays', { count: 4 }));

  // Shipped six days late: what is counted from it moves by as much.
  const shipment = milestones.getByRole('listitem').first();
  await shipment
    .getByRole('button', { name: /Отгрузка/u })
    .first()
    .press('Control+Enter');
  await expect(shipment).toContainText(t('contractSections.milestones.later', { count: 6 }));
  const acceptance = milestones.getByRole('listitem').nth(1);
  await expect(acceptance).toContainText(t('contractSections.milestones.later', { count: 6 }));
  await expect(acceptance).toContainText(t('common.inDays', { count: 10 }));

  // A shipment counted from its own acceptance would be a circle.
  await shipment.getByRole('button', { name: t('contractSections.actionsOf', { name: 'Отгрузка' }) }).click();
  await page.getByRole('menuitem', { name: t('contractSections.edit'), exact: true }).click();
  const form = page.getByRole('dialog', { name: t('contractSections.milestones.editTitle') });
  await relative(form, '3', 'Приёмка');
  await expect(form.getByRole('alert')).toContainText('Отгрузка → Приёмка → Отгрузка');
  await form.getByRole('button', { name: t('common.save'), exact: true }).click();
  await expect(form).toBeVisible();
  await page.keyboard.press('Escape');

  // An obligation counted from the acceptance.
  const obligations = section(journey, 'obligations');
  await obligations.getByRole('button', { name: t('contractSections.obligations.add'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('contractSections.obligations.addTitle') });
  await dialog.getByLabel(t('contractSections.obligations.text')).fill('Оплатить остаток');
  await dialog.getByText(t('contractSections.obligations.whens.relative'), { exact: true }).click();
  await dialog
    .getByRole('group', { name: t('contractSections.amountOf') })
    .getByRole('textbox')
    .fill('2');
  await dialog.getByRole('button', { name: new RegExp(t('contractSections.event')) }).click();
  await page.getByRole('option', { name: 'Приёмка', exact: true }).click();
  await expect(dialog).toContainText(day(addDays(today, 12)));
  await dialog.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(obligations.getByRole('listitem')).toContainText(t('common.inDays', { count: 12 }));
});

test('a price clause explains its gap, gives exact prices and says when to announce them', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await newContract(journey, 'Аренда склада');
  await setContract(page, {
    start: '2025-01-01',
    end: '2035-12-31',
    status: 'active',
    value: { minor: 100_000_00, currency: 'RUB' },
  });
  const price = section(journey, 'indexation');
  await price.getByRole('button', { name: t('contractSections.indexation.add'), exact: true }).click();
  const form = page.getByRole('dialog', { name: t('contractSections.indexation.editTitle') });
  await expect(form.getByLabel(t('contractSections.indexation.base'))).toHaveValue('100000,00');
  await typeDay(form, t('contractSections.indexation.firstOn'), '2026-01-01');
  await form.getByLabel(t('contractSections.indexation.everyMonths')).fill('24');
  await form.getByLabel(t('contractSections.indexation.baseMonth')).fill('октябрь 2025');
  await form.getByLabel(t('contractSections.indexation.lagMonths')).fill('1');
  await form
    .getByRole('group', { name: t('contractSections.indexation.notice') })
    .getByRole('textbox')
    .fill('30');
  await form.getByRole('button', { name: t('common.add'), exact: true }).click();
  await expect(form).toBeHidden();
  const paste = price.getByRole('textbox', { name: t('contractSections.indexation.paste') });
  await paste.fill('10.2025 129,9');
  await paste.press('Enter');
  await paste.fill('12.2025 136,0');
  await paste.press('Enter');
  await expect(price).toContainText(
    t('contractDates.problem.seriesGap', { month: 'ноябрь 2025\u00a0г.' }).replace('г..', 'г.'),
  );
  await price.getByRole('button', { name: /ноябрь 2025.*пропуск/u }).click();
  await page.keyboard.type('133,0');
  await page.keyboard.press('Enter');
  const prices = price.getByRole('table', { name: t('contractSections.indexation.prices') });
  const first = prices.getByRole('row').nth(1);
  await expect(first).toContainText('1,046959199');
  await expect(first).toContainText(/104\s695,92/u);
  await first
    .getByRole('button', { name: t('contractSections.indexation.showCalculation', { date: '01.01.2026' }) })
    .click();
  await expect(prices).toContainText(/× 136,0 \(декабрь 2025 г\.\) \/ 129,9 \(октябрь 2025 г\.\)/u);
  // The next step has no value yet: it is marked, and its announcement can be recorded and taken back.
  const next = prices.getByRole('row').filter({ hasText: '01.01.2028' });
  await expect(next).toContainText(t('contractSections.provisional'));
  const told = next.getByRole('checkbox', { name: t('contractSections.indexation.announced', { date: '01.01.2028' }) });
  await told.press('Space');
  await expect(told).toBeChecked();
  await page.keyboard.press('Control+KeyZ');
  await expect(told).not.toBeChecked();
});

test('parties, people, papers and suspensions are kept in place; axe finds nothing', async ({ start }) => {
  test.setTimeout(240_000);
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await newContract(journey, 'Хранение запасов');
  const today = await stayToday(page);
  const all = await page.evaluate(async () => {
    const filled = await window.rapport['vault:fill']({ table: 'contracts', limit: 50 });
    return filled.ok ? filled.value.rows : [];
  });
  const { id = '' } = all.find((row) => 'title' in row && row.title === 'Хранение запасов') ?? {};
  const lastYear = Number(today.slice(0, 4)) + 3;
  const committed = await page.evaluate(
    (changes) => window.rapport['vault:commit']({ kind: 'edit', changes }),
    [
      ['start', '2025-01-01'],
      ['end', `${lastYear}-12-31`],
      ['status', 'active'],
    ].map(([field = '', value = '']) => ({ type: 'contract', record: id, field, value })),
  );
  expect(committed.ok).toBe(true);

  const parties = section(journey, 'parties');
  await parties.getByRole('combobox', { name: t('contractSections.parties.add') }).fill('АО «Гарант»');
  await page.getByRole('option', { name: t('contractSections.parties.byName', { text: 'АО «Гарант»' }) }).click();
  await page.keyboard.press('Escape');
  await expect(parties.getByRole('listitem')).toContainText('АО «Гарант»');
  const people = section(journey, 'people');
  await people.getByRole('combobox', { name: t('contractSections.people.add') }).fill('Ковалёв');
  await page.getByRole('option').first().click();
  await page.keyboard.press('Escape');
  await expect(people.getByRole('listitem')).toContainText(t('contractSections.people.roles.signatory'));
  await expect(people).toContainText(t('contractSections.people.noNoticeContact'));

  const documents = section(journey, 'documents');
  const field = documents.getByRole('textbox', { name: t('contractSections.documents.add') });
  for (const title of ['Договор хранения', 'Акт приёмки']) {
    await field.fill(title);
    await field.press('Enter');
    await expect(documents.getByRole('listitem').filter({ hasText: title })).toHaveCount(1);
  }
  const titles = documents.getByRole('listitem').getByRole('button', { name: /^Название:/u });
  await expect(titles).toHaveText(['Договор хранения', 'Акт приёмки']);
  await titles.nth(1).press('Alt+ArrowUp');
  await expect(titles).toHaveText(['Акт приёмки', 'Договор хранения']);
  await page.keyboard.press('Control+KeyZ');
  await expect(titles).toHaveText(['Договор хранения', 'Акт приёмки']);

  const suspensions = section(journey, 'suspensions');
  await suspensions.getByRole('button', { name: t('contractSections.suspensions.add'), exact: true }).click();
  await expect(suspensions).toContainText(t('contractSections.suspensions.stillOpen'));
  await typeDay(suspensions, t('contractSections.suspensions.to'), addDays(today, 9));
  await expect(suspensions).toContainText(
    t('contractSections.suspensions.effect', {
      count: 10,
      end: `10.01.${lastYear + 1}`,
      planned: `31.12.${lastYear}`,
    }),
  );

  await settled(page);
  for (const theme of ['light', 'dark'] as const) {
    await switchTheme(journey, theme);
    expect.soft(await violations(page), theme).toEqual([]);
  }
  for (const [where, button, title] of [
    ['obligations', 'obligations.add', 'obligations.addTitle'],
    ['milestones', 'milestones.add', 'milestones.addTitle'],
    ['indexation', 'indexation.add', 'indexation.editTitle'],
  ] as const) {
    await section(journey, where)
      .getByRole('button', { name: t(`contractSections.${button}`), exact: true })
      .click();
    const dialog = page.getByRole('dialog', { name: t(`contractSections.${title}`) });
    await dialog.waitFor();
    if (where === 'obligations')
      await dialog.getByText(t('contractSections.obligations.whens.recurring'), { exact: true }).click();
    expect.soft(await violations(page), title).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
});
