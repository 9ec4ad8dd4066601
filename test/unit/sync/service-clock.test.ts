import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { syncStore } from '../../../electron/sync/store.ts';
import { TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import { make, put } from '../vault/support.ts';
import { Bench, HERE, ID, attach, codeOf, members, reaches, sends } from './service-bench.ts';

describe('the lease', () => {
  it('SYNC-LEASE-1 is set by an owner, shown to everybody, and refused to others', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    await one.service.owner.setLease(14);
    expect((await one.service.status()).lease).toEqual({ days: 14, until: bench.now + 14 * 86_400_000 });
    await two.service.now();
    expect((await two.service.status()).lease?.days).toBe(14);
    expect(await codeOf(two.service.owner.setLease(null))).toBe('sync.forbidden');
    await one.service.owner.setLease(null);
    await two.service.now();
    expect((await two.service.status()).lease).toBeUndefined();
  });
});

describe('a wrong clock', () => {
  const DAY = 86_400_000;
  it('SYNC-CLOCK-4 of a device: what it made too early is made anew, and nobody else notices', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    bench.server.invite(ID('b'), 'editor');
    bench.serverAhead = -400 * DAY;
    const one = await bench.device();
    await one.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await one.enrol('a');
    await one.service.now();
    expect(await one.service.status()).toMatchObject({ refused: 0, clockDifference: -400 * DAY });
    const two = await bench.device();
    await two.enrol('b');
    await two.service.now();
    expect((await two.vault.record('o'))?.data['name']).toBe('Ромашка');
    expect((await two.service.status()).quarantined).toBe(0);
    const [entry] = await two.vault.history('o');
    expect(Math.abs((entry?.time ?? 0) - (bench.now - 400 * DAY))).toBeLessThan(60_000);
  });

  it('SYNC-CLOCK-3 of the server: what comes from the future is set aside in words, and taken in when its time has come', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    bench.server.invite(ID('b'), 'editor');
    bench.serverAhead = DAY;
    const one = await bench.device();
    await one.enrol('a');
    await one.service.now();
    await one.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await one.service.now();
    // Its administrator sets the server's clock right.
    bench.serverAhead = 0;
    const two = await bench.device();
    await two.enrol('b');
    await two.service.now();
    expect(await two.vault.record('o')).toBeNull();
    const aside = await two.service.setAside();
    expect(aside.map(({ reason }) => reason)).toContain('clock');
    expect((await two.service.status()).quarantined).toBe(aside.length);
    for (const language of ['ru', 'en'] as const)
      expect(catalogue[language].sync.setAside.clock.length).toBeGreaterThan(20);
    expect((await two.service.retrySetAside()).left).toBe(aside.length);
    bench.now += DAY;
    await two.service.now();
    expect((await two.vault.record('o'))?.data['name']).toBe('Ромашка');
    expect((await two.service.status()).quarantined).toBe(0);
  });

  it('SYNC-LEAVE-1 what waited, was refused or set aside when a device left goes out and opens when it is back', async () => {
    const bench = new Bench();
    bench.server.invite(ID('a'), 'owner');
    bench.server.invite(ID('b'), 'editor');
    bench.serverAhead = DAY;
    const one = await bench.device();
    await one.enrol('a');
    await one.service.now();
    await one.commit(make('organisation', 'early', { name: 'Ромашка' }));
    await one.service.now();
    bench.serverAhead = 0;
    const two = await bench.device();
    await two.enrol('b');
    await two.service.now();
    const memory = await syncStore(two.vault).memory();
    bench.server.setRole(memory?.enrolment.device ?? '', 'reader');
    await two.commit(make('organisation', 'refused', { name: 'Василёк' }));
    await two.service.now();
    bench.failure = new TransportFailure('unreachable');
    await two.commit(make('organisation', 'waits', { name: 'Лютик' }));
    const before = await two.service.status();
    expect(before).toMatchObject({ pending: 2, refused: 1 });
    expect(before.quarantined).toBeGreaterThan(0);

    await two.service.leave();
    expect(await two.service.status()).toMatchObject({ state: 'off', pending: 0, quarantined: 0 });
    bench.failure = null;
    bench.server.invite(ID('c'), 'editor');
    await two.enrol('c');
    await two.service.now();
    expect(await two.service.status()).toMatchObject({ pending: 0, refused: 0, quarantined: before.quarantined });
    bench.now += DAY;
    for (const device of [two, one, two]) await device.service.now();
    expect((await two.service.status()).quarantined).toBe(0);
    for (const [record, name] of [
      ['early', 'Ромашка'],
      ['refused', 'Василёк'],
      ['waits', 'Лютик'],
    ] as const)
      for (const device of [one, two]) expect((await device.vault.record(record))?.data['name']).toBe(name);
  });

  it('SYNC-CLOCK-4 of the server: who has changes from the future goes on in the present', async () => {
    const bench = new Bench();
    bench.serverAhead = 365 * DAY;
    const [one, two] = await members(bench);
    await one.commit(make('organisation', 'o', { name: 'Ромашка' }));
    await one.service.now();
    await two.service.now();
    bench.serverAhead = 0;
    for (const [device, other] of [
      [one, two],
      [two, one],
      [one, two],
    ] as const) {
      // The application was started anew, with the future in its log.
      await device.service.closed();
      await device.vault.lock();
      await device.vault.open();
      await device.service.opened();
      const id = `o${bench.server.backup().changes}`;
      await device.commit(make('organisation', id, { name: 'Василёк' }));
      await device.commit(put('organisation', id, 'name', 'Лютик'));
      await device.service.now();
      expect(await device.service.status()).toMatchObject({ pending: 0, refused: 0 });
      await other.service.now();
      expect(await other.vault.record(id)).toMatchObject({ data: { name: 'Лютик' }, conflicts: [] });
      expect((await other.vault.record(id))?.changedAt).toBeLessThan(bench.now + 60_000);
    }
    // What follows on a change from the future cannot come before it: it waits, and nothing is made anew again and again.
    await one.commit(put('organisation', 'o', 'name', 'Колокольчик'));
    const names = async (): Promise<unknown> => [
      (await one.service.pending()).changes.map(({ id }) => id),
      (await one.vault.history('o')).map(({ change }) => change),
    ];
    const before = await names();
    for (let round = 0; round < 3; round += 1) {
      await one.service.now();
      expect(await names()).toEqual(before);
      expect((await one.service.pending()).changes.map(({ reason }) => reason)).toEqual(['future']);
    }
    bench.now += 366 * DAY;
    await one.service.now();
    await two.service.now();
    expect((await two.vault.record('o'))?.data['name']).toBe('Колокольчик');
    expect((await one.service.status()).refused).toBe(0);
    expect((await two.service.status()).quarantined).toBe(0);
  });
});

