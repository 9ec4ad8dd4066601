/**
 * Who got or lost access: appended, never changed (the service's role has no right to), each entry's hash covering the
 * one before, so that an entry taken out or altered shows.
 */
import { uuidOf, nameOf, bytesOf } from '../database/binary.ts';
import type { Row, Tx } from '../database/session.ts';
import { sha256 } from './access.ts';

export type AuditAction =
  | 'workspace.created'
  | 'invitation.created'
  | 'invitation.withdrawn'
  | 'device.enrolled'
  | 'device.revoked'
  | 'device.left'
  | 'device.role'
  | 'device.renamed'
  | 'key.made'
  | 'epoch.renewed'
  | 'lease.set'
  | 'quota.set';

export interface AuditEntry {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly action: string;
  /** The device that asked; null for the server's administration. */
  readonly actor: string | null;
  /** Whom or what it concerns: a device, an invitation's hash, a number. */
  readonly subject: string;
  /** base64url of SHA-256. */
  readonly hash: string;
}

const START = Buffer.alloc(32);

export const auditHash = (previous: Uint8Array, workspace: string, entry: Omit<AuditEntry, 'hash'>): Buffer =>
  sha256(
    Buffer.concat([
      previous,
      Buffer.from(JSON.stringify([workspace, entry.n, entry.at, entry.action, entry.actor, entry.subject])),
    ]),
  );

const LAST = 'SELECT n, hash FROM audit WHERE workspace_id = $1 ORDER BY n DESC LIMIT 1';
const ADD = `INSERT INTO audit (workspace_id, n, at, action, actor, subject, previous, hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Two at once try the same number; one of them fails and its transaction runs again. */
export async function audit(
  tx: Tx,
  workspace: string,
  what: { readonly at: number; readonly action: AuditAction; readonly actor: string | null; readonly subject: string },
): Promise<void> {
  const [last] = await tx.run('audit-last', LAST, [uuidOf(workspace)]);
  const previous = last ? bytesOf(last['hash'] as string) : START;
  const entry = { n: Number(last?.['n'] ?? 0) + 1, ...what };
  await tx.run('audit-add', ADD, [
    uuidOf(workspace),
    entry.n,
    entry.at,
    entry.action,
    entry.actor === null ? null : uuidOf(entry.actor),
    entry.subject,
    previous,
    auditHash(previous, workspace, entry),
  ]);
}

export const auditEntryOf = (row: Row): AuditEntry => ({
  n: Number(row['n']),
  at: Number(row['at']),
  action: row['action'] as string,
  actor: row['actor'] === null ? null : nameOf(row['actor'] as string),
  subject: row['subject'] as string,
  hash: bytesOf(row['hash'] as string).toString('base64url'),
});

/** The number of the first entry that does not fit to the one before it; null when all do. */
export function brokenAt(workspace: string, entries: readonly AuditEntry[]): number | null {
  let previous: Uint8Array = START;
  for (const [i, entry] of entries.entries()) {
    const hash = auditHash(previous, workspace, {
      n: entry.n,
      at: entry.at,
      action: entry.action,
      actor: entry.actor,
      subject: entry.subject,
    });
    if (entry.n !== i + 1 || hash.toString('base64url') !== entry.hash) return entry.n;
    previous = hash;
  }
  return null;
}
