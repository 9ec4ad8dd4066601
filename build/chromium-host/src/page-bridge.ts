/** What runs in the page's own world before any of its scripts: the receiving end of `contextBridge`. */

export interface BridgeNames {
  /** Event that carries messages to the main world; unguessable, new for every window. */
  toMain: string;
  /** Event that carries messages to the preload's world. */
  toPreload: string;
}

/**
 * One end of the bridge. The two worlds share only the DOM: a `CustomEvent` reaches the other world synchronously and
 * Chromium clones its `detail` on the way, so nothing but functions and promises needs help.
 * Must not refer to anything outside of itself (its source text runs in the page).
 */
export function createBridge(sendName: string, receiveName: string) {
  type Slot = [path: (string | number)[], kind: 'function' | 'promise', id: number];
  interface Packed {
    value?: unknown;
    slots: Slot[];
    error?: unknown;
  }
  interface Message {
    kind: 'call' | 'return' | 'settle' | 'release' | 'expose';
    id: number;
    key?: string;
    ok?: boolean;
    packed?: Packed;
  }
  // Taken before the page can replace them.
  const { apply, ownKeys } = Reflect;
  const target = window;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const CustomEventClass = CustomEvent;
  const isArray = Array.isArray;
  const { freeze, defineProperty } = Object;
  const toText = Object.prototype.toString;

  let lastId = 0;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const knownFunctions = new WeakMap<object, number>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const returns = new Map<number, Message>();
  const proxies = new Map<number, WeakRef<(...args: unknown[]) => unknown>>();
  const finalizer = new FinalizationRegistry<number>((id) => {
    proxies.delete(id);
    post({ kind: 'release', id });
  });
  let onExpose: ((key: string, value: unknown) => void) | undefined;

  function post(message: Message): void {
    apply(dispatch, target, [new CustomEventClass(sendName, { detail: message })]);
  }

  function isPromise(value: unknown): value is Promise<unknown> {
    return value instanceof Promise || (apply(toText, value, []) as string) === '[object Promise]';
  }

  function isContainer(value: object): boolean {
    if (isArray(value)) return true;
    return (apply(toText, value, []) as string) === '[object Object]';
  }

  /** True if the value holds a function, a promise or an object whose prototype must be dropped. */
  function needsSlots(value: unknown, seen: Set<unknown>): boolean {
    if (typeof value === 'function' || typeof value === 'symbol') return true;
    if (typeof value !== 'object' || value === null || seen.has(value)) return false;
    seen.add(value);
    if (isPromise(value)) return true;
    if (!isContainer(value)) return value instanceof Node;
    for (const key in value) if (needsSlots((value as Record<string, unknown>)[key], seen)) return true;
    return false;
  }

  function registerFunction(fn: (...args: unknown[]) => unknown): number {
    let id = knownFunctions.get(fn);
    if (id === undefined) {
      lastId += 1;
      id = lastId;
      knownFunctions.set(fn, id);
    }
    functions.set(id, fn);
    return id;
  }

  function pack(value: unknown): Packed {
    if (!needsSlots(value, new Set())) return { value, slots: [] };
    const slots: Slot[] = [];
    const copies = new Map<object, unknown>();
    const copy = (item: unknown, path: (string | number)[]): unknown => {
      if (path.length > 1000) throw new TypeError('contextBridge: the value is nested too deeply');
      if (typeof item === 'function') {
        slots.push([path, 'function', registerFunction(item as (...args: unknown[]) => unknown)]);
        return undefined;
      }
      if (typeof item === 'symbol') throw new TypeError('An object could not be cloned.');
      if (typeof item !== 'object' || item === null) return item;
      if (isPromise(item)) {
        lastId += 1;
        const id = lastId;
        slots.push([path, 'promise', id]);
        item.then(
          (result) => settle(id, true, result),
          (error: unknown) => settle(id, false, error),
        );
        return undefined;
      }
      if (!isContainer(item)) return item instanceof Node ? null : item;
      const known = copies.get(item);
      if (known !== undefined) return known;
      if (isArray(item)) {
        const list: unknown[] = [];
        copies.set(item, list);
        for (let i = 0; i < item.length; i += 1) list[i] = copy(item[i], [...path, i]);
        return list;
      }
      const object: Record<string, unknown> = {};
      copies.set(item, object);
      for (const key of ownKeys(item)) {
        if (typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(item, key)) {
          object[key] = copy((item as Record<string, unknown>)[key], [...path, key]);
        }
      }
      return object;
    };
    const copied = copy(value, []);
    return { value: copied, slots };
  }

  function settle(id: number, ok: boolean, result: unknown): void {
    try {
      post({ kind: 'settle', id, ok, packed: pack(result) });
    } catch (error) {
      post({ kind: 'settle', id, ok: false, packed: { value: error, slots: [] } });
    }
  }

  function proxyOf(id: number): (...args: unknown[]) => unknown {
    const living = proxies.get(id)?.deref();
    if (living) return living;
    const proxy = (...args: unknown[]): unknown => {
      lastId += 1;
      const call = lastId;
      post({ kind: 'call', id, key: String(call), packed: pack(args) });
      const answer = returns.get(call);
      returns.delete(call);
      if (!answer?.packed) throw new Error('contextBridge: the other world did not answer');
      const result = unpack(answer.packed);
      if (answer.ok) return result;
      throw result;
    };
    proxies.set(id, new WeakRef(proxy));
    finalizer.register(proxy, id);
    return proxy;
  }

  function unpack(packed: Packed): unknown {
    let root = packed.value;
    for (const [path, kind, id] of packed.slots) {
      const made =
        kind === 'function'
          ? proxyOf(id)
          : new Promise((resolve, reject) => {
              waiting.set(id, { resolve, reject });
            });
      if (path.length === 0) root = made;
      else {
        let holder = root as Record<string | number, unknown>;
        for (let i = 0; i < path.length - 1; i += 1) holder = holder[path[i] as string] as Record<string, unknown>;
        holder[path[path.length - 1] as string] = made;
      }
    }
    return root;
  }

  function receive(message: Message): void {
    switch (message.kind) {
      case 'call': {
        const call = Number(message.key);
        const fn = functions.get(message.id);
        try {
          if (!fn) throw new Error('contextBridge: the function is gone');
          const args = unpack(message.packed as Packed) as unknown[];
          const packed = pack(fn(...args));
          post({ kind: 'return', id: call, ok: true, packed });
        } catch (error) {
          // A plain copy: the error's own class belongs to the other world.
          const cloned = error instanceof Error ? new Error(error.message) : error;
          if (cloned instanceof Error && error instanceof Error) cloned.name = error.name;
          try {
            post({ kind: 'return', id: call, ok: false, packed: pack(cloned) });
          } catch {
            post({
              kind: 'return',
              id: call,
              ok: false,
              packed: { value: new Error('An object could not be cloned.'), slots: [] },
            });
          }
        }
        break;
      }
      case 'return':
        returns.set(message.id, message);
        break;
      case 'settle': {
        const waiter = waiting.get(message.id);
        waiting.delete(message.id);
        if (!waiter) break;
        const value = unpack(message.packed as Packed);
        if (message.ok) waiter.resolve(value);
        else waiter.reject(value);
        break;
      }
      case 'release': {
        functions.delete(message.id);
        break;
      }
      case 'expose':
        onExpose?.(message.key as string, unpack(message.packed as Packed));
        break;
      default:
        break;
    }
  }

  target.addEventListener(
    receiveName,
    (event) => {
      event.stopImmediatePropagation();
      receive((event as CustomEvent<Message>).detail);
    },
    true,
  );

  function deepFreeze(value: unknown): unknown {
    if (typeof value === 'object' && value !== null && isContainer(value) && !Object.isFrozen(value)) {
      freeze(value);
      for (const key of ownKeys(value)) deepFreeze((value as Record<PropertyKey, unknown>)[key]);
    }
    return value;
  }

  return {
    /** Main world: puts what the preload exposes on `window`, frozen and not replaceable. */
    acceptExposed(): void {
      onExpose = (key, value) => {
        defineProperty(target, key, {
          value: deepFreeze(value),
          enumerable: true,
          configurable: false,
          writable: false,
        });
      };
    },
    /** Preload world. */
    expose(key: string, api: unknown): void {
      post({ kind: 'expose', id: 0, key, packed: pack(api) });
    },
  };
}
