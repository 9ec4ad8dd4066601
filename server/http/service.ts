/** What all routes share: the database, the clock, the limits, the hints. */
import type pg from 'pg';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../shared/sync/shapes.ts';
import { base64UrlOf, nameArray, nameOf } from '../database/binary.ts';
import { type Scope, type Tx, transaction } from '../database/session.ts';
import { ServerError } from '../errors.ts';
import { Hub, type Watch } from '../events/hub.ts';
import type { Settings } from '../settings.ts';
import { type Access, applicationGuard, findHolder, type Guard, type Holder, tokenHash } from '../sync/access.ts';
import { selfOf } from '../sync/devices.ts';
import { addressKey, FailureLimit, RateLimit, Recent } from './limits.ts';
import { Metrics } from './metrics.ts';

/** How long a token counts as known to be good, and how old `seen` may get, in milliseconds. */
const GOOD = 600_000;
const SEEN = 60_000;

export interface ServiceOptions {
  readonly pool: pg.Pool;
  readonly settings: Settings;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** The application's guard; tests take it away. */
  readonly guard?: Guard;
}

export class Service {
  readonly pool: pg.Pool;
  readonly settings: Settings;
  readonly now: () => number;
  readonly hub = new Hub();
  readonly metrics = new Metrics();
  readonly #guard: Guard;
  readonly #perAddress: RateLimit;
  readonly #perDevice: RateLimit;
  readonly #failures: FailureLimit;
  readonly #good: Recent;
  readonly #background = new Set<Promise<unknown>>();
  readonly #admitted = new Map<FastifyRequest, { readonly address: string; bytes: number }>();
  readonly #byAddress = new Map<string, number>();
  #bodyBytes = 0;
  #ready: Promise<boolean> | null = null;
  #stopping = false;

