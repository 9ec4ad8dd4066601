/**
 * What the sync engine needs of the world. `LedgerLog` is the change log with its fold (the vault's SQLite file, or memory
 * in the simulation); `Ledger` on top of it knows what waits, what was acknowledged and what was set aside; `SyncStore`
 * is the ledger seen from the engine, perhaps in another thread.
 */
import type { Batch, Change, Hlc, Json } from '../../change/types.ts';
import type { Result } from '../../result.ts';
import type { Refusal } from '../errors.ts';
import type { Hash } from '../digest.ts';
import type { Invitation } from '../invitation-code.ts';
import type {
  DeviceCard,
  DeviceEntry,
  Digest,
  EnrolBody,
  RotateBody,
  SealedChange,
  SequencedChange,
  Verdict,
} from '../protocol.ts';
import type { Role } from '../shapes.ts';

/** A row of the log. `seq` is its place here, not on the server. */
export interface LoggedChange {
  readonly seq: number;
  readonly remote: boolean;
  readonly batch: Batch;
  readonly change: Change;
}

/** Why a change of ours is not at the server: the server's reason; `held`: it waits for another; `retry`: it goes again. */
export type WaitReason = Refusal | 'held' | 'retry';
/** Why a change from elsewhere is not in the log. */
export const ASIDE_REASONS = ['box', 'key', 'shape', 'clock', 'large'] as const;
export type AsideReason = (typeof ASIDE_REASONS)[number];

/** Seals and opens. Holds the key ring; never leaves the place where the vault is. */
export interface Cipher {
  /** The newest key it has; 0 while an earlier one is missing, without which nothing can be named. */
  readonly keyEpoch: number;
  readonly seal: (change: Change, batch: Batch) => SealedChange;
  /** Never throws. `shape`: it opened, but its content is not a change or not the one it says it is. */
  readonly open: (
    sealed: SealedChange,
  ) =>
    | { readonly ok: true; readonly change: Change; readonly batch: Batch }
    | { readonly ok: false; readonly reason: AsideReason };
  /** Pseudonym of a record. */
  readonly record: (id: string) => string;
  /** Seals one part of a pack (SYNC-PACK-2). */
  readonly sealPart: (at: PartPlace, content: string) => Uint8Array;
  /** The part's content; null when it cannot be opened, or is not the one at this place. Never throws. */
  readonly openPart: (at: PartPlace, box: Uint8Array) => string | null;
}

/** Which part of which pack. */
export interface PartPlace {
  readonly pack: Hlc;
  /** The server's place whose heads the pack holds. */
  readonly place: number;
  /** From 0. */
  readonly part: number;
  readonly last: boolean;
}

/** The change log, one transaction at a time, synchronously. */
export interface LedgerLog {
  readonly hash: Hash;
  /** All or nothing, durable when it returns. */
  readonly transaction: <T>(work: () => T) => T;

  /** Small durable values by name. */
  readonly get: (name: string) => string | undefined;
  readonly set: (name: string, value: string) => void;
  readonly remove: (name: string) => void;
  /** Names with this beginning, without it, and their values. */
  readonly list: (beginning: string) => readonly (readonly [name: string, value: string])[];

  readonly has: (id: Hlc) => boolean;
  /** Which of these ids the log has or has set aside. */
  readonly known: (ids: readonly Hlc[]) => Set<Hlc>;
  readonly find: (id: Hlc) => LoggedChange | undefined;
  /** Place of the newest change; 0 when there is none. */
  readonly head: () => number;
  /** Local changes behind a place, in the order of the log. */
  readonly localAfter: (seq: number, limit: number) => readonly LoggedChange[];
  /**
   * The next records behind a place among the records, with their changes that count, up to `upTo` in the log. Fewer than
   * `limit` when there are no more.
   */
  readonly recordsAfter: (
    place: number,
    limit: number,
    upTo: number,
  ) => readonly { readonly place: number; readonly rows: readonly LoggedChange[] }[];
  /** How many local changes lie behind a place, up to another. */
  readonly localCount: (after: number, upTo: number) => number;
  /** Ids of changes behind a place; all of them for 0. */
  readonly idsAfter: (seq: number) => Iterable<{ readonly id: Hlc; readonly seq: number; readonly remote: boolean }>;

