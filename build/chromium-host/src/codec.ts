/**
 * Structured clone as text, for values that travel over the DevTools protocol. One self-contained function, because its
 * source is also injected into the page.
 */

export interface Codec {
  /**
   * Encodes one value; throws with Electron's words for what cannot be cloned. Large buffers go to `bulk`, if given, as
   * they are (not copied); else they become text.
   */
  encode(value: unknown, bulk?: Uint8Array[]): string;
  decode(text: string, bulk?: ArrayBuffer[]): unknown;
  toBase64(bytes: Uint8Array): string;
}

/** Must not refer to anything outside of itself (its source text runs in the page as well). */
export function createCodec(): Codec {
  type Tree = Record<string, unknown>;
  const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

  function refuse(value: unknown): never {
    const name = typeof value === 'function' ? 'function' : tagOf(value);
    const error = new Error('An object could not be cloned.');
    error.cause = name;
    throw error;
  }

  const nativeToBase64 = (Uint8Array.prototype as { toBase64?: () => string }).toBase64;
  const nativeFromBase64 = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array }).fromBase64;
  const nodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

  function toBase64(bytes: Uint8Array): string {
    if (nodeBuffer) return nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    if (nativeToBase64) return nativeToBase64.call(bytes);
    let binary = '';
    for (let i = 0; i < bytes.length; i += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    }
    return btoa(binary);
  }

  function fromBase64(text: string): ArrayBuffer {
    if (nodeBuffer) {
      const bytes = nodeBuffer.from(text, 'base64');
      // Small buffers are slices of a shared pool, whose other contents must not leak into the value.
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    }
    if (nativeFromBase64) return nativeFromBase64(text).buffer as ArrayBuffer;
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  }

  /** True if JSON gives the value back exactly: no special values, no shared or circular references. */
  function isJson(value: unknown, seen: Set<unknown>): boolean {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return true;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0);
      case 'object':
        break;
      default:
        return false;
    }
    if (value === null) return true;
    if (seen.has(value)) return false;
    seen.add(value);
    if (Array.isArray(value)) {
      if (Object.getPrototypeOf(value) !== Array.prototype) return false;
      if (Object.keys(value).length !== value.length) return false;
      for (let i = 0; i < value.length; i += 1) if (!isJson(value[i], seen)) return false;
      return true;
    }
    const prototype = Object.getPrototypeOf(value) as unknown;
    if (prototype !== Object.prototype && prototype !== null) return false;
    for (const key of Object.keys(value)) {
      if (key === '__proto__' || key === 'toJSON') return false;
      if (!isJson((value as Tree)[key], seen)) return false;
    }
    return true;
  }

  const views = [
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float16Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'DataView',
  ];
  const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

  function encodeTable(root: unknown, bulk: Uint8Array[] | undefined): string {
    const nodes: unknown[][] = [];
    const index = new Map<unknown, number>();

    function put(value: unknown): unknown {
      switch (typeof value) {
        case 'string':
        case 'boolean':
          return value;
        case 'undefined':
          return ['u'];
        case 'bigint':
          return ['b', String(value)];
        case 'number':
          if (Number.isFinite(value) && !Object.is(value, -0)) return value;
          return ['n', Object.is(value, -0) ? '-0' : String(value)];
        case 'object':
          break;
        default:
          return refuse(value);
      }
      if (value === null) return null;
      const known = index.get(value);
      if (known !== undefined) return [known];
      const node: unknown[] = [];
      const at = nodes.push(node) - 1;
      index.set(value, at);
      fill(node, value);
      return [at];
    }

    function fillProperties(node: unknown[], value: object, start: string[]): void {
      for (const key of start) node.push(key, put((value as Tree)[key]));
    }

    function fill(node: unknown[], value: object): void {
      const tag = tagOf(value);
      if (Array.isArray(value)) {
        const keys = Object.keys(value);
        if (keys.length === value.length && keys.every((key, i) => key === String(i))) {
          node.push('a');
          for (const item of value) node.push(put(item));
        } else {
          node.push('x', value.length);
          fillProperties(node, value, keys);
        }
      } else if (value instanceof Date || tag === 'Date') {
        node.push('d', put((value as Date).getTime()));
      } else if (tag === 'RegExp') {
        node.push('r', (value as RegExp).source, (value as RegExp).flags);
      } else if (tag === 'Map') {
        node.push('m');
        for (const [key, item] of value as Map<unknown, unknown>) node.push(put(key), put(item));
      } else if (tag === 'Set') {
        node.push('s');
        for (const item of value as Set<unknown>) node.push(put(item));
      } else if (tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') {
        const bytes = new Uint8Array(value as ArrayBuffer);
        if (bulk && bytes.length >= 200_000) node.push('X', bulk.push(bytes) - 1);
        else node.push('B', toBase64(bytes));
      } else if (ArrayBuffer.isView(value)) {
        const whole = value.byteLength === value.buffer.byteLength;
        node.push('v', views.includes(tag) ? tag : 'Uint8Array');
        // A view of a part carries only its part: the rest of a pooled buffer is nobody else's business.
        if (whole) node.push(put(value.buffer));
        else node.push(put((value.buffer as ArrayBuffer).slice(value.byteOffset, value.byteOffset + value.byteLength)));
      } else if (tag === 'Error' || value instanceof Error) {
        const error = value as Error;
        node.push('e', errorNames.includes(error.name) ? error.name : 'Error', String(error.message));
        node.push(typeof error.stack === 'string' ? error.stack : null);
        if ('cause' in error) node.push(put(error.cause));
      } else if (tag === 'Boolean' || tag === 'Number' || tag === 'String' || tag === 'BigInt') {
        node.push('O', put((value as { valueOf(): unknown }).valueOf()));
      } else if (tag === 'Object' || tag === 'Arguments') {
        node.push('o');
        fillProperties(node, value, Object.keys(value));
      } else {
        const prototype = Object.getPrototypeOf(value) as object | null;
        const own = prototype?.constructor;
        // A class of the program with its own toStringTag is still a plain object to structured clone.
        if (typeof own === 'function' && /\[native code\]/.test(Function.prototype.toString.call(own))) refuse(value);
        node.push('o');
        fillProperties(node, value, Object.keys(value));
      }
    }

    const top = put(root);
    return `t${JSON.stringify([top, nodes])}`;
  }

  function decodeTable(text: string, bulk: ArrayBuffer[]): unknown {
    const [top, nodes] = JSON.parse(text) as [unknown, unknown[][]];
    const made: unknown[] = new Array(nodes.length);
    const done: boolean[] = new Array(nodes.length).fill(false);

    function define(target: object, key: string, value: unknown): void {
      if (key === '__proto__') {
        Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
      } else (target as Tree)[key] = value;
    }

    function get(item: unknown): unknown {
      if (!Array.isArray(item)) return item;
      const [kind, text2] = item as [number | string, string];
      if (kind === 'u') return undefined;
      if (kind === 'b') return BigInt(text2);
      if (kind === 'n') return text2 === '-0' ? -0 : Number(text2);
      return make(kind as number);
    }

    function make(at: number): unknown {
      if (done[at]) return made[at];
      const node = nodes[at] as unknown[];
      done[at] = true;
      const keep = <T>(value: T): T => {
        made[at] = value;
        return value;
      };
      switch (node[0]) {
        case 'a': {
          const list = keep(new Array<unknown>(node.length - 1));
          for (let i = 1; i < node.length; i += 1) list[i - 1] = get(node[i]);
          return list;
        }
        case 'x': {
          const list = keep(new Array<unknown>(node[1] as number));
          for (let i = 2; i < node.length; i += 2) define(list, node[i] as string, get(node[i + 1]));
          return list;
        }
        case 'o': {
          const object = keep({});
          for (let i = 1; i < node.length; i += 2) define(object, node[i] as string, get(node[i + 1]));
          return object;
        }
        case 'm': {
          const map = keep(new Map<unknown, unknown>());
          for (let i = 1; i < node.length; i += 2) map.set(get(node[i]), get(node[i + 1]));
          return map;
        }
        case 's': {
          const set = keep(new Set<unknown>());
          for (let i = 1; i < node.length; i += 1) set.add(get(node[i]));
          return set;
        }
        case 'd': {
          const date = new Date(0);
          date.setTime(get(node[1]) as number);
          return keep(date);
        }
        case 'r':
          return keep(new RegExp(node[1] as string, node[2] as string));
        case 'B':
          return keep(fromBase64(node[1] as string));
        case 'X':
          return keep(bulk[node[1] as number]);
        case 'v': {
          const View = (globalThis as unknown as Record<string, new (buffer: unknown) => unknown>)[node[1] as string];
          return keep(View ? new View(get(node[2])) : new Uint8Array(get(node[2]) as ArrayBuffer));
        }
        case 'e': {
          const Constructor = (globalThis as unknown as Record<string, ErrorConstructor>)[node[1] as string] ?? Error;
          const error = keep(new Constructor(node[2] as string));
          const hidden = { configurable: true, writable: true, enumerable: false };
          Object.defineProperty(error, 'stack', { ...hidden, value: node[3] ?? undefined });
          if (node.length > 4) Object.defineProperty(error, 'cause', { ...hidden, value: get(node[4]) });
          return error;
        }
        case 'O':
          return keep(Object(get(node[1])));
        default:
          throw new Error('Unknown kind of value');
      }
    }
    return get(top);
  }

  return {
    toBase64,
    encode(value, bulk) {
      if (value === undefined) return 'u';
      return isJson(value, new Set()) ? `j${JSON.stringify(value)}` : encodeTable(value, bulk);
    },
    decode(text, bulk = []) {
      if (text === 'u') return undefined;
      return text.startsWith('j') ? (JSON.parse(text.slice(1)) as unknown) : decodeTable(text.slice(1), bulk);
    },
  };
}
