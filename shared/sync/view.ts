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
  /** History waits for a better network. */
  readonly frugal: boolean;
  readonly error?: AppError;
}

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