  /** Corrected wall clock in milliseconds. */
  readonly now: () => number;
  /** What is added to the machine's clock. */
  readonly setOffset: (millis: number) => void;
  /** Moves the clock; fails with `clock.tooFarAhead`. */
  readonly receive: (id: Hlc) => Result<null>;
  /** A clock whose last reading is the greatest change in the fold, with a new device part. */
  readonly renewClock: () => void;
  readonly tick: () => Hlc;
  readonly device: () => string;

  /**
   * Folds and appends one valid change that the log does not have. `named`: see `applyChange`. Throws `AppFailure`
   * `change.invalid` when it does not fit its record; then nothing has happened.
   */
  readonly append: (change: Change, batch: Batch, remote: boolean, named: readonly Hlc[]) => void;
  /** Folds a record anew from the log without withdrawn changes (`list('withdrawn ')`), with names (`list('named ')`). */
  readonly refold: (record: string) => void;

  readonly aside: {
    readonly has: (id: Hlc) => boolean;
    readonly add: (id: Hlc, reason: AsideReason, payload: string) => void;
    readonly remove: (id: Hlc) => void;
    readonly count: () => number;
    /** Those of these reasons; all unless told. */
    readonly all: (
      reasons?: readonly AsideReason[],
    ) => readonly { readonly id: Hlc; readonly reason: AsideReason; readonly payload: string }[];
  };

  /** Document slots with more than `least` unsquashed updates, the newest older than `before` (milliseconds). */
  readonly longDocs: (
    least: number,
    before: number,
  ) => readonly { readonly record: string; readonly field: string; readonly type: string }[];
  /** The material of a squash; null when the record is in the bin or has nothing to merge. */
  readonly docParts: (
    record: string,
    field: string,
  ) => { readonly base: readonly Hlc[]; readonly seen: readonly Hlc[]; readonly state: string } | null;
}

/** What enrolment keeps on the device. The token opens the server, not the content. */
export interface Enrolment {
  readonly server: string;
  readonly workspace: string;
  readonly device: string;
  readonly token: string;
  /** The request as it is (or was) sent; null once it has been answered. */
  readonly asking: EnrolBody | null;
}

/** A first download on its way. */
export interface Download {
  /** `records`: what the manifest names; `pack` or `state`: all slots; `history`: the changes behind them. */
  readonly stage: 'records' | 'pack' | 'state' | 'history';
  /** Where the next page begins: a part of the pack, `after` of the state, or `before` of the history. */
  readonly next: string | null;
}

/** Sync's durable memory. */
export interface SyncMemory {
  readonly enrolment: Enrolment;
  readonly epoch: string | null;
  readonly cursor: number;
  readonly download: Download | null;
  /** The digests are to be compared even though nothing is known to be missing. */
  readonly repair: boolean;
  /** What the server did not take back from this role, and its clock at that time. */
  readonly disputed?: { readonly digest: Digest; readonly role: Role; readonly since: number };
  /** Place of the newest pack that it knows of. */
  readonly packed?: number;
  readonly role: Role;
  readonly leaseDays: number | null;
  /** The server's clock at the last contact. */
  readonly lastContact: number | null;
  /** Set when the server said that access has ended. */
  readonly ended: 'revoked' | 'unauthorised' | null;
}

/** A change of ours that waits, for the outbox and the status panel. */
export interface Waiting {
  readonly id: Hlc;
  readonly seq: number;
  readonly sealed: SealedChange;
}
export interface WaitingEntry {
  readonly id: Hlc;
  readonly batch: Batch;
  readonly type: string;
  readonly record: string;
  readonly field: string;
  /** Null for documents. */
  readonly value: Json;
  /** Null: goes out with the next push. */
  readonly reason: WaitReason | null;
}
export interface AsideEntry {
  readonly id: Hlc;
  readonly reason: AsideReason;
}

export interface TakenIn {
  readonly applied: number;
  readonly known: number;
  readonly setAside: number;
}

/** A change with what its slot's earlier changes had replaced (state download). */
export interface Incoming {
  readonly sealed: SequencedChange;
  readonly named?: readonly Hlc[];
}

