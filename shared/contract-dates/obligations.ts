/**
 * Milestones and obligations: fixed, relative to another event, or recurring by an anchor with a window. Each result tells
 * the day by the wording, the day to act on, and how far it has slipped.
 */
import type { PlainDate } from '../model/records.ts';
import { ok, type Result } from '../result.ts';
import { rollBack, rollForward, type WorkCalendar } from './calendar.ts';
import {
  addMonths,
  civilOf,
  dateOf,
  dayNumberOf,
  type DayNumber,
  dayOf,
  FIRST_YEAR,
  LAST_YEAR,
  monthLength,
  parseDay,
  parseMonth,
  yearOf,
} from './civil.ts';
import { dayAfter, partsOf, partsPlus, type Period, type Precision, subtractPeriod } from './period.ts';
import { forwardDeadline, type Profile } from './profile.ts';
import { type TermsError, termsError } from './terms.ts';

/** What to do when a due day is not a working day. `profile` does what the rule profile says. */
export type DayOff = 'profile' | 'previous' | 'next' | 'keep';

export interface Milestone {
  /** Unique within the contract. */
  readonly id: string;
  /** A day, or a month or year known no better: its last day then counts. */
  readonly on?: string;
  /** "30 days after acceptance", "2 weeks before delivery". */
  readonly relative?: { readonly to: string; readonly direction: 'after' | 'before'; readonly period: Period };
  readonly dayOff?: DayOff;
  /** When it really happened; what depends on it is counted from then. */
  readonly happened?: PlainDate;
  /** What was agreed first, to measure slips; default: the result without any `happened`. */
  readonly baseline?: PlainDate;
}

export interface Resolved {
  readonly id: string;
  /** By the wording, before any move to a working day. */
  readonly nominal: PlainDate;
  /** The day to act on. */
  readonly due: PlainDate;
  readonly precision: Precision;
  readonly happened?: PlainDate;
  /** Days from the baseline to what happened or is now due; negative is early. */
  readonly slipDays: number;
  readonly provisional: boolean;
  readonly missing: readonly string[];
}

export interface ObligationContext {
  readonly profile: Profile;
  readonly calendar: WorkCalendar;
}

const fail = (
  field: string,
  code: string,
  params: Record<string, string | number> = {},
): Result<never, TermsError> => ({
  ok: false,
  error: termsError(field, code, params),
});

/** The last day that a partial date (`2026`, `2026-03`, `2026-03-31`) can mean, and how exactly it is known. */
export function lastDayOf(text: string): { readonly day: DayNumber; readonly precision: Precision } | undefined {
  const day = parseDay(text);
  if (day !== undefined) return { day, precision: 'day' };
  const month = parseMonth(text);
  if (month !== undefined) {
    const year = Math.floor(month / 12);
    const number = month - year * 12 + 1;
    return { day: dayNumberOf({ year, month: number, day: monthLength(year, number) }), precision: 'month' };
  }
  return /^\d{4}$/.test(text)
    ? { day: dayNumberOf({ year: Number(text), month: 12, day: 31 }), precision: 'year' }
    : undefined;
}

function moved(
  day: DayNumber,
  dayOff: DayOff,
  context: ObligationContext,
): { readonly day: DayNumber; readonly missing: readonly string[] } {
  if (dayOff === 'previous') return rollBack(context.calendar, day);
  const forward = dayOff === 'next' || (dayOff === 'profile' && (context.profile === 'rf' || context.profile === 'eu'));
  return forward ? rollForward(context.calendar, day) : { day, missing: [] };
}

interface Point {
  readonly nominal: DayNumber;
  readonly due: DayNumber;
  readonly precision: Precision;
  readonly missing: readonly string[];
}

/**
 * Resolves a chain of milestones. Those that depend on an event are counted from the day it happened, else from its
 * nominal day: a move to a working day is never carried into the next count.
 * Errors: an unknown or doubled event, a circle, no rule at all.
 */
