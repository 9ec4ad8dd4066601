/** A day of meetings: nothing typed is lost on the way, nothing closed is opened, the next meeting is one button away. */
import {
  beginsWith,
  command,
  firstRun,
  goTo,
  nameMeeting,
  noteSaved,
  searchAndOpen,
} from '../../build/driver/journey.ts';
import type { Journey } from '../../build/driver/journey.ts';
import { ask, commit } from '../../build/driver/sync-members.ts';
import { createNote } from '../../shared/note/note.ts';
import { expect, PASSPHRASE, test, todayHere } from './support.ts';

const note = ({ page, t }: Journey) => page.getByRole('textbox', { name: t('meeting.note'), exact: true });
const region = ({ page, t }: Journey, key: string) => page.getByRole('region', { name: t(key), exact: true });
/** Blocks of the open note with their marks. */
const blocks = (journey: Journey): Promise<readonly string[]> =>
  note(journey)
    .locator('[data-visibility]')
    .evaluateAll((all) => all.map((block) => `${block.getAttribute('data-visibility')}: ${block.textContent}`));

/** What an application on this desktop puts on the clipboard. */
async function paste(journey: Journey, text: string, html?: string): Promise<void> {
  await note(journey).evaluate(
    (editor, [plain, rich]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', plain ?? '');
      if (rich !== undefined) clipboardData.setData('text/html', rich);
      editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    [text, html] as const,
  );
}

async function newMeeting(journey: Journey, title: string): Promise<void> {
  await command(journey, journey.t('shell.newMeeting'));
  await nameMeeting(journey, title);
}

test('what is being typed is kept when a key leads away from the page', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  for (const [key, place] of [
    ['Control+Comma', 'Казань'],
    ['Control+Shift+KeyN', 'Тверь'],
  ] as const) {
    await newMeeting(journey, `Поездка: ${place}`);
    await page.getByRole('button', { name: `${t('meeting.place')}: ${t('meeting.placeHint')}` }).click();
    await page.keyboard.type(place);
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name: `Поездка: ${place}` })).toBeHidden();
    await searchAndOpen(journey, place, `Поездка: ${place}`);
    await expect(page.getByRole('button', { name: `${t('meeting.place')}: ${place}` })).toBeVisible();
    const agenda = page.getByRole('textbox', { name: t('meeting.addAgenda') });
    await agenda.fill(`Вопрос: ${place}`);
    await agenda.press(key);
    await expect(page.getByRole('heading', { level: 1, name: `Поездка: ${place}` })).toBeHidden();
    await searchAndOpen(journey, place, `Поездка: ${place}`);
    await expect(region(journey, 'meeting.agenda')).toContainText(`Вопрос: ${place}`);
  }
});

test('in a private part everything stays private, whatever is pasted or made there', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await newMeeting(journey, 'Цены');
  await note(journey).click();
  await page.keyboard.press('Control+Digit3');
  await page.keyboard.type('Тайна: ');
  await paste(journey, 'раз\nдва', '<p>раз</p><p>два</p>');
  await page.keyboard.press('Enter');
  await paste(journey, 'список:\n- один\n- другой');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('``` код');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('после кода');
  await page.keyboard.press('Enter');
  await paste(journey, '', '<table><tr><td>31.05</td><td>10 000</td></tr></table>');
  await noteSaved(page);
  expect(await blocks(journey)).toEqual([
    'private: Тайна: раз',
    'private: два',
    'private: список:',
    'private: один',
    'private: другой',
    'private: код',
    'private: после кода',
    'private: 31.05 | 10 000',
  ]);
  await page.keyboard.press('Enter');
  await page.keyboard.type('Держим цену');
  await page.keyboard.press('Shift+Enter');
  // The keys of «решили» while the keyboard is set to Latin letters.
  await page.keyboard.type('до лета /htibkb');
  await page.keyboard.press('Enter');
  const decision = region(journey, 'meeting.decisions').getByRole('listitem');
  await expect(decision).toContainText('Держим цену до лета');
  const mark = (word: string) => decision.getByRole('button', { name: t('meeting.changeVisibility', { word }) });
  await expect(mark(t('meeting.private'))).toBeVisible();
  await decision
    .getByRole('button', { name: beginsWith(t('meeting.decisionItem', { number: 1 })) })
    .press('Control+Digit2');
  await expect(mark(t('meeting.internal'))).toBeVisible();
});

