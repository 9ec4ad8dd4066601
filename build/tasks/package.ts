/** Packs the application with electron-builder; with a distribution folder at hand nothing is downloaded. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { findRuntime } from './runtime.ts';
import { bin, root, run, say } from './shell.ts';

/** Switches inside Electron's own executable: nothing but our sealed archive runs, and not as a plain Node. */
const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
} as const;

/** `npm run package -- --dir` packs a folder only. Electron's own runtime is packed when it is there; the host never is shipped. */
export async function packageApp(args: readonly string[]): Promise<number> {
  await bundle();
  const runtime = await findRuntime({ fetch: !args.includes('--dir') });
  if (runtime.kind === 'chromium-host') {
    if (!args.includes('--dir')) {
      say('Installers need Electron’s own runtime, which is not here and could not be fetched.');
      say('Only an unpacked folder for checking can be made: npm run package -- --dir');
      return 1;
    }
    say('Electron’s own runtime is not here: packing for a check with the Chromium host. Do not ship the result.');
  }
  const config = join(root, 'out/electron-builder.json');
  const own = runtime.kind === 'electron' ? { electronFuses: FUSES } : { electronDist: dirname(runtime.program) };
  writeFileSync(config, JSON.stringify({ extends: join(root, 'electron-builder.yml'), ...own }));
  return run(bin('electron-builder'), [...args, '--publish', 'never', '--projectDir', root, '--config', config], {
    env: { ELECTRON_BUILDER_OFFLINE: 'true' },
  });
}
