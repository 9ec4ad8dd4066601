/** The first layout of a vault. */
import type { Migration } from './index.ts';

export const first: Migration = {
  version: 1,
  up: (db) => {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      -- The log. Nothing in it is ever changed or removed.
      CREATE TABLE batches (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, actor TEXT NOT NULL, device TEXT NOT NULL,
        time INTEGER NOT NULL, undoes TEXT, label TEXT
      ) STRICT;
      CREATE INDEX batches_kind ON batches (kind);
      -- value: JSON; base: ids with a space between; remote: 1 when it came from another device.
      CREATE TABLE changes (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, batch INTEGER NOT NULL REFERENCES batches (n), type TEXT NOT NULL,
        record TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, base TEXT NOT NULL, remote INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX changes_record ON changes (record);
      CREATE INDEX changes_batch ON changes (batch);
      CREATE TRIGGER changes_keep BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER changes_fixed BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER batches_keep BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER batches_fixed BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      -- What could not be taken in, with its reason.
      CREATE TABLE quarantine (n INTEGER PRIMARY KEY, id TEXT UNIQUE, reason TEXT NOT NULL, received INTEGER NOT NULL, payload TEXT NOT NULL) STRICT;
      -- Types and fields of a newer app: folded again once this one knows them.
      CREATE TABLE pending (type TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (type, field)) STRICT, WITHOUT ROWID;
      -- How far the log has been sent and received. The outbox is the part of the log behind 'sent' that is not remote.
      CREATE TABLE cursor (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE attachments (hash TEXT PRIMARY KEY, media TEXT NOT NULL, bytes INTEGER NOT NULL, content BLOB NOT NULL) STRICT;

      -- The fold.
      CREATE TABLE records (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, state TEXT NOT NULL, deleted INTEGER NOT NULL,
        changedAt INTEGER NOT NULL, conflicts INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX records_type ON records (type, n);
      CREATE INDEX records_bin ON records (changedAt) WHERE deleted = 1;
      CREATE INDEX records_conflicts ON records (n) WHERE conflicts > 0;

      -- Projections: records outside the bin, in the shape of lists. n is the record's.
      CREATE TABLE organisations (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sortName TEXT NOT NULL, kinds TEXT NOT NULL,
        industry TEXT NOT NULL, city TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, tags TEXT NOT NULL,
        owner TEXT NOT NULL, cadenceDays INTEGER, changedAt INTEGER NOT NULL, conflicts INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE people (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sortName TEXT NOT NULL, phone TEXT NOT NULL,
        email TEXT NOT NULL, city TEXT NOT NULL, tags TEXT NOT NULL, birthday TEXT, cadenceDays INTEGER,
        changedAt INTEGER NOT NULL, conflicts INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE affiliations (
        n INTEGER PRIMARY KEY, person TEXT NOT NULL, organisation TEXT NOT NULL, jobTitle TEXT NOT NULL,
        until TEXT NOT NULL, main INTEGER NOT NULL, changedAt INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX affiliations_person ON affiliations (person);
      CREATE INDEX affiliations_organisation ON affiliations (organisation);
      CREATE TABLE meetings (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, start TEXT NOT NULL, end TEXT, timeZone TEXT NOT NULL,
        place TEXT NOT NULL, organisation TEXT, people TEXT NOT NULL, attendees INTEGER NOT NULL, decisions INTEGER NOT NULL,
        state TEXT NOT NULL, language TEXT NOT NULL, changedAt INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX meetings_start ON meetings (start, n);
      CREATE INDEX meetings_organisation ON meetings (organisation, start, n);
      CREATE TABLE meetingPeople (person TEXT NOT NULL, start TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (person, start, n)) STRICT, WITHOUT ROWID;
      CREATE INDEX meetingPeople_meeting ON meetingPeople (n);
      CREATE TABLE promises (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, text TEXT NOT NULL, side TEXT NOT NULL, ownerPerson TEXT, ownerName TEXT NOT NULL,
        organisation TEXT, meeting TEXT, contract TEXT, due TEXT, status TEXT NOT NULL, visibility TEXT NOT NULL, changedAt INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX promises_organisation ON promises (organisation, status);
      CREATE INDEX promises_owner ON promises (ownerPerson, status);
      CREATE INDEX promises_meeting ON promises (meeting, status);
      CREATE INDEX promises_contract ON promises (contract);
      CREATE TABLE contracts (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, organisation TEXT, start TEXT,
        end TEXT, value TEXT, status TEXT NOT NULL, changedAt INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX contracts_organisation ON contracts (organisation);

      -- Search: text in the form of shared/text/search-key.ts, hence no folding by the tokenizer (it would make й и).
      CREATE VIRTUAL TABLE search USING fts5 (
        title, sound, detail, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4'
      );
      -- Phones and registration numbers, digits only.
      CREATE TABLE numbers (n INTEGER NOT NULL, digits TEXT NOT NULL, PRIMARY KEY (n, digits)) STRICT, WITHOUT ROWID;
    `);
  },
};
