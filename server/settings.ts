/** What can be set, from the command line or the environment; bounds have the values that docs/server.md names. */
import type { Rate } from './http/limits.ts';

/**
 * How Node runs the service. Requests leave much behind that is soon forgotten; V8 would let it grow to more than a hundred
 * megabytes before it looks, which wins nothing here.
 */
export const NODE_FLAGS = ['--max-semi-space-size=4'] as const;

export interface Settings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Addresses of balancers whose `x-forwarded-for` is believed; none by default. */
  readonly trustProxy: readonly string[];
  /** Who may read /metrics from elsewhere than this computer: `Bearer <token>`. */
  readonly metricsToken: string | null;
  /** Connections to the database. */
  readonly connections: number;
  /** Milliseconds after which a database that says nothing counts as away; longer than the longest statement may take. */
  readonly databaseSilent: number;
  readonly perAddress: Rate;
  readonly perDevice: Rate;
  /** Failed tokens or invitations of an address without consequence. */
  readonly freeFailures: number;
  /** Requests that are worked on or wait for a connection; more are asked to come back. */
  readonly inFlight: number;
  /** Of these, what one address may have at a time: the others shall not wait for one that sends slowly. */
  readonly inFlightPerAddress: number;
  /** Bytes of bodies that are held at a time, for all requests together. */
  readonly bodyBytes: number;
  /** Open streams, of one device and of this process. */
  readonly streamsPerDevice: number;
  readonly streams: number;
  /** Milliseconds between two looks at what other copies did, and between two comment lines on a stream. */
  readonly pollEvery: number;
  readonly pingEvery: number;
  /** Milliseconds in which a request must have arrived (a chunk may take five times as long), and an idle connection is kept. */
  readonly requestTimeout: number;
  readonly keepAlive: number;
  /** Milliseconds given to requests in flight when the service stops. */
  readonly drain: number;
  readonly logLevel: string;
}

export const DEFAULTS: Settings = {
  host: '127.0.0.1',
  port: 0,
  trustProxy: [],
  metricsToken: null,
  connections: 16,
  databaseSilent: 65_000,
  perAddress: { perSecond: 400, burst: 2000 },
  perDevice: { perSecond: 50, burst: 1000 },
  freeFailures: 10,
  inFlight: 1000,
  inFlightPerAddress: 500,
  bodyBytes: 268_435_456,
  streamsPerDevice: 4,
  streams: 20_000,
  pollEvery: 1000,
  pingEvery: 20_000,
  requestTimeout: 60_000,
  keepAlive: 75_000,
  drain: 10_000,
  logLevel: 'info',
};
