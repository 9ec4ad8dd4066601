/**
 * Bodies of unknown length. The DevTools protocol can only answer a request with a whole body, so a long or slow one is
 * fetched by Chromium from a server on the loopback interface, under an address that is valid once.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

export interface StreamedResponse {
  status: number;
  statusText: string;
  headers: { name: string; value: string }[];
  body: ReadableStream<Uint8Array>;
}

const HOLD = '/hold';
const names = ({ headers }: StreamedResponse): string => headers.map(({ name }) => name).join(', ');

const waiting = new Map<string, StreamedResponse>();
let listening: Promise<Server> | undefined;

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === HOLD) return;
    const token = request.url?.slice(1) ?? '';
    const found = waiting.get(token);
    waiting.delete(token);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    const flat = found.headers.flatMap(({ name, value }) => [name, value]);
    // Chromium's network service sees a request to another origin; the page does not.
    const { origin } = request.headers;
    if (origin)
      flat.push(
        'Access-Control-Allow-Origin',
        origin,
        'Access-Control-Allow-Credentials',
        'true',
        'Access-Control-Expose-Headers',
        names(found),
      );
    response.writeHead(found.status, found.statusText, flat);
    const source = Readable.fromWeb(found.body as unknown as NodeReadableStream<Uint8Array>);
    source.on('error', () => response.destroy());
    response.on('close', () => source.destroy());
    source.pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * An address that never answers. A new window waits there, with no document at all, until its app loads something: that
 * is the state in which Electron's windows begin, and which test drivers recognise.
 */
export async function holdAddress(): Promise<string> {
  listening ??= serve();
  return `http://127.0.0.1:${((await listening).address() as AddressInfo).port}${HOLD}`;
}

/** An address from which this response can be fetched once, by whoever knows it. */
export async function offerStream(response: StreamedResponse): Promise<string> {
  listening ??= serve();
  const server = await listening;
  const token = randomBytes(24).toString('base64url');
  waiting.set(token, response);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}`;
}

export interface ReadBody {
  /** The whole body, if it was short and ready. */
  whole?: Buffer;
  /** Otherwise all of it as a stream. */
  stream?: ReadableStream<Uint8Array>;
}

const WHOLE_LIMIT = 1_000_000;
/** A body that pauses this long is a stream: what there is of it must not wait for the rest. */
const PAUSE_MILLISECONDS = 25;

/** Reads a body to its end if that is quick, else hands it on as a stream. */
export async function readBody(body: ReadableStream<Uint8Array> | null): Promise<ReadBody> {
  if (!body) return { whole: Buffer.alloc(0) };
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = reader.read();
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<'pause'>((resolve) => {
      timer = setTimeout(() => resolve('pause'), PAUSE_MILLISECONDS);
    });
    const got = await Promise.race([next, pause]);
    clearTimeout(timer);
    if (got === 'pause') return { stream: rest(parts, reader, next) };
    if (got.done) return { whole: Buffer.concat(parts) };
    parts.push(got.value);
    size += got.value.byteLength;
    if (size > WHOLE_LIMIT) return { stream: rest(parts, reader, undefined) };
  }
}

function rest(
  parts: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
  open: Promise<ReadableStreamReadResult<Uint8Array>> | undefined,
): ReadableStream<Uint8Array> {
  let pending = open;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = parts.shift();
      if (part) {
        controller.enqueue(part);
        return;
      }
      const got = await (pending ?? reader.read());
      pending = undefined;
      if (got.done) controller.close();
      else controller.enqueue(got.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
