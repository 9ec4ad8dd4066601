/** One running service: its connections, its HTTP, its looks at what other copies do; started and stopped as a whole. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { refuseToServe } from './database/migrate.ts';
import { createPool, cutConnections } from './database/session.ts';
import { createApp } from './http/app.ts';
import { Service, type ServiceOptions } from './http/service.ts';
import { DEFAULTS, type Settings } from './settings.ts';

/** Milliseconds between two looks for connections that have become idle while the service stops. */
const SWEEP = 25;

export interface ServerOptions extends Partial<Pick<ServiceOptions, 'now' | 'guard'>> {
  /** URL of the database, in the service's role. */
  readonly database: string;
  readonly settings?: Partial<Settings>;
  readonly logger?: Logger;
  readonly checkReplies?: boolean;
  /** Serves even in a role that is above row-level security: for the test that takes it away. */
  readonly anyRole?: boolean;
}

export interface RunningServer {
  readonly address: string;
  readonly service: Service;
  readonly app: FastifyInstance;
  /** Looks at once at what other copies did. */
  readonly poll: () => Promise<void>;
  /** Refuses what is new, closes streams, finishes what has begun, closes the connections. */
  readonly stop: () => Promise<void>;
}

/** Rejects with a sentence for a person when the database must not be served from. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const settings: Settings = { ...DEFAULTS, ...options.settings };
  const pool = createPool(options.database, settings.connections, settings.databaseSilent);
  const refusal = options.anyRole ? null : await refuseToServe(pool);
  if (refusal) {
    await pool.end();
    throw new Error(refusal);
  }
  const service = new Service({
    pool,
    settings,
    ...(options.now ? { now: options.now } : {}),
    ...(options.guard ? { guard: options.guard } : {}),
  });
  const app = await createApp(service, {
    ...(options.logger ? { logger: options.logger } : {}),
    ...(options.checkReplies ? { checkReplies: true } : {}),
  });
  await app.listen({ host: settings.host, port: settings.port });
  const { port } = app.server.address() as AddressInfo;

  let polling: Promise<void> | null = null;
  const poll = (): Promise<void> =>
    (polling ??= service.hub
      .poll(service.watch)
      .catch((error: unknown) => options.logger?.warn({ reason: String(error) }, 'the database did not answer'))
      .finally(() => (polling = null)));
  const pollTimer = setInterval(() => void poll(), settings.pollEvery);
  const pingTimer = setInterval(() => service.hub.ping(), settings.pingEvery);

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    clearInterval(pollTimer);
    clearInterval(pingTimer);
    // Closes the port at once and waits for the answers under way; after that their connections are cut, and those to a
    // database that does not answer.
    const cut = setTimeout(() => {
      app.server.closeAllConnections();
      cutConnections(pool);
    }, settings.drain);
    const worked = service.stop();
    // A connection whose answer or stream ends from now on is idle and would stay until the cut.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP);
    await app.close();
    clearInterval(sweep);
    await worked;
    await polling;
    await pool.end();
    clearTimeout(cut);
  };
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return { address: `http://${host}:${port}`, service, app, poll, stop: () => (stopping ??= stop()) };
}
