/** The bytes of a file that a person or a script named, after its size was looked at. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_FILE_BYTES } from '../../shared/import/limits.ts';
import { AppFailure } from '../../shared/result.ts';

/** Sizes in megabytes (10⁶ bytes) as people read them. */
export const tooLarge = (bytes: number): AppFailure =>
  new AppFailure('import.tooLarge', {
    megabytes: Math.round(bytes / 1_000_000),
    limit: Math.round(MAX_FILE_BYTES / 1_000_000),
  });

/** Throws `import.missing`, `import.unreadable`, `import.notASpreadsheet` (a folder, a device) or `import.tooLarge`. */
export async function readFileChecked(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = basename(path);
  const unreadable = (error: unknown): AppFailure => {
    const { code } = error as NodeJS.ErrnoException;
    return new AppFailure(code === 'ENOENT' ? 'import.missing' : 'import.unreadable', { file }, code);
  };
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new AppFailure('import.notASpreadsheet', { file });
    if (about.size > MAX_FILE_BYTES) throw tooLarge(about.size);
    return new Uint8Array(await handle.readFile());
  } catch (error) {
    throw error instanceof AppFailure ? error : unreadable(error);
  } finally {
    await handle.close();
  }
}
