import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/server.ts';
import type { SealedChange } from '../../shared/sync/protocol.ts';
import { change, type Database, database, nextId, push, random, serve, type TestDevice, workspace } from './support.ts';

let db: Database;
let server: RunningServer;
beforeAll(async () => {
  db = await database();
  server = await serve(db);
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

interface Present {
  readonly heads: readonly string[];
  readonly named: readonly string[];
}
const slotOf = ({ record, field }: { record: string; field: string }): string => `${record}.${field}`;

/** SYNC-STATE-1 and -2, by their words. */
function model(changes: readonly SealedChange[]): Record<string, Present> {
  const slots = Map.groupBy(changes, slotOf);
  const present: Record<string, Present> = {};
  for (const [slot, all] of slots) {
    const ids = new Set(all.map(({ id }) => id));
    const bases = new Set(all.flatMap((each) => each.bases));
    const heads = [...ids].filter((id) => !bases.has(id)).sort();
    // A slot all of whose changes are named (only possible with cycles) has nothing to show.
    if (heads.length > 0) present[slot] = { heads, named: [...bases].filter((id) => !ids.has(id)).sort() };
  }
  return present;
}

interface SlotBody {
  record: string;
  field: string;
  heads: { id: string }[];
  named: string[];
}
const presentOf = (slots: readonly SlotBody[]): Record<string, Present> =>
  Object.fromEntries(
    slots.map((slot) => [
      slotOf(slot),
      { heads: slot.heads.map(({ id }) => id).sort(), named: [...slot.named].sort() },
    ]),
  );

async function download(device: TestDevice, limit: number): Promise<SlotBody[]> {
  const slots: SlotBody[] = [];
  let after: string | null = null;
  do {
    const { body } = await device.ask('state', { query: { limit, ...(after === null ? {} : { after }) } });
    expect(body.slots.length).toBeLessThanOrEqual(limit);
    slots.push(...body.slots);
    after = body.next;
  } while (after !== null);
  return slots;
}

const UNIVERSE = 14;
const SLOTS = 4;
/** For each id: its slot and which ids it names; then in which order and with which cuts all are pushed, with repeats. */
const plan = fc.record({
  graph: fc.array(
    fc.record({ slot: fc.nat(SLOTS - 1), bases: fc.uniqueArray(fc.nat(UNIVERSE - 1), { maxLength: 4 }) }),
    { minLength: 1, maxLength: UNIVERSE },
  ),
  orders: fc.tuple(fc.array(fc.nat(), { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 20 })),
  cut: fc.integer({ min: 1, max: 6 }),
});

/** All numbers below `count` at least once, in an order made of the given numbers. */
function order(count: number, numbers: readonly number[]): number[] {
  const left = Array.from({ length: count }, (_, i) => i);
  const result = numbers.map((n) => n % count);
  for (const n of numbers) if (left.length > 0) result.push(...left.splice(n % left.length, 1));
  return [...result, ...left];
}

describe('state', () => {
  it('SYNC-STATE-1 SYNC-STATE-2 SYNC-STATE-3 equals the rules, whatever the order, cuts and repeats', async () => {
    // One workspace for each of the two orders; every run has slots and ids of its own.
    const devices = [await workspace(db, server.address), await workspace(db, server.address)] as const;
    const everything: SealedChange[] = [];
    await fc.assert(
      fc.asyncProperty(plan, async ({ graph, orders, cut }) => {
        const ids = Array.from({ length: UNIVERSE }, () => nextId());
        const slots = Array.from({ length: SLOTS }, () => ({ record: random(16), field: random(16) }));
        const changes = graph.map(({ slot, bases }, i) =>
          change({ id: ids[i] as string, ...slots[slot], bases: bases.map((b) => ids[b] as string) }),
        );
        everything.push(...changes);
        const wanted = model(changes);
        for (const [i, device] of devices.entries()) {
          const sequence = order(changes.length, orders[i] as number[]).map((n) => changes[n]);
          for (let at = 0; at < sequence.length; at += cut) await push(device, sequence.slice(at, at + cut));
          const { body } = await device.ask('records', { body: { records: slots.map(({ record }) => record) } });
          expect(presentOf(body.slots)).toEqual(wanted);
        }
      }),
      { numRuns: 60 },
    );
    const wanted = model(everything);
    const heads = new Set(Object.values(wanted).flatMap((each) => each.heads));
    const superseded = everything.map(({ id }) => id).filter((id) => !heads.has(id));
    for (const device of devices) {
      expect(presentOf(await download(device, 7))).toEqual(wanted);
      const seen: string[] = [];
      for (let before = 1e9, more = true; more; ) {
        const { body } = await device.ask('pull', { query: { before, superseded: true, limit: 50 } });
        seen.push(...body.changes.map(({ id }: { id: string }) => id));
        ({ next: before, more } = body);
      }
      expect(seen.sort()).toEqual(superseded.sort());
    }
  });

  it('SYNC-STATE-4 gives heads with their contents, in pages that end by bytes', async () => {
    const device = await workspace(db, server.address);
    const large = Array.from({ length: 4 }, () => change({ box: random(1_200_000) }));
    for (const each of large) await push(device, [each]);
    const first = await device.ask('state', {});
    expect(first.body.slots).toHaveLength(2);
    expect(first.body.next).not.toBeNull();
    const slots = await download(device, 500);
    const boxes = slots.flatMap(({ heads }) => heads.map((head) => (head as SealedChange).box)).sort();
    expect(boxes).toEqual(large.map(({ box }) => box).sort());
  });

  it('SYNC-STATE-5 gives records in the order asked and names those that did not fit', async () => {
    const device = await workspace(db, server.address);
    const large = Array.from({ length: 3 }, () => change({ box: random(1_200_000) }));
    for (const each of large) await push(device, [each]);
    const asked = large.map(({ record }) => record).reverse();
    const { body } = await device.ask('records', { body: { records: [...asked, random(16)] } });
    expect(body.slots.map(({ record }: SlotBody) => record).sort()).toEqual(asked.slice(0, 2).sort());
    expect(body.rest).toEqual([asked[2]]);
  });
});
