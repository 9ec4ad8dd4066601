/**
 * A hybrid logical clock: wall time that never goes back, a counter for changes within one millisecond, and the device.
 * Readings are fixed-width lower-case hex, so text order is clock order. After Kulkarni et al., "Logical Physical
 * Clocks" (2014); the drift bound follows Actual and Evolu.
 */
import { fail, ok, type Result } from '../result.ts';
import type { Hlc } from './types.ts';

/** How far ahead of our wall clock a change from elsewhere may be, in milliseconds. */
export const MAX_DRIFT = 5 * 60_000;
const MAX_COUNTER = 0xffff;
const MAX_MILLIS = 0xffff_ffff_ffff;
const HLC = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{16}$/;
const DEVICE = /^[0-9a-f]{16}$/;

export interface HlcParts {
  /** Milliseconds since the epoch. */
  readonly millis: number;
  readonly counter: number;
  readonly device: string;
}

export function isHlc(value: unknown): value is Hlc {
  return typeof value === 'string' && value.length === 34 && HLC.test(value);
}

/** The parts of a reading; null when it is not one. */
export function parseHlc(hlc: string): HlcParts | null {
  if (!isHlc(hlc)) return null;
  return {
    millis: Number.parseInt(hlc.slice(0, 12), 16),
    counter: Number.parseInt(hlc.slice(13, 17), 16),
    device: hlc.slice(18),
  };
}

/** Milliseconds since the epoch of a valid reading. */
export const hlcMillis = (hlc: Hlc): number => Number.parseInt(hlc.slice(0, 12), 16);
/** Device of a valid reading. */
export const hlcDevice = (hlc: Hlc): string => hlc.slice(18);

/** Negative, zero or positive as `a` is before, at or after `b`. */
export const compareHlc = (a: Hlc, b: Hlc): number => (a < b ? -1 : a > b ? 1 : 0);

export function formatHlc({ millis, counter, device }: HlcParts): Hlc {
  return `${millis.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${device}`;
}

/** A text that stands behind every reading up to a time in milliseconds, and before every later one. */
export const hlcAfter = (millis: number): string =>
  formatHlc({ millis: Math.floor(millis) + 1, counter: 0, device: '' });

export interface Clock {
  readonly device: string;
  /** The wall clock in milliseconds since the epoch. */
  readonly now: () => number;
  /** A new reading, greater than every one given or received before. */
  readonly tick: () => Hlc;
  /**
   * Takes note of a reading from elsewhere. Refused with `clock.tooFarAhead` when it is more than five minutes ahead
   * of our wall clock, or `clock.malformed`; a refused reading never moves the clock.
   */
  readonly receive: (remote: string) => Result<null>;
}

/**
 * A clock for one device. `device` is 16 hex digits; `last` the greatest reading known from before (the log's end).
 */
export function createClock(options: {
  readonly device: string;
  readonly now: () => number;
  readonly last?: Hlc;
}): Clock {
  const { device, now } = options;
  if (!DEVICE.test(device)) throw new RangeError('a device is 16 lower-case hex digits');
  const start = options.last === undefined ? null : parseHlc(options.last);
  let millis = start?.millis ?? 0;
  let counter = start?.counter ?? 0;
  return {
    device,
    now,
    tick: () => {
      const wall = Math.floor(now());
      if (wall > millis) {
        millis = wall;
        counter = 0;
      } else if (counter < MAX_COUNTER) {
        counter += 1;
      } else {
        millis += 1;
        counter = 0;
      }
      if (millis > MAX_MILLIS) throw new RangeError('the clock has run out');
      return formatHlc({ millis, counter, device });
    },
    receive: (remote) => {
      const parts = parseHlc(remote);
      if (!parts) return fail('clock.malformed');
      if (parts.millis > now() + MAX_DRIFT) {
        return fail('clock.tooFarAhead', { minutes: Math.round((parts.millis - now()) / 60_000) });
      }
      if (parts.millis > millis || (parts.millis === millis && parts.counter > counter)) {
        millis = parts.millis;
        counter = parts.counter;
      }
      return ok(null);
    },
  };
}
