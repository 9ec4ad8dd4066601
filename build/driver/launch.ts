/** Starts the real application (real main, preload and screens) under Playwright, with a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { findRuntime } from '../tasks/runtime.ts';
import { root } from '../tasks/shell.ts';

export interface LaunchOptions {
  /** User data folder; a fresh one, removed by `close`, when absent. */
  readonly profile?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Closes the application as a person would; removes a fresh profile. */
  readonly close: () => Promise<void>;
}

/** Launches the app and waits for its first window's page. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const runtime = await findRuntime();
  const fresh = options.profile === undefined;
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'rapport-'));
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...runtime.env, ...options.env }).filter(([, v]) => v !== undefined),
  ) as Record<string, string>;
  const app = await _electron.launch({
    executablePath: runtime.program,
    args: [root, `--profile=${profile}`, ...(options.args ?? [])],
    env,
    // Playwright would force the light theme otherwise.
    colorScheme: null,
    timeout: 60_000,
  });
  const page = await app.firstWindow({ timeout: 60_000 });
  if (options.size) await page.setViewportSize(options.size);
  return {
    app,
    page,
    profile,
    close: async () => {
      await app.close().catch(() => undefined);
      if (fresh) rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Answers the next save or open dialogs with these paths, in order; afterwards dialogs are cancelled. */
export async function answerDialogs(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, queue: readonly string[]) => {
    const left = [...queue];
    dialog.showSaveDialog = (async () => {
      const filePath = left.shift();
      return { canceled: filePath === undefined, filePath: filePath ?? '' };
    }) as typeof dialog.showSaveDialog;
    dialog.showOpenDialog = (async () => {
      const filePath = left.shift();
      return { canceled: filePath === undefined, filePaths: filePath === undefined ? [] : [filePath] };
    }) as typeof dialog.showOpenDialog;
  }, paths);
}
