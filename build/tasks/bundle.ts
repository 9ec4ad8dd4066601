/** Bundles main, preload, workers and the screens with Vite into out/. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { fontSources } from '../../electron/export/pdf/font-files.ts';
import { root, say } from './shell.ts';

const external = [
  'electron',
  'better-sqlite3-multiple-ciphers',
  ...builtinModules,
  ...builtinModules.map((m) => `node:${m}`),
];

/** Entries of the main process; each becomes out/main/<name>.js (ES modules). */
const MAIN_ENTRIES = {
  main: 'electron/main.ts',
  print: 'electron/print.ts',
  'vault-worker': 'electron/vault/worker.ts',
  'parse-worker': 'electron/import/parse-worker.ts',
};

function nodeConfig(entries: Record<string, string>, outDir: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    ssr: { noExternal: true, target: 'node' },
    resolve: { conditions: ['node', 'import', 'module', 'default'], mainFields: ['module', 'main'] },
    build: {
      ssr: true,
      outDir: join(root, outDir),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}

const rendererConfig: InlineConfig = {
  root: join(root, 'renderer'),
  base: './',
  configFile: false,
  logLevel: 'warn',
  mode: 'production',
  plugins: [react()],
  build: {
    outDir: join(root, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome152',
    sourcemap: false,
    // Inlined files would be data: addresses, which the content security policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
};

/** A hash over names, sizes and contents of everything that goes into the bundles. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const visit = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) visit(path);
      else hash.update(relative(root, path)).update(readFileSync(path));
    }
  };
  for (const dir of ['electron', 'renderer', 'shared']) visit(join(root, dir));
  for (const file of ['package-lock.json', 'build/tasks/bundle.ts']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The fonts of printed documents stand beside the main bundle. */
function copyFonts(): void {
  const folder = join(root, 'out/main/fonts');
  mkdirSync(folder, { recursive: true });
  for (const { name, path } of fontSources()) copyFileSync(path, join(folder, name));
}

/** Builds when the sources differ from those of the last build. */
export async function bundle(options: { readonly log?: boolean; readonly force?: boolean } = {}): Promise<void> {
  const stamp = join(root, 'out/.built-from');
  const hash = sourceHash();
  if (!options.force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    if (options.log) say('Nothing to build: out/ is up to date.');
    return;
  }
  const started = performance.now();
  say('Building…');
  rmSync(stamp, { force: true });
  await build(nodeConfig(MAIN_ENTRIES, 'out/main', 'es'));
  await build(nodeConfig({ preload: 'electron/preload/preload.ts' }, 'out/preload', 'cjs'));
  await build(rendererConfig);
  copyFonts();
  writeFileSync(stamp, hash);
  const size = readdirSync(join(root, 'out/renderer'), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .reduce((sum, f) => sum + statSync(join(f.parentPath, f.name)).size, 0);
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s (screens ${(size / 1e6).toFixed(1)} MB).`);
}

export async function buildTask(args: readonly string[]): Promise<number> {
  await bundle({ log: true, force: args.includes('--force') });
  return 0;
}
