/** Sync's store on an open vault, in the vault's own thread. */
import { BlobLedger } from '../../shared/sync/engine/blob-ledger.ts';
import type { BlobWork, ChunkPlace, ChunkTaken } from '../../shared/sync/engine/blob-types.ts';
import { LedgerStore } from '../../shared/sync/engine/ledger-store.ts';
import type { DeviceEntry, RotateBody } from '../../shared/sync/protocol.ts';
import type { LiveUpdate } from '../../shared/model/rows.ts';
import type { VaultLedgerLog } from '../vault/ledger-log.ts';
import type { Vault } from '../vault/vault.ts';
import type { NamedDevice, SyncCalls } from './keeper.ts';
import { RingSecrets } from './secrets.ts';

/** Author of squashes, which nobody sees. */
const ACTOR = 'Rapport';

export class VaultSync extends LedgerStore implements SyncCalls {
  readonly #vault: Vault;
  readonly #log: VaultLedgerLog;
  readonly #secrets: RingSecrets;
  readonly #blobs: BlobLedger;
  #undone: Iterable<LiveUpdate>[] = [];

  constructor(vault: Vault) {
    const log = vault.ledgerLog();
    const secrets = new RingSecrets(log, () => vault.firstRecords());
    super(log, secrets, () => ACTOR);
    this.#vault = vault;
    this.#log = log;
    this.#secrets = secrets;
    this.#blobs = new BlobLedger({ log, disk: vault.blobDisk(), cipher: secrets.blobs });
  }

  /** What the calls since the last time mean for the live view. */
  *takeUpdates(): Generator<LiveUpdate> {
    for (const written of this.#log.takeWritten()) yield* this.#vault.updatesOf(written);
    const undone = this.#undone;
    this.#undone = [];
    for (const updates of undone) yield* updates;
  }

  async invitation(): Promise<{ readonly code: string; readonly hash: string }> {
    return this.#secrets.invitation();
  }

  async rotation(devices: readonly DeviceEntry[]): Promise<RotateBody> {
    return this.#log.transaction(() => this.#secrets.rotation(devices));
  }

  async deviceNames(devices: readonly NamedDevice[]): Promise<readonly string[]> {
    return this.#secrets.deviceNames(devices);
  }

  async sealName(device: string, name: string): Promise<string> {
    return this.#secrets.sealName(device, name);
  }

  blobWork(): Promise<BlobWork | null> {
    return this.#blobs.blobWork();
  }
  sealChunk(place: ChunkPlace): Promise<Uint8Array> {
    return this.#blobs.sealChunk(place);
  }
  takeChunk(place: ChunkPlace, sealed: Uint8Array): Promise<ChunkTaken> {
    return this.#blobs.takeChunk(place, sealed);
  }
  retryBlob(hash: string): Promise<void> {
    return this.#blobs.retryBlob(hash);
  }

  async discard(id: string, actor: string): Promise<'withdrawn' | 'undone' | 'kept'> {
    if (this.ledger.outbox.isRefused(id)) {
      this.ledger.outbox.withdraw([id]);
      return 'withdrawn';
    }
    const { updates, reversed } = this.#vault.undoChange(id, { actor });
    this.#undone.push(updates);
    return reversed > 0 ? 'undone' : 'kept';
  }
}
