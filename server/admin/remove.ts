/**
 * Takes a whole workspace out of the database: first its access, in one transaction, then what it kept, in portions, and
 * its own row last. Cut off in between, it can be run again; nobody can use the workspace from the first step on.
 */
import type pg from 'pg';
import { uuidOf } from '../database/binary.ts';
import { SCHEMA } from '../database/migrate.ts';
import { type Tx, transaction } from '../database/session.ts';
import { ServerError } from '../errors.ts';

/** Rows deleted by one statement: chunks of attachments have a megabyte each. */
const PORTION = 2_000;
const DEVICES = 'SELECT count(*) AS devices FROM device WHERE workspace_id = $1 AND revoked_at IS NULL';
const LOCK = 'SELECT 1 AS one FROM workspace WHERE workspace_id = $1 FOR UPDATE';
const END = `UPDATE device SET revoked_at = $2 WHERE workspace_id = $1 AND revoked_at IS NULL`;
// Every table that knows workspaces, those to come included; what has foreign keys to it goes before the workspace itself.
const TABLES = `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = '${SCHEMA}'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attname = 'workspace_id' AND NOT a.attisdropped
  ORDER BY (c.relname = 'workspace'), (c.relname = 'device'), c.relname`;

/** Devices that have access stand in the way of a removal that does not ask for it. */
export class DevicesLeft extends Error {
  constructor(devices: number) {
    super(`${devices} device(s) still have access: revoke them first, or say --with-devices`);
  }
}

/** Ends all access; throws `notFound` and DevicesLeft. */
async function close(tx: Tx, workspace: string, withDevices: boolean, now: number): Promise<void> {
  const id = uuidOf(workspace);
  const [row] = await tx.run('remove-lock', LOCK, [id]);
  if (!row) throw new ServerError('notFound');
  const [count] = await tx.run('remove-devices', DEVICES, [id]);
  const devices = Number(count?.['devices']);
  if (devices > 0 && !withDevices) throw new DevicesLeft(devices);
  await tx.run('remove-end', END, [id, now]);
  await tx.run('remove-invitations', 'DELETE FROM invitation WHERE workspace_id = $1', [id]);
}

/** Deletes one portion of a table's rows; true when there may be more. */
async function portion(tx: Tx, table: string, workspace: string): Promise<boolean> {
  // All rows of a workspace lie in one partition, where a row's place names it.
  const text = `DELETE FROM ${table} WHERE workspace_id = $1
    AND ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE workspace_id = $1 LIMIT ${PORTION})) RETURNING 1 AS one`;
  return (await tx.run(`remove-portion-${table}`, text, [uuidOf(workspace)])).length === PORTION;
}

/**
 * `withDevices`: also when devices have access; they keep what they hold and work on without a server. Throws DevicesLeft
 * and `notFound`. The audit trail goes with the rest.
 */
export async function removeWorkspace(
  pool: pg.Pool,
  workspace: string,
  withDevices: boolean,
  now: number,
): Promise<void> {
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transaction(pool, {}, work);
  await run((tx) => close(tx, workspace, withDevices, now));
  const tables = (await run((tx) => tx.run('remove-tables', TABLES))).map((row) => String(row['relname']));
  // Devices stay until the end: their tokens tell them that access has ended.
  for (const table of tables.filter((name) => name !== 'workspace' && name !== 'device'))
    while (await run((tx) => portion(tx, table, workspace)));
  // What a request that had begun before still put in, under the lock that all writing takes.
  await run(async (tx) => {
    await tx.run('remove-lock', LOCK, [uuidOf(workspace)]);
    for (const table of tables)
      await tx.run(`remove-rest-${table}`, `DELETE FROM ${table} WHERE workspace_id = $1`, [uuidOf(workspace)]);
  });
}
