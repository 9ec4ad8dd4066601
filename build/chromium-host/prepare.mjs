/** Builds the distribution folder of the Chromium host: `electron` with its sources as plain JavaScript. Runs on Node 24. */
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Writes a file in one step and only if it differs: another app may be running from this folder. */
function put(path, content, mode = 0o644) {
  try {
    if (readFileSync(path, 'utf8') === content) return;
  } catch {
    // Not there yet.
  }
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, path);
}

/**
 * Assembles the folder for `ELECTRON_OVERRIDE_DIST_PATH` and electron-builder's `electronDist`; replaces what is there.
 * @param {{ outDir: string }} options absolute path of the folder
 * @returns {Promise<{ distPath: string, electronPath: string }>}
 */
export async function prepareHost({ outDir }) {
  const hostDir = join(outDir, 'host');
  mkdirSync(hostDir, { recursive: true });
  mkdirSync(join(outDir, 'resources'), { recursive: true });
  const sources = readdirSync(join(here, 'src'));
  for (const name of sources) {
    const code = stripTypeScriptTypes(readFileSync(join(here, 'src', name), 'utf8'));
    put(join(hostDir, name.replace(/\.ts$/, '.js')), code.replace(/(from '\.\/[^']+)\.ts'/g, "$1.js'"));
  }
  for (const name of readdirSync(hostDir)) {
    if (name.endsWith('.js') && !sources.includes(name.replace(/\.js$/, '.ts')))
      rmSync(join(hostDir, name), { force: true });
  }
  const { version } = createRequire(import.meta.url)('electron/package.json');
  put(join(hostDir, 'package.json'), '{ "type": "module" }\n');
  put(join(hostDir, 'node-path'), nodeProgram());
  put(join(outDir, 'version'), version);
  put(join(outDir, 'LICENSE'), readFileSync(join(here, '../../LICENSE'), 'utf8'));
  put(join(outDir, 'LICENSES.chromium.html'), '<p>Chromium is the system’s own and is not part of this folder.</p>\n');
  const electronPath = join(outDir, 'electron');
  put(electronPath, readFileSync(join(here, 'electron.sh'), 'utf8'), 0o755);
  return { distPath: outDir, electronPath };
}
