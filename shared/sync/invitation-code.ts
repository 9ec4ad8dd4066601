/**
 * Invitation codes (SYNC-CODE): one text to paste, from a colleague or printed by the server, that holds where the
 * server is, which workspace, a secret that works once and, except in the server's first code, the workspace's key.
 *
 * `RPT1-` and Crockford's base32 in groups of five, so that a code survives being read aloud: case does not matter, O is
 * read as 0, I and L as 1. The bytes: kind (0 without, 1 with key), workspace (16), secret (16), [key epoch (2),
 * key (32)], address (UTF-8), CRC-32 of all before (4, big-endian).
 */
import { fail, ok, type Result } from '../result.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { serverAddress } from './server-address.ts';
import { LIMITS } from './shapes.ts';

export interface Invitation {
  /** Origin of the server, without a slash at the end: `https://sync.example.org`. A path may follow. */
  readonly server: string;
  /** base64url, as everywhere on the wire. */
  readonly workspace: string;
  readonly secret: string;
  /** Absent in the code that the server prints for the first owner. */
  readonly key?: { readonly epoch: number; readonly bytes: Uint8Array };
}

const PREFIX = 'RPT1';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID = 16;
const KEY = 32;
const MAX_CODE = 2000;
/** Of what is pasted, in characters. */
const MAX_TEXT = 4000;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** Null when a character is none of the alphabet, or the last bits are not zero. */
function fromBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const char of text) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return null;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 0xff);
    }
  }
  return (value & ((1 << bits) - 1)) === 0 && bits < 5 ? Uint8Array.from(bytes) : null;
}

/** Throws RangeError when a part does not have its length. */
export function encodeInvitation({ server, workspace, secret, key }: Invitation): string {
  const ids = [decodeBase64Url(workspace), decodeBase64Url(secret)];
  if (ids.some((id) => id?.length !== ID)) throw new RangeError('a workspace and a secret have 16 bytes');
  if (key && (key.bytes.length !== KEY || key.epoch < 1 || key.epoch > LIMITS.keyEpochs))
    throw new RangeError('a key has 32 bytes');
  const parts: number[] = [key ? 1 : 0];
  for (const id of ids) parts.push(...(id as Uint8Array));
  if (key) parts.push(key.epoch >>> 8, key.epoch & 0xff, ...key.bytes);
  parts.push(...new TextEncoder().encode(server));
  const crc = crc32(Uint8Array.from(parts));
  parts.push(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff);
  return [PREFIX, ...(toBase32(Uint8Array.from(parts)).match(/.{1,5}/g) ?? [])].join('-');
}

/** Cyrillic letters that look like those of the alphabet, as they come out of a keyboard in the other layout. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  З: '3',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: '0',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** Letters and digits in capitals from the code's beginning on; whatever a letter or a messenger put between them is gone. */
function plainOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[АВЕЗКМНОРСТУХ]/g, (letter) => LOOK_ALIKE[letter] ?? letter);
  return plain.slice(Math.max(0, plain.search(/RPT[1-9IL]/)));
}

/**
 * Reads a code however it was pasted. Fails with `sync.codeForeign` (something else), `sync.codeNewer` (made by a newer
 * version), `sync.codeMistyped` (a character is wrong or missing), or as `serverAddress` does.
 */
export function decodeInvitation(text: string): Result<Invitation> {
  if (text.length > MAX_TEXT) return fail('sync.codeForeign');
  const plain = plainOf(text).replace(/^RPT[IL]/, PREFIX);
  if (plain.length > MAX_CODE || !plain.startsWith('RPT')) return fail('sync.codeForeign');
  if (!plain.startsWith(PREFIX)) return fail(/^RPT[2-9]/.test(plain) ? 'sync.codeNewer' : 'sync.codeMistyped');
  const bytes = fromBase32(plain.slice(PREFIX.length).replaceAll('O', '0').replace(/[IL]/g, '1'));
  if (!bytes || bytes.length < 1 + 2 * ID + 4 + 1) return fail('sync.codeMistyped');
  const body = bytes.subarray(0, -4);
  const crc = bytes.subarray(-4).reduce((sum, byte) => (sum * 256 + byte) % 2 ** 32, 0);
  if (crc !== crc32(body)) return fail('sync.codeMistyped');
  const kind = body[0] as number;
  if (kind > 1) return fail('sync.codeNewer');
  let at = 1 + 2 * ID;
  const workspace = encodeBase64Url(body.subarray(1, 1 + ID));
  const secret = encodeBase64Url(body.subarray(1 + ID, at));
  let key: Invitation['key'];
  if (kind === 1) {
    const epoch = (body[at] as number) * 256 + (body[at + 1] as number);
    const bytesOfKey = body.slice(at + 2, at + 2 + KEY);
    if (bytesOfKey.length !== KEY || epoch < 1 || epoch > LIMITS.keyEpochs) return fail('sync.codeMistyped');
    key = { epoch, bytes: bytesOfKey };
    at += 2 + KEY;
  }
  const server = serverAddress(new TextDecoder().decode(body.subarray(at)));
  if (!server.ok) return server;
  return ok({ server: server.value, workspace, secret, ...(key ? { key } : {}) });
}
