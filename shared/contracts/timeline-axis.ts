/** Where the lines and words of a time axis stand, by how many pixels a day has. Day numbers in, day numbers out. */
import { civilOf, type DayNumber, dayNumberOf, weekdayOf } from '../contract-dates/civil.ts';

export type AxisUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface Tick {
  /** The first day of the unit. */
  readonly day: DayNumber;
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–4. */
  readonly quarter: number;
  /** 1–31. */
  readonly date: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
}

export interface AxisUnits {
  readonly major: AxisUnit;
  readonly minor: AxisUnit;
  /** Only lines, no words: the minor unit is too narrow for them. */
  readonly bare: boolean;
}

/** Narrowest width in pixels at which the words of a unit still stand apart. */
const STEPS: readonly (readonly [AxisUnits, number])[] = [
  [{ major: 'month', minor: 'day', bare: false }, 22],
  [{ major: 'month', minor: 'week', bare: false }, 3.6],
  [{ major: 'year', minor: 'month', bare: false }, 1.05],
  [{ major: 'year', minor: 'quarter', bare: false }, 0.4],
  [{ major: 'year', minor: 'quarter', bare: true }, 0.2],
];

/** The units for a scale in pixels per day. */
export function axisUnits(pixelsPerDay: number): AxisUnits {
  const found = STEPS.find(([, least]) => pixelsPerDay >= least);
  return found ? found[0] : { major: 'year', minor: 'year', bare: true };
}

function tickAt(day: DayNumber): Tick {
  const { year, month, day: date } = civilOf(day);
  return { day, year, month, quarter: Math.ceil(month / 3), date, weekday: weekdayOf(day) };
}

const MONTHS: Readonly<Partial<Record<AxisUnit, number>>> = { month: 1, quarter: 3, year: 12 };

/** The units that touch the days from `from` to `to`, both counted; the first may begin before `from`. */
export function ticks(unit: AxisUnit, from: DayNumber, to: DayNumber): Tick[] {
  const list: Tick[] = [];
  const step = MONTHS[unit];
  if (step === undefined) {
    const days = unit === 'week' ? 7 : 1;
    const first = unit === 'week' ? from - (weekdayOf(from) - 1) : from;
    for (let day = first; day <= to; day += days) list.push(tickAt(day));
    return list;
  }
  const { year, month } = civilOf(from);
  for (let index = year * 12 + month - 1 - ((month - 1) % step); ; index += step) {
    const day = dayNumberOf({ year: Math.floor(index / 12), month: (index % 12) + 1, day: 1 });
    if (day > to) return list;
    list.push(tickAt(day));
  }
}
