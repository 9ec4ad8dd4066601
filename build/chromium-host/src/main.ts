/** Start of the host: `electron [switches] [path] [arguments]`, or a packed app beside its `resources/app.asar`. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, becomeReady, installSignals, isEnding } from './app.ts';
import { extractAsar } from './asar.ts';
import { parseCommandLine } from './command-line.ts';
import { installElectronModule } from './electron-module.ts';
import { host, sweep } from './host.ts';
import { paths } from './paths.ts';

interface Manifest {
  name?: string;
  productName?: string;
  version?: string;
  main?: string;
}

const ELECTRON_VERSION = process.env['CHROMIUM_HOST_VERSION'] ?? '';
host.executable = process.env['CHROMIUM_HOST_EXECUTABLE'] ?? resolve(process.argv[1] ?? '');
delete process.env['CHROMIUM_HOST_VERSION'];
delete process.env['CHROMIUM_HOST_EXECUTABLE'];

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** The folder of the packed app, if this distribution holds one: its archive is unpacked for the time of the run. */
function packedApp(): string | undefined {
  const resources = join(dirname(host.executable), 'resources');
  if (existsSync(join(resources, 'app'))) return join(resources, 'app');
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) return undefined;
  sweep('chromium-host-app-');
  const folder = mkdtempSync(join(tmpdir(), `chromium-host-app-${process.pid}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  extractAsar(archive, folder);
  return folder;
}

/** Finds the app's main file and sets the app's name, version and folder as Electron does. */
function findEntry(appPath: string): string {
  const full = resolve(appPath);
  const manifestPath = join(full, 'package.json');
  if (existsSync(manifestPath)) {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
    paths.appName = manifest.productName ?? manifest.name ?? paths.appName;
    if (manifest.version) app.setVersion(manifest.version);
    paths.appPath = full;
    return join(full, manifest.main ?? 'index.js');
  }
  paths.appPath = existsSync(full) && statSync(full).isDirectory() ? full : dirname(full);
  return paths.appPath === full ? join(full, 'index.js') : full;
}

const packed = packedApp();
host.packed = packed !== undefined;
host.commandLine = parseCommandLine(process.argv.slice(2), host.packed);
process.argv.splice(0, 2, host.executable);

for (const [name, value] of Object.entries({ electron: ELECTRON_VERSION, chrome: '' })) {
  Object.defineProperty(process.versions, name, { value, configurable: true, enumerable: true });
}
const extras = {
  type: 'browser',
  resourcesPath: join(dirname(host.executable), 'resources'),
  defaultApp: host.packed ? undefined : true,
};
for (const [name, value] of Object.entries(extras))
  Object.defineProperty(process, name, { value, configurable: true, writable: true });

installElectronModule();
installSignals();
if (host.commandLine.inspect !== undefined) inspector.open(host.commandLine.inspect, '127.0.0.1');

// Electron's rule: an error in the main process is told and the app goes on, unless it has its own handler.
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return;
  process.stderr.write(`A JavaScript error occurred in the main process\n${error?.stack ?? String(error)}\n`);
});
process.on('unhandledRejection', (reason) => {
  if (process.listenerCount('unhandledRejection') > 1) return;
  process.stderr.write(
    `UnhandledPromiseRejectionWarning: ${reason instanceof Error ? reason.stack : String(reason)}\n`,
  );
});

const appPath = packed ?? host.commandLine.appPath;
if (appPath === undefined)
  fail(`This is a stand-in for Electron ${ELECTRON_VERSION}. Start it with the path of an app.`);
const entry = findEntry(appPath);
paths.appPath = paths.appPath || dirname(entry);

const require = createRequire(join(process.cwd(), 'electron'));
for (const name of host.commandLine.requires) require(name);

try {
  await import(pathToFileURL(require.resolve(resolve(entry))).href);
} catch (error) {
  fail(
    `A JavaScript error occurred in the main process\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
}

// A second instance quits while it is loaded: it needs no Chromium.
await new Promise(setImmediate);
if (isEnding()) await new Promise(() => undefined);

try {
  await host.start(join(paths.get('sessionData'), 'chromium-host'), (chrome) => {
    const system =
      process.platform === 'darwin'
        ? 'Macintosh; Intel Mac OS X 10_15_7'
        : process.platform === 'win32'
          ? 'Windows NT 10.0; Win64; x64'
          : 'X11; Linux x86_64';
    const name = `${paths.appName.replaceAll(' ', '')}/${app.getVersion()}`;
    return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${name} Chrome/${chrome} Electron/${ELECTRON_VERSION} Safari/537.36`;
  });
} catch (error) {
  // Ending while Chromium starts is no failure of it.
  if (isEnding()) await new Promise(() => undefined);
  fail(error instanceof Error ? error.message : String(error));
}
Object.defineProperty(process.versions, 'chrome', { value: host.version, configurable: true, enumerable: true });
if (host.commandLine.debuggingPort !== undefined) {
  void host.chromium?.endpoint.then((address) => process.stderr.write(`\nDevTools listening on ${address}\n`));
}
becomeReady();
