import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { syncStore } from '../../../electron/sync/store.ts';
import { TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import { make } from '../vault/support.ts';
import { Bench, HERE, attach, codeOf, members, reaches, sends, stateOf } from './service-bench.ts';

describe('attachments in the application', () => {
  it('SYNC-BLOB-1 say where they are, go out after the changes, and are here on the other device', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    const alone = await bench.device();
    const lone = await attach(alone, 'x', Buffer.from('без сервера'));
    expect(await stateOf(alone, lone)).toEqual(HERE);
    bench.failure = new TransportFailure('unreachable');
    const hash = await attach(one, 'o', Buffer.from('договор'));
    bench.failure = null;
    bench.asked.length = 0;
    await sends(bench, one, hash);
    expect(bench.asked.indexOf('push')).toBeLessThan(bench.asked.indexOf('putChunk'));
    await expect.poll(async () => (await one.service.status()).files).toBeUndefined();
    await two.service.now();
    await reaches(two, hash, HERE);
    expect(await two.vault.attachment(hash)).toEqual(Uint8Array.from(Buffer.from('договор')));
  });

  it('SYNC-TALK-3 wait on a metered network; the one that is opened comes, and “sync now” brings all', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    const wanted = await attach(one, 'o1', randomBytes(3000));
    const other = await attach(one, 'o2', randomBytes(3000));
    await sends(bench, one, wanted, other);
    await two.service.options({ metered: true });
    // A round that nobody asked for, as a hint from the server begins it.
    await two.commit(make('organisation', 'mine', { name: 'Василёк' }));
    bench.asked.length = 0;
    two.service.woke();
    await reaches(two, wanted, { state: 'waiting' });
    expect(await two.service.status()).toMatchObject({ files: { held: 'frugal', waiting: { files: 2, bytes: 6000 } } });
    expect(bench.asked).not.toContain('getChunk');
    await two.service.fetchAttachment(wanted);
    expect(await stateOf(two, wanted)).toEqual(HERE);
    expect(await stateOf(two, other)).toEqual({ state: 'waiting' });
    await two.service.now();
    await reaches(two, other, HERE);
  });

  it('are held back while a person has stopped them, across a restart, and go on afterwards', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    await two.service.options({ filesStopped: true });
    const hash = await attach(one, 'o', randomBytes(3000));
    await sends(bench, one, hash);
    await two.service.now();
    await reaches(two, hash, { state: 'waiting' });
    expect((await two.vault.record('o'))?.data['name']).toBe('Ромашка');
    await two.service.closed();
    await two.service.opened();
    await two.service.now();
    await expect.poll(async () => (await two.service.status()).files?.held).toBe('stopped');
    expect(await two.vault.attachment(hash)).toBeNull();
    await two.service.options({ filesStopped: false });
    await reaches(two, hash, HERE);
  });

  it('whose device has not sent them, or is gone, are said to be elsewhere, in words', async () => {
    const bench = new Bench();
    const [one, two] = await members(bench);
    await one.service.options({ filesStopped: true });
    const hash = await attach(one, 'o', randomBytes(3000));
    await one.service.now();
    await reaches(one, hash, { state: 'unsent' });
    const memory = await syncStore(one.vault).memory();
    bench.server.revoke(memory?.enrolment.device ?? '', false);
    await two.service.now();
    await reaches(two, hash, { state: 'elsewhere' });
    expect((await two.service.status()).files).toMatchObject({ elsewhere: 1, waiting: { files: 0 }, held: null });
    expect(await codeOf(two.service.fetchAttachment(hash))).toBe('attachment.elsewhere');
    for (const language of ['ru', 'en'] as const)
      expect(catalogue[language].errors.attachment.elsewhere.length).toBeGreaterThan(20);
    // A colleague's hand-over file brings it all the same, and from here everybody gets it.
    const given = await one.vault.handOver({
      scope: { kind: 'all' },
      passphrase: 'корова 17',
      by: 'Анна',
      files: true,
    });
    const { ticket } = await two.vault.openHandOver({ bytes: given.bytes, passphrase: 'корова 17' });
    expect(await two.vault.takeHandOver(ticket)).toMatchObject({ files: 1 });
    await two.service.now();
    await expect.poll(async () => (await two.service.status()).files).toBeUndefined();
    expect(await stateOf(two, hash)).toEqual(HERE);
  });

  it('SYNC-REVOKE-1 go with the vault when it is wiped', async () => {
    const bench = new Bench();
    const [one] = await members(bench);
    await attach(one, 'o', Buffer.from('PlantedContent'));
    await one.service.now();
    const memory = await syncStore(one.vault).memory();
    bench.server.revoke(memory?.enrolment.device ?? '', true);
    expect(await codeOf(one.service.now())).toBe('sync.revoked');
    expect(readdirSync(one.dir)).toEqual([]);
  });
});
