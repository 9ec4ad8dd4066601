/**
 * Calendar days as 'YYYY-MM-DD' by integer arithmetic: no Date, no time zone, the same on every machine.
 * Day numbers count days since 1970-01-01 in the proleptic Gregorian calendar (after H. Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms").
 */
import type { PlainDate, PlainDateTime } from '../model/records.ts';

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/;

export interface DateParts {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** 28–31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number that the decimal digits from `start` to `end` write; NaN when one is no digit 0–9. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The parts of a day that exists; null for anything else. Years 0001–9999. Called often, hence by hand. */
export function parsePlainDate(text: string): DateParts | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (Number.isNaN(year + month + day)) return null;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

export const isPlainDate = (text: unknown): text is PlainDate =>
  typeof text === 'string' && parsePlainDate(text) !== null;

/** Wall time 'YYYY-MM-DDTHH:MM' on a day that exists. */
export function isPlainDateTime(text: unknown): text is PlainDateTime {
  if (typeof text !== 'string') return false;
  const match = DATE_TIME.exec(text);
  return match !== null && isPlainDate(match[1]);
}

/** 'YYYY-MM-DD' of parts; null when the day does not exist. */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return null;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return format({ year, month, day });
}

function format({ year, month, day }: DateParts): PlainDate {
  const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);
  return `${year > 999 ? year : String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function need(date: PlainDate): DateParts {
  const parts = parsePlainDate(date);
  if (!parts) throw new RangeError('not a calendar day');
  return parts;
}

/** Days since 1970-01-01. Throws RangeError when the text is not a day. */
export const toDayNumber = (date: PlainDate): number => dayNumberOf(need(date));

/** Days since 1970-01-01 of a day that exists; not checked. */
export function dayNumberOf({ year, month, day }: DateParts): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The day of a day number. Throws RangeError outside the years 0001–9999. */
export const fromDayNumber = (days: number): PlainDate => format(datePartsOf(days));

/** The parts of a day number. Throws RangeError outside the years 0001–9999. */
export function datePartsOf(days: number): DateParts {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!(year >= 1 && year <= 9999)) throw new RangeError('outside the calendar');
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** The day `days` later (earlier when negative). */
export const addDays = (date: PlainDate, days: number): PlainDate => fromDayNumber(toDayNumber(date) + days);

/**
 * The day `months` later, or the month's last day when that month is shorter (31 January + 1 month = 28 or 29
 * February). Always count from the anchor, never from a clamped result: 31 January + 2 months is 31 March.
 */
export const addMonthsClamped = (anchor: PlainDate, months: number): PlainDate =>
  format(partsMonthsLater(need(anchor), months));

/** As addMonthsClamped, on parts of a day that exists. */
export function partsMonthsLater({ year, month, day }: DateParts, months: number): DateParts {
  const index = year * 12 + month - 1 + months;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  if (y < 1 || y > 9999) throw new RangeError('outside the calendar');
  return { year: y, month: m, day: Math.min(day, daysInMonth(y, m)) };
}

/** Negative, zero or positive as `a` is before, on or after `b`. */
export const comparePlainDates = (a: PlainDate, b: PlainDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** Days from `from` to `to`. */
export const diffDays = (from: PlainDate, to: PlainDate): number => toDayNumber(to) - toDayNumber(from);

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(date: PlainDate): number {
  return ((((toDayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

const zoned = new Map<string, Intl.DateTimeFormat>();
/** Wall time at a place at an instant: milliseconds since the epoch → 'YYYY-MM-DDTHH:MM'. Throws RangeError for an unknown zone. */
export function wallTime(timeZone: string, millis: number): PlainDateTime {
  let formatter = zoned.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    zoned.set(timeZone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(millis).map(({ type, value }) => [type, value]));
  return `${String(parts.year).padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The calendar day at a place at an instant (milliseconds since the epoch). */
export const today = (timeZone: string, millis: number): PlainDate => wallTime(timeZone, millis).slice(0, 10);
