/** Packs the application with electron-builder; with a distribution folder at hand nothing is downloaded. */
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { findRuntime } from './runtime.ts';
import { bin, root, run, say } from './shell.ts';

/** `npm run package -- --dir` packs a folder only. Electron's own runtime is packed when it is there; the host never is shipped. */
export async function packageApp(args: readonly string[]): Promise<number> {
  await bundle();
  const runtime = await findRuntime({ fetch: !args.includes('--dir') });
  const options = [...args];
  if (runtime.kind === 'chromium-host') {
    if (!args.includes('--dir')) {
      say('Installers need Electron’s own runtime, which is not here and could not be fetched.');
      say('Only an unpacked folder for checking can be made: npm run package -- --dir');
      return 1;
    }
    say('Electron’s own runtime is not here: packing for a check with the Chromium host. Do not ship the result.');
    options.push(`-c.electronDist=${runtime.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''}`, '-c.electronFuses=null');
  }
  return run(
    bin('electron-builder'),
    [...options, '--publish', 'never', '--config', join(root, 'electron-builder.yml')],
    {
      env: { ELECTRON_BUILDER_OFFLINE: 'true' },
    },
  );
}
