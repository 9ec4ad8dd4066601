/** `shell` and `clipboard`: the desktop's own programs do the work. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { guard } from './guard.ts';
import { host } from './host.ts';

const OPENER = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';

/** Resolves to '' or to what went wrong. */
function open(target: string): Promise<string> {
  if (host.headless) return Promise.resolve('There is no display');
  return new Promise((done) => {
    const child = spawn(OPENER, [target], { stdio: 'ignore', detached: true });
    child.once('error', (error) => done(error.message));
    child.once('exit', (code) => done(code === 0 ? '' : `${OPENER} ended with ${code}`));
  });
}

/** The trash of freedesktop.org: the file beside a note of where it was and when. */
function moveToTrash(path: string): void {
  const trash = join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'Trash');
  mkdirSync(join(trash, 'files'), { recursive: true });
  mkdirSync(join(trash, 'info'), { recursive: true });
  const base = basename(path);
  let name = base;
  for (
    let copy = 2;
    existsSync(join(trash, 'files', name)) || existsSync(join(trash, 'info', `${name}.trashinfo`));
    copy += 1
  )
    name = `${base}.${copy}`;
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const info = `[Trash Info]\nPath=${encodeURI(path)}\nDeletionDate=${local}\n`;
  writeFileSync(join(trash, 'info', `${name}.trashinfo`), info, { flag: 'wx' });
  try {
    renameSync(path, join(trash, 'files', name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') {
      rmSync(join(trash, 'info', `${name}.trashinfo`), { force: true });
      throw error;
    }
    cpSync(path, join(trash, 'files', name), { recursive: true });
    rmSync(path, { recursive: true });
  }
}

export const shell = guard('shell', {
  async openExternal(url: string): Promise<void> {
    const problem = await open(new URL(url).href);
    if (problem !== '') throw new Error(problem);
  },
  async openPath(path: string): Promise<string> {
    if (!existsSync(path)) return 'The file does not exist';
    return open(path);
  },
  showItemInFolder(path: string): void {
    const uri = pathToFileURL(path).href;
    const args = [
      '--session',
      '--dest=org.freedesktop.FileManager1',
      '--type=method_call',
      '/org/freedesktop/FileManager1',
    ];
    if (host.headless) return;
    const child = spawn(
      'dbus-send',
      [...args, 'org.freedesktop.FileManager1.ShowItems', `array:string:${uri}`, 'string:'],
      { stdio: 'ignore' },
    );
    child.once('error', () => void open(dirname(path)));
    child.once('exit', (code) => {
      if (code !== 0) void open(dirname(path));
    });
  },
  async trashItem(path: string): Promise<void> {
    const full = resolve(path);
    if (!existsSync(full)) throw new Error('Failed to move item to trash: there is no such file');
    moveToTrash(full);
  },
  beep(): void {
    process.stderr.write('\u0007');
  },
});

const READERS: [string, string[]][] = [
  ['wl-paste', ['--no-newline']],
  ['xclip', ['-selection', 'clipboard', '-o']],
  ['xsel', ['-b', '-o']],
];
const WRITERS: [string, string[]][] = [
  ['wl-copy', []],
  ['xclip', ['-selection', 'clipboard', '-i']],
  ['xsel', ['-b', '-i']],
];

/** What this process has written, where there is no desktop's clipboard. */
let kept = '';

function readClipboard(): string {
  if (!host.headless) {
    for (const [program, args] of READERS) {
      const { status, stdout } = spawnSync(program, args, { timeout: 2000 });
      if (status === 0) return stdout.toString('utf8');
    }
  }
  return kept;
}

function writeClipboard(text: string): void {
  kept = text;
  if (host.headless) return;
  for (const [program, args] of WRITERS) {
    if (spawnSync(program, args, { input: kept, timeout: 2000, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0)
      return;
  }
}

/** Text only; asynchronous since Electron 45. */
export const clipboard = guard('clipboard', {
  readText: async (): Promise<string> => readClipboard(),
  writeText: async (text: string): Promise<void> => writeClipboard(String(text)),
  clear: (): void => writeClipboard(''),
  has: async (type: string): Promise<boolean> => type === 'text/plain' && readClipboard() !== '',
});
