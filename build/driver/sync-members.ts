/** Two and more applications of one workspace: joined by code, each with the page's own door to its main process. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import { goTo, type Journey } from './journey.ts';

/** Milliseconds in which what waits must have gone out. */
const PATIENCE = 90_000;

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

/** Settings → Sync: the code is pasted, the device named. */
export async function joinBy(journey: Journey, code: string, device: string): Promise<void> {
  const { page, t } = journey;
  await goTo(journey, 'settings');
  await page.getByLabel(t('sync.code')).fill(code);
  await page.getByLabel(t('sync.device')).fill(device);
  await page.getByRole('button', { name: t('sync.connect'), exact: true }).click();
  await page.getByText(t('sync.connected')).waitFor({ timeout: 60_000 });
}

/** A code for a colleague, as the dialog shows it. */
export async function invitation(journey: Journey): Promise<string> {
  const { page, t } = journey;
  await goTo(journey, 'settings');
  await page.getByRole('button', { name: t('sync.invite'), exact: true }).click();
  await page.getByText(t('sync.inviteSees')).waitFor();
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

/** Rounds until all have everything and nothing waits; throws with what still does. */
export async function exchanged(...journeys: readonly Journey[]): Promise<void> {
  const until = Date.now() + PATIENCE;
  const round = async (): Promise<void> => {
    for (const journey of [...journeys, ...journeys]) await ask(journey, 'sync:now', undefined);
    for (const journey of journeys) {
      const { pending, refused, quarantined, download } = await ask(journey, 'sync:status', undefined);
      if (pending + refused + quarantined > 0 || download !== undefined)
        throw new Error(`not exchanged: ${JSON.stringify({ pending, refused, quarantined, download })}`);
    }
  };
  for (;;) {
    try {
      return await round();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(250);
    }
  }
}
