/** Packs (SYNC-PACK): what a device leaves for new ones, from the words of the rules and between real vaults. */
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ringCipher } from '../../../electron/sync/cipher.ts';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import type { SyncCalls } from '../../../electron/sync/keeper.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import type { Batch, Change, Json } from '../../../shared/change/types.ts';
import { headsOf, PartWriter, readPart } from '../../../shared/sync/engine/pack.ts';
import type { RoundReport } from '../../../shared/sync/engine/round.ts';
import { runRound } from '../../fixtures/sync-round.ts';
import type { LoggedChange } from '../../../shared/sync/engine/types.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import type { Slot } from '../../../shared/sync/protocol.ts';
import { HEADERS, PROTOCOL } from '../../../shared/sync/shapes.ts';
import { unwrap } from '../../../shared/result.ts';
import { ModelServer } from '../../simulation/model-server.ts';
import { folder } from '../vault/support.ts';
import { type HttpModel, httpModel } from './http-model.ts';

const hlc = (millis: number, device = '1'): string =>
  `${millis.toString(16).padStart(12, '0')}-0000-${device.repeat(16)}`;
const batch: Batch = { id: hlc(1), kind: 'edit', actor: 'Анна', device: '1'.repeat(16), time: 1 };
const row = (id: string, field: string, base: readonly string[], value: Json = 'x'): LoggedChange => ({
  seq: 1,
  remote: true,
  batch,
  change: { id, batch: batch.id, type: 'person', record: 'p1', field, value, base },
});

describe('the heads of a record', () => {
  it('are those that the server keeps, with the same names, whatever the order (SYNC-PACK-1, SYNC-STATE-3)', () => {
    const step = fc.record({ field: fc.constantFrom('summary', 'website', '$new'), bases: fc.array(fc.nat(20)) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), fc.nat(), (steps, turn) => {
        const changes = steps.map(({ field, bases }, i): Change => {
          const base = [...new Set(bases)].filter((at) => at < i).map((at) => hlc(at + 1));
          return { ...row(hlc(i + 1), field, base).change, value: field === '$new' ? {} : 'x' };
        });
        const model = new ModelServer({
          now: () => 1000,
          hash: (id) => createHash('sha256').update(id).digest(),
          boxLimit: 1000,
        });
        model.invite('s', 'owner');
        model.answer('', 'enrol', { body: { secret: 's', device: 'd', token: 't' } });
        const turned = changes.map((_, i) => changes[(i * 7 + turn) % changes.length] as Change);
        const sent = [...new Set([...turned, ...changes])].map(({ id, record, field, base }) => ({
          id,
          record,
          field,
          bases: base,
          keyEpoch: 1,
          box: 'x',
        }));
        model.answer('t', 'push', { body: { changes: sent } });
        const { slots } = model.answer('t', 'state', { query: { limit: 100 } }) as { readonly slots: readonly Slot[] };
        const theirs = slots.flatMap(({ heads, named }) => heads.map(({ id }) => ({ id, named: [...named].sort() })));
        const ours = headsOf(changes.map((change) => ({ seq: 1, remote: true, batch, change })));
        const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
        expect(ours.map(({ change, named }) => ({ id: change.id, named })).sort(byId)).toEqual(theirs.sort(byId));
      }),
    );
  });

  it('come out of a part as they went in, without what is malformed (SYNC-PACK-2)', () => {
    const writer = new PartWriter(1000);
    const heads = headsOf([
      row(hlc(9), 'summary', [hlc(2), hlc(3)]),
      row(hlc(8), '$new', [], { name: { family: 'Ёлкин' } }),
      row(hlc(10), '$deleted', [hlc(9), hlc(8)], true),
    ]);
    expect(writer.add(heads)).toBe(true);
    expect(heads.map(({ named }) => named)).toEqual([[hlc(2), hlc(3)], [], []]);
    expect(readPart(writer.text())).toEqual(heads);
    const [version, headers, entries] = JSON.parse(writer.text()) as [number, unknown[], unknown[][]];
    const spoilt = [
      ...entries,
      [hlc(11), 7, 'person', 'p1', 'summary', 'x'],
      ['no id', 0],
      null,
      entries[0]?.with(7, [1]),
    ];
    expect(readPart(JSON.stringify([version, headers, spoilt]))).toEqual(heads);
    for (const text of ['', '{}', '[2,[],[]]', '[1,[]]']) expect(readPart(text)).toBeNull();
  });

  it('fill parts of a bounded size, and what is too large for any is left to the digest (SYNC-PACK-2)', () => {
    const writer = new PartWriter(1000);
    const large = row(hlc(5), 'summary', [], 'я'.repeat(500_000));
    expect(writer.add(headsOf([large, row(hlc(6), 'website', [])]))).toBe(true);
    expect(readPart(writer.text())?.map(({ change }) => change.id)).toEqual([hlc(6)]);
    let records = 0;
    while (writer.add(headsOf([row(hlc(10 + records), 'website', [])]))) records += 1;
    expect(records).toBeGreaterThan(0);
    expect(Buffer.byteLength(writer.text())).toBeLessThan(1500);
  });
});

