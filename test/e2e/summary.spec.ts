/** The last look at a summary: what leaves is what was seen, and nothing that became private meanwhile. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun, searchAndOpen } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { readPdf, squeezed } from '../pdf/read-pdf.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

/** A meeting of the sample that has taken place, with decisions for the client. */
const MEETING = 'Третий склад: сроки запуска и обучение смен';

test('a meeting that changes during the last look is shown anew before it is saved', async ({ start, folder }) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await searchAndOpen(journey, MEETING, MEETING);
  await page.getByRole('button', { name: t('summary.ui.open'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('summary.ui.title') });
  const paper = dialog.frameLocator('iframe');
  await paper.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });

  // As a colleague's change would come in: a decision that the paper shows becomes private.
  const hidden = await page.evaluate(async (title) => {
    const hits = await window.rapport['vault:search']({ text: title, limit: 5 });
    const id = hits.ok ? (hits.value.find((hit) => hit.type === 'meeting' && hit.title === title)?.id ?? '') : '';
    const found = await window.rapport['vault:record']({ id });
    const decisions = Object.entries(
      ((found.ok ? found.value?.data['decisions'] : undefined) ?? {}) as Record<
        string,
        { text: string; order: number; visibility: string }
      >,
    );
    const [key, decision] = decisions.find(([, one]) => one.visibility === 'client') ?? ['', undefined];
    if (!decision) return '';
    const done = await window.rapport['vault:commit']({
      kind: 'edit',
      changes: [
        { type: 'meeting', record: id, field: `decisions/${key}`, value: { ...decision, visibility: 'private' } },
      ],
    });
    return done.ok ? decision.text : '';
  }, MEETING);
  expect(hidden).not.toBe('');

  const path = join(folder, 'Резюме.pdf');
  const save = dialog.getByRole('button', { name: t('summary.ui.save'), exact: true });
  await answerDialogs(running.app, [path]);
  await save.click();
  await expect(page.getByText(t('errors.summary.changed'))).toBeVisible();
  expect(existsSync(path)).toBe(false);

  // The list of what stays out names it now: this is the new look.
  await expect(dialog.getByRole('region', { name: t('summary.ui.lastLook') })).toContainText(hidden);
  await save.click();
  await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  const text = squeezed(readPdf(readFileSync(path)).pages.join(''));
  expect(text).toContain(squeezed(MEETING));
  expect(text).not.toContain(squeezed(hidden));
});
