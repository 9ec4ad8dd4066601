/** The lease (SYNC-LEASE-1): how long vaults open without contact. Set by an owner's device, or by the administration. */
import type { z } from 'zod';
import type { leaseBody, WorkspaceStatus } from '../../shared/sync/protocol.ts';
import type { Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { audit } from './audit.ts';
import { lockWorkspace, statusOf } from './workspace.ts';

export async function setLease(
  tx: Tx,
  access: Access,
  { leaseDays }: z.output<typeof leaseBody>,
  now: number,
): Promise<WorkspaceStatus> {
  const before = await lockWorkspace(tx, access.workspace);
  const status = statusOf({ ...before, leaseDays }, access, now);
  // The same once more is no event.
  if (before.leaseDays === leaseDays) return status;
  // The column is out of the service's reach; the function sees for itself that an owner asks.
  const [row] = await tx.run('lease', 'SELECT set_lease($1) AS done', [leaseDays]);
  if (row?.['done'] !== 't') throw new ServerError('forbidden');
  await audit(tx, access.workspace, {
    at: now,
    action: 'lease.set',
    actor: access.device,
    subject: leaseDays === null ? 'off' : String(leaseDays),
  });
  return status;
}
