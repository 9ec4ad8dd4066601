import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { VaultApi, VaultStatus } from '../../../electron/vault/api.ts';
import { connectVault } from '../../../electron/vault/client.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import type { LiveUpdate } from '../../../shared/model/rows.ts';
import { fakeKeychain } from './fake-keychain.ts';
import { codeOfAsync, folder, later, make, ME, put } from './support.ts';

const SECRET = { secret: 'пароль из слов' };
const worker = new URL('../../../electron/vault/worker.ts', import.meta.url);
const kinds: readonly (readonly [string, (dir: string) => VaultApi])[] = [
  ['in this thread', (dir) => openVaultService({ dir, keychain: fakeKeychain('libsecret') })],
  ['in a worker thread', (dir) => connectVault({ dir, worker, keychain: fakeKeychain('libsecret') })],
];
const add = (vault: VaultApi, id: string, name: string) =>
  vault.commit({ kind: 'edit', changes: [make('organisation', id, { name })] }, ME);
const nameOf = async (vault: VaultApi, id: string): Promise<unknown> => (await vault.record(id))?.data.name;
function closing(vault: VaultApi): VaultApi {
  later(() => void vault.close());
  return vault;
}

describe.each(kinds)('the service %s', (_, start) => {
  it('makes a vault, locks it and opens it by keychain, passphrase and recovery code', async () => {
    const dir = folder();
    const vault = start(dir);
    expect(await vault.status()).toEqual({ state: 'none', keySources: [] });
    const { recoveryCode } = await vault.create({ passphrase: SECRET.secret, recovery: true });
    expect(await vault.status()).toEqual({ state: 'open', keySources: ['keychain', 'passphrase', 'recovery'] });
    await add(vault, 'o1', 'Ромашка');
    for (const options of [{}, SECRET, { secret: recoveryCode }]) {
      expect(await vault.lock()).toMatchObject({ state: 'locked' });
      expect(await codeOfAsync(vault.record('o1'))).toBe('vault.locked');
      expect(await vault.open(options)).toMatchObject({ state: 'open' });
      expect(await nameOf(vault, 'o1')).toBe('Ромашка');
    }
    await vault.lock();
    expect(await codeOfAsync(vault.open({ secret: 'не тот пароль' }))).toBe('vault.wrongPassphrase');
    expect(await vault.status()).toMatchObject({ state: 'locked' });
    expect(await codeOfAsync(vault.create({ recovery: false }))).toBe('vault.exists');
    await vault.close();
  });

  it('tells the live view before it answers', async () => {
    const vault = start(folder());
    await vault.create({ recovery: false });
    const updates: LiveUpdate[] = [];
    const stop = vault.onUpdate((update) => updates.push(update));
    const { seq } = await add(vault, 'o1', 'a');
    expect(updates).toMatchObject([{ seq, put: { organisations: [{ id: 'o1', name: 'a' }] }, records: ['o1'] }]);
    stop();
    await add(vault, 'o2', 'b');
    expect(updates).toHaveLength(1);
    await vault.close();
  });

  it('reports the progress of a large commit and lets it be cancelled', async () => {
    const vault = start(folder());
    await vault.create({ recovery: false });
    const changes = Array.from({ length: 3000 }, (__, i) => make('organisation', `o${i}`, { name: `n${i}` }));
    const seen: number[] = [];
    const progress = (done: number): boolean => {
      seen.push(done);
      return true;
    };
    const { batch } = await vault.commit({ kind: 'import', changes }, { ...ME, progress });
    expect(seen.at(-1)).toBe(3000);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(await vault.undo(batch, ME)).toMatchObject({ reversed: 3000 });
    const stop = new AbortController();
    stop.abort();
    expect(
      await codeOfAsync(
        vault.commit(
          { kind: 'import', changes: [make('person', 'p', { summary: 'x' })] },
          { ...ME, signal: stop.signal },
        ),
      ),
    ).toBe('commit.cancelled');
    expect(await vault.record('p')).toBeNull();
    await vault.close();
  });

  it('keeps small values of the application', async () => {
    const vault = start(folder());
    await vault.create({ recovery: false });
    expect(await vault.getMeta('window')).toBeUndefined();
    await vault.setMeta('window', { width: 5 });
    expect(await vault.getMeta('window')).toEqual({ width: 5 });
    await vault.close();
  });
});

