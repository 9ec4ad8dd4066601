/** The sync server and its administration, run straight from the sources. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE_FLAGS } from '../../server/settings.ts';
import { root } from './shell.ts';

/** Signals go to the server, which stops in order; this waits for it. */
export const server = (args: readonly string[]): Promise<number> =>
  new Promise((done) => {
    const child = spawn(
      process.execPath,
      [...NODE_FLAGS, '--disable-warning=ExperimentalWarning', join(root, 'server/main.ts'), ...args],
      { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit' },
    );
    // On a terminal Ctrl-C reaches the child as well; a signal it has seen already changes nothing.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void child.kill(signal));
    child.on('close', (code) => done(code ?? 1));
  });
