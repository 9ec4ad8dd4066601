/** Promises with a rule: the days on which they are due, and which occurrence is next. */
import { calendarNamed } from '../contract-dates/calendars.ts';
import type { WorkCalendar } from '../contract-dates/calendar.ts';
import { dateOf, dayOf, LAST_YEAR } from '../contract-dates/civil.ts';
import { type ContractDates, calendarOf } from '../contract-dates/compute.ts';
import {
  type Milestone,
  type ObligationContext,
  occurrences,
  type Resolved,
  resolveMilestones,
} from '../contract-dates/obligations.ts';
import type { Terms, TermsError } from '../contract-dates/terms.ts';
import type { PlainDate, PromiseRecord } from '../model/records.ts';
import { ok, type Result } from '../result.ts';
import { type ContractWording, ordered } from './wording.ts';

/** What a promise's due days hang on; rows of the live view carry it. */
export type Obligation = Pick<PromiseRecord, 'due' | 'rule' | 'fulfilments' | 'status' | 'doneOn'>;

export interface DueDay {
  /** The occurrence's index for recurring promises, else 0. */
  readonly index: number;
  readonly due: PlainDate;
  /** By the wording, before any move to a working day. */
  readonly nominal: PlainDate;
  readonly provisional: boolean;
  readonly state: 'open' | 'done' | 'dropped';
  readonly doneOn?: PlainDate;
}

/** The contract that a promise belongs to, computed; without one only its own days can be told. */
export interface ObligationScope {
  readonly wording: ContractWording;
  readonly terms: Terms;
  readonly dates: ContractDates;
}

const PLAIN: ObligationContext = { profile: 'plain', calendar: calendarNamed('none') as WorkCalendar };

function contextOf(scope: ObligationScope | undefined): ObligationContext {
  if (!scope) return PLAIN;
  const calendar = calendarOf(scope.terms);
  return calendar.ok ? { profile: scope.terms.profile, calendar: calendar.value } : PLAIN;
}

/** Names of the events that every contract has; milestones cannot take them. */
export const TERM_EVENTS = ['start', 'end'] as const;

function milestoneList({ wording, dates }: ObligationScope): Milestone[] {
  const own = ordered(wording.milestones, ({ order }) => String(order).padStart(6, '0')).map(
    ([id, { on, relative, dayOff, happened, baseline }]): Milestone => ({
      id,
      ...(on === undefined ? {} : { on }),
      ...(relative === undefined ? {} : { relative }),
      ...(dayOff === undefined ? {} : { dayOff }),
      ...(happened === undefined ? {} : { happened }),
      ...(baseline === undefined ? {} : { baseline }),
    }),
  );
  const end = dates.finalEnd ?? dates.term.end;
  return [{ id: 'start', on: dates.term.start }, ...(end === null ? [] : [{ id: 'end', on: end }]), ...own];
}

/**
 * The contract's milestones with their days, chains resolved; `start` and `end` of the current term come first. Errors
 * name the milestone's place (`milestones[2].relative`) as the engine gives it, counted with those two.
 */
export function milestonesOf(scope: ObligationScope): Result<Resolved[], TermsError> {
  return resolveMilestones(milestoneList(scope), contextOf(scope));
}

/**
 * The days on which a promise is due from `first` to `last`, both counted; kept and dropped occurrences included. A
 * promise without a day gives none.
 */
export function dueDays(
  promise: Obligation,
  first: PlainDate,
  last: PlainDate,
  scope?: ObligationScope,
): Result<DueDay[], TermsError> {
  const { rule } = promise;
  const whole = {
    state: promise.status ?? 'open',
    ...(promise.doneOn === undefined ? {} : { doneOn: promise.doneOn }),
  } as const;
  if (!rule) {
    const { due } = promise;
    return ok(
      due && first <= due && due <= last ? [{ index: 0, due, nominal: due, provisional: false, ...whole }] : [],
    );
  }
  const context = contextOf(scope);
  if (rule.kind === 'relative') {
    if (!scope) return ok([]);
    const id = '\u0000self';
    const { to, direction, period, dayOff } = rule;
    const self: Milestone = { id, relative: { to, direction, period }, ...(dayOff === undefined ? {} : { dayOff }) };
    const resolved = resolveMilestones([...milestoneList(scope), self], context);
    if (!resolved.ok) return resolved;
    const point = resolved.value.find((one) => one.id === id);
    return ok(
      point && first <= point.due && point.due <= last
        ? [{ index: 0, due: point.due, nominal: point.nominal, provisional: point.provisional, ...whole }]
        : [],
    );
  }
  // Moving to a working day can carry an occurrence over the edge on either side.
  const found = occurrences(rule.recurrence, shift(first, -15), shift(last, 15), context);
  if (!found.ok) return found;
  return ok(
    found.value
      .filter(({ due }) => first <= due && due <= last)
      .map(({ index, due, nominal, provisional }): DueDay => {
        const kept = promise.fulfilments?.[String(index)];
        const state =
          kept?.state ?? (promise.status === 'open' || promise.status === undefined ? 'open' : promise.status);
        return { index, due, nominal, provisional, state, ...(kept ? { doneOn: kept.on } : {}) };
      }),
  );
}

const shift = (date: PlainDate, days: number): PlainDate => dateOf(dayOf(date) + days);

/**
 * The earliest day that is still open; null when nothing is. Recurring promises are looked at from their anchor to two
 * years beyond today.
 */
export function nextDue(promise: Obligation, today: PlainDate, scope?: ObligationScope): DueDay | null {
  const { rule } = promise;
  const first = rule?.kind === 'recurring' ? rule.recurrence.anchor : '1900-01-01';
  const last = rule?.kind === 'recurring' ? shift(today, 731) : `${LAST_YEAR}-12-31`;
  if (last < first) return null;
  const days = dueDays(promise, first, last, scope);
  return days.ok ? (days.value.find(({ state }) => state === 'open') ?? null) : null;
}
