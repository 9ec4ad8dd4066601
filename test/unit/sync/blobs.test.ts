/** Contents of attachments: sealing, and the rules over a real vault (SYNC-BLOB). */
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringBlobs } from '../../../electron/sync/blob-cipher.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { BlobLedger, chunksOf } from '../../../shared/sync/engine/blob-ledger.ts';
import { BlobMover } from '../../../shared/sync/engine/blob-mover.ts';
import type { BlobStore } from '../../../shared/sync/engine/blob-types.ts';
import type { Transport } from '../../../shared/sync/engine/transport.ts';
import type { SyncMemory } from '../../../shared/sync/engine/types.ts';
import { LIMITS } from '../../../shared/sync/shapes.ts';
import { make, newVault, put, type TestVault } from '../vault/support.ts';

const WORKSPACE = Buffer.alloc(16, 'w').toString('base64url');
const KEYS = new Map([
  [1, new Uint8Array(32).fill(1)],
  [2, new Uint8Array(32).fill(2)],
]);
const cipher = ringBlobs(WORKSPACE, KEYS);
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const CHUNK = 64;
const file = (hash: string, bytes: number, name = 'договор.pdf') => ({ name, hash, bytes, order: 1 });

/** The rules over a real vault's disk, with small chunks. */
function ledgerOf(vault: Vault, ring = cipher): BlobLedger {
  return new BlobLedger({ log: vault.ledgerLog(), disk: vault.blobDisk(), cipher: () => ring, chunk: CHUNK });
}
/** A vault whose organisation names the content. */
function named(content: Uint8Array): TestVault {
  const made = newVault();
  made.commit(make('organisation', 'o', { name: 'Ромашка', 'attachments/a': file(hashOf(content), content.length) }));
  return made;
}

/** A device of that workspace; the answers are the server's. */
function moverOf(
  store: BlobStore,
  answer: (route: string, ask: { readonly params?: Readonly<Record<string, string | number>> }) => Promise<unknown>,
): BlobMover {
  const enrolment = { server: 'http://127.0.0.1:9', workspace: WORKSPACE, device: 'd', token: 't' };
  return new BlobMover({
    store,
    memory: async () => ({ enrolment, epoch: 'e', role: 'editor' }) as unknown as SyncMemory,
    transport: { ask: (_to: unknown, route: string, ask: object) => answer(route, ask) } as unknown as Transport,
    now: () => 1_800_000_000_000,
    allowed: () => true,
  });
}

describe('a sealed chunk', () => {
  const content = fc.uint8Array({ minLength: 0, maxLength: 300 });
  const place = { hash: 'a'.repeat(64), chunk: 1, of: 3 };

  it('opens to its content at its place, and nowhere else', () => {
    fc.assert(
      fc.property(content, fc.nat(), (given, seed) => {
        const sealed = cipher.seal(place, given);
        expect(cipher.open(place, sealed)).toEqual({ ok: true, content: Buffer.from(given) });
        for (const other of [
          { ...place, chunk: 0 },
          { ...place, of: 4 },
          { ...place, hash: 'b'.repeat(64) },
        ])
          expect(cipher.open(other, sealed)).toEqual({ ok: false, reason: 'box' });
        expect(ringBlobs(Buffer.alloc(16, 'x').toString('base64url'), KEYS).open(place, sealed).ok).toBe(false);
        const changed = Uint8Array.from(sealed);
        const at = seed % changed.length;
        changed[at] = (changed[at] as number) ^ (1 << (seed % 8));
        expect(cipher.open(place, changed).ok).toBe(false);
        expect(cipher.open(place, sealed.subarray(0, sealed.length - 1 - (seed % sealed.length))).ok).toBe(false);
      }),
    );
  });

  it('is as large as the protocol allows when it is full, and says little of its size when it is not', () => {
    const full = cipher.seal(place, new Uint8Array(LIMITS.chunkContent));
    expect(full.length).toBe(LIMITS.chunkBytes);
    const sizes = Array.from({ length: 64 }, (_, i) => cipher.seal(place, new Uint8Array(2100 + i)).length);
    expect(new Set(sizes).size).toBe(1);
    expect(full.length).toBeGreaterThan(cipher.seal(place, new Uint8Array(900_000)).length);
  });

  it('is named and found under every key epoch, and waits for a key that is not here yet', () => {
    const older = ringBlobs(WORKSPACE, new Map([...KEYS].slice(0, 1)));
    expect(older.name(place.hash)).toBe(cipher.name(place.hash));
    expect(older.name(place.hash)).not.toContain(place.hash);
    const sealed = older.seal(place, Buffer.from('договор'));
    // A device that has the newer key still opens what was sealed before it.
    expect(cipher.open(place, sealed)).toMatchObject({ ok: true });
    expect(older.open(place, cipher.seal(place, Buffer.from('договор')))).toEqual({ ok: false, reason: 'key' });
    // Without the first key nothing can be named, without one in between nothing may be sealed.
    expect(ringBlobs(WORKSPACE, new Map([[2, new Uint8Array(32)]])).keyEpoch).toBe(0);
  });
});

