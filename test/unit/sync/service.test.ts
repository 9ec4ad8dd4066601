import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syncStore } from '../../../electron/sync/store.ts';
import { TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { ModelServer } from '../../simulation/model-server.ts';
import { make, put } from '../vault/support.ts';
import { Bench, Device, ID, attach, codeOf, hasWords, members, reaches, stateOf } from './service-bench.ts';

describe('sync in the application', () => {
  it('is off, and says nothing, without a server', async () => {
    const device = await new Bench().device();
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    device.service.committed();
    expect(await device.service.status()).toEqual({
      state: 'off',
      enrolling: false,
      pending: 0,
      refused: 0,
      quarantined: 0,
      frugal: false,
    });
    expect(await device.service.pending()).toEqual({ changes: [], names: {} });
    expect(await codeOf(device.service.now())).toBe('sync.notSet');
  });

  it('joins by a code, brings everything over, and tells the others the name of the device', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    bench.server.invite(ID('b'), 'editor');
    const one = await bench.device();
    const two = await bench.device();
    await one.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await one.enrol('a');
    await one.service.now();
    expect(await one.service.status()).toMatchObject({ state: 'idle', role: 'owner', pending: 0, enrolling: false });
    await two.enrol('b');
    await two.service.now();
    expect(await two.vault.record('o')).toEqual(await one.vault.record('o'));
    const name = await two.vault.record(`device:${await one.vault.device()}`);
    expect(name?.data).toEqual({ name: 'Ноутбук' });
  });

  it('lists what waits in words and takes it back', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.commit(make('organisation', 'o', { name: 'Ромашка', industry: 'Химия' }));
    await device.enrol('a');
    await device.service.now();
    bench.failure = new TransportFailure('unreachable');
    await device.commit(put('organisation', 'o', 'industry', 'Косметика'));
    const { changes } = await device.service.pending();
    expect(changes).toMatchObject([
      { record: 'o', title: 'Ромашка', field: 'industry', value: 'Косметика', reason: null },
    ]);
    await device.service.discard(changes[0]?.id ?? '');
    expect((await device.vault.record('o'))?.data['industry']).toBe('Химия');
  });

  it('a change that the server refuses is named with its reason and blocks nothing', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'reader');
    const device = await bench.device();
    await device.enrol('a').catch(() => undefined);
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await device.service.now();
    const status = await device.service.status();
    expect(status).toMatchObject({ state: 'idle', role: 'reader' });
    expect(status.refused).toBeGreaterThan(0);
    const { changes } = await device.service.pending();
    expect(changes.map(({ reason }) => reason)).toContain('readOnly');
    // A refused change is one that waits: the panel offers to look at it and to discard it.
    expect(status.pending).toBe(changes.length);
  });

  it('tells nothing of a role and of attachments while nobody has answered the code, and the name once somebody has', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = new Device(bench);
    // The page tells what its network is like before the vault is open.
    await device.service.options({ metered: false });
    await device.vault.create({ recovery: false });
    await device.service.opened();
    bench.failure = new TransportFailure('unreachable');
    expect(await codeOf(device.enrol('a'))).toBe('sync.unreachable');
    const asking = await device.service.status();
    expect(asking).toMatchObject({ enrolling: true, state: 'waiting' });
    expect(asking).not.toHaveProperty('role');
    expect(asking).not.toHaveProperty('files');
    bench.failure = null;
    await device.service.now();
    expect(await device.service.status()).toMatchObject({ enrolling: false, role: 'owner' });
    const record = async () => (await device.vault.record(`device:${await device.vault.device()}`))?.data['name'];
    await expect.poll(record).toBe('Ноутбук');
  });

  it('a file that was added without a connection has not been sent, also after the vault was opened anew', async () => {
    const bench = new Bench();
    const [one] = await members(bench);
    bench.failure = new TransportFailure('unreachable');
    const hash = await attach(one, 'o', randomBytes(5000));
    expect(await stateOf(one, hash)).toEqual({ state: 'unsent' });
    await one.service.closed();
    await one.service.opened();
    expect(await stateOf(one, hash)).toEqual({ state: 'unsent' });
    bench.failure = null;
    await one.service.now();
    await reaches(one, hash, { state: 'here' });
  });

  const failures = [
    ['offline', 'offline'],
    ['unreachable', 'waiting'],
    ['timeout', 'waiting'],
    ['internal', 'waiting'],
    ['unavailable', 'waiting'],
    ['tooMany', 'waiting'],
    ['certificate', 'problem'],
    ['notOurs', 'problem'],
    ['redirected', 'problem'],
    ['answerTooLarge', 'problem'],
    ['protocol', 'problem'],
    ['full', 'problem'],
  ] as const;
  it.each(failures)('after “%s” it is “%s”, with words, and goes on by itself', async (failure, state) => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.enrol('a');
    await device.service.now();
    bench.failure = new TransportFailure(failure);
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    expect(await codeOf(device.service.now())).toBe(`sync.${failure}`);
    const status = await device.service.status();
    expect(status).toMatchObject({ state, pending: 1, error: { code: `sync.${failure}` } });
    expect(hasWords(`sync.${failure}`)).toBe(true);
    expect(status.nextTry).toBeGreaterThan(bench.now);
    bench.failure = null;
    await device.service.now();
    expect(await device.service.status()).toMatchObject({ state: 'idle', pending: 0 });
  });

  it('without a network it says so; paused it does not try', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.enrol('a');
    device.online = false;
    expect((await device.service.status()).state).toBe('offline');
    device.online = true;
    expect((await device.service.options({ paused: true })).state).toBe('paused');
    await device.service.closed();
    await device.service.opened();
    expect((await device.service.status()).state).toBe('paused');
    expect((await device.service.options({ paused: false })).state).not.toBe('paused');
  });

  it.each(['invitationUnknown', 'invitationExpired', 'invitationUsed'] as const)(
    'a code that is refused as “%s” leaves no trace, and another can be tried',
    async (refusal) => {
      const bench = new Bench();
      bench.server.invite(ID('a'), 'owner');
      const device = await bench.device();
      bench.failure = new TransportFailure(refusal);
      expect(await codeOf(device.enrol('z'))).toBe(`sync.${refusal}`);
      expect(hasWords(`sync.${refusal}`)).toBe(true);
      expect((await device.service.status()).state).toBe('off');
      bench.failure = null;
      await device.enrol('a');
      await device.service.now();
      expect((await device.service.status()).state).toBe('idle');
    },
  );

  it('an enrolment whose answer was lost is kept and goes on', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    bench.failure = new TransportFailure('unreachable');
    expect(await codeOf(device.enrol('a'))).toBe('sync.unreachable');
    expect(await device.service.status()).toMatchObject({ state: 'waiting', enrolling: true });
    bench.failure = null;
    await device.service.now();
    expect(await device.service.status()).toMatchObject({ state: 'idle', enrolling: false });
  });

  it('SYNC-REVOKE-2: access that has ended leaves the records, and a new code brings the device back', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    bench.server.invite(ID('b'), 'owner');
    const device = await bench.device();
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await device.enrol('a');
    // The round that the enrolment began is over.
    await device.service.now();
    const memory = await syncStore(device.vault).memory();
    bench.server.revoke(memory?.enrolment.device ?? '', false);
    expect(await codeOf(device.service.now())).toBe('sync.revoked');
    expect(await device.service.status()).toMatchObject({ state: 'revoked', error: { code: 'sync.revoked' } });
    expect((await device.vault.record('o'))?.data['name']).toBe('Ромашка');
    await device.enrol('b');
    await device.service.now();
    expect((await device.service.status()).state).toBe('idle');
  });

  it('SYNC-REVOKE-1: told to wipe, it destroys the key, then everything of the vault', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await device.vault.backupDaily();
    await device.enrol('a');
    // The round that the enrolment began is over.
    await device.service.now();
    const memory = await syncStore(device.vault).memory();
    bench.server.revoke(memory?.enrolment.device ?? '', true);
    const asked = bench.asked.length;
    expect(await codeOf(device.service.now())).toBe('sync.revoked');
    expect(device.destroyed).toBe(1);
    // The first request was told to wipe; the one after it says that it is done.
    await expect.poll(() => bench.asked.length).toBe(asked + 2);
    expect(existsSync(join(device.dir, 'vault'))).toBe(false);
    expect(readdirSync(device.dir)).toEqual([]);
    expect((await device.vault.status()).state).toBe('none');
  });

  it('leaving keeps the records and asks for nothing more', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await device.enrol('a');
    bench.failure = new TransportFailure('unreachable');
    await device.service.leave();
    expect((await device.service.status()).state).toBe('off');
    expect((await device.vault.record('o'))?.data['name']).toBe('Ромашка');
  });

  it('a locked vault ends it, without a word to the screens afterwards', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const device = await bench.device();
    await device.enrol('a');
    await device.service.closed();
    await device.vault.lock();
    device.said.length = 0;
    device.service.committed();
    device.service.woke();
    expect(device.said).toEqual([]);
    await device.vault.open();
    await device.service.opened();
    await expect.poll(async () => (await device.service.status()).state).toBe('idle');
  });

  it('a clock that is an hour behind is said, and set right for the edits', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    const server = new ModelServer({
      now: () => bench.now + 3_600_000,
      hash: (id) => createHash('sha256').update(id).digest(),
      boxLimit: 1_000_000,
    });
    server.invite(ID('a'), 'owner');
    Object.assign(bench, { server });
    const device = await bench.device();
    await device.enrol('a');
    expect((await device.service.status()).clockDifference).toBe(3_600_000);
  });
});
