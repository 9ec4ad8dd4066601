/**
 * What is done for the open vault in quiet moments: the check of a large one, search entries that wait, checkpoints; and
 * rows that say something else because a meeting has begun or a day is over.
 */
import type { AppError } from '../../shared/result.ts';
import type { LiveUpdate } from '../../shared/model/rows.ts';
import { vaultFailure } from './errors.ts';
import type { Vault } from './vault.ts';

const INSPECTION_PAUSE = 1000;
/** Quiet time after a commit until the write-ahead log is folded into the file, in milliseconds. */
const CHECKPOINT_AFTER = 2000;
/** Quiet time after which search entries that wait are written, and how many at a time: other calls come between. */
const INDEX_AFTER = 300;
const INDEXED_AT_A_TIME = 500;
/** Milliseconds until it is tried again after a failure: the disk may have room by then. */
const INDEX_AGAIN = 60_000;

/** Milliseconds between looks at the clock. */
const TURN_EVERY = 20_000;

type Timer = ReturnType<typeof setTimeout>;

export class QuietWork {
  readonly #damaged: (problem: AppError) => void;
  readonly #turned: (updates: Iterable<LiveUpdate>) => void;
  #vault: Vault | undefined;
  #checkpoint: Timer | undefined;
  #inspection: Timer | undefined;
  #indexing: Timer | undefined;
  #turning: ReturnType<typeof setInterval> | undefined;

  /** `damaged` is told when the file turns out to be, `turned` what time has changed in the lists. */
  constructor(damaged: (problem: AppError) => void, turned: (updates: Iterable<LiveUpdate>) => void) {
    this.#damaged = damaged;
    this.#turned = turned;
  }

  /** A vault was opened; `unchecked` when its pages have not been checked yet. */
  start(vault: Vault, unchecked: boolean): void {
    this.#vault = vault;
    if (unchecked) this.#inspect(vault, vault.tables());
    this.#index(vault);
    clearInterval(this.#turning);
    this.#turning = setInterval(() => this.#turn(vault), TURN_EVERY);
    this.#turning.unref();
  }

  /** Something was written: what follows waits until it is quiet again. */
  put(): void {
    const vault = this.#vault;
    if (!vault) return;
    this.#index(vault);
    clearTimeout(this.#checkpoint);
    this.#checkpoint = setTimeout(() => {
      try {
        if (this.#vault === vault) vault.checkpoint();
      } catch {
        // Everything is in the write-ahead log already; closing tries again.
      }
    }, CHECKPOINT_AFTER);
    this.#checkpoint.unref();
  }

  /** The vault is about to be closed. */
  stop(): void {
    clearTimeout(this.#checkpoint);
    clearTimeout(this.#inspection);
    clearTimeout(this.#indexing);
    clearInterval(this.#turning);
    this.#vault = undefined;
  }

  /** Checks a large vault one table at a time, with pauses in which other calls are served. */
  #inspect(vault: Vault, tables: readonly string[]): void {
    const [table, ...rest] = tables;
    if (table === undefined) return;
    this.#inspection = setTimeout(() => {
      if (this.#vault !== vault) return;
      const [problem] = vault.checkTable(table);
      if (problem === undefined) this.#inspect(vault, rest);
      else this.#damaged({ code: 'vault.damaged', detail: problem });
    }, INSPECTION_PAUSE);
    this.#inspection.unref();
  }

  /** Tells what the clock has changed. */
  #turn(vault: Vault): void {
    if (this.#vault !== vault) return;
    try {
      const updates = vault.turned();
      if (updates) this.#turned(updates);
    } catch (error) {
      const failure = vaultFailure(error).error;
      if (failure.code === 'vault.damaged') this.#damaged(failure);
    }
  }

  /** Search entries that wait are written. */
  #index(vault: Vault, after = INDEX_AFTER): void {
    clearTimeout(this.#indexing);
    this.#indexing = setTimeout(() => {
      if (this.#vault !== vault) return;
      try {
        if (vault.indexSome(INDEXED_AT_A_TIME)) this.#index(vault, 0);
      } catch (error) {
        const failure = vaultFailure(error).error;
        if (failure.code === 'vault.damaged') this.#damaged(failure);
        else this.#index(vault, INDEX_AGAIN);
      }
    }, after);
    this.#indexing.unref();
  }
}
