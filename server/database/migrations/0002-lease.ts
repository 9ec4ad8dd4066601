/**
 * What the service may change of a workspace, column by column: the lease through a function that asks for an owner's
 * token, quota and server epoch not at all.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const TOKEN = `decode(nullif(current_setting('app.token', true), ''), 'hex')`;

const lease = (schema: string): string => `
-- Sets the lease of the workspace of the transaction's token; false unless its device is an owner.
CREATE FUNCTION set_lease(days integer) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ${schema}, pg_temp AS $$
BEGIN
  UPDATE workspace SET lease_days = days WHERE workspace_id = (
    SELECT workspace_id FROM device WHERE token_hash = ${TOKEN} AND revoked_at IS NULL AND role = 'owner');
  RETURN FOUND;
END $$;
`;

/** `service` is the name of the role that the service connects with. */
export const leaseMigration = (schema: string, service: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db);
    const role = `"${service.replaceAll('"', '""')}"`;
    await run(lease(schema));
    await run(`REVOKE ALL ON FUNCTION set_lease(integer) FROM PUBLIC`);
    await run(`GRANT EXECUTE ON FUNCTION set_lease(integer) TO ${role}`);
    await run(`REVOKE UPDATE ON workspace FROM ${role}`);
    await run(`GRANT UPDATE (head, digest, key_epoch, bytes) ON workspace TO ${role}`);
  },
});
