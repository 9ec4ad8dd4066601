import { describe, expect, it } from 'vitest';
import { launch } from './launch.ts';

describe('BrowserWindow', () => {
  it('is found from its page and reports its state', async () => {
    const { app, page } = await launch();
    const window = await app.browserWindow(page);
    await expect.poll(() => window.evaluate((w: Electron.BrowserWindow) => w.getTitle())).toBe('Fixture');
    const state = await window.evaluate((w: Electron.BrowserWindow) => ({
      bounds: w.getBounds(),
      visible: w.isVisible(),
      destroyed: w.isDestroyed(),
      title: w.getTitle(),
      url: w.webContents.getURL(),
      focused: w.isFocused(),
    }));
    expect(state).toMatchObject({
      visible: true,
      destroyed: false,
      title: 'Fixture',
      url: 'fixture://app/index.html',
      focused: true,
    });
    expect(state.bounds).toMatchObject({ width: 900, height: 700 });
  });

  it('gives the page the size that was asked for, and a new one', async () => {
    const { app, page } = await launch();
    const window = await app.browserWindow(page);
    await page.waitForFunction(() => Math.abs(innerWidth - 900) < 20);
    await window.evaluate((w: Electron.BrowserWindow) => w.setSize(1000, 500));
    await page.waitForFunction(() => Math.abs(innerWidth - 1000) < 20 && innerHeight <= 500 && innerHeight > 380);
    expect(await window.evaluate((w: Electron.BrowserWindow) => w.getSize())).toEqual([1000, 500]);
  });

  it('never gets smaller than its minimum', async () => {
    const { app } = await launch();
    const size = await app.evaluate(() => {
      const window = fixture.createWindow({ minWidth: 500, minHeight: 400, show: false });
      window.setSize(100, 100);
      return window.getSize();
    });
    expect(size).toEqual([500, 400]);
  });

  it('says ready-to-show for a hidden window and show when it is shown', async () => {
    const { app } = await launch();
    const events = await app.evaluate(async () => {
      const window = fixture.createWindow({ show: false });
      const seen: string[] = [];
      for (const name of ['show', 'hide', 'ready-to-show'] as const) window.on(name as 'show', () => seen.push(name));
      const ready = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
      await window.loadURL('fixture://app/other.html');
      await ready;
      const before = window.isVisible();
      window.show();
      window.hide();
      return { seen, before, after: window.isVisible() };
    });
    expect(events).toEqual({ seen: ['ready-to-show', 'show', 'hide'], before: false, after: false });
  });

  it('closes unless the app or the page objects', async () => {
    const { app, page } = await launch();
    const result = await app.evaluate(async ({ BrowserWindow }) => {
      fixture.keepRunning = true;
      const window = fixture.createWindow();
      await window.loadURL('fixture://app/other.html');
      const seen: string[] = [];
      window.once('close', (event) => {
        seen.push('prevented');
        event.preventDefault();
      });
      window.close();
      const still = !window.isDestroyed();
      const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
      window.close();
      await closed;
      return { seen, still, destroyed: window.isDestroyed(), left: BrowserWindow.getAllWindows().length };
    });
    expect(result).toEqual({ seen: ['prevented'], still: true, destroyed: true, left: 1 });
    expect(page.isClosed()).toBe(false);
  });

  it('is closed by its page and by the test driver', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      fixture.keepRunning = true;
    });
    const [second] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(() => void fixture.createWindow().loadURL('fixture://app/other.html')),
    ]);
    await second.waitForFunction(() => document.title === 'Other page');
    await second.close();
    await page.evaluate(() => window.close());
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  });

  it('keeps its size from one run to the next when it has a name', async () => {
    const { temporaryFolder } = await import('./launch.ts');
    const userData = temporaryFolder();
    const run = async (resize: boolean): Promise<number[]> => {
      const { app } = await launch({ userData });
      const size = await app.evaluate((_electron, change) => {
        const window = fixture.createWindow({ name: 'kept', windowStatePersistence: true, width: 640, height: 480 });
        if (change) window.setSize(777, 555);
        return window.getSize();
      }, resize);
      await app.close();
      return size;
    };
    expect(await run(true)).toEqual([777, 555]);
    expect(await run(false)).toEqual([777, 555]);
  });
});

