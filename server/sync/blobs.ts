/** Attachments in sealed chunks (SYNC-BLOB-1). A chunk that is there stays as it is. */
import type { BlobReply } from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { bytesArray, bytesOf, uuidOf } from '../database/binary.ts';
import type { Tx } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import type { Access } from './access.ts';
import { lockWorkspace } from './workspace.ts';

const BLOB = 'SELECT chunks FROM blob WHERE workspace_id = $1 AND blob = $2';
const HAVE = 'SELECT chunk FROM chunk WHERE workspace_id = $1 AND blob = $2 ORDER BY chunk';
const BLOBS = 'SELECT blob, chunks FROM blob WHERE workspace_id = $1 AND blob = ANY ($2)';
const HAVE_OF = 'SELECT blob, chunk FROM chunk WHERE workspace_id = $1 AND blob = ANY ($2) ORDER BY blob, chunk';
const ADD_BLOB = 'INSERT INTO blob (workspace_id, blob, chunks) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const ADD = `INSERT INTO chunk (workspace_id, blob, chunk, bytes) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING chunk`;
const COUNT = 'UPDATE workspace SET bytes = bytes + $2 WHERE workspace_id = $1';
const GET = 'SELECT bytes FROM chunk WHERE workspace_id = $1 AND blob = $2 AND chunk = $3';

const bytes = (blob: string): Buffer => Buffer.from(blob, 'base64url');

/** Ascending numbers as runs of first and last. */
function runsOf(chunks: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const chunk of chunks) {
    const last = runs.at(-1);
    if (last && last[1] === chunk - 1) last[1] = chunk;
    else runs.push([chunk, chunk]);
  }
  return runs;
}

/** Which chunks are there. */
export async function blobState(tx: Tx, access: Access, blob: string): Promise<BlobReply> {
  const params = [uuidOf(access.workspace), bytes(blob)];
  const [[row], rows] = await Promise.all([tx.run('blob', BLOB, params), tx.run('blob-have', HAVE, params)]);
  return {
    chunks: row ? Number(row['chunks']) : null,
    have: runsOf(rows.map((each) => Number(each['chunk']))),
  };
}

/** The same for many, in the order of what was asked. */
export async function blobStates(
  tx: Tx,
  access: Access,
  blobs: readonly string[],
): Promise<{ readonly blobs: BlobReply[] }> {
  const params = [uuidOf(access.workspace), bytesArray(blobs.map(bytes))];
  const [known, rows] = await Promise.all([tx.run('blobs', BLOBS, params), tx.run('blobs-have', HAVE_OF, params)]);
  const counts = new Map(known.map((row) => [row['blob'] as string, Number(row['chunks'])]));
  const chunks = Map.groupBy(rows, (row) => row['blob'] as string);
  return {
    blobs: blobs.map((blob) => {
      const name = `\\x${bytes(blob).toString('hex')}`;
      return {
        chunks: counts.get(name) ?? null,
        have: runsOf((chunks.get(name) ?? []).map((row) => Number(row['chunk']))),
      };
    }),
  };
}

export async function getChunk(tx: Tx, access: Access, blob: string, chunk: number): Promise<Buffer> {
  const [row] = await tx.run('chunk', GET, [uuidOf(access.workspace), bytes(blob), chunk]);
  if (!row) throw new ServerError('notFound');
  return bytesOf(row['bytes'] as string);
}

export async function putChunk(
  tx: Tx,
  access: Access,
  what: { readonly blob: string; readonly chunk: number; readonly of: number; readonly bytes: Buffer },
): Promise<void> {
  if (what.bytes.length === 0 || what.bytes.length > LIMITS.chunkBytes) throw new ServerError('tooLarge');
  if (what.chunk >= what.of) throw new ServerError('malformed', { detail: 'chunk' });
  const workspace = uuidOf(access.workspace);
  const name = bytes(what.blob);
  const { bytes: used, quota } = await lockWorkspace(tx, access.workspace);
  await tx.run('blob-add', ADD_BLOB, [workspace, name, what.of]);
  const [row] = await tx.run('blob', BLOB, [workspace, name]);
  if (Number(row?.['chunks']) !== what.of) throw new ServerError('malformed', { detail: 'of' });
  const added = await tx.run('chunk-add', ADD, [workspace, name, what.chunk, what.bytes]);
  if (added.length === 0) return;
  if (quota !== null && used + what.bytes.length > quota) throw new ServerError('full');
  await tx.run('bytes', COUNT, [workspace, what.bytes.length]);
}
