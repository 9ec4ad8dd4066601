/** Contents of attachments between two real vaults, over HTTP: cut, damaged, refused, without room (SYNC-BLOB). */
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { VaultSync } from '../../../electron/sync/vault-sync.ts';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import { BlobMover, type BlobMoverOptions } from '../../../shared/sync/engine/blob-mover.ts';
import type { RoundReport } from '../../../shared/sync/engine/round.ts';
import { runRound } from '../../fixtures/sync-round.ts';
import { codeOfAsync, make, newVault, put } from '../vault/support.ts';
import { type HttpModel, httpModel } from './http-model.ts';

const WORKSPACE = Buffer.alloc(16, 'w').toString('base64url');
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const file = (hash: string, bytes: number, name = 'договор.pdf') => ({ name, hash, bytes, order: 1 });

let http: HttpModel;
beforeEach(async () => {
  http = await httpModel();
});
afterEach(() => http.close());

const id = (bytes: number): string => randomBytes(bytes).toString('base64url');
const MEGABYTE = 1_048_576;

class Desk {
  readonly made = newVault();
  readonly vault = this.made.vault;
  readonly store = new VaultSync(this.vault);
  readonly transport = createHttpTransport({ fetch });
  mover = this.start();
  constructor() {
    this.made.setNow(Date.now());
  }

  start(options: Partial<BlobMoverOptions> = {}): BlobMover {
    this.mover = new BlobMover({
      store: this.store,
      memory: () => this.store.memory(),
      transport: this.transport,
      now: Date.now,
      allowed: () => true,
      ...options,
    });
    return this.mover;
  }
  round(): Promise<RoundReport> {
    const { store, transport } = this;
    return runRound({ store, transport });
  }
  async join(secret: string, role: 'owner' | 'editor' | 'reader'): Promise<void> {
    http.model.invite(secret, role);
    const key = { epoch: 1, bytes: new Uint8Array(32).fill(7) };
    await this.store.begin({ server: http.server, workspace: WORKSPACE, secret, key }, 'Ноутбук');
    await this.round();
  }
  /** Adds a file to a record of its own. */
  attach(content: Uint8Array, record = `o-${hashOf(content).slice(0, 8)}`): string {
    const { hash, bytes } = this.vault.keepAttachment(content);
    this.made.commit(make('organisation', record, { name: 'Ромашка', 'attachments/a': file(hash, bytes) }));
    return hash;
  }
  /** Changes, then contents. */
  async exchange(): Promise<void> {
    await this.round();
    await this.mover.run();
  }
}

async function desks(role: 'editor' | 'reader' = 'editor'): Promise<readonly [Desk, Desk]> {
  const [a, b] = [new Desk(), new Desk()];
  await a.join(id(16), 'owner');
  await b.join(id(16), role);
  return [a, b];
}
const requests = (method: string): number =>
  http.seen.filter((line) => line.startsWith(`${method} /v1/blobs/`) && line.includes('/chunks/')).length;
const codeIn = (error: { readonly code: string } | undefined): string => error?.code ?? '';
const hasWords = (code: string): boolean => {
  const at = (texts: unknown): unknown =>
    code.split('.').reduce<unknown>((all, name) => (all as Record<string, unknown> | undefined)?.[name], texts);
  return typeof at(catalogue.ru.errors) === 'string' && typeof at(catalogue.en.errors) === 'string';
};

