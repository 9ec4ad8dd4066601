/** deadlines, renewals, contract-sheet and ics in their own processes, over a vault with one contract. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { expect, it, vi } from 'vitest';
import { openVaultService } from '../../electron/vault/service.ts';
import type { Json } from '../../shared/change/types.ts';
import { contract } from '../fixtures/contracts/documents.ts';
import { folder, PASSPHRASE, rapport } from './support.ts';

// Processes that open a vault take a second each, and many more when the machine is busy.
vi.setConfig({ testTimeout: 300_000 });

const CONTRACT = '1d8f0b52-8c3e-4f7c-9a51-0f6a2c1f7a01';
const PROMISE = '5b0a6f0e-1c1d-4a5f-8b5e-6d9a3c2b1a02';
const TODAY = ['--today', '2026-02-11'] as const;

/** Fields as one change holds them: sets are spread over their elements. */
function fresh(fields: Readonly<Record<string, unknown>>, sets: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, Json][] =>
      sets.includes(name)
        ? Object.entries(value as Record<string, Json>).map(([key, element]) => [`${name}/${key}`, element])
        : [[name, value as Json]],
    ),
  );
}
async function withVault<T>(dir: string, work: (vault: ReturnType<typeof openVaultService>) => Promise<T>): Promise<T> {
  const vault = openVaultService({ dir });
  if ((await vault.status()).state === 'none') await vault.create({ passphrase: PASSPHRASE, recovery: false });
  else await vault.open({ secret: PASSPHRASE });
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}
async function vaultWithContract(): Promise<string> {
  const dir = join(folder(), 'vault');
  const { id: _, createdAt: _c, changedAt: _d, organisation: _o, parties: _p, ...fields } = contract;
  const sets = ['decisions', 'amendments', 'milestones', 'clauses', 'people', 'documents'];
  await withVault(dir, (vault) =>
    vault.commit(
      {
        kind: 'edit',
        changes: [
          { type: 'contract', record: CONTRACT, field: '$new', value: fresh(fields, sets) },
          {
            type: 'promise',
            record: PROMISE,
            field: '$new',
            value: {
              text: 'Передать акт',
              side: 'ours',
              contract: CONTRACT,
              due: '2026-03-05',
              visibility: 'client',
              status: 'open',
            },
          },
        ],
      },
      { actor: 'tester' },
    ),
  );
  return dir;
}
const days = (text: string): Record<string, readonly [string, number, string]> =>
  Object.fromEntries(
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return [
        event.uid,
        [event.startDate.toString(), event.sequence, String(component.getFirstPropertyValue('status'))],
      ];
    }),
  );

it('lists deadlines and renewals with their days and values', async () => {
  const dir = await vaultWithContract();
  const list = await rapport(['deadlines', '--json', '--vault', dir, ...TODAY]);
  expect(list.code).toBe(0);
  const deadlines = list.json<{ id: string; legal: string; safe: string; actBy: string }[]>();
  expect(deadlines.find(({ id }) => id === `${CONTRACT}-term-1`)).toMatchObject({
    legal: '2026-06-28',
    safe: '2026-06-26',
    actBy: '2026-06-17',
    state: 'ahead',
    value: { minor: 264_000_000, currency: 'RUB' },
  });
  expect(deadlines.find(({ id }) => id === PROMISE)).toMatchObject({ actBy: '2026-03-05', kind: 'obligation' });
  const lines = (await rapport(['deadlines', '--vault', dir, ...TODAY])).stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(deadlines.length);
  expect(lines[0]?.split('\t').slice(0, 3)).toEqual([deadlines[0]?.actBy, deadlines[0]?.safe, deadlines[0]?.legal]);

  const renewals = (await rapport(['renewals', '--vault', dir, ...TODAY])).json<{
    waiting: number;
    periods: { from: string; deadlines: { id: string }[] }[];
  }>();
  expect(renewals).toMatchObject({
    from: '2026-01-01',
    to: '2026-12-31',
    waiting: 1,
    atRisk: [{ minor: 264_000_000, currency: 'RUB' }],
  });
  expect(renewals.periods.map(({ from, deadlines: found }) => [from, found.map(({ id }) => id)])).toEqual([
    ['2026-01-01', []],
    ['2026-04-01', [`${CONTRACT}-term-1`]],
    ['2026-07-01', [`${CONTRACT}-increase-2026-09-01`]],
    ['2026-10-01', []],
  ]);
});

it('writes calendar files whose events keep their names through edits and deletions', async () => {
  const dir = await vaultWithContract();
  const file = join(folder(), 'сроки.ics');
  const first = await rapport(['ics', '--json', '--vault', dir, '--contract', CONTRACT, '--out', file, ...TODAY]);
  expect([first.code, first.json<{ file: string }>().file]).toEqual([0, file]);
  const before = days(readFileSync(file, 'utf8'));
  expect(before[`${CONTRACT}-term-1@rapport`]).toEqual(['2026-06-17', 0, 'CONFIRMED']);
  expect(before[`${PROMISE}@rapport`]).toEqual(['2026-03-05', 0, 'CONFIRMED']);

  await withVault(dir, (vault) =>
    vault.commit(
      {
        kind: 'edit',
        changes: [
          { type: 'contract', record: CONTRACT, field: 'deliveryDays', value: 12 },
          { type: 'promise', record: PROMISE, field: '$deleted', value: true },
        ],
      },
      { actor: 'tester' },
    ),
  );
  // On standard output, and private: nothing but days.
  const second = await rapport(['ics', '--private', '--language', 'ru', '--vault', dir, ...TODAY]);
  const after = days(second.stdout);
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  expect(after[`${CONTRACT}-term-1@rapport`]).toEqual(['2026-06-09', 1, 'CONFIRMED']);
  expect(after[`${PROMISE}@rapport`]).toEqual(['2026-03-05', 1, 'CANCELLED']);
  expect(second.stdout.replaceAll(/\r?\n /gu, '')).not.toMatch(/Сопровождение|акт|Орлова|₽/u);
});

it('refuses what it cannot do, with a reason', async () => {
  const dir = await vaultWithContract();
  const missing = await rapport(['ics', '--json', '--vault', dir, '--contract', 'nobody']);
  expect([missing.code, missing.json<{ error: { code: string } }>().error.code]).toEqual([1, 'contract.missing']);
  const file = join(folder(), 'a.pdf');
  const noRuntime = await rapport(['contract-sheet', CONTRACT, '--pdf', file, '--json', '--vault', dir], {
    RAPPORT_ELECTRON: undefined,
  });
  expect([noRuntime.code, noRuntime.json<{ error: { code: string } }>().error.code]).toEqual([1, 'print.noRuntime']);
  expect(existsSync(file)).toBe(false);
  const usage = [
    ['renewals', '--months', '0'],
    ['renewals', '--by', 'day'],
    ['deadlines', '--today', '2026-02-30'],
    ['contract-sheet', 'x'],
    ['contract-timeline', '--pdf', file, '--paper', 'A5'],
    ['ics', '--contract', 'a', '--meeting', 'b'],
  ];
  await Promise.all(
    usage.map(async (wrong) => {
      const run = await rapport([...wrong, '--vault', dir]);
      expect([wrong.join(' '), run.code, run.stdout]).toEqual([wrong.join(' '), 2, '']);
    }),
  );
});
