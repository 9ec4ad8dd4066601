/** Reads terms from JSON that anyone may have written: every refusal names the field; unknown keys are refused by name. */
import type { PlainDate } from '../model/records.ts';
import { ok, type Result } from '../result.ts';
import { type CalendarPack, packProblem } from './calendar.ts';
import { FIRST_YEAR, LAST_YEAR, parseDay, yearOf } from './civil.ts';
import { Reader } from './reader.ts';
import { readIndexation } from './read-indexation.ts';
import { isEmptyPeriod, partsOf, PERIOD_UNITS, type Period } from './period.ts';
import { PROFILES } from './profile.ts';
import {
  type Amendment,
  type ContractText,
  type Decision,
  DECISION_KINDS,
  EXIT_POINTS,
  RENEWALS,
  type Suspension,
  type Terms,
  type TermsError,
  TEXT_FIELDS,
  termsError,
  type TextChanges,
} from './terms.ts';

const KEYS = [
  'start',
  ...TEXT_FIELDS,
  'signed',
  'calendar',
  'counterpartyCalendar',
  'openRule',
  'packs',
  'deliveryDays',
  'approvalDays',
  'today',
  'decisions',
  'amendments',
  'suspensions',
  'asOf',
  'clauses',
  'nextCount',
  'indexation',
] as const;

/** A date of the years that contracts live in. */
function readDate(reader: Reader, key: string): PlainDate | undefined {
  const value = reader.take(key);
  if (value === undefined) return undefined;
  const day = parseDay(value);
  if (day === undefined) return reader.refuse(key, 'notADate');
  const year = yearOf(day);
  return year < FIRST_YEAR || year > LAST_YEAR ? reader.refuse(key, 'dateOutOfRange') : (value as PlainDate);
}

/** 400 years of any unit. */
const MOST: Readonly<Record<(typeof PERIOD_UNITS)[number], number>> = {
  years: 400,
  months: 4800,
  weeks: 20_871,
  days: 146_097,
  workingDays: 104_400,
};

function readPeriod(reader: Reader, key: string): Period | undefined {
  const inner = reader.object(key, PERIOD_UNITS);
  if (!inner) return undefined;
  const period: Partial<Record<(typeof PERIOD_UNITS)[number], number>> = {};
  for (const unit of PERIOD_UNITS) {
    const count = inner.whole(unit, 0, MOST[unit]);
    if (count !== undefined) period[unit] = count;
  }
  if (reader.failed) return undefined;
  if (isEmptyPeriod(period)) return reader.refuse(key, 'periodEmpty');
  const { months, days, workingDays } = partsOf(period);
  return months / 12 + days / 365 + workingDays / 260 > 400 ? reader.refuse(key, 'periodTooLong') : period;
}

function readEnd(reader: Reader): ContractText['end'] {
  const value = reader.take('end');
  if (value === undefined || value === 'day-before' || value === 'same-day') return value as ContractText['end'];
  return readDate(reader, 'end');
}

