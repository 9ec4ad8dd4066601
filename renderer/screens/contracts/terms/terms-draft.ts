/**
 * Terms while they are typed: everything stays as it was written until it can be read, so nothing typed is ever lost.
 * From a draft come the changed fields of the record, a wording to compute with, and what is wrong with which field.
 */
import type { Json } from '../../../../shared/change/types.ts';
import { PERIOD_UNITS, type Period, type PeriodUnit } from '../../../../shared/contract-dates/period.ts';
import type { EndReading, Profile } from '../../../../shared/contract-dates/profile.ts';
import {
  type ExitPoint,
  RENEWALS,
  type RenewalKind,
  type Terms,
  type TermsError,
  termsError,
} from '../../../../shared/contract-dates/terms.ts';
import type { ContractWording } from '../../../../shared/contracts/wording.ts';
import { isPlainDate } from '../../../../shared/dates/plain-date.ts';
import type { Contract } from '../../../../shared/model/records.ts';

export interface PeriodPart {
  /** As typed. */
  readonly count: string;
  readonly unit: PeriodUnit;
}
export type PeriodDraft = readonly PeriodPart[];
export type Until = 'term' | 'date' | 'open';

/** Every control of the form. Days are `YYYY-MM-DD` or, while they cannot be read, the text as typed. */
export interface TermsDraft {
  readonly start: string;
  readonly until: Until;
  readonly term: PeriodDraft;
  readonly end: string;
  /** Empty: the text does not name the last day. */
  readonly endReading: EndReading | '';
  readonly termToMonthEnd: boolean;
  readonly renewal: RenewalKind;
  /** False: the record does not name its kind of renewal, which then depends on whether there is an end. */
  readonly renewalKept: boolean;
  readonly renewalTerm: PeriodDraft;
  readonly maxRenewals: string;
  readonly renewNotAfter: string;
  readonly notice: PeriodDraft;
  readonly noticeToMonthEnd: boolean;
  readonly noticeCounts: Terms['noticeCounts'];
  readonly noticeOpens: PeriodDraft;
  readonly convenienceNotice: PeriodDraft;
  /** Empty: on any day. */
  readonly exitAt: ExitPoint | '';
  readonly coolingOff: PeriodDraft;
  readonly profile: Profile;
  /** Empty: the calendar that belongs to the rules of counting. */
  readonly calendar: string;
  readonly counterpartyCalendar: string;
  readonly openRule: Terms['openRule'];
  readonly deliveryDays: string;
  readonly approvalDays: string;
  readonly clauses: Readonly<Partial<Record<ClauseLine, string>>>;
}

/** Lines of the form, and the fields whose clause they hold; the first is the one that is shown. */
export const CLAUSE_FIELDS = {
  term: ['term', 'start', 'end', 'termToMonthEnd'],
  renewal: ['renewal', 'renewalTerm', 'maxRenewals', 'renewNotAfter'],
  notice: ['notice', 'noticeCounts', 'noticeToMonthEnd', 'noticeOpens'],
  convenience: ['convenienceNotice', 'exitAt'],
  coolingOff: ['coolingOff'],
  rules: ['profile'],
} as const;
export type ClauseLine = keyof typeof CLAUSE_FIELDS;
const LINES = Object.keys(CLAUSE_FIELDS) as ClauseLine[];

export const PERIOD_FIELDS = [
  'term',
  'renewalTerm',
  'notice',
  'noticeOpens',
  'convenienceNotice',
  'coolingOff',
] as const;
export type PeriodField = (typeof PERIOD_FIELDS)[number];
export const COUNT_FIELDS = ['maxRenewals', 'deliveryDays', 'approvalDays'] as const;
export type CountField = (typeof COUNT_FIELDS)[number];
const MOST: Readonly<Record<CountField, number>> = { maxRenewals: 100_000, deliveryDays: 3650, approvalDays: 3650 };

/** The parts of a kept period; one empty part to type into when there is none. */
export function periodDraft(period: Period | undefined, unit: PeriodUnit = 'months'): PeriodDraft {
  const parts = PERIOD_UNITS.flatMap((each): PeriodPart[] =>
    period?.[each] === undefined ? [] : [{ count: String(period[each]), unit: each }],
  );
  return parts.length > 0 ? parts : [{ count: '', unit }];
}

