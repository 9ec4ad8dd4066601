/** What the administration does, as the role that owns the tables: make, invite, list, revoke, renew. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { encodeInvitation } from '../../shared/sync/invitation-code.ts';
import type { Role } from '../../shared/sync/shapes.ts';
import { base64UrlOf, nameOf, uuidOf } from '../database/binary.ts';
import { createPool, type Tx, transaction } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import { audit, auditEntryOf, type AuditEntry, brokenAt } from '../sync/audit.ts';
import { DEVICE_COLUMNS, deviceOf, revoke } from '../sync/devices.ts';
import { invitationHash } from '../sync/enrol.ts';
import { removeWorkspace } from './remove.ts';

const DAY = 86_400_000;
const id = (bytes: number): string => randomBytes(bytes).toString('base64url');

export interface Made {
  readonly workspace: string;
  /** To be pasted into the first owner's application; shown this once. */
  readonly code: string;
  readonly expires: number;
}

/** What every command of the administration works on. */
export class Administration {
  readonly #pool: pg.Pool;
  readonly #now: () => number;

  /** `owner` is the URL of the role that owns the tables. */
  constructor(owner: string, now: () => number = Date.now) {
    this.#pool = createPool(owner, 2);
    this.#now = now;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return transaction(this.#pool, {}, work);
  }

