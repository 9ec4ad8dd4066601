/**
 * One process at a time makes a vault in a folder, and removes it again when that came to nothing. The claim is the lock
 * of an empty database: the system gives it up when its process ends, however that ends.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppFailure } from '../../shared/result.ts';
import { vaultFailure } from './errors.ts';

export interface Claim {
  readonly release: () => void;
}

const NAME = 'vault.claim';
/** How long another claim is waited for, in milliseconds; as long as for the lock of an open vault. */
const PATIENCE = 1500;
/** Files that were taken away while they were waited for, one after another. */
const ATTEMPTS = 20;

/** Claims of this process by folder: whoever holds one may make a vault under it. */
const held = new Map<string, { count: number; readonly end: () => void }>();

/** Names the file at a path; '' when there is none. */
function inode(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : '';
}

/** Null when the file was taken away by its last holder before the lock on it was ours. */
function lock(file: string): (() => void) | null {
  const db = new Database(file, { timeout: PATIENCE });
  try {
    const opened = inode(file);
    db.exec('BEGIN EXCLUSIVE');
    if (opened === '' || inode(file) !== opened) {
      db.close();
      return null;
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return () => {
    const remove = (): boolean => {
      try {
        rmSync(file, { force: true });
        return true;
      } catch {
        return false;
      }
    };
    // Removed before it is let go, so that whoever waits for it finds it gone. Windows lets go first.
    const removed = remove();
    db.close();
    if (!removed) remove();
  };
}

/**
 * Claims a folder, which is made when it is missing. Waits a moment for another process; throws `vault.busy` when that
 * holds on to it. Within a process claims of one folder are one.
 */
export function claimFolder(dir: string): Claim {
  const folder = resolve(dir);
  let claim = held.get(folder);
  for (let attempt = 1; !claim; attempt += 1) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const end = lock(join(folder, NAME));
      if (end) claim = { count: 0, end };
    } catch (error) {
      // The last holder took the folder away just now.
      if (attempt >= ATTEMPTS || inode(folder) !== '') throw vaultFailure(error);
    }
    if (!claim && attempt >= ATTEMPTS) throw new AppFailure('vault.busy');
  }
  held.set(folder, claim);
  claim.count += 1;
  const mine = claim;
  let released = false;
  return {
    release: () => {
      if (released) return;
      released = true;
      mine.count -= 1;
      if (mine.count > 0) return;
      held.delete(folder);
      mine.end();
    },
  };
}
