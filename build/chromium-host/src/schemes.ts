/**
 * Custom schemes. Chromium cannot be taught a new scheme from outside, so `app://rapport/x` is shown to it as
 * `http://rapport.app.localhost/x`: `*.localhost` is a secure context, gets an origin of its own, and requests to it are
 * answered by the host before they reach any network.
 */

import type Electron from 'electron';

const schemes = new Map<string, Electron.Privileges>();

/** Schemes that Chromium handles itself; `protocol.handle` may still take them over. */
export const BUILT_IN = new Set(['http', 'https', 'file', 'data', 'blob', 'about', 'chrome', 'devtools', 'javascript']);

export function registerScheme(scheme: string, privileges: Electron.Privileges = {}): void {
  if (!BUILT_IN.has(scheme) && !schemes.has(scheme)) schemes.set(scheme, privileges);
}

export function customSchemes(): string[] {
  return [...schemes.keys()];
}

/** The address Chromium is given. Other addresses pass unchanged. */
export function toMapped(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url);
  const scheme = match?.[1]?.toLowerCase();
  if (!match || !scheme || !schemes.has(scheme)) return url;
  const rest = match[3] === '' || match[3] === undefined ? '/' : match[3];
  return `http://${match[2] === '' ? '' : `${match[2]}.`}${scheme}.localhost${rest}`;
}

/** The address the app knows. Other addresses pass unchanged. */
export function toReal(url: string): string {
  const match = /^http:\/\/(?:([^/?#:]*)\.)?([a-z][a-z0-9+-]*)\.localhost((?:[/?#].*)?)$/i.exec(url);
  const scheme = match?.[2]?.toLowerCase();
  if (!match || !scheme || !schemes.has(scheme)) return url;
  return `${scheme}://${match[1] ?? ''}${match[3] ?? ''}`;
}

/** `origin` as Electron reports it: `app://rapport` for standard schemes, no trailing slash. */
export function originOf(realUrl: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(realUrl);
  if (!match || match[1] === 'file') return match ? 'file://' : 'null';
  return `${match[1]}://${match[2]}`;
}

/** In policies and other headers the app's own addresses have to be Chromium's. */
export function mapHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (lower === 'location' || lower === 'content-location') return toMapped(value);
  if (!lower.startsWith('content-security-policy') && lower !== 'access-control-allow-origin' && lower !== 'link')
    return value;
  let mapped = value;
  for (const scheme of schemes.keys()) {
    mapped = mapped.replace(
      new RegExp(`(^|[\\s<;,])${scheme}://([^\\s/;,>]*)`, 'gi'),
      (_all, before: string, host: string) => `${before}http://${host === '' ? '' : `${host}.`}${scheme}.localhost`,
    );
    mapped = mapped.replace(new RegExp(`(^|\\s)${scheme}:(?=[\\s;]|$)`, 'gi'), `$1http://*.${scheme}.localhost`);
  }
  return mapped;
}
