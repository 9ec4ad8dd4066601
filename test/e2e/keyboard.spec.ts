import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { beginsWith, inside, type Journey, noteSaved, rendered, settled } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { messyContacts, messyFile } from '../../build/driver/messy-file.ts';
import { focused, tabTo } from './keyboard-steps.ts';
import { expect, PASSPHRASE, test } from './support.ts';

type Layout = 'latin' | 'russian';
/** What the keys give on the Russian layout, by their place. */
const RUSSIAN: Readonly<Record<string, string>> = {
  KeyM: 'ь',
  KeyK: 'л',
  KeyJ: 'о',
  KeyN: 'т',
  KeyE: 'у',
  KeyP: 'з',
  KeyL: 'д',
  KeyZ: 'я',
  KeyI: 'ш',
  KeyT: 'е',
  Slash: '.',
  Comma: 'б',
  Period: 'ю',
  Digit1: '1',
  Digit2: '2',
  Digit3: '3',
  Digit4: '4',
  Digit5: '5',
  Digit7: '?',
};
const LATIN: Readonly<Record<string, string>> = { Slash: '/', Comma: ',', Period: '.' };
const MODIFIERS: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Shift: 8 };
const CODES: Readonly<Record<string, number>> = { Slash: 191, Comma: 188, Period: 190 };

/** A keyboard whose keys are named by their place; on the Russian layout they say Russian letters, as a real one does. */
class Keyboard {
  readonly #session: CDPSession;
  readonly #layout: Layout;
  readonly page: Page;

  constructor(page: Page, session: CDPSession, layout: Layout) {
    this.page = page;
    this.#session = session;
    this.#layout = layout;
  }
  /** `Control+Shift+KeyN`, `Slash`. Keys without letters (Enter, Tab, arrows) are the same on every layout. */
  async press(combination: string): Promise<void> {
    const parts = combination.split('+');
    const code = parts.at(-1) ?? '';
    if (!/^(Key|Digit)|Slash|Comma|Period/.test(code)) {
      await this.page.keyboard.press(combination);
      return;
    }
    const held = parts.slice(0, -1);
    const modifiers = held.reduce((sum, name) => sum + (MODIFIERS[name] ?? 0), 0);
    const plain = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? '';
    const letter = (this.#layout === 'russian' ? RUSSIAN[code] : undefined) ?? LATIN[code] ?? plain.toLowerCase();
    const key = held.includes('Shift') ? letter.toUpperCase() : letter;
    const event = { key, code, modifiers, windowsVirtualKeyCode: CODES[code] ?? plain.charCodeAt(0) };
    const text = held.includes('Control') || held.includes('Alt') ? {} : { text: key };
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...text });
    await this.#session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }
  type(text: string): Promise<void> {
    return this.page.keyboard.insertText(text);
  }
  focused(): Promise<string> {
    return focused(this.page);
  }
  tabTo(name: RegExp, most = 90): Promise<void> {
    return tabTo(this.page, name, most);
  }
}

const exactly = (text: string): RegExp => new RegExp(`${beginsWith(text).source}$`, 'u');

