/**
 * How much text a record may hold (docs/sync.md, SYNC-LIMIT-2). Each change is bounded by itself; many of them on one record
 * would otherwise add up to a state that no device can write any more, and nothing behind them would come in.
 */
import { AppFailure } from '../result.ts';
import type { Change, Json, RecordState } from './types.ts';

/** Characters of all values of a record together, in UTF-16 units. */
export const MOST_TEXT = 16_000_000;

/** Characters of text in a value, names of members included. */
export function textOf(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  if (Array.isArray(value)) for (const one of value as readonly Json[]) sum += textOf(one);
  else for (const [name, one] of Object.entries(value)) sum += name.length + textOf(one);
  return sum;
}

/** Characters of text in all values that stand in a record, concurrent ones included. */
export function textOfState(state: RecordState | undefined): number {
  let sum = 0;
  for (const { heads } of state?.fields.values() ?? []) for (const { value } of heads) sum += textOf(value);
  return sum;
}

/** Looks after the bound while many changes are taken in at once; made anew for each transaction. */
export class TextBound {
  readonly #most: number;
  /** Not less than what the record holds. */
  readonly #held = new Map<string, number>();

  constructor(most = MOST_TEXT) {
    this.#most = most;
  }

  /** Throws `change.invalid` (`large`) when the change makes a record that holds too much. */
  check(before: RecordState | undefined, change: Change, after: RecordState): void {
    const { record, value } = change;
    const held = (this.#held.get(record) ?? textOfState(before)) + textOf(value);
    if (held > this.#most) {
      const exactly = textOfState(after);
      if (exactly > this.#most && exactly > textOfState(before))
        throw new AppFailure('change.invalid', { reason: 'large' });
      this.#held.set(record, exactly);
    } else this.#held.set(record, held);
  }
}
