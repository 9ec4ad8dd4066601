/** `app.requestSingleInstanceLock`: a lock file in the user-data folder, and a folder for what later instances say. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

type Listener = (argv: string[], folder: string, data: unknown) => void;

interface Lock {
  pid: number;
  started: string;
}

let held: { file: string; watcher: FSWatcher } | undefined;

/** When a process began, in the kernel's ticks: a process id alone may have been given to another program since. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function alive({ pid, started }: Lock): boolean {
  try {
    process.kill(pid, 0);
    return startOf(pid) === started;
  } catch {
    return false;
  }
}

function readLock(file: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lock;
  } catch {
    return undefined;
  }
}

/** True for the first instance; a later one leaves its arguments for the first and gets false. */
export function takeInstanceLock(folder: string, data: unknown, listener: Listener): boolean {
  if (held) return true;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'chromium-host.lock');
  const inbox = join(folder, 'chromium-host-instances');
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Lock);
  for (;;) {
    try {
      writeFileSync(file, own, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const other = readLock(file);
      if (other && alive(other)) {
        const name = join(inbox, randomUUID());
        mkdirSync(inbox, { recursive: true });
        writeFileSync(`${name}.tmp`, JSON.stringify({ argv: process.argv, folder: process.cwd(), data }));
        renameSync(`${name}.tmp`, `${name}.json`);
        return false;
      }
      rmSync(file, { force: true });
    }
  }
  rmSync(inbox, { recursive: true, force: true });
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  const watcher = watch(inbox, () => {
    for (const name of readdirSync(inbox).filter((entry) => entry.endsWith('.json'))) {
      try {
        const said = JSON.parse(readFileSync(join(inbox, name), 'utf8')) as {
          argv: string[];
          folder: string;
          data: unknown;
        };
        unlinkSync(join(inbox, name));
        listener(said.argv, said.folder, said.data);
      } catch {
        // Taken by an earlier notice of the same file.
      }
    }
  });
  watcher.unref();
  held = { file, watcher };
  takeInstanceLock.held = true;
  return true;
}
takeInstanceLock.held = false;

export function releaseInstanceLock(): void {
  if (!held) return;
  held.watcher.close();
  rmSync(held.file, { force: true });
  rmSync(join(held.file, '../chromium-host-instances'), { recursive: true, force: true });
  held = undefined;
  takeInstanceLock.held = false;
}
