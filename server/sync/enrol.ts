/** A device joins with an invitation (SYNC-ENROL). */
import type { EnrolBody } from '../../shared/sync/protocol.ts';
import { LIMITS, type Role } from '../../shared/sync/shapes.ts';
import { nameOf, uuidOf } from '../database/binary.ts';
import type { Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import { findHolder, sha256 } from './access.ts';
import { audit } from './audit.ts';
import { readWorkspace, statusOf } from './workspace.ts';

/** SYNC-CODE-3. */
export const invitationHash = (workspace: string, secret: string): Buffer => sha256(`${workspace}:${secret}`);

const FIND = `SELECT workspace_id, role, expires, keyless, used_by FROM invitation WHERE workspace_id = $1 AND hash = $2`;
const USE = `UPDATE invitation SET used_by = $3 WHERE workspace_id = $1 AND hash = $2 AND used_by IS NULL RETURNING used_by`;
const ADD = `INSERT INTO device
  (workspace_id, device_id, token_hash, role, name, public_key, card_epoch, card_mac, enrolled_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING device_id`;
const COUNT = 'SELECT count(*) AS devices FROM device WHERE workspace_id = $1 AND revoked_at IS NULL';
const FIRST_KEY = 'INSERT INTO key_epoch (workspace_id, key_epoch, made_by, chain) VALUES ($1, 1, $2, NULL)';
const FIRST_EPOCH = 'UPDATE workspace SET key_epoch = 1 WHERE workspace_id = $1 AND key_epoch = 0 RETURNING key_epoch';

/** The same request again (SYNC-ENROL-3): the device is the one that used the invitation, with the same token. */
async function repeated(tx: Tx, body: EnrolBody, token: Buffer, usedBy: string) {
  const holder = await findHolder(tx, token);
  if (usedBy !== body.device || holder?.device !== body.device || holder.workspace !== body.workspace)
    throw new ServerError('invitationUsed');
  if (holder.revoked) throw new ServerError('revoked', { wipe: holder.wipe });
  return holder.role;
}

/**
 * The first owner's application makes key 1 (SYNC-CODE-2). A code without key that comes when there is one would lead to
 * a second “key 1”, and nobody could read the other (SYNC-CODE-4).
 */
async function firstKey(tx: Tx, body: EnrolBody, now: number): Promise<void> {
  const made = await tx.run('first-epoch', FIRST_EPOCH, [uuidOf(body.workspace)]);
  if (made.length === 0) throw new ServerError('invitationUsed');
  await tx.run('first-key', FIRST_KEY, [uuidOf(body.workspace), uuidOf(body.device)]);
  await audit(tx, body.workspace, { at: now, action: 'key.made', actor: body.device, subject: '1' });
}

/** Runs in a transaction whose scope holds the invitation and the new token. `now` in milliseconds. */
export async function enrol(tx: Tx, body: EnrolBody, now: number) {
  const workspace = uuidOf(body.workspace);
  const hash = invitationHash(body.workspace, body.secret);
  const token = sha256(body.token);
  const [invitation] = await tx.run('invitation', FIND, [workspace, hash]);
  if (!invitation) throw new ServerError('invitationUnknown');
  const usedBy = invitation['used_by'];
  let role = invitation['role'] as Role;
  if (usedBy) {
    role = await repeated(tx, body, token, nameOf(usedBy));
  } else {
    if (Number(invitation['expires']) <= now) throw new ServerError('invitationExpired');
    const keyless = invitation['keyless'] === 't';
    if (keyless && (role !== 'owner' || body.card.keyEpoch !== 1)) throw new ServerError('forbidden');
    const values = [
      workspace,
      uuidOf(body.device),
      token,
      role,
      body.name,
      Buffer.from(body.card.publicKey, 'base64url'),
      body.card.keyEpoch,
      Buffer.from(body.card.mac, 'base64url'),
      now,
    ];
    // Taken: somebody else's id or token, which 16 random bytes never are.
    if ((await tx.run('enrol', ADD, values)).length === 0) throw new ServerError('malformed', { detail: 'device' });
    const used = await tx.run('use', USE, [workspace, hash, uuidOf(body.device)]);
    if (used.length === 0) throw new ServerError('invitationUsed');
    const [count] = await tx.run('device-count', COUNT, [workspace]);
    if (Number(count?.['devices']) > LIMITS.devices) throw new ServerError('full');
    if (keyless) await firstKey(tx, body, now);
    await audit(tx, body.workspace, { at: now, action: 'device.enrolled', actor: body.device, subject: body.device });
  }
  const present = await readWorkspace(tx, body.workspace);
  if (body.card.keyEpoch > present.keyEpoch) throw new ServerError('keysChanged');
  return statusOf(present, { role }, now);
}
