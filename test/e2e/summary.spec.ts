/** The last look at a summary: what leaves is what was seen, and nothing that became private meanwhile. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { openFirst } from '../../build/driver/screens.ts';
import { readPdf, squeezed } from '../pdf/read-pdf.ts';
import { expect, PASSPHRASE, test } from './support.ts';

test.setTimeout(300_000);

test('a meeting that changes during the last look is shown anew before it is saved', async ({ start, folder }) => {
  const journey = await start();
  const { page, t, running } = journey;
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await openFirst(journey, 'meetings');
  await page.getByRole('button', { name: t('summary.ui.open'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('summary.ui.title') });
  const paper = dialog.frameLocator('iframe');
  await paper.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
  const title = (await paper.getByRole('heading', { level: 1 }).textContent()) ?? '';

  // As a colleague's change would come in: a decision that the paper shows becomes private.
  const hidden = await page.evaluate(async (heading) => {
    const filled = await window.rapport['vault:fill']({ table: 'meetings', limit: 500 });
    const rows = filled.ok ? filled.value.rows : [];
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
    const row = rows.find((one) => 'title' in one && plain(String(one.title)) === plain(heading));
    const found = await window.rapport['vault:records']({ ids: [row?.id ?? ''] });
    const data = found.ok ? found.value[0]?.data : undefined;
    const decisions = Object.entries(
      (data?.['decisions'] ?? {}) as Record<string, { text: string; order: number; visibility: string }>,
    );
    const [key, decision] = decisions.find(([, one]) => one.visibility === 'client') ?? ['', undefined];
    if (!row || !decision) return '';
    const done = await window.rapport['vault:commit']({
      kind: 'edit',
      changes: [
        { type: 'meeting', record: row.id, field: `decisions/${key}`, value: { ...decision, visibility: 'private' } },
      ],
    });
    return done.ok ? decision.text : '';
  }, title);
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
  expect(text).toContain(squeezed(title));
  expect(text).not.toContain(squeezed(hidden));
});
