/** Makes missing parts of Electron's interface fail by name instead of silently. */

/** Names that JavaScript, Node's tools and test runners ask any object for. */
const ASKED_BY_TOOLS = new Set([
  'then',
  'catch',
  'toJSON',
  'constructor',
  'domain',
  'inspect',
  'nodeType',
  'tagName',
  'asymmetricMatch',
  'default',
  'length',
  'size',
  'context',
  'prototype',
  'name',
  'message',
  'stack',
  'cause',
  'code',
]);

export function notImplemented(name: string): never {
  throw new Error(`${name} is not implemented in the Chromium host`);
}

function trap<T extends object>(name: string, target: T, absent: ReadonlySet<string>): T {
  return new Proxy(target, {
    get(base, key, receiver) {
      if (Reflect.has(base, key)) return Reflect.get(base, key, receiver) as unknown;
      if (typeof key === 'symbol' || !/^[a-zA-Z]/.test(key) || ASKED_BY_TOOLS.has(key) || absent.has(key))
        return undefined;
      return notImplemented(`${name}.${key}`);
    },
  });
}

/**
 * Ends the object's prototype chain with a trap: its own and inherited members work as ever (and can be replaced, as
 * tests do with `dialog.showOpenDialog`), every other name throws. `absent`: names that are undefined on this platform.
 */
export function guard<T extends object>(name: string, object: T, absent: readonly string[] = []): T {
  const prototype = Object.getPrototypeOf(object) as object | null;
  Object.setPrototypeOf(object, trap(name, prototype ?? Object.prototype, new Set(absent)));
  return object;
}

/** The same for the instances of a class. */
export function guardClass(constructor: { prototype: object; name: string }, absent: readonly string[] = []): void {
  const prototype = constructor.prototype;
  const parent = Object.getPrototypeOf(prototype) as object;
  const instance = constructor.name.charAt(0).toLowerCase() + constructor.name.slice(1);
  Object.setPrototypeOf(prototype, trap(instance, parent, new Set(absent)));
}