describe('a content that comes in chunks', () => {
  it('is the same in the end, in whatever order they come, repeated, and however often it breaks off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: CHUNK * 5 }),
        fc.array(fc.nat(), { minLength: 5, maxLength: 40 }),
        async (content, luck) => {
          const hash = hashOf(content);
          const of = chunksOf(content.length, CHUNK);
          const sender = named(content);
          sender.vault.keepAttachment(content);
          const from = ledgerOf(sender.vault);
          const { vault } = named(content);
          let to = ledgerOf(vault);
          // Random arrivals, then what is still missing.
          const order = [...luck.map((n) => n % of), ...Array.from({ length: of }, (_, chunk) => chunk)];
          const before = (await to.blobWork())?.missing;
          expect(before).toMatchObject([{ hash, parts: [] }]);
          let complete = false;
          for (const [i, chunk] of order.entries()) {
            // The power goes: what is only in memory begins anew.
            if ((luck[i % luck.length] as number) % 3 === 0) to = ledgerOf(vault);
            const { taken } = await to.takeChunk({ hash, chunk, of }, await from.sealChunk({ hash, chunk, of }));
            if (complete) expect(taken).toBe('complete');
            complete ||= taken === 'complete';
          }
          expect(complete).toBe(true);
          expect(vault.attachment(hash)).toEqual(Uint8Array.from(content));
          expect(vault.db.prepare('SELECT count(*) AS n FROM attachmentParts').get()).toEqual({ n: 0 });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('that is not what its name says is refused whole, and comes again only when a person asks', async () => {
    const content = randomBytes(CHUNK * 2);
    const hash = hashOf(content);
    const { vault } = named(content);
    const to = ledgerOf(vault);
    const other = randomBytes(CHUNK * 2);
    for (const chunk of [0, 1]) {
      const sealed = cipher.seal({ hash, chunk, of: 2 }, other.subarray(chunk * CHUNK, (chunk + 1) * CHUNK));
      expect(await to.takeChunk({ hash, chunk, of: 2 }, sealed)).toEqual(
        chunk === 0 ? { taken: 'kept' } : { taken: 'bad', reason: 'hash' },
      );
    }
    expect(await to.blobWork()).toMatchObject({ missing: [], bad: [{ hash, reason: 'hash' }] });
    expect(vault.attachment(hash)).toBeNull();
    await to.retryBlob(hash);
    expect(await to.blobWork()).toMatchObject({ missing: [{ hash, parts: [] }], bad: [] });
    // A member's chunk that would lead beyond what an attachment may be.
    const endless = { hash, chunk: 0, of: LIMITS.chunks };
    const small = cipher.seal(endless, new Uint8Array(3));
    expect(await to.takeChunk(endless, small)).toEqual({ taken: 'bad', reason: 'shape' });
  });

  it('comes whole though chunks that had come are removed meanwhile, by a refusal or by a moment in the bin', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.array(fc.nat(9), { maxLength: 2 }), fc.boolean(), async (more, losses, asked) => {
        const content = randomBytes(CHUNK * (2 + more));
        const hash = hashOf(content);
        const sender = named(content);
        sender.vault.keepAttachment(content);
        const from = ledgerOf(sender.vault);
        const { vault } = named(content);
        const to = ledgerOf(vault);
        let came = 0;
        const store: BlobStore = {
          blobWork: () => to.blobWork(),
          sealChunk: (place) => to.sealChunk(place),
          retryBlob: (each) => to.retryBlob(each),
          takeChunk: async (place, sealed) => {
            const taken = await to.takeChunk(place, sealed);
            came += 1;
            if (losses.includes(came)) vault.blobDisk().dropParts(hash);
            return taken;
          },
        };
        const mover = moverOf(store, async (route, { params }) => {
          const of = chunksOf(content.length, CHUNK);
          const whole = { chunks: of, have: [[0, of - 1]] };
          if (route === 'blobs') return { blobs: [whole] };
          return route === 'blob' ? whole : from.sealChunk({ hash, chunk: Number(params?.['chunk']), of });
        });
        await (asked ? mover.fetch(hash) : mover.run());
        expect(vault.attachment(hash)).toEqual(Uint8Array.from(content));
        expect(mover.view()).toMatchObject({ moving: [], waiting: new Map(), problems: new Map() });
      }),
      { numRuns: 40 },
    );
  });

  it('is asked for and sent as long as a record outside the bin names it', async () => {
    const content = randomBytes(CHUNK * 3);
    const hash = hashOf(content);
    const { vault, commit } = named(content);
    const to = ledgerOf(vault);
    const hashes = async (): Promise<unknown> => (await to.blobWork())?.missing.map((each) => each.hash);
    expect(await hashes()).toEqual([hash]);
    await to.takeChunk({ hash, chunk: 0, of: 3 }, cipher.seal({ hash, chunk: 0, of: 3 }, content.subarray(0, CHUNK)));
    expect((await to.blobWork())?.missing).toMatchObject([{ parts: [0], of: 3 }]);
    commit(put('organisation', 'o', '$deleted', true));
    expect(await hashes()).toEqual([]);
    // Its chunks do not stay behind.
    expect(vault.db.prepare('SELECT count(*) AS n FROM attachmentParts').get()).toEqual({ n: 0 });
    commit(put('organisation', 'o', '$deleted', false));
    expect(await hashes()).toEqual([hash]);
    commit(put('organisation', 'o', 'attachments/a', null));
    const late = { hash, chunk: 1, of: 3 };
    expect(await to.takeChunk(late, cipher.seal(late, content.subarray(CHUNK, 2 * CHUNK)))).toEqual({
      taken: 'unwanted',
    });
    vault.keepAttachment(content);
    expect((await to.blobWork())?.here).toEqual([]);
    // A name that no content can have, from a faulty application, is left alone.
    commit(put('organisation', 'o', 'attachments/b', file('../../etc/passwd', 5)));
    expect(await hashes()).toEqual([]);
  });
});
