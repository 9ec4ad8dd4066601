/** `npm run bench [name…]`: measures and compares in one run; results go to docs/benchmarks.md when all are run. */
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { runtimeEnvironment } from './runtime.ts';
import { root, run } from './shell.ts';
import { ensure } from './system.ts';

export async function bench(args: readonly string[]): Promise<number> {
  await ensure(['chromium', 'poppler']);
  await bundle();
  return run(
    process.execPath,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', join(root, 'test/bench/main.ts'), ...args],
    {
      env: await runtimeEnvironment(),
    },
  );
}
