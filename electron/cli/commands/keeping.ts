/** verify, backup, restore. */
import { resolve } from 'node:path';
import type { Command } from '../arguments.ts';
import { passphrase, withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

export const verifyCommand = (command: Command): Promise<Outcome> =>
  withVault(command, { create: false }, async (vault) => {
    const report = await vault.verify();
    return { value: report, code: report.ok ? 0 : 1 };
  });

export const backupCommand = (command: Command): Promise<Outcome> =>
  withVault(command, { create: false }, async (vault) => ({
    value: await vault.backup(resolve(command.operands[0] ?? '')),
  }));

/** Into an existing vault, or into a new folder: there the backup's own passphrase is asked for. */
export const restoreCommand = (command: Command): Promise<Outcome> =>
  withVault(command, { create: true }, async (vault) => {
    const secret = process.env['RAPPORT_BACKUP_PASSPHRASE'] || passphrase(command);
    const status = await vault.restore(resolve(command.operands[0] ?? ''), secret ? { secret } : {});
    const { records, changes } = await vault.verify();
    return { value: { state: status.state, records, changes } };
  });
