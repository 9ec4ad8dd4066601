import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, database, serve, workspace } from './support.ts';
import { raceNaive, raceOurs } from './race.ts';

/** A million takes one to four minutes; RAPPORT_RACE names another number. */
const CHANGES = Number(process.env['RAPPORT_RACE'] ?? 1_000_000);

let db: Database;
beforeAll(async () => void (db = await database()));
afterAll(() => db.drop());

describe('16 pushers and cursor readers at once', () => {
  it('SYNC-SEQ-1 SYNC-PULL-1 no reader is ever past a change that it was not given', async () => {
    const server = await serve(db);
    const device = await workspace(db, server.address);
    const result = await raceOurs(db.service, device, { pushers: 16, readers: 4, changes: CHANGES, batch: 500 });
    await server.stop();
    expect(result).toMatchObject({ committed: CHANGES, skipped: [0, 0, 0, 0], disordered: 0 });
    expect(result.aborted).toBeGreaterThan(0);
  }, 1_200_000);

  it('the same check finds what a cursor over a database sequence skips', async () => {
    const { skipped } = await raceNaive(db.owner, { pushers: 16, readers: 4, changes: 20_000, batch: 5 });
    expect(Math.max(...skipped)).toBeGreaterThan(0);
  });
});
