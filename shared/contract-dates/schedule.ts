/**
 * The terms of a contract one after another. Ends are computed from an anchor, never from a previous end:
 *
 * - The anchor is the start. A first term of years and months, and every renewal of years and months, are summed and added
 *   to it in one step, so that a clamped month (29 Feb) never shortens the next one.
 * - A first term with weeks, days or working days, a term end given as a date, a renewal length changed by an amendment and
 *   one with working days set a new anchor: the boundary reached.
 * - `same-day`: the term ends on the anniversary; the next one begins the day after. `day-before`: the next one begins on
 *   the anniversary. After an end given as a date the next term begins the day after it and is read `day-before`.
 */
import { ok, type Result } from '../result.ts';
import { type Fold, textWith } from './amendments.ts';
import type { WorkCalendar } from './calendar.ts';
import { dateOf, type DayNumber, dayOf, endOfMonth, LAST_YEAR, parseDay, yearOf } from './civil.ts';
import { type NoticeContext, type NoticeDates, noticeBefore } from './notice.ts';
import {
  addParts,
  dayAfter,
  isMonthly,
  type Landing,
  partsOf,
  partsPlus,
  type Period,
  type PeriodParts,
} from './period.ts';
import { type EndReading, isReading, readingOf } from './profile.ts';
import { extendedEnd, type Pause } from './suspension.ts';
import type { Amendment, ContractText, Terms, TermsError } from './terms.ts';
import { termsError } from './terms.ts';

export interface TermSpan {
  /** 0 for the first term, k for the k-th renewal. */
  readonly index: number;
  readonly start: DayNumber;
  /** Last day by the wording, with suspensions. null: no end (evergreen). */
  readonly end: DayNumber | null;
  /** `end` before it was moved to a working day, where it was. */
  readonly nominalEnd?: DayNumber;
  /** The day from which its length was counted: the start of the contract, or a boundary that set a new anchor. */
  readonly anchor: DayNumber;
  /** Evergreen with a term: the contract cannot be left before this day. */
  readonly minimumEnd?: DayNumber;
  /** Days by which suspensions moved the end. */
  readonly suspendedDays: number;
  readonly openSuspension: boolean;
  readonly clamped: boolean;
  /** How the end was found. */
  readonly basis: 'date' | EndReading | 'none';
  /** The length from the anchor that gave the end: the term, or the renewal term. */
  readonly length?: Period;
  /** Cut short by renewNotAfter. */
  readonly capped: boolean;
  readonly notice?: NoticeDates;
  readonly fold: Fold;
  readonly missing: readonly string[];
}

interface Anchor {
  readonly day: DayNumber;
  readonly parts: PeriodParts;
  readonly reading: EndReading;
  /** Calendar years without a pack on which the day itself rests. */
  readonly missing: readonly string[];
}

const NOTHING: PeriodParts = { months: 0, days: 0, workingDays: 0 };
const samePeriod = (one: Period | undefined, other: Period | undefined): boolean =>
  JSON.stringify(partsOf(one ?? {})) === JSON.stringify(partsOf(other ?? {}));
const renewalLength = (text: ContractText): Period | undefined => text.renewalTerm ?? text.term;

interface Draft {
  readonly end: DayNumber | null;
  readonly minimumEnd?: DayNumber;
  readonly anchor: Anchor;
  readonly usedEnd: string | undefined;
  readonly length?: Period;
  readonly clamped: boolean;
  readonly missing: readonly string[];
  readonly basis: TermSpan['basis'];
}

/** Gives the terms of one contract in order; each is computed once, on demand. */
export class Schedule {
  readonly #terms: Terms;
  readonly #amendments: readonly Amendment[];
  readonly #calendar: WorkCalendar;
  readonly #pauses: readonly Pause[];
  readonly #notice: NoticeContext;
  /** Days of effect, in order. */
  readonly #effects: readonly DayNumber[];
  readonly #folds = new Map<number, Fold>();
  #last: { readonly draft: Draft; readonly span: TermSpan } | undefined;

  constructor(terms: Terms, amendments: readonly Amendment[], calendar: WorkCalendar, pauses: readonly Pause[]) {
    this.#terms = terms;
    const until = terms.asOf?.effective;
    this.#amendments = until === undefined ? amendments : amendments.filter(({ effective }) => effective <= until);
    this.#effects = this.#amendments.map(({ effective }) => dayOf(effective));
    this.#calendar = calendar;
    this.#pauses = pauses;
    this.#notice = { calendar, deliveryDays: terms.deliveryDays, approvalDays: terms.approvalDays };
  }

