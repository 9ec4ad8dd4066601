/**
 * The engine's one door: terms in, dates with their derivation out. Pure: today is an input, the machine's clock, zone and
 * language play no part.
 */
import type { PlainDate } from '../model/records.ts';
import { ok, type Result } from '../result.ts';
import { checkAmendments, knownAmendments } from './amendments.ts';
import { bothOpen, type WorkCalendar } from './calendar.ts';
import { dateOf, type DayNumber, dayOf, LAST_YEAR, parseDay, yearOf } from './civil.ts';
import { calendarNamed } from './calendars.ts';
import { derive } from './derive.ts';
import { exitAfter, exitPointOf, latestFor } from './exit.ts';
import { DUE_DAYS, type NoticeDates } from './notice.ts';
import { forwardDeadline } from './profile.ts';
import type { Reason } from './reason.ts';
import { Schedule, type TermSpan } from './schedule.ts';
import { asItStands, isLimited, settle, type Settled } from './settle.ts';
import { type Pause, pausesOf } from './suspension.ts';
import { type Decision, type Terms, type TermsError, termsError } from './terms.ts';

/**
 * - `draft` not signed · `upcoming` before the start · `active` nothing to decide yet
 * - `suspended` the clock stands
 * - `noticeWindowOpen` the window of a tacit (or evergreen minimum) term is open · `decisionDue` from 14 days before the
 *   send-by date to the deadline, undecided
 * - `renewalDecided` a renewal is recorded for the current term
 * - `renewedUnlessShownOtherwise` the deadline of a tacit term passed without a decision
 * - `expressAwaiting` an express renewal is open · `optionOpen` ours · `optionAwaiting` theirs
 * - `ending` nothing carries it on beyond the current term's end (from 90 days before the end, or once the deadline has passed)
 * - `terminating` a termination is recorded and the last day is not over · `ended` the last day is over
 */
export type ContractState =
  | 'draft'
  | 'upcoming'
  | 'active'
  | 'suspended'
  | 'noticeWindowOpen'
  | 'decisionDue'
  | 'renewalDecided'
  | 'renewedUnlessShownOtherwise'
  | 'expressAwaiting'
  | 'optionOpen'
  | 'optionAwaiting'
  | 'ending'
  | 'terminating'
  | 'ended';

export interface Notice {
  readonly legal: PlainDate;
  readonly safe: PlainDate;
  readonly sendBy: PlainDate;
  readonly opens: PlainDate;
  /** What a lawyer might argue when the safe date is missed. Never a reminder. */
  readonly argument: PlainDate;
  /** A calendar year without a pack, or a suspension without an end, may still move these dates. */
  readonly provisional: boolean;
}

export interface TermDates {
  readonly index: number;
  readonly start: PlainDate;
  /** null: no end. */
  readonly end: PlainDate | null;
  /**
   * The days that the term is long: without the start where it is an event that is not counted (Civil Code 191), and up to
   * the last day before any move to a working day. null: no end.
   */
  readonly counted: { readonly first: PlainDate; readonly last: PlainDate } | null;
  readonly notice: Notice | null;
}

export interface ContractDates {
  readonly state: ContractState;
  readonly term: TermDates;
  /** Whether the current term's end rests on a missing calendar year or an open suspension. */
  readonly provisional: boolean;
  /** `RU 2027` and the like: packs to add. */
  readonly missing: readonly string[];
  /** Terms that follow if nothing else is decided. */
  readonly nextTerms: readonly TermDates[];
  /** Whether the last of these (the current one, when there are none) is followed by another that was not asked for. */
  readonly goesOn: boolean;
  /** The term that a decision in time would open (express, options). */
  readonly possibleNext: TermDates | null;
  /** The decision that makes the current deadline green: author, date and reason are all present. */
  readonly decided: boolean;
  readonly decision: Decision | null;
  /** The last day of the contract as things stand; null while it goes on. */
  readonly finalEnd: PlainDate | null;
  /** If notice were given today: the last day of an open-ended contract or of one that may be left for convenience. */
  readonly earliestExit: PlainDate | null;
  readonly coolingOffUntil: PlainDate | null;
  /** Whether that day rests on a missing calendar year. */
  readonly coolingOffProvisional: boolean;
  readonly because: readonly Reason[];
}

/** Refuses a calendar in which nobody works for a year. */
const open = (calendar: WorkCalendar, field: 'calendar' | 'counterpartyCalendar'): Result<WorkCalendar, TermsError> =>
  calendar.closedYear === undefined
    ? ok(calendar)
    : { ok: false, error: termsError(field, 'calendarClosed', { name: calendar.name, year: calendar.closedYear }) };

