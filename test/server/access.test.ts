import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Administration } from '../../server/admin/workspaces.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { RunningServer } from '../../server/server.ts';
import { unwrap } from '../../shared/result.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import {
  ask,
  card,
  type Database,
  database,
  enrolBody,
  invitationName,
  join,
  nextId,
  push,
  change,
  random,
  serve,
  type TestDevice,
  workspace,
} from './support.ts';

let db: Database;
let server: RunningServer;
let administration: Administration;
beforeAll(async () => {
  db = await database();
  server = await serve(db);
  administration = new Administration(db.owner);
});
afterAll(async () => {
  await administration.close();
  await server.stop();
  await db.drop();
});

const invited = async (owner: TestDevice, expires = Date.now() + 60_000) => {
  const secret = random(16);
  const hash = invitationName(owner.workspace, secret);
  await owner.ask('invite', { body: { hash, role: 'editor', expires } });
  return { secret, hash, body: enrolBody(owner.workspace, secret) };
};
const enrol = async (body: unknown) => {
  const answer = await ask(server.address, null, 'enrol', { body });
  return answer.status === 200 ? answer.body.status.role : answer.body.error.code;
};

describe('enrolment', () => {
  it('SYNC-ENROL-1 SYNC-ENROL-3 uses the invitation up, and repeats a lost answer to the same device', async () => {
    const owner = await workspace(db, server.address);
    const { body } = await invited(owner);
    expect(await enrol(body)).toBe('editor');
    expect(await enrol(body)).toBe('editor');
    expect(await enrol({ ...body, token: random(32) })).toBe('invitationUsed');
    expect(await enrol({ ...body, device: random(16) })).toBe('invitationUsed');
    const { devices } = (await owner.ask('devices')).body;
    expect(devices).toHaveLength(2);
  });

  it('SYNC-CODE-3 tells an unknown, an expired and a withdrawn invitation apart', async () => {
    const owner = await workspace(db, server.address);
    expect(await enrol(enrolBody(owner.workspace, random(16)))).toBe('invitationUnknown');
    expect(await enrol(enrolBody(random(16), random(16)))).toBe('invitationUnknown');
    expect(await enrol((await invited(owner, Date.now() - 1)).body)).toBe('invitationExpired');
    const { hash, body } = await invited(owner);
    expect((await owner.ask('uninvite', { params: { hash } })).status).toBe(200);
    expect(await enrol(body)).toBe('invitationUnknown');
    expect((await owner.ask('uninvite', { params: { hash } })).status).toBe(404);
  });

  it('SYNC-CODE-2 SYNC-CODE-4 the first owner makes key 1, and no second code without key makes another', async () => {
    const made = await administration.create('http://127.0.0.1:1');
    const again = await administration.invite(made.workspace, 'http://127.0.0.1:1');
    const [first, second] = [made, again].map(({ code }) => unwrap(decodeInvitation(code)).secret) as [string, string];
    const body = enrolBody(made.workspace, first);
    expect(await enrol(body)).toBe('owner');
    expect(await enrol(enrolBody(made.workspace, second))).toBe('invitationUsed');
    const { keys } = (await ask(server.address, body.token, 'keys')).body;
    expect(keys).toEqual([{ keyEpoch: 1, madeBy: body.device, chain: null, envelope: null }]);
    await expect(administration.invite(made.workspace, 'http://127.0.0.1:1')).rejects.toThrow('keysChanged');
  });
});

