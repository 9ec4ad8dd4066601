/** Both directions at once, within a round. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { hlcDevice } from '../../../shared/change/clock.ts';
import type { DraftChange } from '../../../shared/change/types.ts';
import { unwrap } from '../../../shared/result.ts';
import { OwnPlaces } from '../../../shared/sync/engine/own-places.ts';
import type { Transport } from '../../../shared/sync/engine/transport.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import type { PullReply } from '../../../shared/sync/protocol.ts';
import { runRound } from '../../fixtures/sync-round.ts';
import { folder } from '../vault/support.ts';
import { type HttpModel, httpModel } from './http-model.ts';

const PAGE = 50;
const PUSH = 10;
const HOUR = 3_600_000;
const id = (bytes: number): string => randomBytes(bytes).toString('base64url');

let http: HttpModel;
const open: VaultApi[] = [];
beforeEach(async () => void (http = await httpModel()));
afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
  await http.close();
});

async function desk(): Promise<VaultApi> {
  const vault = openVaultService({ dir: folder() });
  open.push(vault);
  await vault.create({ passphrase: 'correct horse battery', recovery: false });
  return vault;
}
const people = (of: string, count: number): DraftChange[] =>
  Array.from({ length: count }, (_, n) => ({
    type: 'person',
    record: `${of}-${n}`,
    field: '$new',
    value: { name: { family: `${of} ${n}` } },
  }));
const write = (vault: VaultApi, changes: DraftChange[]) => vault.commit({ kind: 'import', changes }, { actor: 'Анна' });

/** Ids that pages have brought, and what `on` does before an answer is given out. */
function watched(on: (route: string) => Promise<void> = async () => undefined) {
  const inner = createHttpTransport({ fetch });
  const came: string[] = [];
  const ask: Transport['ask'] = async (to, route, what) => {
    const reply = await inner.ask(to, route, what);
    if (route === 'pull') came.push(...(reply as PullReply).changes.map((change) => change.id));
    await on(route);
    return reply;
  };
  return { transport: { ...inner, ask } satisfies Transport, came };
}
const round = (vault: VaultApi, transport: Transport = createHttpTransport({ fetch })) =>
  runRound({ store: syncStore(vault), transport, page: PAGE, pushChanges: PUSH });

async function two(): Promise<{ here: VaultApi; there: VaultApi }> {
  const here = await desk();
  const secret = id(16);
  http.model.invite(secret, 'owner');
  await syncStore(here).begin({ server: http.server, workspace: id(16), secret }, 'Ноутбук');
  await round(here);
  const { code } = await syncStore(here).invitation();
  const invitation = unwrap(decodeInvitation(code));
  http.model.invite(invitation.secret, 'editor');
  const there = await desk();
  await syncStore(there).begin(invitation, 'Второй');
  await round(there);
  return { here, there };
}
const deviceOf = async (vault: VaultApi): Promise<string> =>
  hlcDevice((await vault.history('here-0'))[0]?.change ?? '');

describe('a round that gives and takes', () => {
  it.each([
    [40, 'fewer pushes than pages'],
    [200, 'more'],
  ])(
    'SYNC-PULL-2: what was given while pages came in does not come back, but for one push at most (%i, %s)',
    async (count) => {
      const { here, there } = await two();
      await write(there, people('there', 330));
      await round(there);
      await write(here, people('here', count));
      const { transport, came } = watched();
      const report = await round(here, transport);
      expect(report).toMatchObject({ sent: count, received: 330, setAside: 0, repaired: false });
      const mine = await deviceOf(here);
      expect(came.filter((one) => hlcDevice(one) === mine).length).toBeLessThanOrEqual(PUSH);
      expect(new Set(came.filter((one) => hlcDevice(one) !== mine)).size).toBe(330);
      // All is there, and said to be: the next round asks one question.
      const before = http.seen.length;
      expect(await round(here)).toMatchObject({ sent: 0, received: 0, repaired: false });
      expect(http.seen.slice(before)).toEqual(['GET /v1/status']);
      expect(await round(there)).toMatchObject({ received: count, repaired: false });
      expect(await there.verify()).toMatchObject({ ok: true, changes: 330 + count });
    },
  );

  it('takes what others push in between its own pushes', async () => {
    const { here, there } = await two();
    await write(here, people('here', 100));
    let turn = 0;
    const { transport } = watched(async (route) => {
      if (route !== 'push' || turn > 3) return;
      turn += 1;
      await write(there, people(`there${turn}`, 7));
      await round(there);
    });
    expect(await round(here, transport)).toMatchObject({ sent: 100, received: 28, repaired: false });
    expect(await here.verify()).toMatchObject({ ok: true, changes: 128 });
  });

  it('keeps what came when a push fails, and what was given when a page does', async () => {
    const { here, there } = await two();
    await write(there, people('there', 130));
    await round(there);
    await write(here, people('here', 60));
    for (const [broken, at] of [
      ['push', 2],
      ['pull', 1],
    ] as const) {
      let calls = 0;
      const { transport } = watched(async (route) => {
        if (route === broken && (calls += 1) === at) throw new Error('the answer is lost');
      });
      await expect(round(here, transport)).rejects.toThrow('the answer is lost');
    }
    const report = await round(here);
    expect(report.repaired).toBe(false);
    expect(await here.verify()).toMatchObject({ ok: true, changes: 190 });
    await round(there);
    expect(await there.verify()).toMatchObject({ ok: true, changes: 190 });
  });
});

