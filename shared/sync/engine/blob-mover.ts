/**
 * Moves contents of attachments in both directions, after the changes (SYNC-BLOB). A pass asks the server which chunks it
 * has and moves those that are missing, a few at a time; it may be cut anywhere, and the next one goes on from there.
 */
import { MAX_ATTACHMENTS } from '../../model/attachments.ts';
import { type AppError, AppFailure } from '../../result.ts';
import type { BlobReply } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import type { BadBlob, BlobEntry, BlobStore, BlobWork } from './blob-types.ts';
import { TransportFailure, type Transport } from './transport.ts';
import type { Enrolment, SyncMemory } from './types.ts';

export interface BlobMoverOptions {
  readonly store: BlobStore;
  readonly memory: () => Promise<SyncMemory | null>;
  readonly transport: Transport;
  /** The machine's clock in milliseconds. */
  readonly now: () => number;
  /** False leaves everything that no person asked for: a metered network, or a person who stopped it. */
  readonly allowed: () => boolean;
  /** Resolves when no changes are being exchanged: they go first. */
  readonly turn?: () => Promise<unknown>;
  /** Told whenever something of `view` is different. */
  readonly changed?: () => void;
  /** The server said that access has ended. */
  readonly ended?: () => void;
  /** After how long a content that the server had is asked for again, in milliseconds: it may have been restored. */
  readonly recheck?: number;
}

/** A content under way. Bytes are those of the content, in proportion to the chunks. */
export interface BlobProgress {
  readonly hash: string;
  readonly direction: 'up' | 'down';
  readonly done: number;
  readonly bytes: number;
}
export interface BlobsView {
  readonly moving: readonly BlobProgress[];
  /** On this device and not yet (whole) at the server. */
  readonly unsent: ReadonlyMap<string, number>;
  /** At the server, not yet here. */
  readonly waiting: ReadonlyMap<string, number>;
  /** Neither here nor at the server. */
  readonly absent: ReadonlyMap<string, number>;
  readonly bad: ReadonlyMap<string, BadBlob>;
  readonly full: ReadonlySet<string>;
  /** Why a content could not be moved, until the next try. */
  readonly problems: ReadonlyMap<string, AppError>;
  /** Why the last pass ended early, or left out one direction. */
  readonly error?: AppError;
}
/** Contents moved to the end, and chunks on the way, since this mover was made. */
export interface BlobCounts {
  readonly sent: number;
  readonly received: number;
  readonly chunksSent: number;
  readonly chunksReceived: number;
}

interface Job extends BlobEntry {
  readonly direction: 'up' | 'down';
  readonly of: number;
  readonly todo: number[];
  done: number;
  /** Chunks under way at this moment. */
  flying: number;
  /** How often chunks that had come were missing in the end. */
  lost: number;
  /** A person waits for it: it goes first, whatever the network costs. */
  asked: boolean;
  over: boolean;
  readonly waiters: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[];
}

/** Chunks under way at once: one, and more while each takes less than `quick` milliseconds; one again from `slow` on. */
const PARALLEL = { most: 3, quick: 3000, slow: 10_000 } as const;
const RECHECK = 3_600_000;
/** How often in one go a content is completed whose chunks go missing on the device; then the next pass begins anew. */
const MOST_LOST = 3;
/** Failures of one content; anything else ends the pass. */
const OF_ONE: ReadonlySet<string> = new Set([
  'sync.notFound',
  'sync.malformed',
  'sync.tooLarge',
  'sync.keyMissing',
  'attachment.damaged',
  'attachment.elsewhere',
  'attachment.full',
  'attachment.refused',
]);
/** Failures of one direction: no room at the server or no right to write; no room here. */
const OF_SENDING: ReadonlySet<string> = new Set(['sync.full', 'sync.forbidden']);
const OF_RECEIVING: ReadonlySet<string> = new Set(['vault.diskFull']);

const isWhole = ({ chunks, have }: BlobReply): boolean =>
  chunks !== null && have.length === 1 && have[0]?.[0] === 0 && have[0][1] === chunks - 1;
