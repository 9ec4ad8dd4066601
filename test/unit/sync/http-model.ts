/** The model server behind HTTP, for the transport and the vault; not what people run. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type ServerErrorCode, SERVER_ERRORS } from '../../../shared/sync/errors.ts';
import { TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { ROUTES } from '../../../shared/sync/protocol.ts';
import { HEADERS, PROTOCOL } from '../../../shared/sync/shapes.ts';
import { ModelServer } from '../../simulation/model-server.ts';

export interface HttpModel {
  readonly server: string;
  readonly model: ModelServer;
  /** Requests seen, as `METHOD /path`. */
  readonly seen: string[];
  /** Answers in the model's place when it returns true. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly close: () => Promise<void>;
}

const hash = (id: string): Uint8Array => createHash('sha256').update(id).digest();

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const raw = Buffer.concat(pieces);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
}

export async function httpModel(now: () => number = Date.now): Promise<HttpModel> {
  const model = new ModelServer({ now, hash, boxLimit: 50_000 });
  model.epoch = 'AAAAAAAAAAA';
  const seen: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://model');
    seen.push(`${request.method} ${url.pathname}`);
    if (result.intercept(request, response)) return;
    const given = await bytesOf(request);
    const isBytes = request.headers['content-type'] === 'application/octet-stream';
    const body: unknown = given.length === 0 || isBytes ? undefined : JSON.parse(given.toString());
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const [, pack, part] = /^\/v1\/pack\/([^/]+)\/(\d+)$/.exec(url.pathname) ?? [];
    const [name = ''] =
      Object.entries(ROUTES).find(
        ([, { method, path }]) =>
          method === request.method &&
          (path === url.pathname || (pack !== undefined && path === '/v1/pack/:pack/:part')),
      ) ?? [];
    response.setHeader(HEADERS.protocol, String(PROTOCOL));
    response.setHeader('content-type', 'application/json');
    if (name === 'events') {
      response.setHeader('content-type', 'text/event-stream');
      response.write(': hello\n\n');
      model.listen(token, ({ event, data }) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      return;
    }
    try {
      const reply = model.answer(token, name, {
        body,
        query: Object.fromEntries(url.searchParams),
        params: { pack, part },
        ...(isBytes ? { bytes: given.toString('base64') } : {}),
      }) as { readonly bytes?: string };
      if (reply.bytes !== undefined) {
        response.setHeader('content-type', 'application/octet-stream');
        response.end(Buffer.from(reply.bytes, 'base64'));
        return;
      }
      response.end(
        JSON.stringify(
          name === 'keys' ? { keys: [] } : name === 'devices' ? { devices: [], self: 'A'.repeat(22) } : reply,
        ),
      );
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const code = error.error.code.replace('sync.', '') as ServerErrorCode;
      response.statusCode = SERVER_ERRORS[code];
      response.end(JSON.stringify({ error: { code, wipe: error.wipe } }));
    }
  };
  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const result: HttpModel = {
    server: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    model,
    seen,
    intercept: () => false,
    close: () =>
      new Promise((done) => {
        http.closeAllConnections();
        http.close(() => done());
      }),
  };
  return result;
}
