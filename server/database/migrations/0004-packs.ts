/** Packs for first downloads (docs/sync.md, SYNC-PACK). */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { PARTITIONS } from './0001-initial.ts';

const TABLE = `
CREATE TABLE pack (
  workspace_id uuid NOT NULL,
  -- A clock reading of the device that made it.
  pack uuid NOT NULL,
  part integer NOT NULL,
  -- Whose heads it holds.
  place bigint NOT NULL,
  last boolean NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, pack, part)
) PARTITION BY HASH (workspace_id);
CREATE INDEX pack_last ON pack (workspace_id, place) WHERE last;
`;

const gate = (least: number): string => `workspace_id = (SELECT gate(${least}))`;

/** `service` is the name of the role that the service connects with. */
export const packs = (service: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db);
    const role = `"${service.replaceAll('"', '""')}"`;
    await run(TABLE);
    for (let part = 0; part < PARTITIONS; part += 1)
      await run(
        `CREATE TABLE pack_${part} PARTITION OF pack FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part})`,
      );
    await run('ALTER TABLE pack ALTER COLUMN bytes SET STORAGE EXTERNAL');
    await run('ALTER TABLE pack ENABLE ROW LEVEL SECURITY');
    await run('ALTER TABLE pack FORCE ROW LEVEL SECURITY');
    await run('CREATE POLICY administration ON pack TO CURRENT_USER USING (true) WITH CHECK (true)');
    await run(`GRANT SELECT, INSERT, DELETE ON pack TO ${role}`);
    await run(`CREATE POLICY service_select ON pack FOR SELECT TO ${role} USING (${gate(1)})`);
    await run(`CREATE POLICY service_insert ON pack FOR INSERT TO ${role} WITH CHECK (${gate(2)})`);
    await run(`CREATE POLICY service_delete ON pack FOR DELETE TO ${role} USING (${gate(2)})`);
  },
});
