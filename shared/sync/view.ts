/** What the screens know of sync. No token, key or secret is in it, except the code of an invitation being shown. */
import type { Json } from '../change/types.ts';
import type { AppError } from '../result.ts';
import type { AsideReason, WaitReason } from './engine/types.ts';
import type { Role } from './shapes.ts';

/**
 * `off`: no server. `offline`: no network. `waiting`: the server does not answer, it is tried again by itself. `problem`:
 * somebody has to do something (`error` says what). `revoked`: access has ended.
 */
export type SyncState = 'off' | 'idle' | 'syncing' | 'offline' | 'waiting' | 'paused' | 'problem' | 'revoked';

/** All times are milliseconds since the epoch by this computer's clock. */
export interface SyncStatus {
  readonly state: SyncState;
  readonly server?: string;
  readonly deviceName?: string;
  readonly role?: Role;
  /** True until the server has answered the enrolment. */
  readonly enrolling: boolean;
  readonly lastSync?: number;
  readonly nextTry?: number;
  /** Changes of this computer that are not at the server: in all, and those that it refused. */
  readonly pending: number;
  readonly refused: number;
  /** Changes from elsewhere that could not be taken in. */
  readonly quarantined: number;
  /** A round under way: its stage, changes received and sent so far. */
  readonly progress?: {
    readonly stage: 'enrol' | 'pull' | 'push' | 'records' | 'state' | 'history' | 'repair';
    readonly received: number;
    readonly sent: number;
  };
  /** `state`: the first download is under way; `history`: everything is usable, earlier values still come. */
  readonly download?: 'state' | 'history';
  /** Days without contact after which the vault locks, and when that would be. */
  readonly lease?: { readonly days: number; readonly until: number };
  /** How far this computer's clock is behind the server's, when it is more than a minute. */
  readonly clockDifference?: number;
  /** History and contents of attachments wait for a better network. */
  readonly frugal: boolean;
  readonly error?: AppError;
  /** Contents of attachments that are not everywhere yet; absent when all are. */
  readonly files?: FilesStatus;
}

export interface FilesCount {
  readonly files: number;
  readonly bytes: number;
}
export interface FilesStatus {
  /** Under way, with the bytes that have been moved of them. */
  readonly sending: FilesCount & { readonly done: number };
  readonly receiving: FilesCount & { readonly done: number };
  /** On this computer and not yet at the server. */
  readonly unsent: FilesCount;
  /** At the server and not yet here. */
  readonly waiting: FilesCount;
  /** Neither here nor at the server: another device still has to send them. */
  readonly elsewhere: number;
  /** Came and were not what their records say, or would take too much room. */
  readonly refused: number;
  /** Why nothing moves although something waits: a person stopped it, or traffic is to be saved. */
  readonly held: 'stopped' | 'frugal' | null;
  readonly error?: AppError;
}

/**
 * Where the content of an attachment is. `unsent`: here, others do not have it yet. `elsewhere`: no device has sent it yet.
 * `waiting`: at the server. Bytes are moved and all.
 */
export type AttachmentState =
  | { readonly state: 'here' | 'unsent' | 'elsewhere' | 'waiting' }
  | { readonly state: 'sending' | 'loading'; readonly done: number; readonly bytes: number }
  | { readonly state: 'problem'; readonly error: AppError };

/** A change of this computer that is not at the server yet. */
export interface PendingChange {
  readonly id: string;
  readonly type: string;
  readonly record: string;
  readonly title: string;
  readonly field: string;
  readonly value: Json;
  readonly time: number;
  /** Null: goes out with the next contact. */
  readonly reason: WaitReason | null;
}
export interface PendingList {
  readonly changes: readonly PendingChange[];
  /** Titles of records that values name. */
  readonly names: Readonly<Record<string, string>>;
}
/** A change from elsewhere that was set aside; its content is not shown, since it could not be read or trusted. */
export interface SetAside {
  readonly id: string;
  readonly reason: AsideReason;
  /** The time in its name. */
  readonly time: number;
}
export interface DeviceView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly isSelf: boolean;
  readonly enrolledAt: number;
  readonly seenAt: number | null;
  readonly revokedAt: number | null;
  /** Told to destroy its data; `wipedAt` is when it asked once more since. */
  readonly wipe: boolean;
  readonly wipedAt: number | null;
}
export interface InvitationView {
  /** Names the invitation; not its secret. */
  readonly hash: string;
  readonly role: Role;
  readonly expires: number;
  readonly used: boolean;
}
