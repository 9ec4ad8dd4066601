import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch, temporaryFolder } from './launch.ts';

describe('preload scripts and contextBridge', () => {
  it('run in a world of their own, before the page’s scripts', async () => {
    const { page } = await launch();
    const seen = await page.evaluate(() => ({
      early: atStart,
      secret: typeof preloadSecret,
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      other: fixture.seesPage(),
    }));
    expect(seen).toEqual({
      early: 'object',
      secret: 'undefined',
      require: 'undefined',
      process: 'undefined',
      other: 'undefined',
    });
  });

  it('give frozen copies that cannot be replaced', async () => {
    const { page } = await launch();
    const seen = await page.evaluate(() => {
      const before = fixture.platform;
      Reflect.set(fixture, 'platform', 'changed');
      Reflect.set(globalThis, 'fixture', {});
      const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'fixture');
      return {
        kept: fixture.platform === before,
        frozen: [Object.isFrozen(fixture), Object.isFrozen(fixture.nested), Object.isFrozen(fixture.nested.list)],
        writable: [descriptor?.writable, descriptor?.configurable],
        prototypes: [
          Object.getPrototypeOf(fixture) === Object.prototype,
          Object.getPrototypeOf(fixture.nested.list) === Array.prototype,
          fixture.invoke instanceof Function,
        ],
        when: fixture.nested.when instanceof Date && fixture.nested.when.getTime(),
      };
    });
    expect(seen).toEqual({
      kept: true,
      frozen: [true, true, true],
      writable: [false, false],
      prototypes: [true, true, true],
      when: 86_400_000,
    });
  });

  it('call functions across, with callbacks, promises, errors and copied values', async () => {
    const { page } = await launch();
    const seen = await page.evaluate(async () => {
      let thrown: unknown;
      try {
        fixture.refuse();
      } catch (error) {
        thrown = error;
      }
      const promise = fixture.later(7);
      return {
        callback: fixture.twice((value) => value * 3),
        promise: promise instanceof Promise && (await promise),
        error: thrown instanceof Error && thrown.message,
        sum: fixture.sum([1, 2, 3]),
        date: fixture.isDate(new Date(0)),
      };
    });
    expect(seen).toEqual({ callback: 18, promise: { value: 7 }, error: 'too far', sum: 6, date: true });
  });

  it('deliver events to a listener until it is removed', async () => {
    const { app, page } = await launch();
    await page.evaluate(() => {
      const seen: unknown[] = [];
      Object.assign(globalThis, { seen, stop: fixture.on('news', (value) => seen.push(value)) });
    });
    const send = (value: number) =>
      app.evaluate(({ BrowserWindow }, n) => BrowserWindow.getAllWindows()[0]?.webContents.send('news', n), value);
    await send(1);
    await page.waitForFunction(() => (globalThis as unknown as { seen: unknown[] }).seen.length === 1);
    await page.evaluate(() => (globalThis as unknown as { stop(): void }).stop());
    await send(2);
    await page.evaluate(() => fixture.invoke('echo', 0));
    expect(await page.evaluate(() => (globalThis as unknown as { seen: unknown[] }).seen)).toEqual([1]);
  });

  it('are run again for every document', async () => {
    const { page } = await launch();
    await page.click('#other');
    await page.waitForFunction(() => document.title === 'Other page');
    expect(await page.evaluate(() => fixture.type)).toBe('renderer');
  });

  it('know the path of a file that was chosen, and none of one that a page made', async () => {
    const { page } = await launch();
    const folder = temporaryFolder();
    const first = join(folder, 'клиенты.csv');
    const second = join(folder, 'b.txt');
    writeFileSync(first, 'a;b');
    writeFileSync(second, 'text');
    await page.setInputFiles('#file', [first, second]);
    await page.waitForFunction(() => 'paths' in globalThis);
    expect(await page.evaluate(() => paths)).toEqual([first, second]);
    expect(await page.evaluate(() => fixture.pathOf(new File(['x'], 'made.txt')))).toBe('');
  });
});
