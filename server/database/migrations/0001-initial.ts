/**
 * The first tables. What grows with the number of changes is hash-partitioned by workspace; every key begins with the
 * workspace; no sequences, triggers, advisory locks or notifications, so that the same runs on a cluster.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How many logical shards; never changed for a database that holds data. */
export const PARTITIONS = 32;
const LARGE = ['change', 'head', 'named', 'chunk', 'audit'] as const;

const TABLES = `
CREATE TABLE workspace (
  workspace_id uuid PRIMARY KEY,
  epoch bytea NOT NULL,
  head bigint NOT NULL DEFAULT 0,
  -- XOR of the fingerprints of all changes (SYNC-DIGEST-1); their count is the head.
  digest bytea NOT NULL,
  key_epoch integer NOT NULL DEFAULT 0,
  lease_days integer,
  -- Of boxes and chunks; the quota is null when there is none.
  bytes bigint NOT NULL DEFAULT 0,
  quota bigint,
  created_at bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE device (
  workspace_id uuid NOT NULL REFERENCES workspace,
  device_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
  name text NOT NULL,
  public_key bytea NOT NULL,
  card_epoch integer NOT NULL,
  card_mac bytea NOT NULL,
  enrolled_at bigint NOT NULL,
  seen_at bigint,
  revoked_at bigint,
  wipe boolean NOT NULL DEFAULT false,
  told_at bigint,
  wiped_at bigint,
  PRIMARY KEY (workspace_id, device_id)
);

CREATE TABLE invitation (
  workspace_id uuid NOT NULL REFERENCES workspace,
  hash bytea NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
  expires bigint NOT NULL,
  created_at bigint NOT NULL,
  -- The server's own code, whose owner makes the first key.
  keyless boolean NOT NULL,
  used_by uuid,
  PRIMARY KEY (workspace_id, hash)
);

CREATE TABLE key_epoch (
  workspace_id uuid NOT NULL REFERENCES workspace,
  key_epoch integer NOT NULL,
  made_by uuid NOT NULL,
  chain bytea,
  PRIMARY KEY (workspace_id, key_epoch)
);

CREATE TABLE envelope (
  workspace_id uuid NOT NULL,
  key_epoch integer NOT NULL,
  device_id uuid NOT NULL,
  envelope bytea NOT NULL,
  PRIMARY KEY (workspace_id, key_epoch, device_id)
);

CREATE TABLE manifest (
  workspace_id uuid PRIMARY KEY REFERENCES workspace,
  key_epoch integer NOT NULL,
  box bytea NOT NULL
);

CREATE TABLE change (
  workspace_id uuid NOT NULL,
  seq bigint NOT NULL,
  change_id uuid NOT NULL,
  record uuid NOT NULL,
  field uuid NOT NULL,
  key_epoch integer NOT NULL,
  bucket smallint NOT NULL,
  bases bytea NOT NULL,
  box bytea NOT NULL,
  PRIMARY KEY (workspace_id, seq),
  UNIQUE (workspace_id, change_id) INCLUDE (bucket)
) PARTITION BY HASH (workspace_id);

-- The heads of every slot (SYNC-STATE-1); size is that of the box in bytes. By place, so that a push finds the ones it
-- replaces without a join that could read the whole workspace.
CREATE TABLE head (
  workspace_id uuid NOT NULL,
  seq bigint NOT NULL,
  record uuid NOT NULL,
  field uuid NOT NULL,
  size integer NOT NULL,
  PRIMARY KEY (workspace_id, seq)
) PARTITION BY HASH (workspace_id);
CREATE INDEX head_slot ON head (workspace_id, record, field, seq);

-- Ids named in a slot that are not changes of it (SYNC-STATE-2).
CREATE TABLE named (
  workspace_id uuid NOT NULL,
  change_id uuid NOT NULL,
  record uuid NOT NULL,
  field uuid NOT NULL,
  PRIMARY KEY (workspace_id, change_id, record, field)
) PARTITION BY HASH (workspace_id);
CREATE INDEX named_slot ON named (workspace_id, record, field, change_id);

-- The buckets up to a place in the sequence, so that a digest reads only what came after (a cache).
CREATE TABLE digest (
  workspace_id uuid PRIMARY KEY REFERENCES workspace,
  seq bigint NOT NULL,
  buckets text NOT NULL
);

CREATE TABLE blob (
  workspace_id uuid NOT NULL,
  blob bytea NOT NULL,
  chunks integer NOT NULL,
  PRIMARY KEY (workspace_id, blob)
);

CREATE TABLE chunk (
  workspace_id uuid NOT NULL,
  blob bytea NOT NULL,
  chunk integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (workspace_id, blob, chunk)
) PARTITION BY HASH (workspace_id);

-- Who got or lost access, and when. Each entry's hash covers the one before.
CREATE TABLE audit (
  workspace_id uuid NOT NULL,
  n bigint NOT NULL,
  at bigint NOT NULL,
  action text NOT NULL,
  actor uuid,
  subject text NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (workspace_id, n)
) PARTITION BY HASH (workspace_id);
`;