describe('a sealed part', () => {
  const workspace = randomBytes(16).toString('base64url');
  const ring = new Map([[1, new Uint8Array(32).fill(1)]]);
  const at = { pack: hlc(7), place: 12, part: 3, last: false };

  it('opens at its own place only, and not when it was touched (SYNC-PACK-2)', () => {
    const cipher = ringCipher(workspace, ring);
    const box = cipher.sealPart(at, 'content');
    expect(cipher.openPart(at, box)).toBe('content');
    expect(Buffer.from(box).includes('content')).toBe(false);
    for (const other of [{ pack: hlc(8) }, { place: 13 }, { part: 2 }, { last: true }])
      expect(cipher.openPart({ ...at, ...other }, box)).toBeNull();
    expect(ringCipher(randomBytes(16).toString('base64url'), ring).openPart(at, box)).toBeNull();
    expect(ringCipher(workspace, new Map([[2, new Uint8Array(32).fill(1)]])).openPart(at, box)).toBeNull();
    fc.assert(
      fc.property(fc.nat(box.length - 1), fc.integer({ min: 1, max: 255 }), (byte, flip) => {
        const touched = Uint8Array.from(box);
        touched[byte] = (touched[byte] as number) ^ flip;
        expect(cipher.openPart(at, touched)).toBeNull();
      }),
    );
    expect(cipher.openPart(at, new Uint8Array(3))).toBeNull();
  });
});

