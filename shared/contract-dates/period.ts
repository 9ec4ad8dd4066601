/** Periods of contract wording, and adding them to an anchor: never to a result that was already clamped. */
import { addWorkingDays, type WorkCalendar } from './calendar.ts';
import { addMonths, type DayNumber, endOfMonth } from './civil.ts';

/** Whole numbers, none negative, at least one positive. */
export interface Period {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly workingDays?: number;
}

export const PERIOD_UNITS = ['years', 'months', 'weeks', 'days', 'workingDays'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** How exactly a date is known; a month or a year stands for its last day when a deadline hangs on it. */
export type Precision = 'day' | 'month' | 'year';

/** A day that arithmetic arrived at, and what was uncertain or adjusted on the way. */
export interface Landing {
  readonly day: DayNumber;
  /** Calendar years without a pack that the count ran through. */
  readonly missing: readonly string[];
  /** The anchor's number does not exist in the month reached, so its last day was taken. */
  readonly clamped: boolean;
}

/** The parts that calendars treat alike: months (years are 12), days (weeks are 7), working days. */
export interface PeriodParts {
  readonly months: number;
  readonly days: number;
  readonly workingDays: number;
}

export const partsOf = (period: Period): PeriodParts => ({
  months: (period.years ?? 0) * 12 + (period.months ?? 0),
  days: (period.weeks ?? 0) * 7 + (period.days ?? 0),
  workingDays: period.workingDays ?? 0,
});

export const partsPlus = (one: PeriodParts, other: PeriodParts, times = 1): PeriodParts => ({
  months: one.months + other.months * times,
  days: one.days + other.days * times,
  workingDays: one.workingDays + other.workingDays * times,
});

export const isEmptyPeriod = (period: Period): boolean => PERIOD_UNITS.every((unit) => (period[unit] ?? 0) === 0);

/** Only years and months: such a period keeps the day number of its anchor. */
export const isMonthly = ({ days, workingDays }: PeriodParts): boolean => days === 0 && workingDays === 0;

/**
 * Adds months, then days, then working days to the anchor; a negative sign counts backwards from it in the same order.
 * @param monthEnd the wording says "the last day of the month": the result of the months is moved to its month's end. It
 * means nothing without months.
 */
export function addParts(
  anchor: DayNumber,
  { months, days, workingDays }: PeriodParts,
  calendar: WorkCalendar,
  sign: 1 | -1 = 1,
  monthEnd = false,
): Landing {
  const moved = addMonths(anchor, sign * months);
  const clamped = months !== 0 && !monthEnd && addMonths(moved, -sign * months) !== anchor;
  const shifted = (monthEnd && months !== 0 ? endOfMonth(moved) : moved) + sign * days;
  const { day, missing } = addWorkingDays(calendar, shifted, sign * workingDays);
  return { day, missing, clamped };
}

/**
 * The day after a period whose first day counts. Of its working days the first is the anchor itself where people work on
 * it: five of them from a Monday end on Friday, and from a Saturday on the Friday after.
 */
export function dayAfter(
  first: DayNumber,
  { months, days, workingDays }: PeriodParts,
  calendar: WorkCalendar,
): Landing {
  const { day, clamped } = addParts(first, { months, days, workingDays: 0 }, calendar);
  if (workingDays === 0) return { day, clamped, missing: [] };
  const last = addWorkingDays(calendar, day - 1, workingDays);
  return { day: last.day + 1, clamped, missing: last.missing };
}

export const addPeriod = (anchor: DayNumber, period: Period, calendar: WorkCalendar, monthEnd = false): Landing =>
  addParts(anchor, partsOf(period), calendar, 1, monthEnd);

/**
 * Counts backwards from an event. It is not the undoing of an addition: 31 Jan + 1 month is 28 Feb, 28 Feb − 1 month is
 * 28 Jan.
 */
export const subtractPeriod = (event: DayNumber, period: Period, calendar: WorkCalendar, monthEnd = false): Landing =>
  addParts(event, partsOf(period), calendar, -1, monthEnd);