/** Only what was given; `null` means "no limit" for maxRenewals and "not given" elsewhere. */
function readText(reader: Reader): TextChanges {
  const maxRenewals = reader.raw('maxRenewals') === null ? null : reader.whole('maxRenewals', 0, 100_000);
  const given = {
    end: readEnd(reader),
    term: readPeriod(reader, 'term'),
    termToMonthEnd: reader.boolean('termToMonthEnd'),
    renewal: reader.oneOf('renewal', RENEWALS),
    renewalTerm: readPeriod(reader, 'renewalTerm'),
    maxRenewals,
    renewNotAfter: readDate(reader, 'renewNotAfter'),
    notice: readPeriod(reader, 'notice'),
    noticeToMonthEnd: reader.boolean('noticeToMonthEnd'),
    noticeCounts: reader.oneOf('noticeCounts', ['received', 'sent'] as const),
    noticeOpens: readPeriod(reader, 'noticeOpens'),
    convenienceNotice: readPeriod(reader, 'convenienceNotice'),
    exitAt: reader.oneOf('exitAt', EXIT_POINTS),
    coolingOff: readPeriod(reader, 'coolingOff'),
    profile: reader.oneOf('profile', PROFILES),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as TextChanges;
}

function readDecisions(reader: Reader): Decision[] {
  return reader.list('decisions', ['date', 'kind', 'author', 'reason'], (item) => {
    const date = readDate(item, 'date');
    const kind = item.oneOf('kind', DECISION_KINDS);
    const author = item.text('author');
    const reason = item.text('reason');
    if (!item.failed && date === undefined) item.refuse('date', 'missing');
    if (!item.failed && kind === undefined) item.refuse('kind', 'missing');
    return {
      date: date ?? '',
      kind: kind ?? 'renew',
      ...(author === undefined ? {} : { author }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

function readAmendments(reader: Reader, start: PlainDate): Amendment[] {
  return reader.list('amendments', ['number', 'signed', 'effective', 'known', 'replaces', 'changes'], (item) => {
    const optional = {
      number: item.text('number'),
      signed: readDate(item, 'signed'),
      known: readDate(item, 'known'),
      replaces: item.text('replaces'),
    };
    const effective = readDate(item, 'effective');
    const inner = item.object('changes', TEXT_FIELDS);
    const changes = inner ? readText(inner) : {};
    if (!item.failed && effective === undefined) item.refuse('effective', 'missing');
    if (!item.failed && effective !== undefined && effective < start)
      item.refuse('effective', 'amendmentBeforeStart', { effective, start });
    if (!item.failed && Object.keys(changes).length === 0) item.refuse('changes', 'changesEmpty');
    const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
    return { ...given, effective: effective ?? start, changes };
  });
}

function readSuspensions(reader: Reader): Suspension[] {
  return reader.list('suspensions', ['from', 'to'], (item) => {
    const from = readDate(item, 'from');
    const to = readDate(item, 'to');
    if (!item.failed && from === undefined) item.refuse('from', 'missing');
    return { from: from ?? '', ...(to === undefined ? {} : { to }) };
  });
}

function readPacks(reader: Reader): CalendarPack[] {
  return reader.list('packs', ['country', 'year', 'nonWorking', 'working', 'shortened', 'source'], (item) => {
    const problem = packProblem(item.value);
    if (problem) item.refuse(problem.field, 'packWrong', { place: problem.field || 'pack' });
    return item.value as unknown as CalendarPack;
  });
}

function readAsOf(reader: Reader): Terms['asOf'] {
  const inner = reader.object('asOf', ['effective', 'known']);
  if (!inner) return undefined;
  const effective = readDate(inner, 'effective');
  const known = readDate(inner, 'known');
  return { ...(effective === undefined ? {} : { effective }), ...(known === undefined ? {} : { known }) };
}

function readClauses(reader: Reader): Record<string, string> {
  const allowed = ['start', ...TEXT_FIELDS];
  const inner = reader.object('clauses', allowed);
  const clauses: Record<string, string> = {};
  if (inner) {
    for (const field of allowed) {
      const text = inner.text(field);
      if (text !== undefined) clauses[field] = text;
    }
  }
  return clauses;
}

/**
 * Terms with every omitted field at its default: no renewal, no notice, plain counting, signed, delivery and approval in no
 * time, Russia's calendar under the Russian profile and weekends only elsewhere.
 * @param today used when the terms do not say from which day to look.
 */
export function readTerms(input: unknown, today: PlainDate): Result<Terms, TermsError> {
  const reader = Reader.over(input, KEYS);
  if (!reader.ok) return reader;
  const from = reader.value;
  const start = readDate(from, 'start');
  if (!from.failed && start === undefined) from.refuse('start', 'missing');
  if (start === undefined) return { ok: false, error: from.error ?? termsError('start', 'missing') };
  const text = readText(from);
  const profile = text.profile ?? 'plain';
  const counterpartyCalendar = from.text('counterpartyCalendar');
  if (text.noticeToMonthEnd && text.notice && partsOf(text.notice).months === 0)
    from.refuse('noticeToMonthEnd', 'monthEndNeedsMonths');
  const asOf = readAsOf(from);
  const indexation = readIndexation(from, readDate, readPeriod);
  const terms: Terms = {
    ...text,
    start,
    renewal: text.renewal ?? 'none',
    maxRenewals: text.maxRenewals ?? null,
    noticeCounts: text.noticeCounts ?? 'received',
    profile,
    signed: from.boolean('signed') ?? true,
    calendar: from.text('calendar') ?? (profile === 'rf' ? 'RU' : 'none'),
    ...(counterpartyCalendar === undefined ? {} : { counterpartyCalendar }),
    openRule: from.oneOf('openRule', ['ours', 'theirs', 'both'] as const) ?? 'both',
    packs: readPacks(from),
    deliveryDays: from.whole('deliveryDays', 0, 3650) ?? 0,
    approvalDays: from.whole('approvalDays', 0, 3650) ?? 0,
    today: readDate(from, 'today') ?? today,
    decisions: readDecisions(from),
    amendments: readAmendments(from, start),
    suspensions: readSuspensions(from),
    ...(asOf === undefined ? {} : { asOf }),
    clauses: readClauses(from),
    nextCount: from.whole('nextCount', 0, 1000) ?? 5,
    ...(indexation === undefined ? {} : { indexation }),
  };
  return from.error ? { ok: false, error: from.error } : ok(terms);
}
