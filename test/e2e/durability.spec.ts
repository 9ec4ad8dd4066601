import {
  command,
  firstRun,
  type Journey,
  nameMeeting,
  noteSaved,
  searchAndOpen,
  unlock,
} from '../../build/driver/journey.ts';
import { expect, kill, PASSPHRASE, test } from './support.ts';

const ROUNDS = 6;
const TITLE = 'Заметка, которая не пропадёт';

/** Types at the end of the open note and waits only until the page says that it is saved. */
async function typeAndAwaitSaved({ page, t }: Journey, text: string): Promise<void> {
  await page.getByRole('textbox', { name: t('meeting.note'), exact: true }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await noteSaved(page);
}

test('what the status line calls saved is there after the power is cut', async ({ start }) => {
  test.setTimeout(180_000);
  let journey = await start();
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  await command(journey, journey.t('shell.newMeeting'));
  await nameMeeting(journey, TITLE);
  const written: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = `Строка ${round}: ${'слово '.repeat(1 + round * 3)}конец ${round}. `;
    await typeAndAwaitSaved(journey, text);
    await kill(journey);
    written.push(text.trim());
    journey = await start();
    await unlock(journey, PASSPHRASE);
    await searchAndOpen(journey, TITLE, TITLE);
    const note = journey.page.getByRole('textbox', { name: journey.t('meeting.note'), exact: true });
    for (const line of written) await expect(note).toContainText(line);
  }
});

test('a record that has been answered is there after the power is cut', async ({ start }) => {
  const journey = await start();
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
  const answers = await journey.page.evaluate(async () => {
    const changes = (i: number) => [
      { type: 'organisation', record: `org-${i}`, field: '$new', value: { name: `Организация ${i}` } },
    ];
    return Promise.all(
      Array.from({ length: 50 }, (_, i) => window.rapport['vault:commit']({ kind: 'edit', changes: changes(i) })),
    );
  });
  await kill(journey);
  expect(answers.every(({ ok }) => ok)).toBe(true);
  const again = await start();
  await unlock(again, PASSPHRASE);
  const kept = await again.page.evaluate(async () => {
    const found = await window.rapport['vault:records']({ ids: Array.from({ length: 50 }, (_, i) => `org-${i}`) });
    return found.ok ? found.value.length : -1;
  });
  expect(kept).toBe(50);
});
