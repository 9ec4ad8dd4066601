/**
 * When to run a round: at once after a commit or a hint, every 30 to 60 seconds otherwise, and after failures at random
 * times that grow (docs/sync.md, SYNC-TALK). One round at a time.
 */
import { type AppError, AppFailure } from '../../result.ts';
import { BlobMover } from './blob-mover.ts';
import type { BlobStore } from './blob-types.ts';
import { Round, type RoundOptions, type RoundProgress, type RoundReport } from './round.ts';
import { LIMITS } from '../shapes.ts';
import { type Hint, TransportFailure } from './transport.ts';

type Self = Extract<Hint, { event: 'self' }>['data'];

export interface EngineOptions extends Omit<RoundOptions, 'progress' | 'pushBytes'> {
  /** Calls once after some milliseconds; returns what cancels it. */
  readonly after: (millis: number, work: () => void) => () => void;
  /** In [0, 1). */
  readonly random: () => number;
  /** The owner asked for the data to be destroyed: key first. Called once; the engine is stopped then. */
  readonly wipe: () => Promise<void>;
  /** How the server knows this device: after connecting, and when an owner has changed it. */
  readonly self?: (self: Self) => void;
  /** Contents of attachments, which follow the changes. */
  readonly blobs: BlobStore;
  /** False while a person has stopped them. */
  readonly filesAllowed?: () => boolean;
  /** Told when something of `files.view()` is different. */
  readonly filesChanged?: () => void;
  /** See `BlobMoverOptions.recheck`. */
  readonly filesRecheck?: number;
}

export interface EngineState {
  readonly phase: 'off' | 'idle' | 'running' | 'waiting' | 'ended';
  readonly progress?: RoundProgress;
  /** Machine's clock at the end of the last good round. */
  readonly lastSuccess?: number;
  readonly last?: RoundReport;
  /** Why the last round failed. */
  readonly error?: AppError;
  /** Machine's clock at which it is tried again. */
  readonly nextAt?: number;
}

/** Bounds in milliseconds. */
const POLL = { least: 30_000, most: 60_000 } as const;
const BACKOFF = { first: 1000, most: 300_000 } as const;
/** The longest wait after a failure, while the server has been away for a short time, and as a part of a longer one. */
const SHORT_ABSENCE = { most: 5000, part: 0.25 } as const;
/** Hints that end after less than `least` are asked for again after `first`, doubled each time (SYNC-TALK-5). */
const RELISTEN = { first: 5000, least: 20_000 } as const;
/** A content that a device is perhaps sending just now is asked for after `first`, then at twice the interval each time. */
const ABSENT = { first: 2000, most: 30_000 } as const;
/** The smallest part of a page or push that is tried on a network too slow for a whole one (SYNC-TALK-4). */
const SLOWEST = 1 / 32;
/** Commits within this time go out together. */
const GATHER = 150;

