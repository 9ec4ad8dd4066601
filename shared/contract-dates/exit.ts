/**
 * When an open-ended contract, or one that may be left for convenience, lets go: the notice runs forward from the day it
 * is given, and where the wording names a point ("to the end of a quarter") the contract ends with the next of these.
 */
import type { WorkCalendar } from './calendar.ts';
import { addMonths, civilOf, type DayNumber, dayNumberOf, dayOf, endOfMonth, monthOf } from './civil.ts';
import type { Period } from './period.ts';
import { forwardDeadline, readingOf } from './profile.ts';
import type { ContractText, ExitPoint } from './terms.ts';

export interface Exit {
  /** The last day before any move to a working day. */
  readonly nominal: DayNumber;
  readonly final: DayNumber;
  /** The day on which the notice itself has run out; the last day unless the wording names a point. */
  readonly ran: DayNumber;
  readonly missing: readonly string[];
}

/** The point that the wording names. A notice "to the last day of the month" names one, too, where it runs forward. */
export const exitPointOf = ({ exitAt, noticeToMonthEnd, renewal }: ContractText): ExitPoint | undefined =>
  exitAt ?? (noticeToMonthEnd && renewal === 'evergreen' ? 'month' : undefined);

/** The first such point on or after the day. Months and years of the contract are counted from its start, each anew. */
function pointFrom(day: DayNumber, point: ExitPoint, text: ContractText): DayNumber {
  if (point === 'month') return endOfMonth(day);
  if (point === 'contractMonth' || point === 'contractYear') {
    const start = dayOf(text.start);
    const step = point === 'contractYear' ? 12 : 1;
    const last = (count: number): DayNumber =>
      addMonths(start, count * step) - (readingOf(text) === 'same-day' ? 0 : 1);
    let count = Math.max(1, Math.floor((monthOf(day) - monthOf(start)) / step));
    while (last(count) < day) count += 1;
    return last(count);
  }
  const { year, month } = civilOf(day);
  return endOfMonth(dayNumberOf({ year, month: point === 'year' ? 12 : Math.ceil(month / 3) * 3, day: 1 }));
}

/**
 * The last day if notice is given on that day. A point is a named day and is not moved to a working day; the end of the
 * notice before it is, where the profile says so.
 */
export function exitAfter(
  given: DayNumber,
  text: ContractText,
  calendar: WorkCalendar,
  length: Period | undefined = text.notice,
): Exit {
  const run = length
    ? forwardDeadline(text.profile, given, length, calendar)
    : { day: given, nominal: given, missing: [] };
  const point = exitPointOf(text);
  if (point === undefined) return { nominal: run.nominal, final: run.day, ran: run.day, missing: run.missing };
  const last = pointFrom(run.day, point, text);
  return { nominal: last, final: last, ran: run.day, missing: run.missing };
}

/** The last day on which a notice still leads to the same exit as one given on that day; later notices leave later. */
export function latestFor(
  given: DayNumber,
  text: ContractText,
  calendar: WorkCalendar,
  length: Period | undefined = text.notice,
): DayNumber {
  const { final } = exitAfter(given, text, calendar, length);
  let [low, high] = [given, Math.max(given, final)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (exitAfter(middle, text, calendar, length).final <= final) low = middle;
    else high = middle - 1;
  }
  return low;
}
