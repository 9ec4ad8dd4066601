/** The HTTP service: Fastify with the protocol's routes, its errors, health, metrics and the description of itself. */
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { z } from 'zod';
import { errorReply } from '../../shared/sync/errors.ts';
import { ROUTES, type RouteName } from '../../shared/sync/protocol.ts';
import { HEADERS, LIMITS, PROTOCOL } from '../../shared/sync/shapes.ts';
import { asServerError, ServerError } from '../errors.ts';
import { acceptBodies, lastWords } from './bodies.ts';
import { type Handlers, handlers } from './routes.ts';
import type { Service } from './service.ts';

export interface AppOptions {
  readonly logger?: Logger;
  /** Checks every answer against the protocol, which costs time: for tests. */
  readonly checkReplies?: boolean;
}

const isLoopback = (address: string): boolean => address === '::1' || /^(?:::ffff:)?127\./.test(address);

/** The client's protocol must be ours; hello and the description are for everybody. */
function checkProtocol(request: FastifyRequest): void {
  const given = request.headers[HEADERS.protocol];
  if (given !== undefined && Number(given) !== PROTOCOL) throw new ServerError('protocol', { protocols: [PROTOCOL] });
}

function sendError(request: FastifyRequest, reply: FastifyReply, thrown: unknown, service: Service): void {
  const status = (thrown as { statusCode?: unknown }).statusCode;
  const known = thrown instanceof ServerError;
  // Fastify's own refusals (validation, body too large, unknown media type) are the request's fault.
  const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : '';
  const error =
    !known && typeof status === 'number' && status < 500
      ? new ServerError(status === 413 ? 'tooLarge' : 'malformed', { detail })
      : asServerError(thrown);
  if (error.status >= 500)
    request.log.error({ code: error.code, reason: known ? undefined : reason(thrown) }, 'failed');
  service.metrics.count('rapport_sync_errors_total', `code="${error.code}"`);
  reply.header(HEADERS.protocol, String(PROTOCOL));
  const { retryAfter } = error.extra;
  if (retryAfter !== undefined) reply.header(HEADERS.retryAfter, String(retryAfter));
  // What was not read of the body must not be taken for the next request.
  if (error.code === 'tooLarge' || !request.raw.complete) reply.header('connection', 'close');
  reply
    .code(error.status)
    .type('application/json')
    .serializer(JSON.stringify)
    .send({ error: { code: error.code, ...error.extra } });
}

/** Technical words of an error. PostgreSQL's `detail` may hold values and is left out. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as NodeJS.ErrnoException;
  return `${code ?? error.name}: ${error.message.slice(0, 200)}`;
}

function addRoutes(app: FastifyInstance, service: Service): void {
  const all: Handlers = handlers(service);
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route = ROUTES[name] as {
      method: 'GET';
      path: string;
      least: string | null;
      params?: z.ZodType;
      query?: z.ZodType;
      body?: z.ZodType;
      reply: z.ZodType | string;
    };
    const handle = all[name] as (call: unknown) => Promise<unknown>;
    app.route({
      method: route.method,
      url: route.path,
      // The largest body after decompression is bounded where it is read.
      bodyLimit: LIMITS.bodyBytes,
      schema: {
        operationId: name,
        ...(route.least ? { security: [{ device: [] }] } : {}),
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.body ? { body: route.body } : {}),
        response: {
          ...(typeof route.reply === 'string' ? {} : { 200: route.reply }),
          '4xx': errorReply,
          '5xx': errorReply,
        },
      },
      handler: async (request, reply) =>
        handle({ request, reply, params: request.params, query: request.query, body: request.body }),
    });
  }
}

function addObservation(app: FastifyInstance, service: Service): void {
  // Not counted among the requests that are admitted: they take no body, and whoever watches must always get through.
  const config = { unbounded: true };
  app.get('/healthz', { config, schema: { hide: true } }, async () => ({ alive: true }));
  app.get('/readyz', { config, schema: { hide: true } }, async (_request, reply) => {
    const ready = await service.ready();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  app.get('/metrics', { config, schema: { hide: true } }, async (request, reply) => {
    const { metricsToken } = service.settings;
    const allowed = metricsToken
      ? request.headers.authorization === `Bearer ${metricsToken}`
      : isLoopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
    if (!allowed) throw new ServerError('notFound');
    return reply.type('text/plain; version=0.0.4').send(service.metrics.text());
  });
  app.get('/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

function addHooks(app: FastifyInstance, service: Service): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header(HEADERS.protocol, String(PROTOCOL)).header('cache-control', 'no-store');
    if (!(request.routeOptions.config as { unbounded?: boolean }).unbounded) service.admit(request);
    if (request.url.startsWith('/v1/')) checkProtocol(request);
  });
  app.addHook('onRequestAbort', async (request) => service.release(request));
  app.addHook('onResponse', async (request, reply) => {
    service.release(request);
    const route = request.routeOptions.url ?? 'none';
    service.metrics.count(
      'rapport_sync_requests_total',
      `route="${request.method} ${route}",status="${reply.statusCode}"`,
    );
    service.metrics.time(`${request.method} ${route}`, reply.elapsedTime / 1000);
    request.log.info({ route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
  });
}

const PARSER_STATUS: Readonly<Record<string, 408 | 413 | 431>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** What is no HTTP. The error holds the bytes that came, tokens among them, and goes to no log. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else socket.end(lastWords(PARSER_STATUS[error.code ?? ''] ?? 400), () => socket.destroy());
}

export async function createApp(service: Service, options: AppOptions = {}): Promise<FastifyInstance> {
  const { settings } = service;
  const longest = settings.requestTimeout * LIMITS.bytesPatience;
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    // One line a request is written below, without address, query and headers.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy.length > 0 ? [...settings.trustProxy] : false,
    requestTimeout: longest,
    connectionTimeout: 0,
    keepAliveTimeout: settings.keepAlive,
    bodyLimit: LIMITS.bodyBytes,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuse,
    // Addresses that are none: the error's own words would repeat them.
    frameworkErrors: (_error, request, reply) =>
      sendError(
        request as unknown as FastifyRequest,
        reply as unknown as FastifyReply,
        new ServerError('malformed', { detail: 'address' }),
        service,
      ),
    http: {
      requestTimeout: longest,
      // Node watches neither when the headers may take longer than the request.
      headersTimeout: Math.min(20_000, settings.requestTimeout),
      connectionsCheckingInterval: Math.min(5000, settings.requestTimeout),
      maxHeaderSize: 16_384,
    },
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(options.checkReplies ? serializerCompiler : () => (value) => JSON.stringify(value));
  app.setErrorHandler((error, request, reply) => sendError(request, reply, error, service));
  app.setNotFoundHandler((request, reply) => sendError(request, reply, new ServerError('notFound'), service));
  acceptBodies(app, settings.requestTimeout, (request, bytes) => service.hold(request, bytes));
  addHooks(app, service);
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Rapport sync', version: String(PROTOCOL), description: 'See docs/sync.md.' },
      components: { securitySchemes: { device: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({}),
  });
  await app.register(async (scope) => {
    addRoutes(scope as unknown as FastifyInstance, service);
    addObservation(scope as unknown as FastifyInstance, service);
  });
  await app.ready();
  return app;
}