describe('two vaults and a server', () => {
  it('SYNC-BLOB-1 a file that is added on one opens on the other, and the server can read nothing of it', async () => {
    const [a, b] = await desks();
    const content = Buffer.concat([Buffer.from('PlantedContent '.repeat(100)), randomBytes(2.5 * MEGABYTE)]);
    const hash = a.attach(content);
    const small = a.attach(Buffer.from('PlantedSmall'));
    await a.exchange();
    expect(a.mover.counts).toMatchObject({ sent: 2, chunksSent: 4 });
    expect(a.mover.view()).toMatchObject({ moving: [], unsent: new Map() });
    await b.exchange();
    expect(b.mover.counts).toMatchObject({ received: 2, chunksReceived: 4, sent: 0 });
    expect(Buffer.from(b.vault.attachment(hash) ?? []).equals(content)).toBe(true);
    expect(b.vault.attachment(small)).toEqual(Uint8Array.from(Buffer.from('PlantedSmall')));
    const stored = Buffer.concat([...http.model.blobs.bytes()]).toString('latin1');
    for (const planted of ['PlantedContent', 'PlantedSmall', hash, 'договор'])
      expect(stored.includes(Buffer.from(planted).toString('latin1'))).toBe(false);
    expect(http.seen.some((line) => line.includes(hash))).toBe(false);
    // Nothing is left to do, and nothing is sent again.
    const before = requests('PUT') + requests('GET');
    await a.exchange();
    await b.exchange();
    expect(requests('PUT') + requests('GET')).toBe(before);
  });

  it('cut in the middle goes on where it stopped, in both directions, and after a restart', async () => {
    const [a, b] = await desks();
    const content = randomBytes(6.2 * MEGABYTE);
    const hash = a.attach(content);
    let left = 3;
    http.intercept = (request, response) => {
      if (!request.url?.includes('/chunks/') || left-- > 0) return false;
      response.destroy();
      return true;
    };
    await a.exchange();
    expect(codeIn(a.mover.view().error)).toMatch(/^sync\.(?:unreachable|timeout)$/);
    expect(hasWords('sync.unreachable')).toBe(true);
    expect(http.model.blobs.state((await a.store.blobWork())?.here[0]?.name ?? '').have.length).toBeGreaterThan(0);
    http.intercept = () => false;
    const sent = a.mover.counts.chunksSent;
    a.start();
    await a.exchange();
    expect(sent + a.mover.counts.chunksSent).toBe(7);
    left = 3;
    http.intercept = (request, response) => {
      if (!request.url?.includes('/chunks/') || left-- > 0) return false;
      response.destroy();
      return true;
    };
    await b.exchange();
    const received = b.mover.counts.chunksReceived;
    expect(received).toBe(3);
    expect(b.mover.view().waiting.get(hash)).toBe(content.length);
    http.intercept = () => false;
    b.start();
    await b.exchange();
    expect(received + b.mover.counts.chunksReceived).toBe(7);
    expect(Buffer.from(b.vault.attachment(hash) ?? []).equals(content)).toBe(true);
  });

  it('a content that is damaged at the server is refused in words, blocks nothing, and can be asked for again', async () => {
    const [a, b] = await desks();
    const hash = a.attach(randomBytes(3000));
    const good = a.attach(randomBytes(5000));
    await a.exchange();
    const name = (await a.store.blobWork())?.here.find((each) => each.hash === hash)?.name;
    http.intercept = (request, response) => {
      if (!request.url?.includes(`/${name}/chunks/`)) return false;
      response.setHeader('rapport-protocol', '1').end(randomBytes(4000));
      return true;
    };
    await b.exchange();
    expect(b.vault.attachment(good)).not.toBeNull();
    expect([...b.mover.view().bad.keys()]).toEqual([hash]);
    expect(await codeOfAsync(b.mover.fetch(hash))).toBe('attachment.refused');
    expect(hasWords('attachment.refused')).toBe(true);
    // It is not asked for with every round, and changes go on.
    a.made.commit(put('organisation', 'o-later', '$new', { name: 'Василёк' }));
    const before = requests('GET');
    await a.exchange();
    await b.exchange();
    expect(requests('GET')).toBe(before);
    expect(b.vault.record('o-later')?.data['name']).toBe('Василёк');
    http.intercept = () => false;
    await b.mover.retry(hash);
    expect(b.vault.attachment(hash)).not.toBeNull();
  });

  it('one that is opened before it has come is fetched first, whatever the network costs', async () => {
    const [a, b] = await desks();
    const large = a.attach(randomBytes(2 * MEGABYTE));
    await a.exchange();
    b.start({ allowed: () => false });
    await b.exchange();
    expect(b.mover.view()).toMatchObject({ moving: [], waiting: new Map([[large, 2 * MEGABYTE]]) });
    expect(requests('GET')).toBe(0);
    await b.mover.fetch(large);
    expect(b.vault.attachment(large)).not.toBeNull();
    // One that its device has not sent yet is said to be elsewhere.
    const later = a.attach(randomBytes(10));
    await a.round();
    await b.round();
    expect(await codeOfAsync(b.mover.fetch(later))).toBe('attachment.elsewhere');
    await a.mover.run();
    await b.mover.fetch(later);
    expect(b.vault.attachment(later)).not.toBeNull();
  });

  it('a person who stops it keeps what has come, and the changes go on', async () => {
    const [a, b] = await desks();
    const hash = a.attach(randomBytes(5 * MEGABYTE));
    await a.exchange();
    await b.round();
    let stopped = false;
    const mover = b.start({
      changed: () => {
        const [job] = mover.view().moving;
        if (!job || job.done === 0 || stopped) return;
        stopped = true;
        mover.stop();
      },
    });
    const waiting = mover.fetch(hash);
    expect(await codeOfAsync(waiting)).toBe('attachment.stopped');
    expect(hasWords('attachment.stopped')).toBe(true);
    expect((await b.store.blobWork())?.missing[0]?.parts.length).toBeGreaterThan(0);
    // Chunks that were on their way when it was stopped may still arrive: none of them is lost.
    await expect.poll(() => requests('GET')).toBeGreaterThan(0);
    b.start();
    await b.mover.run();
    expect(b.vault.attachment(hash)).not.toBeNull();
  });

  it('a server that is full keeps no changes waiting, says so, and gets the rest later', async () => {
    const [a, b] = await desks();
    const hash = a.attach(randomBytes(4000));
    await a.round();
    http.model.full = true;
    await a.mover.run();
    expect(a.mover.view()).toMatchObject({ error: { code: 'sync.full' }, unsent: new Map([[hash, 4000]]) });
    http.model.full = false;
    await a.exchange();
    await b.exchange();
    expect(b.vault.attachment(hash)).not.toBeNull();
    expect(a.mover.view().error).toBeUndefined();
  });

  it('a reader fetches and does not send', async () => {
    const [a, b] = await desks('reader');
    const theirs = a.attach(randomBytes(100));
    const own = b.attach(randomBytes(100));
    await a.exchange();
    await b.exchange();
    expect(b.vault.attachment(theirs)).not.toBeNull();
    expect(b.mover.view().unsent.has(own)).toBe(true);
    expect(b.mover.counts.chunksSent).toBe(0);
  });

  it('SYNC-EPOCH-1 a server that forgot contents gets them back from whoever has them', async () => {
    const [a, b] = await desks();
    const early = http.model.backup();
    const hash = a.attach(randomBytes(2 * MEGABYTE));
    await a.exchange();
    await b.exchange();
    // The device that added it is gone for good.
    http.model.restore(early, 'BBBBBBBBBBA');
    await b.exchange();
    const c = new Desk();
    await c.join(id(16), 'editor');
    await c.exchange();
    expect(c.vault.attachment(hash)).not.toBeNull();
  });
});