  /** The next term. ok(undefined): the wording allows no further term, or it would end after the last year. */
  next(): Result<TermSpan | undefined, TermsError> {
    const previous = this.#last;
    const index = previous ? previous.span.index + 1 : 0;
    if (previous && (previous.span.end === null || previous.span.capped)) return ok(undefined);
    const start = previous ? (previous.span.end as DayNumber) + 1 : dayOf(this.#terms.start);
    if (yearOf(start) > LAST_YEAR) return ok(undefined);

    // A document with effect inside the term belongs to it, and may itself move the term's end: repeat until none is new.
    for (let count = this.#inForce(start); ; ) {
      const fold = this.#textAfter(count);
      const draft = this.#draft(index, start, fold.text);
      if (!draft.ok) return draft;
      const span = this.#span(index, start, draft.value, fold);
      if (!span.ok) return span;
      if (span.value === undefined) return ok(undefined);
      const reached = this.#inForce(span.value.end ?? Number.POSITIVE_INFINITY);
      if (reached <= count) {
        this.#last = { draft: draft.value, span: span.value };
        return ok(span.value);
      }
      count = reached;
    }
  }

  /** How many amendments, in order of effect, have taken effect by the day. */
  #inForce(day: number): number {
    let [low, high] = [0, this.#effects.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#effects[middle] ?? 0) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The wording after so many amendments; the same for most terms, so kept. */
  #textAfter(count: number): Fold {
    const known = this.#folds.get(count);
    if (known) return known;
    const fold = textWith(this.#terms, this.#amendments.slice(0, count));
    this.#folds.set(count, fold);
    return fold;
  }

  #draft(index: number, start: DayNumber, text: ContractText): Result<Draft, TermsError> {
    if (text.renewal === 'evergreen') return this.#evergreen(start, text);
    const previous = this.#last?.draft;
    const explicit = text.end !== undefined && !isReading(text.end) ? text.end : undefined;
    if (explicit !== undefined && explicit !== previous?.usedEnd) {
      const end = parseDay(explicit) ?? start;
      if (end < start)
        return { ok: false, error: termsError('end', 'endBeforeStart', { start: dateOf(start), end: explicit }) };
      const anchor: Anchor = { day: end + 1, parts: NOTHING, reading: 'day-before', missing: [] };
      return ok({ end, anchor, usedEnd: explicit, clamped: false, missing: [], basis: 'date' });
    }
    return index === 0 || !previous ? this.#firstTerm(start, text) : this.#renewal(previous, text);
  }

  #evergreen(start: DayNumber, text: ContractText): Result<Draft, TermsError> {
    const fixed = text.end !== undefined && !isReading(text.end) ? parseDay(text.end) : undefined;
    if (fixed !== undefined && fixed < start && !this.#last) {
      return { ok: false, error: termsError('end', 'endBeforeStart', { start: dateOf(start), end: dateOf(fixed) }) };
    }
    const first = fixed === undefined && text.term && !this.#last ? this.#firstTerm(start, text) : undefined;
    if (first && !first.ok) return first;
    const minimumEnd = fixed ?? first?.value.end ?? undefined;
    const anchor: Anchor = { day: start, parts: NOTHING, reading: 'day-before', missing: [] };
    return ok({
      end: null,
      ...(minimumEnd === undefined ? {} : { minimumEnd }),
      ...(text.term ? { length: text.term } : {}),
      anchor,
      usedEnd: undefined,
      clamped: first?.value.clamped ?? false,
      missing: first?.value.missing ?? [],
      basis: 'none',
    });
  }