describe('webContents', () => {
  it('runs scripts and returns results of every kind', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as Electron.WebContents;
      const map = (await contents.executeJavaScript('Promise.resolve(new Map([["a", new Date(5)]]))')) as Map<
        string,
        Date
      >;
      const isolated = await contents.executeJavaScriptInIsolatedWorld(99, [
        { code: 'globalThis.kept = 5' },
        { code: 'typeof pageSecret + kept' },
      ]);
      return {
        number: await contents.executeJavaScript('1 + 1'),
        nothing: (await contents.executeJavaScript('undefined')) === undefined,
        map: map instanceof Map && map.get('a')?.getTime(),
        page: await contents.executeJavaScript('pageSecret'),
        isolated,
        error: await contents.executeJavaScript('throw new RangeError("no")').catch((error: Error) => error.message),
        rejected: await contents
          .executeJavaScript('Promise.reject(new Error("later"))')
          .catch((error: Error) => error.message),
      };
    });
    expect(seen).toEqual({
      number: 2,
      nothing: true,
      map: 5,
      page: 'page',
      isolated: 'undefined5',
      error: 'no',
      rejected: 'later',
    });
  });

  it('lets the app forbid navigations of the page, not its own', async () => {
    const { app, page } = await launch();
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on('will-navigate', (event) => {
        fixture.log.push(['will-navigate', event.url]);
        event.preventDefault();
      });
    });
    await page.click('#outside');
    await page.click('#other');
    await expect
      .poll(() => app.evaluate(() => fixture.log))
      .toEqual([
        ['will-navigate', 'https://example.com/'],
        ['will-navigate', 'fixture://app/other.html'],
      ]);
    expect(await page.title()).toBe('Fixture');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('fixture://app/other.html'));
    await page.waitForFunction(() => document.title === 'Other page');
    expect(await app.evaluate(() => fixture.log.length)).toBe(2);
  });

  it('asks the app before a page opens a window', async () => {
    const { app, page } = await launch();
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(({ url }) => {
        fixture.log.push([url]);
        return { action: 'deny' };
      });
    });
    await page.click('#blank');
    await expect.poll(() => app.evaluate(() => fixture.log)).toEqual([['fixture://app/other.html']]);
    await page.evaluate(() => fixture.invoke('echo', 1));
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(() => ({ action: 'allow' })),
    );
    const [opened] = await Promise.all([app.waitForEvent('window'), page.click('#blank')]);
    await opened.waitForFunction(() => document.title === 'Other page');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  });

  it('rejects loadURL with Chromium’s error and says did-fail-load', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async () => {
      fixture.partition.webRequest.onBeforeRequest((details, callback) =>
        callback({ cancel: details.url.endsWith('/never') }),
      );
      const window = fixture.createWindow();
      const failed: unknown[] = [];
      window.webContents.on('did-fail-load', (_event, code, description, url) => failed.push([code, description, url]));
      const error = await window.loadURL('fixture://app/never').then(
        () => 'loaded',
        (problem: Error & { code?: string; errno?: number }) => [problem.code, problem.errno],
      );
      return { error, failed };
    });
    expect(seen).toEqual({
      error: ['ERR_BLOCKED_BY_CLIENT', -20],
      failed: [[-20, 'ERR_BLOCKED_BY_CLIENT', 'fixture://app/never']],
    });
  });

  it('says what the page does: dom-ready, did-finish-load, title, console', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async () => {
      const events: unknown[] = [];
      fixture.routes.set(
        '/talk.js',
        () => new Response('console.warn("spoken", 5)', { headers: { 'content-type': 'text/javascript' } }),
      );
      fixture.routes.set(
        '/talk.html',
        () =>
          new Response('<title>Talk</title><script src="talk.js"></script>', {
            headers: { 'content-type': 'text/html' },
          }),
      );
      const window = fixture.createWindow();
      const titled = new Promise<string>((resolve) =>
        window.webContents.once('page-title-updated', (_event, title) => resolve(title)),
      );
      window.webContents.on('dom-ready', () => events.push('dom-ready'));
      window.webContents.on('did-finish-load', () => events.push('did-finish-load'));
      window.webContents.on('console-message', (event) => events.push([event.level, event.message]));
      await window.loadURL('fixture://app/talk.html');
      return { events, title: await titled };
    });
    expect(seen).toEqual({ events: [['warning', 'spoken 5'], 'dom-ready', 'did-finish-load'], title: 'Talk' });
  });

  it('says when its process is gone', async () => {
    const { app } = await launch();
    const reason = await app.evaluate(async () => {
      const window = fixture.createWindow();
      await window.loadURL('fixture://app/other.html');
      const gone = new Promise<string>((resolve) =>
        window.webContents.once('render-process-gone', (_event, details) => resolve(details.reason)),
      );
      window.webContents.forcefullyCrashRenderer();
      return gone;
    });
    expect(['crashed', 'killed']).toContain(reason);
  });

  it('prints to PDF with size, header and tags, also where scripts are off', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async () => {
      const window = fixture.createWindow({ show: false, webPreferences: { javascript: false } });
      fixture.routes.set(
        '/print.html',
        () =>
          new Response(
            '<html lang="ru"><title>Итоги</title><h1>Итоги встречи</h1><script>document.title = "no"</script>',
            {
              headers: { 'content-type': 'text/html; charset=utf-8' },
            },
          ),
      );
      await window.loadURL('fixture://app/print.html');
      const pdf = await window.webContents.printToPDF({
        pageSize: 'A4',
        landscape: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        displayHeaderFooter: true,
        footerTemplate: '<span class="pageNumber" style="font-size: 8px"></span>',
        margins: { top: 1, bottom: 1, left: 0.5, right: 0.5 },
      });
      const wrong = await window.webContents.printToPDF({ pageSize: 'A99' as 'A4' }).then(
        () => 'printed',
        () => 'refused',
      );
      const title = window.getTitle();
      window.destroy();
      return { text: pdf.toString('latin1'), wrong, title };
    });
    expect(seen.text.startsWith('%PDF-')).toBe(true);
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(seen.text) ?? [];
    expect(Number(width) / 72).toBeCloseTo(11.7, 1);
    expect(Number(height) / 72).toBeCloseTo(8.27, 1);
    expect(seen.text).toContain('/MarkInfo');
    expect(seen.text).toContain('/Outlines');
    expect(seen.wrong).toBe('refused');
    expect(seen.title).toBe('Итоги');
  });

  it('captures the page as a picture', async () => {
    const { app } = await launch();
    const seen = await app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return { empty: image?.isEmpty(), width: image?.getSize().width };
    });
    expect(seen.empty).toBe(false);
    expect(seen.width).toBeGreaterThan(500);
  });
});
