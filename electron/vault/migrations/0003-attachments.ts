/** Which contents records name, and chunks of contents on their way. */
import type { Migration } from './index.ts';

export const attachments: Migration = {
  version: 3,
  up: (db) => {
    db.exec(`
      -- A projection: contents named by records outside the bin. n is the record's.
      CREATE TABLE attached (
        n INTEGER NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (n, hash)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX attached_hash ON attached (hash, bytes);
      -- Chunks of contents that have come from the server and are not complete yet. parts: how many there should be.
      CREATE TABLE attachmentParts (
        hash TEXT NOT NULL, chunk INTEGER NOT NULL, parts INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (hash, chunk)
      ) STRICT;
      -- Rows of records that have attachments are made anew from the log when the vault is opened.
      INSERT OR IGNORE INTO pending SELECT DISTINCT type, 'attachments' FROM records
        WHERE type IN ('organisation', 'meeting', 'contract') AND state LIKE '%"attachments/%';
    `);
  },
};
