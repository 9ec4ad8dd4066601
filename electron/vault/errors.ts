/** From SQLite's and the system's errors to ours. No message of theirs is passed on: it can hold content or paths. */
import { AppFailure } from '../../shared/result.ts';

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'vault.diskFull',
  EDQUOT: 'vault.diskFull',
  EFBIG: 'vault.diskFull',
  EROFS: 'vault.readOnly',
  EACCES: 'vault.readOnly',
  EPERM: 'vault.readOnly',
  ENOENT: 'vault.missing',
};

/** The typed failure for any error of the vault; `AppFailure` comes back as it is. */
export function vaultFailure(error: unknown): AppFailure {
  if (error instanceof AppFailure) return error;
  const code = codeOf(error);
  const detail = code || (error instanceof Error ? error.name : typeof error);
  const system = Object.hasOwn(SYSTEM, code) ? SYSTEM[code] : undefined;
  if (system) return new AppFailure(system, undefined, detail);
  if (code === 'SQLITE_FULL') return new AppFailure('vault.diskFull', undefined, detail);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return new AppFailure('vault.readOnly', undefined, detail);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new AppFailure('vault.busy', undefined, detail);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppFailure('vault.damaged', undefined, detail);
  if (code.startsWith('SQLITE_IOERR')) return new AppFailure('vault.disk', undefined, detail);
  return new AppFailure('vault.failed', undefined, detail);
}

/**
 * True for a fault that lies in what was written, not in the disk, the file or a refusal of ours: a value of a shape that
 * nobody thought of.
 */
export const isOfContent = (error: unknown): boolean =>
  !(error instanceof AppFailure) && vaultFailure(error).error.code === 'vault.failed';

/** Runs a step; what it throws becomes an `AppFailure`. */
export function guarded<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw vaultFailure(error);
  }
}