export class SyncEngine {
  readonly #options: EngineOptions;
  readonly files: BlobMover;
  readonly #listeners = new Set<(state: EngineState) => void>();
  #state: EngineState = { phase: 'off' };
  #started = false;
  #failures = 0;
  /** Machine's clock at the first of the failures. */
  #failingSince = 0;
  /** Streams of hints in a row that ended early. */
  #droppedHints = 0;
  /** Part of a page or push that is asked for and sent at a time. */
  #pace = 1;
  #running: Promise<RoundReport> | undefined;
  #again = false;
  #cancelTimer: (() => void) | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #stopListening: (() => void) | undefined;
  #cursor = -1;
  #absentWait: number = ABSENT.first;
  #cancelAbsent: (() => void) | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { store, blobs, transport, now, frugal, filesAllowed = () => true, filesChanged, filesRecheck } = options;
    this.files = new BlobMover({
      store: blobs,
      memory: () => store.memory(),
      transport,
      now,
      allowed: () => this.#started && !frugal() && filesAllowed(),
      turn: async () => this.#running?.catch(() => undefined),
      ...(filesChanged ? { changed: filesChanged } : {}),
      ended: () => this.wake(),
      ...(filesRecheck === undefined ? {} : { recheck: filesRecheck }),
    });
  }

  state(): EngineState {
    return this.#state;
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(state: EngineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** Begins to sync; a vault without enrolment stays off. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#schedule(0);
  }

  /** Ends after the round that is running, which is waited for; contents on their way are not. */
  async stop(): Promise<void> {
    this.#started = false;
    this.files.stop();
    this.#cancelAbsent?.();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#stopListening?.();
    this.#stopListening = undefined;
    await this.#running?.catch(() => undefined);
  }

  /** Something was committed here, or a hint came. During a backoff it changes nothing. */
  poke(): void {
    if (!this.#started) return;
    if (this.#running) this.#again = true;
    else if (this.#failures === 0) this.#schedule(GATHER);
  }

  /** The network changed or the screen was unlocked: no reason to wait any more. */
  wake(): void {
    if (!this.#started) return;
    this.#failures = 0;
    if (this.#running) this.#again = true;
    else this.#schedule(0);
  }

  /** A round now, whatever the timers say. Rejects as `Round.run` does. */
  now(): Promise<RoundReport> {
    this.#failures = 0;
    return this.#run();
  }

  #schedule(millis: number): void {
    const due = this.#options.now() + millis;
    if (this.#cancelTimer && this.#dueAt <= due) return;
    this.#cancelTimer?.();
    this.#dueAt = due;
    this.#cancelTimer = this.#options.after(millis, () => {
      this.#cancelTimer = undefined;
      this.#dueAt = Number.POSITIVE_INFINITY;
      void this.#run().catch(() => undefined);
    });
  }

  #run(): Promise<RoundReport> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#again = false;
    const { lastSuccess, last } = this.#state;
    const kept = { ...(lastSuccess === undefined ? {} : { lastSuccess }), ...(last ? { last } : {}) };
    this.#set({ phase: 'running', ...kept });
    const running = Round.run({
      ...this.#options,
      page: Math.ceil(this.#options.page * this.#pace),
      pushChanges: Math.ceil(this.#options.pushChanges * this.#pace),
      pushBytes: Math.ceil(LIMITS.pushBytes * this.#pace),
      progress: (progress) => this.#set({ phase: 'running', progress, ...kept }),
    })
      .then(
        (report) => {
          this.#succeeded(report);
          return report;
        },
        async (error: unknown) => {
          await this.#failed(error, kept);
          throw error;
        },
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#started && this.#again && this.#failures === 0) this.#schedule(GATHER);
      });
    this.#running = running;
    return running;
  }

  #succeeded(report: RoundReport): void {
    this.#failures = 0;
    this.#pace = Math.min(1, this.#pace * 2);
    this.#cursor = report.cursor;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const wait = POLL.least + this.#options.random() * (POLL.most - POLL.least);
    const now = this.#options.now();
    this.#set({ phase: 'idle', lastSuccess: now, last: report, nextAt: now + wait });
    if (!this.#started) return;
    this.#schedule(wait);
    void this.#listen();
    if (report.repaired) this.files.doubt();
    if (report.received > 0) this.#absentWait = ABSENT.first;
    void this.#moveFiles();
  }

  #forgetAbsent(): void {
    this.#cancelAbsent?.();
    this.#cancelAbsent = undefined;
  }

  async #moveFiles(): Promise<void> {
    this.#forgetAbsent();
    await this.files.run();
    if (!this.#started || this.files.view().absent.size === 0 || this.#absentWait > ABSENT.most) return;
    this.#forgetAbsent();
    this.#cancelAbsent = this.#options.after(this.#absentWait, () => void this.#moveFiles());
    this.#absentWait *= 2;
  }

  async #failed(error: unknown, kept: Pick<EngineState, 'lastSuccess' | 'last'>): Promise<void> {
    const known = error instanceof AppFailure ? error.error : { code: 'unknown' };
    if (known.code === 'sync.notSet') {
      this.#set({ phase: 'off' });
      return;
    }
    if (known.code === 'sync.revoked' || known.code === 'sync.unauthorised') {
      await this.#end(error, known, kept);
      return;
    }
    if (this.#failures === 0) this.#failingSince = this.#options.now();
    this.#failures += 1;
    if (known.code === 'sync.timeout') this.#pace = Math.max(SLOWEST, this.#pace / 2);
    // Full jitter: a thousand devices that lost the server together do not come back together. A short absence, which a
    // restart or a tunnel is, is not made much longer by the wait after it.
    const absence = this.#options.now() - this.#failingSince;
    const bound = Math.max(
      Math.min(SHORT_ABSENCE.most, BACKOFF.first * 2 ** Math.min(this.#failures, 20)),
      Math.min(BACKOFF.most, absence * SHORT_ABSENCE.part),
    );
    const asked = error instanceof TransportFailure ? error.retryAfter : 0;
    const wait = asked + this.#options.random() * bound;
    this.#set({ phase: 'waiting', ...kept, error: known, nextAt: this.#options.now() + wait });
    if (this.#started) this.#schedule(wait);
  }

  /** Access has ended. The records stay, unless the owner wants them destroyed (SYNC-REVOKE). */
  async #end(error: unknown, known: AppError, kept: Pick<EngineState, 'lastSuccess' | 'last'>): Promise<void> {
    this.#started = false;
    this.files.stop();
    this.#cancelAbsent?.();
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#set({ phase: 'ended', ...kept, error: known });
    const memory = await this.#options.store.memory().catch(() => null);
    if (error instanceof TransportFailure && error.wipe) {
      await this.#options.wipe();
      // Coming back is how the owner learns that it is done; nobody waits for the answer.
      if (memory) void this.#options.transport.ask(memory.enrolment, 'status', {}).catch(() => undefined);
      return;
    }
    if (memory && memory.ended === null)
      await this.#options.store.remember({
        ...memory,
        ended: known.code === 'sync.revoked' ? 'revoked' : 'unauthorised',
      });
  }

  /** SYNC-ROLE-3. A role that has changed is learnt with a round, like everything else that the server says. */
  async #heardOfSelf(self: Self): Promise<void> {
    this.#options.self?.(self);
    const memory = await this.#options.store.memory().catch(() => null);
    if (memory && memory.role !== self.role) this.wake();
  }

  async #listen(): Promise<void> {
    if (this.#stopListening) return;
    this.#stopListening = () => undefined;
    const memory = await this.#options.store.memory().catch(() => null);
    if (!this.#started || !memory) {
      this.#stopListening = undefined;
      return;
    }
    const since = this.#options.now();
    this.#stopListening = this.#options.transport.listen(memory.enrolment, {
      hint: (hint) => {
        if (hint.event === 'revoked') this.wake();
        else if (hint.event === 'self') void this.#heardOfSelf(hint.data);
        else if (hint.data.head !== this.#cursor) this.poke();
      },
      // The next good round listens again. The server may have been started anew: then it comes soon.
      closed: () => {
        this.#stopListening = undefined;
        this.#droppedHints = this.#options.now() - since < RELISTEN.least ? this.#droppedHints + 1 : 0;
        const bound = Math.min(POLL.most, RELISTEN.first * 2 ** Math.min(this.#droppedHints, 20));
        if (this.#started && this.#failures === 0) this.#schedule(this.#options.random() * bound);
      },
    });
  }
}
