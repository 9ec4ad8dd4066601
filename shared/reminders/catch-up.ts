/** "While you were away": what would have been shown since the person last looked, grouped so that it can be read at once. */
import type { CalendarPack } from '../contract-dates/calendar.ts';
import type { Deadline, DeadlineContract, DeadlinePromise } from '../contracts/deadlines.ts';
import { portfolioDeadlines } from '../contracts/portfolio.ts';
import { addDays, diffDays } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';
import { reminderDays, stratumOf } from './due.ts';
import { highValue } from './ladder.ts';

export interface CatchUpEntry {
  readonly deadline: Deadline;
  /** How many days it would have reminded on. */
  readonly times: number;
  /** The first of them. */
  readonly first: PlainDate;
}
export interface CatchUp {
  /** The last day on which the person looked. */
  readonly since: PlainDate;
  /** Days between then and today on which nobody looked. */
  readonly days: number;
  /** The legal day went by without a decision, and the contract went on or ended: nothing can be decided any more. */
  readonly passed: readonly Deadline[];
  /** The day to act on went by; it still waits. */
  readonly overdue: readonly CatchUpEntry[];
  /** Reminded, and there is time left. */
  readonly ahead: readonly CatchUpEntry[];
}

/** An absence shorter than this is a weekend at most: its reminders stand in Today like any others. */
export const ABSENCE_DAYS = 3;

export interface Portfolio {
  readonly contracts: readonly DeadlineContract[];
  readonly promises: readonly DeadlinePromise[];
  readonly packs: readonly CalendarPack[];
}

/** Undecided on their legal day, and gone by now: a term that went on by itself, a contract that ended. */
function passedBetween(
  { contracts, packs }: Portfolio,
  now: readonly Deadline[],
  since: PlainDate,
  today: PlainDate,
): readonly Deadline[] {
  const alive = new Set(now.map(({ id }) => id));
  const seenFrom = (day: PlainDate, of: readonly DeadlineContract[]): readonly Deadline[] =>
    portfolioDeadlines(of, [], { today: day, packs, until: addDays(today, 366) });
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return seenFrom(since, contracts).filter(({ id, contract, legal, state }) => {
    if (alive.has(id) || state === 'decided' || legal < since || legal >= today) return false;
    const of = byId.get(contract ?? '');
    // Somebody may have decided on another device in the meantime.
    return of !== undefined && seenFrom(legal, [of]).some((then) => then.id === id && then.state !== 'decided');
  });
}

/**
 * @param now the deadlines as seen from `today`
 * @param since the last day on which the person looked
 * null when nobody was away long enough or nothing would have been shown.
 */
export function catchUp(
  portfolio: Portfolio,
  now: readonly Deadline[],
  since: PlainDate,
  today: PlainDate,
): CatchUp | null {
  const days = diffDays(since, today) - 1;
  if (days < ABSENCE_DAYS) return null;
  const passed = passedBetween(portfolio, now, since, today);
  const high = highValue(now);
  const entries = now.flatMap((deadline): CatchUpEntry[] => {
    const on = reminderDays(deadline, stratumOf(deadline, high), addDays(since, 1), addDays(today, -1));
    return on[0] === undefined ? [] : [{ deadline, times: on.length, first: on[0] }];
  });
  if (passed.length + entries.length === 0) return null;
  return {
    since,
    days,
    passed,
    overdue: entries.filter(({ deadline }) => deadline.actBy < today),
    ahead: entries.filter(({ deadline }) => deadline.actBy >= today),
  };
}
