/** What sync asks of the vault beyond the engine's store: an owner's work and what a person decides about what waits. */
import type { BlobStore } from '../../shared/sync/engine/blob-types.ts';
import type { SyncStore } from '../../shared/sync/engine/types.ts';
import type { DeviceEntry, RotateBody } from '../../shared/sync/protocol.ts';

/** A device and its sealed name. */
export type NamedDevice = Pick<DeviceEntry, 'device' | 'name'>;

export interface SyncKeeper {
  /**
   * A code for a colleague or a device of one's own, and the hash by which the server shall know it. Refuses with
   * `sync.notSet`, `sync.keyMissing`.
   */
  invitation(): Promise<{ readonly code: string; readonly hash: string }>;
  /**
   * The next key for the devices that stay, for `POST /v1/keys` after a revocation (SYNC-KEYS-2). The key itself comes
   * with the next round, as for everybody.
   */
  rotation(devices: readonly DeviceEntry[]): Promise<RotateBody>;
  /** Names of devices; '' where one cannot be read. */
  deviceNames(devices: readonly NamedDevice[]): Promise<readonly string[]>;
  /** A device's name, sealed for the server (SYNC-SEAL-7). Refuses with `sync.keyMissing`. */
  sealName(device: string, name: string): Promise<string>;
  /**
   * Takes back one change that waits (SYNC-OUT-4, SYNC-OUT-5): one that the server refused is withdrawn with what waits
   * because of it; any other is undone by an ordinary change. `kept`: somebody has gone on from it, so it stays.
   */
  discard(id: string, actor: string): Promise<'withdrawn' | 'undone' | 'kept'>;
}

export type SyncCalls = SyncStore & BlobStore & SyncKeeper;
export type SyncMethod = keyof SyncCalls;

/** Every method, so that a worker calls nothing else. */
export const SYNC_METHODS = [
  'memory',
  'remember',
  'begin',
  'enrolled',
  'forget',
  'setOffset',
  'reissue',
  'outbox',
  'settle',
  'retry',
  'takeIn',
  'takePart',
  'takeUp',
  'completed',
  'digest',
  'digestOf',
  'recount',
  'compare',
  'refuseReturned',
  'packStart',
  'packPart',
  'sealed',
  'squash',
  'keyEpoch',
  'adoptKeys',
  'lostKey',
  'card',
  'openManifest',
  'makeManifest',
  'waiting',
  'counts',
  'aside',
  'blobWork',
  'sealChunk',
  'takeChunk',
  'retryBlob',
  'invitation',
  'rotation',
  'deviceNames',
  'sealName',
  'discard',
] as const satisfies readonly SyncMethod[];
// A method that is missing above does not compile.
type Missing = Exclude<SyncMethod, (typeof SYNC_METHODS)[number]>;
const allListed: [Missing] extends [never] ? true : Missing = true;
void allListed;
