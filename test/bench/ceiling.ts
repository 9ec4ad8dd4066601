/** What PostgreSQL itself takes in: pgbench's rows a second, or a loop's where there is no pgbench. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export const CLIENTS = 16;
/** Bytes of a small change's box, padded to 128 (SYNC-SEAL-5). */
export const BOX = 128 + 28;
/** Seconds that pgbench runs at a time. */
const SECONDS = 5;
/** Rows of each client in one run of the loop. */
const ROWS = 4000;
/** A log of the same columns and bytes with the two keys that every log of ours must have: its place and its id. */
const CEILING = `
CREATE TABLE counter (workspace_id uuid PRIMARY KEY, head bigint) WITH (fillfactor = 50);
INSERT INTO counter SELECT lpad(i::text, 32, '0')::uuid, 0 FROM generate_series(0, ${CLIENTS - 1}) i;
CREATE TABLE ceiling (
  workspace_id uuid, seq bigint, change_id uuid, record uuid, field uuid, key_epoch integer, bucket smallint,
  bases bytea, box bytea, PRIMARY KEY (workspace_id, seq), UNIQUE (workspace_id, change_id));
ALTER TABLE ceiling ALTER box SET STORAGE EXTERNAL;`;
const COUNT = 'UPDATE counter SET head = head + $2 WHERE workspace_id = $1 RETURNING head';
/** One transaction of pgbench; what it writes is made in PostgreSQL, so that its own part costs next to nothing. */
const transaction = (rows: number): string => `BEGIN;
UPDATE counter SET head = head + ${rows} WHERE workspace_id = lpad(:client_id::text, 32, '0')::uuid
  RETURNING head - ${rows} AS place, workspace_id AS workspace \\gset
INSERT INTO ceiling SELECT :workspace::uuid, :place + i, uuidv7(), gen_random_uuid(), gen_random_uuid(), 1, 7, '',
  '\\x${'5a'.repeat(BOX)}'::bytea FROM generate_series(1, ${rows}) i;
COMMIT;
`;

/** pgbench as Debian's packages of PostgreSQL bring it; null when there is none. */
function pgbench(): string | null {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin')) : [];
  const all = [...(process.env['PATH'] ?? '').split(delimiter), ...folders].map((folder) => join(folder, 'pgbench'));
  return all.find((path) => existsSync(path)) ?? null;
}

/** Rows a second that pgbench writes. */
async function pgbenchRows(program: string, url: string, folder: string, batch: number): Promise<number> {
  const script = join(folder, `${batch}.sql`);
  writeFileSync(script, transaction(batch));
  const options = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(SECONDS), '-f', script, url];
  const { stdout } = await promisify(execFile)(program, options);
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench: ${stdout}`);
  return Number(rate) * batch;
}

/** The same rows without pgbench: begin, counter row, one insert of many rows, commit. */
async function loopRows(clients: readonly pg.Client[], batch: number): Promise<number> {
  const one = (i: number): string =>
    `($1, $2::bigint + ${i}, $${3 + i * 4}, $${4 + i * 4}, $${5 + i * 4}, 1, 7, '', $${6 + i * 4})`;
  const text = `INSERT INTO ceiling VALUES ${Array.from({ length: batch }, (_, i) => one(i)).join(', ')}`;
  const batches = clients.map(() =>
    Array.from({ length: ROWS / batch }, () =>
      Array.from({ length: batch }, () => [
        ...Array.from({ length: 3 }, () => randomBytes(16).toString('hex')),
        randomBytes(BOX),
      ]).flat(),
    ),
  );
  const start = performance.now();
  await Promise.all(
    clients.map(async (client, c) => {
      const workspace = String(c).padStart(32, '0');
      for (const values of batches[c] ?? []) {
        await client.query('BEGIN');
        const { rows } = await client.query<{ head: string }>({
          name: 'count',
          text: COUNT,
          values: [workspace, batch],
        });
        await client.query({ name: 'insert', text, values: [workspace, Number(rows[0]?.head) - batch + 1, ...values] });
        await client.query('COMMIT');
      }
    }),
  );
  return (CLIENTS * ROWS * 1000) / (performance.now() - start);
}

/** A PostgreSQL with the table that is filled. */
export interface Ceiling {
  /** What fills it. */
  readonly by: 'pgbench' | 'loop';
  /** Rows that one call of `run` writes when it has written so many a second. */
  readonly rows: (rate: number) => number;
  /** Rows a second, so many of them in one transaction. */
  readonly run: (batch: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** `folder` is where scripts may lie. */
export async function openCeiling(url: string, folder: string): Promise<Ceiling> {
  const clients = Array.from({ length: CLIENTS }, () => new pg.Client({ connectionString: url }));
  for (const client of clients) await client.connect();
  await clients[0]?.query(CEILING);
  const program = pgbench();
  return {
    by: program ? 'pgbench' : 'loop',
    rows: (rate) => (program ? rate * SECONDS : CLIENTS * ROWS),
    run: (batch) => (program ? pgbenchRows(program, url, folder, batch) : loopRows(clients, batch)),
    close: async () => {
      for (const client of clients) await client.end().catch(() => undefined);
    },
  };
}
