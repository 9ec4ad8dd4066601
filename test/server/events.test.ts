/** Hints over open streams: whom they reach, when they end, what bounds them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Administration } from '../../server/admin/workspaces.ts';
import { Hub, type Listener } from '../../server/events/hub.ts';
import type { RunningServer } from '../../server/server.ts';
import { ask, change, type Database, database, join, push, serve, stream, workspace } from './support.ts';

let db: Database;
let server: RunningServer;
beforeAll(async () => {
  db = await database();
  server = await serve(db);
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

describe('hints', () => {
  it('SYNC-TALK-1 reach every stream, here and on another copy of the service', async () => {
    const copy = await serve(db);
    const device = await workspace(db, server.address);
    const here = await stream(server.address, device);
    const there = await stream(copy.address, device);
    expect(await here.until(/"head":0/)).toContain('event: head');
    expect(await there.until(/"head":0/)).toContain('event: head');
    await push(device, [change(), change()]);
    expect(await here.until(/"head":2/)).not.toBeNull();
    await copy.poll();
    expect(await there.until(/"head":2/)).not.toBeNull();
    await copy.stop();
    expect(await there.ended()).toBe('');
  });

  it('SYNC-ROLE-3 tell a device how it is known: at first, and when an owner has changed it, here and on another copy', async () => {
    const copy = await serve(db);
    const boss = await workspace(db, server.address);
    const device = await join(boss, server.address, 'editor');
    const here = await stream(server.address, device);
    const there = await stream(copy.address, device);
    const bosses = await stream(server.address, boss);
    for (const each of [here, there]) expect(await each.until(/event: self/)).toContain('"role":"editor"');
    await bosses.until(/event: self/);
    await copy.poll();
    await boss.ask('setDevice', { params: { device: device.device }, body: { role: 'reader', name: '1.box' } });
    const told = 'event: self\ndata: {"role":"reader","name":"1.box"}\n\n';
    expect(await here.until(/reader/)).toBe(told);
    await copy.poll();
    expect(await there.until(/reader/)).toBe(told);
    // The administration's word comes with the next look, and nothing is said twice or to others.
    const administration = new Administration(db.owner);
    await administration.setRole(boss.workspace, device.device, 'editor');
    await administration.close();
    await server.poll();
    await server.poll();
    expect(await here.until(/self/)).toBe('event: self\ndata: {"role":"editor","name":"1.box"}\n\n');
    await push(boss, [change()]);
    for (const each of [here, bosses]) expect(await each.until(/"head":1/)).not.toContain('self');
    await copy.stop();
  });

  it('SYNC-REVOKE-1 a revocation ends streams, here and on another copy', async () => {
    const copy = await serve(db);
    const boss = await workspace(db, server.address);
    const device = await join(boss, server.address, 'editor');
    const here = await stream(server.address, device);
    const there = await stream(copy.address, device);
    await here.until(/head/);
    await there.until(/head/);
    await copy.poll();
    await boss.ask('revoke', { params: { device: device.device }, body: { wipe: true } });
    expect(await here.ended()).toContain('event: revoked\ndata: {"wipe":true}');
    await copy.poll();
    expect(await there.ended()).toContain('event: revoked\ndata: {"wipe":true}');
    await copy.stop();
  });

  it('SYNC-REVOKE-1 a stream that opens while its device is revoked ends with the next look', async () => {
    const hub = new Hub();
    const head = { head: 1, epoch: 'AAAAAAAAAAA', keyEpoch: 1 };
    const sent: string[] = [];
    const listener = (device: string): Listener => {
      const made: Listener = {
        workspace: 'w',
        device,
        token: Buffer.alloc(32),
        send: (text) => void sent.push(`${device} ${text}`),
        close: () => hub.remove(made),
      };
      return made;
    };
    const gone = new Set<string>();
    const asked: string[] = [];
    const watch = {
      pulses: () => Promise.resolve([{ workspace: 'w', access: 7, ...head }]),
      check: ({ device }: Listener) => {
        asked.push(device);
        return Promise.resolve({ revoked: gone.has(device), wipe: false, self: null });
      },
    };
    hub.add(listener('a'), head, null);
    await hub.poll(watch);
    // Its token was looked at before the revocation, which the hub has seen; the stream is added after both.
    gone.add('b');
    hub.add(listener('b'), head, null);
    await hub.poll(watch);
    await hub.poll(watch);
    expect(sent.filter((text) => text.includes('revoked'))).toEqual([expect.stringMatching(/^b event: revoked/)]);
    expect(hub.size).toBe(1);
    // Nobody is asked about twice without a reason.
    expect(asked).toEqual(['a', 'b']);
  });

  it('end when the workspace is removed, and do not come back', async () => {
    const device = await workspace(db, server.address);
    const open = await stream(server.address, device);
    await open.until(/head/);
    const administration = new Administration(db.owner);
    await administration.remove(device.workspace, true);
    await administration.close();
    await server.poll();
    await open.ended();
    expect((await ask(server.address, device.token, 'events')).status).toBe(401);
  });

  it('do not count among the requests that are worked on', async () => {
    const narrow = await serve(db, { settings: { inFlight: 2 } });
    const device = await workspace(db, server.address);
    for (let i = 0; i < 3; i += 1) await (await stream(narrow.address, device)).until(/head/);
    expect((await ask(narrow.address, device.token, 'status')).status).toBe(200);
    await narrow.stop();
  });

  it('have a bound for every device', async () => {
    const device = await workspace(db, server.address);
    const open = [];
    for (let i = 0; i < 4; i += 1) open.push(await stream(server.address, device));
    for (const each of open) await each.until(/head/);
    expect((await ask(server.address, device.token, 'events')).status).toBe(429);
  });
});