/** Our calendar, theirs, or days on which both work. Refuses an unknown or a closed calendar by its field. */
export function calendarOf(terms: Terms): Result<WorkCalendar, TermsError> {
  const ours = calendarNamed(terms.calendar, terms.packs);
  if (!ours) return { ok: false, error: termsError('calendar', 'unknownCalendar', { name: terms.calendar }) };
  if (terms.counterpartyCalendar === undefined) return open(ours, 'calendar');
  const theirs = calendarNamed(terms.counterpartyCalendar, terms.packs);
  if (!theirs)
    return {
      ok: false,
      error: termsError('counterpartyCalendar', 'unknownCalendar', { name: terms.counterpartyCalendar }),
    };
  if (terms.openRule === 'ours') return open(ours, 'calendar');
  return open(terms.openRule === 'theirs' ? theirs : bothOpen(ours, theirs), 'counterpartyCalendar');
}

const noticeView = (notice: NoticeDates, uncertain: boolean): Notice => ({
  legal: dateOf(notice.legal),
  safe: dateOf(notice.safe),
  sendBy: dateOf(notice.sendBy),
  opens: dateOf(notice.opens),
  argument: dateOf(notice.argument),
  provisional: uncertain || notice.missing.length > 0,
});

function countedDays(span: TermSpan, end: DayNumber): NonNullable<TermDates['counted']> {
  const last = Math.min(end, span.nominalEnd ?? span.end ?? end);
  const first = span.index === 0 && span.basis === 'same-day' ? span.start + 1 : span.start;
  return { first: dateOf(Math.min(first, last)), last: dateOf(last) };
}

export const termView = (span: TermSpan, end: DayNumber | null): TermDates => ({
  index: span.index,
  start: dateOf(span.start),
  end: end === null ? null : dateOf(end),
  counted: end === null ? null : countedDays(span, end),
  notice: span.notice ? noticeView(span.notice, span.openSuspension || span.missing.length > 0) : null,
});

function stateOf(terms: Terms, settled: Settled, pauses: readonly Pause[]): ContractState {
  const { span, decision, finalEnd } = settled;
  const today = dayOf(terms.today);
  if (!terms.signed) return 'draft';
  if (finalEnd !== undefined && today > finalEnd) return 'ended';
  if (today < dayOf(terms.start)) return 'upcoming';
  if (pauses.some(({ from, to }) => from <= today && today <= to)) return 'suspended';
  if (decision?.kind === 'terminate' || decision?.kind === 'terminateEarly') return 'terminating';
  if (decision?.kind === 'renew' && span.end !== null) return 'renewalDecided';
  const { renewal } = span.fold.text;
  const end = span.end ?? span.minimumEnd;
  if (end === undefined || today > end) return 'active';
  const notice = span.notice;
  const opens = notice?.opens ?? end - 90;
  if (today < opens) return 'active';
  if (renewal === 'none' || settled.limited) return 'ending';
  const deadline = notice?.legal ?? end;
  if (today > deadline) {
    if (renewal === 'evergreen') return 'active';
    return renewal === 'tacit' ? 'renewedUnlessShownOtherwise' : 'ending';
  }
  const waiting = { express: 'expressAwaiting', optionOurs: 'optionOpen', optionTheirs: 'optionAwaiting' } as const;
  if (renewal === 'optionTheirs') return waiting.optionTheirs;
  if (today >= (notice?.sendBy ?? end) - DUE_DAYS) return 'decisionDue';
  return renewal === 'express' || renewal === 'optionOurs' ? waiting[renewal] : 'noticeWindowOpen';
}

/** Terms after the current one, as long as the wording carries on by itself. */
function following(
  schedule: Schedule,
  settled: Settled,
  count: number,
  calendar: WorkCalendar,
): Result<{ readonly spans: readonly TermSpan[]; readonly goesOn: boolean }, TermsError> {
  const spans: TermSpan[] = [];
  let carries = settled.continues;
  while (carries && spans.length < count) {
    const next = schedule.next();
    if (!next.ok) return next;
    if (!next.value) {
      carries = false;
      break;
    }
    spans.push(next.value);
    carries = next.value.fold.text.renewal === 'tacit' && !isLimited(next.value);
  }
  return ok({ spans: spans.map((span) => asItStands(span, calendar)), goesOn: carries });
}

function checkSuspensions(terms: Terms): Result<true, TermsError> {
  for (const [index, { from, to }] of terms.suspensions.entries()) {
    if (from < terms.start)
      return {
        ok: false,
        error: termsError(`suspensions[${index}].from`, 'suspensionBeforeStart', { start: terms.start }),
      };
    if (to !== undefined && to < from)
      return { ok: false, error: termsError(`suspensions[${index}].to`, 'suspensionEndsFirst', { from, to }) };
  }
  return ok(true);
}

/** A decision dated after today is not counted yet, but one that could never be valid is refused as soon as it is typed. */
function checkLaterDecisions(terms: Terms, calendar: WorkCalendar): Result<true, TermsError> {
  const last = terms.decisions.reduce((latest, { date }) => (date > latest ? date : latest), terms.today);
  if (last === terms.today || terms.asOf?.known !== undefined) return ok(true);
  const then = { ...terms, today: last };
  const schedule = new Schedule(
    then,
    knownAmendments(terms.amendments, last),
    calendar,
    pausesOf(terms.suspensions, last),
  );
  const settled = settle(then, schedule, calendar, last);
  return settled.ok || !settled.error.field.startsWith('decisions') ? ok(true) : settled;
}

