/** The workspace's row: its place counter, digest, newest key; and the status that goes with every answer. */
import type { WorkspaceStatus } from '../../shared/sync/protocol.ts';
import { bytesOf, uuidOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';

export interface Workspace {
  readonly epoch: string;
  readonly head: number;
  /** XOR of the fingerprints of all changes, 16 bytes. */
  readonly xor: Buffer;
  readonly keyEpoch: number;
  readonly leaseDays: number | null;
  readonly bytes: number;
  readonly quota: number | null;
}

const COLUMNS = 'epoch, head, digest, key_epoch, lease_days, bytes, quota';

function workspaceOf(row: Row | undefined): Workspace {
  if (!row) throw new ServerError('unauthorised');
  return {
    epoch: bytesOf(row['epoch'] as string).toString('base64url'),
    head: Number(row['head']),
    xor: bytesOf(row['digest'] as string),
    keyEpoch: Number(row['key_epoch']),
    leaseDays: row['lease_days'] === null ? null : Number(row['lease_days']),
    bytes: Number(row['bytes']),
    quota: row['quota'] === null ? null : Number(row['quota']),
  };
}

export const readWorkspace = async (tx: Tx, workspace: string): Promise<Workspace> =>
  workspaceOf(
    (await tx.run('workspace', `SELECT ${COLUMNS} FROM workspace WHERE workspace_id = $1`, [uuidOf(workspace)]))[0],
  );

/**
 * The same, and nobody else changes it until the transaction ends. The places of the sequence are given under this lock
 * (SYNC-SEQ-1).
 */
export const lockWorkspace = async (tx: Tx, workspace: string): Promise<Workspace> =>
  workspaceOf(
    (
      await tx.run('lock', `SELECT ${COLUMNS} FROM workspace WHERE workspace_id = $1 FOR NO KEY UPDATE`, [
        uuidOf(workspace),
      ])
    )[0],
  );

export const statusOf = (workspace: Workspace, access: Pick<Access, 'role'>, now: number): WorkspaceStatus => ({
  epoch: workspace.epoch,
  head: workspace.head,
  digest: { count: workspace.head, xor: workspace.xor.toString('hex') },
  keyEpoch: workspace.keyEpoch,
  role: access.role,
  leaseDays: workspace.leaseDays,
  now,
});
