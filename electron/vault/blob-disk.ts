/** Contents of attachments and their chunks in the vault's file, as sync's rules need them. */
import { createHash } from 'node:crypto';
import { MAX_ATTACHMENTS } from '../../shared/model/attachments.ts';
import type { BlobDisk, ChunkPlace } from '../../shared/sync/engine/blob-types.ts';
import { attachmentBytes, keepAttachment, readAttachment } from './attachments.ts';
import type { Statements } from './database.ts';
import { guarded } from './errors.ts';

export function blobDisk(sql: Statements): BlobDisk {
  return {
    wanted: () =>
      guarded(
        () =>
          sql.of('SELECT hash, max(bytes) AS bytes FROM attached GROUP BY hash').all() as {
            hash: string;
            bytes: number;
          }[],
      ),
    isWanted: (hash) => guarded(() => sql.of('SELECT 1 FROM attached WHERE hash = ?').get(hash) !== undefined),
    size: (hash) =>
      guarded(
        () =>
          (sql.of('SELECT bytes FROM attachments WHERE hash = ?').get(hash) as { bytes: number } | undefined)?.bytes ??
          null,
      ),
    room: () => guarded(() => MAX_ATTACHMENTS - attachmentBytes(sql)),
    read: (hash) => guarded(() => readAttachment(sql, hash)),
    hashOf: (content) => createHash('sha256').update(content).digest('hex'),
    keep: (content) => void guarded(() => keepAttachment(sql, content)),
    partial: () =>
      guarded(() =>
        (sql.of('SELECT DISTINCT hash FROM attachmentParts').all() as { hash: string }[]).map((row) => row.hash),
      ),
    parts: (hash) =>
      guarded(() => {
        const rows = sql.of('SELECT chunk, parts FROM attachmentParts WHERE hash = ? ORDER BY chunk').all(hash) as {
          chunk: number;
          parts: number;
        }[];
        const [first] = rows;
        return first ? { of: first.parts, chunks: rows.map(({ chunk }) => chunk) } : null;
      }),
    putPart: ({ hash, chunk, of }: ChunkPlace, content) =>
      void guarded(() =>
        sql
          .of('INSERT INTO attachmentParts (hash, chunk, parts, content) VALUES (?,?,?,?)')
          .run(hash, chunk, of, content),
      ),
    joined: (hash) =>
      guarded(() =>
        Buffer.concat(
          (
            sql.of('SELECT content FROM attachmentParts WHERE hash = ? ORDER BY chunk').all(hash) as {
              content: Buffer;
            }[]
          ).map(({ content }) => content),
        ),
      ),
    dropParts: (hash) => void guarded(() => sql.of('DELETE FROM attachmentParts WHERE hash = ?').run(hash)),
  };
}
