/** Contracts on a timeline: by keyboard alone, the same as a table, nothing for axe to find. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import {
  command,
  goTo,
  type Journey,
  journeyOf,
  rendered,
  settled,
  switchLanguage,
  switchTheme,
} from '../../build/driver/journey.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import { fillPortfolio } from '../fixtures/contracts/portfolio.ts';
import { expect, PASSPHRASE, test } from './support.ts';

const CONTRACTS = 12;

test.setTimeout(240_000);

/** Opens a vault with contracts of every kind and shows them on the timeline. */
async function openTimeline(folder: string, start: () => Promise<Journey>): Promise<Journey> {
  await fillPortfolio(`${folder}/profile`, PASSPHRASE, CONTRACTS);
  const journey = await start();
  const { page } = journey;
  const field = page.locator('input[type=password]');
  await field.fill(PASSPHRASE);
  await field.press('Enter');
  await page.getByRole('navigation').first().waitFor();
  await inLanguage(journey, 'ru');
  await goTo(journey, 'contracts');
  await page.locator('[data-list] [aria-selected]').first().waitFor();
  await page.keyboard.press('Digit2');
  await timeline(journey).waitFor();
  await settled(page);
  return journey;
}
/** The language of a vault that was not made by this application is the system's. */
async function inLanguage(journey: Journey, language: Language): Promise<void> {
  const now = (await journey.page.locator('html').getAttribute('lang')) === 'ru' ? 'ru' : 'en';
  await switchLanguage(journeyOf(journey.running, now), language);
}
const timeline = ({ page, t }: Journey): Locator => page.getByRole('grid', { name: t('timeline.lanes') });
/** What the focus of the timeline is on: the name that a screen reader says. */
const active = (grid: Locator): Promise<string> =>
  grid.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    return (id && document.getElementById(id)?.getAttribute('aria-label')) || '';
  });
const pressed = ({ page, t }: Journey, preset: string): Locator =>
  page.getByRole('button', { name: t(`timeline.presets.${preset}`), exact: true, pressed: true });
/**
 * Where today is drawn in the window, in pixels: the column with most of its colour from top to bottom. Marks and the
 * ring of the focus have that colour too, and on some days they stand on the line.
 */
const todayAt = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-timeline-lanes]')!;
    const accent = document.createElement('canvas').getContext('2d')!;
    accent.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--accent');
    accent.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = accent.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let best = { x: Number.NaN, rows: canvas.height / 4 };
    for (let x = 0; x < canvas.width; x += 1) {
      let rows = 0;
      for (let at = x * 4; at < data.length; at += canvas.width * 4) {
        if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) rows += 1;
      }
      if (rows > best.rows) best = { x, rows };
    }
    return Math.round(canvas.getBoundingClientRect().left + (best.x * canvas.clientWidth) / canvas.width);
  });
/** Where the cells say that today is. */
const todaySaid = (page: Page): Promise<number> =>
  page.locator('[data-today]').evaluate((element) => Math.round(element.getBoundingClientRect().left));

test('moves, zooms, explains and opens by keys', async ({ folder, start }) => {
  const journey = await openTimeline(folder, start);
  const { page, t } = journey;
  const grid = timeline(journey);
  await expect(grid).toBeFocused();

  await test.step('arrows move between things in time and between lanes', async () => {
    const lane = await active(grid);
    expect(lane).toContain('№');
    await page.keyboard.press('ArrowRight');
    const first = await active(grid);
    expect(first).not.toBe(lane);
    await page.keyboard.press('ArrowRight');
    expect(await active(grid)).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await active(grid)).toBe(first);
    await page.keyboard.press('ArrowDown');
    const below = await active(grid);
    expect(below).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
  });

  await test.step('what is focused is in the window', async () => {
    for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowRight');
    await rendered(page);
    const inView = await grid.evaluate((element) => {
      const area = element.querySelector('[data-timeline-area]')!.getBoundingClientRect();
      const box = document.getElementById(element.getAttribute('aria-activedescendant')!)!.getBoundingClientRect();
      return box.right > area.left && box.left < area.right;
    });
    expect(inView).toBe(true);
  });

  await test.step('a card says why', async () => {
    const card = page.getByRole('tooltip');
    let why = false;
    for (let i = 0; i < 20 && !why; i += 1) {
      await page.keyboard.press('ArrowRight');
      why = await card.getByText(t('timeline.why')).isVisible();
    }
    expect(why).toBe(true);
    expect(await card.getByRole('listitem').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
    await expect(grid).toBeFocused();
  });

  await test.step('plus and minus zoom, Shift with arrows moves, Home goes to today', async () => {
    await expect(pressed(journey, 'years3')).toBeVisible();
    await page.keyboard.press('Equal');
    await expect(pressed(journey, 'years3')).toBeHidden();
    await page.keyboard.press('Minus');
    await expect(pressed(journey, 'years3')).toBeVisible();
    await page.keyboard.press('Home');
    const home = await todayAt(page);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => todayAt(page)).toBeLessThan(home - 100);
    await page.keyboard.press('Home');
    await expect.poll(() => todayAt(page)).toBe(home);
    await expect.poll(async () => Math.abs((await todaySaid(page)) - home)).toBeLessThan(2);
  });

  await test.step('Enter opens the contract, Esc comes back', async () => {
    await grid.focus();
    const name = (await active(grid)).split(',')[0] ?? '';
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const heading = page.getByRole('main').getByRole('heading', { level: 1 }).last();
    await expect(heading).toHaveText(/№/u);
    expect(name).not.toBe('');
    await expect(grid).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(grid).toBeVisible();
  });

  await test.step('the wheel moves and zooms', async () => {
    const before = await todayAt(page);
    await page.locator('[data-timeline-area]').hover();
    await page.mouse.wheel(200, 0);
    await expect.poll(() => todayAt(page)).toBe(before - 200);
    await expect.poll(async () => Math.abs((await todaySaid(page)) - (before - 200))).toBeLessThan(2);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect(pressed(journey, 'years3')).toBeHidden();
  });
});

