/** From a contract as it is kept to the terms that the engine computes with. */
import { FIRST_YEAR, parseDay, weekdayOf, yearOf } from '../contract-dates/civil.ts';
import { type CalendarPack, packProblem } from '../contract-dates/calendar.ts';
import { clauseInput } from '../contract-dates/read-indexation.ts';
import { readTerms } from '../contract-dates/read-terms.ts';
import { type Terms, type TermsError, TEXT_FIELDS } from '../contract-dates/terms.ts';
import type { CalendarRecord, Contract, PlainDate } from '../model/records.ts';
import { ok, type Result } from '../result.ts';

/** What dates, reminders and timelines need of a contract; rows of the live view carry it whole. */
export const WORDING_FIELDS = [
  'signedOn',
  'start',
  'end',
  'endReading',
  'term',
  'termToMonthEnd',
  'renewal',
  'renewalTerm',
  'maxRenewals',
  'renewNotAfter',
  'notice',
  'noticeToMonthEnd',
  'noticeCounts',
  'noticeOpens',
  'convenienceNotice',
  'exitAt',
  'coolingOff',
  'profile',
  'calendar',
  'counterpartyCalendar',
  'openRule',
  'deliveryDays',
  'approvalDays',
  'value',
  'valuePer',
  'clauses',
  'decisions',
  'amendments',
  'suspensions',
  'milestones',
  'indexation',
  'announcements',
  'snoozes',
  'remindDays',
  'deputy',
  'status',
] as const satisfies readonly (keyof Contract)[];
export type ContractWording = Pick<Contract, (typeof WORDING_FIELDS)[number]>;

/** The day from which one looks, and the calendars at hand. */
export interface TermsContext {
  readonly today: PlainDate;
  readonly packs: readonly CalendarPack[];
  /** Look as of another day of effect or of knowledge. */
  readonly asOf?: { readonly effective?: PlainDate; readonly known?: PlainDate };
  /** Terms after the current one to list (5 unless told). */
  readonly nextCount?: number;
}

/** A set's elements with their keys, in an order that every device derives alike. */
export function ordered<T>(set: Readonly<Record<string, T>> | undefined, by: (element: T) => string): [string, T][] {
  return Object.entries(set ?? {}).sort(([a, x], [b, y]) => {
    const [one, other] = [by(x), by(y)];
    return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
  });
}
const decisionsOf = (wording: ContractWording) => ordered(wording.decisions, ({ date }) => date);
/**
 * Amendments on which dates hang. One that changes only the price or the people is kept with the record and says nothing
 * to the engine; nor does the number of such a one in `replaces`.
 */
export function amendmentsOf(wording: ContractWording) {
  const all = ordered(wording.amendments, ({ effective }) => effective);
  const counting = all.filter(([, { changes }]) => Object.keys(changes ?? {}).length > 0);
  const numbers = new Set(counting.map(([, { number }]) => number));
  const silent = new Set(all.map(([, { number }]) => number).filter((number) => !numbers.has(number)));
  return counting.map(([key, one]): [string, typeof one] => {
    const { replaces, ...rest } = one;
    return [key, replaces !== undefined && silent.has(replaces) ? rest : one];
  });
}
const suspensionsOf = (wording: ContractWording) => ordered(wording.suspensions, ({ from }) => from);

/**
 * The renewal kind, or the word that stands there and is none: the reader refuses it by name. Where nothing was agreed
 * (or before version 0.2 words were imported), a contract with neither a last day nor a length is one without an end.
 */
function renewalOf({ renewal, end, term }: ContractWording): string {
  if (typeof renewal === 'string') return renewal;
  return end === undefined && term === undefined ? 'evergreen' : 'none';
}

const CLAUSED: ReadonlySet<string> = new Set(['start', ...TEXT_FIELDS]);
/** Clauses of fields that dates hang on; those of others (the value, the subject) are the record's alone. */
const engineClauses = (clauses: ContractWording['clauses']): Record<string, string> =>
  Object.fromEntries(Object.entries(clauses ?? {}).filter(([field, text]) => CLAUSED.has(field) && text.trim() !== ''));

/** Only what is there: the reader tells a missing key from a wrong value. */
function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

