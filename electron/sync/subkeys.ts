/** Keys made from the workspace's keys, and sealing with them (docs/sync.md, SYNC-SEAL). */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

export const NONCE = 12;
export const TAG = 16;

/** A key that is used often: prepared once, it costs a sixth of raw bytes in an HMAC and half in a cipher. */
export const prepared = (key: Uint8Array): KeyObject => createSecretKey(key);

export const toText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
export const toBytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** HKDF-SHA-256, 32 bytes; the parts of the info are joined by NUL. */
export function subkey(key: Uint8Array, workspace: string, ...info: readonly string[]): Buffer {
  return Buffer.from(hkdfSync('sha256', key, workspace, info.join('\0'), 32));
}

/** HMAC-SHA-256, cut to 16 bytes; the parts are joined by NUL. */
export function shortMac(key: Uint8Array | KeyObject, ...parts: readonly string[]): string {
  return createHmac('sha256', key).update(parts.join('\0')).digest().subarray(0, 16).toString('base64url');
}

/** nonce ‖ ciphertext ‖ tag of AES-256-GCM. */
export function seal(key: Uint8Array | KeyObject, plain: Uint8Array, associated: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associated));
  const body = cipher.update(plain);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** Null when the box was not sealed with this key for this place, or is damaged. */
export function unseal(key: Uint8Array | KeyObject, box: Uint8Array, associated: string): Buffer | null {
  if (box.length < NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE)).setAAD(Buffer.from(associated));
    decipher.setAuthTag(box.subarray(-TAG));
    const body = decipher.update(box.subarray(NONCE, -TAG));
    // In this mode the end adds nothing; it is where the tag is checked.
    decipher.final();
    return body;
  } catch {
    return null;
  }
}
