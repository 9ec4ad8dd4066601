/** Bodies in both directions: bounded before and after decompression (SYNC-LIMIT-1). */
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIMITS } from '../../shared/sync/shapes.ts';
import { ServerError } from '../errors.ts';

const unzip = promisify(gunzip);
const zip = promisify(gzip);
/** Smaller answers are sent as they are, in characters. */
const WORTH = 1400;

async function collect(stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new ServerError('tooLarge');
    parts.push(part);
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, size);
}

/** The body's bytes after decompression. Throws `tooLarge` and `malformed`. */
async function read(request: FastifyRequest, stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new ServerError('malformed', { detail: 'encoding' });
  const body = await collect(stream, most);
  if (encoding === 'identity') return body;
  try {
    return await unzip(body, { maxOutputLength: most });
  } catch (error) {
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

/** As Node itself answers when the longest time for a request is over. */
const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n';

/** Ends the connection when a body takes longer. */
async function within<T>(request: FastifyRequest, millis: number, work: () => Promise<T>): Promise<T> {
  const { socket } = request.raw;
  const timer = setTimeout(() => {
    socket.end(TOO_SLOW, () => socket.destroy());
  }, millis);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** `patience`: milliseconds for a body of JSON; how long bytes may take is bounded for the whole server. */
export function acceptBodies(app: FastifyInstance, patience: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', async (request: FastifyRequest, stream: NodeJS.ReadableStream) =>
    parse(await within(request, patience, () => read(request, stream, LIMITS.bodyBytes))),
  );
  app.addContentTypeParser('application/octet-stream', (request: FastifyRequest, stream: NodeJS.ReadableStream) =>
    read(request, stream, LIMITS.chunkBytes),
  );
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH) return payload;
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    // Sealed content hardly repeats: what is won is that base64 takes six of eight bits, which the fastest level gets.
    return zip(payload, { level: constants.Z_BEST_SPEED });
  });
}
