/** The operating system's keychain through safeStorage, or nothing when it would only hide the key behind a fixed one. */
import { safeStorage } from 'electron';

export interface Keychain {
  /** Which keychain keeps the key, recorded beside it so that a change is noticed. */
  readonly backend: string;
  readonly encrypt: (plain: string) => Promise<Uint8Array>;
  readonly decrypt: (sealed: Uint8Array) => Promise<string>;
}

/** Linux's `basic_text` encrypts with a key that everyone knows: it counts as no keychain, and a passphrase is asked for. */
export async function findKeychain(): Promise<Keychain | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined;
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
  if (backend === 'basic_text' || backend === 'unknown') return undefined;
  return {
    backend,
    encrypt: async (plain) => new Uint8Array(await safeStorage.encryptStringAsync(plain)),
    decrypt: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  };
}