describe('keys', () => {
  it('SYNC-KEYS-2 SYNC-KEYS-3 the next epoch only, with envelopes for devices that are there', async () => {
    const owner = await workspace(db, server.address);
    const editor = await join(owner, server.address, 'editor');
    const chain = random(60);
    const envelopes = [editor.device, random(16)].map((device) => ({ device, envelope: random(80) }));
    const skipped = await owner.ask('rotate', { body: { keyEpoch: 3, chain, envelopes } });
    expect([skipped.status, skipped.body.error.code]).toEqual([409, 'keysChanged']);
    const done = await owner.ask('rotate', { body: { keyEpoch: 2, chain, envelopes } });
    expect(done.body.status.keyEpoch).toBe(2);
    expect((await owner.ask('rotate', { body: { keyEpoch: 2, chain, envelopes } })).status).toBe(409);
    const [, second] = (await editor.ask('keys')).body.keys;
    expect(second).toEqual({ keyEpoch: 2, madeBy: owner.device, chain, envelope: envelopes[0]?.envelope });
    expect((await owner.ask('keys')).body.keys[1].envelope).toBeNull();
  });

  it('SYNC-ENROL-2 a device sends its name and card anew', async () => {
    const owner = await workspace(db, server.address);
    const renewed = card(1);
    await owner.ask('self', { body: { name: '2.new', card: renewed } });
    const { devices, self } = (await owner.ask('devices')).body;
    expect(devices).toMatchObject([{ device: self, name: '2.new', card: renewed, role: 'owner' }]);
  });

  it('SYNC-STATE-5 keeps the manifest as it came', async () => {
    const owner = await workspace(db, server.address);
    expect((await owner.ask('manifest')).body).toEqual({ manifest: null });
    for (const box of [random(60), random(200)]) {
      await owner.ask('putManifest', { body: { keyEpoch: 1, box } });
      expect((await owner.ask('manifest')).body).toEqual({ manifest: { keyEpoch: 1, box } });
    }
  });
});