describe('a balancer that lets little through', () => {
  /** Answers in the server's place, as nginx does, when a body is larger. */
  const smallDoor = (most: number): void => {
    http.intercept = (request, response) => {
      if (Number(request.headers['content-length'] ?? 0) <= most) return false;
      request.resume();
      response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413</h1>');
      return true;
    };
  };

  it('SYNC-PUSH-6: pushes are halved until they get through; what does not fit alone waits for a person', async () => {
    const { here, there } = await two();
    await write(here, people('here', 45));
    await write(here, [
      { type: 'person', record: 'large', field: 'summary', value: randomBytes(9000).toString('hex') },
    ]);
    await write(here, people('later', 5));
    await write(there, people('there', 60));
    await round(there);
    smallDoor(2500);
    const { transport } = watched();
    expect(await round(here, transport)).toMatchObject({ sent: 50, refused: 1, received: 60 });
    const waiting = await syncStore(here).waiting(10);
    expect(waiting.map(({ record, reason }) => [record, reason])).toEqual([['large', 'tooLarge']]);
    await round(there);
    expect(await there.verify()).toMatchObject({ ok: true, changes: 110 });
  });
});

describe('what the server does not take back', () => {
  it('SYNC-DIGEST-5: is looked for every ten minutes, not in every round', async () => {
    let ahead = 30 * HOUR;
    await http.close();
    http = await httpModel(() => Date.now() + ahead);
    const { here } = await two();
    // Written while the server's clock ran ahead, and taken in by it.
    await write(here, people('here', 3));
    await round(here);
    expect(http.model.ids().size).toBe(3);
    // Put right, it has lost one, which is of its own future by now.
    ahead = 0;
    http.model.restore({ ...http.model.backup(), changes: 2 }, 'BBBBBBBBBBB');
    const asked = async (): Promise<readonly [repaired: boolean, pushes: number]> => {
      const before = http.seen.length;
      const { repaired } = await round(here);
      return [repaired, http.seen.slice(before).filter((path) => path === 'POST /v1/changes').length];
    };
    expect(await asked()).toEqual([true, 1]);
    expect(await asked()).toEqual([false, 0]);
    ahead = HOUR / 6 + 1000;
    expect(await asked()).toEqual([true, 1]);
    expect(await asked()).toEqual([false, 0]);
    ahead = 30 * HOUR;
    expect(await asked()).toEqual([true, 1]);
    expect(await asked()).toEqual([false, 0]);
    expect(http.model.ids().size).toBe(3);
  });

  it('hides no other difference', async () => {
    let ahead = 30 * HOUR;
    await http.close();
    http = await httpModel(() => Date.now() + ahead);
    const { here, there } = await two();
    await write(here, people('here', 3));
    await round(here);
    ahead = 0;
    http.model.restore({ ...http.model.backup(), changes: 0 }, 'BBBBBBBBBBB');
    expect(await round(here)).toMatchObject({ repaired: true });
    await write(there, people('there', 1));
    await round(there);
    // As if this device had passed over the place: only the digest can tell.
    const memory = await syncStore(here).memory();
    if (memory) await syncStore(here).remember({ ...memory, cursor: 1 });
    expect(await round(here)).toMatchObject({ repaired: true, received: 1 });
  });
});

describe('places of our own changes', () => {
  it('are passed over where they follow, and bound what is asked for where they do not', () => {
    const pushes = fc.array(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(pushes, fc.array(fc.nat(6), { maxLength: 8 }), (gaps, steps) => {
        const own = new OwnPlaces();
        const all = new Set<number>();
        let last = 0;
        for (const push of gaps) {
          const places = push.map((gap) => (last += gap));
          own.add(places);
          for (const place of places) all.add(place);
        }
        const head = last + 3;
        let cursor = 0;
        for (const step of [0, ...steps, head]) {
          const gap = own.gapAfter(cursor);
          const next = [...all].filter((place) => place > cursor).toSorted((a, b) => a - b)[0];
          expect(gap).toBe(next === undefined ? Number.POSITIVE_INFINITY : next - cursor - 1);
          cursor = Math.min(head, cursor + step);
          let expected = cursor;
          while (all.has(expected + 1)) expected += 1;
          expect(own.moved(cursor)).toBe(expected);
          cursor = expected;
        }
      }),
    );
  });
});