/** The settings come from `SET LOCAL`; an unset one is null or empty and matches nothing. */
const TOKEN = `decode(nullif(current_setting('app.token', true), ''), 'hex')`;
const INVITATION = `decode(nullif(current_setting('app.invitation', true), ''), 'hex')`;

/**
 * The gates run as the owner of the tables, because a policy on \`device\` cannot read \`device\` itself. Each filters by
 * the transaction's own token or invitation and takes nothing else from its caller.
 */
const functions = (schema: string): string => `
-- The workspace of the transaction's token, when its device has at least this role (1 reader, 2 editor, 3 owner).
CREATE FUNCTION gate(minimum integer) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp
RETURN (SELECT workspace_id FROM device WHERE token_hash = ${TOKEN} AND revoked_at IS NULL
  AND CASE role WHEN 'owner' THEN 3 WHEN 'editor' THEN 2 ELSE 1 END >= minimum);

-- The transaction's invitation while it can be used.
CREATE FUNCTION invited() RETURNS TABLE (workspace_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp
BEGIN ATOMIC
  SELECT i.workspace_id, i.role FROM invitation i
  WHERE i.hash = ${INVITATION} AND i.used_by IS NULL AND i.expires > extract(epoch FROM statement_timestamp()) * 1000;
END;

-- Notes a contact of the transaction's device: when it was seen or, told to wipe, that it was told and that it came back.
CREATE FUNCTION contact(moment bigint) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${schema}, pg_temp
BEGIN ATOMIC
  UPDATE device SET
    seen_at = CASE WHEN revoked_at IS NULL THEN moment ELSE seen_at END,
    wiped_at = CASE WHEN wipe AND told_at IS NOT NULL THEN coalesce(wiped_at, moment) ELSE wiped_at END,
    told_at = CASE WHEN wipe THEN coalesce(told_at, moment) ELSE told_at END
  WHERE token_hash = ${TOKEN};
END;

-- What the copies of the service watch for their listeners; \`access\` grows with every change of access.
CREATE FUNCTION pulse(ids uuid[]) RETURNS TABLE (workspace_id uuid, head bigint, epoch bytea, key_epoch integer, access bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp
BEGIN ATOMIC
  SELECT w.workspace_id, w.head, w.epoch, w.key_epoch,
    (SELECT a.n FROM audit a WHERE a.workspace_id = w.workspace_id ORDER BY a.n DESC LIMIT 1)
  FROM workspace w WHERE w.workspace_id = ANY (ids);
END;
`;

/** What the service's role may do, by table: the least role of the device for each command. */
const ACCESS: Readonly<Record<string, { select: number; insert?: number; update?: number; remove?: number }>> = {
  workspace: { select: 1, update: 2 },
  change: { select: 1, insert: 2 },
  head: { select: 1, insert: 2, remove: 2 },
  named: { select: 1, insert: 2, remove: 2 },
  digest: { select: 1, insert: 1, update: 1 },
  manifest: { select: 1, insert: 2, update: 2 },
  blob: { select: 1, insert: 2 },
  chunk: { select: 1, insert: 2 },
  key_epoch: { select: 1, insert: 3 },
  envelope: { select: 1, insert: 3 },
  audit: { select: 1, insert: 1 },
};

