/**
 * Backups. A backup is an encrypted SQLite file with the vault's own key, and beside it `<name>.key`, a copy of the
 * envelope: with the passphrase or the recovery code it opens on any machine.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppFailure } from '../../shared/result.ts';
import type { BackupInfo } from './api.ts';
import { applyKey, assertNotNewer, type Db, identify, quickCheck } from './database.ts';
import { vaultFailure } from './errors.ts';
import { besides, fsyncFile, replaceFile } from './files.ts';
import { type Envelope, writeEnvelope } from './keys.ts';

export const keyFileOf = (backup: string): string => `${backup}.key`;

interface Counts {
  readonly records: number;
  readonly changes: number;
}
const countsOf = (db: Db): Counts =>
  db
    .prepare('SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM changes) AS changes')
    .get() as Counts;

/**
 * Opens a vault file read-only, checks every page and counts. Throws `vault.wrongKey`, `vault.damaged`, `vault.newer`,
 * `vault.missing`.
 */
export function inspect(file: string, key: Uint8Array): Counts {
  assertNotNewer(identify(file, key, false).version);
  let db: Db | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    applyKey(db, key);
    const problems = quickCheck(db);
    if (problems.length > 0) throw new AppFailure('vault.damaged', undefined, problems[0]);
    return countsOf(db);
  } catch (error) {
    throw vaultFailure(error);
  } finally {
    db?.close();
  }
}

/**
 * Copies an open vault to `target`, checks the copy and only then puts it in place. Throws `vault.diskFull`,
 * `vault.readOnly` or `backup.failed`; what stood at `target` before is untouched then.
 */
export function backupTo(db: Db, key: Uint8Array, envelope: Envelope, target: string): BackupInfo {
  const temporary = besides(target);
  try {
    if (resolve(target) === resolve(db.name)) throw new AppFailure('backup.failed', undefined, 'own file');
    db.prepare('VACUUM INTO ?').run(temporary);
    fsyncFile(temporary);
    const [present, copy] = [countsOf(db), inspect(temporary, key)];
    if (present.records !== copy.records || present.changes !== copy.changes)
      throw new AppFailure('backup.failed', undefined, 'counts differ');
    writeEnvelope(keyFileOf(target), envelope);
    replaceFile(temporary, target);
    return { path: target, bytes: statSync(target).size, ...copy };
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, detail } = vaultFailure(error).error;
    // SQLite cannot open a target whose folder does not exist: that is no read-only disk.
    const known =
      code === 'vault.diskFull' ||
      (code === 'vault.readOnly' && detail !== 'SQLITE_CANTOPEN') ||
      code === 'backup.failed';
    throw known ? vaultFailure(error) : new AppFailure('backup.failed', undefined, detail ?? code);
  }
}

const DAILY = /^rapport-\d{4}-\d{2}-\d{2}\.db$/;

/** Where the backup of a day stands. */
export function dailyBackup(folder: string, day: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `rapport-${day}.db`);
}

/** Removes all but the newest `keep` daily backups. Other files in the folder are left alone. */
export function rotateDaily(folder: string, keep: number): void {
  const old = readdirSync(folder)
    .filter((name) => DAILY.test(name))
    .sort()
    .reverse()
    .slice(Math.max(1, keep));
  for (const name of old) {
    rmSync(join(folder, name), { force: true });
    rmSync(keyFileOf(join(folder, name)), { force: true });
  }
}

/**
 * A checked copy of a backup, ready to take the vault's place: under `key`, and as a new device, because the clock
 * readings given since the backup was made must never be given again. Returns its path.
 */
export function stageRestore(file: string, backupKey: Uint8Array, key: Uint8Array, vaultFile: string): string {
  const staged = besides(vaultFile);
  let db: Db | undefined;
  try {
    copyFileSync(file, staged);
    db = new Database(staged, { fileMustExist: true });
    applyKey(db, backupKey);
    db.pragma('temp_store = MEMORY');
    if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete')
      throw new AppFailure('restore.unreadable', undefined, 'journal mode');
    if (Buffer.compare(backupKey, key) !== 0) db.pragma(`rekey = "x'${Buffer.from(key).toString('hex')}'"`);
    db.prepare(`DELETE FROM meta WHERE key = 'device'`).run();
    db.close();
    fsyncFile(staged);
    inspect(staged, key);
    return staged;
  } catch (error) {
    db?.close();
    rmSync(staged, { force: true });
    throw vaultFailure(error);
  }
}

/** Moves a vault that cannot be opened out of the way, with what belongs to it. Nothing is deleted. Returns its new name. */
export function setAside(vaultFile: string, stamp: string): string {
  const target = `${vaultFile.replace(/\.db$/, '')}.set-aside-${stamp}.db`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (statSync(`${vaultFile}${suffix}`, { throwIfNoEntry: false }))
      replaceFile(`${vaultFile}${suffix}`, `${target}${suffix}`);
  }
  return basename(target);
}
