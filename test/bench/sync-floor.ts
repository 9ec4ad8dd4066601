/**
 * The floor of a first sync, in a process of its own: the rows that a device holds after it, written into an empty vault by
 * SQLite alone. They are read before the clock starts; nothing is fetched, opened, checked, folded or compared. One JSON
 * line on standard output.
 */
import { join } from 'node:path';
import { createDatabase, openDatabase } from '../../electron/vault/database.ts';
import { VaultFolder } from '../../electron/vault/folder.ts';
import { newKey, readEnvelope, unwrapKey } from '../../electron/vault/keys.ts';
import { migrate } from '../../electron/vault/migrations/index.ts';

const { dir, secret, parts } = JSON.parse(process.argv[2] ?? '') as { dir: string; secret: string; parts: number };
const TABLES = ['batches', 'changes', 'records', 'organisations', 'promises'] as const;

const folder = new VaultFolder(dir, Date.now);
const envelope = readEnvelope(folder.keyFile);
if (!envelope) throw new Error('no key');
const from = openDatabase(folder.file, await unwrapKey(envelope, { secret }), { keyProven: true });
const rows = new Map(TABLES.map((table) => [table, from.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][]]));
from.close();

const to = createDatabase(join(dir, 'floor.db'), newKey());
migrate(to);
const inserts = TABLES.map((table) => {
  const all = rows.get(table) ?? [];
  const places = (all[0] ?? []).map(() => '?').join(',');
  return { all, insert: to.prepare(`INSERT INTO ${table} VALUES (${places})`) };
});
const start = performance.now();
for (let part = 0; part < parts; part += 1)
  to.transaction(() => {
    for (const { all, insert } of inserts) {
      const [first, end] = [part, part + 1].map((at) => Math.round((all.length * at) / parts));
      for (const row of all.slice(first, end)) insert.run(...row);
    }
  })();
const millis = performance.now() - start;
to.close();
process.stdout.write(`${JSON.stringify({ records: rows.get('records')?.length, millis })}\n`);
