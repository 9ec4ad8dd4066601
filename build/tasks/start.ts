/** `npm start`: the application where there is a screen, the guided tour where there is none. */
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { findRuntime } from './runtime.ts';
import { root, run, say } from './shell.ts';
import { ensure } from './system.ts';

/** True when a window could be seen by somebody. */
function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

export async function start(args: readonly string[]): Promise<number> {
  const tour = args.includes('--tour') || !hasDisplay();
  await bundle();
  const runtime = await findRuntime({ fetch: true });
  if (runtime.kind === 'chromium-host') {
    const missing = await ensure(['chromium']);
    if (missing.length > 0) {
      say('Rapport needs Electron’s runtime or a Chromium to show its windows; neither is here.');
      return 1;
    }
  }
  say(
    runtime.kind === 'electron'
      ? 'Running on Electron’s own runtime.'
      : 'Electron’s own runtime is not here: running on the system’s Chromium (build/chromium-host).',
  );
  if (tour) {
    say(args.includes('--tour') ? 'Guided tour.' : 'There is no display: showing the guided tour without one.');
    await ensure(['poppler']);
    const { runTour } = await import('./tour.ts');
    return runTour(join(root, 'out/tour'));
  }
  return run(runtime.program, [root, ...args], { env: runtime.env });
}

/** Every screen in both languages and both themes, for docs/screenshots. */
export async function screenshots(): Promise<number> {
  await ensure(['chromium']);
  await bundle();
  const { takeScreenshots } = await import('./take-screenshots.ts');
  return takeScreenshots(join(root, 'docs/screenshots'));
}
