/** Members of a workspace in the journeys: applications of their own, joined by code, that exchange until all is said. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, inside, type Journey, unlock } from '../../build/driver/journey.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import type { DraftChange } from '../../shared/change/types.ts';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { expect, PASSPHRASE, type StartOptions } from './support.ts';

/** The page's own door to the main process. */
export async function ask<C extends ChannelName>(
  { page }: Journey,
  channel: C,
  input: ChannelInput<C>,
): Promise<ChannelOutput<C>> {
  const result = (await page.evaluate(
    ([name, value]) =>
      (window as never as Record<'rapport', Record<string, (v: unknown) => unknown>>).rapport[name as string]!(value),
    [channel, input] as const,
  )) as Result<ChannelOutput<C>>;
  if (!result.ok) throw new Error(`${channel}: ${result.error.code}`);
  return result.value;
}

type Start = (options?: StartOptions) => Promise<Journey>;

/**
 * An application of its own, with a vault that is open: empty, or with what `prepare` has made in it by a clock that is
 * `ahead` milliseconds ahead.
 */
export async function member(
  start: Start,
  folder: string,
  name: string,
  prepare?: { readonly ahead: number; readonly changes: readonly DraftChange[] },
): Promise<Journey> {
  const profile = join(folder, name);
  mkdirSync(profile);
  const vault = openVaultService({ dir: join(profile, 'vault'), now: () => Date.now() + (prepare?.ahead ?? 0) });
  await vault.create({ passphrase: PASSPHRASE, recovery: true });
  if (prepare) await vault.commit({ kind: 'edit', changes: prepare.changes }, { actor: name });
  await vault.close();
  const journey = await start({ profile, language: 'ru' });
  journey.page.setDefaultTimeout(60_000);
  await ask(journey, 'app:settings', { userName: name, language: 'ru' });
  await unlock(journey, PASSPHRASE);
  await inside(journey);
  return journey;
}

/** Settings → Sync: the code is pasted, the device named. */
export async function joinBy(journey: Journey, code: string, device: string): Promise<void> {
  const { page, t } = journey;
  await goTo(journey, 'settings');
  await page.getByLabel(t('sync.code')).fill(code);
  await page.getByLabel(t('sync.device')).fill(device);
  await page.getByRole('button', { name: t('sync.connect'), exact: true }).click();
  await expect(page.getByText(t('sync.connected'))).toBeVisible({ timeout: 60_000 });
}

/** A code for a colleague, as the dialog shows it. */
export async function invitation(journey: Journey): Promise<string> {
  const { page, t } = journey;
  await goTo(journey, 'settings');
  await page.getByRole('button', { name: t('sync.invite'), exact: true }).click();
  await expect(page.getByText(t('sync.inviteSees'))).toBeVisible();
  await page.getByRole('button', { name: t('sync.makeCode') }).click();
  const code = await page.locator('[data-invitation-code]').getAttribute('data-invitation-code');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close'), exact: true })
    .click();
  return code ?? '';
}

export const commit = (journey: Journey, ...changes: ChannelInput<'vault:commit'>['changes']) =>
  ask(journey, 'vault:commit', { kind: 'edit', changes });

/** Rounds until both have everything and nothing waits. */
export async function exchanged(...journeys: readonly Journey[]): Promise<void> {
  await expect(async () => {
    for (const journey of [...journeys, ...journeys]) await ask(journey, 'sync:now', undefined);
    for (const journey of journeys) {
      const status = await ask(journey, 'sync:status', undefined);
      expect(status).toMatchObject({ pending: 0, refused: 0, quarantined: 0 });
      expect(status.download).toBeUndefined();
    }
  }).toPass({ timeout: 90_000 });
}
