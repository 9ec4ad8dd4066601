/**
 * Transactions on the service's connections. What a transaction may touch is decided by PostgreSQL itself from
 * `app.token` or `app.invitation` (row-level security, see migrations), beside the checks of the application.
 */
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { isSilence, isTransient } from '../errors.ts';
import { DEFAULTS } from '../settings.ts';

/** Bounds a statement, a wait for a lock and a forgotten transaction, in milliseconds. */
const STATEMENT = 60_000;
const LOCK = 20_000;
const CONNECT = 5_000;
const RETRIES = 5;

export type Row = Record<string, string | null>;
export interface Tx {
  /**
   * Runs a statement, prepared under `name` (one text for ever). All values come back as text. Statements may be sent
   * without waiting for those before; they run in order.
   */
  readonly run: (name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Work to be done once the transaction has been committed. */
  readonly afterCommit: (work: () => void) => void;
  /** Commits together with the statements sent so far; called by whoever sends the last one to save a round trip. */
  readonly commit: () => Promise<void>;
}

export interface Scope {
  /** SHA-256 of the device's token. */
  readonly token?: Buffer;
  /** Hash of an invitation. */
  readonly invitation?: Buffer;
  /** One moment for all statements, and no writing. */
  readonly snapshot?: boolean;
}

const TEXT = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

/** The open connections of a pool, for those who must not wait for them. */
const connections = new WeakMap<pg.Pool, Set<pg.PoolClient>>();

/** `silent`: milliseconds after which a statement without any answer ends with its connection. */
export function createPool(url: string, size: number, silent = DEFAULTS.databaseSilent): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    connectionTimeoutMillis: CONNECT,
    query_timeout: silent,
    keepAlive: true,
    idleTimeoutMillis: 30_000,
    application_name: 'rapport-sync',
    types: TEXT,
    // Plans for the present values let PostgreSQL open one partition instead of all.
    options: `-c search_path=rapport -c statement_timeout=${STATEMENT} -c lock_timeout=${LOCK} -c idle_in_transaction_session_timeout=${STATEMENT} -c plan_cache_mode=force_custom_plan`,
  } as pg.PoolConfig);
  // An idle connection that breaks (server restarted) is dropped by the pool; without a listener it would end us.
  pool.on('error', () => undefined);
  // A connection may report its end twice, the second time when nobody has borrowed it any more and the pool has let go.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const open = new Set<pg.PoolClient>();
  connections.set(pool, open);
  pool.on('connect', (client) => void open.add(client)).on('remove', (client) => void open.delete(client));
  return pool;
}

const streamOf = (client: pg.PoolClient): Duplex =>
  (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection.stream;

/** Ends all connections at once; what runs on them fails as when the database goes away. */
export function cutConnections(pool: pg.Pool): void {
  for (const client of connections.get(pool) ?? []) streamOf(client).destroy();
}

function start({ token, invitation, snapshot }: Scope): string {
  const parts = [snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN'];
  // Hex digits of our own making: nothing to escape.
  if (token) parts.push(`SET LOCAL app.token = '${token.toString('hex')}'`);
  if (invitation) parts.push(`SET LOCAL app.invitation = '${invitation.toString('hex')}'`);
  return parts.join(';');
}

/** Lets what is sent in one turn of the event loop travel together: a system call each would cost more than they do. */
function together(client: pg.PoolClient): void {
  const stream = streamOf(client);
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function once<T>(pool: pg.Pool, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const after: (() => void)[] = [];
  let committed: Promise<void> | undefined;
  let broken: Error | undefined;
  // A connection that ends while it is lent is thrown away when it comes back.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  const tx: Tx = {
    run: async (name, text, values = []) => {
      together(client);
      return (await client.query({ name, text, values: [...values] })).rows as Row[];
    },
    afterCommit: (work) => void after.push(work),
    commit: () =>
      (committed ??= client.query('COMMIT').then(({ command }) => {
        // A failed statement before it turns COMMIT into ROLLBACK; that statement's own error is what counts.
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
      })),
  };
  try {
    together(client);
    const begun = client.query(start(scope));
    begun.catch(() => undefined);
    const result = await work(tx);
    await begun;
    await tx.commit();
    for (const next of after) next();
    return result;
  } catch (error) {
    if (isSilence(error)) {
      // Nothing more will come; whoever waits for the rest learns it now.
      broken = error as Error;
      streamOf(client).destroy();
    }
    await Promise.allSettled([committed ?? Promise.resolve()]);
    await client.query('ROLLBACK').catch((failure: Error) => void (broken ??= failure));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Runs `work` in one transaction; again from the start after a conflict with another one. */
export async function transaction<T>(pool: pg.Pool, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, scope, work);
    } catch (error) {
      if (attempt >= RETRIES || !isTransient(error)) throw error;
    }
  }
}