describe('a disk that is full', () => {
  /** Room for so many more pages of 4 kB; as much as it likes when absent. */
  const leave = ({ vault }: Desk, pages?: number): void => {
    const used = vault.db.pragma('page_count', { simple: true }) as number;
    vault.db.pragma(`max_page_count = ${pages === undefined ? 1_000_000_000 : used + pages}`);
  };

  it('while contents come: says so, keeps what has come, and goes on when there is room', async () => {
    const [a, b] = await desks();
    const hash = a.attach(randomBytes(4 * MEGABYTE));
    await a.exchange();
    await b.round();
    leave(b, 400);
    await b.mover.run();
    expect(codeIn(b.mover.view().error)).toBe('vault.diskFull');
    expect(hasWords('vault.diskFull')).toBe(true);
    const parts = (await b.store.blobWork())?.missing[0]?.parts.length ?? 0;
    expect(parts).toBe(1);
    // Sending is not held up by it.
    const sentBefore = b.mover.counts.sent;
    leave(b);
    await b.mover.run();
    expect(b.vault.attachment(hash)).not.toBeNull();
    expect(b.mover.counts.sent).toBe(sentBefore);
    // The first chunk was not fetched again; those that found no room were.
    expect(requests('GET')).toBeLessThanOrEqual(4 + 3);
  });

  it('while changes come: nothing is half taken in, and the next round brings all', async () => {
    const [a, b] = await desks();
    for (let i = 0; i < 60; i += 1)
      a.made.commit(make('organisation', `o${i}`, { name: `Организация ${i}`, summary: id(3000) }));
    await a.round();
    const before = await b.store.memory();
    leave(b, 3);
    expect(await codeOfAsync(b.round())).toBe('vault.diskFull');
    const between = await b.store.memory();
    const have = b.vault.counts().changes;
    // The cursor stands exactly behind what is here.
    expect((between?.cursor ?? 0) - (before?.cursor ?? 0)).toBe(have);
    leave(b);
    await b.round();
    expect(b.vault.counts().changes).toBe(60);
    expect(b.vault.verify()).toMatchObject({ ok: true });
  });

  it('while an acknowledgement is noted: nothing is lost or doubled', async () => {
    const [a, b] = await desks();
    a.made.commit(...Array.from({ length: 40 }, (_, i) => make('organisation', `o${i}`, { name: `Организация ${i}` })));
    // Every page is in use and the next write needs one: the note of what was pushed finds no room.
    a.vault.db.exec('CREATE TABLE filler (a BLOB)');
    leave(a, 0);
    const insert = a.vault.db.prepare('INSERT INTO filler VALUES (zeroblob(3500))');
    const fill = (): boolean => {
      try {
        insert.run();
        return true;
      } catch {
        return false;
      }
    };
    while (fill());
    const code = await codeOfAsync(
      (async () => {
        // As many rounds as it takes for a write to need a page.
        for (let i = 0; i < 5; i += 1) {
          await a.round();
          a.vault.db.prepare(`INSERT OR REPLACE INTO cursor VALUES (?, ?)`).run(`filler ${i}`, 'x'.repeat(3000));
        }
      })().catch((error: unknown) => {
        throw (error as { code?: string }).code === 'SQLITE_FULL' ? { error: { code: 'vault.diskFull' } } : error;
      }),
    );
    expect(code).toBe('vault.diskFull');
    a.vault.db.exec('DROP TABLE filler');
    leave(a);
    await a.round();
    await b.round();
    expect(http.model.ids().size).toBe(40);
    expect(b.vault.counts().changes).toBe(40);
    expect(await a.store.counts()).toMatchObject({ waiting: 0, refused: 0 });
  });
});
