/**
 * Which reminders are due. Nothing is scheduled and nothing can be lost: from the deadlines as they are, the day, and the
 * day on which each was shown last, it follows what has to be shown now, however long the computer slept.
 */
import type { Deadline } from '../contracts/deadlines.ts';
import { addDays, diffDays } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';
import { DAILY_AFTER, highValue, ladderOf, type Stratum } from './ladder.ts';

/** By deadline id: the day on which it was last shown on this device. */
export type Shown = Readonly<Record<string, PlainDate>>;

export interface Reminder {
  readonly deadline: Deadline;
  /** The day for which it is: the latest rung that has come. */
  readonly on: PlainDate;
  /** From the day to act on; negative once it has passed. */
  readonly daysLeft: number;
  readonly stratum: Stratum;
  /** Whom to tell besides the owner: from three days before the day to act on, when a deputy is named. */
  readonly escalateTo?: string;
}

/** Days before the day to act on from which the deputy is told as well. */
export const ESCALATION_DAYS = 3;

/** The latest day, up to `today`, on which this deadline reminds; null before its first. */
export function latestReminderDay(deadline: Deadline, stratum: Stratum, today: PlainDate): PlainDate | null {
  if (deadline.state === 'decided' || deadline.snooze) return null;
  const past = diffDays(deadline.actBy, today);
  let latest: PlainDate | null = null;
  if (past >= 0) {
    latest = addDays(deadline.actBy, past <= DAILY_AFTER ? past : past - (past % 7));
  } else {
    const rung = ladderOf(deadline, stratum).findLast((days) => days >= -past);
    if (rung !== undefined) latest = addDays(deadline.actBy, -rung);
  }
  const { snoozedUntil } = deadline;
  if (snoozedUntil === undefined || snoozedUntil > today) return latest;
  // A snooze that is over is a promise to remind on that day.
  return latest === null || latest < snoozedUntil ? snoozedUntil : latest;
}

/** Every day from `first` to `last`, both counted, on which this deadline reminds. */
export function reminderDays(
  deadline: Deadline,
  stratum: Stratum,
  first: PlainDate,
  last: PlainDate,
): readonly PlainDate[] {
  if (deadline.state === 'decided') return [];
  const days = new Set<PlainDate>();
  const add = (day: PlainDate): void => {
    const quiet = deadline.snooze !== undefined && day < deadline.snooze.until;
    if (first <= day && day <= last && !quiet) days.add(day);
  };
  for (const rung of ladderOf(deadline, stratum)) add(addDays(deadline.actBy, -rung));
  for (let past = 0; past <= DAILY_AFTER; past += 1) add(addDays(deadline.actBy, past));
  for (let past = 14; addDays(deadline.actBy, past) <= last; past += 7) add(addDays(deadline.actBy, past));
  if (deadline.snoozedUntil !== undefined) add(deadline.snoozedUntil);
  return [...days].sort();
}

/**
 * What must be shown today, most urgent first. `shown` days in the future (a clock that was wrong) count as not shown.
 */
export function dueReminders(deadlines: readonly Deadline[], shown: Shown, today: PlainDate): readonly Reminder[] {
  const high = highValue(deadlines);
  return deadlines.flatMap((deadline): Reminder[] => {
    const stratum = stratumOf(deadline, high);
    const on = latestReminderDay(deadline, stratum, today);
    if (on === null) return [];
    const last = shown[deadline.id];
    if (last !== undefined && last <= today && last >= on) return [];
    return [reminderOf(deadline, stratum, on, today)];
  });
}

export const stratumOf = (deadline: Deadline, high: ReadonlySet<string>): Stratum =>
  deadline.contract !== undefined && high.has(deadline.contract) ? 'high' : 'standard';

/** The reminder of a deadline for one of its days. */
export function reminderOf(deadline: Deadline, stratum: Stratum, on: PlainDate, today: PlainDate): Reminder {
  const daysLeft = diffDays(today, deadline.actBy);
  const { deputy } = deadline;
  return {
    deadline,
    on,
    daysLeft,
    stratum,
    ...(deputy && daysLeft <= ESCALATION_DAYS ? { escalateTo: deputy } : {}),
  };
}

/**
 * The memory after these reminders were shown today. Deadlines that are gone or decided are forgotten, so that a decision
 * that is taken back reminds at once.
 */
export function afterShowing(
  shown: Shown,
  reminders: readonly Reminder[],
  deadlines: readonly Deadline[],
  today: PlainDate,
): Shown {
  const now = new Set(reminders.map(({ deadline }) => deadline.id));
  return Object.fromEntries(
    deadlines.flatMap(({ id, state }): [string, PlainDate][] => {
      if (now.has(id)) return [[id, today]];
      const last = shown[id];
      return state === 'decided' || last === undefined ? [] : [[id, last > today ? today : last]];
    }),
  );
}
