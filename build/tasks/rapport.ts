/** The command line: runs electron/cli on Node 24 straight from the sources, so that it is never out of date. */
import { join } from 'node:path';
import { root, run } from './shell.ts';

export const rapport = (args: readonly string[]): Promise<number> =>
  run(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'electron/cli/main.ts'), ...args], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  });