const WHOLE = /^\d{1,9}$/;
/** «12», «1 200»: a whole number without a sign. */
const wholeOf = (text: string): number | null => {
  const plain = text.replaceAll(/[\s\u00a0]/g, '');
  return WHOLE.test(plain) ? Number(plain) : null;
};

/** null when nothing is typed. Equal units are added up. Refused with `notAWhole` when a part is no whole number. */
export function readPeriod(draft: PeriodDraft): {
  readonly period: Period | null;
  readonly problem: TermsError | null;
} {
  const sums = new Map<PeriodUnit, number>();
  for (const { count, unit } of draft) {
    if (!count.trim()) continue;
    const whole = wholeOf(count);
    if (whole === null) return { period: null, problem: termsError('', 'notAWhole', { least: 1, most: 4800 }) };
    sums.set(unit, (sums.get(unit) ?? 0) + whole);
  }
  if (sums.size === 0) return { period: null, problem: null };
  const entries = PERIOD_UNITS.flatMap((unit) => (sums.has(unit) ? [[unit, sums.get(unit)] as const] : []));
  return { period: Object.fromEntries(entries) as Period, problem: null };
}

const RENEWAL_SET: ReadonlySet<unknown> = new Set(RENEWALS);

function untilOf({ start, end, term, renewal }: ContractWording): Until {
  if (end !== undefined) return 'date';
  if (term !== undefined) return 'term';
  return renewal === 'evergreen' || (renewal === undefined && start !== undefined) ? 'open' : 'term';
}

/** The form as it begins: what the record holds. */
export function draftOf(wording: ContractWording): TermsDraft {
  const until = untilOf(wording);
  const { clauses } = wording;
  const shown = LINES.flatMap((line) => {
    const field = CLAUSE_FIELDS[line].find((each) => clauses?.[each] !== undefined);
    return field === undefined ? [] : [[line, clauses?.[field] ?? ''] as const];
  });
  return {
    start: wording.start ?? '',
    until,
    term: periodDraft(wording.term),
    end: wording.end ?? '',
    endReading: wording.endReading ?? '',
    termToMonthEnd: wording.termToMonthEnd ?? false,
    renewal: RENEWAL_SET.has(wording.renewal)
      ? (wording.renewal as RenewalKind)
      : until === 'open'
        ? 'evergreen'
        : 'none',
    renewalKept: RENEWAL_SET.has(wording.renewal),
    renewalTerm: periodDraft(wording.renewalTerm),
    maxRenewals: wording.maxRenewals === undefined ? '' : String(wording.maxRenewals),
    renewNotAfter: wording.renewNotAfter ?? '',
    notice: periodDraft(wording.notice, 'days'),
    noticeToMonthEnd: wording.noticeToMonthEnd ?? false,
    noticeCounts: wording.noticeCounts ?? 'received',
    noticeOpens: periodDraft(wording.noticeOpens, 'days'),
    convenienceNotice: periodDraft(wording.convenienceNotice, 'days'),
    exitAt: wording.exitAt ?? '',
    coolingOff: periodDraft(wording.coolingOff, 'days'),
    profile: wording.profile ?? 'plain',
    calendar: wording.calendar ?? '',
    counterpartyCalendar: wording.counterpartyCalendar ?? '',
    openRule: wording.openRule ?? 'both',
    deliveryDays: wording.deliveryDays === undefined ? '' : String(wording.deliveryDays),
    approvalDays: wording.approvalDays === undefined ? '' : String(wording.approvalDays),
    clauses: Object.fromEntries(shown),
  };
}

/** The rules that a new contract most likely follows, by the language one works in. */
export const likelyProfile = (language: 'ru' | 'en'): Profile => (language === 'ru' ? 'rf' : 'plain');

export interface DraftValues {
  /** By field of the record; null: not given. */
  readonly values: Readonly<Record<string, Json>>;
  /** What could not be read, by field. */
  readonly problems: readonly TermsError[];
}

/**
 * What the form says, as values of the record's fields. A control that is hidden (the length of a renewal when there is
 * none) keeps its value, but cannot be wrong.
 */
