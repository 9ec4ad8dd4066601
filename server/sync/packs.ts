/**
 * Packs (SYNC-PACK): the heads at a place in sealed parts, left by a device for new ones. At most two are kept: the newest
 * that is complete, and the one that is being made.
 */
import type { PackReply } from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { bytesOf, changeIdOf, uuidOf, uuidOfChange } from '../database/binary.ts';
import type { Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { lockWorkspace, readWorkspace, statusOf } from './workspace.ts';

const NEWEST = `SELECT pack, place, part FROM pack WHERE workspace_id = $1 AND last AND place <= $2
  ORDER BY place DESC, pack DESC LIMIT 1`;
const GET = 'SELECT bytes FROM pack WHERE workspace_id = $1 AND pack = $2 AND part = $3';
const BEFORE = 'SELECT place, last FROM pack WHERE workspace_id = $1 AND pack = $2 AND part = $3';
const ADD = 'INSERT INTO pack (workspace_id, pack, part, place, last, bytes) VALUES ($1, $2, $3, $4, $5, $6)';
/** All others once this one is complete; else the others that are not. */
const REPLACE = `DELETE FROM pack p WHERE workspace_id = $1 AND pack <> $2 AND ($3::boolean OR NOT EXISTS (
    SELECT FROM pack l WHERE l.workspace_id = $1 AND l.pack = p.pack AND l.last)) RETURNING octet_length(bytes) AS size`;
const COUNT = 'UPDATE workspace SET bytes = bytes + $2::bigint WHERE workspace_id = $1';

export async function newestPack(tx: Tx, access: Access, now: number): Promise<PackReply> {
  const workspace = await readWorkspace(tx, access.workspace);
  const [row] = await tx.run('pack-newest', NEWEST, [uuidOf(access.workspace), workspace.head]);
  const pack = row && {
    pack: changeIdOf(row['pack'] as string),
    place: Number(row['place']),
    parts: Number(row['part']) + 1,
  };
  return { pack: pack ?? null, status: statusOf(workspace, access, now) };
}

export async function getPart(tx: Tx, access: Access, pack: string, part: number): Promise<Buffer> {
  const [row] = await tx.run('pack-part', GET, [uuidOf(access.workspace), uuidOfChange(pack), part]);
  if (!row) throw new ServerError('notFound');
  return bytesOf(row['bytes'] as string);
}

interface Part {
  readonly pack: string;
  readonly part: number;
  readonly place: number;
  readonly last: boolean;
  readonly bytes: Buffer;
}

/**
 * Parts come in order, each once or again. `notFound` when the part before is not there, as when another device has begun
 * a pack in between.
 */
export async function putPart(tx: Tx, access: Access, { pack, part, place, last, bytes }: Part): Promise<void> {
  if (bytes.length === 0 || bytes.length > LIMITS.chunkBytes) throw new ServerError('tooLarge');
  const workspace = uuidOf(access.workspace);
  const name = uuidOfChange(pack);
  const { head, bytes: used, quota } = await lockWorkspace(tx, access.workspace);
  if (place > head) throw new ServerError('malformed', { detail: 'place' });
  const [there] = await tx.run('pack-before', BEFORE, [workspace, name, part]);
  if (there) return;
  const [before] = part === 0 ? [] : await tx.run('pack-before', BEFORE, [workspace, name, part - 1]);
  if (part > 0 && (!before || before['last'] === 't' || Number(before['place']) !== place))
    throw new ServerError('notFound');
  if (quota !== null && used + bytes.length > quota) throw new ServerError('full');
  await tx.run('pack-add', ADD, [workspace, name, part, place, last, bytes]);
  const gone = last || part === 0 ? await tx.run('pack-replace', REPLACE, [workspace, name, last]) : [];
  const freed = gone.reduce((sum, row) => sum + Number(row['size']), 0);
  await tx.run('pack-bytes', COUNT, [workspace, bytes.length - freed]);
}
