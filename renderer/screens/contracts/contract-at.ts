/** From which day, and with whose knowledge, a contract is looked at. */
import type { CalendarPack } from '../../../shared/contract-dates/calendar.ts';
import type { TermsContext } from '../../../shared/contracts/wording.ts';
import type { PlainDate } from '../../../shared/model/records.ts';

/** `effective`: the day that is shown. `known`: only what was known by then. Either may be missing. */
export interface AsOf {
  readonly effective?: PlainDate;
  readonly known?: PlainDate;
}

/**
 * What the engine computes with. A chosen day becomes the day from which one looks, with today's knowledge unless another
 * is chosen; a chosen day of knowledge alone leaves the day as it is.
 */
export function contextAt(
  today: PlainDate,
  packs: readonly CalendarPack[],
  asOf: AsOf | null,
  nextCount?: number,
): TermsContext {
  const more = nextCount === undefined ? {} : { nextCount };
  if (!asOf?.effective && !asOf?.known) return { today, packs, ...more };
  const known = asOf.known ?? today;
  return {
    today: asOf.effective ?? today,
    packs,
    asOf: { ...(asOf.effective === undefined ? {} : { effective: asOf.effective }), known },
    ...more,
  };
}