describe('this computer’s disk is full', () => {
  it('says so in words, keeps what is there, and goes on by itself when there is room', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    for (let i = 0; i < 40; i += 1)
      await one.commit(
        make('organisation', `o${i}`, { name: `Организация ${i}`, summary: randomBytes(1500).toString('hex') }),
      );
    await one.service.now();
    const hash = await attach(one, 'file', randomBytes(900_000));
    await sends(bench, one, hash);
    const pages = two.db.pragma('page_count', { simple: true }) as number;
    two.db.pragma(`max_page_count = ${pages + 4}`);
    expect(await codeOf(two.service.now())).toBe('vault.diskFull');
    expect(await two.service.status()).toMatchObject({ state: 'problem', error: { code: 'vault.diskFull' } });
    for (const language of ['ru', 'en'] as const)
      expect(catalogue[language].errors.vault.diskFull.length).toBeGreaterThan(20);
    // Room for the records, not for the file.
    two.db.pragma(`max_page_count = ${pages + 150}`);
    await two.service.now();
    await reaches(two, hash, { state: 'problem', error: { code: 'vault.diskFull' } });
    expect((await two.service.status()).files).toMatchObject({ error: { code: 'vault.diskFull' } });
    expect((await two.vault.record('o39'))?.data['name']).toBe('Организация 39');
    two.db.pragma('max_page_count = 1000000000');
    await two.service.now();
    await reaches(two, hash, HERE);
    expect(await two.vault.verify()).toMatchObject({ ok: true });
  });
});
