/** verify, backup and restore through the command line. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../electron/cli/main.ts');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-cli-'));
  writeFileSync(join(folder, 'pass.txt'), 'первая фраза\n');
  writeFileSync(join(folder, 'contacts.csv'), 'Фамилия;Имя;Телефон\nЁлкин;Пётр;+7 916 123-45-67\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command with the passphrase from the file and no variable. */
function rapport(...args: string[]): Promise<{ code: number; value: unknown }> {
  const { RAPPORT_PASSPHRASE: _, ...env } = process.env;
  return new Promise((done) => {
    execFile(
      process.execPath,
      [main, ...args, '--json', '--passphrase-file', join(folder, 'pass.txt')],
      { env, encoding: 'utf8' },
      (error, stdout) => {
        const code = error ? Number(error.code) : 0;
        done({ code, value: stdout === '' ? undefined : JSON.parse(stdout) });
      },
    );
  });
}
const vault = (name: string): string => join(folder, name);

it('restores a backup into a new folder with the key of the passphrase file', async () => {
  expect((await rapport('import', join(folder, 'contacts.csv'), '--vault', vault('a'))).code).toBe(0);
  expect((await rapport('backup', join(folder, 'copy.rapport'), '--vault', vault('a'))).code).toBe(0);
  expect((await rapport('restore', join(folder, 'copy.rapport'), '--vault', vault('b'))).code).toBe(0);
  const people = await rapport('list', 'people', '--vault', vault('b'));
  expect(people.value).toMatchObject([{ name: { family: 'Ёлкин', given: 'Пётр' } }]);
  expect((await rapport('verify', '--vault', vault('b'))).value).toMatchObject({ ok: true, problems: [] });
});

it('leaves no vault behind when a file is no backup', async () => {
  const refused = await rapport('restore', join(folder, 'contacts.csv'), '--vault', vault('c'));
  expect(refused).toMatchObject({ code: 1, value: { error: { code: 'restore.unreadable' } } });
  expect(existsSync(vault('c'))).toBe(false);
});