describe('a pack between vaults', () => {
  let http: HttpModel;
  const workspace = randomBytes(16).toString('base64url');
  const open: VaultApi[] = [];
  beforeEach(async () => {
    http = await httpModel();
  });
  afterEach(async () => {
    for (const vault of open.splice(0)) await vault.close();
    await http.close();
  });

  interface Desk {
    readonly vault: VaultApi;
    readonly store: SyncCalls;
    readonly round: () => Promise<RoundReport>;
  }
  async function desk(): Promise<Desk> {
    const vault = openVaultService({ dir: folder() });
    open.push(vault);
    await vault.create({ passphrase: 'correct horse battery', recovery: false });
    const store = syncStore(vault);
    const transport = createHttpTransport({ fetch });
    const round = (): Promise<RoundReport> => runRound({ store, transport, packFrom: 10 });
    return { vault, store, round };
  }
  async function colleague(of: Desk): Promise<Desk> {
    const invitation = unwrap(decodeInvitation((await of.store.invitation()).code));
    http.model.invite(invitation.secret, 'editor');
    const next = await desk();
    await next.store.begin(invitation, 'Второй');
    return next;
  }
  const edit = ({ vault }: Desk, record: string, field: string, value: Json): Promise<unknown> =>
    vault.commit({ kind: 'edit', changes: [{ type: 'person', record, field, value }] }, { actor: 'Анна' });

  /** Twelve people, one of them in conflict, one edited twice, one in the bin; the pack has been left. */
  async function packed(): Promise<Desk> {
    const a = await desk();
    const secret = randomBytes(16).toString('base64url');
    http.model.invite(secret, 'owner');
    await a.store.begin({ server: http.server, workspace, secret }, 'Ноутбук');
    for (let i = 1; i <= 12; i += 1) await edit(a, `p${i}`, '$new', { name: { family: `Ёлкин-${i}` } });
    await edit(a, 'p1', 'summary', 'раз');
    await edit(a, 'p1', 'summary', 'два');
    await a.round();
    const b = await colleague(a);
    await b.round();
    await edit(a, 'p2', 'summary', 'у Анны');
    await edit(b, 'p2', 'summary', 'у Бориса');
    await edit(b, 'p3', '$deleted', true);
    for (const each of [a, b, a]) await each.round();
    return a;
  }
  const parts = (): number => http.seen.filter((line) => line.startsWith('GET /v1/pack/')).length;
  const states = (): number => http.seen.filter((line) => line === 'GET /v1/state').length;
  async function same(a: Desk, b: Desk): Promise<void> {
    const all = async ({ vault }: Desk): Promise<unknown> => [
      (await vault.listAll('person')).toSorted((x, y) => (x.id < y.id ? -1 : 1)),
      await vault.conflicts(),
      (await vault.bin()).map(({ id }) => id),
    ];
    const found = await all(b);
    expect(found).toEqual(await all(a));
    expect(JSON.stringify(found)).toContain('у Бориса');
    expect((await b.vault.search({ text: 'Ёлкин-7', limit: 5 })).map(({ id }) => id)).toEqual(['p7']);
    expect(await b.vault.verify()).toMatchObject({ ok: true, changes: (await a.vault.verify()).changes });
    expect(await b.store.digest()).toEqual(http.model.digestRoot());
  }

  it('brings the present without the state, then what is newer and the history (SYNC-PACK-3, SYNC-PACK-4)', async () => {
    const a = await packed();
    await edit(a, 'p4', 'summary', 'после пачки');
    await a.round();
    const before = [parts(), states()];
    const c = await colleague(a);
    expect(await c.round()).toMatchObject({ complete: true, setAside: 0, repaired: false });
    expect([parts(), states()]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    expect((await c.vault.record('p4'))?.data['summary']).toBe('после пачки');
    await same(a, c);
  });

  it('that was touched, or has gone, costs nothing but the way by the state (SYNC-PACK-3)', async () => {
    const a = await packed();
    for (const answer of [200, 404]) {
      http.intercept = (request, response) => {
        if (!request.url?.startsWith('/v1/pack/') || request.method !== 'GET') return false;
        response.statusCode = answer;
        response.setHeader('content-type', 'application/octet-stream');
        response.setHeader(HEADERS.protocol, String(PROTOCOL));
        response.end(answer === 200 ? randomBytes(500) : JSON.stringify({ error: { code: 'notFound' } }));
        return true;
      };
      const before = states();
      const c = await colleague(a);
      expect(await c.round()).toMatchObject({ complete: true, setAside: 0 });
      expect(states()).toBeGreaterThan(before);
      await same(a, c);
    }
  });

  it('that hides changes, or holds more than the server, is put right by the digest (SYNC-PACK-3)', async () => {
    const a = await packed();
    const { enrolment } = (await a.store.memory()) as {
      readonly enrolment: { readonly server: string; token: string };
    };
    const transport = createHttpTransport({ fetch });
    const place = http.model.backup().changes;
    /** A pack without the first records of the vault, with all that is in its log. */
    const lie = async (millis: number, from: number): Promise<void> => {
      const pack = hlc(millis);
      const { box } = await a.store.packPart({ pack, place, part: 0 }, from, 10_000);
      await transport.ask(enrolment, 'putPart', {
        params: { pack, part: 0 },
        query: { place, last: 'true' },
        bytes: box,
      });
    };
    await lie(20, 5);
    const c = await colleague(a);
    expect(await c.round()).toMatchObject({ complete: true, repaired: true });
    await same(a, c);
    await edit(a, 'p6', 'summary', 'nobody has seen this yet');
    await lie(21, 0);
    const d = await colleague(a);
    expect(await d.round()).toMatchObject({ complete: true, repaired: true });
    expect(http.model.backup().changes).toBe(place + 1);
    await a.round();
    await same(a, d);
  });

  it('that was refused is not sent again in every round (SYNC-PACK-4)', async () => {
    const sent = (): number => http.seen.filter((line) => line.startsWith('PUT /v1/pack/')).length;
    http.intercept = (request, response) => {
      if (request.method !== 'PUT' || !request.url?.startsWith('/v1/pack/')) return false;
      request.resume();
      response.statusCode = 507;
      response.setHeader('content-type', 'application/json');
      response.setHeader(HEADERS.protocol, String(PROTOCOL));
      response.end(JSON.stringify({ error: { code: 'full' } }));
      return true;
    };
    const a = await packed();
    const before = sent();
    expect(before).toBeGreaterThan(0);
    for (let i = 0; i < 3; i += 1) await a.round();
    expect(sent()).toBe(before);
    for (let i = 20; i < 60; i += 1) await edit(a, `p${i}`, '$new', { name: { family: `Ёлкин-${i}` } });
    http.intercept = () => false;
    await a.round();
    expect(sent()).toBeGreaterThan(before);
    const c = await colleague(a);
    expect(await c.round()).toMatchObject({ complete: true, repaired: false });
    expect(parts()).toBeGreaterThan(0);
    await same(a, c);
  });

  it('is not begun while something waits, or when the digest is another (SYNC-PACK-4)', async () => {
    const a = await packed();
    const digest = http.model.digestRoot();
    expect(await a.store.packStart({ ...digest, count: digest.count + 1 })).toBeNull();
    expect(await a.store.packStart(digest)).toMatchObject({ upTo: digest.count });
    await edit(a, 'p5', 'summary', 'ждёт');
    expect(await a.store.packStart(digest)).toBeNull();
  });
});
