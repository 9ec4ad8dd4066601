import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch, onElectron, temporaryFolder } from './launch.ts';

describe('Menu', () => {
  it('runs items by their keys, on Cyrillic layouts as well, unless the page takes the key', async () => {
    const { app, page } = await launch();
    await app.evaluate(({ Menu }) => {
      const note = (name: string) => () => fixture.log.push([name]);
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([
          {
            label: 'File',
            submenu: [
              { label: 'New', accelerator: 'CommandOrControl+N', click: note('new') },
              { label: 'Find', accelerator: 'CommandOrControl+Shift+F', click: note('find') },
              { label: 'Off', accelerator: 'CommandOrControl+D', enabled: false, click: note('off') },
              { label: 'Settings', accelerator: 'CommandOrControl+,', click: note('settings') },
            ],
          },
          { role: 'editMenu' },
        ]),
      );
    });
    await page.evaluate(() => fixture.invoke('echo', 0));
    const key = process.platform === 'darwin' ? 'Meta' : 'Control';
    await page.keyboard.press(`${key}+n`);
    await page.keyboard.press(`${key}+Shift+F`);
    await page.keyboard.press(`${key}+d`);
    await page.keyboard.press(`${key}+,`);
    const taken = [['new'], ['find'], ['settings']];
    await expect.poll(() => app.evaluate(() => fixture.log)).toEqual(taken);

    // The physical N on a Russian keyboard.
    const client = await page.context().newCDPSession(page);
    const press = {
      modifiers: process.platform === 'darwin' ? 4 : 2,
      key: 'т',
      code: 'KeyN',
      windowsVirtualKeyCode: 78,
    };
    await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
    await expect.poll(() => app.evaluate(() => fixture.log)).toEqual([...taken, ['new']]);

    await page.evaluate(() => addEventListener('keydown', (event) => event.preventDefault()));
    await page.keyboard.press(`${key}+n`);
    await page.evaluate(() => fixture.invoke('echo', 0));
    expect(await app.evaluate(() => fixture.log.length)).toBe(4);
  });

  it('finds items by id and clicks them', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(({ Menu }) => {
      const menu = Menu.buildFromTemplate([
        {
          label: 'View',
          submenu: [
            {
              id: 'dark',
              label: 'Dark',
              type: 'checkbox',
              checked: false,
              click: (item) => fixture.log.push([item.checked]),
            },
          ],
        },
      ]);
      const item = menu.getMenuItemById('dark');
      item?.click();
      return [item?.checked, fixture.log, menu.getMenuItemById('none')];
    });
    expect(seen).toEqual([true, [[true]], null]);
  });
});

describe('dialog', () => {
  it('can be answered by a test', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ dialog, BrowserWindow }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/tmp/клиенты.xlsx'] });
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: true });
      const window = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      return [
        await dialog.showOpenDialog(window, { properties: ['openFile'] }),
        await dialog.showMessageBox({ message: 'Delete?' }),
      ];
    });
    expect(seen).toEqual([
      { canceled: false, filePaths: ['/tmp/клиенты.xlsx'] },
      { response: 1, checkboxChecked: true },
    ]);
  });
});

describe('safeStorage', () => {
  it('gives back asynchronously what it has encrypted', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ safeStorage }) => {
      const available = await safeStorage.isAsyncEncryptionAvailable();
      if (!available) return { available, plain: false, result: 'ключ' };
      const sealed = await safeStorage.encryptStringAsync('ключ');
      const opened = await safeStorage.decryptStringAsync(sealed);
      return { available, plain: sealed.includes('ключ'), result: opened.result };
    });
    expect(seen).toMatchObject({ plain: false, result: 'ключ' });
  });

  it.skipIf(onElectron)('does not pretend to have a keychain', async () => {
    const { app } = await launch();
    expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('basic_text');
  });
});

describe('nativeTheme', () => {
  it('turns pages dark and light, those that are open and new ones', async () => {
    const { app, page } = await launch();
    const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    const updated = await app.evaluate(async ({ nativeTheme }) => {
      const told = new Promise<boolean>((resolve) =>
        nativeTheme.once('updated', () => resolve(nativeTheme.shouldUseDarkColors)),
      );
      nativeTheme.themeSource = 'dark';
      return told;
    });
    expect(updated).toBe(true);
    await expect.poll(isDark, { timeout: 60_000 }).toBe(true);
    const fresh = await app.evaluate(async () => {
      const window = fixture.createWindow({ show: false });
      await window.loadURL('fixture://app/other.html');
      const dark = await window.webContents.executeJavaScript('matchMedia("(prefers-color-scheme: dark)").matches');
      window.destroy();
      return dark;
    });
    expect(fresh).toBe(true);
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(isDark, { timeout: 60_000 }).toBe(false);
  });
});

