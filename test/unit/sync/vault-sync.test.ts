/** Two real vaults, real sealing, real HTTP: what the simulation shows with models. */
import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { syncStore } from '../../../electron/sync/store.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import type { LiveUpdate } from '../../../shared/model/rows.ts';
import { SyncEngine } from '../../../shared/sync/engine/engine.ts';
import { type Transport, TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { unwrap } from '../../../shared/result.ts';
import { folder } from '../vault/support.ts';
import {
  type Desk,
  PASS,
  colleague,
  desk,
  edit,
  engineOf,
  http,
  id,
  open,
  owner,
  person,
  roundOf,
  summary,
  workspace,
} from './desks.ts';

describe('two vaults and a server', () => {
  it('bring everything across, from before and after enrolling (SYNC-ENROL-4)', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин'), person('p2', 'Petrov')] }, { actor: 'Анна' });
    await edit(a, 'p1', 'summary', 'два');
    expect(await a.round()).toMatchObject({ sent: 3, refused: 0, complete: true });
    const b = await colleague(a);
    const updates: LiveUpdate[] = [];
    b.vault.onUpdate((update) => updates.push(update));
    expect(await b.round()).toMatchObject({ received: 3, setAside: 0, complete: true });
    expect(await summary(b, 'p1')).toBe('два');
    expect((await b.vault.search({ text: 'Ёлкин', limit: 5 })).map((hit) => hit.id)).toEqual(['p1']);
    expect(updates.flatMap(({ records }) => records)).toContain('p1');
    expect(await b.vault.verify()).toMatchObject({ ok: true, problems: [] });
    // Nothing is left to do, and one question says so.
    const before = http.seen.length;
    expect(await a.round()).toMatchObject({ sent: 0, received: 0, repaired: false });
    expect(http.seen.slice(before)).toEqual(['GET /v1/status']);
  });

  it('SYNC-CLOCK-5: a folder and its copy sync as one device, and neither loses a word', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    await a.vault.close();
    const dir = join(folder(), 'copy');
    cpSync(a.dir, dir, { recursive: true });
    const both = await Promise.all(
      [a.dir, dir].map(async (place): Promise<Desk> => {
        const vault = openVaultService({ dir: place });
        open.push(vault);
        await vault.open({ secret: PASS });
        return { vault, store: syncStore(vault), dir: place, round: () => roundOf(vault) };
      }),
    );
    const [original, copy] = both as [Desk, Desk];
    for (const [i, each] of both.entries())
      await each.vault.commit({ kind: 'edit', changes: [person(`own${i}`, `Человек ${i}`)] }, { actor: 'Анна' });
    await edit(original, 'p1', 'summary', 'здесь');
    for (const each of [original, copy, original]) await each.round();
    for (const each of both) {
      expect(await each.vault.record('own0')).not.toBeNull();
      expect(await each.vault.record('own1')).not.toBeNull();
      expect(await summary(each, 'p1')).toBe('здесь');
      expect((await each.vault.verify()).problems).toEqual([]);
    }
  });

  it('SYNC-PULL-3: what a hand-over file brought too early comes with sync all the same', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const { code } = await a.store.invitation();
    const invitation = unwrap(decodeInvitation(code));
    http.model.invite(invitation.secret, 'editor');
    // A clock that is ten minutes late, which the first contact sets right.
    const b = await desk(() => Date.now() - 600_000);
    const { bytes } = await a.vault.handOver({
      scope: { kind: 'all' },
      passphrase: 'одна длинная фраза',
      by: 'Анна',
      files: false,
    });
    const { ticket } = await b.vault.openHandOver({ bytes, passphrase: 'одна длинная фраза' });
    expect(await b.vault.takeHandOver(ticket)).toMatchObject({ applied: 0, setAside: 1 });
    await b.store.begin(invitation, 'Второй');
    await b.round();
    await b.round();
    expect(await summary(b, 'p1')).toBe('один');
    expect(await b.round()).toMatchObject({ repaired: false });
  });

  it('show one conflict on both sides, and settle it (SYNC-MERGE-1)', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const b = await colleague(a);
    await b.round();
    await edit(a, 'p1', 'summary', 'у Анны');
    await edit(b, 'p1', 'summary', 'у Бориса');
    await a.round();
    await b.round();
    await a.round();
    const values = async ({ vault }: Desk): Promise<unknown> =>
      (await vault.conflicts()).map(({ field, shown, others }) => [
        field,
        shown.value,
        others.map((head) => head.value),
      ]);
    expect(await values(a)).toEqual([['summary', 'у Бориса', ['у Анны']]]);
    expect(await values(b)).toEqual(await values(a));
    await edit(a, 'p1', 'summary', 'у Анны');
    await a.round();
    await b.round();
    expect(await b.vault.conflicts()).toEqual([]);
    expect(await summary(b, 'p1')).toBe('у Анны');
  });

  it('let nothing readable through (SYNC-SEAL-6)', async () => {
    const a = await owner();
    await a.vault.commit(
      { kind: 'edit', changes: [person('planted-record', 'PlantedFamily')] },
      { actor: 'PlantedActor' },
    );
    await edit(a, 'planted-record', 'summary', 'PlantedSummary '.repeat(100));
    await a.round();
    const stored = http.model.sealed();
    expect(stored.length).toBe(2);
    const all = stored
      .flatMap((sealed) => [JSON.stringify(sealed), Buffer.from(sealed.box, 'base64url').toString('latin1')])
      .join('\n');
    for (const planted of ['planted-record', 'PlantedFamily', 'PlantedActor', 'PlantedSummary', 'person', 'summary'])
      expect(all).not.toContain(planted);
  });

  it('set aside what they cannot open, and go on (SYNC-PULL-3)', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const token = (await a.store.memory())?.enrolment.token ?? '';
    const [good] = http.model.sealed();
    const millis = Date.now().toString(16).padStart(12, '0');
    const forged = { ...good, id: `${millis}-0000-${'f'.repeat(16)}`, bases: [], seq: undefined };
    http.model.answer(token, 'push', { body: { changes: [forged] } });
    await edit(a, 'p1', 'summary', 'дальше');
    await a.round();
    expect(await a.store.counts()).toEqual({ waiting: 0, refused: 0, aside: 1 });
    expect(await a.store.aside(10)).toEqual([{ id: forged.id, reason: 'box' }]);
    const b = await colleague(a);
    expect(await b.round()).toMatchObject({ setAside: 1, complete: true });
    expect(await summary(b, 'p1')).toBe('дальше');
    // Both hold it, so both agree with the server.
    expect(await b.store.digest()).toEqual(http.model.digestRoot());
    expect(await a.store.digest()).toEqual(http.model.digestRoot());
  });

  it('give back what a restored server forgot, announced or not (SYNC-EPOCH-1)', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const old = http.model.backup();
    await edit(a, 'p1', 'summary', 'после копии');
    await a.round();
    for (const announced of ['BBBBBBBBBBB', null]) {
      http.model.restore(old, announced);
      expect(http.model.backup().changes).toBe(1);
      expect(await a.round()).toMatchObject({ repaired: true });
      expect(http.model.backup().changes).toBe(2);
      expect(await a.store.digest()).toEqual(http.model.digestRoot());
    }
  });

  it('withdraw what the server refuses, with what hangs on it, and undo what only waits (SYNC-OUT-4, -5)', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    // Random text does not get smaller.
    await edit(a, 'p1', 'summary', randomBytes(60_000).toString('base64'));
    await edit(a, 'p1', 'summary', 'поверх');
    await edit(a, 'p1', 'owner', 'не мешает');
    expect(await a.round()).toMatchObject({ refused: 2, sent: 1 });
    const [big, over] = await a.store.waiting(10);
    expect([big?.reason, over?.reason]).toEqual(['tooLarge', 'tooLarge']);
    expect(await a.store.discard(big?.id ?? '', 'Анна')).toBe('withdrawn');
    expect(await summary(a, 'p1')).toBe('один');
    expect(await a.store.counts()).toEqual({ waiting: 0, refused: 0, aside: 0 });
    expect(await a.vault.verify()).toMatchObject({ ok: true, problems: [] });

    await edit(a, 'p1', 'summary', 'ждёт');
    const [waits] = await a.store.waiting(10);
    expect(waits).toMatchObject({ record: 'p1', field: 'summary', value: 'ждёт', reason: null });
    expect(await a.store.discard(waits?.id ?? '', 'Анна')).toBe('undone');
    expect(await summary(a, 'p1')).toBe('один');
    await a.round();
    const b = await colleague(a);
    await b.round();
    expect(await summary(b, 'p1')).toBe('один');
  });

  it('SYNC-DIGEST-5: list what a file brought and the server does not take, until a person withdraws it', async () => {
    const a = await owner();
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const b = await colleague(a);
    await b.round();
    await edit(a, 'p1', 'summary', randomBytes(60_000).toString('base64'));
    await edit(a, 'p1', 'summary', 'поверх');
    expect(await a.round()).toMatchObject({ refused: 2 });
    const passphrase = 'одна длинная фраза';
    const { bytes } = await a.vault.handOver({ scope: { kind: 'all' }, passphrase, by: 'Анна', files: false });
    const { ticket } = await b.vault.openHandOver({ bytes, passphrase });
    expect(await b.vault.takeHandOver(ticket)).toMatchObject({ applied: 2 });
    expect(await b.round()).toMatchObject({ repaired: true });
    // It is said with its reason, stays on the screen, and is not looked for again in every round.
    expect(await b.round()).toMatchObject({ repaired: false });
    expect(await summary(b, 'p1')).toBe('поверх');
    expect(await b.store.counts()).toEqual({ waiting: 0, refused: 2, aside: 0 });
    const [big, over] = await b.store.waiting(10);
    expect([big?.reason, over?.reason]).toEqual(['tooLarge', 'tooLarge']);
    // What is written on top of it waits with it; everything else goes on.
    await edit(b, 'p1', 'owner', 'не мешает');
    expect(await b.round()).toMatchObject({ sent: 1 });
    for (const each of [a, b]) {
      expect(await each.store.discard(big?.id ?? '', 'Борис')).toBe('withdrawn');
      expect(await summary(each, 'p1')).toBe('один');
    }
    for (const each of [a, b, a]) {
      expect(await each.round()).toMatchObject({ repaired: false, refused: 0 });
      expect(await each.store.counts()).toEqual({ waiting: 0, refused: 0, aside: 0 });
      expect(await each.vault.verify()).toMatchObject({ ok: true, problems: [] });
    }
  });

  it('withdraw a whole record that was refused', async () => {
    const a = await owner();
    await a.round();
    const value = { name: { family: 'Большой' }, summary: randomBytes(60_000).toString('base64') };
    await a.vault.commit(
      { kind: 'edit', changes: [{ type: 'person', record: 'big', field: '$new', value }] },
      { actor: 'Анна' },
    );
    await a.round();
    const [big] = await a.store.waiting(10);
    await a.store.discard(big?.id ?? '', 'Анна');
    expect(await a.vault.record('big')).toBeNull();
    expect((await a.vault.fill({ table: 'people', limit: 10 })).rows).toEqual([]);
    expect(await a.vault.search({ text: 'Большой', limit: 5 })).toEqual([]);
    expect(await a.vault.verify()).toMatchObject({ ok: true, problems: [] });
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['a year ahead', 365 * 86_400_000],
    ['a day behind', -86_400_000],
  ])('work with a clock that is %s (SYNC-CLOCK)', async (_, skew) => {
    const now = (): number => Date.now() + skew;
    const a = await owner(now);
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await edit(a, 'p1', 'summary', 'по неверным часам');
    const report = await a.round();
    expect(report).toMatchObject({ sent: 2, refused: 0, reissued: skew > 0 ? 2 : 0 });
    await edit(a, 'p1', 'owner', 'после поправки');
    expect(await a.round()).toMatchObject({ sent: 1, reissued: 0 });
    const b = await colleague(a);
    await b.round();
    expect(await summary(b, 'p1')).toBe('по неверным часам');
    await edit(b, 'p1', 'summary', 'ответ');
    await b.round();
    await a.round();
    expect(await summary(a, 'p1')).toBe('ответ');
    expect(await a.vault.conflicts()).toEqual([]);
    expect(await a.vault.verify()).toMatchObject({ ok: true, problems: [] });
    await a.vault.lock();
    await a.vault.open({ secret: PASS });
    await edit(a, 'p1', 'summary', 'и снова');
    await a.round();
    await b.round();
    expect(await summary(b, 'p1')).toBe('и снова');
  });

  it('never give one id twice after a vault was restored from a backup (SYNC-CLOCK-5)', async () => {
    const still = Date.now();
    const a = await owner(() => still);
    await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
    await a.round();
    const copy = `${a.dir}/copy.rapport`;
    await a.vault.backup(copy);
    await edit(a, 'p1', 'summary', 'до восстановления');
    await a.round();
    await a.vault.restore(copy);
    await edit(a, 'p1', 'owner', 'после восстановления');
    expect(await a.round()).toMatchObject({ sent: 1, refused: 0, received: 1 });
    expect(await summary(a, 'p1')).toBe('до восстановления');
    expect(await a.store.digest()).toEqual(http.model.digestRoot());
  });

  it('send the same enrolment again when its answer was lost (SYNC-ENROL-3)', async () => {
    const a = await owner();
    let lost = 0;
    http.intercept = (request, response) => {
      if (!request.url?.startsWith('/v1/enrol') || lost > 1) return false;
      lost += 1;
      // The server has taken it; the line breaks before the answer, and once more when it is asked again at once.
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        http.model.answer('', 'enrol', { body: JSON.parse(text) });
        response.destroy();
      });
      return true;
    };
    await expect(a.round()).rejects.toMatchObject({ error: { code: 'sync.unreachable' } });
    expect(await a.round()).toMatchObject({ complete: true });
    await expect(a.store.begin({ server: http.server, workspace, secret: id(16) }, 'x')).rejects.toMatchObject({
      error: { code: 'sync.alreadySet' },
    });
  });

  it('end when access was taken away, and destroy the data when asked to (SYNC-REVOKE-1)', async () => {
    for (const wipe of [false, true]) {
      const a = await owner();
      await a.vault.commit({ kind: 'edit', changes: [person('p1', 'Ёлкин')] }, { actor: 'Анна' });
      await a.round();
      let wiped = 0;
      let asked = Number.POSITIVE_INFINITY;
      const engine = engineOf(a, {
        wipe: async () => {
          wiped += 1;
          asked = http.seen.length;
        },
      });
      http.model.revoke((await a.store.memory())?.enrolment.device ?? '', wipe);
      await expect(engine.now()).rejects.toMatchObject({ error: { code: 'sync.revoked' } });
      expect(engine.state()).toMatchObject({ phase: 'ended', error: { code: 'sync.revoked' } });
      expect(wiped).toBe(wipe ? 1 : 0);
      // It comes back once, so that the owner sees that it is done.
      if (wipe) await vi.waitFor(() => expect(http.seen.slice(asked)).toEqual(['GET /v1/status']), { timeout: 60_000 });
      expect((await a.store.memory())?.ended).toBe(wipe ? null : 'revoked');
      // What was there is there.
      expect(await summary(a, 'p1')).toBe('один');
    }
  });

  it('SYNC-TALK-4 gets on over a network that is too slow for a whole page or push', async () => {
    const http = createHttpTransport({ fetch });
    /** What passes in time: so many changes in either direction. */
    let most = 7;
    const sizes: number[] = [];
    const transport: Transport = {
      ...http,
      ask: async (to, route, ask) => {
        const pushed = route === 'push' ? (ask.body as { readonly changes: readonly unknown[] }).changes.length : 0;
        const asked = route === 'pull' ? Number(ask.query?.['limit']) : 0;
        if (Math.max(pushed, asked) > most) throw new TransportFailure('timeout');
        if (pushed > 0) sizes.push(pushed);
        return http.ask(to, route, ask);
      },
    };
    const rounds = async (engine: SyncEngine): Promise<number> => {
      for (let failed = 0; ; failed += 1) {
        try {
          await engine.now();
          return failed;
        } catch (error) {
          expect(error).toMatchObject({ error: { code: 'sync.timeout' } });
          expect(failed).toBeLessThan(6);
        }
      }
    };
    const a = await owner();
    await a.round();
    const b = await colleague(a);
    await b.round();
    for (let i = 0; i < 60; i += 1) await edit(a, `p${i}`, 'summary', `слово ${i}`);
    const [ours, theirs] = [engineOf(a, { transport }), engineOf(b, { transport })];
    expect(await rounds(ours)).toBe(2);
    expect(sizes.slice(0, -1).every((size) => size === 5)).toBe(true);
    expect(await rounds(theirs)).toBe(3);
    expect(await summary(b, 'p59')).toBe('слово 59');
    // A better network: the full size again, after as many good rounds.
    most = Number.POSITIVE_INFINITY;
    await rounds(ours);
    await rounds(ours);
    sizes.length = 0;
    for (let i = 0; i < 40; i += 1) await edit(a, `p${i}`, 'summary', `другое ${i}`);
    await rounds(ours);
    expect(Math.max(...sizes)).toBe(20);
  });
});