test('a note is not changed by looking at it, whatever stands at its end', async ({ start }) => {
  const journey = await start();
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const body = createNote([
    { type: 'item', list: 'bullet', depth: 0, visibility: 'client', runs: [{ text: 'последний пункт' }] },
  ]);
  const record = crypto.randomUUID();
  await commit(
    journey,
    { type: 'meeting', record, field: '$new', value: { title: 'Список', start: `${todayHere()}T10:00` } },
    { type: 'meeting', record, field: 'body', value: body },
  );
  await searchAndOpen(journey, 'Список', 'Список');
  await expect(note(journey)).toContainText('последний пункт');
  await note(journey).click();
  await goTo(journey, 'today');
  await noteLeft(journey);
  const history = await ask(journey, 'vault:history', { id: record });
  expect(history.filter((entry) => entry.field === 'body')).toHaveLength(1);
});

/** Waits until everything that a page left behind has been saved. */
async function noteLeft({ page, t }: Journey): Promise<void> {
  await page.getByRole('contentinfo').getByText(t('shell.saved')).waitFor();
}

test('the next meeting is made of what was agreed, with its people and what is still open', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await searchAndOpen(journey, 'Третий склад: сроки', 'Третий склад: сроки');
  const theirs = await region(journey, 'meeting.attendees').getByRole('listitem').count();
  await note(journey).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Показать приёмку @Белов до 20.12.2026 /поручение');
  await page.keyboard.press('Enter');
  const promise = region(journey, 'meeting.actions').getByRole('listitem').filter({ hasText: 'Показать приёмку' });
  await expect(promise).toContainText('Белов Павел Андреевич');
  await expect(promise).toContainText('20.12.2026');
  await expect(promise).toContainText(t('meeting.theirsShort'));
  const next = region(journey, 'meeting.next');
  await next.getByRole('spinbutton').first().click();
  await page.keyboard.type('15122026');
  await page.keyboard.press('Tab');
  await next.getByRole('button', { name: beginsWith(`${t('meeting.nextNote')}:`) }).click();
  const about = next.getByRole('textbox', { name: t('meeting.nextNote') });
  await about.fill('Приёмка первой очереди');
  await about.press('Enter');
  await next.getByRole('button', { name: t('meeting.nextPlan') }).click();
  await next.getByRole('button', { name: t('meeting.nextOpen') }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Приёмка первой очереди' })).toBeVisible();
  await expect(region(journey, 'meeting.attendees').getByRole('listitem')).toHaveCount(theirs);
  await expect(region(journey, 'meeting.carried')).toContainText('Показать приёмку');
});

test('the keys stay with the next promise on Today when one is ticked off', async ({ start }) => {
  const journey = await start();
  const { page, t } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  const boxes = page.getByRole('main').getByRole('checkbox');
  await boxes.first().waitFor();
  const [first, second] = await Promise.all([0, 1].map((i) => boxes.nth(i).getAttribute('aria-label')));
  await boxes.first().focus();
  await page.keyboard.press('Space');
  await expect(boxes.first()).toHaveAttribute('aria-label', second ?? '');
  await expect(boxes.first()).toBeFocused();
  await page.keyboard.press('Control+KeyZ');
  await expect(boxes.first()).toHaveAttribute('aria-label', first ?? '');
  // What was taken back is not offered to be taken back again.
  const messages = page.getByRole('region', { name: t('common.notifications') });
  await expect(messages.getByText(t('common.undone'))).toBeVisible();
  await expect(messages.getByRole('button', { name: t('common.undo') })).toHaveCount(0);
});