export function resolveMilestones(
  milestones: readonly Milestone[],
  context: ObligationContext,
): Result<Resolved[], TermsError> {
  const byId = new Map<string, { readonly milestone: Milestone; readonly index: number }>();
  for (const [index, milestone] of milestones.entries()) {
    if (byId.has(milestone.id)) return fail(`milestones[${index}].id`, 'twice', { event: milestone.id });
    byId.set(milestone.id, { milestone, index });
  }
  const solve = (facts: boolean): Result<Map<string, Point>, TermsError> => {
    const done = new Map<string, Point>();
    const visit = (id: string, path: readonly string[]): Result<Point, TermsError> => {
      const ready = done.get(id);
      if (ready) return ok(ready);
      const entry = byId.get(id);
      if (!entry) return fail('milestones', 'unknownEvent', { event: id });
      const field = `milestones[${entry.index}]`;
      if (path.includes(id))
        return fail(`${field}.relative`, 'cycle', { events: [...path.slice(path.indexOf(id)), id].join(' → ') });
      const point = place(entry.milestone, field, [...path, id]);
      if (!point.ok) return point;
      // Long periods on one another would lead out of the calendar.
      const years = [point.value.nominal, point.value.due].map(yearOf);
      if (years.some((year) => year < FIRST_YEAR || year > LAST_YEAR))
        return fail(`${field}.${entry.milestone.on === undefined ? 'relative' : 'on'}`, 'dateOutOfRange');
      done.set(id, point.value);
      return point;
    };
    const place = (milestone: Milestone, field: string, path: readonly string[]): Result<Point, TermsError> => {
      const { on, relative, dayOff = 'profile' } = milestone;
      if (on !== undefined) {
        const last = lastDayOf(on);
        if (!last) return fail(`${field}.on`, 'notADate');
        // A day named by the text is that day; only an explicit rule moves it.
        const rolled = moved(last.day, milestone.dayOff ?? 'keep', context);
        return ok({ nominal: last.day, due: rolled.day, precision: last.precision, missing: rolled.missing });
      }
      if (!relative) return fail(`${field}.on`, 'missing');
      const target = byId.get(relative.to);
      if (!target) return fail(`${field}.relative.to`, 'unknownEvent', { event: relative.to });
      const from = visit(relative.to, path);
      if (!from.ok) return from;
      const happened = facts ? target.milestone.happened : undefined;
      // What has happened is known to the day and rests on no calendar any more.
      const event = happened === undefined ? from.value.nominal : dayOf(happened);
      const precision = happened === undefined ? from.value.precision : 'day';
      const uncertain = happened === undefined ? from.value.missing : [];
      if (relative.direction === 'before') {
        const back = subtractPeriod(event, relative.period, context.calendar);
        // Counted backwards: never forward, unless the wording itself says so.
        const rolled = moved(back.day, dayOff === 'profile' ? 'previous' : dayOff, context);
        return ok({
          nominal: back.day,
          due: rolled.day,
          precision,
          missing: [...back.missing, ...rolled.missing, ...uncertain],
        });
      }
      const forward = forwardDeadline(context.profile, event, relative.period, context.calendar);
      const rolled = dayOff === 'profile' ? forward : moved(forward.nominal, dayOff, context);
      return ok({
        nominal: forward.nominal,
        due: rolled.day,
        precision,
        missing: [...forward.missing, ...rolled.missing, ...uncertain],
      });
    };
    for (const { id } of milestones) {
      const point = visit(id, []);
      if (!point.ok) return point;
    }
    return ok(done);
  };

  const planned = solve(false);
  if (!planned.ok) return planned;
  const actual = solve(true);
  if (!actual.ok) return actual;
  return ok(
    milestones.map(({ id, happened, baseline }) => {
      const point = actual.value.get(id) as Point;
      const agreed = baseline === undefined ? (planned.value.get(id) as Point).due : dayOf(baseline);
      const missing = [...new Set(point.missing)];
      return {
        id,
        nominal: dateOf(point.nominal),
        due: dateOf(point.due),
        precision: point.precision,
        ...(happened === undefined ? {} : { happened }),
        slipDays: (happened === undefined ? point.due : dayOf(happened)) - agreed,
        provisional: missing.length > 0,
        missing,
      };
    }),
  );
}

