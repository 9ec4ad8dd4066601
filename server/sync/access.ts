/**
 * Who asks. The application's guard: the token's device, its workspace and role are read anew in the transaction of
 * every request, so that a revocation counts from the next one on. Row-level security decides the same once more.
 */
import { createHash } from 'node:crypto';
import { token as tokenShape, type Role } from '../../shared/sync/shapes.ts';
import { nameOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';

export interface Access {
  /** base64url, as all names outside `database/`. */
  readonly workspace: string;
  readonly device: string;
  readonly role: Role;
}

/** A row of `device` as the guard sees it. */
export interface Holder extends Access {
  readonly revoked: boolean;
  readonly wipe: boolean;
  /** Milliseconds since the epoch; null before the first contact. */
  readonly seenAt: number | null;
}

/** Decides on a request; throws ServerError. Replaced in tests to show that row-level security holds alone. */
export type Guard = (holder: Holder | null, least: Role) => Access;

const RANK: Readonly<Record<Role, number>> = { reader: 1, editor: 2, owner: 3 };
export const atLeast = (role: Role, least: Role): boolean => RANK[role] >= RANK[least];

export const applicationGuard: Guard = (holder, least) => {
  if (!holder) throw new ServerError('unauthorised');
  if (holder.revoked) throw new ServerError('revoked', { wipe: holder.wipe });
  if (!atLeast(holder.role, least)) throw new ServerError('forbidden');
  return { workspace: holder.workspace, device: holder.device, role: holder.role };
};

export const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** SHA-256 of the token in an `authorization` header; null when there is none of the right shape. */
export function tokenHash(header: string | undefined): Buffer | null {
  const text = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  return text !== undefined && tokenShape.safeParse(text).success ? sha256(text) : null;
}

const number = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

export function holderOf(row: Row | undefined): Holder | null {
  if (!row) return null;
  return {
    workspace: nameOf(row['workspace_id'] as string),
    device: nameOf(row['device_id'] as string),
    role: row['role'] as Role,
    revoked: row['revoked_at'] !== null,
    wipe: row['wipe'] === 't',
    seenAt: number(row['seen_at']),
  };
}

/** The device of a token's hash. */
export async function findHolder(tx: Tx, hash: Buffer): Promise<Holder | null> {
  const [row] = await tx.run(
    'holder',
    'SELECT workspace_id, device_id, role, revoked_at, wipe, seen_at FROM device WHERE token_hash = $1',
    [hash],
  );
  return holderOf(row);
}
