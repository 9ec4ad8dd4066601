/**
 * How often somebody may ask. Kept in this process: with n copies behind a balancer the bound of all together is n times
 * as much. The clock is given, in milliseconds.
 */

/** Keys remembered at most; the oldest are forgotten first. */
const KEYS = 100_000;

/** Adds at the end of the map's order and forgets the oldest. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEYS) map.delete(map.keys().next().value as string);
}

export interface Rate {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a pause. */
  readonly burst: number;
}

/** A token bucket for every key. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one; 0 when allowed, else the seconds to wait. */
  take(key: string): number {
    const now = this.#now();
    const { perSecond, burst } = this.#rate;
    const bucket = this.#buckets.get(key);
    const passed = bucket ? Math.max(0, now - bucket.at) : 0;
    const left = Math.min(burst, (bucket?.left ?? burst) + (passed / 1000) * perSecond);
    const allowed = left >= 1;
    remember(this.#buckets, key, { left: allowed ? left - 1 : left, at: now });
    return allowed ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
  }
}

/** The longest a key is blocked, in seconds, and the pause after which its failures are forgotten, in milliseconds. */
const LONGEST = 900;
const FORGET = 3_600_000;

/**
 * Failed tokens and invitations: after `free` failures a key is blocked for 1, 2, 4, … seconds. What comes while it is
 * blocked is not looked at.
 */
export class FailureLimit {
  readonly #now: () => number;
  readonly #free: number;
  readonly #failures = new Map<string, { count: number; at: number }>();

  constructor(free: number, now: () => number) {
    this.#free = free;
    this.#now = now;
  }

  /** Seconds until the key may try again; 0 when it may now. */
  blocked(key: string): number {
    const failure = this.#failures.get(key);
    if (!failure || failure.count < this.#free) return 0;
    const until = failure.at + 1000 * Math.min(LONGEST, 2 ** (failure.count - this.#free));
    return Math.max(0, Math.ceil((until - this.#now()) / 1000));
  }

  failed(key: string): void {
    const now = this.#now();
    const failure = this.#failures.get(key);
    const count = failure && now - failure.at < FORGET ? failure.count + 1 : 1;
    remember(this.#failures, key, { count, at: now });
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}

/** Keys that were good a short while ago, so that a blocked address does not lock out those who share it. */
export class Recent {
  readonly #now: () => number;
  readonly #span: number;
  readonly #seen = new Map<string, number>();

  constructor(span: number, now: () => number) {
    this.#span = span;
    this.#now = now;
  }

  add(key: string): void {
    remember(this.#seen, key, this.#now());
  }

  has(key: string): boolean {
    const at = this.#seen.get(key);
    return at !== undefined && this.#now() - at < this.#span;
  }

  delete(key: string): void {
    this.#seen.delete(key);
  }
}

/** The part of an address that one customer has: IPv4 whole, of IPv6 the first 64 bits. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [front = '', back] = address.split('::');
  const groups = front.split(':').filter(Boolean);
  const tail = back === undefined ? [] : back.split(':').filter(Boolean);
  if (back !== undefined) while (groups.length + tail.length < 8) groups.push('0');
  return [...groups, ...tail]
    .slice(0, 4)
    .map((group) => group.padStart(4, '0').toLowerCase())
    .join(':');
}
