/**
 * Days as integers. A contract date is a day on the proleptic Gregorian calendar, never an instant: no zone, no clock,
 * no `Date`. Day 0 is 1970-01-01. The conversion is the era-based one (400 years = 146,097 days).
 */
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

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Length of a month, 1–12, in days. */
export function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 30);
}

export function dayNumberOf({ year, month, day }: Civil): DayNumber {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilOf(dayNumber: DayNumber): Civil {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** The day of a `YYYY-MM-DD` text; undefined when it is not an existing day (2023-02-29, 2024-13-01, `2024-1-1`). */
export function parseDay(text: unknown): DayNumber | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const civil = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > monthLength(civil.year, civil.month))
    return undefined;
  return dayNumberOf(civil);
}

/** The day of a date already validated; throws RangeError on anything else. */
export function dayOf(date: PlainDate): DayNumber {
  const day = parseDay(date);
  if (day === undefined) throw new RangeError('not a calendar date');
  return day;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export function dateOf(dayNumber: DayNumber): PlainDate {
  const { year, month, day } = civilOf(dayNumber);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export const yearOf = (dayNumber: DayNumber): number => civilOf(dayNumber).year;

/** 1 Monday … 7 Sunday (ISO 8601). */
export const weekdayOf = (dayNumber: DayNumber): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1;

/**
 * The day that many months away, counted from the anchor in one step; a number that the month does not have becomes its
 * last day (Civil Code of Russia 192(3), Regulation 1182/71 Art. 3(2)(c)).
 * Never add to the result again: 31 Jan + 2 months is 31 Mar, but 29 Feb + 1 month is 29 Mar.
 */
export function addMonths(anchor: DayNumber, months: number): DayNumber {
  const { year, month, day } = civilOf(anchor);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return dayNumberOf({
    year: targetYear,
    month: targetMonth,
    day: Math.min(day, monthLength(targetYear, targetMonth)),
  });
}

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
