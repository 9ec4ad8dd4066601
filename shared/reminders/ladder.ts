/**
 * On which days a deadline reminds. Rungs are days before the day to act on; after it the reminders go on until a
 * decision is recorded: daily for a week, then weekly.
 */
import { isTermDecision } from '../contracts/portfolio.ts';
import type { Deadline } from '../contracts/deadlines.ts';

/** Decisions on contracts. */
export const STANDARD_LADDER: readonly number[] = [120, 90, 60, 30, 14, 7, 1];
/** Decisions on the contracts that carry half of the portfolio: earlier and denser. */
export const HIGH_LADDER: readonly number[] = [180, 150, 120, 90, 75, 60, 45, 30, 21, 14, 10, 7, 5, 3, 2, 1];
/** Milestones, announcements of a new price, and what a contract obliges to. */
export const EVENT_LADDER: readonly number[] = [30, 14, 7, 1];
/** What the other party owes under no contract, and rights that end within days. */
export const SHORT_LADDER: readonly number[] = [7, 3, 1];
/** Days of daily reminders after the day to act on; later ones come weekly. */
export const DAILY_AFTER = 7;

/** Days before the day to act on beyond which a contract's own wish is not followed. */
export const LONGEST_LADDER = 730;

export type Stratum = 'high' | 'standard';

/**
 * Which contracts are of high value, relative to the portfolio: in each currency the undecided decisions are put in
 * order of what is at stake, one per contract (the soonest), and the greatest that together carry half of the sum are
 * high; equal amounts are treated alike. Contracts without a value are standard. Currencies are not compared.
 */
export function highValue(deadlines: readonly Deadline[]): ReadonlySet<string> {
  const soonest = new Map<string, Deadline>();
  for (const deadline of deadlines) {
    if (!isTermDecision(deadline) || deadline.state === 'decided' || !deadline.contract) continue;
    const known = soonest.get(deadline.contract);
    if (!known || deadline.actBy < known.actBy) soonest.set(deadline.contract, deadline);
  }
  const byCurrency = new Map<string, { readonly contract: string; readonly minor: number }[]>();
  for (const [contract, { value }] of soonest) {
    if (!value || value.minor <= 0) continue;
    byCurrency.set(value.currency, [...(byCurrency.get(value.currency) ?? []), { contract, minor: value.minor }]);
  }
  const high = new Set<string>();
  for (const list of byCurrency.values()) {
    list.sort((a, b) => b.minor - a.minor);
    const half = list.reduce((sum, { minor }) => sum + minor, 0) / 2;
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const { minor } of list) {
      if (sum >= half) break;
      sum += minor;
      least = minor;
    }
    for (const { contract, minor } of list) if (minor >= least) high.add(contract);
  }
  return high;
}

/** A longer commitment deserves more time: for each whole year at stake beyond the first, 60 days more, up to a year. */
function longTermRungs(days: number | undefined): readonly number[] {
  const years = Math.floor((days ?? 0) / 365);
  return Array.from({ length: Math.max(0, Math.min(4, years - 1)) }, (_, i) => 120 + 60 * (i + 1));
}

/**
 * Days before the day to act on, greatest first, each once. A contract's own days take the ladder's place, but the day
 * before always stays: nobody finds out too late because of a setting.
 */
export function ladderOf(deadline: Deadline, stratum: Stratum): readonly number[] {
  const own =
    deadline.remindDays?.filter((days) => Number.isInteger(days) && days >= 0 && days <= LONGEST_LADDER) ?? [];
  const rungs =
    own.length > 0 && deadline.kind !== 'obligation'
      ? own
      : isTermDecision(deadline)
        ? [...(stratum === 'high' ? HIGH_LADDER : STANDARD_LADDER), ...longTermRungs(deadline.atStakeDays)]
        : deadline.kind === 'coolingOff' || (deadline.kind === 'obligation' && !deadline.contract)
          ? SHORT_LADDER
          : EVENT_LADDER;
  return [...new Set([...rungs, 1])].sort((a, b) => b - a);
}