test('a day that turns in an open window moves the line of today and nothing else', async ({ folder, start }) => {
  const journey = await openTimeline(folder, start);
  const { page, t } = journey;
  // In the middle of a year: a new one lengthens the time that can be looked at.
  const year = new Date().getFullYear();
  await page.clock.setFixedTime(new Date(year, 5, 10, 12));
  await timeline(journey).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('grid', { name: t('timeline.rows') }).waitFor();
  await settled(page);
  const before = await todaySaid(page);
  await page.clock.setFixedTime(new Date(year, 7, 9, 12));
  // Two years stand in the window: sixty days are some pixels.
  await expect.poll(async () => (await todaySaid(page)) - before, { timeout: 15_000 }).toBeGreaterThan(10);
});

test('the table says what the lanes show', async ({ folder, start }) => {
  const journey = await openTimeline(folder, start);
  const { page, t } = journey;
  const grid = timeline(journey);
  // As far as it goes: then everything that there is stands in the window.
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('Minus');
  await settled(page);
  const lanes = await grid.evaluate((element) =>
    [...element.querySelectorAll('[data-item]')].map((item) => item.getAttribute('aria-label') ?? ''),
  );
  expect(lanes.length).toBeGreaterThan(100);
  await page.getByRole('button', { name: t('timeline.asTable') }).click();
  const table = page.getByRole('grid', { name: new RegExp(t('timeline.tableOf', { from: '.*', to: '.*' }), 'u') });
  await table.waitFor();
  expect(Number(await table.getAttribute('aria-rowcount'))).toBe(lanes.length + 1);
  // Rows are drawn as they are scrolled to.
  const rows = await table.evaluate(async (element) => {
    const found = new Map<string, string[]>();
    for (let top = 0; top <= element.scrollHeight; top += 200) {
      element.scrollTop = top;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      for (const row of element.querySelectorAll('[role="row"][aria-selected]')) {
        const cells = [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent ?? '');
        found.set(row.id, cells);
      }
    }
    return [...found.values()];
  });
  expect(rows.length).toBe(lanes.length);
  const key = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
  const fromTable = rows.map(([, what, from]) => key(`${what}, ${from}`)).sort();
  const fromLanes = lanes.map(key).sort();
  // Names of the lanes go on with the last day and the state.
  expect(fromTable.filter((row) => !fromLanes.some((lane) => lane.startsWith(row)))).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the timeline, ${theme}`, async ({ folder, start }) => {
    const journey = await openTimeline(folder, start);
    const { page, t } = journey;
    const check = async (what: string): Promise<void> => {
      await rendered(page);
      const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(passes.length).toBeGreaterThan(5);
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect.soft(found, what).toEqual([]);
    };
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await switchTheme(journey, theme);
    await timeline(journey).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tooltip').waitFor();
    await check('with a card');
    await page.keyboard.press('Escape');
    await command(journey, t('timeline.asTable'));
    await page.getByRole('grid').waitFor();
    await check('as a table');
    await command(journey, t('timeline.asPicture'));
    await timeline(journey).focus();
    await page.keyboard.press('Enter');
    const own = page.getByRole('grid', { name: t('timeline.rows') });
    await own.waitFor();
    await own.focus();
    await page.keyboard.press('ArrowRight');
    await check('of one contract');
  });
}
