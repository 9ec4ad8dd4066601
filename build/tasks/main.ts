/** Chooses the task that an npm script names. Each task returns its exit code; its module is loaded only when named. */
type Task = (args: readonly string[]) => Promise<number>;

const tasks: Record<string, () => Promise<Task>> = {
  start: async () => (await import('./start.ts')).start,
  screenshots: async () => (await import('./start.ts')).screenshots,
  build: async () => (await import('./bundle.ts')).buildTask,
  typecheck: async () => (await import('./check.ts')).typecheck,
  lint: async () => (await import('./check.ts')).lint,
  fix: async () => (await import('./check.ts')).fix,
  check: async () => (await import('./test.ts')).testAll,
  test: async () => (await import('./test.ts')).testAll,
  'test:unit': async () => (await import('./test.ts')).testUnit,
  'test:e2e': async () => (await import('./test.ts')).testE2e,
  bench: async () => (await import('./bench.ts')).bench,
  package: async () => (await import('./package.ts')).packageApp,
  rapport: async () => (await import('./rapport.ts')).rapport,
  server: async () => (await import('./server.ts')).server,
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (!load) {
  process.stderr.write(`Unknown task "${name}". Known: ${Object.keys(tasks).join(', ')}\n`);
  process.exit(2);
}
process.exitCode = await (await load())(args);

export {};
