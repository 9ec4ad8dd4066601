/** For what comes from elsewhere: search entries may follow, and the order of arrival decides nothing that is shown. */
import type { Migration } from './index.ts';

export const elsewhere: Migration = {
  version: 4,
  up: (db) => {
    db.exec(`
      -- Numbers of records that wait for their search entry; fresh: 1 when there is none of them yet.
      CREATE TABLE unindexed (n INTEGER PRIMARY KEY, fresh INTEGER NOT NULL) STRICT;
      -- Which of two jobs is shown that are alike in everything else: numbers differ from device to device, ids do not.
      ALTER TABLE affiliations ADD COLUMN id TEXT NOT NULL DEFAULT '';
      UPDATE affiliations SET id = (SELECT id FROM records r WHERE r.n = affiliations.n);
    `);
  },
};
