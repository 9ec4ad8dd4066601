/** Lets a page use the app's own addresses (`app://…`) where Chromium only knows the mapped ones. */

/** Must not refer to anything outside of itself (its source text runs in the page, before the page's scripts). */
export function mapPageAddresses(schemes: string[]): void {
  if (schemes.length === 0) return;
  const pattern = new RegExp(`^\\s*(${schemes.join('|')})://([^/?#]*)`, 'i');
  const map = (value: unknown): unknown => {
    const text = value instanceof URL ? value.href : value;
    if (typeof text !== 'string') return value;
    return text.replace(
      pattern,
      (_all, scheme: string, host: string) => `http://${host === '' ? '' : `${host}.`}${scheme}.localhost`,
    );
  };

  const attributes = new Set(['src', 'href', 'data', 'poster', 'action', 'formaction']);
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, attributes.has(String(name).toLowerCase()) ? (map(value) as string) : value);
  };

  const properties: [{ prototype: object }, string][] = [
    [HTMLIFrameElement, 'src'],
    [HTMLImageElement, 'src'],
    [HTMLScriptElement, 'src'],
    [HTMLMediaElement, 'src'],
    [HTMLSourceElement, 'src'],
    [HTMLEmbedElement, 'src'],
    [HTMLObjectElement, 'data'],
    [HTMLLinkElement, 'href'],
    [HTMLAnchorElement, 'href'],
    [HTMLVideoElement, 'poster'],
    [HTMLFormElement, 'action'],
  ];
  for (const [type, name] of properties) {
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
    const set = descriptor?.set;
    if (!descriptor || !set) continue;
    Object.defineProperty(type.prototype, name, {
      ...descriptor,
      set(value: unknown) {
        set.call(this, map(value));
      },
    });
  }

  const originalFetch = globalThis.fetch;
  globalThis.fetch = function (input, init) {
    return originalFetch.call(this ?? globalThis, input instanceof Request ? input : (map(input) as string), init);
  };
  const open = XMLHttpRequest.prototype.open as (...args: unknown[]) => void;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
    ...rest: unknown[]
  ) {
    open.call(this, method, map(url), ...rest);
  } as typeof XMLHttpRequest.prototype.open;
  const openWindow = window.open;
  window.open = function (url, ...rest) {
    return openWindow.call(window, map(url) as string, ...rest);
  };
  for (const name of ['Request', 'Worker', 'SharedWorker', 'EventSource'] as const) {
    const Original = window[name] as unknown as (new (...args: unknown[]) => object) | undefined;
    if (!Original) continue;
    const replacement = new Proxy(Original, {
      construct: (target, [url, ...rest]: unknown[], newTarget) =>
        Reflect.construct(target, [map(url), ...rest], newTarget) as object,
    });
    Object.defineProperty(window, name, { value: replacement, configurable: true, writable: true, enumerable: false });
  }
}
