/** Bodies in both directions: bounded before and after decompression (SYNC-LIMIT-1). */
import { STATUS_CODES } from 'node:http';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HEADERS, LIMITS, PROTOCOL } from '../../shared/sync/shapes.ts';
import { ServerError } from '../errors.ts';

const unzip = promisify(gunzip);
const zip = promisify(gzip);
/** Smaller answers are sent as they are, in characters. */
const WORTH = 1400;

/** Told of every part that is kept of a request's body; throws when there is no room for it. */
type Hold = (request: FastifyRequest, bytes: number) => void;

async function collect(
  request: FastifyRequest,
  stream: NodeJS.ReadableStream,
  most: number,
  hold: Hold,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > most) throw new ServerError('tooLarge');
      hold(request, part.length);
      parts.push(part);
    }
  } catch (error) {
    // Who sent it has gone: nobody's fault here, and nobody is there to be told.
    if (request.raw.readableAborted && !(error instanceof ServerError))
      throw new ServerError('malformed', { detail: 'aborted' });
    throw error;
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, size);
}

/** The body's bytes after decompression. Throws `tooLarge` and `malformed`. */
async function read(request: FastifyRequest, stream: NodeJS.ReadableStream, most: number, hold: Hold): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new ServerError('malformed', { detail: 'encoding' });
  const body = await collect(request, stream, most, hold);
  if (encoding === 'identity') return body;
  try {
    const unzipped = await unzip(body, { maxOutputLength: most });
    hold(request, unzipped.length);
    return unzipped;
  } catch (error) {
    if (error instanceof ServerError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new ServerError(code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'malformed', { detail: 'gzip' });
  }
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServerError('malformed', { detail: 'json' });
  }
}

/**
 * The answer on a connection that is no use any more: no HTTP, too long a head, too slow. Marked as ours, with a body of
 * the protocol (SYNC-TRANSPORT-1).
 */
export function lastWords(status: 400 | 408 | 413 | 431): string {
  const code = status === 408 ? 'unavailable' : status === 400 ? 'malformed' : 'tooLarge';
  const body = JSON.stringify({ error: { code } });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `${HEADERS.protocol}: ${PROTOCOL}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** Ends the connection when a body takes longer. */
async function within<T>(request: FastifyRequest, millis: number, work: () => Promise<T>): Promise<T> {
  const { socket } = request.raw;
  const timer = setTimeout(() => {
    socket.end(lastWords(408), () => socket.destroy());
  }, millis);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** `patience`: milliseconds for a body of JSON; how long bytes may take is bounded for the whole server. */
export function acceptBodies(app: FastifyInstance, patience: number, hold: Hold): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', async (request: FastifyRequest, stream: NodeJS.ReadableStream) =>
    parse(await within(request, patience, () => read(request, stream, LIMITS.bodyBytes, hold))),
  );
  app.addContentTypeParser('application/octet-stream', (request: FastifyRequest, stream: NodeJS.ReadableStream) =>
    read(request, stream, LIMITS.chunkBytes, hold),
  );
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH) return payload;
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    // Sealed content hardly repeats: what is won is that base64 takes six of eight bits, which the fastest level gets.
    return zip(payload, { level: constants.Z_BEST_SPEED });
  });
}
