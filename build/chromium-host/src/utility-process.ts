/** `utilityProcess`: a Node process with a message port to the app. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type Electron from 'electron';
import { guardClass } from './guard.ts';

export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(path: string, args: string[], options: Electron.ForkOptions) {
    super();
    const shim = import.meta.url.replace(/utility-process(\.[a-z]+)$/, 'utility-child$1');
    const { cwd, env, execArgv = [], stdio } = options;
    const io = stdio === 'pipe' || stdio === 'ignore' ? stdio : 'inherit';
    this.#child = fork(path, args, {
      execPath: process.execPath,
      execArgv: ['--import', shim, ...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', io, io, 'ipc'],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env: env as NodeJS.ProcessEnv }),
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code) => this.emit('exit', code ?? 1));
    this.#child.once('error', (error) => this.emit('error', 'LaunchFailed', error.message, ''));
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }
  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined;
  }
  get stdout() {
    return this.#child.stdout;
  }
  get stderr() {
    return this.#child.stderr;
  }
  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }
  kill(): boolean {
    return this.#child.kill();
  }
  static fork(path: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    return new UtilityProcess(path.startsWith('file:') ? fileURLToPath(path) : path, args, options);
  }
}
guardClass(UtilityProcess);
