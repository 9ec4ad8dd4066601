/**
 * The vault's key and its envelope, `vault.key.json`: 32 random bytes, wrapped by the operating system's keychain, a
 * passphrase (argon2id) and a recovery code, each on its own and each enough. The envelope holds no secret that opens
 * the vault by itself. `check` tells whether an unwrapped key is the right one, so that damage of the vault is not
 * mistaken for a wrong key.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { AppFailure } from '../../shared/result.ts';
import type { Keychain } from './api.ts';
import { KEY_BYTES } from './database.ts';
import { vaultFailure } from './errors.ts';
import { writeFileAtomic } from './files.ts';
import { parseRecoveryCode } from './recovery-code.ts';

/** 64 MiB, three passes: above OWASP's minimum (19 MiB, two) and about a fifth of a second on a small laptop. */
export const ARGON = { m: 65_536, t: 3, p: 1 } as const;

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)
  .max(10_000);
const wrapSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain'), backend: z.string().max(100), blob: base64 }),
  z.object({
    kind: z.literal('passphrase'),
    kdf: z.literal('argon2id'),
    // Bounds, so that a forged envelope cannot take all the memory.
    m: z.number().int().min(8192).max(1_048_576),
    t: z.number().int().min(1).max(20),
    p: z.number().int().min(1).max(8),
    salt: base64,
    nonce: base64,
    blob: base64,
  }),
  z.object({ kind: z.literal('recovery'), kdf: z.literal('hkdf-sha256'), salt: base64, nonce: base64, blob: base64 }),
]);
const envelopeSchema = z.object({ version: z.literal(1), check: base64, wraps: z.array(wrapSchema).max(20) });

export type Wrap = z.infer<typeof wrapSchema>;
export type Envelope = z.infer<typeof envelopeSchema>;

export const newKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));
const checkOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('rapport vault key').digest().subarray(0, 16).toString('base64');

/** True when the key is the one the envelope was made for. */
export function keyFits(envelope: Envelope, key: Uint8Array): boolean {
  const left = Buffer.from(envelope.check);
  const right = Buffer.from(checkOf(key));
  return left.length === right.length && timingSafeEqual(left, right);
}

export const emptyEnvelope = (key: Uint8Array): Envelope => ({ version: 1, check: checkOf(key), wraps: [] });
export const hasWrap = (envelope: Envelope, kind: Wrap['kind']): boolean =>
  envelope.wraps.some((wrap) => wrap.kind === kind);

function seal(wrapping: Uint8Array, key: Uint8Array, kind: Wrap['kind']): { nonce: string; blob: string } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(`rapport ${kind}`));
  const blob = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), blob: blob.toString('base64') };
}

function unseal(
  wrapping: Uint8Array,
  wrap: { readonly kind: Wrap['kind']; readonly nonce: string; readonly blob: string },
): Uint8Array | null {
  try {
    const sealed = Buffer.from(wrap.blob, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(wrap.nonce, 'base64')).setAAD(
      Buffer.from(`rapport ${wrap.kind}`),
    );
    decipher.setAuthTag(sealed.subarray(-16));
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]));
  } catch {
    return null;
  }
}