/**
 * Computes a contract's dates. Terms come from readTerms (which validates shapes) or from a record.
 * Errors name the field: a notice longer than its term, a renewal without a term, an end before the start, two amendments
 * with one effective date, a decision after its deadline or after the end, an unknown calendar.
 */
export function contractDates(terms: Terms): Result<ContractDates, TermsError> {
  const calendarResult = calendarOf(terms);
  if (!calendarResult.ok) return calendarResult;
  const calendar = calendarResult.value;
  const checked = checkAmendments(terms.amendments);
  if (!checked.ok) return checked;
  const suspensions = checkSuspensions(terms);
  if (!suspensions.ok) return suspensions;

  const later = checkLaterDecisions(terms, calendar);
  if (!later.ok) return later;

  const known = terms.asOf?.known ?? terms.today;
  const amendments = knownAmendments(terms.amendments, known);
  const pauses = pausesOf(terms.suspensions, terms.today);
  const schedule = new Schedule(terms, amendments, calendar, pauses);
  const settledResult = settle(terms, schedule, calendar, known);
  if (!settledResult.ok) return settledResult;
  const settled = settledResult.value;
  const { span, decision, finalEnd } = settled;
  const { text } = span.fold;
  if (finalEnd !== undefined && yearOf(finalEnd) > LAST_YEAR)
    return { ok: false, error: termsError('term', 'endOutOfRange', { year: LAST_YEAR }) };

  const nextSpans = following(schedule, settled, terms.nextCount, calendar);
  if (!nextSpans.ok) return nextSpans;
  let possible: TermSpan | undefined;
  const mayContinue =
    !settled.continues && span.end !== null && !decision && !settled.limited && text.renewal !== 'none';
  if (mayContinue) {
    const probe = schedule.next();
    if (!probe.ok) return probe;
    possible = probe.value && asItStands(probe.value, calendar);
  }

  const today = dayOf(terms.today);
  const started = Math.max(today, span.start);
  const leaving = text.convenienceNotice ?? (span.end === null ? text.notice : undefined);
  const running = finalEnd === undefined || today <= finalEnd;
  const exit = leaving && running && !decision ? exitAfter(started, text, calendar, leaving) : undefined;
  const exitDay = exit && (text.convenienceNotice ? exit.final : Math.max(exit.final, span.minimumEnd ?? exit.final));
  const pointed = exit !== undefined && exitDay === exit.final && exitPointOf(text) !== undefined;
  const cooling = text.coolingOff
    ? forwardDeadline(text.profile, dayOf(terms.start), text.coolingOff, calendar)
    : undefined;
  const end = finalEnd ?? span.end;
  const state = stateOf(terms, settled, pauses);
  const missing = [
    ...new Set([
      ...span.missing,
      ...settled.missing,
      ...(span.notice?.missing ?? []),
      ...(exit?.missing ?? []),
      ...(cooling?.missing ?? []),
    ]),
  ].toSorted();

  return ok({
    state,
    term: termView(span, end),
    provisional: span.missing.length > 0 || settled.missing.length > 0 || span.openSuspension,
    missing,
    nextTerms: nextSpans.value.spans.map((next) => termView(next, next.end)),
    goesOn: nextSpans.value.goesOn,
    possibleNext: possible ? termView(possible, possible.end) : null,
    decided: Boolean(decision?.author?.trim() && decision.reason?.trim()),
    decision: decision ?? null,
    finalEnd: finalEnd === undefined ? null : dateOf(finalEnd),
    earliestExit: exitDay === undefined ? null : dateOf(exitDay),
    coolingOffUntil: cooling ? dateOf(cooling.day) : null,
    coolingOffProvisional: cooling !== undefined && cooling.missing.length > 0,
    because: derive({
      terms,
      amendments,
      calendar,
      settled,
      state,
      next: nextSpans.value.spans,
      possible,
      missing,
      earliestExit: exitDay,
      ...(pointed ? { exitRan: exit.ran, exitLatest: latestFor(started, text, calendar, leaving) } : {}),
      coolingOffUntil: cooling?.day,
    }),
  });
}

/** Both readings of the same wording, for the form that asks which one the text says. */
export function bothReadings(terms: Terms): { readonly dayBefore: PlainDate; readonly sameDay: PlainDate } | undefined {
  if (!terms.term || (terms.end !== undefined && parseDay(terms.end) !== undefined)) return undefined;
  const calendar = calendarOf(terms);
  if (!calendar.ok) return undefined;
  const one = (end: 'day-before' | 'same-day'): string | undefined => {
    const { notice: _notice, ...rest } = terms;
    const span = new Schedule({ ...rest, end, renewal: 'none' }, [], calendar.value, []).next();
    return span.ok && span.value && span.value.end !== null ? dateOf(span.value.end) : undefined;
  };
  const dayBefore = one('day-before');
  const sameDay = one('same-day');
  return dayBefore !== undefined && sameDay !== undefined ? { dayBefore, sameDay } : undefined;
}
