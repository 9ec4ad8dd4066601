/**
 * Digests (SYNC-DIGEST). The root is kept with the counter; buckets are needed only when a device found a difference, so
 * they are made from what came since they were last asked for, instead of with every push.
 */
import { hash } from 'node:crypto';
import { DigestSet } from '../../shared/sync/digest.ts';
import type { BucketIdsReply, DigestReply } from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { changeIdOf, intArray, uuidOf, uuidOfChange } from '../database/binary.ts';
import type { Tx } from '../database/session.ts';
import type { Access } from './access.ts';
import { readWorkspace, statusOf } from './workspace.ts';

const sha256 = (id: string): Uint8Array => hash('sha256', id, 'buffer');
/** Ids read at a time. */
const STEP = 20_000;
/** Changes after which the buckets made are worth keeping. */
const KEEP = 1000;

const CACHED = 'SELECT seq, buckets FROM digest WHERE workspace_id = $1';
const SINCE =
  'SELECT seq, change_id FROM change WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4';
const STORE = `INSERT INTO digest (workspace_id, seq, buckets) VALUES ($1, $2, $3)
  ON CONFLICT (workspace_id) DO UPDATE SET seq = excluded.seq, buckets = excluded.buckets
  WHERE digest.seq < excluded.seq`;

export interface Buckets {
  readonly reply: DigestReply;
  /** To be stored in a transaction of its own, when it is worth it: the reading one is a snapshot. */
  readonly keep: { readonly seq: number; readonly buckets: string } | null;
}

export async function digest(tx: Tx, access: Access, now: number): Promise<Buckets> {
  const workspace = uuidOf(access.workspace);
  const [status, [cached]] = await Promise.all([
    readWorkspace(tx, access.workspace),
    tx.run('digest-cached', CACHED, [workspace]),
  ]);
  const set = new DigestSet(sha256);
  const start = cached && set.load(cached['buckets'] as string) ? Number(cached['seq']) : 0;
  let at = start;
  while (at < status.head) {
    const rows = await tx.run('digest-since', SINCE, [workspace, at, status.head, STEP]);
    for (const row of rows) set.add(changeIdOf(row['change_id'] as string));
    at = rows.length < STEP ? status.head : Number(rows.at(-1)?.['seq']);
  }
  return {
    reply: { buckets: set.buckets(), status: statusOf(status, access, now) },
    keep: at - start >= KEEP ? { seq: at, buckets: set.save() } : null,
  };
}

export const keepDigest = (tx: Tx, access: Access, { seq, buckets }: NonNullable<Buckets['keep']>): Promise<unknown> =>
  tx.run('digest-store', STORE, [uuidOf(access.workspace), seq, buckets]);

const IDS = `SELECT change_id FROM change
  WHERE workspace_id = $1 AND change_id > $2 AND bucket = ANY ($3::int[]) ORDER BY change_id LIMIT $4`;

export async function bucketIds(
  tx: Tx,
  access: Access,
  body: { readonly buckets: readonly number[]; readonly after?: string | undefined },
  now: number,
): Promise<BucketIdsReply> {
  const after = body.after === undefined ? '0'.repeat(32) : uuidOfChange(body.after);
  const [status, rows] = await Promise.all([
    readWorkspace(tx, access.workspace),
    tx.run('bucket-ids', IDS, [uuidOf(access.workspace), after, intArray(body.buckets), LIMITS.idsListed + 1]),
  ]);
  const ids = rows.slice(0, LIMITS.idsListed).map((row) => changeIdOf(row['change_id'] as string));
  return {
    ids,
    next: rows.length > LIMITS.idsListed ? (ids.at(-1) ?? null) : null,
    status: statusOf(status, access, now),
  };
}