  constructor({ pool, settings, now = Date.now, guard = applicationGuard }: ServiceOptions) {
    this.pool = pool;
    this.settings = settings;
    this.now = now;
    this.#guard = guard;
    this.#perAddress = new RateLimit(settings.perAddress, now);
    this.#perDevice = new RateLimit(settings.perDevice, now);
    this.#failures = new FailureLimit(settings.freeFailures, now);
    this.#good = new Recent(GOOD, now);
    this.metrics.gauge('rapport_sync_streams', () => this.hub.size);
    this.metrics.gauge('rapport_sync_requests_in_flight', () => this.inFlight);
    this.metrics.gauge('rapport_sync_body_bytes', () => this.#bodyBytes);
    this.metrics.gauge('rapport_sync_database_connections', () => this.pool.totalCount);
    this.metrics.gauge('rapport_sync_database_waiting', () => this.pool.waitingCount);
    this.metrics.gauge('nodejs_heap_used_bytes', () => process.memoryUsage().heapUsed);
    this.metrics.gauge('nodejs_external_memory_bytes', () => process.memoryUsage().external);
    this.metrics.gauge('process_resident_memory_bytes', () => process.memoryUsage.rss());
  }

  get stopping(): boolean {
    return this.#stopping;
  }
  /** Requests that are worked on or waiting. */
  get inFlight(): number {
    return this.#admitted.size;
  }
  /** Bytes of their bodies. */
  get bodyBytes(): number {
    return this.#bodyBytes;
  }

  /** Whether the database answers; those who ask at the same time share one look. */
  ready(): Promise<boolean> {
    if (this.#stopping) return Promise.resolve(false);
    return (this.#ready ??= this.pool
      .query('SELECT 1')
      .then(
        () => !this.#stopping,
        () => false,
      )
      .finally(() => (this.#ready = null)));
  }

  /** From now on new requests are sent away; resolves when the work begun is done. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.hub.closeAll();
    await Promise.allSettled(this.#background);
  }

  /** Admits a request or throws `unavailable` or `tooMany`. */
  admit(request: FastifyRequest): void {
    const address = addressKey(request.ip);
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#stopping || this.inFlight >= this.settings.inFlight || here >= this.settings.inFlightPerAddress)
      throw new ServerError('unavailable', { retryAfter: this.#stopping ? 2 : 1 });
    const wait = this.#perAddress.take(address);
    if (wait > 0) throw new ServerError('tooMany', { retryAfter: wait });
    this.#byAddress.set(address, here + 1);
    this.#admitted.set(request, { address, bytes: 0 });
  }

  /** Counts bytes that were read of a request's body; throws `unavailable` when all bodies together are too large. */
  hold(request: FastifyRequest, bytes: number): void {
    const admitted = this.#admitted.get(request);
    if (!admitted) return;
    if (this.#bodyBytes + bytes > this.settings.bodyBytes) throw new ServerError('unavailable', { retryAfter: 1 });
    admitted.bytes += bytes;
    this.#bodyBytes += bytes;
  }

  /** A request is answered, has gone, or has become a stream, which has bounds of its own. */
  release(request: FastifyRequest): void {
    const admitted = this.#admitted.get(request);
    if (!admitted) return;
    this.#admitted.delete(request);
    this.#bodyBytes -= admitted.bytes;
    const left = (this.#byAddress.get(admitted.address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(admitted.address, left);
    else this.#byAddress.delete(admitted.address);
  }

  /** Tries with secrets: not even looked at while their key is blocked. */
  async attempt<T>(
    keys: readonly string[],
    isFailure: (error: ServerError) => boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    const wait = Math.max(...keys.map((key) => this.#failures.blocked(key)));
    if (wait > 0) throw new ServerError('tooMany', { retryAfter: wait });
    try {
      return await work();
    } catch (error) {
      if (error instanceof ServerError && isFailure(error)) for (const key of keys) this.#failures.failed(key);
      throw error;
    }
  }

  /** Work that no answer waits for. */
  later(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  async #contact(hash: Buffer, holder: Holder): Promise<void> {
    const now = this.now();
    const stale = holder.seenAt === null || now - holder.seenAt >= SEEN;
    if (!(holder.revoked ? holder.wipe : stale)) return;
    await transaction(this.pool, { token: hash }, (tx) => tx.run('contact', 'SELECT contact($1)', [now]));
  }

  /**
   * Runs `work` for the device whose token the request carries, in one transaction of the given kind; throws what the
   * guard says.
   */
  async asDevice<T>(
    request: FastifyRequest,
    least: Role,
    kind: Pick<Scope, 'snapshot'>,
    work: (tx: Tx, access: Access) => Promise<T>,
  ): Promise<T> {
    const hash = tokenHash(request.headers.authorization);
    const address = `token ${addressKey(request.ip)}`;
    if (!hash)
      return this.attempt(
        [address],
        () => true,
        () => Promise.reject(new ServerError('unauthorised')),
      );
    const key = hash.toString('base64');
    const run = async (): Promise<T> => {
      const wait = this.#perDevice.take(key);
      if (wait > 0) throw new ServerError('tooMany', { retryAfter: wait });
      let seen: Holder | null = null;
      try {
        return await transaction(this.pool, { token: hash, ...kind }, async (tx) => {
          seen = await findHolder(tx, hash);
          return work(tx, this.#guard(seen, least));
        });
      } finally {
        const holder = seen as Holder | null;
        if (holder) {
          if (holder.revoked) this.#good.delete(key);
          else this.#good.add(key);
          const contact = this.#contact(hash, holder);
          if (holder.revoked) await contact.catch(() => undefined);
          else this.later(contact);
        }
      }
    };
    if (this.#good.has(key)) return run();
    // A revoked token was a good one: its device may go on asking, and others share its address.
    return this.attempt([address], (error) => error.code === 'unauthorised', run);
  }

  /** For the hub: what other copies of the service did. */
  readonly watch: Watch = {
    pulses: async (workspaces) => {
      const rows = await transaction(this.pool, { snapshot: true }, (tx) =>
        tx.run('pulse', 'SELECT workspace_id, head, epoch, key_epoch, access FROM pulse($1)', [nameArray(workspaces)]),
      );
      return rows.map((row) => ({
        workspace: nameOf(row['workspace_id'] as string),
        head: Number(row['head']),
        epoch: base64UrlOf(row['epoch'] as string),
        keyEpoch: Number(row['key_epoch']),
        access: Number(row['access'] ?? 0),
      }));
    },
    check: async ({ token }) => {
      const [holder, self] = await transaction(this.pool, { token, snapshot: true }, (tx) =>
        Promise.all([findHolder(tx, token), selfOf(tx, token)]),
      );
      return { revoked: !holder || holder.revoked, wipe: holder?.wipe ?? false, self };
    },
  };
}