describe('the worker', () => {
  it('that dies rejects what was asked, says so, and the next call starts a new one', async () => {
    const dir = folder();
    const vault = closing(
      connectVault({ dir, worker: new URL('./dying-worker.ts', import.meta.url), keychain: fakeKeychain('libsecret') }),
    );
    let crashes = 0;
    vault.onCrash(() => void (crashes += 1));
    await vault.create({ recovery: false });
    await add(vault, 'o1', 'kept');
    const asked = [vault.getMeta('die'), vault.record('o1')].map(codeOfAsync);
    expect(await Promise.all(asked)).toEqual(['vault.workerCrashed', 'vault.workerCrashed']);
    expect(crashes).toBe(1);
    expect(await vault.status()).toMatchObject({ state: 'locked' });
    await vault.open();
    expect(await nameOf(vault, 'o1')).toBe('kept');
  });
});

describe('keys', () => {
  it('are asked for when there is no source at all', async () => {
    const vault = closing(openVaultService({ dir: folder() }));
    expect(await codeOfAsync(vault.create({ recovery: true }))).toBe('vault.noKeySource');
    expect(await vault.status()).toMatchObject({ state: 'none' });
  });

  it('that are missing are said to be missing; the vault is never overwritten', async () => {
    const dir = folder();
    const vault = closing(openVaultService({ dir }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    await vault.lock();
    const before = readFileSync(join(dir, 'vault.db'));
    renameSync(join(dir, 'vault.key.json'), join(dir, 'elsewhere'));
    expect(await vault.status()).toMatchObject({ state: 'problem', error: { code: 'vault.keyMissing' } });
    expect(await codeOfAsync(vault.open(SECRET))).toBe('vault.keyMissing');
    expect(await codeOfAsync(vault.create({ passphrase: 'another one', recovery: false }))).toBe('vault.exists');
    expect(readFileSync(join(dir, 'vault.db')).equals(before)).toBe(true);
    writeFileSync(join(dir, 'vault.key.json'), 'rubbish');
    expect(await codeOfAsync(vault.open(SECRET))).toBe('vault.keyDamaged');
    renameSync(join(dir, 'elsewhere'), join(dir, 'vault.key.json'));
    expect(await vault.open(SECRET)).toMatchObject({ state: 'open' });
  });

  it('in a keychain that changed: an error of its own, and after the passphrase it works by itself again', async () => {
    const dir = folder();
    const first = openVaultService({ dir, keychain: fakeKeychain('libsecret') });
    await first.create({ passphrase: SECRET.secret, recovery: false });
    await add(first, 'o1', 'kept');
    await first.close();
    const moved = openVaultService({ dir, keychain: fakeKeychain('kwallet') });
    expect(await codeOfAsync(moved.open())).toBe('vault.keychainChanged');
    expect(await moved.status()).toMatchObject({
      state: 'problem',
      error: { code: 'vault.keychainChanged', params: { was: 'libsecret', now: 'kwallet' } },
    });
    await moved.open(SECRET);
    await moved.close();
    const again = closing(openVaultService({ dir, keychain: fakeKeychain('kwallet') }));
    await again.open();
    expect(await nameOf(again, 'o1')).toBe('kept');
  });

  it('can be changed: the new passphrase and the new code work, the old ones do not', async () => {
    const dir = folder();
    const vault = closing(openVaultService({ dir }));
    const { recoveryCode } = await vault.create({ passphrase: SECRET.secret, recovery: true });
    await vault.setPassphrase('new words');
    const renewed = await vault.renewRecoveryCode();
    for (const [secret, expected] of [
      [SECRET.secret, 'vault.wrongPassphrase'],
      [recoveryCode, 'vault.wrongPassphrase'],
      ['new words', 'none'],
      [renewed.recoveryCode, 'none'],
    ] as const) {
      await vault.lock();
      expect(await codeOfAsync(vault.open({ secret }))).toBe(expected);
    }
  });

  it('written before the vault was in place: the next opening finishes the creation', async () => {
    const dir = folder();
    const vault = closing(openVaultService({ dir }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    await vault.lock();
    renameSync(join(dir, 'vault.db'), join(dir, 'vault.new.db'));
    expect(await vault.status()).toMatchObject({ state: 'locked' });
    expect(await vault.open(SECRET)).toMatchObject({ state: 'open' });
    expect(existsSync(join(dir, 'vault.db'))).toBe(true);
  });

  it('of a vault that is gone are kept when a new vault is made', async () => {
    const dir = folder();
    const vault = closing(openVaultService({ dir }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    await vault.lock();
    rmSync(join(dir, 'vault.db'));
    expect(await vault.status()).toMatchObject({ state: 'problem', error: { code: 'vault.missing' } });
    await vault.create({ passphrase: 'another one', recovery: false });
    expect(readdirSync(dir).some((name) => name.startsWith('vault.key.set-aside-'))).toBe(true);
  });
});

describe('a large vault', () => {
  it('opens at once and is checked afterwards; damage closes it and says so', async () => {
    const dir = folder();
    const vault = closing(openVaultService({ dir }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    for (let i = 0; i < 2; i += 1)
      await vault.commit(
        { kind: 'edit', changes: [make('person', `p${i}`, { summary: `${i}`.repeat(3_900_000) })] },
        ME,
      );
    await vault.lock();
    const bytes = readFileSync(join(dir, 'vault.db'));
    expect(bytes.length).toBeGreaterThan(8_000_000);
    const opened = async (): Promise<VaultStatus[]> => {
      const problems: VaultStatus[] = [];
      const stop = vault.onProblem((status) => problems.push(status));
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        await vault.open(SECRET);
        await vi.advanceTimersByTimeAsync(120_000);
      } finally {
        vi.useRealTimers();
        stop();
      }
      return problems;
    };
    expect(await opened()).toEqual([]);
    expect(await vault.status()).toMatchObject({ state: 'open' });
    await vault.lock();
    bytes[6_000_000] = (bytes[6_000_000] as number) ^ 1;
    writeFileSync(join(dir, 'vault.db'), bytes);
    expect(await opened()).toMatchObject([{ state: 'problem', error: { code: 'vault.damaged' } }]);
    expect(await codeOfAsync(vault.record('p0'))).toBe('vault.damaged');
    expect(await vault.status()).toMatchObject({ state: 'problem', error: { code: 'vault.damaged' } });
  });
});

describe('backups', () => {
  async function filled(dir: string): Promise<VaultApi> {
    const vault = closing(openVaultService({ dir }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    await add(vault, 'o1', 'before');
    return vault;
  }

  it('are restored, and the present is backed up first', async () => {
    const dir = folder();
    const vault = await filled(dir);
    const file = join(folder(), 'копия.db');
    expect(await vault.backup(file)).toMatchObject({ path: file, records: 1, changes: 1 });
    await vault.commit({ kind: 'edit', changes: [put('organisation', 'o1', 'name', 'after')] }, ME);
    expect(await vault.restore(file)).toMatchObject({ state: 'open' });
    expect(await nameOf(vault, 'o1')).toBe('before');
    await vault.commit({ kind: 'edit', changes: [put('organisation', 'o1', 'name', 'again')] }, ME);
    expect(await vault.verify()).toMatchObject({ ok: true });
    const own = readdirSync(join(dir, 'backups')).filter((name) => /^before-restore-.*\.db$/.test(name));
    expect(own).toHaveLength(1);
    await vault.restore(join(dir, 'backups', own[0] as string));
    expect(await nameOf(vault, 'o1')).toBe('after');
  });

  it('open on a clean machine with the passphrase, and only with it', async () => {
    const vault = await filled(folder());
    const file = join(folder(), 'backup.db');
    await vault.backup(file);
    await vault.close();
    const elsewhere = closing(openVaultService({ dir: folder() }));
    expect(await codeOfAsync(elsewhere.restore(file))).toBe('restore.secretNeeded');
    expect(await codeOfAsync(elsewhere.restore(file, { secret: 'wrong words' }))).toBe('vault.wrongPassphrase');
    expect(await elsewhere.status()).toMatchObject({ state: 'none' });
    expect(await elsewhere.restore(file, SECRET)).toMatchObject({ state: 'open' });
    expect(await nameOf(elsewhere, 'o1')).toBe('before');
    await elsewhere.lock();
    expect(await elsewhere.open(SECRET)).toMatchObject({ state: 'open' });
  });

  it('of another vault are taken in under the key of this one', async () => {
    const other = await filled(folder());
    const file = join(folder(), 'backup.db');
    await other.backup(file);
    const vault = closing(openVaultService({ dir: folder() }));
    await vault.create({ passphrase: 'of this one', recovery: false });
    expect(await vault.restore(file, SECRET)).toMatchObject({ state: 'open' });
    await vault.lock();
    expect(await vault.open({ secret: 'of this one' })).toMatchObject({ state: 'open' });
    expect(await nameOf(vault, 'o1')).toBe('before');
  });

  it('that are damaged or no backups are refused and change nothing', async () => {
    const dir = folder();
    const vault = await filled(dir);
    const file = join(folder(), 'backup.db');
    await vault.backup(file);
    const bytes = readFileSync(file);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] as number) ^ 1;
    writeFileSync(file, bytes);
    expect(await codeOfAsync(vault.restore(file))).toBe('restore.unreadable');
    expect(await codeOfAsync(vault.restore(join(dir, 'nothing.db')))).toBe('restore.unreadable');
    const text = join(dir, 'notes.txt');
    writeFileSync(text, 'no database at all '.repeat(500));
    expect(await codeOfAsync(vault.restore(text))).toBe('restore.unreadable');
    expect(await nameOf(vault, 'o1')).toBe('before');
    expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('rescue a damaged vault, which is set aside and not deleted', async () => {
    const dir = folder();
    const vault = await filled(dir);
    const file = join(folder(), 'backup.db');
    await vault.backup(file);
    await vault.lock();
    const bytes = readFileSync(join(dir, 'vault.db'));
    bytes.fill(0, 4096, 8192);
    writeFileSync(join(dir, 'vault.db'), bytes);
    expect(await codeOfAsync(vault.open(SECRET))).toBe('vault.damaged');
    expect(await vault.status()).toMatchObject({ state: 'problem', error: { code: 'vault.damaged' } });
    expect(await vault.restore(file, SECRET)).toMatchObject({ state: 'open' });
    expect(await nameOf(vault, 'o1')).toBe('before');
    const aside = readdirSync(dir).find((name) => name.startsWith('vault.set-aside-'));
    expect(readFileSync(join(dir, aside as string)).equals(bytes)).toBe(true);
  });

  it('cannot be written over the vault or where there is no folder, and leave nothing half-made', async () => {
    const dir = folder();
    const vault = await filled(dir);
    expect(await codeOfAsync(vault.backup(join(dir, 'vault.db')))).toBe('backup.failed');
    expect(await codeOfAsync(vault.backup(join(dir, 'no/such/folder/b.db')))).toBe('backup.failed');
    expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await nameOf(vault, 'o1')).toBe('before');
  });

  it('of each day are kept for a week', async () => {
    const dir = folder();
    let now = 1_781_524_800_000;
    const vault = closing(openVaultService({ dir, now: () => now }));
    await vault.create({ passphrase: SECRET.secret, recovery: false });
    for (let day = 0; day < 10; day += 1) {
      now += 86_400_000;
      await vault.backupDaily();
    }
    await vault.backupDaily();
    const names = readdirSync(join(dir, 'backups'));
    expect(names.filter((name) => name.endsWith('.db'))).toHaveLength(7);
    expect(names.filter((name) => name.endsWith('.key'))).toHaveLength(7);
  });
});
