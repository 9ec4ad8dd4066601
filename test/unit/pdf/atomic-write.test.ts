import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../electron/export/atomic-write.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-atomic-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'written',
    (error: { error?: { code: string } }) => error.error?.code ?? 'untyped',
  );

describe('writing a file', () => {
  it('makes it readable by others and leaves nothing else in the folder', async () => {
    const path = join(folder, '2026-05-31 Ромашка – Резюме встречи.pdf');
    await writeFileAtomically(path, bytes('один'));
    await writeFileAtomically(path, bytes('два'));
    expect(await readFile(path, 'utf8')).toBe('два');
    expect(await readdir(folder)).toEqual(['2026-05-31 Ромашка – Резюме встречи.pdf']);
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
  });
  it('works for a name as long as the file system allows', async () => {
    const name = `${'я'.repeat(125)}x.pdf`;
    expect(Buffer.byteLength(name)).toBe(255);
    await writeFileAtomically(join(folder, name), bytes('длинное имя'));
    expect(await readdir(folder)).toEqual([name]);
    expect(await codeOf(writeFileAtomically(join(folder, `y${name}`), bytes('x')))).toBe('file.nameTooLong');
  });
  it('keeps the permission bits of the file it replaces', async () => {
    const path = join(folder, 'a.pdf');
    await writeFile(path, 'old', { mode: 0o600 });
    await writeFileAtomically(path, bytes('new'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
  it('leaves a write-protected file alone', async () => {
    const path = join(folder, 'a.pdf');
    await writeFile(path, 'old', { mode: 0o444 });
    expect(await codeOf(writeFileAtomically(path, bytes('new')))).toBe('file.readOnly');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.pdf']);
  });
  it.runIf(process.platform !== 'win32')('does not take the place of a device or pipe', async () => {
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    expect(await codeOf(writeFileAtomically(path, bytes('new')))).toBe('file.exists');
    expect((await stat(path)).isFIFO()).toBe(true);
    expect(await readdir(folder)).toEqual(['pipe']);
  });
  it('leaves an existing file alone when asked to', async () => {
    const path = join(folder, 'a.pdf');
    await writeFile(path, 'old');
    expect(await codeOf(writeFileAtomically(path, bytes('new'), { replace: false }))).toBe('file.exists');
    await writeFileAtomically(join(folder, 'b.pdf'), bytes('new'), { replace: false });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect((await readdir(folder)).sort()).toEqual(['a.pdf', 'b.pdf']);
  });
  it('says what is wrong and leaves nothing behind', async () => {
    await mkdir(join(folder, 'dir'));
    await writeFile(join(folder, 'file'), '');
    expect(await codeOf(writeFileAtomically(join(folder, 'dir'), bytes('x')))).toBe('file.exists');
    expect(await codeOf(writeFileAtomically(join(folder, 'missing', 'x.pdf'), bytes('x')))).toBe('file.missing');
    expect(await codeOf(writeFileAtomically(join(folder, 'file', 'x.pdf'), bytes('x')))).toBe('file.missing');
    expect((await readdir(folder)).sort()).toEqual(['dir', 'file']);
  });
  it.runIf(process.platform === 'linux')('says that the disk is full and keeps the old file', async () => {
    const path = join(folder, 'a.pdf');
    await writeFile(path, 'old');
    // A limit on the size of files fails the write in the middle, as a full disk does.
    const script = `
      const { writeFileAtomically } = await import(${JSON.stringify(join(process.cwd(), 'electron/export/atomic-write.ts'))});
      process.on('SIGXFSZ', () => undefined);
      await writeFileAtomically(${JSON.stringify(path)}, new Uint8Array(1_000_000)).then(
        () => console.log('written'), (error) => console.log(error.error?.code ?? String(error)));`;
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      'ulimit -f 64; exec "$0" --input-type=module -e "$1"',
      process.execPath,
      script,
    ]);
    expect(stdout.trim()).toBe('file.diskFull');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.pdf']);
  });
});
