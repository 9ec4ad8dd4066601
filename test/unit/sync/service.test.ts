import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SyncService } from '../../../electron/sync/service.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import type { Db } from '../../../electron/vault/database.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { Vault } from '../../../electron/vault/vault.ts';
import { AppFailure } from '../../../shared/result.ts';
import { type Transport, TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { encodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import type { AttachmentState, SyncStatus } from '../../../shared/sync/view.ts';
import { ModelServer } from '../../simulation/model-server.ts';
import { fakeKeychain } from '../vault/fake-keychain.ts';
import { folder, later, make, NOON, put } from '../vault/support.ts';

const ID = (letter: string): string => Buffer.alloc(16, letter).toString('base64url');
const KEY = new Uint8Array(32).fill(9);
const code = (secret: string): string =>
  encodeInvitation({
    server: 'http://127.0.0.1:4000',
    workspace: ID('w'),
    secret: ID(secret),
    key: { epoch: 1, bytes: KEY },
  });

/** A server in memory, and devices of the application around real vaults. Time moves by hand. */
class Bench {
  now = NOON;
  /** How far the server's clock is ahead. */
  serverAhead = 0;
  /** Names of the routes that were asked. */
  readonly asked: string[] = [];
  readonly server = new ModelServer({
    now: () => this.now + this.serverAhead,
    hash: (id) => createHash('sha256').update(id).digest(),
    boxLimit: 1_000_000,
  });
  /** What every request fails with, or null. */
  failure: TransportFailure | null = null;

  async device(): Promise<Device> {
    const device = new Device(this);
    await device.vault.create({ recovery: false });
    device.db = lastDb as Db;
    await device.service.opened();
    return device;
  }
}

/** The file behind a vault service, for giving it no room: the last one that was opened. */
let lastDb: Db | undefined;
const open = Vault.open.bind(Vault);
vi.spyOn(Vault, 'open').mockImplementation((options) => {
  const vault = open(options);
  lastDb = vault.db;
  return vault;
});

class Device {
  readonly dir = folder();
  readonly vault;
  db!: Db;
  readonly service: SyncService;
  readonly said: SyncStatus[] = [];
  online = true;
  locked = 0;
  destroyed = 0;

  constructor(bench: Bench) {
    this.vault = openVaultService({
      dir: join(this.dir, 'vault'),
      now: () => bench.now,
      keychain: fakeKeychain('kwallet'),
    });
    const transport: Transport = {
      ask: async (to, route, { body, query, params, bytes }) => {
        if (bench.failure) throw bench.failure;
        bench.asked.push(route);
        // The model's keys are numbers; the code brought the real one.
        if (route === 'keys') return { keys: [] } as never;
        if (route === 'devices') return { devices: [], self: ID('d') } as never;
        const question = { body: body ?? null, params: params ?? {}, query: query ?? {}, bytes };
        const answer = bench.server.answer(to.token, route, question);
        return (answer instanceof Uint8Array ? answer : JSON.parse(JSON.stringify(answer))) as never;
      },
      listen: () => () => undefined,
    };
    this.service = new SyncService({
      vault: this.vault,
      store: syncStore(this.vault),
      transport,
      actor: () => 'Анна',
      now: () => bench.now,
      random: () => 0.5,
      // What is to be done at once is; everything later is done by hand.
      after: (millis, work) => {
        if (millis > 0) return () => undefined;
        const soon = setImmediate(work);
        return () => clearImmediate(soon);
      },
      online: () => this.online,
      publish: (status) => this.said.push(status),
      lock: async () => {
        this.locked += 1;
      },
      destroy: async () => {
        this.destroyed += 1;
        await this.vault.destroy();
      },
      warn: () => undefined,
    });
    later(() => {
      void this.service.closed().then(() => this.vault.close());
    });
  }

  commit(...changes: ReturnType<typeof put>[]): Promise<unknown> {
    return this.vault.commit({ kind: 'edit', changes }, { actor: 'Анна' });
  }

  enrol(secret: string): Promise<void> {
    return this.service.enrol(code(secret), 'Ноутбук');
  }
}

/** Two members of one workspace. */
async function members(bench: Bench): Promise<readonly [Device, Device]> {
  bench.server.invite(ID('a'), 'owner');
  bench.server.invite(ID('b'), 'editor');
  const one = await bench.device();
  const two = await bench.device();
  await one.enrol('a');
  await two.enrol('b');
  await one.service.now();
  await two.service.now();
  return [one, two];
}
async function attach({ vault, service }: Device, record: string, content: Uint8Array): Promise<string> {
  const { hash, bytes } = await vault.keepAttachment(content);
  const file = { name: 'договор.pdf', hash, bytes, order: 1 };
  await vault.commit(
    { kind: 'edit', changes: [make('organisation', record, { name: 'Ромашка', 'attachments/a': file })] },
    { actor: 'Анна' },
  );
  service.committed();
  return hash;
}
const stateOf = async ({ service }: Device, hash: string): Promise<AttachmentState | undefined> =>
  (await service.attachments([hash]))[0];
const reaches = (device: Device, hash: string, state: AttachmentState): Promise<void> =>
  expect.poll(() => stateOf(device, hash), { timeout: 60_000 }).toEqual(state);

/** A round, after which so many contents have reached the server, one chunk each. */
async function sends(bench: Bench, device: Device, ...hashes: readonly string[]): Promise<void> {
  const chunks = (): number => bench.asked.filter((route) => route === 'putChunk').length;
  const before = chunks();
  await device.service.now();
  await expect.poll(chunks, { timeout: 60_000 }).toBe(before + hashes.length);
  for (const hash of hashes) await reaches(device, hash, { state: 'here' });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof AppFailure ? error.error.code : String(error);
  }
}
const hasWords = (error: string): boolean => {
  const name = error.slice('sync.'.length);
  return Object.hasOwn(catalogue.ru.errors.sync, name) && Object.hasOwn(catalogue.en.errors.sync, name);
};

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

const HERE = { state: 'here' } as const;

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
