/** Which Electron runs the app here: the real one when it is there or can be fetched, else the Chromium host. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareHost } from '../chromium-host/prepare.mjs';
import { root, run, say } from './shell.ts';

const realDist = join(root, 'node_modules/electron/dist');
const realProgram = join(
  realDist,
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron',
);

export interface Runtime {
  readonly kind: 'electron' | 'chromium-host';
  /** The program to start with the app's main file as its argument. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds the runtime. `fetch` allows one attempt of at most 20 seconds to download Electron's own.
 * RAPPORT_RUNTIME=electron|chromium-host forces the choice.
 */
export async function findRuntime(options: { readonly fetch?: boolean } = {}): Promise<Runtime> {
  const wanted = process.env['RAPPORT_RUNTIME'];
  if (wanted !== 'chromium-host') {
    if (!existsSync(realProgram) && options.fetch) {
      say('Looking for Electron’s runtime (at most 20 s)…');
      await run(process.execPath, [join(root, 'node_modules/electron/install.js')], { quiet: true, timeout: 20_000 });
    }
    if (existsSync(realProgram)) return { kind: 'electron', program: realProgram, env: {} };
    if (wanted === 'electron') throw new Error('RAPPORT_RUNTIME=electron, but Electron’s runtime is not installed');
  }
  const { distPath, electronPath } = await prepareHost({ outDir: join(root, 'out/chromium-host') });
  return { kind: 'chromium-host', program: electronPath, env: { ELECTRON_OVERRIDE_DIST_PATH: distPath } };
}

/** The environment in which Playwright's `_electron.launch` and `require('electron')` find the runtime. */
export async function runtimeEnvironment(): Promise<Record<string, string>> {
  const runtime = await findRuntime();
  return { ...runtime.env, RAPPORT_ELECTRON: runtime.program, RAPPORT_RUNTIME_KIND: runtime.kind };
}
