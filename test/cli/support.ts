/** Runs the real command line in its own process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const MAIN = join(import.meta.dirname, '../../electron/cli/main.ts');
export const PASSPHRASE = 'correct horse battery';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  readonly json: <T = Record<string, never>>() => T;
}

/** Resolves when the process has ended, whatever its code. `input` is its standard input, empty unless given. */
export function rapport(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  input?: string,
): Promise<Run> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { ...process.env, RAPPORT_PASSPHRASE: PASSPHRASE, RAPPORT_LANGUAGE: 'en', RAPPORT_USER: 'tester', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that refuses early closes its end first.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? -1, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }));
  });
}

/** A folder that is removed after the test. Tests that run at the same time pass their own `onTestFinished`. */
export function folder(finished: (clean: () => void) => void = onTestFinished): string {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-cli-'));
  finished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A text in an eight-bit encoding; throws for letters that it does not have. */
export function encoded(text: string, encoding: string): Uint8Array {
  const letters = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0; byte < 256; byte += 1) letters.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from(text, (letter) => {
    const byte = letters.get(letter);
    if (byte === undefined) throw new Error(`${encoding} has no ${letter}`);
    return byte;
  });
}
