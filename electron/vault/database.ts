/** Opening the encrypted file: cipher, durability, checks. The only place that knows SQLite's settings. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppFailure } from '../../shared/result.ts';
import { vaultFailure } from './errors.ts';
import { LATEST_VERSION } from './migrations/index.ts';

/** 'Rapp' in ASCII: marks the file as a vault, once decrypted. */
export const APPLICATION_ID = 0x52617070;
export const KEY_BYTES = 32;
const PLAIN_HEADER = 'SQLite format 3\u0000';
/** How long a lock of another process is waited for, in milliseconds: one that is just closing lets go in this time. */
const BUSY_MILLIS = 1500;

export type Db = Database.Database;
export type Statement = Database.Statement;

/** Statements of a connection, each prepared once. */
export class Statements {
  readonly #db: Db;
  readonly #prepared = new Map<string, Statement>();

  constructor(db: Db) {
    this.#db = db;
  }

  of(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** Unlocks a fresh connection. Must come before anything else is asked of it. */
export function applyKey(db: Db, key: Uint8Array): void {
  if (key.length !== KEY_BYTES) throw new AppFailure('vault.wrongKey', undefined, 'length');
  // chacha20 costs 1.05 of plain SQLite on durable commits, sqlcipher 1.55. A raw key: there is nothing to stretch.
  db.pragma(`cipher = 'chacha20'`);
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
}

/** Settings of a connection that writes. Throws when the disk would not be told to keep what it acknowledged. */
export function configure(db: Db): void {
  db.pragma('locking_mode = EXCLUSIVE');
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
    throw new AppFailure('vault.failed', undefined, 'journal mode');
  // The driver's own default, NORMAL, loses acknowledged commits when the power fails.
  db.pragma('synchronous = FULL');
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new AppFailure('vault.failed', undefined, 'synchronous');
  db.pragma('fullfsync = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  // Temporary tables and sorting would otherwise reach the disk in plain text.
  db.pragma('temp_store = MEMORY');
  // Kibibytes of decrypted pages. A larger cache makes neither imports nor first syncs faster, only the process larger.
  db.pragma('cache_size = -32000');
  // Checkpoints are made in quiet moments (see the service); this is the bound for a long busy one, in pages. A first
  // sync of some ten thousand records stays below it.
  db.pragma('wal_autocheckpoint = 16000');
  db.pragma('journal_size_limit = 67108864');
  // In exclusive mode the lock is held from here on: two processes with one clock would give two changes one id.
  db.exec('BEGIN IMMEDIATE; COMMIT');
}

/** Refuses a file that was written without encryption. */
export function assertEncrypted(file: string): void {
  const fd = openSync(file, 'r');
  try {
    const head = Buffer.alloc(16);
    readSync(fd, head, 0, 16, 0);
    if (head.toString('latin1') === PLAIN_HEADER) throw new AppFailure('vault.failed', undefined, 'not encrypted');
  } finally {
    closeSync(fd);
  }
}

/** Problems that SQLite finds in the pages of all tables or one, as short technical names; empty when there are none. */
export function quickCheck(db: Db, table?: string): readonly string[] {
  try {
    const rows = db.pragma(table === undefined ? 'quick_check(5)' : `quick_check('${table}')`) as readonly {
      quick_check: string;
    }[];
    return rows
      .map((row) => row.quick_check)
      .filter((text) => text !== 'ok')
      .map((text) => text.slice(0, 120));
  } catch (error) {
    return [vaultFailure(error).error.detail ?? 'unreadable'];
  }
}

interface Identity {
  /** Undefined when a full disk left no room for the index that a reader of an interrupted session needs. */
  readonly version: number | undefined;
}

/**
 * Reads who the file belongs to without writing a byte to it. `keyProven` tells a wrong key from damage: both look
 * alike from outside.
 */
export function identify(file: string, key: Uint8Array, keyProven: boolean): Identity {
  if (!existsSync(file)) throw new AppFailure('vault.missing');
  let db: Db | undefined;
  try {
    // A reader leaves its index files beside a database in WAL mode, an exclusive connection removes what it made. But
    // where there is a log of an interrupted session, closing anything but a reader would fold it into the file.
    const interrupted = existsSync(`${file}-wal`) || existsSync(`${file}-journal`);
    db = new Database(file, { readonly: interrupted, fileMustExist: true, timeout: BUSY_MILLIS });
    applyKey(db, key);
    if (!interrupted) db.pragma('locking_mode = EXCLUSIVE');
    const version = db.pragma('user_version', { simple: true }) as number;
    const application = db.pragma('application_id', { simple: true }) as number;
    if (application !== APPLICATION_ID) throw new AppFailure('vault.damaged', undefined, 'application id');
    return { version };
  } catch (error) {
    const failure = vaultFailure(error);
    if (failure.error.detail === 'SQLITE_NOTADB' && !keyProven) throw new AppFailure('vault.wrongKey');
    if (failure.error.detail?.startsWith('SQLITE_IOERR_SHM')) return { version: undefined };
    throw failure;
  } finally {
    db?.close();
  }
}

/** Refuses a layout of a newer app. */
export function assertNotNewer(version: number | undefined): void {
  if (version !== undefined && version > LATEST_VERSION)
    throw new AppFailure('vault.newer', { version, known: LATEST_VERSION });
}

/** Makes an empty encrypted database without layout. The file must not exist. */
export function createDatabase(file: string, key: Uint8Array): Db {
  if (existsSync(file)) throw new AppFailure('vault.exists');
  let db: Db | undefined;
  try {
    db = new Database(file, { timeout: BUSY_MILLIS });
    applyKey(db, key);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    configure(db);
    return db;
  } catch (error) {
    db?.close();
    throw vaultFailure(error);
  }
}

/**
 * Opens an existing file for writing, checked from its first to its last page. Throws `vault.missing`,
 * `vault.wrongKey`, `vault.damaged`, `vault.newer`, `vault.readOnly`, `vault.busy`; a file that is refused has not been
 * written to.
 */
export function openDatabase(
  file: string,
  key: Uint8Array,
  options: { readonly keyProven: boolean; readonly check?: boolean },
): Db {
  if (!existsSync(file)) throw new AppFailure('vault.missing');
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new AppFailure('vault.readOnly');
  }
  assertNotNewer(identify(file, key, options.keyProven).version);
  assertEncrypted(file);
  let db: Db | undefined;
  try {
    db = new Database(file, { fileMustExist: true, timeout: BUSY_MILLIS });
    applyKey(db, key);
    configure(db);
    assertNotNewer(db.pragma('user_version', { simple: true }) as number);
    if (options.check !== false) {
      const problems = quickCheck(db);
      if (problems.length > 0) throw new AppFailure('vault.damaged', undefined, problems[0]);
    }
    return db;
  } catch (error) {
    db?.close();
    throw vaultFailure(error);
  }
}