  /** Locks the workspace's row; throws `notFound`. */
  async #lock(tx: Tx, workspace: string): Promise<{ keyEpoch: number }> {
    const [row] = await tx.run('admin-lock', 'SELECT key_epoch FROM workspace WHERE workspace_id = $1 FOR UPDATE', [
      uuidOf(workspace),
    ]);
    if (!row) throw new ServerError('notFound');
    return { keyEpoch: Number(row['key_epoch']) };
  }

  async #invite(tx: Tx, workspace: string, address: string, days: number): Promise<Made> {
    const secret = id(16);
    const expires = this.#now() + days * DAY;
    const code = encodeInvitation({ server: address, workspace, secret });
    await tx.run(
      'admin-invite',
      `INSERT INTO invitation (workspace_id, hash, role, expires, created_at, keyless) VALUES ($1, $2, 'owner', $3, $4, true)`,
      [uuidOf(workspace), invitationHash(workspace, secret), expires, this.#now()],
    );
    await audit(tx, workspace, { at: this.#now(), action: 'invitation.created', actor: null, subject: 'owner' });
    return { workspace, code, expires };
  }

  /** A new workspace and the code for its first owner. `quota` in bytes. */
  create(address: string, options: { days?: number; quota?: number | null } = {}): Promise<Made> {
    return this.#run(async (tx) => {
      const workspace = id(16);
      await tx.run(
        'admin-create',
        'INSERT INTO workspace (workspace_id, epoch, digest, quota, created_at) VALUES ($1, $2, $3, $4, $5)',
        [uuidOf(workspace), randomBytes(8), Buffer.alloc(16), options.quota ?? null, this.#now()],
      );
      await audit(tx, workspace, { at: this.#now(), action: 'workspace.created', actor: null, subject: workspace });
      return this.#invite(tx, workspace, address, options.days ?? 7);
    });
  }

  /**
   * Another first code, when the one printed was lost or has expired. Once an owner has made the key, only an owner's
   * application can make codes: the server does not have what belongs into them (`keysChanged`).
   */
  invite(workspace: string, address: string, days = 7): Promise<Made> {
    return this.#run(async (tx) => {
      const { keyEpoch } = await this.#lock(tx, workspace);
      if (keyEpoch > 0) throw new ServerError('keysChanged');
      return this.#invite(tx, workspace, address, days);
    });
  }

  /** Takes it out of the database with everything it kept (see remove.ts for what is thrown). */
  remove(workspace: string, withDevices: boolean): Promise<void> {
    return removeWorkspace(this.#pool, workspace, withDevices, this.#now());
  }

  workspaces(): Promise<unknown[]> {
    return this.#run(async (tx) =>
      (
        await tx.run(
          'admin-list',
          `SELECT workspace_id, epoch, head, key_epoch, lease_days, bytes, quota, created_at,
             (SELECT count(*) FROM device d WHERE d.workspace_id = w.workspace_id AND revoked_at IS NULL) AS devices
           FROM workspace w ORDER BY created_at`,
        )
      ).map((row) => ({
        workspace: nameOf(row['workspace_id'] as string),
        epoch: base64UrlOf(row['epoch'] as string),
        head: Number(row['head']),
        keyEpoch: Number(row['key_epoch']),
        leaseDays: row['lease_days'] === null ? null : Number(row['lease_days']),
        bytes: Number(row['bytes']),
        quota: row['quota'] === null ? null : Number(row['quota']),
        createdAt: Number(row['created_at']),
        devices: Number(row['devices']),
      })),
    );
  }

  devices(workspace: string): Promise<unknown[]> {
    return this.#run(async (tx) => {
      await this.#lock(tx, workspace);
      const rows = await tx.run(
        'admin-devices',
        `SELECT ${DEVICE_COLUMNS} FROM device WHERE workspace_id = $1 ORDER BY enrolled_at`,
        [uuidOf(workspace)],
      );
      // Names are sealed and say nothing here.
      return rows.map(deviceOf).map(({ name: _, card, ...rest }) => ({ ...rest, cardEpoch: card.keyEpoch }));
    });
  }

  revoke(workspace: string, device: string, wipe: boolean): Promise<void> {
    return this.#run(async (tx) => {
      await this.#lock(tx, workspace);
      await revoke(tx, workspace, null, device, wipe, this.#now());
    });
  }

  /** Throws `lastOwner` when nobody would be left who can invite. */
  setRole(workspace: string, device: string, role: Role): Promise<void> {
    return this.#run(async (tx) => {
      await this.#lock(tx, workspace);
      const params = [uuidOf(workspace), uuidOf(device)];
      const changed = await tx.run(
        'admin-role',
        'UPDATE device SET role = $3 WHERE workspace_id = $1 AND device_id = $2 AND revoked_at IS NULL RETURNING role',
        [...params, role],
      );
      if (changed.length === 0) throw new ServerError('notFound');
      const owners = await tx.run(
        'admin-owners',
        `SELECT device_id FROM device WHERE workspace_id = $1 AND role = 'owner' AND revoked_at IS NULL`,
        params.slice(0, 1),
      );
      if (owners.length === 0) throw new ServerError('lastOwner');
      await audit(tx, workspace, { at: this.#now(), action: 'device.role', actor: null, subject: `${device} ${role}` });
    });
  }

  /** After a backup was restored: devices notice, and give back what the server forgot (SYNC-EPOCH-1). */
  async renewEpoch(workspace: string | null): Promise<string[]> {
    const all = workspace
      ? [workspace]
      : await this.#run(async (tx) =>
          (await tx.run('admin-ids', 'SELECT workspace_id FROM workspace')).map((row) =>
            nameOf(row['workspace_id'] as string),
          ),
        );
    for (const each of all) {
      await this.#run(async (tx) => {
        await this.#lock(tx, each);
        await tx.run('admin-epoch', 'UPDATE workspace SET epoch = $2 WHERE workspace_id = $1', [
          uuidOf(each),
          randomBytes(8),
        ]);
        await audit(tx, each, { at: this.#now(), action: 'epoch.renewed', actor: null, subject: each });
      });
    }
    return all;
  }

  /** `days` of the lease (SYNC-LEASE-1) or bytes of the quota; null takes it away. */
  set(workspace: string, what: 'lease_days' | 'quota', value: number | null): Promise<void> {
    return this.#run(async (tx) => {
      await this.#lock(tx, workspace);
      await tx.run(`admin-${what}`, `UPDATE workspace SET ${what} = $2 WHERE workspace_id = $1`, [
        uuidOf(workspace),
        value,
      ]);
      const action = what === 'quota' ? 'quota.set' : 'lease.set';
      await audit(tx, workspace, {
        at: this.#now(),
        action,
        actor: null,
        subject: value === null ? 'off' : String(value),
      });
    });
  }

  /** All entries, and the number of the first that does not fit to the one before. */
  audit(workspace: string): Promise<{ entries: AuditEntry[]; brokenAt: number | null }> {
    return this.#run(async (tx) => {
      await this.#lock(tx, workspace);
      const rows = await tx.run(
        'admin-audit',
        'SELECT n, at, action, actor, subject, hash FROM audit WHERE workspace_id = $1 ORDER BY n',
        [uuidOf(workspace)],
      );
      const entries = rows.map(auditEntryOf);
      return { entries, brokenAt: brokenAt(workspace, entries) };
    });
  }
}
