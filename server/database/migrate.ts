/** Brings a database to the present tables, as the role that owns them. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { initial } from './migrations/0001-initial.ts';
import { leaseMigration } from './migrations/0002-lease.ts';
import { leanPush } from './migrations/0003-lean-push.ts';
import { packs } from './migrations/0004-packs.ts';
import { rolesMigration } from './migrations/0005-roles.ts';

export const SCHEMA = 'rapport';

const migrations = (service: string): Record<string, Migration> => ({
  '0001-initial': initial(SCHEMA, service),
  '0002-lease': leaseMigration(SCHEMA, service),
  '0003-lean-push': leanPush(SCHEMA),
  '0004-packs': packs(service),
  '0005-roles': rolesMigration(SCHEMA, service),
});
const NEWEST = '0005-roles';

/** Runs what is missing, all of it or nothing. `owner` is a URL, `service` the name of the service's role. */
export async function migrate(owner: string, service: string): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: owner, max: 1, options: `-c search_path=${SCHEMA}` });
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql.raw(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`).execute(db);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(migrations(service)) },
      migrationTableSchema: SCHEMA,
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error) throw error;
    await openTo(db, service);
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}

/** The tables are opened to one role, by the migrations that make them; another one would find every door closed. */
const strange = (role: string): string =>
  `the tables are opened to another role than "${role}": the name of the service's role stays what it was at the first "migrate"`;

/** The service may read which migrations there are, to refuse a database that is older than itself. */
async function openTo(db: Kysely<unknown>, service: string): Promise<void> {
  const table = `${SCHEMA}.kysely_migration`;
  const may = async (): Promise<{ enter: boolean; read: boolean } | undefined> =>
    (
      await sql<{ enter: boolean; read: boolean }>`
        SELECT has_schema_privilege(${service}, ${SCHEMA}, 'USAGE') AS enter,
          has_table_privilege(${service}, ${table}, 'SELECT') AS read`.execute(db)
    ).rows[0];
  const before = await may();
  if (!before?.enter) throw new Error(strange(service));
  if (before.read) return;
  try {
    await sql.raw(`GRANT SELECT ON ${table} TO "${service.replaceAll('"', '""')}"`).execute(db);
  } catch (error) {
    // Two at once on a new database: PostgreSQL lets one of them through, which is enough.
    if (!(await may())?.read) throw error;
  }
}

/** Why the service must not run on this connection; null when it may. */
export async function refuseToServe(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT rolsuper OR rolbypassrls AS above, current_user AS name FROM pg_roles WHERE rolname = current_user`,
  );
  const above = rows[0]?.['above'] as unknown;
  if (above === 't' || above === true)
    return `the role "${rows[0]?.['name']}" is a superuser or bypasses row-level security`;
  const tables = await pool.query<Record<string, string>>(
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = '${SCHEMA}' AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'MEMBER') LIMIT 1`,
  );
  if (tables.rows.length > 0) return `the role "${rows[0]?.['name']}" owns the tables`;
  const entered = await pool.query<Record<string, unknown>>(
    `SELECT has_schema_privilege(oid, 'USAGE') AS enter FROM pg_namespace WHERE nspname = '${SCHEMA}'`,
  );
  if (entered.rows[0]?.['enter'] === 'f') return strange(String(rows[0]?.['name']));
  const done = await pool
    .query<Record<string, string>>(`SELECT name FROM ${SCHEMA}.kysely_migration WHERE name = '${NEWEST}'`)
    .catch(() => ({ rows: [] }));
  return done.rows.length > 0 ? null : 'the database lacks migrations: run "npm run server -- migrate"';
}
