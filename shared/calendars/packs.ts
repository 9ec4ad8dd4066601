/** Years of working days: which are bundled, how they are kept as records and as files. */
import type { CalendarPack } from '../contract-dates/calendar.ts';
import { russianPacks } from '../contract-dates/packs/ru.ts';
import type { PlainDate } from '../model/records.ts';

export type DayKind = 'off' | 'work' | 'short';
export const DAY_KINDS: readonly DayKind[] = ['off', 'work', 'short'];
export type Days = Readonly<Record<PlainDate, DayKind>>;

/** The years that come with the program, oldest first. */
export const bundledPacks: readonly CalendarPack[] = russianPacks;

export const bundledPack = (country: string, year: number): CalendarPack | undefined =>
  bundledPacks.find((pack) => pack.country === country && pack.year === year);

/** The record in which a person's own year is kept. */
export const calendarId = (country: string, year: number): string => `calendar:${country}:${year}`;

/** A pack's deviations by date, in order. */
export function daysOfPack({ nonWorking, working, shortened }: CalendarPack): Days {
  const entries: [PlainDate, DayKind][] = [
    ...shortened.map((date): [PlainDate, DayKind] => [date, 'short']),
    // A working Saturday that is also short is first of all a working day.
    ...working.map((date): [PlainDate, DayKind] => [date, 'work']),
    ...nonWorking.map((date): [PlainDate, DayKind] => [date, 'off']),
  ];
  return Object.fromEntries([...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function packOfDays(country: string, year: number, days: Days, source: string): CalendarPack {
  const of = (kind: DayKind): PlainDate[] =>
    Object.entries(days)
      .filter(([, value]) => value === kind)
      .map(([date]) => date)
      .sort();
  return { country, year, nonWorking: of('off'), working: of('work'), shortened: of('short'), source };
}

/** What turns one set of days into another: null removes a deviation. */
export function dayChanges(before: Days, after: Days): Readonly<Record<PlainDate, DayKind | null>> {
  const dates = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    dates.filter((date) => before[date] !== after[date]).map((date) => [date, after[date] ?? null]),
  );
}

/** The file that an export writes and an import reads. */
export const packText = (pack: CalendarPack): string => `${JSON.stringify(pack, null, 2)}\n`;
