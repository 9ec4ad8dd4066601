/** All terms of a contract up to a day: those that are over, the current one, and those that would follow. */
import type { PlainDate } from '../model/records.ts';
import { ok, type Result } from '../result.ts';
import { knownAmendments } from './amendments.ts';
import { calendarOf, type ContractDates, contractDates, type TermDates, termView } from './compute.ts';
import { Schedule } from './schedule.ts';
import { pausesOf } from './suspension.ts';
import type { Terms, TermsError } from './terms.ts';

export interface ListedTerm extends TermDates {
  /** `possible`: opens only by a decision that has not been taken. */
  readonly kind: 'past' | 'current' | 'next' | 'possible';
}

export interface TermList {
  readonly dates: ContractDates;
  readonly terms: readonly ListedTerm[];
}

/** Following terms looked at when a drawing reaches far ahead. */
const MOST_NEXT = 240;

/**
 * Terms that begin on or before `until`, in order. Errors are those of contractDates. The current term's end is the one
 * that contractDates gives, with any shift to a working day.
 */
export function termList(terms: Terms, until: PlainDate): Result<TermList, TermsError> {
  const computed = contractDates({ ...terms, nextCount: Math.max(terms.nextCount, 1) });
  if (!computed.ok) return computed;
  let dates = computed.value;
  const calendar = calendarOf(terms);
  if (!calendar.ok) return calendar;
  const known = terms.asOf?.known ?? terms.today;
  const schedule = new Schedule(
    terms,
    knownAmendments(terms.amendments, known),
    calendar.value,
    pausesOf(terms.suspensions, terms.today),
  );
  const listed: ListedTerm[] = [];
  while (listed.length < dates.term.index) {
    const span = schedule.next();
    if (!span.ok) return span;
    if (!span.value) break;
    listed.push({ ...termView(span.value, span.value.end), kind: 'past' });
  }
  listed.push({ ...dates.term, kind: 'current' });
  const last = dates.nextTerms.at(-1);
  if (last?.end && last.end < until) {
    // Every wording that carries on by itself does so with one length, so the number of terms still to come is known.
    const more = contractDates({ ...terms, nextCount: MOST_NEXT });
    if (more.ok) dates = more.value;
  }
  for (const next of dates.nextTerms) if (next.start <= until) listed.push({ ...next, kind: 'next' });
  if (dates.possibleNext && dates.possibleNext.start <= until) listed.push({ ...dates.possibleNext, kind: 'possible' });
  return ok({ dates, terms: listed });
}
