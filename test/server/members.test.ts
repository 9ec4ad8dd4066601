/** Applications of one workspace over the real server: an owner renames their devices and changes what each may do. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { SyncService } from '../../electron/sync/service.ts';
import { syncStore } from '../../electron/sync/store.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import { Administration } from '../../server/admin/workspaces.ts';
import type { RunningServer } from '../../server/server.ts';
import type { DraftChange } from '../../shared/change/types.ts';
import { AppFailure } from '../../shared/result.ts';
import { decodeInvitation, encodeInvitation } from '../../shared/sync/invitation-code.ts';
import type { Role } from '../../shared/sync/shapes.ts';
import { unwrap } from '../../shared/result.ts';
import { folder, make, put } from '../unit/vault/support.ts';
import { plantedInTables } from './planted.ts';
import { type Database, database, serve } from './support.ts';

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

/** The application's main process around a real vault. Rounds by the timer are left out: what happens, hints bring. */
class Member {
  readonly vault = openVaultService({ dir: join(folder(), 'vault') });
  readonly service: SyncService;
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
    this.service = new SyncService({
      vault: this.vault,
      store: syncStore(this.vault),
      transport: createHttpTransport({ fetch }),
      actor: () => name,
      now: Date.now,
      random: () => 0.5,
      after: (millis, work) => {
        if (millis >= 30_000) return () => undefined;
        const timer = setTimeout(work, millis);
        return () => clearTimeout(timer);
      },
      online: () => true,
      publish: () => undefined,
      lock: () => Promise.resolve(),
      destroy: async () => void (await this.vault.destroy()),
      warn: (what, error) => {
        throw new Error(what, { cause: error });
      },
    });
  }

  static async join(name: string, code: string): Promise<Member> {
    const member = new Member(name);
    onTestFinished(() => member.close());
    await member.vault.create({ passphrase: 'correct horse battery', recovery: false });
    await member.service.opened();
    await member.service.enrol(code, `Ноутбук: ${name}`);
    await member.service.now();
    return member;
  }

  async close(): Promise<void> {
    await this.service.closed();
    await this.vault.close();
  }
  async open(): Promise<void> {
    await this.vault.open({ secret: 'correct horse battery' });
    await this.service.opened();
  }
  async commit(...changes: readonly DraftChange[]): Promise<void> {
    await this.vault.commit({ kind: 'edit', changes }, { actor: this.#name });
    this.service.committed();
  }
  async device(): Promise<string> {
    return (await this.service.owner.devices()).find(({ isSelf }) => isSelf)?.id ?? '';
  }
  async value(record: string, field: string): Promise<unknown> {
    return (await this.vault.records([record]))[0]?.data[field];
  }
}

async function owner(): Promise<Member> {
  const { code } = await administration.create(server.address);
  const { workspace, secret } = unwrap(decodeInvitation(code));
  return Member.join('Анна', encodeInvitation({ server: server.address, workspace, secret }));
}
const invited = async (by: Member, name: string, role: Role): Promise<Member> =>
  Member.join(name, (await by.service.owner.invite(role, 7)).code);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof AppFailure ? error.error.code : String(error);
  }
}

