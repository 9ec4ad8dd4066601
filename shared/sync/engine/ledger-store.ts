/** The ledger with sync's own memory and secrets, as the engine asks for it. */
import type { Hlc } from '../../change/types.ts';
import { AppFailure } from '../../result.ts';
import type { Refusal } from '../errors.ts';
import type { Invitation } from '../invitation-code.ts';
import type { DeviceCard, DeviceEntry, Digest, EnrolBody, RotateBody, SealedChange, Verdict } from '../protocol.ts';
import { DigestSet } from '../digest.ts';
import { Ledger, type SquashRule } from './ledger.ts';
import type {
  AsideEntry,
  AsideReason,
  Cipher,
  Incoming,
  LedgerLog,
  PartPlace,
  SyncMemory,
  SyncStore,
  TakenIn,
  Waiting,
  WaitingEntry,
  WaitReason,
} from './types.ts';

/** Keys and what is made with them. The real one is electron/sync/sealing. Keeps its ring through the log's names. */
export interface Secrets {
  readonly cipher: () => Cipher;
  /** Makes a device: ids, token, keys, the request. Keeps the ring. */
  readonly begin: (invitation: Invitation, deviceName: string) => EnrolBody;
  readonly adopt: (keys: unknown, devices: readonly DeviceEntry[]) => number;
  /** A body for `rotate` with the key after an epoch, which the server has lost; null when it cannot be made. */
  readonly lostKey: (devices: readonly DeviceEntry[], keyEpoch: number) => RotateBody | null;
  readonly card: () => DeviceCard;
  readonly openManifest: (sealed: { readonly keyEpoch: number; readonly box: string }) => readonly string[];
  readonly makeManifest: () => { readonly keyEpoch: number; readonly box: string } | null;
  readonly forget: () => void;
}

export class LedgerStore implements SyncStore {
  readonly #log: LedgerLog;
  readonly #secrets: Secrets;
  readonly ledger: Ledger;
  readonly #actor: () => string;
  readonly #squashRule: SquashRule | undefined;
  readonly #partBytes: number | undefined;

  /** The last two are smaller in tests, so that little data shows what much would. */
  constructor(log: LedgerLog, secrets: Secrets, actor: () => string, squashRule?: SquashRule, partBytes?: number) {
    this.#squashRule = squashRule;
    this.#partBytes = partBytes;
    this.#log = log;
    this.#secrets = secrets;
    this.#actor = actor;
    this.ledger = new Ledger(log, () => secrets.cipher());
  }