async function byKeyboard(journey: Journey, layout: Layout, folder: string): Promise<void> {
  const { page, t, running } = journey;
  const keys = new Keyboard(page, await page.context().newCDPSession(page), layout);
  const contacts = messyContacts(30);
  const client = contacts[0]!;
  const table = join(folder, 'контакты.csv');
  const pdf = join(folder, 'документ.pdf');
  writeFileSync(table, messyFile(contacts));
  await answerDialogs(running.app, [table, pdf]);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');

  await test.step('first run', async () => {
    await page.getByRole('button', { name: /хранилище|vault/iu }).waitFor();
    await keys.tabTo(exactly(t('start.passphrase')));
    await keys.type(PASSPHRASE);
    await keys.press('Tab');
    await keys.type(PASSPHRASE);
    await keys.press('Enter');
    await page.getByRole('heading', { name: t('start.recoveryTitle') }).waitFor({ timeout: 30_000 });
    const code = (await page.locator('[data-recovery-code]').getAttribute('data-recovery-code')) ?? '';
    const label = await keys.focused();
    const groups = code.split(/[\s-]+/).filter(Boolean);
    const asked = groups.findIndex((_, i) => label === t('start.confirmGroup', { number: i + 1 }));
    expect(asked, label).toBeGreaterThanOrEqual(0);
    await keys.type(groups[asked] ?? '');
    await keys.press('Enter');
    await page.getByRole('heading', { name: t('start.beginTitle') }).waitFor();
    await keys.tabTo(beginsWith(t('start.beginImport')));
    await keys.press('Enter');
    await inside(journey);
  });

  await test.step('import', async () => {
    await keys.tabTo(exactly(t('importing.choose')));
    await keys.press('Enter');
    await main
      .getByRole('button', { name: t('importing.commit'), exact: true })
      .and(page.locator(':enabled'))
      .waitFor();
    await keys.tabTo(exactly(t('importing.commit')), 150);
    await keys.press('Enter');
    await page.getByRole('heading', { name: beginsWith(t('importing.done')) }).waitFor();
    await keys.tabTo(exactly(t('importing.showPeople')));
    await keys.press('Enter');
    await main.getByRole('grid').waitFor();
  });

  await test.step('list and search', async () => {
    await settled(page);
    await keys.tabTo(exactly((await main.getByRole('grid').getAttribute('aria-label')) ?? '-'));
    const current = main.locator('[role="row"][aria-selected="true"]');
    await keys.press('KeyJ');
    await expect(current).toHaveCount(1);
    const first = await current.innerText();
    await keys.press('KeyJ');
    await expect(current).not.toHaveText(first);
    await keys.press('KeyK');
    await expect.poll(() => current.innerText()).toBe(first);
    await keys.press('Slash');
    await expect.poll(() => keys.focused()).toBe(t('shell.search'));
    await keys.type(client.email);
    await page
      .getByRole('listbox', { name: t('search.results') })
      .getByRole('option')
      .filter({ hasText: client.name })
      .waitFor();
    await keys.press('Enter');
    await main.getByRole('heading', { level: 1 }).or(main.getByText(client.name)).first().waitFor();
    await settled(page);
  });

  await test.step('meeting', async () => {
    await rendered(page);
    await keys.press('KeyM');
    // A new meeting begins with its title.
    await expect.poll(() => keys.focused()).toBe(t('meeting.title'));
    await keys.type('Встреча без мыши');
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'Встреча без мыши' }).waitFor();
    await keys.press('KeyE');
    await expect.poll(() => keys.focused()).toBe(t('meeting.title'));
    await keys.press('Escape');
    await keys.tabTo(exactly(t('meeting.addAttendee')));
    await keys.type('Анна Белова');
    await page.getByRole('option', { name: t('meeting.addByName', { text: 'Анна Белова' }) }).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await main.getByRole('listitem', { includeHidden: true }).filter({ hasText: 'Анна Белова' }).waitFor();
    await keys.tabTo(exactly(t('meeting.addAgenda')));
    await keys.type('Вопрос первый');
    await keys.press('Enter');
    await main.getByRole('listitem').filter({ hasText: 'Вопрос первый' }).waitFor();
    await keys.tabTo(exactly(t('meeting.note')));
    await keys.press('Control+Digit1');
    await keys.type('Это увидит клиент.');
    await keys.press('Enter');
    await keys.press('Control+Digit3');
    await keys.type('Это только для меня.');
    await noteSaved(page);
    await expect(main.locator('[data-visibility="client"]')).toContainText('увидит клиент');
    await expect(main.locator('[data-visibility="private"]')).toContainText('только для меня');
    await keys.tabTo(exactly(t('meeting.addDecision')));
    await keys.type('Решено без мыши');
    await keys.press('Enter');
    await main.getByRole('listitem').filter({ hasText: 'Решено без мыши' }).waitFor();
    await keys.tabTo(exactly(t('meeting.addActionLabel')));
    await keys.type('Прислать план @Анна Белова до 10.12');
    await keys.press('Enter');
    await main
      .getByRole('region', { name: t('meeting.actions'), exact: true })
      .getByRole('listitem')
      .waitFor();
  });

  await test.step('document', async () => {
    await keys.press('Control+KeyP');
    await dialog.getByRole('region', { name: t('summary.ui.lastLook') }).waitFor();
    await keys.tabTo(exactly(t('summary.ui.save')));
    await keys.press('Enter');
    await page.getByText(t('summary.ui.saved', { name: 'документ.pdf' })).waitFor({ timeout: 30_000 });
  });

  await test.step('places', async () => {
    await dialog.waitFor({ state: 'hidden' });
    // Out of the field that has the focus again: in a text, Alt and a digit may be a character.
    await keys.press('Escape');
    for (const [combination, place] of [
      ['Alt+Digit1', 'today'],
      ['Alt+Digit2', 'organisations'],
      ['Alt+Digit3', 'people'],
      ['Alt+Digit4', 'meetings'],
      ['Alt+Digit5', 'contracts'],
      ['Control+KeyI', 'import'],
      ['Control+Comma', 'settings'],
    ] as const) {
      await keys.press(combination);
      await expect(page.locator('nav [aria-current="page"]')).toContainText(t(`shell.${place}`));
    }
  });

  await test.step('new, delete, undo, back', async () => {
    await keys.press('Alt+Digit2');
    const grid = main.getByRole('grid');
    await grid.waitFor();
    await settled(page);
    await keys.press('KeyN');
    await dialog.waitFor();
    await expect.poll(() => keys.focused()).toBe(t('organisations.name'));
    await keys.type('Новая без мыши');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const row = grid.locator('[role="row"]').filter({ hasText: 'Новая без мыши' });
    await expect(row).toHaveAttribute('aria-selected', 'true');
    await keys.press('Delete');
    await expect(row).toHaveCount(0);
    await keys.press('Control+KeyZ');
    await expect(row).toHaveCount(1);
  });

  await test.step('palette, sheet of keys, lock', async () => {
    await keys.press('Control+KeyK');
    await dialog.getByRole('menuitem').first().waitFor();
    await keys.type(t('shell.themeDark'));
    await expect(dialog.getByRole('menuitem')).toHaveCount(1);
    await keys.press('Enter');
    await page.locator('html[data-theme="dark"]').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await keys.press(layout === 'russian' ? 'Shift+Digit7' : 'Shift+Slash');
    await page.getByRole('dialog', { name: t('shell.keys') }).waitFor();
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await keys.press('Control+KeyL');
    await page.getByRole('heading', { name: t('start.unlockTitle') }).waitFor();
    await keys.tabTo(exactly(t('start.secretOrCode')));
    await keys.type(PASSPHRASE);
    await keys.press('Enter');
    await inside(journey);
  });
}

for (const layout of ['latin', 'russian'] as const) {
  test(`the whole journey by keyboard alone, ${layout} layout`, async ({ folder, start }) => {
    const journey = await start({ language: layout === 'russian' ? 'ru' : 'en' });
    const { page, language } = journey;
    // The language is the machine's at first; the wanted one is chosen by keys, too.
    if ((await page.locator('html').getAttribute('lang')) !== language) {
      await expect(async () => {
        await page.keyboard.press('Shift+Tab');
        expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type)).toBe('radio');
      }).toPass();
      await page.keyboard.press(language === 'ru' ? 'ArrowLeft' : 'ArrowRight');
      await page.locator(`html[lang="${language}"]`).waitFor();
    }
    await byKeyboard(journey, layout, folder);
  });
}
