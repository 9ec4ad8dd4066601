import { describe, expect, it } from 'vitest';
import { launch } from './launch.ts';

describe('protocol.handle', () => {
  it('serves a secure origin with storage, crypto and the headers that were given', async () => {
    const { page } = await launch();
    const seen = await page.evaluate(async () => {
      const database = await new Promise<boolean>((resolve) => {
        const request = indexedDB.open('test');
        request.onsuccess = () => resolve(true);
        request.onerror = () => resolve(false);
      });
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array([1]));
      let evaluated = 'allowed';
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.inlineRan = true';
      document.head.append(inline);
      try {
        evaluated = String((Reflect.construct(Function, ['return 1']) as () => number)());
      } catch {
        evaluated = 'refused';
      }
      return {
        secure: isSecureContext,
        database,
        digest: digest.byteLength,
        inline: 'inlineRan' in globalThis,
        evaluated,
      };
    });
    expect(seen).toEqual({ secure: true, database: true, digest: 32, inline: false, evaluated: 'refused' });
  });

  it('gives the handler the app’s own address, method, headers and body', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      fixture.routes.set('/post', async (request) =>
        Response.json(
          { url: request.url, method: request.method, range: request.headers.get('range'), body: await request.text() },
          { status: 201 },
        ),
      );
    });
    const seen = await page.evaluate(async () => {
      const response = await fetch('fixture://app/post?a=%20b', {
        method: 'POST',
        body: 'привет',
        headers: { range: 'bytes=2-' },
      });
      return { status: response.status, body: await response.json() };
    });
    expect(seen).toEqual({
      status: 201,
      body: { url: 'fixture://app/post?a=%20b', method: 'POST', range: 'bytes=2-', body: 'привет' },
    });
  });

  it('streams a body as it comes', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      let go: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        go = resolve;
      });
      fixture.routes.set('/go', () => {
        go();
        return new Response('ok');
      });
      fixture.routes.set('/stream', () => {
        const body = new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode('first'));
            await released;
            controller.enqueue(new TextEncoder().encode('second'));
            controller.close();
          },
        });
        return new Response(body, { headers: { 'content-type': 'text/plain', 'x-kind': 'slow' } });
      });
    });
    const seen = await page.evaluate(async () => {
      const response = await fetch('stream');
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const first = (await reader?.read())?.value;
      // The second part exists only after the first has been read.
      await fetch('go');
      const second = (await reader?.read())?.value;
      return {
        first,
        second,
        done: (await reader?.read())?.done,
        kind: response.headers.get('x-kind'),
        type: response.type,
      };
    });
    expect(seen).toEqual({ first: 'first', second: 'second', done: true, kind: 'slow', type: 'basic' });
  });

  it('answers partial requests and large bodies', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      fixture.routes.set(
        '/part',
        () =>
          new Response('cd', { status: 206, headers: { 'content-range': 'bytes 2-3/6', 'accept-ranges': 'bytes' } }),
      );
      fixture.routes.set('/large', () => new Response(new Uint8Array(5_000_000).fill(3)));
    });
    const seen = await page.evaluate(async () => {
      const part = await fetch('part', { headers: { range: 'bytes=2-3' } });
      const large = new Uint8Array(await (await fetch('large')).arrayBuffer());
      return [part.status, part.headers.get('content-range'), await part.text(), large.length, large[4_999_999]];
    });
    expect(seen).toEqual([206, 'bytes 2-3/6', 'cd', 5_000_000, 3]);
  });

  it('fails a request whose handler fails, and leaves other schemes alone', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      fixture.routes.set('/error', () => Response.error());
    });
    const seen = await page.evaluate(async () => [
      await fetch('error').then(
        () => 'answered',
        () => 'failed',
      ),
      await fetch('missing').then((response) => response.status),
      await fetch('data:text/plain,hello').then(
        () => 'answered',
        () => 'failed',
      ),
    ]);
    expect(seen).toEqual(['failed', 404, 'failed']);
  });

  it('shows the app’s own addresses in frames', async () => {
    const { page } = await launch();
    const text = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.addEventListener('load', () => resolve(frame.contentDocument?.querySelector('h1')?.textContent));
          frame.src = 'fixture://app/other.html';
          document.body.append(frame);
        }),
    );
    expect(text).toBe('Other');
  });
});

