/** Stop-clock: while a contract is suspended its term does not run, so each suspended day moves the end by one day. */
import type { PlainDate } from '../model/records.ts';
import { type DayNumber, dayOf } from './civil.ts';
import type { Suspension } from './terms.ts';

export interface Pause {
  readonly from: DayNumber;
  /** The last suspended day. */
  readonly to: DayNumber;
  /** The end is not known yet; `to` is today. */
  readonly open: boolean;
}

/** Suspensions known by today, merged where they touch or overlap, in order. An open one is counted up to today. */
export function pausesOf(suspensions: readonly Suspension[], today: PlainDate): Pause[] {
  const now = dayOf(today);
  const pauses: Pause[] = [];
  const given = suspensions
    .map(({ from, to }) => ({
      from: dayOf(from),
      to: to === undefined ? Math.max(now, dayOf(from)) : dayOf(to),
      open: to === undefined,
    }))
    .toSorted((a, b) => a.from - b.from);
  for (const pause of given) {
    const last = pauses.at(-1);
    if (last && pause.from <= last.to + 1) {
      pauses[pauses.length - 1] = {
        from: last.from,
        to: Math.max(last.to, pause.to),
        open: last.open || pause.open,
      };
    } else {
      pauses.push(pause);
    }
  }
  return pauses;
}

/** The end moved by every pause that begins on or before it (moving it may bring it to the next pause). */
export function extendedEnd(
  end: DayNumber,
  pauses: readonly Pause[],
): { readonly day: DayNumber; readonly days: number; readonly open: boolean } {
  let days = 0;
  let open = false;
  for (const pause of pauses) {
    if (pause.from > end + days) break;
    days += pause.to - pause.from + 1;
    open ||= pause.open;
  }
  return { day: end + days, days, open };
}
