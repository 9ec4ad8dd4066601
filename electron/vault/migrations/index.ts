/** The layouts of a vault, oldest first. A released migration is never edited; a new layout is a new file with its test. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { first } from './0001-first.ts';
import { contracts } from './0002-contracts.ts';
import { attachments } from './0003-attachments.ts';
import { elsewhere } from './0004-elsewhere.ts';
import { flatStates } from './0005-flat-states.ts';

export interface Migration {
  /** The layout's number, which is what `user_version` says afterwards. */
  readonly version: number;
  /** Brings the previous layout to this one. Runs inside a transaction. */
  readonly up: (db: Database.Database) => void;
}

export const MIGRATIONS: readonly Migration[] = [first, contracts, attachments, elsewhere, flatStates];

/** Throws unless the versions are 1, 2, 3, … */
export function checkMigrations(migrations: readonly Migration[]): void {
  migrations.forEach(({ version }, i) => {
    if (version !== i + 1) throw new Error(`migration ${version} stands at place ${i + 1}`);
  });
}
checkMigrations(MIGRATIONS);

/** The layout this app writes. */
export const LATEST_VERSION = MIGRATIONS.length;

/** Applies what is missing, in one transaction: either every step or none. */
export function migrate(db: Database.Database, migrations: readonly Migration[] = MIGRATIONS): void {
  checkMigrations(migrations);
  db.transaction(() => {
    const from = db.pragma('user_version', { simple: true }) as number;
    for (const { version, up } of migrations) {
      if (version <= from) continue;
      up(db);
      db.pragma(`user_version = ${version}`);
    }
  }).immediate();
}
