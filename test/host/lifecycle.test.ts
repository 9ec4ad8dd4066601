import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixtureApp, launch, onElectron, prepareOnce, root, temporaryFolder } from './launch.ts';

interface Started {
  child: ChildProcess;
  output(): string;
  exited: Promise<number | null>;
  said(text: string): Promise<void>;
}

/** Starts an app without Playwright and reads what it prints. */
async function start(program: string, args: string[], env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const listeners = new Set<() => void>();
  const add = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  onTestFinished(async () => {
    // In order, so that nothing writes into folders that are being removed.
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  const said = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (text.includes(wanted)) resolve();
      };
      listeners.add(look);
      void exited.then(() =>
        text.includes(wanted) ? resolve() : reject(new Error(`ended without "${wanted}":\n${text}`)),
      );
      look();
    });
  return { child, output: () => text, exited, said };
}

function writeApp(main: string): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'small', productName: 'Small App', version: '3.2.1', type: 'module', main: 'main.js' }),
  );
  writeFileSync(join(folder, 'main.js'), main);
  return folder;
}

const program = async (): Promise<string> =>
  onElectron ? ((await import('electron')).default as unknown as string) : (await prepareOnce()).electronPath;

/** Processes whose command line holds this text. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

describe('app', () => {
  it('knows its name, version, folders and arguments', async () => {
    const { app, userData } = await launch({ args: ['--some-switch=5', 'file.csv'] });
    const seen = await app.evaluate(({ app: electronApp }) => ({
      name: electronApp.getName(),
      version: electronApp.getVersion(),
      path: electronApp.getAppPath(),
      userData: electronApp.getPath('userData'),
      ready: electronApp.isReady(),
      packaged: electronApp.isPackaged,
      value: electronApp.commandLine.getSwitchValue('some-switch'),
      argument: process.argv.at(-1),
      type: process.type,
      electron: process.versions.electron,
    }));
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
      version: string;
    };
    expect(seen).toEqual({
      name: 'Host Fixture',
      version: '1.2.3',
      path: fixtureApp,
      userData,
      ready: true,
      packaged: false,
      value: '5',
      argument: 'file.csv',
      type: 'browser',
      electron: version,
    });
  });

  it('is the same module for import and for require', async () => {
    const app = writeApp(`
      import { createRequire } from 'node:module';
      import electron, { app } from 'electron';
      import * as all from 'electron/main';
      const required = createRequire(import.meta.url)('electron');
      console.log('same', required.app === app, electron.app === app, all.app === app, Object.keys(required).includes('BrowserWindow'));
      app.exit(7);`);
    const run = await start(await program(), ['--no-sandbox', app, `--user-data-dir=${temporaryFolder()}`]);
    expect(await run.exited).toBe(7);
    expect(run.output()).toContain('same true true true true');
  });

  it('is ready only after the app’s code has been loaded', async () => {
    const app = writeApp(`
      import { app } from 'electron';
      app.on('ready', () => { console.log('event', globalThis.loaded); app.quit(); });
      await new Promise((resolve) => setImmediate(resolve));
      console.log('before', app.isReady());
      globalThis.loaded = true;`);
    const run = await start(await program(), ['--no-sandbox', app, `--user-data-dir=${temporaryFolder()}`]);
    expect(await run.exited).toBe(0);
    expect(run.output()).toMatch(/before false\s+event true/);
  });

  it('quits in Electron’s order and lets each step object', async () => {
    const app = writeApp(`
      import { app, BrowserWindow } from 'electron';
      let asked = 0;
      for (const name of ['before-quit', 'window-all-closed', 'will-quit', 'quit']) app.on(name, () => console.log(name));
      app.on('will-quit', (event) => { asked += 1; if (asked === 1) { event.preventDefault(); setImmediate(() => app.quit()); } });
      app.whenReady().then(async () => {
        const window = new BrowserWindow();
        window.on('close', () => console.log('close'));
        window.on('closed', () => console.log('closed'));
        await window.loadURL('data:text/html,<title>x</title>');
        app.quit();
      });`);
    const run = await start(await program(), ['--no-sandbox', app, `--user-data-dir=${temporaryFolder()}`]);
    expect(await run.exited).toBe(0);
    const order = run
      .output()
      .split('\n')
      .filter((line) => /^[a-z-]+$/.test(line));
    expect(order).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'before-quit', 'will-quit', 'quit']);
  });

  it('quits when its last window is closed and nobody listens', async () => {
    const app = writeApp(`
      import { app, BrowserWindow } from 'electron';
      app.whenReady().then(async () => {
        const window = new BrowserWindow();
        await window.loadURL('data:text/html,x');
        window.close();
      });`);
    const run = await start(await program(), ['--no-sandbox', app, `--user-data-dir=${temporaryFolder()}`]);
    expect(await run.exited).toBe(0);
  });

  it('tells the first instance what a second one was started with', async () => {
    const app = writeApp(`
      import { app } from 'electron';
      if (!app.requestSingleInstanceLock({ from: 'second' })) {
        console.log('not first');
        app.quit();
      } else {
        app.on('second-instance', (event, argv, folder, data) => {
          console.log('got', argv.at(-1), folder, JSON.stringify(data));
          app.quit();
        });
        app.whenReady().then(() => console.log('first'));
      }`);
    const userData = temporaryFolder();
    const args = ['--no-sandbox', app, `--user-data-dir=${userData}`];
    const first = await start(await program(), args);
    await first.said('first');
    const second = await start(await program(), [...args, 'given.csv']);
    expect(await second.exited).toBe(0);
    expect(second.output()).toContain('not first');
    await first.said('got given.csv');
    expect(first.output()).toContain('{"from":"second"}');
    expect(await first.exited).toBe(0);
    const third = await start(await program(), args);
    await third.said('first');
  });

  it('goes on after an error in the main process', async () => {
    const { app, page } = await launch();
    await app.evaluate(
      () =>
        void setImmediate(() => {
          throw new Error('on purpose');
        }),
    );
    expect(await page.evaluate(() => fixture.invoke('echo', 1))).toBe(1);
  });

  it('ends on SIGTERM as if it had been closed', async () => {
    const app = writeApp(`
      import { app, BrowserWindow } from 'electron';
      app.on('will-quit', () => console.log('will-quit'));
      app.whenReady().then(async () => { await new BrowserWindow().loadURL('data:text/html,x'); console.log('running'); });`);
    const run = await start(await program(), ['--no-sandbox', app, `--user-data-dir=${temporaryFolder()}`]);
    await run.said('running');
    run.child.kill('SIGTERM');
    await run.exited;
    expect(run.output()).toContain('will-quit');
  });
});

describe.skipIf(onElectron)('the Chromium host', () => {
  it('leaves no Chromium behind, even when it is killed', async () => {
    const userData = temporaryFolder();
    const app = writeApp(`
      import { app, BrowserWindow } from 'electron';
      app.whenReady().then(async () => { await new BrowserWindow().loadURL('data:text/html,x'); console.log('running'); });`);
    const run = await start(await program(), [app, `--user-data-dir=${userData}`]);
    await run.said('running');
    const profile = join(userData, 'chromium-host');
    expect(processesWith(profile).length).toBeGreaterThan(0);
    run.child.kill('SIGKILL');
    await expect.poll(() => processesWith(profile), { timeout: 60_000 }).toEqual([]);
  });

  it('ends with a message when Chromium dies', async () => {
    const userData = temporaryFolder();
    const app = writeApp(`
      import { app, BrowserWindow } from 'electron';
      app.whenReady().then(async () => { await new BrowserWindow().loadURL('data:text/html,x'); console.log('running'); });`);
    const run = await start(await program(), [app, `--user-data-dir=${userData}`]);
    await run.said('running');
    const browser = processesWith(join(userData, 'chromium-host')).filter(
      (pid) => !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type='),
    );
    for (const pid of browser) process.kill(pid, 'SIGKILL');
    expect(await run.exited).toBe(1);
    expect(run.output()).toContain('Chromium is gone');
  });

  it('says what it needs when there is no Chromium', async () => {
    const app = writeApp(`import { app } from 'electron'; app.whenReady().then(() => app.quit());`);
    const run = await start(await program(), [app, `--user-data-dir=${temporaryFolder()}`], {
      RAPPORT_CHROMIUM: '/nowhere',
    });
    expect(await run.exited).toBe(1);
    expect(run.output()).toContain('No Chromium');
  });

  it('fails by name for what it does not have', async () => {
    const { app } = await launch();
    const messages = await app.evaluate((electron) => {
      const attempt = (run: () => unknown): string => {
        try {
          run();
          return 'no error';
        } catch (error) {
          return (error as Error).message;
        }
      };
      const window = electron.BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      return [
        attempt(() => new electron.Tray('x')),
        attempt(() => electron.app.getJumpListSettings()),
        attempt(() => window.setThumbarButtons([])),
        attempt(() => window.webContents.startDrag({ file: 'x', icon: 'y' })),
        attempt(() => electron.desktopCapturer.getSources({ types: [] })),
      ];
    });
    expect(messages).toEqual([
      'new Tray is not implemented in the Chromium host',
      'app.getJumpListSettings is not implemented in the Chromium host',
      'browserWindow.setThumbarButtons is not implemented in the Chromium host',
      'webContents.startDrag is not implemented in the Chromium host',
      'desktopCapturer.getSources is not implemented in the Chromium host',
    ]);
  });

  it('is accepted by electron-builder, and the packed app starts from its archive', async () => {
    const { distPath } = await prepareOnce();
    const folder = temporaryFolder();
    cpSync(fixtureApp, folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
    const more = { author: 'x', description: 'x', desktopName: 'host-fixture.desktop' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...more }));
    mkdirSync(join(folder, 'node_modules'));
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
      version: string;
    };
    const args = [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--linux',
      'dir',
      '--projectDir',
      folder,
      `-c.electronDist=${distPath}`,
      `-c.electronVersion=${version}`,
      '-c.npmRebuild=false',
      '-c.directories.output=dist',
    ];
    const built = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 100_000 });
    const packed = join(folder, 'dist/linux-unpacked');
    expect(existsSync(join(packed, 'resources/app.asar')), built.stdout + built.stderr).toBe(true);
    const name = readdirSync(packed).find((file) => file.startsWith('host-fixture') || file === 'Host Fixture');
    const run = await start(join(packed, name ?? 'missing'), [`--user-data-dir=${temporaryFolder()}`, '--inspect=0'], {
      RAPPORT_NODE: '',
    });
    await run.said('Debugger listening');
    const { _electron } = await import('@playwright/test');
    run.child.kill('SIGTERM');
    await run.exited;
    const app = await _electron.launch({
      executablePath: join(packed, name ?? ''),
      args: [`--user-data-dir=${temporaryFolder()}`],
      timeout: 60_000,
    });
    onTestFinished(() => app.close());
    const page = await app.firstWindow();
    await page.waitForFunction(() => 'ready' in globalThis);
    expect(await page.evaluate(() => fixture.invoke('echo', 'packed'))).toBe('packed');
    expect(await app.evaluate(({ app: electronApp }) => [electronApp.isPackaged, electronApp.getName()])).toEqual([
      true,
      'Host Fixture',
    ]);
  });
});
