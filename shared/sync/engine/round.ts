/**
 * One round of sync: enrol if that is still to be done, take in what is new, give what waits, compare, repair, go on with a
 * first download. A round may be cut at any point: everything it achieved is durable, and the next one goes on from there.
 */
import { AppFailure } from '../../result.ts';
import { sameDigest, together } from '../digest.ts';
import type { PackReply, RouteName, Slot, WorkspaceStatus } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import { giveKeysBack } from './lost-keys.ts';
import { OwnPlaces } from './own-places.ts';
import { sendPack } from './send-pack.ts';
import { repair } from './repair.ts';
import { type Ask, type Reply, type Transport, TransportFailure } from './transport.ts';
import type { Incoming, SyncMemory, SyncStore, Waiting } from './types.ts';

export interface RoundOptions {
  readonly store: SyncStore;
  readonly transport: Transport;
  /** The machine's clock in milliseconds, not corrected. */
  readonly now: () => number;
  /** True leaves out what can wait for a better network: history. */
  readonly frugal: () => boolean;
  readonly progress: (progress: RoundProgress) => void;
  /** Changes or slots asked for per page. */
  readonly page: number;
  readonly pushChanges: number;
  /** Characters of boxes in a push; the protocol's limit where it is not given. */
  readonly pushBytes?: number;
  /** Changes since the last pack from which on a new one is made; the protocol's own number unless it is a test. */
  readonly packFrom?: number;
}

export interface RoundProgress {
  readonly stage: 'enrol' | 'pull' | 'push' | 'records' | 'state' | 'history' | 'repair';
  /** Changes moved in this round so far. */
  readonly received: number;
  readonly sent: number;
}

export interface RoundReport {
  readonly received: number;
  readonly sent: number;
  readonly refused: number;
  readonly setAside: number;
  /** Changes made anew because of a clock that ran ahead. */
  readonly reissued: number;
  readonly repaired: boolean;
  /** False when a first download is not complete. */
  readonly complete: boolean;
  readonly cursor: number;
}

/** A clock that differs by less is left alone, in milliseconds. */
const CLOCK_TOLERANCE = 2000;
/** Pages of history between two looks at what is new. */
const HISTORY_RUN = 8;
/** A pack is made when this many changes are not in the last one, and a quarter of what it holds. */
const PACK_FROM = 2000;
const PACK_GROWTH = 0.25;
/** An answer, the machine's clock when it came, and the cursor when it was asked for. */
interface Ahead<N extends RouteName> {
  readonly reply: Reply<N>;
  readonly at: number;
  readonly since: number;
}
/** What the server did not take back is offered again after this time, in milliseconds (SYNC-DIGEST-5). */
const DISPUTE = 600_000;
const PACK_REFUSED: ReadonlySet<string> = new Set(['sync.notFound', 'sync.full', 'sync.tooLarge']);

export class Round {
  readonly #options: RoundOptions;
  readonly #store: SyncStore;
  readonly #own = new OwnPlaces();
  #memory: SyncMemory;
  #status: WorkspaceStatus | undefined;
  /** The next page of others' changes, on its way. */
  #coming: Promise<Ahead<'pull'>> | undefined;
  /** The first page of history, on its way while the end of a pack is taken in. */
  #oldest: { readonly before: number; readonly page: Promise<Ahead<'pull'>> } | undefined;
  #offset: number | undefined;
  #keysAsked = false;
  /** Changes in a push that get through. */
  #most = Number.POSITIVE_INFINITY;
  #received = 0;
  #sent = 0;
  #refused = 0;
  #setAside = 0;
  #reissued = 0;
  #repaired = false;

  private constructor(options: RoundOptions, memory: SyncMemory) {
    this.#options = options;
    this.#store = options.store;
    this.#memory = memory;
  }

  /** Runs one. Rejects with `sync.notSet`, a `TransportFailure`, or a failure of the store. */
  static async run(options: RoundOptions): Promise<RoundReport> {
    const memory = await options.store.memory();
    if (!memory) throw new AppFailure('sync.notSet');
    if (memory.ended) throw new AppFailure(`sync.${memory.ended}`);
    const round = new Round(options, memory);
    await round.#run();
    return {
      received: round.#received,
      sent: round.#sent,
      refused: round.#refused,
      setAside: round.#setAside,
      reissued: round.#reissued,
      repaired: round.#repaired,
      complete: round.#memory.download === null,
      cursor: round.#memory.cursor,
    };
  }

