/** Files that are either there whole or not at all. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A name beside `file` that is free for a temporary copy. */
export const besides = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);

export function fsyncFile(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes a rename durable. Windows has no such call and does not need it. */
export function fsyncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Renames over `target` and makes it durable. */
export function replaceFile(source: string, target: string): void {
  renameSync(source, target);
  fsyncFolder(dirname(target));
}

/** Writes a file readable by its owner only: temporary copy, fsync, rename. */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const temporary = besides(file);
  try {
    const fd = openSync(temporary, 'wx', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      let written = 0;
      while (written < bytes.length) written += writeSync(fd, bytes, written);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    replaceFile(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Names the place of a file: another computer, disk or copy gives another name, moving within a disk does not. */
export function placeOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true });
  return `${hostname()}:${dev}:${ino}`;
}
