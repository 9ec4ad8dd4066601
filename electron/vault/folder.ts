/** Where things lie in a vault's folder. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { wallTime } from '../../shared/dates/plain-date.ts';

export class VaultFolder {
  readonly dir: string;
  readonly #now: () => number;

  constructor(dir: string, now: () => number) {
    this.dir = dir;
    this.#now = now;
  }

  get file(): string {
    return join(this.dir, 'vault.db');
  }
  /** A new or restored vault whose key is being written; the next opening puts it in place if that was interrupted. */
  get newFile(): string {
    return join(this.dir, 'vault.new.db');
  }
  get keyFile(): string {
    return join(this.dir, 'vault.key.json');
  }
  /** The folder of the vault's own backups, made when it is missing. */
  get backups(): string {
    const backups = join(this.dir, 'backups');
    mkdirSync(backups, { recursive: true, mode: 0o700 });
    return backups;
  }

  /** Time of day by the machine's zone as a part of file names: 2026-05-31T14-30-05. */
  stamp(): string {
    const now = this.#now();
    const wall = wallTime(Intl.DateTimeFormat().resolvedOptions().timeZone, now).replace(':', '-');
    return `${wall}-${String(Math.floor(now / 1000) % 60).padStart(2, '0')}`;
  }

  /** A key whose vault is gone or cannot be used may still open backups: it is kept under another name. */
  keepOldKey(): void {
    if (existsSync(this.keyFile)) renameSync(this.keyFile, join(this.dir, `vault.key.set-aside-${this.stamp()}.json`));
  }
}