describe('an owner', () => {
  it('SYNC-ROLE-3 SYNC-ROLE-5 demotes a device while it is online: what it writes is kept, named, and goes out when it may write again', async () => {
    const anna = await owner();
    const boris = await invited(anna, 'Борис', 'editor');
    const device = await boris.device();
    await boris.commit(make('organisation', 'o', { name: 'Ромашка', industry: 'До' }));
    await expect.poll(() => anna.value('o', 'industry')).toBe('До');

    await anna.service.owner.setRole(device, 'reader');
    // Nobody on the other side has asked for anything.
    await expect.poll(async () => (await boris.service.status()).role).toBe('reader');
    await boris.commit(put('organisation', 'o', 'industry', 'Читатель'));
    await expect.poll(async () => (await boris.service.status()).refused).toBe(1);
    expect((await boris.service.pending()).changes).toMatchObject([
      { record: 'o', field: 'industry', value: 'Читатель', reason: 'readOnly' },
    ]);
    await anna.service.now();
    expect([await anna.value('o', 'industry'), await boris.value('o', 'industry')]).toEqual(['До', 'Читатель']);

    await anna.service.owner.setRole(device, 'editor');
    await expect.poll(() => anna.value('o', 'industry')).toBe('Читатель');
    await expect.poll(async () => boris.service.status()).toMatchObject({ role: 'editor', pending: 0, refused: 0 });
  });

  it('SYNC-ROLE-3 SYNC-ROLE-4 renames a device: it and its edits are called so everywhere, and the server cannot read it', async () => {
    const anna = await owner();
    const boris = await invited(anna, 'Борис', 'editor');
    const device = await boris.device();
    const planted = `Планшет-${randomBytes(6).toString('hex')}`;
    const names = async (member: Member) => (await member.service.owner.devices()).map(({ name }) => name).sort();
    const record = `device:${await boris.vault.device()}`;
    await expect.poll(() => anna.value(record, 'name')).toBe('Ноутбук: Борис');

    await anna.service.owner.rename(device, planted);
    expect(await names(anna)).toEqual(['Ноутбук: Анна', planted]);
    expect(await names(boris)).toEqual(['Ноутбук: Анна', planted]);
    await expect.poll(async () => (await boris.service.status()).deviceName).toBe(planted);
    await expect.poll(() => anna.value(record, 'name')).toBe(planted);

    // A device that was away learns it when it is back, and may choose another name for itself.
    await boris.close();
    await anna.service.owner.rename(device, `${planted}-2`);
    await boris.open();
    await expect.poll(async () => (await boris.service.status()).deviceName).toBe(`${planted}-2`);
    await boris.service.owner.rename(device, `${planted}-3`);
    expect((await boris.service.status()).deviceName).toBe(`${planted}-3`);
    await expect.poll(() => anna.value(record, 'name')).toBe(`${planted}-3`);
    expect(await names(anna)).toEqual(['Ноутбук: Анна', `${planted}-3`]);
    expect(await plantedInTables(db.superuser, [planted, 'Ноутбук'])).toEqual([]);
  });

  it('SYNC-ROLE-4 makes a reader an editor: from then on its edits carry its name', async () => {
    const anna = await owner();
    const vera = await invited(anna, 'Вера', 'reader');
    const record = `device:${await vera.vault.device()}`;
    expect(await vera.value(record, 'name')).toBeUndefined();
    await anna.service.owner.setRole(await vera.device(), 'editor');
    await expect.poll(() => anna.value(record, 'name')).toBe('Ноутбук: Вера');
    expect((await vera.service.status()).refused).toBe(0);
  });

  it('SYNC-ROLE-1 makes another owner and may then give up the role', async () => {
    const anna = await owner();
    const own = await anna.device();
    expect(await codeOf(anna.service.owner.setRole(own, 'editor'))).toBe('sync.lastOwner');
    const boris = await invited(anna, 'Борис', 'editor');
    const device = await boris.device();
    for (const work of [
      () => boris.service.owner.setRole(own, 'reader'),
      () => boris.service.owner.setRole(device, 'owner'),
      () => boris.service.owner.rename(own, 'Чужое'),
    ])
      expect(await codeOf(work())).toBe('sync.forbidden');
    await anna.service.owner.setRole(device, 'owner');
    await expect.poll(async () => (await boris.service.status()).role).toBe('owner');
    await anna.service.owner.setRole(own, 'reader');
    await expect.poll(async () => (await anna.service.status()).role).toBe('reader');
    expect(await codeOf(anna.service.owner.invite('editor', 7))).toBe('sync.forbidden');
    // The new owner changes the key like any other, and everybody goes on.
    const vera = await invited(boris, 'Вера', 'editor');
    await boris.service.owner.revoke(await vera.device(), false);
    await boris.commit(make('organisation', 'o2', { name: 'Василёк' }));
    await expect.poll(() => anna.value('o2', 'name')).toBe('Василёк');
  });
});
