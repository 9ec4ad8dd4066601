/**
 * The shapes of names and numbers on the wire (docs/sync.md, SYNC-WIRE). Everything binary is base64url without padding.
 */
import { z } from 'zod';

/** Version of the protocol, sent with every request in the header below. */
export const PROTOCOL = 1;
export const HEADERS = {
  /** Request: the protocol's number. Response: the same, by which a client knows that the answer is ours. */
  protocol: 'rapport-protocol',
  /** Request: `Bearer <token>`. */
  authorization: 'authorization',
  /** Response with 429 and 503: seconds. */
  retryAfter: 'retry-after',
} as const;

/** Bounds that both sides hold. Sizes of boxes are those of the base64url text. */
export const LIMITS = {
  /** Changes in one push. */
  pushChanges: 500,
  /** Boxes of one push together, in characters; a single larger change travels alone. */
  pushBytes: 1_500_000,
  /** One box, in characters (4 MiB of bytes). */
  boxChars: 5_592_406,
  /** A request's body after decompression, in bytes. */
  bodyBytes: 8_388_608,
  /** A response's body after decompression, in bytes. */
  replyBytes: 33_554_432,
  /** Changes that one change names as its bases. */
  bases: 20_000,
  /** Changes or slots in one page, and the size at which a page ends early, in characters of boxes. */
  page: 2000,
  pageBytes: 4_000_000,
  /** Ids in one request by id, and in one page of a bucket's ids. */
  idsAsked: 500,
  idsListed: 10_000,
  /** Records asked for first. */
  records: 200,
  /** How far ahead of the server's clock a change may be, in milliseconds. */
  ahead: 300_000,
  /** Parts of a pack; each is at most as large as a chunk of an attachment. */
  packParts: 10_000,
  /** A manifest's box, in characters. */
  manifestChars: 200_000,
  /** Content of one chunk of an attachment, in bytes; only the last chunk may hold less. */
  chunkContent: 1_048_576,
  /** A sealed chunk, in bytes: key epoch (2), nonce (12), length (4), content, tag (16). */
  chunkBytes: 1_048_610,
  /** How many times as long as any other request one with a chunk or a part of a pack may take (SYNC-BLOB-9). */
  bytesPatience: 5,
  /** Chunks of one attachment (1 GiB). */
  chunks: 1024,
  /** Attachments asked about at once. */
  blobsAsked: 500,
  devices: 200,
  invitations: 200,
  keyEpochs: 1000,
} as const;

const base64url = (bytes: number): z.ZodString => {
  const chars = Math.ceil((bytes * 8) / 6);
  return z
    .string()
    .length(chars)
    .regex(/^[A-Za-z0-9_-]+$/);
};

/** A change's id: its hybrid logical clock reading (shared/change/clock.ts). */
export const changeId = z.string().regex(/^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{16}$/);
/** 16 random bytes. */
export const workspaceId = base64url(16);
/** 16 random bytes: a device as the server knows it. Not the device of clock readings, which may be renewed. */
export const deviceId = base64url(16);
/** 16 bytes of HMAC-SHA-256: the name of a record, or of a field within its record. */
export const pseudonym = base64url(16);
/** 32 random bytes, made by the device; the server keeps their SHA-256. */
export const token = base64url(32);
/** 16 random bytes; the server keeps `SHA-256(workspace id ':' secret)`, over the texts. */
export const invitationSecret = base64url(16);
export const sha256 = base64url(32);
/** X25519, raw. */
export const publicKey = base64url(32);
/** HMAC-SHA-256, 16 bytes. */
export const mac = base64url(16);
/** 32 bytes of a keyed hash of an attachment's content. */
export const blobId = base64url(32);
/** Random, new when the server was restored from a backup: 8 bytes. */
export const epoch = base64url(8);
/** Place in a workspace's sequence; 0 is before the first. */
export const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Which of the workspace's keys; the first is 1. */
export const keyEpoch = z.number().int().min(1).max(LIMITS.keyEpochs);
/** Milliseconds since the epoch. */
export const instant = z.number().int().min(0).max(0xffff_ffff_ffff);
export const box = (chars: number): z.ZodString =>
  z
    .string()
    .min(38)
    .max(chars)
    .regex(/^[A-Za-z0-9_-]+$/);

export const ROLES = ['owner', 'editor', 'reader'] as const;
export const role = z.enum(ROLES);
export type Role = (typeof ROLES)[number];
