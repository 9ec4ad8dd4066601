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
  /** Answers in the model's place when it says true; the model waits for it. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
  readonly close: () => Promise<void>;
}

const hash = (id: string): Uint8Array => createHash('sha256').update(id).digest();

/** JSON, or the bytes of a chunk. */
async function bodyOf(request: IncomingMessage): Promise<{ readonly body?: unknown; readonly bytes?: Uint8Array }> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const raw = Buffer.concat(pieces);
  const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  if (request.headers['content-type'] === 'application/octet-stream') return { bytes };
  return { body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()) };
}

/** The route of a request, with the parameters in its path. */
function routeOf(method: string, pathname: string): { readonly name: string; readonly params: Record<string, string> } {
  for (const [name, route] of Object.entries(ROUTES)) {
    const pattern = new RegExp(`^${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const found = route.method === method ? pattern.exec(pathname) : null;
    if (found) return { name, params: { ...found.groups } };
  }
  return { name: '', params: {} };
}

export async function httpModel(now: () => number = Date.now): Promise<HttpModel> {
  const model = new ModelServer({ now, hash, boxLimit: 50_000 });
  model.epoch = 'AAAAAAAAAAA';
  const seen: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://model');
    seen.push(`${request.method} ${url.pathname}`);
    if (await result.intercept(request, response)) return;
    const given = await bodyOf(request);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const { name, params } = routeOf(request.method ?? '', url.pathname);
    response.setHeader(HEADERS.protocol, String(PROTOCOL));
    response.setHeader('content-type', 'application/json');
    if (name === 'events') {
      response.setHeader('content-type', 'text/event-stream');
      response.write(': hello\n\n');
      model.listen(token, ({ event, data }) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      return;
    }
    try {
      const query = Object.fromEntries(url.searchParams);
      const reply = model.answer(token, name, { ...given, params, query }) as object;
      if (reply instanceof Uint8Array) response.setHeader('content-type', 'application/octet-stream').end(reply);
      else
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