/** The ledger as the engine sees it; every method is one transaction. Rejects with the vault's failures. */
export interface SyncStore {
  memory(): Promise<SyncMemory | null>;
  remember(memory: SyncMemory): Promise<void>;
  /** Makes keys, token and request of an enrolment and keeps them. Refuses with `sync.alreadySet`. */
  begin(invitation: Invitation, deviceName: string): Promise<SyncMemory>;
  /** The enrolment was answered: the clock's device part is renewed. */
  enrolled(memory: SyncMemory): Promise<void>;
  /** Forgets the enrolment and keys; the records stay. */
  forget(): Promise<void>;

  setOffset(millis: number): Promise<void>;
  /** Withdraws and makes anew what a clock that ran ahead has stamped. Returns how many. */
  reissue(serverNow: number): Promise<number>;
  outbox(limits: { readonly changes: number; readonly bytes: number }): Promise<readonly Waiting[]>;
  /** Verdicts in the order of what was pushed. */
  settle(pushed: readonly Waiting[], verdicts: readonly Verdict[], memory: SyncMemory | null): Promise<void>;
  /** Refused changes with these reasons go again. */
  retry(reasons: readonly WaitReason[]): Promise<void>;
  /** Takes in what came, and keeps the memory, in one transaction. */
  takeIn(incoming: readonly Incoming[], memory: SyncMemory | null): Promise<TakenIn>;
  /** Takes in a part of a pack, and keeps the memory. Null, and nothing kept, when the part cannot be read. */
  takePart(at: PartPlace, box: Uint8Array, memory: SyncMemory): Promise<TakenIn | null>;
  /** Tries once more what was set aside for these reasons (`clock`: only what is due). */
  takeUp(reasons: readonly AsideReason[]): Promise<TakenIn>;
  /** The history is complete: names kept for the fold are not needed any more. */
  completed(memory: SyncMemory): Promise<void>;

  digest(): Promise<Digest>;
  /** Of these ids alone. */
  digestOf(ids: readonly Hlc[]): Promise<Digest>;
  /** Counts everything anew. */
  recount(): Promise<readonly { readonly count: number; readonly xor: string }[]>;
  /** Which of these the server should not need to be asked for; and which of ours in the buckets it does not have. */
  compare(
    buckets: readonly number[],
    theirs: readonly Hlc[],
  ): Promise<{ readonly lacking: readonly Hlc[]; readonly surplus: readonly Hlc[] }>;
  /**
   * Begins a pack, when exactly the changes with this digest are in the log and nothing waits: its name, and the place in
   * the log up to which it goes.
   */
  packStart(digest: Digest): Promise<{ readonly pack: Hlc; readonly upTo: number } | null>;
  /** The next part, from a place among the records; `next` is null when it is the last. */
  packPart(
    at: Omit<PartPlace, 'last'>,
    from: number,
    upTo: number,
  ): Promise<{ readonly box: Uint8Array; readonly next: number | null }>;
  /** Marks what a repair could not give back as refused; returns the ids that the log does not have. */
  refuseReturned(refusals: readonly { readonly id: Hlc; readonly code: Refusal }[]): Promise<readonly Hlc[]>;
  /** Sealed again, in the order of the log. */
  sealed(ids: readonly Hlc[]): Promise<readonly SealedChange[]>;
  /** Makes at most one squash. True when it did. */
  squash(): Promise<boolean>;

  keyEpoch(): Promise<number>;
  /** Takes new keys out of envelopes and the chain; how many came. */
  adoptKeys(keys: unknown, devices: readonly DeviceEntry[]): Promise<number>;
  /** What gives the server back the key after an epoch, which it has lost; null when this device cannot (SYNC-KEYS-5). */
  lostKey(devices: readonly DeviceEntry[], keyEpoch: number): Promise<RotateBody | null>;
  /** This device's card under the newest key, to be sent anew after a rotation (SYNC-ENROL-2). */
  card(): Promise<DeviceCard>;
  /** The manifest's record pseudonyms, from its sealed form; [] when it cannot be read. */
  openManifest(sealed: { readonly keyEpoch: number; readonly box: string }): Promise<readonly string[]>;

  /** The sealed manifest, when it has changed since the last one that was made (SYNC-STATE-5). */
  makeManifest(): Promise<{ readonly keyEpoch: number; readonly box: string } | null>;

  waiting(limit: number): Promise<readonly WaitingEntry[]>;
  counts(): Promise<{ readonly waiting: number; readonly refused: number; readonly aside: number }>;
  aside(limit: number): Promise<readonly AsideEntry[]>;
}
