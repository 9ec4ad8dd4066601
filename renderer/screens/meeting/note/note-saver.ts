/**
 * Saves what is typed: changes of the note are gathered for a moment, merged and committed. Nothing is dropped: what could
 * not be committed stays waiting and goes with the next attempt.
 */
import * as Y from 'yjs';
import { toBase64 } from '../../../../shared/note/note.ts';

/** `saved` is said only when the vault has it. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';

export interface NoteSaverOptions {
  /** Commits one base64 update; false when it was refused. Must not throw. */
  readonly commit: (update: string) => Promise<boolean>;
  /** Milliseconds after the last change. The promise to people is 300 in all. */
  readonly quiet?: number;
  /** Milliseconds after which a save happens although typing goes on. */
  readonly longest?: number;
  /** Milliseconds until a refused save is tried again. */
  readonly retry?: number;
}

export class NoteSaver {
  readonly #commit: (update: string) => Promise<boolean>;
  readonly #quiet: number;
  readonly #longest: number;
  readonly #retry: number;
  readonly #listeners = new Set<() => void>();
  #pending: Uint8Array[] = [];
  #running: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deadline = 0;
  #state: SaveState = 'saved';

  constructor(options: NoteSaverOptions) {
    this.#commit = options.commit;
    this.#quiet = options.quiet ?? 200;
    this.#longest = options.longest ?? 1000;
    this.#retry = options.retry ?? 3000;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Calls the listener whenever the state changes; returns a function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One Yjs update made by the person. */
  add(update: Uint8Array): void {
    if (this.#pending.length === 0) this.#deadline = Date.now() + this.#longest;
    this.#pending.push(update);
    if (!this.#running) this.#become('waiting');
    this.#wait(Math.max(0, Math.min(this.#quiet, this.#deadline - Date.now())));
  }

  /** Commits everything now. True when nothing is waiting any more. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A commit under way may have left out what was typed since it began.
    while (this.#running) await this.#running;
    if (this.#pending.length === 0) return this.#state === 'saved';
    return this.#save();
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  #save(): Promise<boolean> {
    const batch = this.#pending;
    this.#pending = [];
    this.#become('saving');
    const run = this.#commit(toBase64(Y.mergeUpdates(batch)))
      .catch(() => false)
      .then((done) => {
        this.#running = undefined;
        if (done) {
          if (this.#pending.length > 0) this.#become('waiting');
          else this.#become('saved');
          return this.#pending.length === 0;
        }
        this.#pending = [...batch, ...this.#pending];
        this.#become('failed');
        this.#wait(this.#retry);
        return false;
      });
    this.#running = run;
    return run;
  }

  #become(state: SaveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