describe('revocation', () => {
  it('SYNC-REVOKE-1 ends the token at once; the wipe is told with every next request', async () => {
    const owner = await workspace(db, server.address);
    const lost = await join(owner, server.address, 'editor');
    await owner.ask('revoke', { params: { device: lost.device }, body: { wipe: false } });
    const denied = await push(lost, [change()]);
    expect([denied.status, denied.body.error]).toEqual([401, { code: 'revoked', wipe: false }]);
    await owner.ask('revoke', { params: { device: lost.device }, body: { wipe: true } });
    const entry = async () =>
      (await owner.ask('devices')).body.devices.find(({ device }: { device: string }) => device === lost.device);
    expect(await entry()).toMatchObject({ wipe: true, wipedAt: null });
    expect((await lost.ask('pull', { query: { after: 0 } })).body.error).toEqual({ code: 'revoked', wipe: true });
    expect((await entry()).wipedAt).toBeNull();
    await lost.ask('status');
    expect((await entry()).wipedAt).toBeGreaterThan(0);
  });

  it('never leaves a workspace without an owner, not even when two revoke each other', async () => {
    const owner = await workspace(db, server.address);
    const last = await owner.ask('leave');
    expect([last.status, last.body.error.code]).toEqual([409, 'lastOwner']);
    const second = await join(owner, server.address, 'owner');
    const answers = await Promise.all([
      owner.ask('revoke', { params: { device: second.device }, body: { wipe: false } }),
      second.ask('revoke', { params: { device: owner.device }, body: { wipe: false } }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const living = await db.query(
      `SELECT device_id FROM device WHERE workspace_id = $1 AND role = 'owner' AND revoked_at IS NULL`,
      [Buffer.from(owner.workspace, 'base64url').toString('hex')],
    );
    expect(living).toHaveLength(1);
  });

  it('a device that leaves is gone', async () => {
    const owner = await workspace(db, server.address);
    const guest = await join(owner, server.address, 'reader');
    expect((await guest.ask('leave')).status).toBe(200);
    expect((await guest.ask('status')).status).toBe(401);
  });
});

describe('roles and names', () => {
  const roleOf = async (device: TestDevice): Promise<unknown> => (await device.ask('status')).body.status.role;

  it('SYNC-ROLE-1 SYNC-ROLE-2 are changed by an owner, count from the next request, and stand in the audit trail', async () => {
    const owner = await workspace(db, server.address);
    const guest = await join(owner, server.address, 'editor');
    const set = (body: unknown) => owner.ask('setDevice', { params: { device: guest.device }, body });
    const [before, waiting, after] = [change(), change(), change()];
    await push(guest, [before]);
    expect((await set({ role: 'reader' })).status).toBe(200);
    expect(await roleOf(guest)).toBe('reader');
    // What is known already stays so; the new is refused by its name, and taken when the role allows it again.
    const { verdicts } = (await push(guest, [before, waiting])).body;
    expect(verdicts).toMatchObject([{ verdict: 'known' }, { verdict: 'refused', code: 'readOnly' }]);
    expect((await set({ role: 'owner', name: '1.sealed' })).status).toBe(200);
    expect((await push(guest, [waiting, after])).body.verdicts).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'accepted' },
    ]);
    // The same once more is no event.
    await set({ role: 'owner', name: '1.sealed' });
    const { devices } = (await guest.ask('devices')).body;
    expect(devices.find(({ device }: { device: string }) => device === guest.device)).toMatchObject({
      name: '1.sealed',
      role: 'owner',
    });
    const { entries, brokenAt } = await administration.audit(owner.workspace);
    expect(entries.slice(-3).map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
      ['device.role', owner.device, `${guest.device} reader`],
      ['device.role', owner.device, `${guest.device} owner`],
      ['device.renamed', owner.device, guest.device],
    ]);
    expect(brokenAt).toBeNull();
  });

  it('SYNC-ROLE-1 never leave a workspace without an owner, not even when two demote each other', async () => {
    const owner = await workspace(db, server.address);
    const set = (by: TestDevice, of: TestDevice, role: string) =>
      by.ask('setDevice', { params: { device: of.device }, body: { role } });
    const last = await set(owner, owner, 'editor');
    expect([last.status, last.body.error.code]).toEqual([409, 'lastOwner']);
    for (let time = 0; time < 5; time += 1) {
      const second = await join(owner, server.address, 'owner');
      const answers = await Promise.all([set(owner, second, 'editor'), set(second, owner, 'reader')]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.map(({ status }) => status).filter((status) => ![200, 403, 409].includes(status))).toEqual([]);
      const roles = [await roleOf(owner), await roleOf(second)];
      expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
      if (roles[0] !== 'owner') await set(second, owner, 'owner');
      await set(owner, second, 'editor');
    }
    // With another owner there, one may give the role up.
    const other = await join(owner, server.address, 'owner');
    expect((await set(owner, owner, 'reader')).status).toBe(200);
    expect([await roleOf(owner), await roleOf(other)]).toEqual(['reader', 'owner']);
  });

  it('are of no device that is not there, or has no access', async () => {
    const owner = await workspace(db, server.address);
    const gone = await join(owner, server.address, 'editor');
    await owner.ask('revoke', { params: { device: gone.device }, body: { wipe: false } });
    const stranger = await workspace(db, server.address);
    for (const device of [gone.device, stranger.device, random(16)]) {
      for (const body of [{ role: 'owner' }, { name: '1.x' }]) {
        const answer = await owner.ask('setDevice', { params: { device }, body });
        expect([answer.status, answer.body.error.code]).toEqual([404, 'notFound']);
      }
    }
    for (const body of [{}, { role: 'king' }, { name: '' }, { name: 'x'.repeat(501) }])
      expect((await owner.ask('setDevice', { params: { device: owner.device }, body })).status).toBe(400);
  });
});

describe('the lease', () => {
  it('SYNC-LEASE-1 is set and taken away by an owner, reaches every device, and stands in the audit trail', async () => {
    const owner = await workspace(db, server.address);
    const reader = await join(owner, server.address, 'reader');
    const lease = async (): Promise<unknown> => (await reader.ask('status')).body.status.leaseDays;
    expect(await lease()).toBeNull();
    const set = await owner.ask('lease', { body: { leaseDays: 14 } });
    expect([set.status, set.body.status.leaseDays]).toEqual([200, 14]);
    expect(await lease()).toBe(14);
    // The same once more is no event.
    await owner.ask('lease', { body: { leaseDays: 14 } });
    await owner.ask('lease', { body: { leaseDays: null } });
    expect(await lease()).toBeNull();
    const { entries, brokenAt } = await administration.audit(owner.workspace);
    expect(
      entries.filter(({ action }) => action === 'lease.set').map(({ actor, subject }) => [actor, subject]),
    ).toEqual([
      [owner.device, '14'],
      [owner.device, 'off'],
    ]);
    expect(brokenAt).toBeNull();
    for (const leaseDays of [0, 3651, 1.5, '7', undefined])
      expect((await owner.ask('lease', { body: { leaseDays } })).status).toBe(400);
  });

  it('is no business of an editor or a reader', async () => {
    const owner = await workspace(db, server.address);
    for (const role of ['editor', 'reader'] as const) {
      const guest = await join(owner, server.address, role);
      const refused = await guest.ask('lease', { body: { leaseDays: 1 } });
      expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
    }
    expect((await owner.ask('status')).body.status.leaseDays).toBeNull();
  });
});

