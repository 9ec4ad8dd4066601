/** Two real vaults and the real server: contents of attachments, keys that change, and a database without room. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { VaultSync } from '../../electron/sync/vault-sync.ts';
import { Administration } from '../../server/admin/workspaces.ts';
import type { RunningServer } from '../../server/server.ts';
import { catalogue } from '../../shared/i18n/catalogue.ts';
import { unwrap } from '../../shared/result.ts';
import { BlobMover } from '../../shared/sync/engine/blob-mover.ts';
import type { RoundReport } from '../../shared/sync/engine/round.ts';
import { runRound } from '../fixtures/sync-round.ts';
import type { Ask, Reply } from '../../shared/sync/engine/transport.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import type { RouteName } from '../../shared/sync/protocol.ts';
import { codeOfAsync, make, newVault, put } from '../unit/vault/support.ts';
import { plantedInTables } from './planted.ts';
import { type Database, database, serve } from './support.ts';

const MEGABYTE = 1_048_576;
let db: Database;
let server: RunningServer;
beforeAll(async () => {
  db = await database();
  server = await serve(db, { checkReplies: false });
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

class Desk {
  readonly made = newVault();
  readonly vault = this.made.vault;
  readonly store = new VaultSync(this.vault);
  readonly transport = createHttpTransport({ fetch });
  readonly mover = new BlobMover({
    store: this.store,
    memory: () => this.store.memory(),
    transport: this.transport,
    now: Date.now,
    allowed: () => true,
  });
  constructor() {
    this.made.setNow(Date.now());
  }
  async join(code: string): Promise<this> {
    await this.store.begin({ ...unwrap(decodeInvitation(code)), server: server.address }, 'Ноутбук');
    await this.round();
    return this;
  }
  round(): Promise<RoundReport> {
    const { store, transport } = this;
    return runRound({ store, transport });
  }
  async exchange(): Promise<void> {
    await this.round();
    await this.mover.run();
  }
  attach(content: Uint8Array, record: string): string {
    const { hash, bytes } = this.vault.keepAttachment(content);
    const file = { name: 'ДоговорСекретный.pdf', hash, bytes, order: 1 };
    this.made.commit(make('organisation', record, { name: 'Ромашка', 'attachments/a': file }));
    return hash;
  }
  async ask<N extends RouteName>(name: N, ask: Ask): Promise<Reply<N>> {
    const memory = await this.store.memory();
    return this.transport.ask({ server: server.address, token: memory?.enrolment.token ?? '' }, name, ask);
  }
  async invite(): Promise<string> {
    const { code, hash } = await this.store.invitation();
    await this.ask('invite', { body: { hash, role: 'editor', expires: Date.now() + 3_600_000 } });
    return code;
  }
}

async function owner(quota?: number): Promise<Desk> {
  const administration = new Administration(db.owner);
  try {
    const { code } = await administration.create('http://127.0.0.1:1', quota === undefined ? {} : { quota });
    return await new Desk().join(code);
  } finally {
    await administration.close();
  }
}
const has = ({ vault }: Desk, hash: string, content: Uint8Array): boolean =>
  Buffer.from(vault.attachment(hash) ?? []).equals(content);

describe('contents of attachments', () => {
  it('SYNC-BLOB-1 come to the others, and neither the content nor the name is in the database', async () => {
    const a = await owner();
    const b = await new Desk().join(await a.invite());
    const content = Buffer.concat([Buffer.from('PlantedContentOfAFile '.repeat(50)), randomBytes(2 * MEGABYTE)]);
    const hash = a.attach(content, 'o1');
    await a.exchange();
    await b.exchange();
    expect(has(b, hash, content)).toBe(true);
    const texts = ['PlantedContentOfAFile', 'ДоговорСекретный', hash, 'Ромашка'];
    expect(await plantedInTables(db.superuser, texts)).toEqual([]);
  });

  it('SYNC-KEYS-2 a key that changes in the middle of a content leaves it readable, to newcomers as well', async () => {
    const a = await owner();
    const b = await new Desk().join(await a.invite());
    const content = randomBytes(3 * MEGABYTE + 5);
    const hash = a.attach(content, 'o1');
    await a.round();
    // One chunk under the first key, then the owner shows somebody out.
    const [entry] = (await a.store.blobWork())?.here ?? [];
    if (!entry) throw new Error('nothing to send');
    const place = { hash, chunk: 2, of: entry.of };
    await a.ask('putChunk', {
      params: { blob: entry.name, chunk: 2 },
      query: { of: entry.of },
      bytes: await a.store.sealChunk(place),
    });
    const { devices } = await a.ask('devices', {});
    await a.ask('rotate', { body: await a.store.rotation(devices) });
    await a.exchange();
    expect(await a.store.keyEpoch()).toBe(2);
    expect(a.mover.counts).toMatchObject({ sent: 1, chunksSent: 3 });
    await b.exchange();
    expect(has(b, hash, content)).toBe(true);
    const c = await new Desk().join(await a.invite());
    await c.exchange();
    expect(has(c, hash, content)).toBe(true);
  });

  it('SYNC-KEYS-5 a server that has lost a key gets it back from an owner, and lets newcomers in again', async () => {
    const a = await owner();
    const b = await new Desk().join(await a.invite());
    const hash = a.attach(Buffer.from('до смены ключа'), 'o1');
    await a.exchange();
    const { devices } = await a.ask('devices', {});
    for (const _ of [2, 3]) {
      await a.ask('rotate', { body: await a.store.rotation(devices) });
      await a.round();
    }
    a.made.commit(put('organisation', 'o1', 'industry', 'После'));
    await a.round();
    await b.round();
    expect([await a.store.keyEpoch(), await b.store.keyEpoch()]).toEqual([3, 3]);
    // Restored from a backup of the time of the first key.
    const { enrolment } = (await a.store.memory()) ?? {};
    const workspace = Buffer.from(enrolment?.workspace ?? '', 'base64url').toString('hex');
    for (const table of ['envelope', 'key_epoch'])
      await db.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND key_epoch > 1`, [workspace]);
    await db.query('UPDATE workspace SET key_epoch = 1 WHERE workspace_id = $1', [workspace]);
    // An editor cannot help; the owner's next round does.
    await b.round();
    expect((await b.ask('status', {})).status.keyEpoch).toBe(1);
    await a.round();
    expect((await a.ask('status', {})).status.keyEpoch).toBe(3);
    const c = await new Desk().join(await a.invite());
    await c.exchange();
    expect(await c.store.keyEpoch()).toBe(3);
    expect(c.vault.record('o1')?.data['industry']).toBe('После');
    expect(has(c, hash, Buffer.from('до смены ключа'))).toBe(true);
    // And keys change again as before.
    await a.ask('rotate', { body: await a.store.rotation((await a.ask('devices', {})).devices) });
    await Promise.all([a.round(), c.round()]);
    expect([await a.store.keyEpoch(), await c.store.keyEpoch()]).toEqual([4, 4]);
  });

  it('SYNC-LIMIT-1 a quota that is full keeps no change waiting', async () => {
    const a = await owner(1_200_000);
    const hash = a.attach(randomBytes(2 * MEGABYTE), 'o1');
    await a.exchange();
    expect(a.mover.view().error).toEqual({ code: 'sync.full' });
    expect(a.mover.view().unsent.has(hash)).toBe(true);
    a.made.commit(put('organisation', 'o1', 'industry', 'Химия'));
    expect(await a.round()).toMatchObject({ sent: 1, refused: 0 });
    await db.query('UPDATE workspace SET quota = NULL');
    await a.mover.run();
    expect(a.mover.view()).toMatchObject({ unsent: new Map() });
    expect(a.mover.view().error).toBeUndefined();
  });
});

describe('a database whose disk is full (53100)', () => {
  const noRoom = (on: string): Promise<unknown> =>
    db.query(`CREATE TRIGGER no_room BEFORE INSERT ON ${on} FOR EACH ROW EXECUTE FUNCTION no_room()`);
  const room = (on: string): Promise<unknown> => db.query(`DROP TRIGGER no_room ON ${on}`);
  beforeAll(async () => {
    await db.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await db.query('GRANT EXECUTE ON FUNCTION no_room() TO PUBLIC');
  });

  it('is answered with 507; the device says so in words, keeps everything, and later all of it arrives', async () => {
    const a = await owner();
    const b = await new Desk().join(await a.invite());
    const content = randomBytes(1000);
    const hash = a.attach(content, 'o1');
    await noRoom('change');
    const memory = await a.store.memory();
    const [waiting] = await a.store.outbox({ changes: 10, bytes: 1_000_000 });
    const answer = await fetch(`${server.address}/v1/changes`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'rapport-protocol': '1',
        authorization: `Bearer ${memory?.enrolment.token}`,
      },
      body: JSON.stringify({ changes: [waiting?.sealed] }),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([507, '60']);
    expect(await answer.json()).toMatchObject({ error: { code: 'full', retryAfter: 60 } });
    expect(await codeOfAsync(a.round())).toBe('sync.full');
    for (const language of ['ru', 'en'] as const)
      expect(catalogue[language].errors.sync.full.length).toBeGreaterThan(20);
    expect(await a.store.counts()).toMatchObject({ waiting: 1, refused: 0 });
    expect(a.vault.record('o1')?.data['name']).toBe('Ромашка');
    await room('change');
    await noRoom('chunk');
    // Changes find room again, contents do not yet.
    await a.exchange();
    expect(await a.store.counts()).toMatchObject({ waiting: 0 });
    expect(a.mover.view().error).toEqual({ code: 'sync.full' });
    await room('chunk');
    await a.exchange();
    await b.exchange();
    expect(has(b, hash, content)).toBe(true);
    expect(b.vault.counts().changes).toBe(a.vault.counts().changes);
  });
});
