/** Looks for texts in all that a database holds, and in its files: what is sealed must not be readable there. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The forms in which a text would stand in bytes. */
const forms = (text: string): readonly Buffer[] => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];

/** Those of the texts that stand in any row of any table, as text or in its bytes. `url` of a superuser. */
export async function plantedInTables(url: string, texts: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = new Set<string>();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
      for (const { line } of rows) {
        for (const text of texts) {
          // Bytes are shown in hex in the text of a row.
          if (line.includes(text) || forms(text).some((form) => line.includes(form.toString('hex')))) found.add(text);
        }
      }
    }
  } finally {
    await client.end();
  }
  return [...found];
}

/** Those of the texts that stand in any file below a folder: tables, indexes, the write-ahead log, logs. */
export function plantedInFiles(folder: string, texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(path);
    for (const text of texts) if (forms(text).some((form) => bytes.includes(form))) found.add(text);
  }
  return [...found];
}
