/** A derivation: one entry per step, as a message key and its values, so that every language can say it. */
import type { Period } from './period.ts';

export type ReasonValue = string | number | Period | readonly string[];

export interface Reason {
  /** Below `contractDates.because`. */
  readonly key: string;
  /** Dates as `YYYY-MM-DD`; periods as they were given; `field:` and `point:` names as in the terms. */
  readonly params: Readonly<Record<string, ReasonValue>>;
  /** Where the wording stands: a clause of the contract, an amendment. */
  readonly clause?: string;
  readonly amendment?: string;
}

export const because = (
  key: string,
  params: Readonly<Record<string, ReasonValue>> = {},
  source: { clause?: string; amendment?: string } = {},
): Reason => ({
  key,
  params,
  ...source,
});