describe.skipIf(onElectron && process.platform === 'linux')('Notification', () => {
  it('is shown, found in the history, clicked and taken away', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ Notification }) => {
      const texts = async () => (await Notification.getHistory()).map(({ id, title, body }) => [id, title, body]);
      const first = new Notification({ id: 'a', title: 'Срок', body: 'завтра' });
      const shown = new Promise((resolve) => first.once('show', () => resolve('shown')));
      let clicks = 0;
      first.on('click', () => {
        clicks += 1;
      });
      first.show();
      const steps: unknown[] = [await shown];
      new Notification({ id: 'a', title: 'Срок', body: 'сегодня' }).show();
      new Notification({ id: 'b', title: 'Другой' }).show();
      first.emit('click');
      steps.push(await texts(), clicks);
      Notification.remove('a');
      steps.push(await texts());
      Notification.removeAll();
      steps.push(await texts(), Notification.isSupported());
      return steps;
    });
    expect(seen).toEqual([
      'shown',
      [
        ['a', 'Срок', 'сегодня'],
        ['b', 'Другой', ''],
      ],
      1,
      [['b', 'Другой', '']],
      [],
      true,
    ]);
  });
});

describe('the rest', () => {
  it('moves a file to the trash', async () => {
    const data = temporaryFolder();
    const { app } = await launch({ env: { XDG_DATA_HOME: data } });
    const file = join(temporaryFolder(), 'старый файл.txt');
    writeFileSync(file, 'kept');
    const missing = await app.evaluate(async ({ shell }, path) => {
      await shell.trashItem(path);
      return shell.trashItem(path).then(
        () => 'moved',
        () => 'refused',
      );
    }, file);
    expect(existsSync(file)).toBe(false);
    expect(missing).toBe('refused');
    if (process.platform === 'linux') {
      expect(readFileSync(join(data, 'Trash/files/старый файл.txt'), 'utf8')).toBe('kept');
      const [info] = readdirSync(join(data, 'Trash/info'));
      expect(decodeURI(readFileSync(join(data, 'Trash/info', info ?? ''), 'utf8'))).toContain(`Path=${file}`);
    }
  });

  it('fetches files and custom schemes from the main process', async () => {
    const { app } = await launch();
    const file = join(temporaryFolder(), 'a.txt');
    writeFileSync(file, 'text');
    const seen = await app.evaluate(async ({ net, protocol }, url) => {
      protocol.handle('fixture', () => new Response('served'));
      const missing = await net.fetch(`${url}.none`).then(
        () => 'answered',
        () => 'failed',
      );
      return [
        await (await net.fetch(url)).text(),
        await (await net.fetch('fixture://x/y')).text(),
        missing,
        typeof net.isOnline(),
      ];
    }, `file://${file}`);
    expect(seen).toEqual(['text', 'served', 'failed', 'boolean']);
  });

  it('keeps text in the clipboard', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ clipboard }) => {
      await clipboard.writeText('скопировано');
      return clipboard.readText();
    });
    expect(seen).toBe('скопировано');
  });

  it('runs utility processes with a port to the app', async () => {
    const { app } = await launch();
    const file = join(temporaryFolder(), 'worker.cjs');
    writeFileSync(
      file,
      "process.parentPort.on('message', ({ data }) => process.parentPort.postMessage({ got: data, type: process.type }));",
    );
    const seen = await app.evaluate(async ({ utilityProcess }, path) => {
      const child = utilityProcess.fork(path);
      const answer = new Promise((resolve) => child.once('message', resolve));
      child.postMessage({ map: new Map([[1, 2]]) });
      const got = (await answer) as { got: { map: Map<number, number> }; type: string };
      const code = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await code;
      return [got.got.map.get(1), got.type];
    }, file);
    expect(seen).toEqual([2, 'utility']);
  });

  it('knows a display and passes power events on', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(({ screen, powerMonitor }) => {
      let suspended = false;
      powerMonitor.once('suspend', () => {
        suspended = true;
      });
      powerMonitor.emit('suspend');
      return [
        screen.getPrimaryDisplay().workArea.width > 0,
        screen.getAllDisplays().length > 0,
        suspended,
        powerMonitor.getSystemIdleTime() >= 0,
      ];
    });
    expect(seen).toEqual([true, true, true, true]);
  });
});