describe('attachments', () => {
  it('SYNC-BLOB-1 go on where they stopped, chunk by chunk', async () => {
    const owner = await workspace(db, server.address);
    const blob = random(32);
    const chunks = [0, 1, 2, 4].map((n) => ({ n, bytes: Buffer.from(random(1000 + n)) }));
    for (const { n, bytes } of chunks) {
      expect((await owner.ask('putChunk', { params: { blob, chunk: n }, query: { of: 5 }, body: bytes })).status).toBe(
        200,
      );
    }
    expect((await owner.ask('blob', { params: { blob } })).body).toEqual({
      chunks: 5,
      have: [
        [0, 2],
        [4, 4],
      ],
    });
    // A chunk that is there stays.
    await owner.ask('putChunk', { params: { blob, chunk: 4 }, query: { of: 5 }, body: Buffer.from('other') });
    const got = await owner.ask('getChunk', { params: { blob, chunk: 4 } });
    expect(got.text).toBe(chunks[3]?.bytes.toString());
    expect((await owner.ask('getChunk', { params: { blob, chunk: 3 } })).status).toBe(404);
    expect(
      (await owner.ask('putChunk', { params: { blob, chunk: 3 }, query: { of: 6 }, body: Buffer.from('x') })).status,
    ).toBe(400);
    expect((await owner.ask('blob', { params: { blob: random(32) } })).body).toEqual({ chunks: null, have: [] });
  });

  it('are asked about many at a time, in the order of what was asked', async () => {
    const owner = await workspace(db, server.address);
    const stranger = await workspace(db, server.address);
    const [whole, half, unknown] = [random(32), random(32), random(32)];
    const putChunk = (blob: string, chunk: number, of: number) =>
      owner.ask('putChunk', { params: { blob, chunk }, query: { of }, body: Buffer.from(random(100)) });
    await putChunk(whole, 0, 2);
    await putChunk(whole, 1, 2);
    await putChunk(half, 2, 4);
    await putChunk(half, 0, 4);
    const body = { blobs: [half, unknown, whole, half] };
    const expected = {
      chunks: 4,
      have: [
        [0, 0],
        [2, 2],
      ],
    };
    expect((await owner.ask('blobs', { body })).body.blobs).toEqual([
      expected,
      { chunks: null, have: [] },
      { chunks: 2, have: [[0, 1]] },
      expected,
    ]);
    // Names say nothing to another workspace.
    expect((await stranger.ask('blobs', { body: { blobs: [whole] } })).body.blobs).toEqual([
      { chunks: null, have: [] },
    ]);
    expect((await owner.ask('blobs', { body: { blobs: [] } })).status).toBe(400);
    expect((await owner.ask('blobs', { body: { blobs: Array(501).fill(whole) } })).status).toBe(400);
  });

  it('SYNC-LIMIT-1 a chunk that is too large, and a quota that is full, leave nothing behind', async () => {
    const owner = await workspace(db, server.address, 2000);
    const blob = random(32);
    const large = Buffer.alloc(LIMITS.chunkBytes + 1);
    expect((await owner.ask('putChunk', { params: { blob, chunk: 0 }, query: { of: 1 }, body: large })).status).toBe(
      413,
    );
    const full = await owner.ask('putChunk', {
      params: { blob, chunk: 0 },
      query: { of: 1 },
      body: Buffer.alloc(3000),
    });
    expect([full.status, full.body.error.code]).toEqual([507, 'full']);
    expect((await owner.ask('blob', { params: { blob } })).body).toEqual({ chunks: null, have: [] });
  });
});

