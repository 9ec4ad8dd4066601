/** Which addresses a device may speak to (SYNC-TRANSPORT-1): https, or http to this very computer. */
import { fail, ok, type Result } from '../result.ts';

const MAX_ADDRESS = 300;

/** `127.0.0.0/8`, `[::1]` and `localhost`, which never leave the computer. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/**
 * The address in its normal form, without a slash at the end. Fails with `sync.addressWrong` when it is no address of
 * ours, `sync.addressPlain` when it would send everything unprotected over a network.
 */
export function serverAddress(text: string): Result<string> {
  const given = text.trim();
  if (given === '' || given.length > MAX_ADDRESS || !URL.canParse(given)) return fail('sync.addressWrong');
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('sync.addressWrong');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('sync.addressWrong');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return fail('sync.addressPlain', { host: url.hostname });
  return ok(`${url.origin}${url.pathname.replace(/\/+$/, '')}`);
}
