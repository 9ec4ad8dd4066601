/** Which heading of the agenda a deadline stands under. */
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import { totals } from '../../../../shared/contracts/value.ts';
import { isTermDecision } from '../../../../shared/contracts/portfolio.ts';
import { addDays, weekday } from '../../../../shared/dates/plain-date.ts';
import type { Money, PlainDate } from '../../../../shared/model/records.ts';

/** `overdue`, `thisWeek`, `nextWeek` or a month `YYYY-MM`. Weeks begin on Monday and end with their month's days. */
export function groupOf({ actBy, state }: Pick<Deadline, 'actBy' | 'state'>, today: PlainDate): string {
  if (actBy < today) return state === 'decided' ? actBy.slice(0, 7) : 'overdue';
  const monday = addDays(today, 1 - weekday(today));
  if (actBy < addDays(monday, 7)) return 'thisWeek';
  if (actBy < addDays(monday, 14)) return 'nextWeek';
  return actBy.slice(0, 7);
}

/** What is at risk in each group: undecided decisions on contracts, by currency. */
export function groupTotals(deadlines: readonly Deadline[], today: PlainDate): ReadonlyMap<string, readonly Money[]> {
  const groups = new Map<string, Deadline[]>();
  for (const deadline of deadlines) {
    const group = groupOf(deadline, today);
    const list = groups.get(group) ?? [];
    groups.set(group, list);
    if (deadline.state !== 'decided' && isTermDecision(deadline)) list.push(deadline);
  }
  return new Map([...groups].map(([group, list]) => [group, totals(list.map(({ value }) => value))]));
}

/** Overdue first, then as time goes; what was decided in the past comes last. */
export function inAgendaOrder(deadlines: readonly Deadline[], today: PlainDate): readonly Deadline[] {
  const rank = ({ actBy, state }: Deadline): number => (actBy >= today ? 1 : state === 'decided' ? 2 : 0);
  return [...deadlines].sort((a, b) => rank(a) - rank(b));
}
