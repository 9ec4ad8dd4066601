/**
 * Working days. A pack tells every deviation from "Saturday and Sunday are free" in one country and year. Without a pack
 * for a year nothing is guessed: the answer is marked provisional and names the year.
 */
import type { PlainDate } from '../model/records.ts';
import { type DayNumber, dayNumberOf, dayOf, parseDay, weekdayOf, yearOf } from './civil.ts';

export interface CalendarPack {
  /** ISO 3166-1 alpha-2, or a person's own name for a calendar. */
  readonly country: string;
  readonly year: number;
  /** Weekdays (Monday to Friday) on which nobody works. */
  readonly nonWorking: readonly PlainDate[];
  /** Saturdays and Sundays on which people do work. */
  readonly working: readonly PlainDate[];
  /** Working days shortened by an hour; for display only. */
  readonly shortened: readonly PlainDate[];
  /** The act that set it. */
  readonly source: string;
}

/** What a search for a working day gives; `missing` lists years for which a calendar had no pack. */
export interface WorkingDay {
  readonly day: DayNumber;
  readonly missing: readonly string[];
}

interface YearRules {
  readonly nonWorking: ReadonlySet<DayNumber>;
  readonly working: ReadonlySet<DayNumber>;
}

/** One country's calendar. */
export interface WorkCalendar {
  readonly name: string;
  /** Years with a pack. */
  readonly years: readonly number[];
  /** A year in which nobody works at all: a mistake in its pack, with which nothing can be computed. */
  readonly closedYear: number | undefined;
  isWorking(day: DayNumber): boolean;
  /** `RU 2027` when the day lies in a year without a pack. */
  missing(day: DayNumber): string | undefined;
}

const isWeekend = (day: DayNumber): boolean => weekdayOf(day) >= 6;

/** Saturdays and Sundays only: for contracts that name no country's holidays. Nothing can be missing from it. */
export const weekendCalendar: WorkCalendar = {
  name: 'none',
  years: [],
  closedYear: undefined,
  isWorking: (day) => !isWeekend(day),
  missing: () => undefined,
};

/**
 * A calendar over packs.
 * @param statutory days free by standing law whatever the year's decree says; used in years without a pack, so that a
 * provisional date is not on a day that is certainly a holiday.
 */
export function createCalendar(
  name: string,
  packs: readonly CalendarPack[],
  statutory: (day: DayNumber) => boolean = () => false,
): WorkCalendar {
  const years = new Map<number, YearRules>();
  for (const pack of packs) {
    // A later pack replaces an earlier one: that is how a person's correction wins over the bundled year.
    if (pack.country === name) {
      years.set(pack.year, {
        nonWorking: new Set(pack.nonWorking.map(dayOf)),
        working: new Set(pack.working.map(dayOf)),
      });
    }
  }
  const isWorking = (day: DayNumber): boolean => {
    const rules = years.get(yearOf(day));
    if (!rules) return !isWeekend(day) && !statutory(day);
    return isWeekend(day) ? rules.working.has(day) : !rules.nonWorking.has(day);
  };
  return {
    name,
    years: [...years.keys()],
    closedYear: closedYearOf([...years.keys()], isWorking),
    isWorking,
    missing(day) {
      const year = yearOf(day);
      return years.has(year) ? undefined : `${name} ${year}`;
    },
  };
}

/** The first of these years without a single working day. */
function closedYearOf(years: readonly number[], isWorking: (day: DayNumber) => boolean): number | undefined {
  return years
    .toSorted((a, b) => a - b)
    .find((year) => {
      const last = dayNumberOf({ year, month: 12, day: 31 });
      for (let day = dayNumberOf({ year, month: 1, day: 1 }); day <= last; day += 1) if (isWorking(day)) return false;
      return true;
    });
}