export function valuesOf(draft: TermsDraft): DraftValues {
  const problems: TermsError[] = [];
  const period = (field: PeriodField, shown = true): Json => {
    const read = readPeriod(draft[field]);
    if (read.problem && shown) problems.push({ ...read.problem, field });
    return read.period as Json;
  };
  const count = (field: CountField, shown = true): Json => {
    if (!draft[field].trim()) return null;
    const whole = wholeOf(draft[field]);
    if (whole !== null && whole <= MOST[field]) return whole;
    if (shown) problems.push(termsError(field, 'notAWhole', { least: 0, most: MOST[field] }));
    return null;
  };
  const open = draft.until === 'open';
  const renewal = open ? 'evergreen' : draft.renewal;
  const renews = renewal !== 'none' && renewal !== 'evergreen';
  const cap = renews || isPlainDate(draft.renewNotAfter) ? draft.renewNotAfter : '';
  return {
    problems,
    values: {
      start: draft.start || null,
      end: draft.until === 'date' ? draft.end || null : null,
      endReading: draft.endReading || null,
      term: open ? null : period('term'),
      termToMonthEnd: draft.termToMonthEnd || null,
      renewal,
      renewalTerm: period('renewalTerm', renews),
      maxRenewals: count('maxRenewals', renews),
      renewNotAfter: cap || null,
      notice: period('notice'),
      noticeToMonthEnd: draft.noticeToMonthEnd || null,
      noticeCounts: draft.noticeCounts === 'received' ? null : draft.noticeCounts,
      noticeOpens: period('noticeOpens'),
      convenienceNotice: period('convenienceNotice'),
      exitAt: draft.exitAt || null,
      coolingOff: period('coolingOff'),
      profile: draft.profile,
      calendar: draft.calendar || null,
      counterpartyCalendar: draft.counterpartyCalendar || null,
      openRule: draft.openRule === 'both' ? null : draft.openRule,
      deliveryDays: count('deliveryDays'),
      approvalDays: count('approvalDays'),
    },
  };
}

const same = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Clauses that were changed in the form, by field: a line's clause stands with every field of the line. */
function clauseChanges(base: TermsDraft, draft: TermsDraft): [string, Json][] {
  return LINES.flatMap((line): [string, Json][] => {
    const text = draft.clauses[line]?.trim() ?? '';
    if (text === (base.clauses[line]?.trim() ?? '')) return [];
    return CLAUSE_FIELDS[line].map((field) => [`clauses/${field}`, text || null]);
  });
}

/**
 * The fields that a person changed since the form was opened, with their new values. Others are left alone, whatever
 * happened to them meanwhile.
 */
export function changedFields(base: TermsDraft, draft: TermsDraft): [string, Json][] {
  const changed = typedChanges(base, draft);
  if (changed.length === 0 || base.renewalKept || changed.some(([field]) => field === 'renewal')) return changed;
  // What the form shows as the kind of renewal is said once anything is saved: left out, it would follow the end.
  return [...changed, ['renewal', valuesOf(draft).values.renewal ?? null]];
}

function typedChanges(base: TermsDraft, draft: TermsDraft): [string, Json][] {
  const before = valuesOf(base).values;
  const changed = Object.entries(valuesOf(draft).values).filter(
    ([field, value]) => !same(before[field] ?? null, value),
  );
  return [...changed, ...clauseChanges(base, draft)];
}

/** How many things a person would say they changed: a clause counts once per line. */
export function changeCount(base: TermsDraft, draft: TermsDraft): number {
  const own = typedChanges(base, draft).filter(([field]) => !field.startsWith('clauses/')).length;
  return own + LINES.filter((line) => (draft.clauses[line] ?? '').trim() !== (base.clauses[line] ?? '').trim()).length;
}

/** The record's wording with the form's changes, for the live preview. */
export function draftWording(wording: ContractWording, base: TermsDraft, draft: TermsDraft): ContractWording {
  const next: Record<string, unknown> = { ...wording };
  const clauses: Record<string, string> = { ...wording.clauses };
  for (const [field, value] of changedFields(base, draft)) {
    if (field.startsWith('clauses/')) {
      const key = field.slice('clauses/'.length);
      if (typeof value === 'string') clauses[key] = value;
      else delete clauses[key];
    } else if (value === null) delete next[field];
    else next[field] = value;
  }
  if (Object.keys(clauses).length > 0) next.clauses = clauses;
  else delete next.clauses;
  return next as ContractWording;
}

/** Words about renewal that a file brought and nobody has turned into terms yet. */
export function quotedRenewal({ renewalText, renewal }: Pick<Contract, 'renewalText' | 'renewal'>): string {
  if (renewalText?.trim()) return renewalText.trim();
  return typeof renewal === 'object' && renewal !== null ? renewal.text.trim() : '';
}
