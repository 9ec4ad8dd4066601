/**
 * The protocol over HTTP (docs/sync.md, SYNC-TRANSPORT). `fetch` is Electron's `net.fetch` in the application, which knows
 * the system's proxies and certificates, and Node's own on the command line.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { errorReply } from '../../shared/sync/errors.ts';
import { type Ask, type Hint, type Transport, TransportFailure } from '../../shared/sync/engine/transport.ts';
import { EVENTS, type RouteName, ROUTES } from '../../shared/sync/protocol.ts';
import { HEADERS, LIMITS, PROTOCOL } from '../../shared/sync/shapes.ts';
import { isLoopback, serverAddress } from '../../shared/sync/server-address.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  readonly fetch: Fetch;
  /** Milliseconds for a whole request. */
  readonly timeout?: number;
  /** Milliseconds without a byte after which a stream of hints is taken for dead; the server sends one every 25 s. */
  readonly silence?: number;
}

/** The routes with their parts optional, as the table's type has them. */
const PROTOCOL_ROUTES: Readonly<
  Record<
    RouteName,
    {
      readonly method: string;
      readonly path: string;
      readonly least: string | null;
      readonly body?: z.ZodType;
      readonly reply: z.ZodType | 'bytes' | 'events';
    }
  >
> = ROUTES;
const TIMEOUT = 60_000;
const SILENCE = 70_000;
const GZIP_FROM = 1024;
const MAX_EVENT = 10_000;
const zip = promisify(gzip);

/** Codes of Node, and names of Chromium's network errors, that mean no route, no answer, or no trust. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL|TLS|ERR_TLS/;
const RESET = /ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_CONNECTION_(?:RESET|CLOSED)|ERR_EMPTY_RESPONSE/;
/** Something answered, and not in HTTP, or packed in a way that cannot be read. */
const FOREIGN = /HTTPParserError|HPE_|HEADERS_OVERFLOW|Z_DATA_ERROR|ERR_INVALID_HTTP_RESPONSE|ERR_CONTENT_DECODING/;
const OFFLINE = /INTERNET_DISCONNECTED|NETWORK_CHANGED|ENETUNREACH|ENETDOWN/;

function codesOf(error: unknown): string {
  const codes: string[] = [];
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    codes.push(one.name, String((one as { readonly code?: unknown }).code ?? ''));
    const named = /net::(ERR_\w+)/.exec(one.message);
    if (named?.[1]) codes.push(named[1]);
    if (one instanceof AggregateError) for (const inner of one.errors) codes.push(codesOf(inner));
  }
  return codes.join(' ');
}

/** The failure for what `fetch` throws. No message of others is passed on. */
function networkFailure(error: unknown): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const codes = codesOf(error);
  const detail = codes.slice(0, 200);
  if (/TimeoutError|AbortError|ETIMEDOUT|UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT|ERR_TIMED_OUT/.test(codes))
    return new TransportFailure('timeout', { detail });
  if (CERTIFICATE.test(codes)) return new TransportFailure('certificate', { detail });
  if (FOREIGN.test(codes)) return new TransportFailure('notOurs', { detail });
  if (OFFLINE.test(codes)) return new TransportFailure('offline', { detail });
  return new TransportFailure('unreachable', { detail });
}

