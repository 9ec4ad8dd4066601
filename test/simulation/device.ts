/** A simulated installation: its disk, the real engine on it, its wrong clock and its bad network. */
import type { ChangeSet, DraftBatch } from '../../shared/change/types.ts';
import { AppFailure } from '../../shared/result.ts';
import { SyncEngine } from '../../shared/sync/engine/engine.ts';
import type { BlobLedger } from '../../shared/sync/engine/blob-ledger.ts';
import type { ChunkPlace, ChunkTaken } from '../../shared/sync/engine/blob-types.ts';
import { LedgerStore } from '../../shared/sync/engine/ledger-store.ts';
import { type Transport, TransportFailure } from '../../shared/sync/engine/transport.ts';
import { contentHash, memoryBlobs, MemoryDisk } from './memory-blobs.ts';
import { type DiskFate, type DiskOptions, MemoryLog, PowerCut } from './memory-log.ts';
import type { ModelServer } from './model-server.ts';
import { plainSecrets } from './plain-secrets.ts';
import type { World } from './world.ts';

export interface Network {
  /** Whether requests reach the server, and answers the device. */
  out: boolean;
  in: boolean;
  loss: number;
  duplicates: number;
  /** Longest way in one direction, in milliseconds. */
  latency: number;
  /** How often a chunk of an attachment arrives changed. */
  tamper: number;
}
export const goodNetwork = (): Network => ({ out: true, in: true, loss: 0, duplicates: 0, latency: 40, tamper: 0 });

/** Deliberate faults of a client, for the test that the oracles notice. */
export type ClientMutation = 'noRepair' | 'settleUnheard' | 'lastWriterWins' | 'chunkUnchecked' | 'sentForEver';

const TIMEOUT = 20_000;
/** Documents are squashed early here. */
/** Contents that the server had are asked for again after so long, in milliseconds. */
const RECHECK = 300_000;
const SQUASH = { updates: 3, quiet: 20_000 };
/** And packs have several parts. */
const PART_BYTES = 1500;

export class Device {
  readonly name: string;
  readonly #world: World;
  readonly #server: ModelServer;
  readonly #mutations: readonly ClientMutation[];
  readonly #disk: DiskOptions;
  #log: MemoryLog;
  store!: LedgerStore;
  engine!: SyncEngine;
  /** Added to the true time. */
  skew = 0;
  network = goodNetwork();
  diskTrouble: { full: number; cut: number } = { full: 0, cut: 0 };
  up = false;
  /** Out of the workspace for good. */
  gone = false;
  /** Hashes of contents that this disk has acknowledged to a person. */
  readonly kept = new Set<string>();
  #life = 0;

