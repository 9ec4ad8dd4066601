/** Destroying a vault at the owner's word (SYNC-REVOKE-1): the key first, so that what is left cannot be opened. */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Overwrites a small file before it is removed. On a drive that writes elsewhere the old bytes may stay for a while. */
function shred(file: string): void {
  try {
    const { size } = statSync(file);
    const handle = openSync(file, 'r+');
    try {
      writeSync(handle, new Uint8Array(size), 0, size, 0);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Removing it is what counts.
  }
  rmSync(file, { force: true });
}

/** Key envelopes of a folder: the vault's own, those set aside, those of backups. */
const keysIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^vault\.key.*\.json$/.test(name) || name.endsWith('.key'))
        .map((name) => join(folder, name))
    : [];

/** Removes every key, then everything else in the vault's folder. The vault must be closed. */
export function destroyVault(folder: string): void {
  for (const key of [...keysIn(folder), ...keysIn(join(folder, 'backups'))]) shred(key);
  rmSync(folder, { recursive: true, force: true });
}