function addressOf(server: string, path: string, { params = {}, query = {} }: Ask): string {
  // The address came from a code that was checked; checked again, since everything depends on it.
  const address = serverAddress(server);
  if (!address.ok) throw new TransportFailure(address.error.code === 'sync.addressPlain' ? 'redirected' : 'notOurs');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const url = new URL(`${address.value}${filled}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new TransportFailure('redirected');
  return url.href;
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function bounded(response: Response, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of chunksOf(response)) {
    size += piece.length;
    if (size > most) throw new TransportFailure('answerTooLarge');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    throw new TransportFailure('notOurs', { detail: 'json' });
  }
}

/** What balancers answer by themselves: more than they let through, too often, or a server behind them that is away. */
const BALANCER: Readonly<Record<number, string>> = {
  413: 'tooLarge',
  429: 'tooMany',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};
/** Of seconds that were asked for, an hour at most; 0 for a date or nonsense. */
const millisOf = (seconds: number): number =>
  Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) * 1000 : 0;

/** Throws unless the answer is a success of our server. */
async function checked(response: Response): Promise<void> {
  const { status, type, headers } = response;
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) throw new TransportFailure('redirected');
  if (headers.get(HEADERS.protocol) !== String(PROTOCOL) && status !== 426) {
    throw new TransportFailure(BALANCER[status] ?? 'notOurs', {
      detail: `${status}`,
      ...(status in BALANCER ? { retryAfter: millisOf(Number(headers.get(HEADERS.retryAfter) ?? 0)) } : {}),
    });
  }
  if (status < 400) return;
  const failure = errorReply.safeParse(jsonOf(await bounded(response, 100_000)));
  if (!failure.success) throw new TransportFailure('notOurs', { detail: `${status}` });
  const { code, retryAfter, wipe, detail } = failure.data.error;
  throw new TransportFailure(code, {
    retryAfter: millisOf(retryAfter ?? Number(headers.get(HEADERS.retryAfter) ?? 0)),
    wipe: code === 'revoked' && wipe === true,
    ...(detail === undefined ? {} : { detail }),
  });
}

const hint = z.discriminatedUnion('event', [
  z.object({ event: z.literal('head'), data: EVENTS.head }),
  z.object({ event: z.literal('self'), data: EVENTS.self }),
  z.object({ event: z.literal('revoked'), data: EVENTS.revoked }),
]);

/** One event of a stream; null for comments and what is not known. */
export function readEvent(block: string): Hint | null {
  let event = '';
  let data = '';
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    if (line.startsWith('data:')) data += line.slice(5).trim();
  }
  try {
    const read = hint.safeParse({ event, data: JSON.parse(data) as unknown });
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

class HttpTransport implements Transport {
  readonly #fetch: Fetch;
  readonly #timeout: number;
  readonly #silence: number;

  constructor({ fetch, timeout = TIMEOUT, silence = SILENCE }: HttpOptions) {
    this.#fetch = fetch;
    this.#timeout = timeout;
    this.#silence = silence;
  }

  ask: Transport['ask'] = async (to, name, ask) => {
    const route = PROTOCOL_ROUTES[name];
    const headers: Record<string, string> = { [HEADERS.protocol]: String(PROTOCOL), accept: 'application/json' };
    if (route.least !== null) headers[HEADERS.authorization] = `Bearer ${to.token}`;
    let body: Uint8Array | undefined;
    if (ask.bytes) {
      headers['content-type'] = 'application/octet-stream';
      body = ask.bytes;
    } else if (route.body) {
      const json = Buffer.from(JSON.stringify(ask.body ?? {}));
      headers['content-type'] = 'application/json';
      body = json.length < GZIP_FROM ? json : await zip(json, { level: 3 });
      if (body !== json) headers['content-encoding'] = 'gzip';
    }
    try {
      const response = await this.#once(addressOf(to.server, route.path, ask), {
        method: route.method,
        headers,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(this.#timeout * (ask.bytes || route.reply === 'bytes' ? LIMITS.bytesPatience : 1)),
        ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      });
      await checked(response);
      if (route.reply === 'bytes') return (await bounded(response, LIMITS.chunkBytes)) as never;
      const reply = jsonOf(await bounded(response, LIMITS.replyBytes));
      if (route.reply === 'events') throw new TransportFailure('notOurs', { detail: 'events' });
      const read = route.reply.safeParse(reply);
      if (!read.success) throw new TransportFailure('notOurs', { detail: `shape ${name}` });
      return read.data as never;
    } catch (error) {
      throw networkFailure(error);
    }
  };

  /**
   * A connection that was kept open may have been closed by the other side just now. Every request of the protocol may be
   * repeated, so it is, once.
   */
  async #once(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url, init);
    } catch (error) {
      if (!RESET.test(codesOf(error))) throw error;
      return this.#fetch(url, init);
    }
  }

  listen: Transport['listen'] = (to, on) => {
    const stop = new AbortController();
    void this.#stream(to, on.hint, stop).finally(() => {
      if (!stop.signal.aborted) on.closed();
    });
    return () => stop.abort();
  };

  async #stream(
    to: { readonly server: string; readonly token: string },
    tell: (hint: Hint) => void,
    stop: AbortController,
  ): Promise<void> {
    const silent = new AbortController();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(watch);
      watch = setTimeout(() => silent.abort(), this.#silence);
      watch.unref();
    };
    try {
      heard();
      const { path, method } = PROTOCOL_ROUTES.events;
      const response = await this.#fetch(addressOf(to.server, path, {}), {
        method,
        headers: {
          [HEADERS.protocol]: String(PROTOCOL),
          [HEADERS.authorization]: `Bearer ${to.token}`,
          accept: 'text/event-stream',
        },
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.any([stop.signal, silent.signal]),
      });
      await checked(response);
      let rest = '';
      const decoder = new TextDecoder();
      for await (const piece of chunksOf(response)) {
        heard();
        const blocks = (rest + decoder.decode(piece, { stream: true })).split(/\r?\n\r?\n/);
        rest = blocks.pop() ?? '';
        if (rest.length > MAX_EVENT) return;
        for (const block of blocks) {
          const event = readEvent(block);
          if (event) tell(event);
        }
      }
    } catch {
      // Hints are a convenience: the next round asks anyway, and says what is wrong.
    } finally {
      clearTimeout(watch);
    }
  }
}

export const createHttpTransport = (options: HttpOptions): Transport => new HttpTransport(options);
