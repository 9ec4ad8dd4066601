/**
 * Whose a process id is. Ids are given anew: after a power cut, or in a container that was started again, the one in a
 * file may belong to a process that has nothing to do with us.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const ps = (column: string, pid: number): string =>
  execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    // Times are to read alike whoever asks.
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  }).trim();

/** A text that two processes with one id do not share; null when there is no such process or the system does not say. */
export function birthOf(pid: number): string | null {
  try {
    if (process.platform === 'win32') return null;
    if (process.platform !== 'linux') return ps('lstart', pid) || null;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the 20th word behind it is the time of the start since the system's.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return null;
  }
}

/** Whether a living process may be a PostgreSQL that works in `data`, which it has as its working directory. */
export function mayBePostgresIn(pid: number, data: string): boolean {
  try {
    if (process.platform === 'win32') return true;
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return /(?:^|\/)postgres$/.test(ps('comm', pid));
  } catch {
    // Ours could be looked at: it runs as we do, or we are root.
    return false;
  }
}
