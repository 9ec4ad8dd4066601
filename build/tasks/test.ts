/** The whole test suite: type check, lint, unit and property tests, the host, then journeys on the running application. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { lint, typecheck } from './check.ts';
import { runtimeEnvironment } from './runtime.ts';
import { bin, root, run, say } from './shell.ts';
import { ensure } from './system.ts';

interface Totals {
  passed: number;
  failed: number;
}

const reports = join(root, 'out/test');
const report = (name: string): string => join(reports, `${name}.json`);

/** Adds what vitest's JSON report counted. A run that left no report counts as one failure. */
function addVitest(totals: Totals, name: string): void {
  if (!existsSync(report(name))) {
    totals.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report(name), 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
  };
  totals.passed += numPassedTests;
  totals.failed += Math.max(numFailedTests, numFailedTestSuites > 0 && numFailedTests === 0 ? 1 : 0);
}

function addPlaywright(totals: Totals, name: string): void {
  if (!existsSync(report(name))) {
    totals.failed += 1;
    return;
  }
  const { stats } = JSON.parse(readFileSync(report(name), 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  totals.passed += stats.expected;
  totals.failed += stats.unexpected + stats.flaky;
}

async function vitest(totals: Totals, project: 'unit' | 'server' | 'host', filters: readonly string[]): Promise<void> {
  rmSync(report(project), { force: true });
  const code = await run(bin('vitest'), [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report(project)}`,
    ...filters,
  ]);
  const before = totals.failed;
  addVitest(totals, project);
  if (code !== 0 && totals.failed === before) totals.failed += 1;
}

async function playwright(totals: Totals, filters: readonly string[]): Promise<void> {
  await bundle();
  const env = await runtimeEnvironment();
  rmSync(report('e2e'), { force: true });
  const code = await run(bin('playwright'), ['test', '--config', 'test/playwright.config.ts', ...filters], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e') },
  });
  const before = totals.failed;
  addPlaywright(totals, 'e2e');
  if (code !== 0 && totals.failed === before) totals.failed += 1;
}

function finish(totals: Totals): number {
  say('');
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
  return totals.failed === 0 ? 0 : 1;
}

async function step(totals: Totals, name: string, work: () => Promise<number>): Promise<void> {
  say(`— ${name}`);
  if ((await work()) === 0) totals.passed += 1;
  else totals.failed += 1;
}

export async function testAll(filters: readonly string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const totals: Totals = { passed: 0, failed: 0 };
  const missing = await ensure(['chromium', 'poppler']);
  if (missing.length > 0) say(`Tests that need ${missing.join(' and ')} will fail until it is installed.`);
  await step(totals, 'type check', typecheck);
  await step(totals, 'lint and format', lint);
  say('— unit and property tests');
  await vitest(totals, 'unit', filters);
  say('— the sync server on PostgreSQL');
  await vitest(totals, 'server', filters);
  say('— the Chromium host');
  await vitest(totals, 'host', filters);
  say('— journeys on the running application');
  await playwright(totals, filters);
  return finish(totals);
}

export async function testUnit(filters: readonly string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const totals: Totals = { passed: 0, failed: 0 };
  await ensure(['chromium', 'poppler']);
  await vitest(totals, 'unit', filters);
  await vitest(totals, 'server', filters);
  return finish(totals);
}

export async function testE2e(filters: readonly string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const totals: Totals = { passed: 0, failed: 0 };
  await ensure(['chromium', 'poppler']);
  await playwright(totals, filters);
  return finish(totals);
}
