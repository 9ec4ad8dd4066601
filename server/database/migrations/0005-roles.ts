/** A role stays out of the service's reach but for a function that asks for an owner's token (SYNC-ROLE-1). */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const TOKEN = `decode(nullif(current_setting('app.token', true), ''), 'hex')`;

const role = (schema: string): string => `
-- Sets the role of a device in the workspace of the transaction's token. False unless that is an owner's, the device has
-- access, and an owner is left.
CREATE FUNCTION set_role(target uuid, wanted text) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ${schema}, pg_temp AS $$
DECLARE
  place uuid := (SELECT workspace_id FROM device WHERE token_hash = ${TOKEN} AND revoked_at IS NULL AND role = 'owner');
BEGIN
  IF wanted <> 'owner' AND NOT EXISTS (SELECT FROM device
      WHERE workspace_id = place AND device_id <> target AND role = 'owner' AND revoked_at IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE device SET role = wanted WHERE workspace_id = place AND device_id = target AND revoked_at IS NULL;
  RETURN FOUND;
END $$;
`;

/** `service` is the name of the role that the service connects with. */
export const rolesMigration = (schema: string, service: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db);
    await run(role(schema));
    await run(`REVOKE ALL ON FUNCTION set_role(uuid, text) FROM PUBLIC`);
    await run(`GRANT EXECUTE ON FUNCTION set_role(uuid, text) TO "${service.replaceAll('"', '""')}"`);
  },
});