  #keep(memory: SyncMemory): void {
    this.#log.set('sync', JSON.stringify(memory));
  }

  #also(memory: SyncMemory | null): (() => void) | undefined {
    return memory ? () => this.#keep(memory) : undefined;
  }

  async memory(): Promise<SyncMemory | null> {
    const text = this.#log.get('sync');
    return text === undefined ? null : (JSON.parse(text) as SyncMemory);
  }

  async remember(memory: SyncMemory): Promise<void> {
    this.#log.transaction(() => this.#keep(memory));
  }

  async begin(invitation: Invitation, deviceName: string): Promise<SyncMemory> {
    const before = await this.memory();
    if (before && before.ended === null && before.enrolment.asking === null) throw new AppFailure('sync.alreadySet');
    // Asked before, and the answer was lost: the very same request is sent again (SYNC-ENROL-3).
    const asked = before?.enrolment.asking;
    if (before && asked?.secret === invitation.secret && asked.workspace === invitation.workspace) return before;
    return this.#log.transaction(() => {
      const asking = this.#secrets.begin(invitation, deviceName);
      const { server, workspace } = invitation;
      const memory: SyncMemory = {
        enrolment: { server, workspace, device: asking.device, token: asking.token, asking },
        epoch: null,
        cursor: 0,
        download: null,
        repair: false,
        role: 'reader',
        leaseDays: null,
        lastContact: null,
        ended: null,
      };
      this.#keep(memory);
      return memory;
    });
  }

  async enrolled(memory: SyncMemory): Promise<void> {
    this.#log.transaction(() => {
      this.#log.renewClock();
      this.#keep(memory);
    });
  }

  async forget(): Promise<void> {
    this.#log.transaction(() => {
      this.#log.remove('sync');
      this.#secrets.forget();
    });
  }

  async setOffset(millis: number): Promise<void> {
    this.#log.setOffset(millis);
  }
  async reissue(serverNow: number): Promise<number> {
    return this.ledger.outbox.reissue(serverNow);
  }
  async outbox(limits: { readonly changes: number; readonly bytes: number }): Promise<readonly Waiting[]> {
    return this.ledger.outbox.next(limits);
  }
  async settle(pushed: readonly Waiting[], verdicts: readonly Verdict[], memory: SyncMemory | null): Promise<void> {
    this.ledger.outbox.settle(pushed, verdicts, this.#also(memory));
  }
  async retry(reasons: readonly WaitReason[]): Promise<void> {
    this.ledger.outbox.retry(reasons);
  }
  async takeIn(incoming: readonly Incoming[], memory: SyncMemory | null): Promise<TakenIn> {
    return this.ledger.takeIn(incoming, this.#also(memory));
  }
  async takePart(at: PartPlace, box: Uint8Array, memory: SyncMemory): Promise<TakenIn | null> {
    return this.ledger.takePart(at, box, this.#also(memory));
  }
  async packStart(digest: Digest): Promise<{ readonly pack: Hlc; readonly upTo: number } | null> {
    return this.ledger.packStart(digest);
  }
  async packPart(
    at: Omit<PartPlace, 'last'>,
    from: number,
    upTo: number,
  ): Promise<{ readonly box: Uint8Array; readonly next: number | null }> {
    return this.ledger.packPart(at, from, upTo, this.#partBytes);
  }
  async takeUp(reasons: readonly AsideReason[]): Promise<TakenIn> {
    return this.ledger.takeUp(reasons);
  }
  async completed(memory: SyncMemory): Promise<void> {
    this.ledger.completed(this.#also(memory));
  }
  async digest(): Promise<Digest> {
    return this.ledger.digest();
  }
  async digestOf(ids: readonly Hlc[]): Promise<Digest> {
    return new DigestSet(this.#log.hash, ids).root();
  }
  async recount(): Promise<readonly Digest[]> {
    return this.ledger.recount();
  }
  async compare(
    buckets: readonly number[],
    theirs: readonly Hlc[],
  ): Promise<{ readonly lacking: readonly Hlc[]; readonly surplus: readonly Hlc[] }> {
    return this.ledger.compare(buckets, theirs);
  }
  async refuseReturned(refusals: readonly { readonly id: Hlc; readonly code: Refusal }[]): Promise<readonly Hlc[]> {
    return this.ledger.outbox.refuseReturned(refusals);
  }
  async sealed(ids: readonly Hlc[]): Promise<readonly SealedChange[]> {
    return this.ledger.sealed(ids);
  }
  async squash(): Promise<boolean> {
    return this.ledger.squash(this.#actor(), this.#squashRule);
  }
  async keyEpoch(): Promise<number> {
    return this.#secrets.cipher().keyEpoch;
  }
  async adoptKeys(keys: unknown, devices: readonly DeviceEntry[]): Promise<number> {
    return this.#log.transaction(() => this.#secrets.adopt(keys, devices));
  }
  async lostKey(devices: readonly DeviceEntry[], keyEpoch: number): Promise<RotateBody | null> {
    return this.#secrets.lostKey(devices, keyEpoch);
  }
  async card(): Promise<DeviceCard> {
    return this.#secrets.card();
  }
  async openManifest(sealed: { readonly keyEpoch: number; readonly box: string }): Promise<readonly string[]> {
    return this.#secrets.openManifest(sealed);
  }
  async makeManifest(): Promise<{ readonly keyEpoch: number; readonly box: string } | null> {
    return this.#log.transaction(() => this.#secrets.makeManifest());
  }
  async waiting(limit: number): Promise<readonly WaitingEntry[]> {
    return this.ledger.outbox.waiting(limit);
  }
  async counts(): Promise<{ readonly waiting: number; readonly refused: number; readonly aside: number }> {
    return this.ledger.outbox.counts();
  }
  async aside(limit: number): Promise<readonly AsideEntry[]> {
    return this.#log.aside
      .all()
      .slice(0, limit)
      .map(({ id, reason }) => ({ id, reason }));
  }
}
