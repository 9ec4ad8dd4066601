import { describe, expect, it } from 'vitest';
import { launch } from './launch.ts';

describe('ipcMain and ipcRenderer', () => {
  it('carry every kind of value that structured clone knows, both ways', async () => {
    const { page } = await launch();
    const result = await page.evaluate(async () => {
      const circular: Record<string, unknown> = { name: 'ring' };
      circular['self'] = circular;
      const shared = { n: 1 };
      const sent = {
        date: new Date(86_400_000),
        map: new Map<unknown, unknown>([
          ['a', 1],
          [{ key: true }, new Set([1, 2])],
        ]),
        bytes: new Uint8Array([1, 2, 255]),
        buffer: new Uint8Array([9, 8]).buffer,
        part: new Uint16Array(new Uint16Array([1, 2, 3, 4]).buffer, 2, 2),
        error: new TypeError('wrong kind'),
        big: 2n ** 70n,
        nothing: undefined,
        none: null,
        odd: [Number.NaN, Number.POSITIVE_INFINITY, -0],
        pattern: /a+/gi,
        circular,
        twice: [shared, shared],
        sparse: Object.assign([], { length: 3, 1: 'x' }) as unknown[],
        text: 'Привет, 👋 \u0000 "кавычки"',
        empty: {},
      };
      const got = (await fixture.invoke('echo', sent)) as typeof sent;
      const [first] = [...got.map.keys()].slice(1);
      return {
        date: got.date instanceof Date && got.date.getTime(),
        map: got.map instanceof Map && got.map.get('a'),
        set: got.map.get(first) instanceof Set && (got.map.get(first) as Set<number>).size,
        bytes: got.bytes instanceof Uint8Array && [...got.bytes],
        buffer: got.buffer instanceof ArrayBuffer && [...new Uint8Array(got.buffer)],
        part: got.part instanceof Uint16Array && [...got.part],
        error: got.error instanceof TypeError && got.error.message,
        big: got.big === 2n ** 70n,
        nothing: 'nothing' in got && got.nothing === undefined,
        none: got.none,
        odd: [Number.isNaN(got.odd[0]), got.odd[1] === Number.POSITIVE_INFINITY, Object.is(got.odd[2], -0)],
        pattern: String(got.pattern),
        circular: got.circular['self'] === got.circular,
        twice: got.twice[0] === got.twice[1],
        sparse: [got.sparse.length, 0 in got.sparse, got.sparse[1]],
        text: got.text,
        empty: Object.keys(got.empty).length,
      };
    });
    expect(result).toEqual({
      date: 86_400_000,
      map: 1,
      set: 2,
      bytes: [1, 2, 255],
      buffer: [9, 8],
      part: [2, 3],
      error: 'wrong kind',
      big: true,
      nothing: true,
      none: null,
      odd: [true, true, true],
      pattern: '/a+/gi',
      circular: true,
      twice: true,
      sparse: [3, false, 'x'],
      text: 'Привет, 👋 \u0000 "кавычки"',
      empty: 0,
    });
  });

  it('reject an invocation with the handler’s error, with Electron’s words', async () => {
    const { page } = await launch();
    const messages = await page.evaluate(async () => {
      const tell = (error: Error): string => error.message;
      return [await fixture.invoke('fail').catch(tell), await fixture.invoke('nobody').catch(tell)];
    });
    expect(messages).toEqual([
      "Error invoking remote method 'fail': TypeError: refused on purpose",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ]);
  });

  it('refuse what cannot be cloned', async () => {
    const { app, page } = await launch();
    await app.evaluate(({ ipcMain }) => ipcMain.handle('function', () => ({ run: () => 1 })));
    const messages = await page.evaluate(async () => [
      await fixture.invoke('function').catch((error: Error) => error.message),
    ]);
    expect(messages[0]).toContain('could not be cloned');
  });

  it('keep messages in order, large ones among small ones', async () => {
    const { app, page } = await launch();
    await page.evaluate(() => {
      fixture.send('note', 1);
      fixture.send('note', new Uint8Array(3_000_000).fill(7));
      fixture.send('note', 'x'.repeat(1_000_000));
      fixture.send('note', 4);
    });
    await expect.poll(() => app.evaluate(() => fixture.log.length), { timeout: 60_000 }).toBe(4);
    const log = await app.evaluate(() =>
      fixture.log.map(([value]) => (typeof value === 'number' ? value : (value as string | Uint8Array).length)),
    );
    expect(log).toEqual([1, 3_000_000, 1_000_000, 4]);

    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.send('message', 1);
      contents?.send('message', new Uint8Array(3_000_000).fill(5));
      contents?.send('message', { text: 'y'.repeat(1_000_000) });
      contents?.send('message', 4);
    });
    await page.waitForFunction(() => fixture.received().length === 4);
    const received = await page.evaluate(() =>
      fixture
        .received()
        .map(([value]) =>
          typeof value === 'number'
            ? value
            : value instanceof Uint8Array
              ? [value.length, value[1]]
              : (value as { text: string }).text.length,
        ),
    );
    expect(received).toEqual([1, [3_000_000, 5], 1_000_000, 4]);
  });

  it('pass 50 MB both ways unchanged', async () => {
    const { page } = await launch();
    const result = await page.evaluate(async () => {
      const bytes = new Uint8Array(50_000_000);
      for (let i = 0; i < bytes.length; i += 997) bytes[i] = i % 251;
      const back = (await fixture.invoke('echo', bytes)) as Uint8Array;
      let same = back.length === bytes.length;
      for (let i = 0; i < bytes.length && same; i += 1) same = back[i] === bytes[i];
      return same;
    });
    expect(result).toBe(true);
  });

  it('tell the handler who calls, by the app’s own address', async () => {
    const { page } = await launch();
    expect(await page.evaluate(() => fixture.invoke('sender'))).toMatchObject({
      url: 'fixture://app/index.html',
      origin: 'fixture://app',
    });
  });

  it('answer through event.reply', async () => {
    const { page } = await launch();
    await page.evaluate(() => fixture.send('ping', new Date(7)));
    await page.waitForFunction(() => fixture.received().length === 1);
    expect(await page.evaluate(() => (fixture.received()[0] as [string, Date])[1].getTime())).toBe(7);
  });

  it('forget a handler that was removed and refuse a second one', async () => {
    const { app, page } = await launch();
    const second = await app.evaluate(({ ipcMain }) => {
      try {
        ipcMain.handle('echo', () => 1);
        return 'accepted';
      } catch (error) {
        ipcMain.removeHandler('echo');
        return (error as Error).message;
      }
    });
    expect(second).toContain("second handler for 'echo'");
    expect(await page.evaluate(() => fixture.invoke('echo', 1).catch((error: Error) => error.message))).toContain(
      'No handler registered',
    );
  });
});
