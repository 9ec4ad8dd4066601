/** Sync's store and keeper as methods, over the vault's one door. */
import type { VaultApi } from '../vault/api.ts';
import { SYNC_METHODS, type SyncCalls } from './keeper.ts';

/** Each call crosses to the vault's thread; it rejects with the vault's failures (`vault.locked` while it is closed). */
export function syncStore(vault: Pick<VaultApi, 'sync'>): SyncCalls {
  const call = vault.sync.bind(vault) as (method: string, ...args: unknown[]) => Promise<unknown>;
  return Object.fromEntries(
    SYNC_METHODS.map((method) => [method, (...args: unknown[]) => call(method, ...args)]),
  ) as unknown as SyncCalls;
}
