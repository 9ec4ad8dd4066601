/** Attachments handed to other programs: plain copies in a private temporary folder, gone at lock and at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class OpenedFiles {
  #folders: string[] = [];

  /** Writes a copy that only this user can read and returns its path. `name` must be safe for a file system. */
  async write(name: string, content: Uint8Array): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-open-'));
    this.#folders.push(folder);
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /** Removes the copies; one that another program holds open is tried again the next time. */
  clear(): void {
    this.#folders = this.#folders.filter((folder) => {
      try {
        rmSync(folder, { recursive: true, force: true });
        return false;
      } catch {
        return true;
      }
    });
  }
}