const hasChunk = ({ have }: BlobReply, chunk: number): boolean =>
  have.some(([first, last]) => first <= chunk && chunk <= last);
/** The chunks that are not here, of so many. All here and not joined: the power went in between; the last one is asked for again. */
function todoOf({ of: known, parts }: BlobWork['missing'][number], of: number): number[] {
  const here = known === of ? parts : [];
  const todo = Array.from({ length: of }, (_, chunk) => chunk).filter((chunk) => !here.includes(chunk));
  return todo.length > 0 ? todo : [of - 1];
}
const errorOf = (error: unknown): AppError => (error instanceof AppFailure ? error.error : { code: 'unknown' });

export class BlobMover {
  readonly #options: BlobMoverOptions;
  readonly #recheck: number;
  /** Names of contents that the server has whole, and when it said so. */
  readonly #there = new Map<string, number>();
  readonly #problems = new Map<string, AppError>();
  /** Workspace and epoch that `#there` is about (SYNC-EPOCH-1). */
  #server = '';
  #unsent = new Map<string, number>();
  #waiting = new Map<string, number>();
  #absent = new Map<string, number>();
  #bad = new Map<string, BadBlob>();
  #full = new Set<string>();
  #jobs: Job[] = [];
  #error: AppError | undefined;
  #passing: Promise<void> | undefined;
  #again = false;
  #forced = false;
  #life = 0;
  #workers = 0;
  /** How many chunks may be under way: a bad network that carries one must not be asked for three. */
  #width = 1;
  #idle: (() => void)[] = [];
  #counts = { sent: 0, received: 0, chunksSent: 0, chunksReceived: 0 };

  constructor(options: BlobMoverOptions) {
    this.#options = options;
    this.#recheck = options.recheck ?? RECHECK;
  }

  get counts(): BlobCounts {
    return { ...this.#counts };
  }

  view(): BlobsView {
    return {
      moving: this.#jobs
        .filter(({ asked }) => asked || this.#mayMove())
        .map(({ hash, direction, done, of, bytes }) => ({
          hash,
          direction,
          done: Math.round((bytes * done) / of),
          bytes,
        })),
      unsent: this.#unsent,
      waiting: this.#waiting,
      absent: this.#absent,
      bad: this.#bad,
      full: this.#full,
      problems: this.#problems,
      ...(this.#error ? { error: this.#error } : {}),
    };
  }

  #changed(): void {
    this.#options.changed?.();
  }

  #mayMove(): boolean {
    return this.#forced || this.#options.allowed();
  }

  /** What the server had may be gone: it was restored, or another one is asked. */
  doubt(): void {
    this.#there.clear();
  }

  /** One pass. Never rejects: what went wrong is in the view. `forced`: whatever the network costs (SYNC-TALK-3). */
  run(forced = false): Promise<void> {
    this.#forced ||= forced;
    if (this.#passing) {
      this.#again = true;
      return this.#passing;
    }
    const life = this.#life;
    this.#passing = this.#passes(life).finally(() => {
      if (this.#life !== life) return;
      this.#passing = undefined;
      this.#forced = false;
      this.#changed();
    });
    return this.#passing;
  }

