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
import type { DraftChange, Json } from '../change/types.ts';
import type { Fulfilment, PlainDate, PromiseRecord } from '../model/records.ts';
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

/** Years ahead that are looked through for the next days of a rule: a rule may recur daily or once in many years. */
const HORIZONS = [2, 20, 170] as const;

/**
 * The first days on or after `from`, at most `count`, whatever their state. Errors as the engine gives them
 * (`periodEmpty`, `windowWrong`, …).
 */
export function upcomingDays(
  promise: Obligation,
  from: PlainDate,
  count: number,
  scope?: ObligationScope,
): Result<DueDay[], TermsError> {
  let found: Result<DueDay[], TermsError> = ok([]);
  for (const years of HORIZONS) {
    const end = Number(from.slice(0, 4)) + years;
    found = dueDays(promise, from, `${Math.min(end, LAST_YEAR)}-12-31`, scope);
    if (!found.ok) return found;
    if (found.value.length >= count || end >= LAST_YEAR) break;
  }
  return ok(found.value.slice(0, count));
}

/** True when a bounded recurrence (an end or a number) has no open occurrence left. */
function isOver(promise: Obligation, scope: ObligationScope | undefined): boolean {
  const { rule } = promise;
  if (rule?.kind !== 'recurring') return false;
  const { until, count, anchor } = rule.recurrence;
  if (until === undefined && count === undefined) return false;
  const days = dueDays({ ...promise, status: 'open' }, anchor, `${LAST_YEAR}-12-31`, scope);
  return days.ok && days.value.length > 0 && days.value.every(({ state }) => state !== 'open');
}

/**
 * What to change so that one due day is kept or let go: its occurrence for a recurring promise, the promise itself
 * otherwise. The last occurrence of a bounded recurrence closes the promise with it.
 */
export function fulfilmentChanges(
  promise: Obligation & { readonly id: string },
  index: number,
  how: Fulfilment,
  scope?: ObligationScope,
): DraftChange[] {
  const set = (field: string, value: Json): DraftChange => ({ type: 'promise', record: promise.id, field, value });
  const whole = [set('status', how.state), set('doneOn', how.on)];
  if (promise.rule?.kind !== 'recurring') return [...whole, ...(how.evidence ? [set('evidence', how.evidence)] : [])];
  const fulfilments = { ...promise.fulfilments, [String(index)]: how };
  const one = set(`fulfilments/${index}`, how as unknown as Json);
  return isOver({ ...promise, fulfilments }, scope) ? [one, ...whole] : [one];
}

/** Opens a kept or dropped day again. */
export function reopenChanges(promise: Obligation & { readonly id: string }, index: number): DraftChange[] {
  const set = (field: string, value: Json): DraftChange => ({ type: 'promise', record: promise.id, field, value });
  const whole = [set('status', 'open'), set('doneOn', null)];
  if (promise.rule?.kind !== 'recurring') return whole;
  const closed = promise.status !== undefined && promise.status !== 'open';
  return [set(`fulfilments/${index}`, null), ...(closed ? whole : [])];
}

/**
 * Fulfilments of a recurrence whose rule changes: each goes to the occurrence of the new rule that has the same day by the
 * wording; those whose day is no longer due are left out. Indices count from the anchor, so they mean nothing by
 * themselves once the anchor or the period is another.
 */
export function movedFulfilments(
  promise: Obligation,
  rule: PromiseRecord['rule'],
  scope?: ObligationScope,
): Readonly<Record<string, Fulfilment>> {
  const kept = Object.entries(promise.fulfilments ?? {});
  if (promise.rule?.kind !== 'recurring' || rule?.kind !== 'recurring') return {};
  const { anchor, every } = promise.rule.recurrence;
  if (anchor === rule.recurrence.anchor && JSON.stringify(every) === JSON.stringify(rule.recurrence.every))
    return promise.fulfilments ?? {};
  const daysOf = (one: Obligation, from: PlainDate) => {
    const days = dueDays(one, from, `${LAST_YEAR}-12-31`, scope);
    return days.ok ? days.value : [];
  };
  const before = new Map(daysOf(promise, anchor).map(({ index, nominal }) => [String(index), nominal]));
  const after = new Map(
    daysOf({ ...promise, rule, fulfilments: {} }, rule.recurrence.anchor).map(({ index, nominal }) => [nominal, index]),
  );
  return Object.fromEntries(
    kept.flatMap(([index, how]) => {
      const place = after.get(before.get(index) ?? '');
      return place === undefined ? [] : [[String(place), how]];
    }),
  );
}