describe('session', () => {
  it('cancels and redirects requests by webRequest', async () => {
    const { app, page } = await launch();
    await app.evaluate(() => {
      fixture.partition.webRequest.onBeforeRequest((details, callback) => {
        if (details.url.endsWith('/blocked')) callback({ cancel: true });
        else if (details.url.endsWith('/moved')) callback({ redirectURL: 'fixture://app/other.html' });
        else callback({});
      });
      fixture.partition.webRequest.onHeadersReceived((details, callback) => {
        callback({ responseHeaders: { ...details.responseHeaders, 'X-Added': ['yes'] } });
      });
    });
    const seen = await page.evaluate(async () => {
      const moved = await fetch('moved');
      return [
        await fetch('blocked').then(
          () => 'answered',
          () => 'failed',
        ),
        (await moved.text()).includes('Other'),
        moved.headers.get('x-added'),
      ];
    });
    expect(seen).toEqual(['failed', true, 'yes']);
  });

  it('keeps partitions apart, and in-memory ones off the disk', async () => {
    const { app, page, userData } = await launch();
    await page.evaluate(() => localStorage.setItem('canary', 'canary-7c1e55'));
    const seen = await app.evaluate(async ({ session }) => {
      const other = session.fromPartition('other');
      other.protocol.handle(
        'fixture',
        () => new Response('<title>x</title>', { headers: { 'content-type': 'text/html' } }),
      );
      const window = fixture.createWindow({ webPreferences: { session: other } });
      await window.loadURL('fixture://app/index.html');
      const value = await window.webContents.executeJavaScript('localStorage.getItem("canary")');
      window.destroy();
      return [
        value,
        other.isPersistent(),
        session.fromPartition('persist:x').isPersistent(),
        session.fromPartition('other') === other,
      ];
    });
    expect(seen).toEqual([null, false, true, true]);
    await app.close();
    expect(await filesContaining(userData, 'canary-7c1e55')).toEqual([]);
  });

  it('keeps what a persistent partition stores', async () => {
    const { temporaryFolder } = await import('./launch.ts');
    const userData = temporaryFolder();
    const use = async (script: string): Promise<unknown> => {
      const { app } = await launch({ userData });
      const value = await app.evaluate(async ({ session }, code) => {
        const kept = session.fromPartition('persist:kept');
        kept.protocol.handle(
          'fixture',
          () => new Response('<title>x</title>', { headers: { 'content-type': 'text/html' } }),
        );
        const window = fixture.createWindow({ webPreferences: { session: kept } });
        await window.loadURL('fixture://app/index.html');
        return window.webContents.executeJavaScript(code);
      }, script);
      await app.close();
      return value;
    };
    const store = `new Promise((resolve) => {
      const request = indexedDB.open('kept', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('s');
      request.onsuccess = () => {
        const change = request.result.transaction('s', 'readwrite', { durability: 'strict' });
        change.objectStore('s').put('value', 'key');
        change.oncomplete = () => resolve('stored');
      };
    })`;
    const read = `new Promise((resolve) => {
      const request = indexedDB.open('kept', 1);
      request.onsuccess = () => {
        const get = request.result.transaction('s').objectStore('s').get('key');
        get.onsuccess = () => resolve(get.result);
      };
    })`;
    expect(await use(store)).toBe('stored');
    expect(await use(read)).toBe('value');
  });

  it('enforces the answers of the permission handlers', async () => {
    const { app } = await launch();
    const states = await app.evaluate(async ({ session }) => {
      const own = session.fromPartition('permissions');
      own.protocol.handle(
        'fixture',
        () => new Response('<title>x</title>', { headers: { 'content-type': 'text/html' } }),
      );
      own.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === 'geolocation'));
      own.setPermissionCheckHandler((_contents, permission) => permission === 'geolocation');
      const window = fixture.createWindow({ webPreferences: { session: own } });
      await window.loadURL('fixture://app/index.html');
      const names = ['geolocation', 'notifications', 'camera'];
      const state = (name: string) =>
        window.webContents.executeJavaScript(`navigator.permissions.query({ name: '${name}' }).then((p) => p.state)`);
      return Promise.all(names.map(state));
    });
    expect(states).toEqual(['granted', 'denied', 'denied']);
  });
});

async function filesContaining(folder: string, text: string): Promise<string[]> {
  const { readdir, readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const data = await readFile(join(entry.parentPath, entry.name));
    // Browsers store text in one or two bytes per letter.
    if (data.includes(text) || data.includes(Buffer.from(text, 'utf16le'))) found.push(entry.name);
  }
  return found;
}
