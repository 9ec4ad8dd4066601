/**
 * Pushers and cursor readers at once (R6), on the server's own log and on the naive one that takes its places from a
 * database sequence. One checker for both: what is in the log at the end and was never given to a reader was skipped.
 */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { createPool, transaction } from '../../server/database/session.ts';
import type { Access } from '../../server/sync/access.ts';
import { pull } from '../../server/sync/changes.ts';
import { checkPush, push } from '../../server/sync/push.ts';
import { lockWorkspace } from '../../server/sync/workspace.ts';

export interface Race {
  readonly pushers: number;
  readonly readers: number;
  /** Changes that are committed in the end. */
  readonly changes: number;
  readonly batch: number;
}
export interface RaceResult {
  readonly committed: number;
  /** For each reader how many it was never given. */
  readonly skipped: readonly number[];
  /** Places given twice or out of order. */
  readonly disordered: number;
  readonly aborted: number;
}

/** What one cursor reader was given. */
class Reader {
  readonly #seen: Uint8Array;
  after = 0;
  disordered = 0;
  constructor(most: number) {
    this.#seen = new Uint8Array(most + 1);
  }
  take(places: readonly number[]): void {
    for (const place of places) {
      if (place <= this.after) this.disordered += 1;
      this.#seen[place] = 1;
      this.after = place;
    }
  }
  skipped(committed: readonly number[]): number {
    return committed.filter((place) => this.#seen[place] !== 1).length;
  }
}

const PAGE = 2000;
const box = Buffer.alloc(29, 7).toString('base64url');
const name = (): string => randomBytes(16).toString('base64url');

/** Reads until the writers are done and nothing is left. */
async function follow(reader: Reader, page: (after: number) => Promise<number[]>, done: () => boolean): Promise<void> {
  for (;;) {
    const last = done();
    const places = await page(reader.after);
    reader.take(places);
    if (last && places.length === 0) return;
  }
}

/** The server's log: real pushes and pulls; a nemesis holds the lock, and begins changes that it takes back. */
export async function raceOurs(
  service: string,
  device: { readonly workspace: string; readonly device: string; readonly token: string },
  { pushers, readers, changes, batch }: Race,
): Promise<RaceResult> {
  const token = createHash('sha256').update(device.token).digest();
  const access: Access = { workspace: device.workspace, device: device.device, role: 'owner' };
  const pool = createPool(service, pushers + readers + 1);
  const scope = { token };
  let made = 0;
  let working = pushers;
  let aborted = 0;
  const millis = (Date.now() - 1000).toString(16).padStart(12, '0');
  const next = () => {
    made += 1;
    const device = made.toString(16).padStart(16, '0');
    return { id: `${millis}-0000-${device}`, record: name(), field: name(), bases: [], keyEpoch: 1, box };
  };
  const pusher = async (): Promise<void> => {
    while (made < changes) {
      const sent = Array.from({ length: Math.min(batch, changes - made) }, next);
      const checked = checkPush(sent, Date.now());
      await transaction(pool, scope, (tx) => push(tx, access, checked, Date.now()));
    }
    working -= 1;
  };
  const nemesis = async (): Promise<void> => {
    while (working > 0) {
      const attempt = transaction(pool, scope, async (tx) => {
        await lockWorkspace(tx, device.workspace);
        await tx.run('nemesis', 'UPDATE workspace SET head = head + 7 WHERE workspace_id = $1', [
          Buffer.from(device.workspace, 'base64url').toString('hex'),
        ]);
        await tx.run('nemesis-slow', 'SELECT pg_sleep(0.003)');
        throw new Error('taken back');
      });
      await attempt.catch(() => (aborted += 1));
      await new Promise((next) => setTimeout(next, 20));
    }
  };
  const LIGHT = 'SELECT seq FROM change WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3';
  const all = Array.from({ length: readers }, () => new Reader(changes));
  const reading = all.map((reader, i) =>
    follow(
      reader,
      (after) =>
        transaction(pool, { ...scope, snapshot: true }, async (tx) => {
          // One reader goes the whole way of a pull; the others ask the same question for the places only.
          if (i === 0) {
            const query = { after, superseded: 'false' as const, limit: PAGE };
            return (await pull(tx, access, query, Date.now())).changes.map(({ seq }) => seq);
          }
          const id = Buffer.from(device.workspace, 'base64url').toString('hex');
          return (await tx.run('light', LIGHT, [id, after, PAGE])).map((row) => Number(row['seq']));
        }),
      () => working === 0,
    ),
  );
  await Promise.all([...Array.from({ length: pushers }, pusher), nemesis(), ...reading]);
  const id = Buffer.from(device.workspace, 'base64url').toString('hex');
  const rows = await transaction(pool, scope, (tx) =>
    tx.run('all', 'SELECT seq FROM change WHERE workspace_id = $1', [id]),
  );
  await pool.end();
  const committed = rows.map((row) => Number(row['seq']));
  return {
    committed: committed.length,
    skipped: all.map((reader) => reader.skipped(committed)),
    disordered: all.reduce((sum, reader) => sum + reader.disordered, 0),
    aborted,
  };
}

/** A log whose places come from a sequence, as most are built. `owner` may create a table. */
export async function raceNaive(owner: string, { pushers, readers, changes, batch }: Race): Promise<RaceResult> {
  const pool = new pg.Pool({ connectionString: owner, max: pushers + readers });
  await pool.query('CREATE SCHEMA naive');
  await pool.query('CREATE TABLE naive.log (place bigserial PRIMARY KEY, content bytea)');
  let made = 0;
  let working = pushers;
  const pusher = async (): Promise<void> => {
    while (made < changes) {
      made += batch;
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query(`INSERT INTO naive.log (content) SELECT '\\x00' FROM generate_series(1, $1::int)`, [batch]);
      await client.query('COMMIT');
      client.release();
    }
    working -= 1;
  };
  const all = Array.from({ length: readers }, () => new Reader(changes * 2));
  const reading = all.map((reader) =>
    follow(
      reader,
      async (after) =>
        (
          await pool.query<{ place: string }>('SELECT place FROM naive.log WHERE place > $1 ORDER BY place LIMIT $2', [
            after,
            PAGE,
          ])
        ).rows.map(({ place }) => Number(place)),
      () => working === 0,
    ),
  );
  await Promise.all([...Array.from({ length: pushers }, pusher), ...reading]);
  const { rows } = await pool.query<{ place: string }>('SELECT place FROM naive.log');
  await pool.query('DROP SCHEMA naive CASCADE');
  await pool.end();
  const committed = rows.map(({ place }) => Number(place));
  return {
    committed: committed.length,
    skipped: all.map((reader) => reader.skipped(committed)),
    disordered: 0,
    aborted: 0,
  };
}
