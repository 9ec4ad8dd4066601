/**
 * Days as integers, over shared/dates. A contract date is a day on the calendar, never an instant: no zone, no clock, no
 * `Date`. Counting on day numbers keeps working-day walks cheap; texts appear only at the edges.
 */
import {
  datePartsOf,
  dayNumberOf as dayNumberOfParts,
  daysInMonth,
  fromDayNumber,
  isPlainDate,
  partsMonthsLater,
  toDayNumber,
} from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';

/** Days since 1970-01-01; may be negative. */
export type DayNumber = number;
/** `YYYY-MM`. */
export type PlainMonth = string;

export interface Civil {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  /** 1–31 */
  readonly day: number;
}

/** Dates that the engine accepts and gives: contracts from 1900 to 2200. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Length of a month, 1–12, in days. */
export const monthLength = daysInMonth;

/** The day of a date already validated; throws RangeError on anything else. */
export const dayOf: (date: PlainDate) => DayNumber = toDayNumber;

export const dateOf: (day: DayNumber) => PlainDate = fromDayNumber;

/** The number of an existing day. */
export const dayNumberOf: (day: Civil) => DayNumber = dayNumberOfParts;

/** Throws RangeError outside the years 0001–9999. */
export const civilOf: (dayNumber: DayNumber) => Civil = datePartsOf;

/** The day of a `YYYY-MM-DD` text; undefined when it is not an existing day (2023-02-29, 2024-13-01, `2024-1-1`). */
export const parseDay = (text: unknown): DayNumber | undefined => (isPlainDate(text) ? dayOf(text) : undefined);

export const yearOf = (dayNumber: DayNumber): number => civilOf(dayNumber).year;

/** 1 Monday … 7 Sunday (ISO 8601). */
export const weekdayOf = (dayNumber: DayNumber): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

/**
 * The day that many months away, counted from the anchor in one step; a number that the month does not have becomes its
 * last day (Civil Code of Russia 192(3), Regulation 1182/71 Art. 3(2)(c)).
 * Never add to the result again: 31 Jan + 2 months is 31 Mar, but 29 Feb + 1 month is 29 Mar.
 */
export const addMonths = (anchor: DayNumber, months: number): DayNumber =>
  dayNumberOfParts(partsMonthsLater(datePartsOf(anchor), months));

/** The last day of the month in which the day lies. */
export function endOfMonth(dayNumber: DayNumber): DayNumber {
  const { year, month } = civilOf(dayNumber);
  return dayNumberOf({ year, month, day: monthLength(year, month) });
}

/** Months since year 0 of a `YYYY-MM` text; undefined when it is none. */
export function parseMonth(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  const month = Number(match?.[2]);
  return match && month >= 1 && month <= 12 ? Number(match[1]) * 12 + month - 1 : undefined;
}

export function monthText(index: number): PlainMonth {
  const year = Math.floor(index / 12);
  return `${pad(year, 4)}-${pad(index - year * 12 + 1, 2)}`;
}

/** The month of a day, comparable with parseMonth. */
export function monthOf(dayNumber: DayNumber): number {
  const { year, month } = civilOf(dayNumber);
  return year * 12 + month - 1;
}