const gate = (least: number): string => `workspace_id = (SELECT gate(${least}))`;

function policies(service: string): string[] {
  const lines: string[] = [];
  const all = [...Object.keys(ACCESS), 'device', 'invitation'];
  for (const table of all) {
    lines.push(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`, `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    lines.push(`CREATE POLICY administration ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`);
  }
  for (const [table, { select, insert, update, remove }] of Object.entries(ACCESS)) {
    const policy = (command: string, rule: string): void => {
      lines.push(`GRANT ${command} ON ${table} TO ${service}`);
      lines.push(`CREATE POLICY service_${command.toLowerCase()} ON ${table} FOR ${command} TO ${service} ${rule}`);
    };
    policy('SELECT', `USING (${gate(select)})`);
    if (insert) policy('INSERT', `WITH CHECK (${gate(insert)})`);
    if (update) policy('UPDATE', `USING (${gate(update)}) WITH CHECK (${gate(update)})`);
    if (remove) policy('DELETE', `USING (${gate(remove)})`);
  }
  const own = `token_hash = ${TOKEN}`;
  lines.push(
    `GRANT SELECT, INSERT ON device TO ${service}`,
    // A role is never changed by the service.
    `GRANT UPDATE (name, public_key, card_epoch, card_mac, revoked_at, wipe) ON device TO ${service}`,
    // A revoked device still sees its own row: how else would it learn that it was revoked.
    `CREATE POLICY service_select ON device FOR SELECT TO ${service} USING (${own} OR ${gate(1)})`,
    `CREATE POLICY service_insert ON device FOR INSERT TO ${service} WITH CHECK (
       EXISTS (SELECT FROM invited() i WHERE i.workspace_id = device.workspace_id AND i.role = device.role))`,
    `CREATE POLICY service_update ON device FOR UPDATE TO ${service}
       USING ((${own} AND ${gate(1)}) OR ${gate(3)}) WITH CHECK ((${own} AND ${gate(1)}) OR ${gate(3)})`,
    `GRANT SELECT, INSERT, DELETE ON invitation TO ${service}`,
    `GRANT UPDATE (used_by) ON invitation TO ${service}`,
    `CREATE POLICY service_select ON invitation FOR SELECT TO ${service} USING (hash = ${INVITATION} OR ${gate(3)})`,
    `CREATE POLICY service_insert ON invitation FOR INSERT TO ${service} WITH CHECK (${gate(3)} AND NOT keyless)`,
    `CREATE POLICY service_update ON invitation FOR UPDATE TO ${service}
       USING (hash = ${INVITATION} AND used_by IS NULL) WITH CHECK (hash = ${INVITATION})`,
    `CREATE POLICY service_delete ON invitation FOR DELETE TO ${service} USING (${gate(3)})`,
  );
  return lines;
}

/** `service` is the name of the role that the service connects with. */
export const initial = (schema: string, service: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db);
    const role = `"${service.replaceAll('"', '""')}"`;
    await run(TABLES);
    for (const table of LARGE) {
      for (let part = 0; part < PARTITIONS; part += 1)
        await run(
          `CREATE TABLE ${table}_${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part})`,
        );
    }
    // Sealed bytes do not get smaller; trying costs time.
    await run('ALTER TABLE change ALTER COLUMN box SET STORAGE EXTERNAL');
    await run('ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL');
    await run(functions(schema));
    await run(`REVOKE ALL ON FUNCTION gate(integer), invited(), contact(bigint), pulse(uuid[]) FROM PUBLIC`);
    await run(`GRANT EXECUTE ON FUNCTION gate(integer), invited(), contact(bigint), pulse(uuid[]) TO ${role}`);
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    for (const line of policies(role)) await run(line);
  },
});