  constructor(
    world: World,
    server: ModelServer,
    name: string,
    disk: Pick<DiskOptions, 'hash'>,
    mutations: readonly ClientMutation[],
  ) {
    this.name = name;
    this.#world = world;
    this.#server = server;
    this.#mutations = mutations;
    this.#disk = {
      ...disk,
      machine: () => world.time + this.skew,
      newDevice: () => world.chance.hex(16),
      fate: () => this.#fate(),
      mutation: mutations.includes('lastWriterWins') ? 'lastWriterWins' : undefined,
    };
    this.#log = new MemoryLog(this.#disk);
  }

  get log(): MemoryLog {
    return this.#log;
  }

  #fate(): DiskFate {
    const { full, cut } = this.diskTrouble;
    if (full > 0 && this.#world.chance.maybe(full)) return 'full';
    if (cut === 0 || !this.#world.chance.maybe(cut)) return 'well';
    this.crash();
    return this.#world.chance.maybe(0.5) ? 'cutBefore' : 'cutAfter';
  }

  boot(): void {
    this.#life += 1;
    this.up = true;
    const life = this.#life;
    this.#log.restart();
    const secrets = plainSecrets(this.#log, this.#world.chance);
    this.store = new LedgerStore(this.#log, secrets, () => this.name, SQUASH, PART_BYTES);
    if (this.#mutations.includes('noRepair')) this.store.digest = async () => this.#server.digestRoot();
    this.engine = new SyncEngine({
      store: this.store,
      blobs: this.#blobs(),
      filesRecheck: this.#mutations.includes('sentForEver') ? Number.MAX_SAFE_INTEGER : RECHECK,
      transport: this.#transport(life),
      now: this.#disk.machine,
      frugal: () => false,
      page: 5,
      pushChanges: 4,
      packFrom: 6,
      random: this.#world.chance.next,
      after: (millis, work) => this.#world.after(millis, () => this.#life === life && this.up && work()),
      wipe: async () => {
        this.gone = true;
        this.crash();
      },
    });
    // The mutation: what the server once had it has for ever.
    if (this.#mutations.includes('sentForEver')) this.engine.files.doubt = () => undefined;
    this.engine.start();
  }

  #blobs(): BlobLedger {
    const blobs = memoryBlobs(this.#log);
    if (!this.#mutations.includes('chunkUnchecked')) return blobs;
    // The mutation: what came is kept under the name that was asked for, whatever it is.
    const disk = new MemoryDisk(this.#log);
    return Object.assign(blobs, {
      takeChunk: async ({ hash, chunk, of }: ChunkPlace, sealed: Uint8Array): Promise<ChunkTaken> =>
        this.#log.transaction(() => {
          let content = '?';
          try {
            content = String((JSON.parse(new TextDecoder().decode(sealed)) as readonly unknown[])[4]);
          } catch {
            // It keeps something all the same.
          }
          disk.putPart({ hash, chunk, of }, new TextEncoder().encode(content));
          if ((disk.parts(hash)?.chunks.length ?? 0) < of) return { taken: 'kept' };
          this.#log.set(`content ${hash}`, new TextDecoder().decode(disk.joined(hash)));
          disk.dropParts(hash);
          return { taken: 'complete' };
        }),
    });
  }

  /** A person adds a file to a record: the content is durable before the record names it. */
  attach(content: Uint8Array, draft: (hash: string) => DraftBatch): ChangeSet | undefined {
    const hash = contentHash(content, this.#disk.hash);
    try {
      this.#log.transaction(() => new MemoryDisk(this.#log).keep(content));
    } catch (error) {
      if (error instanceof PowerCut || (error instanceof AppFailure && error.error.code === 'vault.diskFull'))
        return undefined;
      throw error;
    }
    this.kept.add(hash);
    return this.up ? this.commit(draft(hash)) : undefined;
  }

  /** A colleague's file is taken in: whole records, with all that the colleague's disk has of them. */
  takeFile(from: Device, records: ReadonlySet<string>): boolean {
    try {
      this.#log.ingest(from.log.live().filter(({ change }) => records.has(change.record)));
      this.engine.poke();
      return true;
    } catch (error) {
      if (error instanceof PowerCut || (error instanceof AppFailure && error.error.code === 'vault.diskFull'))
        return false;
      throw error;
    }
  }

  /** The power goes. What was on its way in memory never comes back. */
  crash(): void {
    if (!this.up) return;
    this.up = false;
    this.#life += 1;
    this.#world.note(`${this.name} crash`);
  }

  /** The vault is replaced by a backup of it. */
  restore(backup: MemoryLog): void {
    this.crash();
    this.#log = backup;
    // What was only on the disk that is replaced went with it.
    for (const hash of this.kept) if (new MemoryDisk(backup).size(hash) === null) this.kept.delete(hash);
  }

  async enrol(secret: string): Promise<void> {
    await this.store.begin(
      {
        server: 'sim',
        workspace: 'w',
        secret,
        key: { epoch: Math.max(1, this.#server.keyEpoch), bytes: new Uint8Array(32) },
      },
      this.name,
    );
    this.engine.start();
    this.engine.wake();
  }

  /** A person's edit. The change set when it was acknowledged; undefined when it was not, or changed nothing. */
  commit(draft: DraftBatch): ChangeSet | undefined {
    try {
      const set = this.#log.commit(draft, this.name);
      this.#checkCounts();
      if (set) this.engine.poke();
      return set;
    } catch (error) {
      if (error instanceof PowerCut || (error instanceof AppFailure && error.error.code === 'vault.diskFull'))
        return undefined;
      throw error;
    }
  }

  /** What is counted step by step is what a look through the log counts. */
  #checkCounts(): void {
    const { outbox } = this.store.ledger;
    const { waiting, refused } = outbox.counts();
    const entries = outbox.waiting(Number.POSITIVE_INFINITY);
    const ready = entries.filter(({ reason }) => reason === null).length;
    if (waiting !== ready || refused !== entries.length - ready)
      throw new Error(
        `${this.name} counts ${waiting} and ${refused}, listed are ${ready} and ${entries.length - ready}`,
      );
  }

  #transport(life: number): Transport {
    const { chance } = this.#world;
    const alive = (): boolean => this.#life === life && this.up;
    const way = (): number => chance.int(1, this.network.latency);
    return {
      ask: (to, route, ask) =>
        new Promise((resolve, reject) => {
          const { body = null, query = {}, params = {} } = ask;
          const question = {
            ...(JSON.parse(JSON.stringify({ body, query, params })) as {
              readonly body: unknown;
              readonly query: Readonly<Record<string, unknown>>;
              readonly params: Readonly<Record<string, unknown>>;
            }),
            bytes: ask.bytes?.slice(),
          };
          const { out, in: back, loss, duplicates, tamper } = this.network;
          const cancel = this.#world.after(TIMEOUT, () => alive() && reject(new TransportFailure('timeout')));
          const arrive = (heard: boolean) => (): void => {
            let finish: () => void;
            try {
              const answer = this.#server.answer(to.token, route, question);
              if (answer instanceof Uint8Array && chance.maybe(tamper)) answer[chance.int(0, answer.length - 1)]! ^= 1;
              const reply = (answer instanceof Uint8Array ? answer : JSON.parse(JSON.stringify(answer))) as never;
              finish = () => resolve(reply);
            } catch (error) {
              if (!(error instanceof TransportFailure)) throw error;
              finish = () => reject(error);
            }
            if (!heard || !back || chance.maybe(loss)) {
              if (this.#mutations.includes('settleUnheard') && route === 'push' && heard) this.#pretend(question.body);
              return;
            }
            this.#world.after(way(), () => {
              cancel();
              if (alive()) finish();
            });
          };
          if (!out || chance.maybe(loss)) {
            if (this.#mutations.includes('settleUnheard') && route === 'push') this.#pretend(question.body);
            return;
          }
          this.#world.after(way(), arrive(true));
          if (chance.maybe(duplicates)) this.#world.after(way() + chance.int(0, 90_000), arrive(false));
        }),
      listen: (to, { hint }) =>
        this.#server.listen(to.token, (given) => {
          if (this.network.in && !chance.maybe(this.network.loss))
            this.#world.after(way(), () => alive() && hint(given));
        }),
    };
  }

  /** The mutation: what was sent counts as received, though nobody has said so. */
  #pretend(body: unknown): void {
    const ids = (body as { readonly changes: readonly { readonly id: string }[] }).changes.map(({ id }) => id);
    const pushed = ids.flatMap((id) => {
      const row = this.#log.find(id);
      return row ? [{ id, seq: row.seq, sealed: undefined as never }] : [];
    });
    try {
      this.store.ledger.outbox.settle(
        pushed,
        pushed.map(() => ({ verdict: 'accepted', seq: 1 })),
      );
    } catch (error) {
      // Its disk is as bad as everybody's.
      if (!(error instanceof PowerCut) && !(error instanceof AppFailure)) throw error;
    }
  }
}
