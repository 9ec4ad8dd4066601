/** Devices that are a real vault with its sync, and a server behind HTTP for each test. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import type { SyncCalls } from '../../../electron/sync/keeper.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { type EngineOptions, SyncEngine } from '../../../shared/sync/engine/engine.ts';
import type { RoundReport } from '../../../shared/sync/engine/round.ts';
import { runRound } from '../../fixtures/sync-round.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { unwrap } from '../../../shared/result.ts';
import { folder } from '../vault/support.ts';
import { type HttpModel, httpModel } from './http-model.ts';

export const PASS = 'correct horse battery';
export const id = (bytes: number): string => randomBytes(bytes).toString('base64url');

export let http: HttpModel;
export let workspace = '';
export const open: VaultApi[] = [];
beforeEach(async () => {
  http = await httpModel();
  workspace = id(16);
});
afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
  await http.close();
});

export interface Desk {
  readonly vault: VaultApi;
  readonly store: SyncCalls;
  readonly dir: string;
  readonly round: () => Promise<RoundReport>;
}

export async function desk(now?: () => number): Promise<Desk> {
  const dir = folder();
  const vault = openVaultService({ dir, ...(now ? { now } : {}) });
  open.push(vault);
  await vault.create({ passphrase: PASS, recovery: false });
  return { vault, store: syncStore(vault), dir, round: () => roundOf(vault, now) };
}
export const roundOf = (vault: VaultApi, now: () => number = Date.now): Promise<RoundReport> =>
  runRound({ store: syncStore(vault), transport: createHttpTransport({ fetch }), now });

/** An engine whose timers never fire: rounds are begun by hand. */
export const engineOf = ({ store }: Desk, options: Partial<EngineOptions>): SyncEngine =>
  new SyncEngine({
    store,
    blobs: store,
    transport: createHttpTransport({ fetch }),
    now: Date.now,
    frugal: () => false,
    page: 50,
    pushChanges: 20,
    after: () => () => undefined,
    random: () => 0.5,
    wipe: async () => undefined,
    ...options,
  });

export async function owner(now?: () => number): Promise<Desk> {
  const first = await desk(now);
  const secret = id(16);
  http.model.invite(secret, 'owner');
  await first.store.begin({ server: http.server, workspace, secret }, 'Ноутбук');
  return first;
}
/** A second desk, invited by code as a colleague is. */
export async function colleague(of: Desk, now?: () => number): Promise<Desk> {
  const { code } = await of.store.invitation();
  const invitation = unwrap(decodeInvitation(code));
  http.model.invite(invitation.secret, 'editor');
  const second = await desk(now);
  await second.store.begin(invitation, 'Второй');
  return second;
}
export const person = (record: string, family: string) =>
  ({ type: 'person', record, field: '$new', value: { name: { family }, summary: 'один' } }) as const;
export const edit = (desk: Desk, record: string, field: string, value: string): Promise<{ batch: string }> =>
  desk.vault.commit({ kind: 'edit', changes: [{ type: 'person', record, field, value }] }, { actor: 'Анна' });
export const summary = async ({ vault }: Desk, record: string): Promise<unknown> =>
  (await vault.record(record))?.data['summary'];
