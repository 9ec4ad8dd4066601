/** From the start of the process to a usable first screen: a large vault against the empty window of a new profile. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../../build/driver/launch.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import type { DraftChange } from '../../shared/change/types.ts';
import { addDays } from '../../shared/dates/plain-date.ts';
import { median, type Result } from './harness.ts';

const ORGANISATIONS = 5_000;
const MEETINGS = 20_000;
const ROUNDS = 5;
const PASSPHRASE = 'bench passphrase';

async function fill(profile: string): Promise<void> {
  mkdirSync(profile, { recursive: true });
  const vault = openVaultService({ dir: join(profile, 'vault') });
  await vault.create({ passphrase: PASSPHRASE, recovery: false });
  const now = new Date();
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  const changes: DraftChange[] = [];
  for (let n = 0; n < ORGANISATIONS; n += 1) {
    changes.push({
      type: 'organisation',
      record: `o${n}`,
      field: '$new',
      value: { name: `Организация ${n}`, 'kinds/client': true, industry: 'Логистика' },
    });
  }
  for (let n = 0; n < MEETINGS; n += 1) {
    changes.push({
      type: 'meeting',
      record: `m${n}`,
      field: '$new',
      value: {
        title: `Встреча ${n}`,
        start: `${addDays(today, 30 - Math.floor(n / 20))}T${String(8 + (n % 10)).padStart(2, '0')}:00`,
        timeZone: 'Europe/Moscow',
        organisation: `o${n % ORGANISATIONS}`,
        summary: 'Обсудили поставки и сроки',
      },
    });
  }
  await vault.commit({ kind: 'import', changes }, { actor: 'bench' });
  await vault.close();
}

/** Looked for in every frame: waiting for a locator looks twice a second. */
const shown = (page: Page, selector: string, words = ''): Promise<unknown> =>
  page.waitForFunction(
    ({ selector, words }) => {
      const found = document.querySelector(selector);
      return found !== null && new RegExp(words).test(found.textContent ?? '');
    },
    { selector, words },
    { polling: 'raf' },
  );

/** Milliseconds from launch until the first control of a new profile can be used. */
async function emptyWindow(): Promise<number> {
  const start = performance.now();
  const { page, close } = await launchApp();
  await shown(page, 'input[type=password]');
  const taken = performance.now() - start;
  await close();
  return taken;
}

/** Milliseconds from launch until Today shows the day's meetings; the passphrase is typed at once. */
async function largeVault(profile: string): Promise<number> {
  const start = performance.now();
  const { page, close } = await launchApp({ profile });
  await shown(page, 'input[type=password]');
  const field = page.locator('input[type=password]');
  await field.fill(PASSPHRASE);
  await field.press('Enter');
  await shown(page, 'main', 'Встреча \\d+');
  const taken = performance.now() - start;
  await close();
  return taken;
}

export async function firstScreen(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  try {
    await fill(folder);
    const empty: number[] = [];
    const large: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      empty.push(await emptyWindow());
      large.push(await largeVault(folder));
    }
    const difference = median(large.map((value, n) => value - (empty[n] ?? 0)));
    return {
      name: 'First screen',
      what: `Launch to the day's meetings on screen with ${ORGANISATIONS.toLocaleString('en')} organisations and ${MEETINGS.toLocaleString('en')} meetings (passphrase and key derivation included), against launch to the empty window of a new profile, in turn, ${ROUNDS} rounds.`,
      figures: [
        { name: 'empty window', value: median(empty), unit: 'ms' },
        { name: 'large vault', value: median(large), unit: 'ms' },
        { name: 'difference', value: difference, unit: 'ms' },
      ],
      target: '≤ 1.0 s more than an empty window',
      reached: difference <= 1000,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
