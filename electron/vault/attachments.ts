/** Contents of attachments: in the vault's encrypted file, each once, named by the hash of itself. */
import { createHash } from 'node:crypto';
import { MAX_ATTACHMENT, MAX_ATTACHMENTS } from '../../shared/model/attachments.ts';
import { AppFailure } from '../../shared/result.ts';
import type { Statements } from './database.ts';

const MEGABYTE = 1_000_000;

/** Bytes of all contents. */
export function attachmentBytes(sql: Statements): number {
  return (sql.of('SELECT total(bytes) AS bytes FROM attachments').get() as { bytes: number }).bytes;
}

/**
 * Keeps a content and returns its hash; one that is there already is not stored again. Refuses with `attachment.empty`,
 * `attachment.tooLarge`, `attachment.full`. Must run inside a transaction.
 */
export function keepAttachment(
  sql: Statements,
  content: Uint8Array,
): { readonly hash: string; readonly bytes: number } {
  const bytes = content.byteLength;
  if (bytes === 0) throw new AppFailure('attachment.empty');
  if (bytes > MAX_ATTACHMENT) throw new AppFailure('attachment.tooLarge', { limit: MAX_ATTACHMENT / MEGABYTE });
  const hash = createHash('sha256').update(content).digest('hex');
  if (sql.of('SELECT 1 FROM attachments WHERE hash = ?').get(hash) !== undefined) return { hash, bytes };
  if (attachmentBytes(sql) + bytes > MAX_ATTACHMENTS)
    throw new AppFailure('attachment.full', { limit: MAX_ATTACHMENTS / MEGABYTE });
  sql.of('INSERT INTO attachments (hash, media, bytes, content) VALUES (?,?,?,?)').run(hash, '', bytes, content);
  return { hash, bytes };
}

/** The content, checked against its name; null when it is not on this device. Throws `attachment.damaged`. */
export function readAttachment(sql: Statements, hash: string): Uint8Array | null {
  const row = sql.of('SELECT content FROM attachments WHERE hash = ?').get(hash) as { content: Buffer } | undefined;
  if (!row) return null;
  if (createHash('sha256').update(row.content).digest('hex') !== hash) throw new AppFailure('attachment.damaged');
  return new Uint8Array(row.content);
}

/** Those of the hashes whose content is on this device. */
export const attachmentsHere = (sql: Statements, hashes: readonly string[]): string[] =>
  hashes.filter((hash) => sql.of('SELECT 1 FROM attachments WHERE hash = ?').get(hash) !== undefined);
