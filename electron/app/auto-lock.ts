/** Locks the vault after a time without input on the whole machine. */

const CHECK_MILLISECONDS = 15_000;

export class AutoLock {
  readonly #idleSeconds: () => number;
  readonly #lock: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  /** `idleSeconds` reads the system's idle time; `lock` is called at most once per idle stretch by being harmless when locked. */
  constructor(idleSeconds: () => number, lock: () => Promise<void>) {
    this.#idleSeconds = idleSeconds;
    this.#lock = lock;
  }

  /** Minutes without input; 0 = never. */
  setMinutes(minutes: number): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (minutes === 0) return;
    this.#timer = setInterval(() => {
      if (this.#idleSeconds() >= minutes * 60) void this.#lock();
    }, CHECK_MILLISECONDS);
    this.#timer.unref();
  }
}
