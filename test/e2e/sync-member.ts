/** A member of a workspace in the journeys: an application of its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inside, type Journey, unlock } from '../../build/driver/journey.ts';
import { ask } from '../../build/driver/sync-members.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import type { DraftChange } from '../../shared/change/types.ts';
import { PASSPHRASE, type StartOptions } from './support.ts';

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
