/**
 * The hand-over file: one sealed change set. A line of JSON (format, key derivation, nonce) that is authenticated but not
 * secret, a line feed, then AES-256-GCM. Inside is, in version 1, the deflated JSON of the content; in version 2 its length
 * (4 bytes, big-endian), it, and the contents of attachments one after another. The key comes from a passphrase.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { ChangeSet } from '../../shared/change/types.ts';
import { isAttachmentHash, MAX_ATTACHMENT } from '../../shared/model/attachments.ts';
import { AppFailure } from '../../shared/result.ts';
import { ARGON, stretch } from '../vault/keys.ts';

const FORMAT = 'rapport-handover';
/** Files without contents are written as version 1, which older applications open. */
const VERSION = { plain: 1, withFiles: 2 } as const;
const LENGTH = 4;
const MAX_FILES = 100_000;
const MAX_HEADER = 1000;
/** Largest file and largest content that are opened, in bytes. */
export const MAX_FILE = 200_000_000;
const MAX_CONTENT = 400_000_000;
const MAX_SETS = 1_000_000;
const TAG = 16;
/** Most of the gain for a third of the time. */
const LEVEL = 3;

const base64 = (bytes: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .length(Math.ceil(bytes / 3) * 4);
const anyVersion = z.object({ format: z.literal(FORMAT), version: z.number().int().min(1) });
const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.union([z.literal(VERSION.plain), z.literal(VERSION.withFiles)]),
  // Bounds, so that a forged file cannot take all the memory.
  m: z.number().int().min(8192).max(262_144),
  t: z.number().int().min(1).max(10),
  p: z.number().int().min(1).max(4),
  salt: base64(16),
  nonce: base64(12),
});
/** Batches and changes are checked one by one when they are taken in. */
const contentSchema = z.object({
  by: z.string().max(200),
  madeAt: z.number().int().min(0),
  sets: z
    .array(z.object({ batch: z.looseObject({ id: z.string().max(64) }), changes: z.array(z.unknown()).max(200_000) }))
    .max(MAX_SETS),
  files: z
    .array(
      z.object({
        hash: z.string().refine(isAttachmentHash),
        bytes: z.number().int().min(1).max(MAX_ATTACHMENT),
      }),
    )
    .max(MAX_FILES)
    .optional(),
});

/** The content of an attachment under its SHA-256 in hex, which whoever keeps it checks. */
export interface HandOverFile {
  readonly hash: string;
  readonly content: Uint8Array;
}
export interface HandOverContent {
  readonly by: string;
  readonly madeAt: number;
  readonly sets: readonly ChangeSet[];
  readonly files?: readonly HandOverFile[];
}

/** What is sealed: the packed JSON, with the contents behind it when there are any. */
function plainOf({ files = [], ...content }: HandOverContent): readonly Uint8Array[] {
  const named = files.map(({ hash, content: { length } }) => ({ hash, bytes: length }));
  const json = Buffer.from(JSON.stringify(named.length > 0 ? { ...content, files: named } : content));
  if (json.length > MAX_CONTENT) throw new AppFailure('handOver.tooLarge');
  const packed = deflateRawSync(json, { level: LEVEL });
  if (named.length === 0) return [packed];
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(packed.length);
  // Documents and pictures are compressed already.
  return [length, packed, ...files.map((file) => file.content)];
}

/** The bytes of the file; `cost` is that of finding the passphrase by trying. Refuses with `handOver.tooLarge`. */
export async function sealHandOver(
  content: HandOverContent,
  passphrase: string,
  cost: { readonly m: number; readonly t: number; readonly p: number } = ARGON,
): Promise<Uint8Array> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const header = Buffer.from(
    `${JSON.stringify({
      format: FORMAT,
      version: content.files?.length ? VERSION.withFiles : VERSION.plain,
      ...cost,
      salt: salt.toString('base64'),
      nonce: nonce.toString('base64'),
    })}\n`,
  );
  const plain = plainOf(content);
  const key = await stretch(passphrase, salt, cost);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header);
  key.fill(0);
  const file = Buffer.concat([
    header,
    ...plain.map((part) => cipher.update(part)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  if (file.length > MAX_FILE) throw new AppFailure('handOver.tooLarge');
  return file;
}

/**
 * Opens a file. Refuses with `handOver.notOurs`, `handOver.newer`, `handOver.tooLarge`, `handOver.wrongPassphrase` (or
 * changed since it was made: the two cannot be told apart), `handOver.damaged` (opened, but not what it says it is).
 */
export async function openHandOver(file: Uint8Array, passphrase: string): Promise<HandOverContent> {
  if (file.length > MAX_FILE) throw new AppFailure('handOver.tooLarge');
  const end = file.subarray(0, MAX_HEADER).indexOf(0x0a);
  const header = readHeader(Buffer.from(file.subarray(0, Math.max(end, 0))).toString('utf8'));
  const body = file.subarray(end + 1);
  if (body.length <= TAG) throw new AppFailure('handOver.notOurs');
  const key = await stretch(passphrase, Buffer.from(header.salt, 'base64'), header);
  let packed: Buffer;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'base64'));
    decipher.setAAD(Buffer.from(file.subarray(0, end + 1))).setAuthTag(body.subarray(-TAG));
    packed = Buffer.concat([decipher.update(body.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw new AppFailure('handOver.wrongPassphrase');
  } finally {
    key.fill(0);
  }
  return contentOf(packed, header.version === VERSION.withFiles);
}

/** Throws `handOver.damaged`. */
function contentOf(plain: Buffer, withFiles: boolean): HandOverContent {
  const length = withFiles && plain.length >= LENGTH ? plain.readUInt32BE() : plain.length;
  const start = withFiles ? LENGTH : 0;
  let content: unknown;
  try {
    const packed = plain.subarray(start, start + length);
    content = JSON.parse(inflateRawSync(packed, { maxOutputLength: MAX_CONTENT }).toString('utf8'));
  } catch {
    throw new AppFailure('handOver.damaged');
  }
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) throw new AppFailure('handOver.damaged');
  const { files: named = [], ...rest } = parsed.data;
  let at = start + length;
  const files = named.map(({ hash, bytes }) => {
    at += bytes;
    return { hash, content: plain.subarray(at - bytes, at) };
  });
  if (withFiles && at !== plain.length) throw new AppFailure('handOver.damaged');
  return { ...(rest as unknown as HandOverContent), ...(files.length > 0 ? { files } : {}) };
}

function readHeader(text: string): z.infer<typeof headerSchema> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new AppFailure('handOver.notOurs');
  }
  const known = anyVersion.safeParse(given);
  if (!known.success) throw new AppFailure('handOver.notOurs');
  if (known.data.version > VERSION.withFiles) throw new AppFailure('handOver.newer');
  const header = headerSchema.safeParse(given);
  if (!header.success) throw new AppFailure('handOver.notOurs');
  return header.data;
}
