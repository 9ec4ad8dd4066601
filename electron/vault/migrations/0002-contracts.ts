/** Contracts carry their wording, promises their rules; calendars of one's own. */
import type { Migration } from './index.ts';

export const contracts: Migration = {
  version: 2,
  up: (db) => {
    db.exec(`
      ALTER TABLE promises ADD COLUMN more TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE contracts ADD COLUMN owner TEXT NOT NULL DEFAULT '';
      ALTER TABLE contracts ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE contracts ADD COLUMN wording TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE contracts ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE calendars (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, country TEXT NOT NULL, year INTEGER NOT NULL, days TEXT NOT NULL,
        source TEXT NOT NULL, changedAt INTEGER NOT NULL
      ) STRICT;
      -- The rows of these types are made anew from the log when the vault is opened, as after meeting a newer app.
      INSERT OR IGNORE INTO pending SELECT DISTINCT type, 'source' FROM records WHERE type = 'contract';
      INSERT OR IGNORE INTO pending SELECT DISTINCT type, 'text' FROM records WHERE type = 'promise';
    `);
  },
};