/** "Every quarter, by the 10th of the following month, a working day." */
export interface Recurrence {
  /** First day of the first period. */
  readonly anchor: PlainDate;
  readonly every: Period;
  /**
   * Without it an occurrence is due on the last day of its period. `monthsAfter` counts from the month in which the period
   * ends; `byDay` beyond a month's length is its last day.
   */
  readonly window?: { readonly monthsAfter: number; readonly fromDay?: number; readonly byDay: number };
  readonly dayOff: DayOff;
  readonly until?: PlainDate;
  readonly count?: number;
}

export interface Occurrence {
  /** From 0. */
  readonly index: number;
  readonly periodStart: PlainDate;
  readonly periodEnd: PlainDate;
  readonly opens: PlainDate | null;
  readonly nominal: PlainDate;
  readonly due: PlainDate;
  readonly provisional: boolean;
}

function numberedDay(from: DayNumber, monthsAfter: number, number: number): DayNumber {
  const { year, month } = civilOf(from);
  const { year: y, month: m } = civilOf(addMonths(dayNumberOf({ year, month, day: 1 }), monthsAfter));
  return dayNumberOf({ year: y, month: m, day: Math.min(number, monthLength(y, m)) });
}

/**
 * Occurrences whose nominal day lies from `first` to `last`, both counted. Each is computed from the anchor, so a short
 * month never moves the next one. At most 2,000 are given.
 */
export function occurrences(
  recurrence: Recurrence,
  first: PlainDate,
  last: PlainDate,
  context: ObligationContext,
): Result<Occurrence[], TermsError> {
  const { window, every } = recurrence;
  if (window?.fromDay !== undefined && window.fromDay > window.byDay) return fail('window.fromDay', 'windowWrong');
  const anchor = dayOf(recurrence.anchor);
  const parts = partsOf(every);
  if (parts.months + parts.days + parts.workingDays <= 0) return fail('every', 'periodEmpty');
  const from = dayOf(first);
  const until = Math.min(
    dayOf(last),
    recurrence.until === undefined ? Number.POSITIVE_INFINITY : dayOf(recurrence.until),
  );
  const none = { months: 0, days: 0, workingDays: 0 };
  const found: Occurrence[] = [];
  let start = anchor;
  /** Years without a pack through which the working days so far were counted. */
  let passed: readonly string[] = [];
  for (let index = 0; found.length < 2000 && (recurrence.count === undefined || index < recurrence.count); index += 1) {
    // Months need the anchor; days and working days add up exactly from the last boundary.
    const next =
      parts.months > 0
        ? dayAfter(anchor, partsPlus(none, parts, index + 1), context.calendar)
        : dayAfter(start, parts, context.calendar);
    const end = next.day - 1;
    if (yearOf(end) > LAST_YEAR) break;
    const nominal = window ? numberedDay(end, window.monthsAfter, window.byDay) : end;
    if (nominal > until) break;
    if (nominal >= from) {
      const due = moved(nominal, recurrence.dayOff, context);
      found.push({
        index,
        periodStart: dateOf(start),
        periodEnd: dateOf(end),
        opens: window?.fromDay === undefined ? null : dateOf(numberedDay(end, window.monthsAfter, window.fromDay)),
        nominal: dateOf(nominal),
        due: dateOf(due.day),
        provisional: due.missing.length + next.missing.length + passed.length > 0,
      });
    }
    start = next.day;
    passed = parts.months > 0 ? [] : [...new Set([...passed, ...next.missing])];
  }
  return ok(found);
}
