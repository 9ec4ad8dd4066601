/** Invitations made by owners (SYNC-CODE-3): the server sees the hash, the role and the expiry. */
import type { z } from 'zod';
import type { invitation, invitationBody } from '../../shared/sync/protocol.ts';
import { LIMITS, type Role } from '../../shared/sync/shapes.ts';
import { base64UrlOf, nameOf, uuidOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { audit } from './audit.ts';

type Invitation = z.output<typeof invitation>;

const LIST = `SELECT hash, role, expires, created_at, used_by FROM invitation WHERE workspace_id = $1
  ORDER BY created_at DESC, hash LIMIT ${LIMITS.invitations}`;
const ADD = `INSERT INTO invitation (workspace_id, hash, role, expires, created_at, keyless)
  VALUES ($1, $2, $3, $4, $5, false) ON CONFLICT DO NOTHING RETURNING hash`;
const OPEN = `SELECT count(*) AS open FROM invitation WHERE workspace_id = $1 AND used_by IS NULL AND expires > $2`;
// An invitation that was used stays: its device may ask for the lost answer.
const REMOVE = 'DELETE FROM invitation WHERE workspace_id = $1 AND hash = $2 AND used_by IS NULL RETURNING hash';
const THERE = 'SELECT used_by FROM invitation WHERE workspace_id = $1 AND hash = $2';

const invitationOf = (row: Row): Invitation => ({
  hash: base64UrlOf(row['hash'] as string),
  role: row['role'] as Role,
  expires: Number(row['expires']),
  createdAt: Number(row['created_at']),
  usedBy: row['used_by'] ? nameOf(row['used_by']) : null,
});

export const invitations = async (tx: Tx, access: Access): Promise<{ invitations: Invitation[] }> => ({
  invitations: (await tx.run('invitations', LIST, [uuidOf(access.workspace)])).map(invitationOf),
});

/** The same invitation again is done already. */
export async function invite(
  tx: Tx,
  access: Access,
  { hash, role, expires }: z.output<typeof invitationBody>,
  now: number,
): Promise<void> {
  const workspace = uuidOf(access.workspace);
  const [open] = await tx.run('invitations-open', OPEN, [workspace, now]);
  if (Number(open?.['open']) >= LIMITS.invitations) throw new ServerError('full');
  const added = await tx.run('invite', ADD, [workspace, Buffer.from(hash, 'base64url'), role, expires, now]);
  if (added.length === 0) return;
  await audit(tx, access.workspace, {
    at: now,
    action: 'invitation.created',
    actor: access.device,
    subject: `${hash} ${role}`,
  });
}

export async function uninvite(tx: Tx, access: Access, hash: string, now: number): Promise<void> {
  const params = [uuidOf(access.workspace), Buffer.from(hash, 'base64url')];
  const [there] = await tx.run('invitation-there', THERE, params);
  if (!there) throw new ServerError('notFound');
  if (there['used_by']) throw new ServerError('invitationUsed');
  const gone = await tx.run('uninvite', REMOVE, params);
  if (gone.length === 0) throw new ServerError('invitationUsed');
  await audit(tx, access.workspace, {
    at: now,
    action: 'invitation.withdrawn',
    actor: access.device,
    subject: hash,
  });
}
