/** The log: levels, times and technical facts only. User content, keys and paths below the home folder never go in. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MAX_BYTES = 1_000_000;
let file: string | undefined;

/** Starts writing to `<folder>/rapport.log`; one older file is kept. */
export function openLog(folder: string): void {
  mkdirSync(folder, { recursive: true });
  file = join(folder, 'rapport.log');
}

/** A stack without the person's home folder and without the message, which might quote what was typed. */
function technical(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = (error as NodeJS.ErrnoException).code;
  return `${error.name}${code ? ` ${code}` : ''}\n${frames.slice(0, 8).join('\n')}`.replaceAll(homedir(), '~');
}

function write(level: string, text: string, error?: unknown): void {
  const line = `${new Date().toISOString()} ${level} ${text}${error === undefined ? '' : ` ${technical(error)}`}\n`;
  if (!file) {
    process.stderr.write(line);
    return;
  }
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
    appendFileSync(file, line, { mode: 0o600 });
  } catch {
    // A full or read-only disk must not stop the work; the screens report it where it matters.
    process.stderr.write(line);
  }
}

export const log = {
  info: (text: string): void => write('info', text),
  warn: (text: string, error?: unknown): void => write('warn', text, error),
  error: (text: string, error?: unknown): void => write('error', text, error),
};
