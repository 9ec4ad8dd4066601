/** Key epochs, chains and envelopes (SYNC-KEYS), and the manifest: sealed, kept and handed out as they came. */
import type { z } from 'zod';
import type { keyEntry, manifest, rotateBody, WorkspaceStatus } from '../../shared/sync/protocol.ts';
import { base64UrlOf, bytesArray, nameArray, nameOf, uuidOf } from '../database/binary.ts';
import type { Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { audit } from './audit.ts';
import { lockWorkspace, statusOf } from './workspace.ts';

type KeyEntry = z.output<typeof keyEntry>;

const LIST = `SELECT k.key_epoch, k.made_by, k.chain, e.envelope FROM key_epoch k
  LEFT JOIN envelope e ON e.workspace_id = k.workspace_id AND e.key_epoch = k.key_epoch AND e.device_id = $2
  WHERE k.workspace_id = $1 ORDER BY k.key_epoch`;

export const keys = async (tx: Tx, access: Access): Promise<{ keys: KeyEntry[] }> => ({
  keys: (await tx.run('keys', LIST, [uuidOf(access.workspace), uuidOf(access.device)])).map((row) => ({
    keyEpoch: Number(row['key_epoch']),
    madeBy: nameOf(row['made_by'] as string),
    chain: row['chain'] ? base64UrlOf(row['chain']) : null,
    envelope: row['envelope'] ? base64UrlOf(row['envelope']) : null,
  })),
});

const ADD = 'INSERT INTO key_epoch (workspace_id, key_epoch, made_by, chain) VALUES ($1, $2, $3, $4)';
const EPOCH = 'UPDATE workspace SET key_epoch = $2 WHERE workspace_id = $1';
/** Envelopes for devices that are not (or no longer) there are left out. */
const WRAP = `INSERT INTO envelope (workspace_id, key_epoch, device_id, envelope)
  SELECT $1, $2, e.device_id, e.envelope FROM unnest($3::uuid[], $4::bytea[]) AS e (device_id, envelope)
  JOIN device d ON d.workspace_id = $1 AND d.device_id = e.device_id AND d.revoked_at IS NULL ON CONFLICT DO NOTHING`;

export async function rotate(
  tx: Tx,
  access: Access,
  { keyEpoch, chain, envelopes }: z.output<typeof rotateBody>,
  now: number,
): Promise<WorkspaceStatus> {
  const before = await lockWorkspace(tx, access.workspace);
  if (keyEpoch !== before.keyEpoch + 1) throw new ServerError('keysChanged');
  const workspace = uuidOf(access.workspace);
  await tx.run('key-add', ADD, [workspace, keyEpoch, uuidOf(access.device), Buffer.from(chain, 'base64url')]);
  await tx.run('envelopes', WRAP, [
    workspace,
    keyEpoch,
    nameArray(envelopes.map(({ device }) => device)),
    bytesArray(envelopes.map(({ envelope }) => Buffer.from(envelope, 'base64url'))),
  ]);
  await tx.run('key-epoch', EPOCH, [workspace, keyEpoch]);
  await audit(tx, access.workspace, { at: now, action: 'key.made', actor: access.device, subject: String(keyEpoch) });
  return statusOf({ ...before, keyEpoch }, access, now);
}

type Manifest = z.output<typeof manifest>;

export async function readManifest(tx: Tx, access: Access): Promise<{ manifest: Manifest | null }> {
  const [row] = await tx.run('manifest', 'SELECT key_epoch, box FROM manifest WHERE workspace_id = $1', [
    uuidOf(access.workspace),
  ]);
  return { manifest: row ? { keyEpoch: Number(row['key_epoch']), box: base64UrlOf(row['box'] as string) } : null };
}

const PUT = `INSERT INTO manifest (workspace_id, key_epoch, box) VALUES ($1, $2, $3)
  ON CONFLICT (workspace_id) DO UPDATE SET key_epoch = excluded.key_epoch, box = excluded.box`;

export const putManifest = (tx: Tx, access: Access, { keyEpoch, box }: Manifest): Promise<unknown> =>
  tx.run('manifest-put', PUT, [uuidOf(access.workspace), keyEpoch, Buffer.from(box, 'base64url')]);
