/** Restoring a backup: which key opens it, under which key it goes on, and the exchange of the files. */
import { existsSync, rmSync } from 'node:fs';
import { AppFailure } from '../../shared/result.ts';
import type { Keychain } from './api.ts';
import { inspect, keyFileOf, setAside } from './backup.ts';
import { vaultFailure } from './errors.ts';
import { replaceFile } from './files.ts';
import type { VaultFolder } from './folder.ts';
import { type Envelope, keyFits, readEnvelope, unwrapKey, writeEnvelope } from './keys.ts';

export interface KeySources {
  readonly secret?: string;
  readonly keychain?: Keychain;
}
export interface RestorePlan {
  /** Opens the backup. */
  readonly backupKey: Uint8Array;
  /** The vault's key afterwards, with its envelope. */
  readonly key: Uint8Array;
  readonly envelope: Envelope;
  /** True when the vault has no usable key of its own, so that the backup's envelope becomes the vault's. */
  readonly adopts: boolean;
}

/** The key by the secret, else by the keychain. Throws what the secret was refused with. */
async function anyKey(envelope: Envelope, sources: KeySources): Promise<Uint8Array> {
  try {
    return await unwrapKey(envelope, sources);
  } catch (error) {
    if (sources.secret === undefined || !sources.keychain) throw error;
    return unwrapKey(envelope, { keychain: sources.keychain }).catch(() => {
      throw error;
    });
  }
}

/** An envelope, or undefined when there is none that can be read. */
function readable(file: string): Envelope | undefined {
  try {
    return readEnvelope(file);
  } catch {
    return undefined;
  }
}

/** The first of the keys that opens the backup. */
function opening(
  file: string,
  keys: readonly Uint8Array[],
  refused: AppFailure | undefined,
  secretGiven: boolean,
): Uint8Array {
  for (const key of keys) {
    try {
      inspect(file, key);
      return key;
    } catch (error) {
      const { code } = vaultFailure(error).error;
      if (code === 'vault.wrongKey') continue;
      throw code === 'vault.newer' ? error : new AppFailure('restore.unreadable', undefined, code);
    }
  }
  if (!existsSync(file)) throw new AppFailure('restore.unreadable', undefined, 'missing');
  if (refused && secretGiven) throw refused;
  if (refused) throw new AppFailure('restore.secretNeeded');
  throw new AppFailure('restore.unreadable');
}

/**
 * Finds the keys and checks the whole backup. The vault keeps its own key; only where it has none that can be used, the
 * backup's is adopted. Throws `restore.unreadable`, `restore.secretNeeded`, `vault.wrongPassphrase`, `vault.newer`.
 */
export async function planRestore(
  folder: VaultFolder,
  file: string,
  openKey: Uint8Array | undefined,
  sources: KeySources,
): Promise<RestorePlan> {
  const own = readable(folder.keyFile);
  const theirs = readable(keyFileOf(file));
  const present = openKey?.slice() ?? (own && (await anyKey(own, sources).catch(() => undefined)));
  const candidates: Uint8Array[] = present ? [present] : [];
  let refused: AppFailure | undefined;
  if (theirs && !(present && keyFits(theirs, present))) {
    try {
      candidates.push(await anyKey(theirs, sources));
    } catch (error) {
      refused = vaultFailure(error);
    }
  }
  const backupKey = opening(file, candidates, refused, sources.secret !== undefined);
  if (present && own) return { backupKey, key: present, envelope: own, adopts: false };
  if (!theirs) throw new AppFailure('restore.secretNeeded');
  return { backupKey, key: backupKey, envelope: theirs, adopts: true };
}

/**
 * Puts a staged copy in the vault's place. The vault must be closed and backed up, or `unusable`: then it is set aside.
 * Interrupted at any moment, the next opening finds the old vault or the new one.
 */
export function exchange(
  folder: VaultFolder,
  staged: string,
  { envelope, adopts }: RestorePlan,
  unusable: boolean,
): void {
  if (unusable && existsSync(folder.file)) setAside(folder.file, folder.stamp());
  for (const suffix of ['-wal', '-shm']) rmSync(`${folder.file}${suffix}`, { force: true });
  if (!adopts) {
    replaceFile(staged, folder.file);
    return;
  }
  replaceFile(staged, folder.newFile);
  folder.keepOldKey();
  writeEnvelope(folder.keyFile, envelope);
  replaceFile(folder.newFile, folder.file);
}
