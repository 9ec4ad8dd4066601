import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../../../electron/vault/database.ts';
import {
  checkMigrations,
  LATEST_VERSION,
  type Migration,
  migrate,
  MIGRATIONS,
} from '../../../electron/vault/migrations/index.ts';
import { Vault } from '../../../electron/vault/vault.ts';
import { codeOf, folder, KEY, later, make, ME } from './support.ts';

const empty = () => {
  const db = createDatabase(join(folder(), 'vault.db'), KEY);
  later(() => db.close());
  return db;
};

describe('migrations', () => {
  it('are numbered without gaps', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(Array.from({ length: LATEST_VERSION }, (_, i) => i + 1));
    expect(() => checkMigrations([{ version: 2, up: () => undefined }])).toThrow('stands at place 1');
  });

  it('0001 makes the tables of the first layout', () => {
    const db = empty();
    migrate(db, MIGRATIONS.slice(0, 1));
    const tables = (
      db
        .prepare(
          `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
        )
        .all() as { name: string }[]
    ).map(({ name }) => name);
    expect(tables).toEqual([
      'affiliations',
      'attachments',
      'batches',
      'changes',
      'contracts',
      'cursor',
      'meetingPeople',
      'meetings',
      'meta',
      'numbers',
      'organisations',
      'pending',
      'people',
      'promises',
      'quarantine',
      'records',
      'search',
    ]);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
  });

  it('are applied once, and all or none', () => {
    const db = empty();
    let runs = 0;
    const second: Migration = { version: 2, up: () => void (runs += 1) };
    const broken: Migration = {
      version: 3,
      up: (target) => {
        target.exec('CREATE TABLE half (a)');
        throw new Error('half-way');
      },
    };
    expect(() => migrate(db, [...MIGRATIONS.slice(0, 1), second, broken])).toThrow('half-way');
    expect(db.pragma('user_version', { simple: true })).toBe(0);
    expect(db.prepare(`SELECT count(*) AS count FROM sqlite_schema`).get()).toEqual({ count: 0 });
    migrate(db, [...MIGRATIONS.slice(0, 1), second]);
    migrate(db, [...MIGRATIONS.slice(0, 1), second]);
    expect(runs).toBe(2);
    expect(db.pragma('user_version', { simple: true })).toBe(2);
  });

  it('0002 makes the rows of contracts and promises anew from the log of an older vault', () => {
    const file = join(folder(), 'vault.db');
    const older = Vault.create({ file, key: KEY });
    older.commit(
      {
        kind: 'edit',
        changes: [
          make('contract', 'c', { title: 'Аренда', start: '2024-08-29', term: { months: 12 }, owner: 'Анна' }),
          make('promise', 'p', { text: 'Отчёт', contract: 'c', penalty: '0,1 %', kind: 'report' }),
        ],
      },
      ME,
    );
    const before = {
      contracts: older.fill({ table: 'contracts', limit: 10 }).rows,
      promises: older.fill({ table: 'promises', limit: 10 }).rows,
    };
    // Back to the layout before: its tables had none of the new columns.
    for (const table of ['owner', 'tags', 'wording', 'conflicts'])
      older.db.exec(`ALTER TABLE contracts DROP COLUMN ${table}`);
    older.db.exec(
      'ALTER TABLE promises DROP COLUMN more; DROP TABLE calendars; DROP TABLE attached; DROP TABLE attachmentParts; DROP TABLE unindexed; ALTER TABLE affiliations DROP COLUMN id; PRAGMA user_version = 1',
    );
    older.close();
    const vault = Vault.open({ file, key: KEY });
    expect(vault.fill({ table: 'contracts', limit: 10 }).rows).toEqual(before.contracts);
    expect(vault.fill({ table: 'promises', limit: 10 }).rows).toEqual(before.promises);
    expect(before.contracts).toMatchObject([
      { owner: 'Анна', wording: { start: '2024-08-29', term: { months: 12 } }, conflicts: 0 },
    ]);
    vault.close();
  });

  it('0003 finds the contents that records of an older vault name', () => {
    const file = join(folder(), 'vault.db');
    const older = Vault.create({ file, key: KEY });
    const { hash, bytes } = older.keepAttachment(Buffer.from('договор'));
    const attached = { name: 'договор.pdf', hash, bytes, order: 1 };
    older.commit(
      {
        kind: 'edit',
        changes: [
          make('contract', 'c', { title: 'Аренда', 'attachments/a': attached }),
          make('organisation', 'o', { name: 'Ромашка' }),
          make('meeting', 'm', { title: 'Встреча', 'attachments/a': { ...attached, hash: 'f'.repeat(64) } }),
        ],
      },
      ME,
    );
    older.db.exec(
      'DROP TABLE attached; DROP TABLE attachmentParts; DROP TABLE unindexed; ALTER TABLE affiliations DROP COLUMN id; PRAGMA user_version = 2',
    );
    older.close();
    const vault = Vault.open({ file, key: KEY });
    expect(vault.blobDisk().wanted()).toEqual(
      [
        { hash, bytes },
        { hash: 'f'.repeat(64), bytes },
      ].toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
    );
    vault.close();
  });

  it('0004 gives every job of an older vault its id, by which one of two is chosen', () => {
    const file = join(folder(), 'vault.db');
    const older = Vault.create({ file, key: KEY });
    const job = (id: string, jobTitle: string) => make('affiliation', id, { person: 'p', organisation: 'o', jobTitle });
    older.commit(
      {
        kind: 'edit',
        changes: [
          make('person', 'p', { name: { family: 'Ёлкин' } }),
          job('b', 'Механик'),
          job('a', 'Технолог'),
          job('c', 'Инженер'),
        ],
      },
      ME,
    );
    older.db.exec('DROP TABLE unindexed; ALTER TABLE affiliations DROP COLUMN id; PRAGMA user_version = 3');
    older.close();
    const vault = Vault.open({ file, key: KEY });
    expect(vault.fill({ table: 'people', limit: 10 }).rows).toMatchObject([{ jobTitle: 'Технолог' }]);
    vault.close();
  });

  it('do not start on an existing vault when the backup before them fails', () => {
    const file = join(folder(), 'vault.db');
    const vault = Vault.create({ file, key: KEY });
    vault.commit({ kind: 'edit', changes: [make('organisation', 'o', { name: 'x' })] }, ME);
    // A vault of the layout before the first, as far as its number tells.
    vault.db.pragma('user_version = 0');
    vault.close();
    const refusing = (): never => {
      throw new Error('no room');
    };
    expect(codeOf(() => Vault.open({ file, key: KEY, beforeUpgrade: refusing }))).toBe('vault.failed');
    const asked: number[] = [];
    expect(codeOf(() => Vault.open({ file, key: KEY, beforeUpgrade: (_, version) => void asked.push(version) }))).toBe(
      'vault.failed',
    );
    expect(asked).toEqual([0]);
    expect(existsSync(file)).toBe(true);
  });
});