describe('packs', () => {
  const put = (device: TestDevice, pack: string, part: number, last: boolean, bytes = Buffer.from(`${pack} ${part}`)) =>
    device.ask('putPart', { params: { pack, part }, query: { place: 2, last }, body: bytes });
  const newest = async (device: TestDevice): Promise<unknown> => (await device.ask('pack')).body.pack;
  const used = async (device: TestDevice): Promise<number> =>
    Number(
      (
        await db.query('SELECT bytes FROM workspace WHERE workspace_id = $1', [
          Buffer.from(device.workspace, 'base64url').toString('hex'),
        ])
      )[0]?.['bytes'],
    );

  it('SYNC-PACK-5 are handed out when they are complete, the newest only', async () => {
    const owner = await workspace(db, server.address);
    await push(owner, [change(), change()]);
    const before = await used(owner);
    const [first, second, third] = [nextId(), nextId(), nextId()];
    expect(await newest(owner)).toBeNull();
    for (const [part, last] of [
      [0, false],
      [1, true],
    ] as const) {
      expect(await newest(owner)).toBeNull();
      expect((await put(owner, first, part, last)).status).toBe(200);
    }
    expect(await newest(owner)).toEqual({ pack: first, place: 2, parts: 2 });
    // One that is being made changes nothing, and gives way to the next that is begun.
    await put(owner, second, 0, false);
    expect(await newest(owner)).toEqual({ pack: first, place: 2, parts: 2 });
    await put(owner, third, 0, false);
    expect((await put(owner, second, 1, true)).status).toBe(404);
    expect((await put(owner, third, 2, true)).status).toBe(404);
    // The same part again is the same part.
    await put(owner, third, 0, false, Buffer.from('other'));
    expect((await owner.ask('getPart', { params: { pack: third, part: 0 } })).text).toBe(`${third} 0`);
    await put(owner, third, 1, true);
    expect(await newest(owner)).toEqual({ pack: third, place: 2, parts: 2 });
    expect((await put(owner, third, 2, true)).status).toBe(404);
    expect((await owner.ask('getPart', { params: { pack: first, part: 0 } })).status).toBe(404);
    expect(await used(owner)).toBe(before + Buffer.byteLength(`${third} 0${third} 1`));
  });

  it('SYNC-PACK-5 of no place that there is not, not too large, and within the quota', async () => {
    const owner = await workspace(db, server.address, 2000);
    expect((await put(owner, nextId(), 0, true)).status).toBe(400);
    await push(owner, [change(), change()]);
    expect((await put(owner, nextId(), 0, true, Buffer.alloc(LIMITS.chunkBytes + 1))).status).toBe(413);
    expect((await put(owner, nextId(), 0, true, Buffer.alloc(3000))).status).toBe(507);
    expect(await newest(owner)).toBeNull();
    expect((await put(owner, nextId(), 0, true)).status).toBe(200);
  });
});

