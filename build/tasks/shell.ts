/** Running other programs with their output on this terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A program of node_modules/.bin as a command for Node 24. */
export function bin(name: string): string {
  return join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds after which the program is ended; the code is then 124, as with timeout(1). */
  readonly timeout?: number;
  /** Called with each piece of standard output and error; they are still shown. */
  readonly onOutput?: (text: string) => void;
  /** Where the program's standard output goes: shown (default), to this process' standard error, or nowhere. */
  readonly quiet?: boolean;
}

/** Runs a program to its end; resolves to its exit code (1 when it could not be started). */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: options.onOutput || options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32',
    });
    let timedOut = false;
    const timer = options.timeout
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeout)
      : undefined;
    for (const [stream, out] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        if (!options.quiet) out.write(text);
        options.onOutput?.(text);
      });
    }
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`);
      clearTimeout(timer);
      done(1);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done(timedOut ? 124 : (code ?? 1));
    });
  });
}

/** True when a program of that name can be started. */
export function has(command: string): boolean {
  const probe =
    process.platform === 'win32' ? spawnSync('where', [command]) : spawnSync('sh', ['-c', `command -v ${command}`]);
  return probe.status === 0;
}
