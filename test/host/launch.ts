/** Starts an app for a test: on Electron where its runtime is installed, else on the Chromium host. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { onTestFinished } from 'vitest';
import { prepareHost } from '../../build/chromium-host/prepare.mjs';

export const root = join(import.meta.dirname, '../..');
export const fixtureApp = join(import.meta.dirname, 'fixture-app');
/** True where the tests run on Electron itself. */
export const onElectron =
  existsSync(join(root, 'node_modules/electron/path.txt')) && process.env['RAPPORT_RUNTIME'] !== 'chromium-host';

let prepared: Promise<{ distPath: string; electronPath: string }> | undefined;

export function hostFolder(): string {
  return join(root, 'out/chromium-host');
}

/** The distribution, made once per run. */
export function prepareOnce(): Promise<{ distPath: string; electronPath: string }> {
  prepared ??= prepareHost({ outDir: hostFolder() });
  return prepared;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'host-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

export interface Running {
  app: ElectronApplication;
  page: Page;
  userData: string;
}

export interface LaunchOptions {
  userData?: string;
  appPath?: string;
  args?: string[];
  env?: Record<string, string>;
}

/** The fixture app with its first window loaded. It ends with the test. */
export async function launch(options: LaunchOptions = {}): Promise<Running> {
  if (!onElectron) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = (await prepareOnce()).distPath;
  const userData = options.userData ?? temporaryFolder();
  const env = { ...process.env, ...options.env } as Record<string, string>;
  const app = await _electron.launch({
    args: [options.appPath ?? fixtureApp, `--user-data-dir=${userData}`, ...(options.args ?? [])],
    env,
    colorScheme: null,
    timeout: 60_000,
  });
  onTestFinished(() => app.close());
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'ready' in globalThis);
  return { app, page, userData };
}