  async #passes(life: number): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#look(life);
        await this.#drain();
      } catch (error) {
        this.#end(error, life);
      }
    } while (this.#again && this.#error === undefined && this.#life === life);
  }

  /** Ends what is under way; chunks that have arrived stay. A person who waits is told `attachment.stopped`. */
  stop(): void {
    this.#life += 1;
    this.#passing = undefined;
    this.#forced = false;
    this.#again = false;
    this.#clear(new AppFailure('attachment.stopped'));
  }

  /** Forgets what is known of the contents of a vault that was closed. */
  forget(): void {
    this.stop();
    this.doubt();
    this.#note({ here: [], missing: [], bad: [], full: [] });
    this.#problems.clear();
    this.#error = undefined;
  }

  #clear(reason: unknown): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    for (const job of jobs) {
      job.over = true;
      for (const { reject } of job.waiters) reject(reason);
    }
  }

  /**
   * Brings one content here, before all others and whatever the network costs. Rejects with `attachment.elsewhere` (the
   * server does not have it yet), `attachment.refused`, `attachment.full`, `attachment.stopped`, a failure of the transport
   * or of the vault.
   */
  async fetch(hash: string): Promise<void> {
    let job = this.#jobs.find((each) => each.hash === hash && each.direction === 'down');
    if (!job) {
      const enrolment = await this.#enrolment();
      const work = await this.#options.store.blobWork();
      if (!enrolment || !work) throw new AppFailure('attachment.elsewhere');
      if (work.here.some((each) => each.hash === hash)) return;
      if (work.bad.some((each) => each.hash === hash)) throw new AppFailure('attachment.refused');
      if (work.full.some((each) => each.hash === hash))
        throw new AppFailure('attachment.full', { limit: MAX_ATTACHMENTS / 1_000_000 });
      const entry = work.missing.find((each) => each.hash === hash);
      if (!entry) throw new AppFailure('attachment.elsewhere');
      const state = await this.#options.transport.ask(enrolment, 'blob', { params: { blob: entry.name } });
      if (!isWhole(state)) throw new AppFailure('attachment.elsewhere');
      job = this.#jobs.find((each) => each.hash === hash && each.direction === 'down') ?? this.#download(entry, state);
    }
    const asked = job;
    asked.asked = true;
    return new Promise((resolve, reject) => {
      asked.waiters.push({ resolve, reject });
      this.#changed();
      this.#pump();
    });
  }

  /** A person asks for a content that was refused once more. */
  async retry(hash: string): Promise<void> {
    await this.#options.store.retryBlob(hash);
    this.#bad.delete(hash);
    await this.fetch(hash);
  }

  // What is to be done

  async #enrolment(): Promise<(Enrolment & { readonly mayWrite: boolean }) | null> {
    const memory = await this.#options.memory();
    if (!memory || memory.ended || memory.enrolment.asking) return null;
    const server = `${memory.enrolment.workspace} ${memory.epoch}`;
    if (server !== this.#server) this.doubt();
    this.#server = server;
    return { ...memory.enrolment, mayWrite: memory.role !== 'reader' };
  }

  #note(work: BlobWork): void {
    const sizes = (entries: readonly BlobEntry[]): Map<string, number> =>
      new Map(entries.map(({ hash, bytes }) => [hash, bytes]));
    this.#unsent = sizes(work.here.filter(({ name }) => !this.#there.has(name)));
    this.#absent = sizes(work.missing);
    this.#waiting = new Map();
    this.#bad = new Map(work.bad.map(({ hash, reason }) => [hash, reason]));
    this.#full = new Set(work.full.map(({ hash }) => hash));
  }

  async #look(life: number): Promise<void> {
    this.#error = undefined;
    const enrolment = await this.#enrolment();
    const work = enrolment && (await this.#options.store.blobWork());
    if (!enrolment || !work || this.#life !== life) return;
    const due = this.#options.now() - this.#recheck;
    for (const [name, at] of this.#there) if (at <= due || at > this.#options.now()) this.#there.delete(name);
    this.#note(work);
    this.#problems.clear();
    const doubtful = work.here.filter(({ name }) => !this.#there.has(name));
    const asked = [...doubtful, ...work.missing];
    const states = new Map<string, BlobReply>();
    for (let at = 0; at < asked.length; at += LIMITS.blobsAsked) {
      const names = asked.slice(at, at + LIMITS.blobsAsked).map(({ name }) => name);
      const { blobs } = await this.#options.transport.ask(enrolment, 'blobs', { body: { blobs: names } });
      if (blobs.length !== names.length) throw new AppFailure('sync.notOurs', undefined, 'blobs');
      for (const [i, name] of names.entries()) states.set(name, blobs[i] as BlobReply);
    }
    if (this.#life !== life) return;
    for (const entry of doubtful) this.#considerUpload(entry, states.get(entry.name) as BlobReply, enrolment.mayWrite);
    for (const entry of work.missing) {
      const state = states.get(entry.name) as BlobReply;
      if (!isWhole(state)) continue;
      this.#absent.delete(entry.hash);
      this.#waiting.set(entry.hash, entry.bytes);
      if (!this.#jobs.some(({ hash, direction }) => hash === entry.hash && direction === 'down'))
        this.#download(entry, state);
    }
    this.#jobs.sort((a, b) => Number(b.asked) - Number(a.asked) || a.bytes - b.bytes);
    this.#changed();
  }

  #considerUpload(entry: BlobWork['here'][number], state: BlobReply, mayWrite: boolean): void {
    if (isWhole(state)) {
      this.#arrived(entry);
      return;
    }
    if (!mayWrite || this.#jobs.some(({ hash, direction }) => hash === entry.hash && direction === 'up')) return;
    const all = Array.from({ length: entry.of }, (_, chunk) => chunk);
    const todo = all.filter((chunk) => !hasChunk(state, chunk));
    this.#add({ ...entry, direction: 'up', todo });
  }

  #arrived({ name, hash }: BlobEntry): void {
    this.#there.set(name, this.#options.now());
    this.#unsent.delete(hash);
  }

  #download(entry: BlobWork['missing'][number], state: BlobReply): Job {
    const of = state.chunks ?? 1;
    return this.#add({ ...entry, of, direction: 'down', todo: todoOf(entry, of) });
  }

  #add(job: Pick<Job, 'hash' | 'name' | 'bytes' | 'direction' | 'of' | 'todo'>): Job {
    const { hash, name, bytes, direction, of, todo } = job;
    const done = of - todo.length;
    const rest = { flying: 0, lost: 0, asked: false, over: false, waiters: [] };
    const added: Job = { hash, name, bytes, direction, of, todo, done, ...rest };
    this.#jobs.push(added);
    return added;
  }

  // Moving

  #next(): { readonly job: Job; readonly chunk: number } | undefined {
    const may = this.#mayMove();
    const job =
      this.#jobs.find(({ asked, todo }) => asked && todo.length > 0) ??
      (may ? this.#jobs.find(({ todo }) => todo.length > 0) : undefined);
    const chunk = job?.todo.shift();
    if (!job || chunk === undefined) return undefined;
    job.flying += 1;
    return { job, chunk };
  }

  #hasNext(): boolean {
    const may = this.#mayMove();
    return this.#jobs.some(({ asked, todo }) => (asked || may) && todo.length > 0);
  }

  #pump(): void {
    while (this.#workers < this.#width && this.#hasNext()) {
      this.#workers += 1;
      void this.#work().finally(() => {
        this.#workers -= 1;
        // Several may have made room for each other at the same moment.
        this.#pump();
        if (this.#workers > 0) return;
        for (const done of this.#idle.splice(0)) done();
        this.#changed();
      });
    }
  }

  /** Resolves when nothing more can be moved now. */
  #drain(): Promise<void> {
    this.#pump();
    return this.#workers === 0 ? Promise.resolve() : new Promise((done) => this.#idle.push(done));
  }

  async #work(): Promise<void> {
    for (let next = this.#next(); next; next = this.#workers > this.#width ? undefined : this.#next()) {
      const { job, chunk } = next;
      let started = this.#options.now();
      try {
        await this.#options.turn?.();
        started = this.#options.now();
        const enrolment = job.over ? null : await this.#enrolment();
        if (!enrolment) this.#drop(job, new AppFailure('attachment.stopped'));
        else {
          const moved =
            job.direction === 'up' ? this.#send(enrolment, job, chunk) : this.#receive(enrolment, job, chunk);
          await moved.finally(() => (job.flying -= 1));
          this.#adapt(this.#options.now() - started);
        }
        if (job.direction === 'down') await this.#complete(job);
      } catch (error) {
        this.#width = 1;
        this.#failed(job, error);
      }
      this.#changed();
    }
  }

  #adapt(took: number): void {
    if (took >= PARALLEL.slow) this.#width = 1;
    else if (took < PARALLEL.quick && this.#width < PARALLEL.most) {
      this.#width += 1;
      this.#pump();
    }
  }

  async #send(to: Enrolment, job: Job, chunk: number): Promise<void> {
    const { hash, name: blob, of } = job;
    const bytes = await this.#options.store.sealChunk({ hash, chunk, of });
    await this.#options.transport.ask(to, 'putChunk', { params: { blob, chunk }, query: { of }, bytes });
    this.#counts.chunksSent += 1;
    job.done += 1;
    if (job.over || job.done < of) return;
    this.#counts.sent += 1;
    this.#arrived(job);
    this.#finish(job);
  }

  async #receive(from: Enrolment, job: Job, chunk: number): Promise<void> {
    const { hash, name: blob, of } = job;
    const sealed = await this.#options.transport.ask(from, 'getChunk', { params: { blob, chunk } });
    const taken = await this.#options.store.takeChunk({ hash, chunk, of }, sealed);
    this.#counts.chunksReceived += 1;
    switch (taken.taken) {
      case 'kept':
        job.done += 1;
        return;
      case 'complete':
        if (!job.over) this.#counts.received += 1;
        // The server has it: this device saw it there.
        this.#arrived(job);
        this.#finish(job);
        return;
      case 'key':
        this.#drop(job, new AppFailure('sync.keyMissing'));
        return;
      case 'unwanted':
        this.#drop(job, new AppFailure('attachment.elsewhere'));
        return;
      default:
        this.#bad.set(hash, taken.reason);
        this.#drop(job, new AppFailure('attachment.refused'));
    }
  }

  /**
   * All chunks have come and the content is not whole: some were removed meanwhile, because one that was still under way
   * from an earlier try was refused, or because for a moment no record named the content. What lacks is asked for again.
   */
  async #complete(job: Job): Promise<void> {
    if (job.over || job.flying > 0 || job.todo.length > 0) return;
    const work = await this.#options.store.blobWork();
    if (job.over || job.flying > 0 || job.todo.length > 0) return;
    if (work?.here.some(({ hash }) => hash === job.hash)) {
      this.#finish(job);
      return;
    }
    const entry = work?.missing.find(({ hash }) => hash === job.hash);
    job.lost += 1;
    if (!entry || job.lost > MOST_LOST) {
      this.#drop(job, new AppFailure(entry ? 'attachment.stopped' : 'attachment.elsewhere'));
      return;
    }
    job.todo.push(...todoOf(entry, job.of));
    job.done = job.of - job.todo.length;
    this.#pump();
  }

  #remove(job: Job): void {
    job.over = true;
    job.todo.length = 0;
    this.#jobs = this.#jobs.filter((each) => each !== job);
  }

  #finish(job: Job): void {
    this.#remove(job);
    this.#waiting.delete(job.hash);
    this.#absent.delete(job.hash);
    this.#problems.delete(job.hash);
    for (const { resolve } of job.waiters.splice(0)) resolve();
  }

  #drop(job: Job, reason: unknown): void {
    if (!job.over) this.#problems.set(job.hash, errorOf(reason));
    this.#remove(job);
    for (const { reject } of job.waiters.splice(0)) reject(reason);
  }

  #failed(job: Job, error: unknown): void {
    const { code } = errorOf(error);
    if (job.over) return;
    if (OF_ONE.has(code)) {
      this.#drop(job, error);
      return;
    }
    const direction = OF_SENDING.has(code) ? 'up' : OF_RECEIVING.has(code) ? 'down' : undefined;
    if (direction) {
      this.#error = errorOf(error);
      for (const each of this.#jobs.filter((one) => one.direction === direction)) this.#drop(each, error);
      return;
    }
    this.#end(error, this.#life);
  }

  /** The pass is over: the network, the server or the vault has gone. */
  #end(error: unknown, life: number): void {
    if (this.#life !== life) return;
    this.#error = errorOf(error);
    this.#clear(error);
    const { code } = this.#error;
    if (error instanceof TransportFailure && (code === 'sync.revoked' || code === 'sync.unauthorised'))
      this.#options.ended?.();
  }
}