describe('administration', () => {
  it('SYNC-EPOCH-1 a renewed epoch reaches every device with its next answer', async () => {
    const owner = await workspace(db, server.address);
    const before = (await owner.ask('status')).body.status.epoch;
    await administration.renewEpoch(owner.workspace);
    expect((await owner.ask('status')).body.status.epoch).not.toBe(before);
  });

  it('SYNC-LEASE-1 lease, roles and the audit trail, whose alteration shows', async () => {
    const owner = await workspace(db, server.address);
    const reader = await join(owner, server.address, 'reader');
    await administration.set(owner.workspace, 'lease_days', 30);
    expect((await reader.ask('status')).body.status.leaseDays).toBe(30);
    await administration.set(owner.workspace, 'lease_days', null);
    expect((await reader.ask('status')).body.status.leaseDays).toBeNull();
    await administration.setRole(owner.workspace, reader.device, 'editor');
    expect((await push(reader, [change()])).body.verdicts[0].verdict).toBe('accepted');
    await expect(administration.setRole(owner.workspace, owner.device, 'reader')).rejects.toThrow('lastOwner');
    await administration.revoke(owner.workspace, reader.device, true);
    const { entries, brokenAt } = await administration.audit(owner.workspace);
    expect(entries.map(({ action }) => action)).toEqual([
      'workspace.created',
      'invitation.created',
      'key.made',
      'device.enrolled',
      'invitation.created',
      'device.enrolled',
      'lease.set',
      'lease.set',
      'device.role',
      'device.revoked',
    ]);
    expect(entries.filter(({ action }) => action === 'lease.set').map(({ subject }) => subject)).toEqual(['30', 'off']);
    expect(brokenAt).toBeNull();
    const id = Buffer.from(owner.workspace, 'base64url').toString('hex');
    await db.query(`UPDATE audit SET subject = 'nobody' WHERE workspace_id = $1 AND n = 6`, [id]);
    expect((await administration.audit(owner.workspace)).brokenAt).toBe(6);
    await db.query(`DELETE FROM audit WHERE workspace_id = $1 AND n = 6`, [id]);
    expect((await administration.audit(owner.workspace)).brokenAt).toBe(7);
  });

  it('removes a workspace with everything it kept, and nothing of another', async () => {
    const owner = await workspace(db, server.address);
    const other = await workspace(db, server.address);
    for (const each of [owner, other]) {
      await push(each, [change(), change()]);
      await each.ask('putChunk', { params: { blob: random(32), chunk: 0 }, query: { of: 1 }, body: Buffer.from('x') });
    }
    const tables = await db.query(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'rapport'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'workspace_id'`,
    );
    const rows = async (of: TestDevice): Promise<number> => {
      const id = Buffer.from(of.workspace, 'base64url').toString('hex');
      let sum = 0;
      for (const { name } of tables)
        sum += Number((await db.query(`SELECT count(*) AS n FROM ${name} WHERE workspace_id = $1`, [id]))[0]?.['n']);
      return sum;
    };
    const kept = await rows(other);
    await expect(administration.remove(owner.workspace, false)).rejects.toThrow(/1 device\(s\) still have access/);
    expect((await owner.ask('status')).status).toBe(200);
    // More than one portion of rows; cut off in the middle of them, nobody comes in any more, and it can be run again.
    const id = Buffer.from(owner.workspace, 'base64url').toString('hex');
    await db.query(
      `INSERT INTO named SELECT $1::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid() FROM generate_series(1, 4500)`,
      [id],
    );
    await db.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut off'; END $$`);
    await db.query(`CREATE TRIGGER stumble BEFORE DELETE ON named FOR EACH ROW EXECUTE FUNCTION stumble()`);
    await expect(administration.remove(owner.workspace, true)).rejects.toThrow('cut off');
    expect((await owner.ask('status')).body.error.code).toBe('revoked');
    await db.query('DROP TRIGGER stumble ON named');
    await administration.remove(owner.workspace, false);
    expect(await rows(owner)).toBe(0);
    expect(await rows(other)).toBe(kept);
    expect((await owner.ask('status')).body.error.code).toBe('unauthorised');
    expect((await other.ask('status')).status).toBe(200);
    await expect(administration.remove(owner.workspace, true)).rejects.toThrow('notFound');
  });

  it('works beside itself: commands that look for migrations at the same time do not disturb each other', async () => {
    const runs = Array.from({ length: 12 }, () => migrate(db.owner, 'rapport_service'));
    expect(await Promise.all(runs)).toEqual(Array(12).fill([]));
  });

  it('says so when the service comes in another role than the tables were opened to', async () => {
    const name = `other_${random(6).toLowerCase().replaceAll(/\W/g, '_')}`;
    await db.query(`CREATE ROLE ${name} LOGIN PASSWORD 'other'`);
    const url = new URL(db.service);
    url.username = name;
    url.password = 'other';
    try {
      await db.query(`GRANT CONNECT ON DATABASE ${url.pathname.slice(1)} TO ${name}`);
      await expect(migrate(db.owner, name)).rejects.toThrow(/opened to another role/);
      await expect(serve({ service: url.href })).rejects.toThrow(/opened to another role/);
    } finally {
      await db.query(`DROP OWNED BY ${name}`);
      await db.query(`DROP ROLE ${name}`);
    }
  });
});
