/** A workspace that holds something of every kind, everything an attacker could ask with, and what must not change. */
import type { RouteName, SealedChange } from '../../shared/sync/protocol.ts';
import type { RunningServer } from '../../server/server.ts';
import {
  type Asked,
  card,
  change,
  type Database,
  invitationName,
  join,
  nextId,
  push,
  random,
  type TestDevice,
  workspace,
} from './support.ts';

export interface Victim {
  readonly owner: TestDevice;
  readonly editor: TestDevice;
  readonly reader: TestDevice;
  readonly revoked: TestDevice;
  readonly secret: string;
  readonly changes: readonly SealedChange[];
  readonly blob: string;
  readonly pack: string;
  readonly invitation: string;
  /** Texts that appear in no answer to anybody else. */
  readonly marks: readonly string[];
}

export async function victim(db: Database, server: RunningServer): Promise<Victim> {
  const owner = await workspace(db, server.address);
  const editor = await join(owner, server.address, 'editor');
  const reader = await join(owner, server.address, 'reader');
  const revoked = await join(owner, server.address, 'owner');
  const secret = random(16);
  const invitation = invitationName(owner.workspace, secret);
  await owner.ask('invite', { body: { hash: invitation, role: 'editor', expires: Date.now() + 1e6 } });
  const slot = { record: random(16), field: random(16) };
  const first = change(slot);
  const changes = [first, change({ ...slot, bases: [first.id, nextId()] }), change()];
  await push(owner, changes);
  const blob = random(32);
  const bytes = Buffer.from(random(64));
  await owner.ask('putChunk', { params: { blob, chunk: 0 }, query: { of: 2 }, body: bytes });
  const pack = nextId();
  const part = Buffer.from(random(64));
  await owner.ask('putPart', { params: { pack, part: 0 }, query: { place: 3, last: 'true' }, body: part });
  const manifest = random(90);
  await owner.ask('putManifest', { body: { keyEpoch: 1, box: manifest } });
  const chain = random(60);
  const envelopes = [owner, editor, reader].map(({ device }) => ({ device, envelope: random(80) }));
  await owner.ask('rotate', { body: { keyEpoch: 2, chain, envelopes } });
  await owner.ask('revoke', { params: { device: revoked.device }, body: { wipe: false } });
  const names = [owner, editor, reader, revoked].map(({ device }) => device);
  const marks = [
    ...names,
    ...changes.flatMap(({ id, record, field, box }) => [id, record, field, box]),
    invitation,
    bytes.toString(),
    pack,
    part.toString(),
    manifest,
    chain,
    ...envelopes.map(({ envelope }) => envelope),
  ];
  return { owner, editor, reader, revoked, secret, changes, blob, pack, invitation, marks };
}

/** For every route a request that is about the victim's things, as far as a request can name any. */
export function requests(about: Victim): Readonly<Record<RouteName, Asked>> {
  const ids = about.changes.map(({ id }) => id);
  return {
    hello: {},
    enrol: {
      body: {
        workspace: about.owner.workspace,
        secret: random(16),
        device: random(16),
        name: 'x',
        token: random(32),
        card: card(),
      },
    },
    status: {},
    push: { body: { changes: [change({ record: about.changes[0]?.record ?? '' })] } },
    pull: { query: { after: 0 } },
    byId: { body: { ids } },
    state: {},
    records: { body: { records: about.changes.map(({ record }) => record) } },
    pack: {},
    getPart: { params: { pack: about.pack, part: 0 } },
    putPart: {
      params: { pack: nextId(), part: 0 },
      query: { place: 1, last: 'true' },
      body: Buffer.from('forged'),
    },
    digest: {},
    bucketIds: { body: { buckets: Array.from({ length: 256 }, (_, i) => i) } },
    manifest: {},
    putManifest: { body: { keyEpoch: 1, box: random(60) } },
    events: {},
    devices: {},
    self: { body: { name: 'taken over', card: card() } },
    leave: {},
    setDevice: { params: { device: about.reader.device }, body: { name: 'taken over', role: 'owner' } },
    revoke: { params: { device: about.editor.device }, body: { wipe: true } },
    invitations: {},
    invite: { body: { hash: random(32), role: 'owner', expires: Date.now() + 1e6 } },
    uninvite: { params: { hash: about.invitation } },
    keys: {},
    rotate: {
      body: { keyEpoch: 3, chain: random(60), envelopes: [{ device: about.owner.device, envelope: random(80) }] },
    },
    lease: { body: { leaseDays: 30 } },
    blobs: { body: { blobs: [about.blob] } },
    blob: { params: { blob: about.blob } },
    getChunk: { params: { blob: about.blob, chunk: 0 } },
    putChunk: { params: { blob: about.blob, chunk: 1 }, query: { of: 2 }, body: Buffer.from('forged') },
  };
}

/** Tables that hold something of a workspace, from the catalogue; without the partitions of others. */
export async function tables(db: Database): Promise<string[]> {
  const rows = await db.query(
    `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'rapport'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attname = 'workspace_id' AND NOT a.attisdropped ORDER BY c.relname`,
  );
  return rows.map(({ relname }) => String(relname));
}

/** A fingerprint of all that the database holds of a workspace, except when its devices were last seen. */
export async function fingerprint(db: Database, of: Victim): Promise<Record<string, string>> {
  const id = Buffer.from(of.owner.workspace, 'base64url').toString('hex');
  const parts = (await tables(db)).map(
    (
      table,
    ) => `SELECT '${table}' AS name, count(*) || ' ' || coalesce(md5(string_agg(line, '' ORDER BY line)), '') AS print
      FROM (SELECT (to_jsonb(t) - 'seen_at' - 'told_at' - 'wiped_at')::text AS line FROM ${table} t
        WHERE workspace_id = '${id}') rows`,
  );
  const rows = await db.query(parts.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, print }) => [String(name), String(print)]));
}
