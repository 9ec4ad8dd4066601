/** The whole test suite: type check, lint, unit and property tests, the host, then journeys on the running application. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundle } from './bundle.ts';
import { lint, typecheck } from './check.ts';
import { runtimeEnvironment } from './runtime.ts';
import { bin, root, run, say } from './shell.ts';
import { ensure } from './system.ts';

interface Totals {
  passed: number;
  failed: number;
  /** What failed, to be said once more at the end: file, name, first lines of the message. */
  readonly failures: string[];
}
const noTotals = (): Totals => ({ passed: 0, failed: 0, failures: [] });

const reports = join(root, 'out/test');
const report = (name: string): string => join(reports, `${name}.json`);
const LINES = 6;
// Colours of the terminal are no part of a message.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences begin with one
const COLOUR = /\u001B\[[\d;]*m/g;

function failed(totals: Totals, where: string, message = ''): void {
  const lines = message.replace(COLOUR, '').trim().split('\n').filter(Boolean).slice(0, LINES);
  totals.failures.push([where, ...lines.map((line) => `    ${line}`)].join('\n'));
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Adds what vitest's JSON report counted. A run that left no report counts as one failure. */
function addVitest(totals: Totals, name: string): void {
  if (!existsSync(report(name))) {
    totals.failed += 1;
    failed(totals, `${name}: no report`);
    return;
  }
  const read = JSON.parse(readFileSync(report(name), 'utf8')) as VitestReport;
  const { numPassedTests, numFailedTests, numFailedTestSuites } = read;
  totals.passed += numPassedTests;
  totals.failed += Math.max(numFailedTests, numFailedTestSuites > 0 && numFailedTests === 0 ? 1 : 0);
  for (const file of read.testResults) {
    const where = relative(root, file.name);
    const wrong = file.assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages } of wrong)
      failed(totals, `${where} › ${fullName}`, failureMessages?.join('\n'));
    if (file.status === 'failed' && wrong.length === 0) failed(totals, where, file.message);
  }
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly ok: boolean;
    readonly tests: readonly { readonly results: readonly { readonly error?: { readonly message?: string } }[] }[];
  }[];
}

function addSuite(totals: Totals, { suites = [], specs = [] }: PlaywrightSuite): void {
  for (const suite of suites) addSuite(totals, suite);
  for (const { title, file, tests } of specs.filter(({ ok }) => !ok)) {
    const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? ''));
    failed(
      totals,
      `${file} › ${title}`,
      errors.find((text) => text !== ''),
    );
  }
}

function addPlaywright(totals: Totals, name: string): void {
  if (!existsSync(report(name))) {
    totals.failed += 1;
    failed(totals, `${name}: no report`);
    return;
  }
  const read = JSON.parse(readFileSync(report(name), 'utf8')) as PlaywrightSuite & {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  totals.passed += read.stats.expected;
  totals.failed += read.stats.unexpected + read.stats.flaky;
  addSuite(totals, read);
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
  if (code !== 0 && totals.failed === before) {
    totals.failed += 1;
    failed(totals, `${project}: ended with ${code}`);
  }
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
  if (code !== 0 && totals.failed === before) {
    totals.failed += 1;
    failed(totals, `journeys: ended with ${code}`);
  }
}

function finish(totals: Totals): number {
  say('');
  // On standard output, as the totals are: what went wrong is to be found without reading everything above.
  for (const text of totals.failures) process.stdout.write(`failed: ${text}\n`);
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
  return totals.failed === 0 ? 0 : 1;
}

async function step(totals: Totals, name: string, work: () => Promise<number>): Promise<void> {
  say(`— ${name}`);
  if ((await work()) === 0) totals.passed += 1;
  else {
    totals.failed += 1;
    failed(totals, name);
  }
}

export async function testAll(filters: readonly string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const totals = noTotals();
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
  const totals = noTotals();
  await ensure(['chromium', 'poppler']);
  await vitest(totals, 'unit', filters);
  await vitest(totals, 'server', filters);
  return finish(totals);
}

export async function testE2e(filters: readonly string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const totals = noTotals();
  await ensure(['chromium', 'poppler']);
  await playwright(totals, filters);
  return finish(totals);
}