/** A key from a passphrase (argon2id), 32 bytes. */
export async function stretch(
  passphrase: string,
  salt: Uint8Array,
  { m, t, p }: { readonly m: number; readonly t: number; readonly p: number },
): Promise<Uint8Array> {
  // Composed form: the same passphrase typed on another system gives the same bytes.
  return argon2id({
    password: passphrase.normalize('NFC'),
    salt,
    memorySize: m,
    iterations: t,
    parallelism: p,
    hashLength: 32,
    outputType: 'binary',
  });
}
const fromRecovery = (code: string, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', code, salt, 'rapport recovery', 32));

const replacing = (envelope: Envelope, wrap: Wrap): Envelope => ({
  ...envelope,
  wraps: [...envelope.wraps.filter(({ kind }) => kind !== wrap.kind), wrap],
});

/** The envelope with this passphrase instead of the previous one. */
export async function withPassphrase(envelope: Envelope, key: Uint8Array, passphrase: string): Promise<Envelope> {
  const salt = randomBytes(16);
  const sealed = seal(await stretch(passphrase, salt, ARGON), key, 'passphrase');
  return replacing(envelope, {
    kind: 'passphrase',
    kdf: 'argon2id',
    ...ARGON,
    salt: salt.toString('base64'),
    ...sealed,
  });
}

/** The envelope with this recovery code instead of the previous one. */
export function withRecovery(envelope: Envelope, key: Uint8Array, code: string): Envelope {
  const body = parseRecoveryCode(code);
  if (!body) throw new AppFailure('vault.failed', undefined, 'recovery code');
  const salt = randomBytes(16);
  return replacing(envelope, {
    kind: 'recovery',
    kdf: 'hkdf-sha256',
    salt: salt.toString('base64'),
    ...seal(fromRecovery(body, salt), key, 'recovery'),
  });
}

/** The envelope with the key in this keychain. */
export async function withKeychain(envelope: Envelope, key: Uint8Array, keychain: Keychain): Promise<Envelope> {
  const blob = await keychain.encrypt(Buffer.from(key).toString('hex'));
  return replacing(envelope, {
    kind: 'keychain',
    backend: keychain.backend,
    blob: Buffer.from(blob).toString('base64'),
  });
}

async function fromKeychain(envelope: Envelope, keychain: Keychain): Promise<Uint8Array> {
  const wrap = envelope.wraps.find((one) => one.kind === 'keychain');
  if (!wrap) throw new AppFailure('vault.passphraseNeeded');
  if (wrap.backend !== keychain.backend)
    throw new AppFailure('vault.keychainChanged', { was: wrap.backend, now: keychain.backend });
  let plain: string;
  try {
    plain = await keychain.decrypt(new Uint8Array(Buffer.from(wrap.blob, 'base64')));
  } catch {
    throw new AppFailure('vault.keychainChanged', { was: wrap.backend, now: keychain.backend }, 'decrypt');
  }
  const key = new Uint8Array(Buffer.from(plain, 'hex'));
  if (key.length !== KEY_BYTES || !keyFits(envelope, key))
    throw new AppFailure('vault.keychainChanged', { was: wrap.backend, now: keychain.backend }, 'check');
  return key;
}

async function fromSecret(envelope: Envelope, secret: string): Promise<Uint8Array> {
  const code = parseRecoveryCode(secret);
  for (const wrap of envelope.wraps) {
    let key: Uint8Array | null = null;
    if (wrap.kind === 'recovery' && code) key = unseal(fromRecovery(code, Buffer.from(wrap.salt, 'base64')), wrap);
    if (wrap.kind === 'passphrase') key = unseal(await stretch(secret, Buffer.from(wrap.salt, 'base64'), wrap), wrap);
    if (key && keyFits(envelope, key)) return key;
  }
  throw new AppFailure('vault.wrongPassphrase');
}

/**
 * The vault's key, by the secret when one is given, else by the keychain. Throws `vault.wrongPassphrase`,
 * `vault.passphraseNeeded`, `vault.keychainChanged`.
 */
export async function unwrapKey(
  envelope: Envelope,
  sources: { readonly secret?: string; readonly keychain?: Keychain },
): Promise<Uint8Array> {
  if (sources.secret !== undefined) return fromSecret(envelope, sources.secret);
  if (sources.keychain) return fromKeychain(envelope, sources.keychain);
  if (hasWrap(envelope, 'passphrase') || hasWrap(envelope, 'recovery')) throw new AppFailure('vault.passphraseNeeded');
  throw new AppFailure('vault.keychainChanged', { was: 'keychain', now: 'none' });
}

/** Reads an envelope; undefined when there is no file. Throws `vault.keyDamaged` when it cannot be understood. */
export function readEnvelope(file: string): Envelope | undefined {
  if (!existsSync(file)) return undefined;
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw vaultFailure(error);
  }
  try {
    return envelopeSchema.parse(JSON.parse(content));
  } catch {
    throw new AppFailure('vault.keyDamaged');
  }
}

/** Writes an envelope, readable by its owner only, whole or not at all. */
export function writeEnvelope(file: string, envelope: Envelope): void {
  try {
    writeFileAtomic(file, `${JSON.stringify(envelope, null, 2)}\n`);
  } catch (error) {
    throw vaultFailure(error);
  }
}
