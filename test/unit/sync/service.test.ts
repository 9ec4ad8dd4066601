import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SyncService } from '../../../electron/sync/service.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { AppFailure } from '../../../shared/result.ts';
import { type Transport, TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { encodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import type { SyncStatus } from '../../../shared/sync/view.ts';
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
  readonly server = new ModelServer({
    now: () => this.now,
    hash: (id) => createHash('sha256').update(id).digest(),
    boxLimit: 1_000_000,
  });
  /** What every request fails with, or null. */
  failure: TransportFailure | null = null;

  async device(): Promise<Device> {
    const device = new Device(this);
    await device.vault.create({ recovery: false });
    await device.service.opened();
    return device;
  }
}

class Device {
  readonly dir = folder();
  readonly vault;
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
      ask: async (to, route, { body, query }) => {
        if (bench.failure) throw bench.failure;
        // The model's keys are numbers; the code brought the real one.
        if (route === 'keys') return { keys: [] } as never;
        if (route === 'devices') return { devices: [], self: ID('d') } as never;
        return JSON.parse(
          JSON.stringify(bench.server.answer(to.token, route, { body: body ?? null, ...(query ? { query } : {}) })),
        ) as never;
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
    expect(await codeOf(device.service.now())).toBe('sync.revoked');
    expect(device.destroyed).toBe(1);
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
    expect((await device.service.status()).state).toBe('idle');
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
