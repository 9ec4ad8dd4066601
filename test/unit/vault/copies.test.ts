/** A vault's folder copied by other means than ours: to a new computer, by a backup of the whole disk. */
import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { folder, later, make, ME, NOON, put } from './support.ts';

const SECRET = { secret: 'пароль из слов' };
/** All clocks stand still: nothing but the device part tells the changes of two copies apart. */
function start(dir: string): VaultApi {
  const vault = openVaultService({ dir, now: () => NOON });
  later(() => void vault.close());
  return vault;
}
async function opened(dir: string): Promise<VaultApi> {
  const vault = start(dir);
  await vault.open(SECRET);
  return vault;
}
const say = (vault: VaultApi, name: string) =>
  vault.commit({ kind: 'edit', changes: [put('organisation', 'o1', 'name', name)] }, ME);
const idsOf = async (vault: VaultApi): Promise<string[]> => (await vault.history('o1')).map(({ change }) => change);

it('SYNC-CLOCK-5 gives no two changes one id when a folder and its copy are both used', async () => {
  const [here, there] = [join(folder(), 'vault'), join(folder(), 'vault')];
  const first = start(here);
  await first.create({ passphrase: SECRET.secret, recovery: false });
  await first.commit({ kind: 'edit', changes: [make('organisation', 'o1', { name: 'до' })] }, ME);
  await first.close();
  cpSync(here, there, { recursive: true });
  const [original, copy] = [await opened(here), await opened(there)];
  for (const text of ['а', 'б', 'в']) {
    await say(original, `${text} здесь`);
    await say(copy, `${text} там`);
  }
  const [ours, theirs] = [await idsOf(original), await idsOf(copy)];
  const made = new Set(ours);
  // The record was made before the copy.
  expect(theirs.filter((id) => made.has(id))).toHaveLength(1);
  expect(new Set([...ours, ...theirs]).size).toBe(7);
});

it('goes on as the same device when its folder is only moved or opened again', async () => {
  const dir = folder();
  const vault = start(join(dir, 'a'));
  await vault.create({ passphrase: SECRET.secret, recovery: false });
  await vault.commit({ kind: 'edit', changes: [make('organisation', 'o1', { name: 'до' })] }, ME);
  await vault.close();
  renameSync(join(dir, 'a'), join(dir, 'b'));
  const again = await opened(join(dir, 'b'));
  await say(again, 'после');
  const devices = (await again.history('o1')).map(({ device }) => device);
  expect(new Set(devices).size).toBe(1);
});
