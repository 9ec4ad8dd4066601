/** Writing a file so that it is either wholly there or not there at all. */
import { randomBytes } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppFailure } from '../../shared/result.ts';

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'file.diskFull',
  EDQUOT: 'file.diskFull',
  EFBIG: 'file.diskFull',
  EROFS: 'file.readOnly',
  EACCES: 'file.readOnly',
  EPERM: 'file.readOnly',
  ENOENT: 'file.missing',
  ENOTDIR: 'file.missing',
  ENAMETOOLONG: 'file.nameTooLong',
  EISDIR: 'file.exists',
  EEXIST: 'file.exists',
  EBUSY: 'file.failed',
  ETXTBSY: 'file.failed',
};

export interface WriteOptions {
  /** False: an existing file is left as it is and `file.exists` is thrown. Default true. */
  readonly replace?: boolean;
  /** Permission bits of a new file, before the umask. Default 0o644. */
  readonly mode?: number;
}

/**
 * Writes `bytes` to `path`: a hidden file with a random name in the same folder, flushed to the disk, then renamed over
 * the target, then the folder is flushed. After a crash at any moment the target holds the old content or the new, never
 * a part. Rejects with an AppFailure: `file.diskFull`, `file.readOnly`, `file.exists`, `file.missing`,
 * `file.nameTooLong`, `file.failed`; nothing is left behind then.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<void> {
  const folder = dirname(path);
  // Not derived from the target's name, which may already be as long as the file system allows.
  const temporary = join(folder, `.${randomBytes(9).toString('hex')}.part`);
  let made = false;
  try {
    if (basename(path) === '') throw Object.assign(new Error('no name'), { code: 'EISDIR' });
    // A name that is too long must be found before the bytes are written.
    const present = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    // A folder, or a device or pipe, which a file would take the place of for good.
    if (present && !present.isFile()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
    // Renaming over a write-protected file works on most systems; whoever protected it does not want that.
    if (present && (present.mode & 0o222) === 0) throw Object.assign(new Error('protected'), { code: 'EACCES' });
    if (present && options.replace === false) throw Object.assign(new Error('exists'), { code: 'EEXIST' });

    // Readable by nobody else until it is whole; O_EXCL, so that a planted link is never followed.
    const file = await open(temporary, 'wx', 0o600);
    made = true;
    try {
      await file.writeFile(bytes);
      await file.chmod(present ? present.mode & 0o777 : (options.mode ?? 0o644) & ~process.umask());
      await file.sync();
    } finally {
      await file.close();
    }
    if (options.replace === false) {
      // A hard link fails when somebody made the target meanwhile; a rename would replace it.
      await link(temporary, path);
      await unlink(temporary);
    } else {
      await rename(temporary, path);
    }
    made = false;
    await syncFolder(folder);
  } catch (error) {
    if (made) await unlink(temporary).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppFailure(CODES[code] ?? 'file.failed', undefined, code || 'unknown');
  }
}

/** A rename is on the disk only when its folder is. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems cannot flush a folder; the content itself is already safe.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}