/** Both sides must be at work: the safe rule when the parties live by different calendars. */
export function bothOpen(ours: WorkCalendar, theirs: WorkCalendar): WorkCalendar {
  if (ours.name === theirs.name) return ours;
  const isWorking = (day: DayNumber): boolean => ours.isWorking(day) && theirs.isWorking(day);
  const years = [...new Set([...ours.years, ...theirs.years])];
  return {
    name: `${ours.name}+${theirs.name}`,
    years,
    closedYear: closedYearOf(years, isWorking),
    isWorking,
    missing: (day) =>
      [ours.missing(day), theirs.missing(day)].filter((name) => name !== undefined).join(', ') || undefined,
  };
}

/** Every year has a working day (`closedYear`), so that none is further away than two years. */
const LONGEST_CLOSURE = 2 * 366;

function walk(calendar: WorkCalendar, from: DayNumber, step: 1 | -1, count: number): WorkingDay {
  const missing = new Set<string>();
  let day = from;
  let found = 0;
  for (let idle = 0; found < count; idle += 1) {
    if (idle > LONGEST_CLOSURE) throw new RangeError('the calendar has no working day for two years');
    day += step;
    const unknown = calendar.missing(day);
    if (unknown !== undefined) missing.add(unknown);
    if (calendar.isWorking(day)) {
      found += 1;
      idle = 0;
    }
  }
  return { day, missing: [...missing] };
}

/** The day itself when people work on it, else the nearest working day before it. */
export const rollBack = (calendar: WorkCalendar, day: DayNumber): WorkingDay => walk(calendar, day + 1, -1, 1);

/** The day itself when people work on it, else the nearest working day after it. */
export const rollForward = (calendar: WorkCalendar, day: DayNumber): WorkingDay => walk(calendar, day - 1, 1, 1);

/** The n-th working day after (n > 0) or before (n < 0) a day that is itself not counted. Zero gives the day itself. */
export const addWorkingDays = (calendar: WorkCalendar, day: DayNumber, count: number): WorkingDay =>
  count === 0 ? { day, missing: [] } : walk(calendar, day, count > 0 ? 1 : -1, Math.abs(count));

/** Number of working days from `first` to `last`, both counted. */
export function countWorkingDays(calendar: WorkCalendar, first: DayNumber, last: DayNumber): number {
  let count = 0;
  for (let day = first; day <= last; day += 1) if (calendar.isWorking(day)) count += 1;
  return count;
}

/** What is wrong with a pack that a person edits or imports: the field and a reason, or undefined. */
export function packProblem(pack: unknown):
  | {
      readonly field: string;
      readonly code: 'notAnObject' | 'notText' | 'notAYear' | 'notADate' | 'wrongYear' | 'wrongWeekday' | 'closed';
    }
  | undefined {
  if (typeof pack !== 'object' || pack === null || Array.isArray(pack)) return { field: '', code: 'notAnObject' };
  const given = pack as Record<string, unknown>;
  for (const field of ['country', 'source'] as const) {
    if (typeof given[field] !== 'string' || given[field].trim() === '') return { field, code: 'notText' };
  }
  const { year } = given;
  if (typeof year !== 'number' || !Number.isInteger(year) || year < 1900 || year > 2200)
    return { field: 'year', code: 'notAYear' };
  for (const field of ['nonWorking', 'working', 'shortened'] as const) {
    const dates = given[field];
    if (!Array.isArray(dates)) return { field, code: 'notADate' };
    for (const [index, date] of dates.entries()) {
      const day = parseDay(date);
      const place = `${field}[${index}]`;
      if (day === undefined) return { field: place, code: 'notADate' };
      if (yearOf(day) !== year) return { field: place, code: 'wrongYear' };
      if (field !== 'shortened' && isWeekend(day) !== (field === 'working'))
        return { field: place, code: 'wrongWeekday' };
    }
  }
  const { country } = given as { country: string };
  return createCalendar(country, [given as unknown as CalendarPack]).closedYear === undefined
    ? undefined
    : { field: 'nonWorking', code: 'closed' };
}
