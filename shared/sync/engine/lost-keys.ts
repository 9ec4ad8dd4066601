/** Keys that a restored server has lost (docs/sync.md, SYNC-KEYS-5). */
import { AppFailure } from '../../result.ts';
import type { WorkspaceStatus } from '../protocol.ts';
import type { AskServer } from './transport.ts';
import type { SyncStore } from './types.ts';

/** An owner's device gives back every key after `lost`, one after another. Returns the last status that the server gave. */
export async function giveKeysBack(
  lost: number,
  store: SyncStore,
  ask: AskServer,
): Promise<WorkspaceStatus | undefined> {
  const newest = await store.keyEpoch();
  let status: WorkspaceStatus | undefined;
  for (let keyEpoch = lost; keyEpoch < newest; keyEpoch += 1) {
    const { devices } = await ask('devices');
    const present = devices.filter(({ revokedAt }) => revokedAt === null);
    const body = await store.lostKey(present, keyEpoch);
    if (!body) break;
    try {
      ({ status } = await ask('rotate', { body }));
    } catch (error) {
      // Another owner was quicker.
      if (!(error instanceof AppFailure) || error.error.code !== 'sync.keysChanged') throw error;
      break;
    }
  }
  return status;
}
