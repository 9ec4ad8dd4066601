import { defineConfig } from 'vitest/config';

/**
 * Bounds for what hangs, not for what is slow: a busy machine takes several times as long as a quiet one. Speed is measured
 * by `npm run bench`.
 */
const shared = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000, interval: 20 } },
} as const;

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // Two cores are the smallest machine we promise to build on.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: [
            'test/unit/**/*.test.{ts,tsx}',
            'test/pdf/**/*.test.ts',
            'test/vault-kill/**/*.test.ts',
            'test/cli/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          globalSetup: ['test/server/cluster.ts'],
          // One PostgreSQL and two cores: files that measure or kill want them for themselves.
          fileParallelism: false,
        },
      },
      { extends: true, test: { ...shared, name: 'host', include: ['test/host/**/*.test.ts'], fileParallelism: false } },
    ],
  },
});