/**
 * The engine's terms for a contract. Refused as the reader and the engine refuse: with the field's name
 * (`start` is missing, `decisions[0].date` is no date, …). A contract is signed unless it is a draft without a day of
 * signature.
 */
export function termsOf(wording: ContractWording, context: TermsContext): Result<Terms, TermsError> {
  const { status, signedOn, end, endReading, indexation } = wording;
  const read = readTerms(
    present({
      start: wording.start,
      end: end ?? endReading,
      term: wording.term,
      termToMonthEnd: wording.termToMonthEnd,
      renewal: renewalOf(wording),
      renewalTerm: wording.renewalTerm,
      maxRenewals: wording.maxRenewals,
      renewNotAfter: wording.renewNotAfter,
      notice: wording.notice,
      noticeToMonthEnd: wording.noticeToMonthEnd,
      noticeCounts: wording.noticeCounts,
      noticeOpens: wording.noticeOpens,
      convenienceNotice: wording.convenienceNotice,
      exitAt: wording.exitAt,
      coolingOff: wording.coolingOff,
      profile: wording.profile,
      calendar: wording.calendar,
      counterpartyCalendar: wording.counterpartyCalendar,
      openRule: wording.openRule,
      deliveryDays: wording.deliveryDays,
      approvalDays: wording.approvalDays,
      signed: (status ?? 'draft') !== 'draft' || signedOn !== undefined,
      today: context.today,
      decisions: decisionsOf(wording).map(([, { date, kind, author, reason }]) =>
        present({ date, kind, author: author?.trim() || undefined, reason: reason?.trim() || undefined }),
      ),
      amendments: amendmentsOf(wording).map(([, { number, signed, effective, known, replaces, changes }]) =>
        present({ number, signed, effective, known, replaces, changes: changes ?? {} }),
      ),
      suspensions: suspensionsOf(wording).map(([, { from, to }]) => present({ from, to })),
      asOf: context.asOf,
      clauses: engineClauses(wording.clauses),
      nextCount: context.nextCount,
      indexation: indexation && clauseInput(indexation),
    }),
    context.today,
  );
  // Checked when they were made (packsOf); the same array for every contract, so that its calendar is made once.
  return read.ok ? ok({ ...read.value, packs: context.packs }) : read;
}

/**
 * The contract's field behind a refusal: `decisions[1].date` → `decisions/<key>`, `end` → `end` or `endReading`. The
 * form shows the sentence there.
 */
export function fieldOfProblem(wording: ContractWording, problem: TermsError): string {
  const match = /^(decisions|amendments|suspensions)\[(\d+)\]/.exec(problem.field);
  if (!match) {
    if (problem.field === 'end' && wording.end === undefined) return 'endReading';
    return problem.field.replace(/[.[].*$/, '');
  }
  const lists = { decisions: decisionsOf, amendments: amendmentsOf, suspensions: suspensionsOf } as const;
  const [key] = lists[match[1] as keyof typeof lists](wording)[Number(match[2])] ?? [];
  return key === undefined ? (match[1] as string) : `${match[1]}/${key}`;
}

/**
 * Packs from the calendars that people imported or corrected. One that the engine would refuse (no country, no year) is
 * left out, so that it cannot take the dates of every contract with it.
 */
export function packsOf(calendars: readonly CalendarRecord[]): CalendarPack[] {
  return calendars.flatMap(({ country, year, days, source, deleted }) => {
    if (deleted || !country || !Number.isInteger(year) || (year as number) < FIRST_YEAR) return [];
    // A day that says nothing (a Sunday "off", another year's day) is passed over.
    const of = (kind: 'off' | 'work' | 'short'): PlainDate[] =>
      Object.entries(days ?? {})
        .filter(([date, value]) => {
          const day = value === kind ? parseDay(date) : undefined;
          return (
            day !== undefined && yearOf(day) === year && (kind === 'short' || weekdayOf(day) >= 6 === (kind === 'work'))
          );
        })
        .map(([date]) => date)
        .sort();
    const pack: CalendarPack = {
      country,
      year: year as number,
      nonWorking: of('off'),
      working: of('work'),
      shortened: of('short'),
      source: source?.trim() || '—',
    };
    return packProblem(pack) === undefined ? [pack] : [];
  });
}
