/** Where the database is: the own PostgreSQL in a data folder, or the one that the environment names. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { joinEmbedded, makeFolder, roleOf, startEmbedded } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { alive, birthOf } from '../database/processes.ts';
import { UsageError } from './arguments.ts';

export interface Place {
  /** URLs; the owner's is null when only the service's is known. */
  readonly service: string | null;
  readonly owner: string | null;
  /** The data folder; null with a PostgreSQL elsewhere. */
  readonly folder: string | null;
  readonly stop: () => Promise<void>;
}

/** The system's folder for what applications keep. */
export function defaultFolder(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'Rapport server');
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Rapport server');
  // PostgreSQL's own user cannot enter root's home.
  if (process.getuid?.() === 0) return '/var/lib/rapport-server';
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'rapport-server');
}

/** Milliseconds to wait for another command that works on the folder. */
const WAIT = 60_000;

interface Holder {
  readonly pid: number;
  readonly service: boolean;
  /** When that process began: its id may be somebody else's by now. Earlier versions did not write it. */
  readonly birth?: string | null;
}
const lockOf = (folder: string): string => join(folder, 'lock.json');

/** The living process that holds the folder's lock; null when there is none. */
function holder(folder: string): Holder | null {
  try {
    const held = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as Holder;
    return alive(held.pid) && (held.birth ?? birthOf(held.pid)) === birthOf(held.pid) ? held : null;
  } catch {
    return null;
  }
}

/**
 * One process at a time starts PostgreSQL on a folder. Resolves to true when the lock is ours, to false when a service
 * holds it, whose PostgreSQL a command may join.
 */
async function lock(folder: string, service: boolean): Promise<boolean> {
  const end = Date.now() + WAIT;
  for (;;) {
    const held = holder(folder);
    if (held?.service) return false;
    if (!held) {
      // Left behind by a process that was killed, or half-written: taken away, then made by exactly one.
      rmSync(lockOf(folder), { force: true });
      try {
        const own: Holder = { pid: process.pid, service, birth: birthOf(process.pid) };
        writeFileSync(lockOf(folder), JSON.stringify(own), { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    if (Date.now() > end) throw new UsageError(`another command works on this folder (process ${held?.pid})`);
    await delay(100);
  }
}

/**
 * Opens the database for the service, or for a command of the administration, which joins the PostgreSQL of a running
 * service or starts it for a moment. Brings nothing up to date. Rejects with the signal's reason when that comes first.
 */
export async function openPlace(
  data: string | undefined,
  service: boolean,
  note: (text: string) => void,
  signal?: AbortSignal,
): Promise<Place> {
  const url = process.env['DATABASE_URL'] ?? null;
  const owner = process.env['DATABASE_OWNER_URL'] ?? null;
  if (url ?? owner) {
    for (const [name, text] of Object.entries({ DATABASE_URL: url, DATABASE_OWNER_URL: owner })) {
      // What characters of a password do to an address is not seen in “Invalid URL”.
      if (text !== null && !URL.parse(text)?.username)
        throw new UsageError(
          `${name} is no postgres://ROLE:PASSWORD@HOST/DATABASE (characters like # / ? @ as %23 %2F %3F %40)`,
        );
    }
    if (data !== undefined) throw new UsageError('either --data or DATABASE_URL');
    return { service: url, owner, folder: null, stop: () => Promise.resolve() };
  }
  const folder = resolve(data ?? defaultFolder());
  makeFolder(folder, 0o711);
  const ours = await lock(folder, service);
  if (!ours && service)
    throw new UsageError(`the service runs already on this folder (process ${holder(folder)?.pid})`);
  const free = (): void => {
    if (ours) rmSync(lockOf(folder), { force: true });
  };
  try {
    const postgres = ours
      ? await startEmbedded(folder, { note, ...(signal ? { signal } : {}) })
      : await joinEmbedded(folder, () => holder(folder) === null);
    const stop = async (): Promise<void> => {
      await postgres.stop();
      free();
    };
    return { service: postgres.service, owner: postgres.owner, folder, stop };
  } catch (error) {
    free();
    throw error;
  }
}

/** Runs the missing migrations; without the owner's role there is nothing to do here. */
export async function bringUpToDate({ owner, service }: Place): Promise<readonly string[]> {
  if (!owner) return [];
  if (!service) throw new UsageError('DATABASE_URL names the service’s role, which the tables are opened to');
  return migrate(owner, roleOf(service));
}

/** The port of the last start: devices know the address. */
export function rememberedPort(folder: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'service.json'), 'utf8')) as { port: number }).port;
  } catch {
    return undefined;
  }
}

export function rememberPort(folder: string, port: number): void {
  writeFileSync(join(folder, 'service.json'), JSON.stringify({ port }), { mode: 0o600 });
}
