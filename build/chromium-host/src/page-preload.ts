/** What runs in the preload's isolated world: `require('electron')` of a sandboxed preload, and the IPC's page end. */
import type { Codec } from './codec.ts';
import type { createBridge } from './page-bridge.ts';
import type { createTransport, TransportConfig } from './page-transport.ts';

/** Everything the page end needs to know; serialised into the injected script. */
export interface PreloadConfig extends TransportConfig {
  schemes: string[];
  platform: string;
  arch: string;
  versions: Record<string, string>;
  argv: string[];
  env: Record<string, string>;
  contextIsolation: boolean;
  sandboxed: boolean;
}

type PreloadFunction = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
  global: unknown,
) => void;
type Listener = (event: unknown, ...args: unknown[]) => void;

/** Must not refer to anything outside of itself (its source text runs in the page). */
export function preloadRuntime(
  codec: Codec,
  bridge: ReturnType<typeof createBridge>,
  transport: typeof createTransport,
  config: PreloadConfig,
  preload: PreloadFunction | null,
): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const { post, postValue, take } = transport(codec, config, (message, buffers) => receive(message, buffers));

  function notImplemented(name: string): never {
    throw new Error(`${name} is not implemented in the Chromium host`);
  }
  function guarded<T extends object>(name: string, object: T): T {
    return new Proxy(object, {
      get(target, key, receiver) {
        if (
          key in target ||
          typeof key === 'symbol' ||
          key === 'then' ||
          key === 'toJSON' ||
          key === '__esModule' ||
          key === 'default'
        ) {
          return Reflect.get(target, key, receiver) as unknown;
        }
        return notImplemented(`${name}.${key}`);
      },
    });
  }

  let lastId = 0;
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  function createEmitter() {
    const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
    const emitter = {
      on(channel: string, listener: Listener) {
        if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function');
        const list = listeners.get(channel) ?? [];
        list.push({ listener, once: false });
        listeners.set(channel, list);
        return emitter;
      },
      once(channel: string, listener: Listener) {
        emitter.on(channel, listener);
        const list = listeners.get(channel);
        const entry = list?.[list.length - 1];
        if (entry) entry.once = true;
        return emitter;
      },
      off(channel: string, listener: Listener) {
        const list = listeners.get(channel) ?? [];
        const at = list.map((entry) => entry.listener).lastIndexOf(listener);
        if (at >= 0) listeners.set(channel, [...list.slice(0, at), ...list.slice(at + 1)]);
        return emitter;
      },
      addListener: (channel: string, listener: Listener) => emitter.on(channel, listener),
      removeListener: (channel: string, listener: Listener) => emitter.off(channel, listener),
      removeAllListeners(channel?: string) {
        if (channel === undefined) listeners.clear();
        else listeners.delete(channel);
        return emitter;
      },
      listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
      listeners: (channel: string) => (listeners.get(channel) ?? []).map((entry) => entry.listener),
      eventNames: () => [...listeners.keys()],
      setMaxListeners: () => emitter,
      emit(channel: string, ...args: unknown[]) {
        const list = listeners.get(channel) ?? [];
        for (const entry of [...list]) {
          if (entry.once) emitter.off(channel, entry.listener);
          try {
            (entry.listener as (...all: unknown[]) => void)(...args);
          } catch (error) {
            reportError(error);
          }
        }
        return list.length > 0;
      },
    };
    return emitter;
  }

  const emitter = createEmitter();
  const ipcRenderer = guarded('ipcRenderer', {
    ...emitter,
    send(channel: string, ...args: unknown[]) {
      postValue({ t: 'send', channel }, 'args', args);
    },
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        postValue({ t: 'invoke', id, channel }, 'args', args);
        invocations.set(id, { resolve, reject });
      });
    },
  });

  const contextBridge = guarded('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      if (!config.contextIsolation)
        throw new Error('contextBridge API can only be used when contextIsolation is enabled');
      if (exposed.has(key)) throw new Error(`Cannot bind an API on top of an existing property on the window object`);
      exposed.add(key);
      bridge.expose(key, api);
    },
  });
  const exposed = new Set<string>();

  // Chromium tells a file's path only to the host, and only asynchronously, while getPathForFile answers at once. So
  // the events that bring files wait at the window until their paths are known, and then go on as copies.
  const paths = new Map<string, string>();
  const fileKey = (file: File): string => `${file.name}\n${file.size}\n${file.lastModified}`;
  const asked = new Map<number, { files: File[]; done(): void }>();

  function learnPaths(files: File[], done: () => void): void {
    lastId += 1;
    asked.set(lastId, { files, done });
    post({ t: 'files', id: lastId, count: files.length });
  }

  function holdInput(event: Event): void {
    const input = event.target;
    if (!event.isTrusted || !(input instanceof HTMLInputElement) || input.type !== 'file') return;
    const files = [...(input.files ?? [])];
    if (files.length === 0) return;
    event.stopImmediatePropagation();
    learnPaths(files, () => {
      input.dispatchEvent(
        new Event(event.type, { bubbles: event.bubbles, cancelable: event.cancelable, composed: event.composed }),
      );
    });
  }

  function holdDrop(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!event.isTrusted || files.length === 0 || !event.target || !event.dataTransfer) return;
    const from = event.dataTransfer;
    const copy = new DataTransfer();
    for (const file of files) copy.items.add(file);
    for (const type of from.types) if (type !== 'Files') copy.setData(type, from.getData(type));
    const target = event.target;
    const { bubbles, composed, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey } = event;
    event.stopImmediatePropagation();
    event.preventDefault();
    learnPaths(files, () => {
      const init = {
        bubbles,
        composed,
        clientX,
        clientY,
        screenX,
        screenY,
        ctrlKey,
        shiftKey,
        altKey,
        metaKey,
        cancelable: true,
      };
      target.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: copy }));
    });
  }
  addEventListener('input', holdInput, true);
  addEventListener('change', holdInput, true);
  addEventListener('drop', holdDrop, true);

  const webUtils = guarded('webUtils', {
    getPathForFile(file: File): string {
      if (!(file instanceof File))
        throw new TypeError('getPathForFile expected to receive a File object but one was not provided');
      return paths.get(fileKey(file)) ?? '';
    },
  });

  interface Accelerator {
    id: number;
    ctrl: boolean;
    shift: boolean;
    alt: boolean;
    meta: boolean;
    key: string;
    code: string;
  }
  let accelerators: Accelerator[] = [];
  function findAccelerator(event: KeyboardEvent): Accelerator | undefined {
    const key = event.key.toLowerCase();
    return accelerators.find((item) => {
      if (item.ctrl !== event.ctrlKey || item.alt !== event.altKey || item.meta !== event.metaKey) return false;
      // Characters such as "+" need Shift on some layouts: there the character decides alone.
      if (item.shift !== event.shiftKey && (item.shift || item.code !== '')) return false;
      if (key === item.key) return true;
      // Else the physical key: Cyrillic layouts have no Latin letters, French ones no digits without Shift.
      return (
        item.code !== '' && event.code === item.code && (item.code.startsWith('Digit') || !/^[ -~]$/.test(event.key))
      );
    });
  }
  // A menu's accelerator comes after the page: it is taken only if no listener of the page has prevented the default.
  let handled: Event | undefined;
  const takeAccelerator = (event: KeyboardEvent): void => {
    const found = event.defaultPrevented || handled === event ? undefined : findAccelerator(event);
    if (!found) return;
    handled = event;
    event.preventDefault();
    post({ t: 'accelerator', id: found.id });
  };
  addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted || event.isComposing || !findAccelerator(event)) return;
      removeEventListener('keydown', takeAccelerator);
      addEventListener('keydown', takeAccelerator);
      setTimeout(() => takeAccelerator(event), 0);
    },
    true,
  );

  const report = (event: string): void => {
    post({ t: 'page', event, data: { x: screenX, y: screenY, width: innerWidth, height: innerHeight } });
  };
  addEventListener('resize', () => report('resize'));
  addEventListener('focus', (event) => {
    if (event.target === window) report('focus');
  });

  // Chromium does not announce a changed title to the host.
  let title = '';
  const reportTitle = (): void => {
    if (document.title === title) return;
    title = document.title;
    post({ t: 'title', title });
  };
  addEventListener('DOMContentLoaded', () => {
    reportTitle();
    if (document.head)
      new MutationObserver(reportTitle).observe(document.head, { childList: true, characterData: true, subtree: true });
  });

  const modules: Record<string, unknown> = {
    electron: guarded('electron', { ipcRenderer, contextBridge, webUtils }),
  };
  modules['electron/renderer'] = modules['electron'];
  modules['timers'] = { setTimeout, setInterval, clearTimeout, clearInterval };
  modules['url'] = { URL, URLSearchParams };
  modules['node:timers'] = modules['timers'];
  modules['node:url'] = modules['url'];
  const require = (name: string): unknown => {
    if (name in modules) return modules[name];
    throw new Error(`module not found: ${name}`);
  };
  const process = guarded('process', {
    type: 'renderer',
    platform: config.platform,
    arch: config.arch,
    versions: config.versions,
    version: `v${config.versions['node'] ?? ''}`,
    argv: config.argv,
    env: config.env,
    sandboxed: config.sandboxed,
    contextIsolated: config.contextIsolation,
    isMainFrame: true,
    nextTick: (fn: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => fn(...args)),
  });

  function receive(message: Record<string, unknown>, buffers: ArrayBuffer[]): void {
    switch (message['t']) {
      case 'message': {
        const event = guarded('event', {
          sender: ipcRenderer,
          senderId: 0,
          ports: [],
          preventDefault: () => undefined,
        });
        emitter.emit(
          message['channel'] as string,
          event,
          ...(codec.decode(message['args'] as string, buffers) as unknown[]),
        );
        return;
      }
      case 'reply': {
        const waiter = invocations.get(message['id'] as number);
        invocations.delete(message['id'] as number);
        if (message['ok']) waiter?.resolve(codec.decode(message['value'] as string, buffers));
        else waiter?.reject(new Error(message['error'] as string));
        return;
      }
      case 'paths': {
        const waiter = asked.get(message['id'] as number);
        asked.delete(message['id'] as number);
        const known = message['paths'] as string[];
        waiter?.files.forEach((file, i) => {
          if (known[i]) paths.set(fileKey(file), known[i]);
        });
        waiter?.done();
        return;
      }
      case 'accelerators':
        accelerators = message['list'] as Accelerator[];
        return;
      default:
    }
  }

  // The host reaches these by name in this world only; the page's own world does not see it.
  Object.defineProperty(scope, '__electronHost', {
    value: {
      deliver: take,
      file: (id: number, at: number) => asked.get(id)?.files[at],
    },
  });
  post({ t: 'hello' });
  if (preload) {
    const module = { exports: {} };
    try {
      preload.call(module.exports, require, module, module.exports, process, scope);
    } catch (error) {
      console.error('Unable to load preload script');
      post({ t: 'preload-error', error: codec.encode(error instanceof Error ? error : new Error(String(error))) });
      reportError(error);
    }
  }
}
