import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './e2e',
  outputDir: '../out/test/e2e',
  // The native module is loaded as it is: without the path that only the type checker needs.
  tsconfig: './e2e.tsconfig.json',
  // One application at a time: the machines we promise to build on have two cores.
  workers: 1,
  timeout: 300_000,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  expect: { timeout: 30_000 },
});
