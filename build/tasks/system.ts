/** What the machine must have besides npm packages: a Chromium for the host and the tests, and PDF tools for the tests. */
import { has, run, say } from './shell.ts';
import { findChromium } from '../chromium-host/prepare.mjs';

interface Need {
  readonly what: string;
  readonly found: () => boolean;
  readonly debian: readonly string[];
  readonly how: string;
}
const NEEDS = {
  chromium: {
    what: 'Chromium (shows the windows where Electron’s own runtime is not available)',
    found: () => findChromium() !== null,
    debian: ['chromium'],
    how: 'install Chromium or Google Chrome with your system’s package manager',
  },
  poppler: {
    what: 'poppler-utils (reads PDFs in the tests)',
    found: () => has('pdftotext') && has('pdftoppm'),
    debian: ['poppler-utils'],
    how: 'install poppler-utils (Debian, Ubuntu), poppler (Fedora, Homebrew)',
  },
} satisfies Record<string, Need>;

/**
 * Makes sure that the named programs are there: on Debian as root they are installed by apt, elsewhere the person is
 * told what is missing and how to get it. Resolves to the names still missing.
 */
export async function ensure(names: readonly (keyof typeof NEEDS)[]): Promise<readonly string[]> {
  const missing = names.filter((name) => !NEEDS[name].found());
  if (missing.length === 0) return [];
  const asRoot = process.getuid?.() === 0;
  if (asRoot && has('apt-get')) {
    const packages = missing.flatMap((name) => NEEDS[name].debian);
    say(`Installing ${packages.join(', ')} with apt (once)…`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = () =>
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
        env,
        quiet: true,
        timeout: 900_000,
      });
    if ((await install()) !== 0) {
      await run('apt-get', ['update', '-qq'], { env, quiet: true, timeout: 300_000 });
      await install();
    }
  }
  const still = missing.filter((name) => !NEEDS[name].found());
  for (const name of still) {
    say(`Missing: ${NEEDS[name].what}.`);
    say(`  How to get it: ${NEEDS[name].how}.`);
  }
  return still;
}
