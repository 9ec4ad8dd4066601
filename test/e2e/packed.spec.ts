import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { _electron } from '@playwright/test';
import { firstRun, goTo, journeyOf } from '../../build/driver/journey.ts';
import type { RunningApp } from '../../build/driver/launch.ts';
import { openFirst } from '../../build/driver/screens.ts';
import { findRuntime } from '../../build/tasks/runtime.ts';
import { root } from '../../build/tasks/shell.ts';
import { expect, PASSPHRASE, test } from './support.ts';

/** The packed program and its resources by platform. */
function packed(): { readonly program: string; readonly resources: string } {
  const dist = join(root, 'dist');
  if (process.platform === 'darwin') {
    const folder =
      readdirSync(dist).find((name) => name.startsWith('mac') && existsSync(join(dist, name, 'Rapport.app'))) ?? 'mac';
    const contents = join(dist, folder, 'Rapport.app/Contents');
    return { program: join(contents, 'MacOS/Rapport'), resources: join(contents, 'Resources') };
  }
  if (process.platform === 'win32') {
    return { program: join(dist, 'win-unpacked/Rapport.exe'), resources: join(dist, 'win-unpacked/resources') };
  }
  return { program: join(dist, 'linux-unpacked/rapport'), resources: join(dist, 'linux-unpacked/resources') };
}

test('the packed application starts from its archive alone and does its work', async ({ folder }) => {
  test.setTimeout(300_000);
  const { kind } = await findRuntime();
  // The seal against inspection is what a test has to look through.
  const fuses = kind === 'electron' ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : [];
  await promisify(execFile)(process.execPath, [join(root, 'build/tasks/main.ts'), 'package', '--dir', ...fuses], {
    cwd: root,
    maxBuffer: 50_000_000,
  });
  const { program, resources } = packed();
  const files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((name) => name.replaceAll('\\', '/'));
  expect(files).toContain('/out/main/main.js');
  expect(files.filter((name) => /\.(ts|tsx|map)$|^\/(test|build|docs|renderer|electron)\//.test(name))).toEqual([]);
  expect(existsSync(join(resources, 'default_app.asar'))).toBe(false);
  const binaries = files.filter((name) => name.endsWith('.node')).map((name) => name.split('/').at(-1) ?? '');
  expect(binaries).toContain(`${process.platform}-${process.arch}.node`);
  expect(
    binaries.filter((name) => !name.startsWith(process.platform) || !name.endsWith(`-${process.arch}.node`)),
  ).toEqual([]);

  const app = await _electron.launch({
    executablePath: program,
    args: [`--profile=${join(folder, 'profile')}`],
    // Away from the sources: what is missing in the archive must not be found beside it.
    cwd: folder,
    timeout: 60_000,
  });
  try {
    const page = await app.firstWindow({ timeout: 60_000 });
    expect(await app.evaluate(({ app: main }) => main.isPackaged)).toBe(true);
    const running: RunningApp = { app, page, profile: join(folder, 'profile'), close: () => app.close() };
    const journey = journeyOf(running, 'en');
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
    await goTo(journey, 'organisations');
    await expect(page.getByRole('grid').locator('[role="row"][aria-selected]').first()).toBeVisible();
    await openFirst(journey, 'meetings');
    await page.getByRole('button', { name: journey.t('summary.ui.open'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: journey.t('summary.ui.title') });
    await expect(dialog.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible();
    const version = await page.evaluate(() => window.rapport['app:boot'](undefined));
    expect(version).toMatchObject({ ok: true, value: { version: '0.1.0' } });
  } finally {
    await app.close();
  }
});
