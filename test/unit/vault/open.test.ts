import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { applyKey, configure, createDatabase } from '../../../electron/vault/database.ts';
import { LATEST_VERSION } from '../../../electron/vault/migrations/index.ts';
import { Vault } from '../../../electron/vault/vault.ts';
import { codeOf, folder, KEY, make, ME, newVault, put } from './support.ts';

const root = new URL('../../..', import.meta.url).pathname;

/** A closed vault with a thousand organisations. */
function filled(): { readonly dir: string; readonly file: string } {
  const { vault, dir, file } = newVault();
  vault.commit(
    {
      kind: 'import',
      changes: Array.from({ length: 1000 }, (_, i) => make('organisation', `o${i}`, { name: `Организация ${i}` })),
    },
    ME,
  );
  vault.close();
  return { dir, file };
}
const open = (file: string, key = KEY, keyProven = true): string =>
  codeOf(() => Vault.open({ file, key, keyProven }).close());

describe('an open vault', () => {
  it('tells the disk to keep what it acknowledges, and is encrypted from its first byte', () => {
    const { vault, file, commit } = newVault();
    commit(make('organisation', 'o', { name: 'x' }));
    const pragma = (name: string): unknown => vault.db.pragma(name, { simple: true });
    expect({
      synchronous: pragma('synchronous'),
      journal: pragma('journal_mode'),
      erase: pragma('secure_delete'),
      keys: pragma('foreign_keys'),
      temporary: pragma('temp_store'),
      version: pragma('user_version'),
    }).toEqual({
      synchronous: 2,
      journal: 'wal',
      erase: 1,
      keys: 1,
      temporary: 2,
      version: LATEST_VERSION,
    });
    expect(readFileSync(file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  it('refuses settings that would lose commits when the power fails', () => {
    const db = new Database(join(folder(), 'x.db'));
    const weak = new Proxy(db, {
      get: (target, name) =>
        name === 'pragma'
          ? (text: string, options?: Database.PragmaOptions) =>
              text === 'synchronous = FULL' ? [] : target.pragma(text, options)
          : Reflect.get(target, name).bind?.(target),
    });
    db.pragma('synchronous = NORMAL');
    expect(codeOf(() => configure(weak))).toBe('vault.failed');
    db.close();
  });
});

describe('a vault that cannot be opened', () => {
  it('is missing', () => {
    expect(open(join(folder(), 'vault.db'))).toBe('vault.missing');
  });

  it('has another key', () => {
    const { file } = filled();
    const before = readFileSync(file);
    expect(open(file, new Uint8Array(32).fill(8), false)).toBe('vault.wrongKey');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(open(file)).toBe('none');
  });

  it('is truncated', () => {
    const { file } = filled();
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    expect(open(file)).toBe('vault.damaged');
    truncateSync(file, 10);
    expect(open(file)).toBe('vault.damaged');
  });

  it('has a single flipped bit, wherever it is', () => {
    const { file, dir } = filled();
    const whole = readFileSync(file);
    for (let i = 0; i < 40; i += 1) {
      const at = Math.floor((whole.length * (i + 0.5)) / 40);
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 1;
      const copy = join(dir, 'damaged.db');
      writeFileSync(copy, damaged);
      expect(open(copy), `byte ${at}`).toBe('vault.damaged');
    }
  });

  it('is from a newer app, and not a byte of it is touched', () => {
    const { file, dir } = filled();
    const db = new Database(file);
    applyKey(db, KEY);
    db.pragma(`user_version = ${LATEST_VERSION + 1}`);
    db.close();
    const before = readFileSync(file);
    expect(open(file)).toBe('vault.newer');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dir)).toEqual(['vault.db']);
  });

  it('is a plain database or no database of ours', () => {
    const dir = folder();
    const plain = new Database(join(dir, 'plain.db'));
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    expect(open(join(dir, 'plain.db'), KEY, false)).toBe('vault.wrongKey');
    const other = join(dir, 'other.db');
    createDatabase(other, KEY).close();
    const db = new Database(other);
    applyKey(db, KEY);
    db.pragma('application_id = 1');
    db.close();
    expect(open(other)).toBe('vault.damaged');
  });

  it('is in use by another process, until that one is gone', async () => {
    const { file } = filled();
    const script = `import { Vault } from ${JSON.stringify(join(root, 'electron/vault/vault.ts'))};
      globalThis.held = Vault.open({ file: process.argv[1], key: new Uint8Array(32).fill(7) });
      console.log('open'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(open(file)).toBe('vault.busy');
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await ended;
    expect(open(file)).toBe('none');
  });

  it.skipIf(process.platform === 'win32')('lies on a disk that cannot be written to', () => {
    const { dir, file } = filled();
    // Permissions do not bind root: then another user asks.
    const root0 = process.getuid?.() === 0;
    if (root0) for (const path of [dir, file]) chownSync(path, 65_534, 65_534);
    chmodSync(file, 0o400);
    chmodSync(dir, 0o500);
    const script = `import { Vault } from ${JSON.stringify(join(root, 'electron/vault/vault.ts'))};
      try { Vault.open({ file: process.argv[1], key: new Uint8Array(32).fill(7) }); console.log('none'); } catch (e) { console.log(e.error?.code ?? String(e)); }`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
      encoding: 'utf8',
      ...(root0 ? { uid: 65_534, gid: 65_534 } : {}),
    });
    expect(out.trim()).toBe('vault.readOnly');
    chmodSync(dir, 0o700);
    expect(readdirSync(dir)).toEqual(['vault.db']);
  });
});

describe('a full disk', () => {
  it('refuses the commit, says so, and everything before and after is safe', () => {
    const { vault, file, commit } = newVault();
    commit(make('organisation', 'o1', { name: 'До' }));
    const pages = vault.db.pragma('page_count', { simple: true }) as number;
    vault.db.pragma(`max_page_count = ${pages + 20}`);
    const large = Array.from({ length: 500 }, (_, i) => make('organisation', `x${i}`, { name: 'y'.repeat(500) }));
    expect(codeOf(() => vault.commit({ kind: 'import', changes: large }, ME))).toBe('vault.diskFull');
    expect(vault.record('o1')?.data.name).toBe('До');
    expect(vault.record('x0')).toBeNull();
    vault.db.pragma('max_page_count = 1000000');
    commit(put('organisation', 'o1', 'name', 'После'));
    expect(vault.verify()).toMatchObject({ ok: true, records: 1, changes: 2 });
    vault.close();
    const again = Vault.open({ file, key: KEY });
    expect(again.record('o1')?.data.name).toBe('После');
    again.close();
  });
});

describe('verifying', () => {
  it('finds a fold that differs from the log', () => {
    const { vault, commit } = newVault();
    commit(make('organisation', 'o1', { name: 'a' }), make('organisation', 'o2', { name: 'b' }));
    expect(vault.verify()).toEqual({ ok: true, problems: [], records: 2, changes: 2, quarantined: 0 });
    vault.db.exec(
      `UPDATE records SET state = replace(state, '"a"', '"z"') WHERE id = 'o1'; DELETE FROM records WHERE id = 'o2'`,
    );
    expect(vault.verify()).toMatchObject({
      ok: false,
      problems: ['1 records missing from the fold', '1 records differ from the log'],
    });
  });
});

describe('copies', () => {
  it('made while nobody writes are vaults of their own', () => {
    const { dir, file } = filled();
    mkdirSync(join(dir, 'copy'));
    copyFileSync(file, join(dir, 'copy/vault.db'));
    expect(open(join(dir, 'copy/vault.db'))).toBe('none');
  });
});
