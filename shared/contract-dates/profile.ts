/**
 * Rule profiles: how a period is counted when the contract does not say.
 *
 * - `rf`: Civil Code of Russia, Articles 190–194. The period runs from the next day (191), ends on the same number of the
 *   last month or its last day (192), and a last day that is not a working day gives way to the next one (193). A notice
 *   handed to the post before 24:00 of the last day is in time (194).
 * - `eu`: Regulation (EEC, Euratom) 1182/71. The day of the event is not counted (Art. 3(1)), same date or last day of
 *   the month (Art. 3(2)(c)), next working day (Art. 3(4), not for periods counted backwards), and a period of two days or
 *   more holds at least two working days (Art. 3(5)).
 * - `plain`: the calendar alone; the first day counts and nothing is moved.
 * - `contract`: as the contract says: the reading must be given, and nothing is moved.
 */
import { addWorkingDays, rollForward, type WorkCalendar, type WorkingDay } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import { addPeriod, type Landing, partsOf, type Period } from './period.ts';
import type { ContractText } from './terms.ts';

export const PROFILES = ['plain', 'rf', 'eu', 'contract'] as const;
export type Profile = (typeof PROFILES)[number];

/** Whether a term's last day is the day before the anniversary of its start, or the anniversary itself. */
export type EndReading = 'day-before' | 'same-day';

interface ProfileRules {
  /** How the law reads a term whose wording does not name the last day; undefined: the wording must be asked for. */
  readonly reading: EndReading | undefined;
  /** A last day on which nobody works moves to the next working day. Never applied when counting backwards. */
  readonly shiftsForward: boolean;
  /** Least number of working days inside a forward period of two days or more. */
  readonly leastWorkingDays: number;
}

export const RULES: Readonly<Record<Profile, ProfileRules>> = {
  plain: { reading: 'day-before', shiftsForward: false, leastWorkingDays: 0 },
  rf: { reading: 'same-day', shiftsForward: true, leastWorkingDays: 0 },
  eu: { reading: 'same-day', shiftsForward: true, leastWorkingDays: 2 },
  contract: { reading: undefined, shiftsForward: false, leastWorkingDays: 0 },
};

export const isReading = (end: string | undefined): end is EndReading => end === 'day-before' || end === 'same-day';

/** The wording's reading of the last day, or what the profile says when the wording is silent. */
export const readingOf = ({ end, profile }: Pick<ContractText, 'end' | 'profile'>): EndReading | undefined =>
  isReading(end) ? end : RULES[profile].reading;

export interface ForwardDeadline extends Landing {
  /** The day before any shift to a working day. */
  readonly nominal: DayNumber;
}

/**
 * The last day of a period that runs forward from an event ("within 30 days of acceptance"). The event's day is not
 * counted in any profile, so N days after day D end on D + N; profiles differ in what happens to a day off.
 */
export function forwardDeadline(
  profile: Profile,
  event: DayNumber,
  period: Period,
  calendar: WorkCalendar,
): ForwardDeadline {
  const rules = RULES[profile];
  const landing = addPeriod(event, period, calendar);
  if (!rules.shiftsForward) return { ...landing, nominal: landing.day };
  const rolled = rollForward(calendar, landing.day);
  const least = leastEnd(profile, event, period, rolled.day, calendar);
  return {
    day: least.day,
    nominal: landing.day,
    clamped: landing.clamped,
    missing: [...new Set([...landing.missing, ...rolled.missing, ...least.missing])],
  };
}

/**
 * The end of a period that must hold so many working days (Art. 3(5)): the end it has, or the day of the last of them.
 * @param event the day before the first one counted
 * @param end a working day
 */
export function leastEnd(
  profile: Profile,
  event: DayNumber,
  period: Period,
  end: DayNumber,
  calendar: WorkCalendar,
): WorkingDay {
  const { leastWorkingDays } = RULES[profile];
  const { months, days, workingDays } = partsOf(period);
  if (leastWorkingDays === 0 || (months === 0 && days + workingDays < 2)) return { day: end, missing: [] };
  const least = addWorkingDays(calendar, event, leastWorkingDays);
  return least.day > end ? least : { day: end, missing: least.missing };
}

/** Named lengths of Article 192: half a month is 15 days, a quarter three months, half a year six months. */
export function namedPeriod(name: 'halfMonth' | 'quarter' | 'halfYear', profile: Profile): Period | undefined {
  if (name === 'quarter') return { months: 3 };
  if (name === 'halfYear') return { months: 6 };
  return profile === 'rf' ? { days: 15 } : undefined;
}
