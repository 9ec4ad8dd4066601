/** Builds the distribution folder of the Chromium host: `electron` with its sources as plain JavaScript. Runs on Node 24. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { findChromium } from './src/chromium.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** The Node of the `node` package if it is installed (any Node may run the build), else the one running this. */
function nodeProgram() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    return realpathSync(join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node'));
  } catch {
    return process.execPath;
  }
}

/**
 * Assembles the folder for `ELECTRON_OVERRIDE_DIST_PATH` and electron-builder's `electronDist`; replaces what is there.
 * @param {{ outDir: string }} options absolute path of the folder
 * @returns {Promise<{ distPath: string, electronPath: string }>}
 */
export async function prepareHost({ outDir }) {
  const hostDir = join(outDir, 'host');
  rmSync(hostDir, { recursive: true, force: true });
  mkdirSync(hostDir, { recursive: true });
  mkdirSync(join(outDir, 'resources'), { recursive: true });
  for (const name of readdirSync(join(here, 'src'))) {
    const code = stripTypeScriptTypes(readFileSync(join(here, 'src', name), 'utf8'));
    writeFileSync(join(hostDir, name.replace(/\.ts$/, '.js')), code.replace(/(from '\.\/[^']+)\.ts'/g, "$1.js'"));
  }
  const { version } = createRequire(import.meta.url)('electron/package.json');
  writeFileSync(join(hostDir, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(hostDir, 'node-path'), nodeProgram());
  writeFileSync(join(outDir, 'version'), version);
  writeFileSync(join(outDir, 'LICENSE'), readFileSync(join(here, '../../LICENSE')));
  writeFileSync(join(outDir, 'LICENSES.chromium.html'), '<p>Chromium is the system’s own and is not part of this folder.</p>\n');
  const electronPath = join(outDir, 'electron');
  cpSync(join(here, 'electron.sh'), electronPath);
  chmodSync(electronPath, 0o755);
  return { distPath: outDir, electronPath };
}
