/** One field edit, acknowledged only when it is on the disk: log, fold, projection, search and outbox in one transaction. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { openVaultService } from '../../electron/vault/service.ts';
import { median, quantile, type Result } from './harness.ts';

const CLIENTS = 10_000;
const EDITS = 1_000;

/** The floor: plain, unencrypted SQLite at the same durability, one log row and one record row per commit. */
function plainFloor(folder: string): (n: number) => number {
  const db = new Database(join(folder, 'plain.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    'CREATE TABLE log (id INTEGER PRIMARY KEY, value TEXT); CREATE TABLE record (id INTEGER PRIMARY KEY, value TEXT)',
  );
  const log = db.prepare('INSERT INTO log (value) VALUES (?)');
  const record = db.prepare('INSERT OR REPLACE INTO record (id, value) VALUES (?, ?)');
  const commit = db.transaction((n: number) => {
    log.run(`edit ${n}`);
    record.run(n % 100, `value ${n}`);
  });
  return (n) => {
    const start = performance.now();
    commit(n);
    return performance.now() - start;
  };
}

export async function durableEdit(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  const vault = openVaultService({ dir: join(folder, 'vault') });
  try {
    await vault.create({ passphrase: 'bench passphrase', recovery: false });
    const changes = Array.from({ length: CLIENTS }, (_, n) => ({
      type: 'organisation',
      record: `organisation-${n}`,
      field: '$new',
      value: {
        name: `Client ${n}`,
        summary: 'A client of many years',
        [`emails/office${n}@example.com`]: { value: `office${n}@example.com`, label: 'work' },
      },
    }));
    await vault.commit({ kind: 'import', changes }, { actor: 'bench' });
    const plain = plainFloor(folder);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let n = 0; n < EDITS; n += 1) {
      const start = performance.now();
      await vault.commit(
        {
          kind: 'edit',
          changes: [
            {
              type: 'organisation',
              record: `organisation-${(n * 7919) % CLIENTS}`,
              field: 'summary',
              value: `Edited ${n}`,
            },
          ],
        },
        { actor: 'bench' },
      );
      ours.push(performance.now() - start);
      floor.push(plain(n));
    }
    const p50 = median(ours);
    return {
      name: 'Durable edit',
      what: `One field of one of ${CLIENTS.toLocaleString('en')} clients, ${EDITS.toLocaleString('en')} times, encrypted, \`synchronous=FULL\`; the floor is plain SQLite FULL with two rows per commit, in turn with ours.`,
      figures: [
        { name: 'p50', value: p50, unit: 'ms' },
        { name: 'p99', value: quantile(ours, 0.99), unit: 'ms' },
        { name: 'plain SQLite FULL p50', value: median(floor), unit: 'ms' },
        { name: 'ours ÷ plain', value: p50 / median(floor), unit: '×' },
      ],
      target: 'p50 ≤ 5 ms',
      reached: p50 <= 5,
    };
  } finally {
    await vault.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