  #firstTerm(start: DayNumber, text: ContractText): Result<Draft, TermsError> {
    const { term } = text;
    if (!term) {
      const renewing = text.renewal !== 'none';
      return { ok: false, error: termsError('term', renewing ? 'renewalWithoutTerm' : 'termMissing') };
    }
    const reading = readingOf(text);
    if (!reading) return { ok: false, error: termsError('end', 'readingMissing') };
    const parts = partsOf(term);
    const landing = this.#boundary(start, parts, reading);
    const anchor: Anchor = isMonthly(parts)
      ? { day: start, parts, reading, missing: [] }
      : { day: landing.day, parts: NOTHING, reading, missing: landing.missing };
    return ok({
      ...this.#bounded(landing.day, anchor, text),
      length: term,
      clamped: landing.clamped,
      missing: landing.missing,
    });
  }

  #renewal(previous: Draft, text: ContractText): Result<Draft, TermsError> {
    const length = renewalLength(text);
    if (!length) return { ok: false, error: termsError('renewalTerm', 'renewalWithoutTerm') };
    const { anchor } = previous;
    const parts = partsOf(length);
    // Days and working days add up exactly, so only months need the far anchor; a changed length starts from the boundary,
    // and so does one with working days, which keeps no day number anyway.
    const boundary = (previous.end as DayNumber) + (anchor.reading === 'day-before' ? 1 : 0);
    const firstRenewal = this.#last?.span.index === 0;
    const lengthBefore = firstRenewal ? length : previous.length;
    const keep =
      parts.months > 0 && parts.workingDays === 0 && samePeriod(length, lengthBefore) && previous.basis !== 'date';
    const from: Anchor = keep
      ? anchor
      : { day: boundary, parts: NOTHING, reading: anchor.reading, missing: previous.missing };
    const total = partsPlus(from.parts, parts);
    const landing = this.#boundary(from.day, total, from.reading);
    const bounded = this.#bounded(landing.day, { ...from, parts: total }, text);
    const missing = [...new Set([...from.missing, ...landing.missing])];
    return ok({ ...bounded, usedEnd: previous.usedEnd, length, clamped: landing.clamped, missing });
  }

  /** The anniversary of the anchor: the last day, or the one after it where the first day counts. */
  #boundary(anchor: DayNumber, parts: PeriodParts, reading: EndReading): Landing {
    return (reading === 'day-before' ? dayAfter : addParts)(anchor, parts, this.#calendar);
  }

  /** The end that belongs to a boundary: the boundary itself or the day before it, moved to its month's end if so worded. */
  #bounded(boundary: DayNumber, anchor: Anchor, text: ContractText): Omit<Draft, 'length' | 'clamped' | 'missing'> {
    const end = anchor.reading === 'day-before' ? boundary - 1 : boundary;
    return { end: text.termToMonthEnd ? endOfMonth(end) : end, anchor, usedEnd: undefined, basis: anchor.reading };
  }

  #span(index: number, start: DayNumber, draft: Draft, fold: Fold): Result<TermSpan | undefined, TermsError> {
    const { text } = fold;
    const cap = text.renewNotAfter === undefined || index === 0 ? undefined : dayOf(text.renewNotAfter);
    if (cap !== undefined && start > cap) return ok(undefined);
    const { end: nominal } = draft;
    const base = {
      index,
      start,
      anchor: draft.anchor.day,
      clamped: draft.clamped,
      basis: draft.basis,
      fold,
      missing: draft.missing,
      ...(draft.length ? { length: draft.length } : {}),
    };
    if (nominal === null) {
      const minimum = draft.minimumEnd === undefined ? undefined : extendedEnd(draft.minimumEnd, this.#pauses);
      const notice = minimum && text.notice ? noticeBefore(minimum.day, text.notice, text, this.#notice) : undefined;
      if (minimum && notice && notice.legal < start) return this.#tooLong(text, start, notice);
      return ok({
        ...base,
        end: null,
        ...(minimum ? { minimumEnd: minimum.day } : {}),
        ...(notice ? { notice } : {}),
        suspendedDays: minimum?.days ?? 0,
        openSuspension: minimum?.open ?? false,
        capped: false,
      });
    }
    const extended = extendedEnd(nominal, this.#pauses);
    const capped = cap !== undefined && extended.day > cap;
    const end = capped ? cap : extended.day;
    if (yearOf(end) > LAST_YEAR) {
      return index === 0
        ? { ok: false, error: termsError('term', 'endOutOfRange', { year: LAST_YEAR }) }
        : ok(undefined);
    }
    if (end < start)
      return { ok: false, error: termsError('term', 'termTooShort', { start: dateOf(start), end: dateOf(end) }) };
    const notice = text.notice ? noticeBefore(end, text.notice, text, this.#notice) : undefined;
    const moot = notice !== undefined && capped && notice.legal < start;
    if (notice && !moot && notice.legal < start) return this.#tooLong(text, start, notice);
    return ok({
      ...base,
      end,
      ...(notice && !moot ? { notice } : {}),
      suspendedDays: extended.days,
      openSuspension: extended.open,
      capped,
    });
  }

  #tooLong(text: ContractText, start: DayNumber, notice: NoticeDates): Result<never, TermsError> {
    const field = text.noticeToMonthEnd ? 'noticeToMonthEnd' : 'notice';
    return {
      ok: false,
      error: termsError(field, 'noticeLongerThanTerm', { deadline: dateOf(notice.legal), start: dateOf(start) }),
    };
  }
}
