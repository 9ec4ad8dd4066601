/** Opens the vault that `--vault` names, or makes one in a new folder. */
import { existsSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppFailure } from '../../shared/result.ts';
import type { VaultApi } from '../vault/api.ts';
import { claimFolder } from '../vault/claim.ts';
import { openVaultService } from '../vault/service.ts';
import { type Command, UsageError } from './arguments.ts';

/** The folder named by `--vault`, absolute. */
export function vaultFolder({ options }: Command): string {
  if (!options.vault) throw new UsageError('--vault DIR is missing');
  return resolve(options.vault);
}

export const vaultExists = (dir: string): boolean => existsSync(join(dir, 'vault.db'));

/** The passphrase from `--passphrase-file` (its first line) or RAPPORT_PASSPHRASE; undefined when neither is given. */
export function passphrase({ options }: Command): string | undefined {
  const file = options['passphrase-file'];
  if (file === undefined) return process.env['RAPPORT_PASSPHRASE'] || undefined;
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] || undefined;
  } catch {
    throw new AppFailure('vault.passphraseFile', { file });
  }
}

/** What a vault that was just made consists of. */
const VAULT_FILES = ['vault.db', 'vault.db-wal', 'vault.db-shm', 'vault.key.json', 'backups'];

/**
 * Calls `work` with the open vault and closes it afterwards. `create` allows a folder without a vault to become one, which
 * is removed again when `work` fails, unless `work` has said with `keep(true)` that it holds something by now. Another
 * process that would do the same with the folder is waited for a moment.
 * Fails with `cli.noKeySource` when there is nothing to open it with, with `vault.busy` when it is in use.
 */
export async function withVault<T>(
  command: Command,
  options: { readonly create: boolean },
  work: (vault: VaultApi, keep: (kept: boolean) => void) => Promise<T>,
): Promise<T> {
  const dir = vaultFolder(command);
  const secret = passphrase(command);
  if (secret === undefined) throw new AppFailure('cli.noKeySource');
  const folderWasThere = existsSync(dir);
  // Held to the end: nobody shall open what may be taken away again.
  const claim = options.create ? claimFolder(dir) : undefined;
  const vault = openVaultService({ dir });
  let made = false;
  let kept = false;
  try {
    const { state } = await vault.status();
    if (state === 'none') {
      if (!options.create) throw new AppFailure('vault.missing', { folder: dir });
      await vault.create({ passphrase: secret, recovery: false });
      made = true;
    } else {
      await vault.open({ secret });
    }
    const value = await work(vault, (keep) => {
      kept = keep;
    });
    made = false;
    return value;
  } finally {
    await vault.close();
    // A refused command leaves no empty vault behind.
    if (made && !kept) for (const name of VAULT_FILES) rmSync(join(dir, name), { recursive: true, force: true });
    claim?.release();
    if (claim && !folderWasThere) removeEmpty(dir);
  }
}

/** Another process may have come into the folder meanwhile: then it stays. */
function removeEmpty(dir: string): void {
  try {
    rmdirSync(dir);
  } catch {
    // It is not empty.
  }
}

/** Author of changes made by scripts. */
export const actor = (): string =>
  process.env['RAPPORT_USER'] || process.env['USER'] || process.env['USERNAME'] || 'me';
