/** The plain text of a box: compressed when that helps, padded so that its length says little (SYNC-SEAL-4, SYNC-SEAL-5). */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const HEAD = 5;
const SMALLEST = 128;
const STEPS_FROM = 1024;
/** Shorter texts would not reach a smaller size. An imported person of 500 bytes does: it halves the traffic. */
const DEFLATE_FROM = 256;
/** What inflating makes room for at a time, in bytes: as a rule for all of it at once. */
const SMALLEST_PIECE = 1024;
const LARGEST_PIECE = 1_048_576;
const GROWTH = 8;
/** A box inflates to this at most, in bytes. */
const MAX_CONTENT = 32_000_000;

/** The size that a plain text of `bytes` is padded to. */
export function paddedSize(bytes: number): number {
  let size = SMALLEST;
  while (size < bytes && size < STEPS_FROM) size *= 2;
  if (bytes <= size) return size;
  const step = 2 ** Math.floor(Math.log2(bytes - 1)) / 8;
  return Math.ceil(bytes / step) * step;
}

export function pack(content: string): Buffer {
  const raw = Buffer.from(content);
  const deflated = raw.length > DEFLATE_FROM ? deflateRawSync(raw, { level: 6 }) : raw;
  const smaller = deflated.length < raw.length;
  const body = smaller ? deflated : raw;
  const plain = Buffer.alloc(paddedSize(HEAD + body.length));
  plain[0] = smaller ? 1 : 0;
  plain.writeUInt32BE(body.length, 1);
  body.copy(plain, HEAD);
  return plain;
}

/** Null when it is not what `pack` makes. */
export function unpack(plain: Buffer): string | null {
  if (plain.length < HEAD) return null;
  const length = plain.readUInt32BE(1);
  if (length > plain.length - HEAD) return null;
  if (plain[0] === 0) return plain.toString('utf8', HEAD, HEAD + length);
  if (plain[0] !== 1) return null;
  try {
    const chunkSize = Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, length * GROWTH));
    return inflateRawSync(plain.subarray(HEAD, HEAD + length), { chunkSize, maxOutputLength: MAX_CONTENT }).toString();
  } catch {
    return null;
  }
}
