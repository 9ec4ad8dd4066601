/** What a person does by keyboard alone. */
import type { Page } from '@playwright/test';

/** The name of the element that has the focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nowhere';
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim();
    const label = (element as HTMLInputElement).labels?.[0]?.textContent;
    const name = element.getAttribute('aria-label') || labelled || label || element.textContent || '';
    return name.replaceAll(/\s+/g, ' ').trim();
  });

/** Presses Tab until the focus is on what is called so; throws with what it passed. */
export async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < most; i += 1) {
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}; it passed: ${passed.join(' | ')}`);
}

/** Opens the list that has the focus and chooses an option by arrow keys. */
export async function choose(page: Page, option: string): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor();
  for (let i = 0; i < 20; i += 1) {
    const now = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (now.startsWith(option)) break;
    await page.keyboard.press(i < 10 ? 'ArrowDown' : 'ArrowUp');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
}
