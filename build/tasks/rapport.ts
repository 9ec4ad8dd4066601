/** The command line: runs electron/cli on Node 24 straight from the sources, so that it is never out of date. */
import { join } from 'node:path';
import { root, run, say } from './shell.ts';

/** Only making a PDF needs a runtime with windows; it is found, or its Chromium installed, before the command starts. */
async function printing(args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  if (!args.some((arg) => arg === '--pdf' || arg.startsWith('--pdf='))) return {};
  const [{ bundle }, { runtimeEnvironment }, { ensure }] = await Promise.all([
    import('./bundle.ts'),
    import('./runtime.ts'),
    import('./system.ts'),
  ]);
  await bundle();
  const env = await runtimeEnvironment();
  if (env['RAPPORT_RUNTIME_KIND'] === 'chromium-host' && (await ensure(['chromium'])).length > 0) {
    say('A PDF needs Electron’s runtime or a Chromium; neither is here.');
  }
  return { ...env, RAPPORT_PRINT_MAIN: join(root, 'out/main/print.js') };
}

export const rapport = async (args: readonly string[]): Promise<number> =>
  run(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'electron/cli/main.ts'), ...args], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    env: await printing(args),
  });
