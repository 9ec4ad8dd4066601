/** Serves the screens from `app://rapport/` with a strict policy, and document previews with an even stricter one. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { SCHEME } from './origin.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** No remote anything, no inline script or style, no eval. Traffic to a server leaves from the main process only. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A document made of escaped text: its own styles and embedded fonts, nothing else; shown in a sandboxed frame. */
const PREVIEW_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** HTML by token, for `app://rapport/preview/<token>`; the newest few are kept. */
export class Previews {
  readonly #pages = new Map<string, string>();

  /** Keeps a document and returns its address. */
  add(html: string): string {
    const token = crypto.randomUUID();
    this.#pages.set(token, html);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > 4 && oldest) this.#pages.delete(oldest);
    return `${SCHEME}://rapport/preview/${token}`;
  }
  get(token: string): string | undefined {
    return this.#pages.get(token);
  }
  /** By the address that `add` gave. */
  at(address: string): string | undefined {
    return this.#pages.get(address.split('/').at(-1) ?? '');
  }
  clear(): void {
    this.#pages.clear();
  }
}

const headers = (type: string, policy: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** Answers every request of the session's `app:` scheme from `folder`; nothing outside of it can be named. */
export function serveScreens(session: Session, folder: string, previews: Previews): void {
  const missing = (): Response => new Response('', { status: 404 });
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'rapport' || request.method !== 'GET') return missing();
    if (url.pathname.startsWith('/preview/')) {
      const html = previews.get(url.pathname.slice('/preview/'.length));
      return html === undefined
        ? missing()
        : new Response(html, { headers: headers('text/html; charset=utf-8', PREVIEW_POLICY) });
    }
    let path: string;
    try {
      path = normalize(join(folder, decodeURIComponent(url.pathname)));
    } catch {
      return missing();
    }
    const type = TYPES[extname(path)];
    if (!type || path.includes('\0') || !path.startsWith(folder + sep)) return missing();
    try {
      return new Response(await readFile(path), { headers: headers(type, PAGE_POLICY) });
    } catch {
      return missing();
    }
  });
}