  #ask<N extends RouteName>(route: N, ask: Ask = {}): Promise<Reply<N>> {
    return this.#options.transport.ask(this.#memory.enrolment, route, ask);
  }

  get #pushLimits(): { readonly changes: number; readonly bytes: number } {
    return {
      changes: Math.min(this.#options.pushChanges, this.#most),
      bytes: this.#options.pushBytes ?? LIMITS.pushBytes,
    };
  }

  #say(stage: RoundProgress['stage']): void {
    this.#options.progress({ stage, received: this.#received, sent: this.#sent });
  }

  async #run(): Promise<void> {
    if (this.#memory.enrolment.asking) await this.#enrol();
    // The first word of a round: clock, keys and role, before anything is sealed or judged.
    await this.#note((await this.#ask('status')).status);
    await this.#giveKeysBack();
    if (this.#memory.download) await this.#download();
    await this.#store.takeUp(['clock']);
    await this.#exchange();
    if (this.#memory.download?.stage === 'history' && !this.#options.frugal()) await this.#history();
    await this.#check();
    if (this.#memory.role !== 'reader' && this.#memory.download === null) await this.#tidy();
    await this.#store.remember(this.#memory);
  }

  /** What is done for the others: long documents squashed, the list of what a new device needs first. */
  async #tidy(): Promise<void> {
    if (await this.#store.squash()) await this.#exchange();
    const manifest = await this.#store.makeManifest();
    if (manifest) await this.#ask('putManifest', { body: manifest });
    try {
      await this.#offerPack();
    } catch (error) {
      // Another device began one at the same time, or there is no room: a pack is never needed.
      if (!(error instanceof AppFailure) || !PACK_REFUSED.has(error.error.code)) throw error;
      // Tried again when as much has come as makes a pack due, not in every round.
      this.#memory = { ...this.#memory, packed: this.#memory.cursor };
    }
  }

  // Enrolment and status

  async #enrol(): Promise<void> {
    this.#say('enrol');
    const { enrolment } = this.#memory;
    const { status } = await this.#ask('enrol', { body: enrolment.asking });
    this.#memory = {
      ...this.#memory,
      enrolment: { ...enrolment, asking: null },
      epoch: status.epoch,
      cursor: status.head,
      // An empty workspace has nothing to download.
      download: status.head === 0 ? null : { stage: 'records', next: null },
      role: status.role,
    };
    await this.#store.enrolled(this.#memory);
    await this.#note(status);
    // Who is there is remembered from the beginning: later keys are believed from these only (SYNC-KEYS-2).
    if (!this.#keysAsked) await this.#fetchKeys();
  }

  /**
   * `at`: the machine's clock when the status came. `since`: the cursor when it was asked for, which may have moved on by
   * another answer since.
   */
  async #note(status: WorkspaceStatus, at = this.#options.now(), since = this.#memory.cursor): Promise<void> {
    const offset = status.now - at;
    if (this.#offset === undefined || Math.abs(offset - this.#offset) > CLOCK_TOLERANCE) {
      this.#offset = offset;
      await this.#store.setOffset(Math.abs(offset) > CLOCK_TOLERANCE ? offset : 0);
    }
    const before = this.#memory;
    const forgot = status.epoch !== before.epoch || status.head < since;
    const newest = this.#status;
    // Of two answers under way at once the one that was given first may come last.
    if (forgot || !newest || status.head >= newest.head) this.#status = status;
    if (forgot) this.#own.clear();
    this.#memory = {
      ...before,
      epoch: status.epoch,
      role: status.role,
      leaseDays: status.leaseDays,
      lastContact: status.now,
      // SYNC-EPOCH-1. What lies between is found by the digest.
      ...(forgot ? { cursor: status.head, repair: true } : {}),
      // The server may have forgotten what a half-done download was walking through.
      ...(forgot && before.download ? { download: { stage: 'state', next: null } } : {}),
    };
    if (forgot || before.role !== status.role || before.leaseDays !== status.leaseDays)
      await this.#store.remember(this.#memory);
    if (!this.#keysAsked && status.keyEpoch > (await this.#store.keyEpoch())) await this.#fetchKeys();
  }

  async #fetchKeys(): Promise<void> {
    this.#keysAsked = true;
    const { keys } = await this.#ask('keys');
    const { devices } = await this.#ask('devices');
    if ((await this.#store.adoptKeys(keys, devices)) === 0) return;
    await this.#store.takeUp(['key', 'box']);
    await this.#ask('self', { body: { card: await this.#store.card() } });
  }

  /** SYNC-KEYS-5: a server restored from before a change of keys cannot let anybody in until it has them again. */
  async #giveKeysBack(): Promise<void> {
    const lost = this.#status?.keyEpoch ?? 0;
    if (this.#memory.role !== 'owner' || lost === 0) return;
    const status = await giveKeysBack(lost, this.#store, (route, ask) => this.#ask(route, ask));
    if (status) await this.#note(status);
  }

  async #takeIn(incoming: readonly Incoming[]): Promise<void> {
    const taken = await this.#store.takeIn(incoming, this.#memory);
    this.#received += taken.applied;
    this.#setAside += taken.setAside;
  }

  // Exchange

  /** Asks for what will be needed next, while something else is done. A failure shows when it is waited for. */
  #ahead<N extends RouteName>(route: N, ask: Ask): Promise<Ahead<N>> {
    const since = this.#memory.cursor;
    const coming = this.#ask(route, ask).then((reply) => ({ reply, at: this.#options.now(), since }));
    coming.catch(() => undefined);
    return coming;
  }

  /** A page of others' changes, or of history. */
  #page(query: NonNullable<Ask['query']>, limit = this.#options.page): Promise<Ahead<'pull'>> {
    return this.#ahead('pull', { query: { ...query, limit } });
  }

  /** A page that follows the cursor; what is known to be our own behind it is not asked for. */
  #newer(): Promise<Ahead<'pull'>> {
    const { cursor } = this.#memory;
    return this.#page({ after: cursor }, Math.max(1, Math.min(this.#options.page, this.#own.gapAfter(cursor))));
  }

  /** Both directions, until the server has nothing new and nothing waits: while a page is taken in, a push is under way. */
  async #exchange(): Promise<void> {
    this.#reissued += await this.#store.reissue(this.#status?.now ?? this.#options.now());
    await this.#store.retry(this.#memory.role === 'reader' ? ['future', 'full'] : ['future', 'full', 'readOnly']);
    const isBehind = (): boolean => this.#status?.head !== this.#memory.cursor;
    this.#coming = isBehind() ? this.#newer() : undefined;
    for (let giving = true; giving || this.#coming; ) {
      const batch: readonly Waiting[] = giving ? await this.#store.outbox(this.#pushLimits) : [];
      const given = batch.length > 0 ? this.#give(batch) : undefined;
      if (given || this.#coming) this.#say(this.#coming ? 'pull' : 'push');
      if (this.#coming) await this.#takePage(await this.#coming);
      giving = given !== undefined && (await this.#heard(batch, given));
      // Others were faster with theirs: what they have pushed stands between ours.
      if (given && !this.#coming && isBehind()) this.#coming = this.#newer();
    }
  }

  /** Takes a page in; the next one, if there is one, is on its way by then. */
  async #takePage({ reply, at, since }: Ahead<'pull'>): Promise<void> {
    this.#coming = undefined;
    const { cursor, epoch } = this.#memory;
    await this.#note(reply.status, at, since);
    // Pages of a server that was restored in between may not follow on each other; the repair sees to it.
    if (this.#memory.cursor === cursor && this.#memory.epoch === epoch) {
      this.#memory = { ...this.#memory, cursor: this.#own.moved(Math.max(cursor, reply.next)) };
      if (reply.more && this.#status?.head !== this.#memory.cursor) this.#coming = this.#newer();
    }
    await this.#takeIn(reply.changes.map((sealed) => ({ sealed })));
  }

  #give(batch: readonly Waiting[]): Promise<Ahead<'push'>> {
    return this.#ahead('push', { body: { changes: batch.map(({ sealed }) => sealed) } });
  }

  /** Waits for the answer to a push. False when it is of no use to send more now. */
  async #heard(batch: readonly Waiting[], given: Promise<Ahead<'push'>>): Promise<boolean> {
    try {
      return await this.#settle(batch, await given);
    } catch (error) {
      if (!(error instanceof TransportFailure) || error.error.code !== 'sync.tooLarge') throw error;
    }
    // A balancer in front of the server lets less through than the server takes (SYNC-PUSH-6).
    if (batch.length > 1) this.#most = Math.ceil(batch.length / 2);
    else {
      await this.#store.settle(batch, [{ verdict: 'refused', code: 'tooLarge' }], this.#memory);
      this.#refused += 1;
    }
    return true;
  }

  /** What became of a push. False when it is of no use to send more now. */
  async #settle(batch: readonly Waiting[], { reply, at, since }: Ahead<'push'>): Promise<boolean> {
    const { verdicts, status } = reply;
    if (verdicts.length !== batch.length) throw new AppFailure('sync.notOurs', undefined, 'verdicts');
    await this.#note(status, at, since);
    this.#own.add(verdicts.flatMap((one) => (one.verdict === 'accepted' ? [one.seq] : [])));
    this.#memory = { ...this.#memory, cursor: this.#own.moved(this.#memory.cursor) };
    await this.#store.settle(batch, verdicts, this.#memory);
    const refused = verdicts.filter((one) => one.verdict === 'refused');
    this.#sent += batch.length - refused.length;
    this.#refused += refused.length;
    return refused.every((one) => one.code !== 'full');
  }

  // First download

  async #download(): Promise<void> {
    if (this.#memory.download?.stage === 'records') await this.#firstRecords();
    if (this.#memory.download?.stage === 'pack') await this.#fromPack();
    let coming: Promise<Ahead<'state'>> | undefined;
    while (this.#memory.download?.stage === 'state') {
      this.#say('state');
      const { next } = this.#memory.download;
      const { reply, at, since } = await (coming ?? this.#slots(next));
      coming = undefined;
      const { epoch } = this.#memory;
      await this.#note(reply.status, at, since);
      if (this.#memory.epoch !== epoch) continue;
      if (reply.next !== null) coming = this.#slots(reply.next);
      this.#memory = {
        ...this.#memory,
        download:
          reply.next === null
            ? { stage: 'history', next: String(this.#memory.cursor + 1) }
            : { stage: 'state', next: reply.next },
      };
      await this.#takeIn(reply.slots.flatMap(incomingOf));
    }
  }

  #slots(after: string | null): Promise<Ahead<'state'>> {
    const query = after === null ? {} : { after };
    return this.#ahead('state', { query: { ...query, limit: this.#options.page } });
  }

  /** What is needed first, by the manifest: best effort, order only (SYNC-STATE-5). */
  async #firstRecords(): Promise<void> {
    this.#say('records');
    const { manifest } = await this.#ask('manifest');
    let wanted = manifest ? await this.#store.openManifest(manifest) : [];
    while (wanted.length > 0) {
      const asked = wanted.slice(0, LIMITS.records);
      const reply = await this.#ask('records', { body: { records: asked } });
      await this.#takeIn(reply.slots.flatMap(incomingOf));
      wanted = [...(reply.rest.length < asked.length ? reply.rest : []), ...wanted.slice(LIMITS.records)];
    }
    const pack = (await this.#newestPack())?.pack ?? null;
    this.#memory = {
      ...this.#memory,
      download: pack
        ? { stage: 'pack', next: `${pack.pack} ${pack.place} ${pack.parts} 0` }
        : { stage: 'state', next: null },
    };
    await this.#store.remember(this.#memory);
  }

  /** Null where the server knows of no packs. */
  async #newestPack(): Promise<PackReply | null> {
    try {
      return await this.#ask('pack');
    } catch (error) {
      if (error instanceof AppFailure && error.error.code === 'sync.notFound') return null;
      throw error;
    }
  }

  /** A part's box; null when the pack has been replaced by a newer one. */
  async #part(pack: string, part: number): Promise<Uint8Array | null> {
    try {
      return await this.#ask('getPart', { params: { pack, part } });
    } catch (error) {
      if (error instanceof AppFailure && error.error.code === 'sync.notFound') return null;
      throw error;
    }
  }

  /** SYNC-PACK-3. The next part is on its way while one is taken in. Whatever is wrong with a pack: the state has it all. */
  async #fromPack(): Promise<void> {
    const [pack = '', ...numbers] = (this.#memory.download?.next ?? '').split(' ');
    const [place = 0, parts = 0, first = 0] = numbers.map(Number);
    let coming = this.#part(pack, first);
    for (let part = first; part < parts; part += 1) {
      this.#say('state');
      const box = await coming;
      const last = part + 1 === parts;
      if (!last) {
        coming = this.#part(pack, part + 1);
        coming.catch(() => undefined);
      } else if (!this.#options.frugal()) this.#oldest = { before: place + 1, page: this.#older(place + 1) };
      const before = this.#memory;
      this.#memory = last
        ? { ...before, cursor: place, download: { stage: 'history', next: String(place + 1) } }
        : { ...before, download: { stage: 'pack', next: `${pack} ${place} ${parts} ${part + 1}` } };
      const taken = box && (await this.#store.takePart({ pack, place, part, last }, box, this.#memory));
      if (!taken) {
        this.#memory = { ...before, download: { stage: 'state', next: null } };
        return;
      }
      this.#received += taken.applied;
    }
  }

  /** SYNC-PACK-4: leaves a pack for new devices when there is much that the last one does not hold. */
  async #offerPack(): Promise<void> {
    const { packFrom = PACK_FROM, frugal } = this.#options;
    const status = this.#status;
    const isDue = (packed: number): boolean =>
      status !== undefined && status.head - packed >= Math.max(packFrom, packed * PACK_GROWTH);
    if (!status || this.#memory.cursor !== status.head || frugal() || !isDue(this.#memory.packed ?? 0)) return;
    const start = await this.#store.packStart(status.digest);
    const known = start && (await this.#newestPack());
    if (!known || known.status.head !== status.head || known.status.epoch !== this.#memory.epoch) return;
    const packed = known.pack?.place ?? 0;
    this.#memory = { ...this.#memory, packed };
    if (!isDue(packed)) return;
    const place = status.head;
    await sendPack({ ...start, place }, this.#store, (route, ask) => this.#ask(route, ask));
    this.#memory = { ...this.#memory, packed: place };
  }

  /** A page of what was replaced before a place. */
  #older(before: number): Promise<Ahead<'pull'>> {
    return this.#page({ before, superseded: 'true' });
  }

  async #history(): Promise<void> {
    let coming = this.#oldest?.before === Number(this.#memory.download?.next) ? this.#oldest.page : undefined;
    for (let run = 1; this.#memory.download?.stage === 'history'; run += 1) {
      this.#say('history');
      const before = Number(this.#memory.download.next);
      const { reply, at, since } = await (coming ?? this.#older(before));
      coming = undefined;
      const { epoch } = this.#memory;
      await this.#note(reply.status, at, since);
      if (this.#memory.epoch !== epoch) return;
      const done = !reply.more || reply.next >= before;
      if (!done) coming = this.#older(reply.next);
      this.#memory = { ...this.#memory, download: { stage: 'history', next: String(reply.next) } };
      await this.#takeIn(reply.changes.map((sealed) => ({ sealed })));
      if (done) {
        this.#memory = { ...this.#memory, download: null };
        await this.#store.completed(this.#memory);
      } else if (run % HISTORY_RUN === 0) await this.#exchange();
    }
  }

  // Digest and repair

  async #check(): Promise<void> {
    const status = this.#status;
    if (this.#memory.download || !status) return;
    if (!this.#memory.repair) {
      if (this.#memory.cursor !== status.head) return;
      const ours = await this.#store.digest();
      if (sameDigest(ours, status.digest)) return;
      const { disputed } = this.#memory;
      // Asked in every round, the server would refuse in every round (SYNC-DIGEST-5).
      const isDue = status.role !== disputed?.role || status.now >= disputed.since + DISPUTE;
      if (disputed && !isDue && sameDigest(ours, together(status.digest, disputed.digest))) return;
    }
    await this.#repair();
  }

  async #repair(): Promise<void> {
    this.#say('repair');
    const { repaired, given, refused, rejected, epoch } = await repair({
      store: this.#store,
      ask: (route, ask) => this.#ask(route, ask),
      takeIn: (changes) => this.#takeIn(changes.map((sealed) => ({ sealed }))),
      limits: this.#pushLimits,
      mayGive: this.#memory.role !== 'reader',
    });
    this.#repaired ||= repaired;
    this.#sent += given;
    const stay = [...refused, ...(rejected.length > 0 ? await this.#store.refuseReturned(rejected) : [])];
    const digest = stay.length > 0 ? await this.#store.digestOf(stay) : undefined;
    const { disputed: _, ...memory } = this.#memory;
    this.#memory = {
      ...memory,
      ...(memory.epoch === epoch ? { repair: false } : {}),
      ...(digest && this.#status ? { disputed: { digest, role: this.#status.role, since: this.#status.now } } : {}),
    };
    await this.#store.remember(this.#memory);
  }
}

const incomingOf = ({ heads, named }: Slot): readonly Incoming[] => heads.map((sealed) => ({ sealed, named }));
