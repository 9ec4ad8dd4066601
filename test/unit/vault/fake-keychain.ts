/** A keychain that xors: enough to tell one machine's from another's. */
import type { Keychain } from '../../../electron/vault/api.ts';

export function fakeKeychain(backend: string, secret = 42): Keychain {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ secret);
  return {
    backend,
    encrypt: async (plain) => turn(new TextEncoder().encode(plain)),
    decrypt: async (sealed) => new TextDecoder('utf-8', { fatal: true }).decode(turn(sealed)),
  };
}
