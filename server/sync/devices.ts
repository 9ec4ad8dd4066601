/** Devices, their cards and their end (SYNC-REVOKE). */
import type { z } from 'zod';
import type { deviceBody, DeviceEntry, EVENTS, selfBody } from '../../shared/sync/protocol.ts';
import { LIMITS, type Role } from '../../shared/sync/shapes.ts';
import { base64UrlOf, nameOf, uuidOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { audit } from './audit.ts';

export const DEVICE_COLUMNS = `device_id, name, role, public_key, card_epoch, card_mac, enrolled_at, seen_at, revoked_at,
  wipe, wiped_at`;
const LIST = `SELECT ${DEVICE_COLUMNS} FROM device WHERE workspace_id = $1
  ORDER BY revoked_at IS NOT NULL, enrolled_at DESC LIMIT ${LIMITS.devices}`;

const MINUTE = 60_000;
const instant = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

export function deviceOf(row: Row): DeviceEntry {
  const seen = instant(row['seen_at']);
  return {
    device: nameOf(row['device_id'] as string),
    name: row['name'] as string,
    role: row['role'] as Role,
    card: {
      publicKey: base64UrlOf(row['public_key'] as string),
      keyEpoch: Number(row['card_epoch']),
      mac: base64UrlOf(row['card_mac'] as string),
    },
    enrolledAt: Number(row['enrolled_at']),
    seenAt: seen === null ? null : Math.floor(seen / MINUTE) * MINUTE,
    revokedAt: instant(row['revoked_at']),
    wipe: row['wipe'] === 't',
    wipedAt: instant(row['wiped_at']),
  };
}

/** Living devices first; of the revoked ones the newest, as far as there is room. */
export const devices = async (tx: Tx, access: Access): Promise<{ devices: DeviceEntry[]; self: string }> => ({
  devices: (await tx.run('devices', LIST, [uuidOf(access.workspace)])).map(deviceOf),
  self: access.device,
});

const NAME = 'UPDATE device SET name = $3 WHERE workspace_id = $1 AND device_id = $2 RETURNING device_id';
const CARD = `UPDATE device SET public_key = $3, card_epoch = $4, card_mac = $5
  WHERE workspace_id = $1 AND device_id = $2 RETURNING device_id`;

export async function setSelf(tx: Tx, access: Access, { name, card }: z.output<typeof selfBody>): Promise<void> {
  const self = [uuidOf(access.workspace), uuidOf(access.device)];
  const changed = [
    ...(name === undefined ? [] : [await tx.run('self-name', NAME, [...self, name])]),
    ...(card
      ? [
          await tx.run('self-card', CARD, [
            ...self,
            Buffer.from(card.publicKey, 'base64url'),
            card.keyEpoch,
            Buffer.from(card.mac, 'base64url'),
          ]),
        ]
      : []),
  ];
  if (changed.some((rows) => rows.length === 0)) throw new ServerError('forbidden');
}

/** How a device is known here, as it is told itself. By its token, so that it learns of no other. Null for nobody's. */
export type Self = z.output<(typeof EVENTS)['self']>;
export async function selfOf(tx: Tx, token: Buffer): Promise<Self | null> {
  const [row] = await tx.run('self-known', 'SELECT name, role FROM device WHERE token_hash = $1', [token]);
  return row ? { role: row['role'] as Role, name: row['name'] as string } : null;
}

// The owners are locked, so that two cannot revoke each other at the same moment and leave none.
const OWNERS = `SELECT device_id FROM device WHERE workspace_id = $1 AND role = 'owner' AND revoked_at IS NULL
  ORDER BY device_id FOR NO KEY UPDATE`;
const ONE = 'SELECT role, revoked_at FROM device WHERE workspace_id = $1 AND device_id = $2';
const REVOKE = `UPDATE device SET revoked_at = coalesce(revoked_at, $3), wipe = wipe OR $4
  WHERE workspace_id = $1 AND device_id = $2 RETURNING device_id`;

/** Throws `lastOwner` when no owner but this device is left. */
async function keepAnOwner(tx: Tx, workspace: string, device: string): Promise<void> {
  const owners = await tx.run('owners', OWNERS, [uuidOf(workspace)]);
  if (owners.every((row) => nameOf(row['device_id'] as string) === device)) throw new ServerError('lastOwner');
}

async function setRole(tx: Tx, { workspace, device: actor }: Access, device: string, role: Role, now: number) {
  await audit(tx, workspace, { at: now, action: 'device.role', actor, subject: `${device} ${role}` });
  if (role !== 'owner') await keepAnOwner(tx, workspace, device);
  // The column is out of the service's reach; the function sees for itself that an owner asks and one is left.
  const [set] = await tx.run('set-role', 'SELECT set_role($1, $2) AS done', [uuidOf(device), role]);
  if (set?.['done'] !== 't') throw new ServerError('forbidden');
}

const KNOWN = 'SELECT name, role FROM device WHERE workspace_id = $1 AND device_id = $2 AND revoked_at IS NULL';

/**
 * An owner gives a device another sealed name or role; resolves to how it is known then. Throws `notFound` for a device
 * without access, `lastOwner` when nobody would be left who can invite.
 */
export async function setDevice(
  tx: Tx,
  access: Access,
  device: string,
  { name, role }: z.output<typeof deviceBody>,
  now: number,
): Promise<Self> {
  const { workspace } = access;
  const id = [uuidOf(workspace), uuidOf(device)];
  const [before] = await tx.run('device-known', KNOWN, id);
  if (!before) throw new ServerError('notFound');
  const known = { name: before['name'] as string, role: before['role'] as Role };
  // The same once more is no event.
  if (role !== undefined && role !== known.role) await setRole(tx, access, device, role, now);
  if (name !== undefined && name !== known.name) {
    await audit(tx, workspace, { at: now, action: 'device.renamed', actor: access.device, subject: device });
    // Row-level security leaves out what the asking device must not touch.
    if ((await tx.run('self-name', NAME, [...id, name])).length === 0) throw new ServerError('forbidden');
  }
  return { role: role ?? known.role, name: name ?? known.name };
}

async function end(tx: Tx, workspace: string, device: string, now: number, wipe: boolean): Promise<void> {
  const owners = await tx.run('owners', OWNERS, [uuidOf(workspace)]);
  const others = owners.filter((row) => nameOf(row['device_id'] as string) !== device);
  const [row] = await tx.run('device', ONE, [uuidOf(workspace), uuidOf(device)]);
  if (!row) throw new ServerError('notFound');
  if (row['role'] === 'owner' && row['revoked_at'] === null && others.length === 0) throw new ServerError('lastOwner');
  const ended = await tx.run('revoke', REVOKE, [uuidOf(workspace), uuidOf(device), now, wipe]);
  // Row-level security leaves out what the asking device must not touch.
  if (ended.length === 0) throw new ServerError('forbidden');
}

/** Ends a device's access; `actor` is null for the administration. Asking twice may add the wipe. */
export async function revoke(
  tx: Tx,
  workspace: string,
  actor: string | null,
  device: string,
  wipe: boolean,
  now: number,
): Promise<void> {
  await audit(tx, workspace, {
    at: now,
    action: 'device.revoked',
    actor,
    subject: wipe ? `${device} wipe` : device,
  });
  await end(tx, workspace, device, now, wipe);
}

/** The device goes by itself. */
export async function leave(tx: Tx, access: Access, now: number): Promise<void> {
  const { workspace, device } = access;
  await audit(tx, workspace, { at: now, action: 'device.left', actor: device, subject: device });
  await end(tx, workspace, device, now, false);
}
