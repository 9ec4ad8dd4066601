/** Devices of the application around real vaults, with a server in memory; time moves by hand. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
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

export const ID = (letter: string): string => Buffer.alloc(16, letter).toString('base64url');
export const KEY = new Uint8Array(32).fill(9);
export const code = (secret: string): string =>
  encodeInvitation({
    server: 'http://127.0.0.1:4000',
    workspace: ID('w'),
    secret: ID(secret),
    key: { epoch: 1, bytes: KEY },
  });

/** A server in memory, and devices of the application around real vaults. Time moves by hand. */
export class Bench {
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

export class Device {
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
export async function members(bench: Bench): Promise<readonly [Device, Device]> {
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
export async function attach({ vault, service }: Device, record: string, content: Uint8Array): Promise<string> {
  const { hash, bytes } = await vault.keepAttachment(content);
  const file = { name: 'договор.pdf', hash, bytes, order: 1 };
  await vault.commit(
    { kind: 'edit', changes: [make('organisation', record, { name: 'Ромашка', 'attachments/a': file })] },
    { actor: 'Анна' },
  );
  service.committed();
  return hash;
}
export const stateOf = async ({ service }: Device, hash: string): Promise<AttachmentState | undefined> =>
  (await service.attachments([hash]))[0];
export const reaches = (device: Device, hash: string, state: AttachmentState): Promise<void> =>
  expect.poll(() => stateOf(device, hash), { timeout: 60_000 }).toEqual(state);

/** A round, after which so many contents have reached the server, one chunk each. */
export async function sends(bench: Bench, device: Device, ...hashes: readonly string[]): Promise<void> {
  const chunks = (): number => bench.asked.filter((route) => route === 'putChunk').length;
  const before = chunks();
  await device.service.now();
  await expect.poll(chunks, { timeout: 60_000 }).toBe(before + hashes.length);
  for (const hash of hashes) await reaches(device, hash, { state: 'here' });
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof AppFailure ? error.error.code : String(error);
  }
}
export const hasWords = (error: string): boolean => {
  const name = error.slice('sync.'.length);
  return Object.hasOwn(catalogue.ru.errors.sync, name) && Object.hasOwn(catalogue.en.errors.sync, name);
};

/** An attachment whose content is on this device. */
export const HERE = { state: 'here' } as const;
