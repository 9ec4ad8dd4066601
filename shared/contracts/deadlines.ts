/**
 * Days on which something must be decided or done, from all contracts and promises: the one list behind Today, the
 * calendar of decisions, reminders, the calendar file and the reports.
 *
 * Ids are stable for as long as the thing itself exists (a term's notice, an occurrence of an obligation, a milestone),
 * whatever its date becomes: the calendar file's UID is made of them.
 */
import type { ContractDates, TermDates } from '../contract-dates/compute.ts';
import { DUE_DAYS } from '../contract-dates/notice.ts';
import type { Decision, RenewalKind } from '../contract-dates/terms.ts';
import { addDays, diffDays, isPlainDate } from '../dates/plain-date.ts';
import type { Money, PlainDate, PromiseKind, Side, Snooze, Visibility } from '../model/records.ts';
import { textInForce } from './in-force.ts';
import { pricesOf, pricesUntil } from './indexation.ts';
import { dueDays, milestonesOf, type Obligation, type ObligationScope } from './obligations.ts';
import { valueOfTerm } from './value.ts';
import type { ContractView } from './view.ts';
import type { ContractWording } from './wording.ts';

/**
 * `notice`: a tacit renewal (or evergreen minimum) must be stopped or let go · `option`: an express renewal or option must
 * be taken · `end`: the last day of a contract that nothing carries on · `coolingOff`: last day to withdraw ·
 * `increase`: a price increase must be announced · `milestone` · `obligation`
 */
export type DeadlineKind = 'notice' | 'option' | 'end' | 'coolingOff' | 'increase' | 'milestone' | 'obligation';

/**
 * - `ahead` the window has not opened · `open` it has · `due` from 14 days before the day to act on
 * - `missed` the legal day has passed and nothing was decided or done
 * - `decided` a decision with author, date and reason is recorded, or the promise is kept or dropped
 */
export type DeadlineState = 'ahead' | 'open' | 'due' | 'missed' | 'decided';

export interface Deadline {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly contract?: string;
  readonly promise?: string;
  readonly organisation?: string;
  readonly organisationName: string;
  /** The contract's title or number. */
  readonly contractName: string;
  /** What is due, for milestones and obligations. */
  readonly text: string;
  readonly legal: PlainDate;
  /** The last working day on or before it; equal to `legal` where nothing is rolled back. */
  readonly safe: PlainDate;
  /** The day to act on: safe, less delivery and approval. */
  readonly actBy: PlainDate;
  readonly opens: PlainDate;
  readonly state: DeadlineState;
  readonly provisional: boolean;
  /** The term that it belongs to, from 0. */
  readonly termIndex?: number;
  readonly renewal?: RenewalKind;
  /** What the missed day would cost or carry on: the value of the next term, or the amount of the obligation. */
  readonly value: Money | null;
  /** Length in days of the term that is at stake; absent when it has no end or nothing follows. */
  readonly atStakeDays?: number;
  readonly owner: string;
  readonly deputy?: string;
  readonly side: Side;
  readonly visibility: Visibility;
  readonly promiseKind?: PromiseKind;
  readonly decision?: Decision;
  readonly snooze?: Snooze;
  /** The day on which a snooze with a reason ends or ended: reminders begin again on it. */
  readonly snoozedUntil?: PlainDate;
  readonly remindDays?: readonly number[];
}

export interface DeadlineContract {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly organisation?: string;
  readonly organisationName: string;
  readonly owner: string;
  readonly wording: ContractWording;
}
export interface DeadlinePromise extends Obligation {
  readonly id: string;
  readonly text: string;
  readonly side: Side;
  readonly ownerName: string;
  readonly organisation?: string;
  readonly organisationName: string;
  readonly contract?: string;
  readonly visibility: Visibility;
  readonly kind?: PromiseKind;
  readonly amount?: Money;
  readonly snoozes?: Readonly<Record<string, Snooze>>;
}

const stateAt = (
  today: PlainDate,
  { opens, actBy, legal }: { opens: PlainDate; actBy: PlainDate; legal: PlainDate },
): DeadlineState => {
  if (today > legal) return 'missed';
  if (today >= addDays(actBy, -DUE_DAYS)) return 'due';
  return today >= opens ? 'open' : 'ahead';
};

/** A snooze counts with a reason only; one that is over leaves the day on which it ended. */
const snoozeOf = (snoozes: Readonly<Record<string, Snooze>> | undefined, id: string, today: PlainDate) => {
  const snooze = snoozes?.[id];
  if (!snooze?.reason?.trim() || !isPlainDate(snooze.until)) return {};
  return { snoozedUntil: snooze.until, ...(snooze.until > today ? { snooze } : {}) };
};

function base(contract: DeadlineContract) {
  const { wording } = contract;
  return {
    contract: contract.id,
    ...(contract.organisation === undefined ? {} : { organisation: contract.organisation }),
    organisationName: contract.organisationName,
    contractName: contract.title || contract.number,
    owner: contract.owner,
    ...(wording.deputy ? { deputy: wording.deputy } : {}),
    side: 'ours' as const,
    visibility: 'internal' as const,
    ...(wording.remindDays ? { remindDays: wording.remindDays } : {}),
  };
}

const OVER = new Set(['draft', 'ended']);

/** The decision that the current term waits for, or has; and those of the terms that would follow. */
function termDeadlines(contract: DeadlineContract, dates: ContractDates, renewal: RenewalKind, today: PlainDate) {
  const { wording } = contract;
  const list: Deadline[] = [];
  if (OVER.has(dates.state)) return list;
  const one = (term: TermDates, next: TermDates | null, current: boolean): void => {
    const { notice, end } = term;
    const option = renewal === 'express' || renewal === 'optionOurs' || renewal === 'optionTheirs';
    const carriesOn = renewal === 'tacit' || (renewal === 'evergreen' && end === null) || option;
    const limited = carriesOn && next === null && renewal !== 'evergreen' && !(current && dates.decision);
    const kind: DeadlineKind = !carriesOn || limited ? 'end' : option ? 'option' : 'notice';
    const last = end ?? null;
    const legal = notice?.legal ?? (kind === 'notice' ? undefined : (last ?? undefined));
    if (legal === undefined) return;
    const safe = notice?.safe ?? legal;
    const actBy = notice?.sendBy ?? legal;
    const opens = notice?.opens ?? addDays(legal, -90);
    const id = `${contract.id}-term-${term.index}`;
    const decided = current && dates.decided;
    const decision = current ? dates.decision : null;
    const value = valueOfTerm(wording, (next ?? term).counted);
    list.push({
      id,
      kind,
      ...base(contract),
      text: '',
      legal,
      safe,
      actBy,
      opens,
      state: decided ? 'decided' : stateAt(today, { opens, actBy, legal }),
      provisional: notice?.provisional ?? (current && dates.provisional),
      termIndex: term.index,
      renewal,
      value,
      ...(next?.end ? { atStakeDays: diffDays(next.start, next.end) + 1 } : {}),
      ...(decision ? { decision } : {}),
      ...snoozeOf(wording.snoozes, id, today),
    });
  };
  one(dates.term, dates.nextTerms[0] ?? dates.possibleNext, true);
  dates.nextTerms.forEach((term, place) => {
    const next = dates.nextTerms[place + 1];
    // Where the last of the list goes on, only the length of what follows is not known here: it is taken as equal.
    if (term.notice) one(term, next ?? (dates.goesOn ? term : null), false);
  });
  if (dates.coolingOffUntil !== null && dates.coolingOffUntil >= today) {
    const day = dates.coolingOffUntil;
    const id = `${contract.id}-coolingOff`;
    list.push({
      id,
      kind: 'coolingOff',
      ...base(contract),
      text: '',
      legal: day,
      safe: day,
      actBy: day,
      opens: dates.term.start,
      state: stateAt(today, { opens: dates.term.start, actBy: day, legal: day }),
      provisional: dates.coolingOffProvisional,
      value: valueOfTerm(wording, dates.term.counted),
      ...snoozeOf(wording.snoozes, id, today),
    });
  }
  return list;
}

function milestoneDeadlines(contract: DeadlineContract, scope: ObligationScope, today: PlainDate): Deadline[] {
  const { wording } = contract;
  if (!wording.milestones || Object.keys(wording.milestones).length === 0) return [];
  const resolved = milestonesOf(scope);
  if (!resolved.ok) return [];
  return resolved.value.flatMap((point): Deadline[] => {
    const milestone = wording.milestones?.[point.id];
    if (!milestone) return [];
    const id = `${contract.id}-milestone-${point.id}`;
    const opens = addDays(point.due, -90);
    return [
      {
        id,
        kind: 'milestone',
        ...base(contract),
        text: milestone.title,
        visibility: milestone.visibility ?? 'internal',
        legal: point.due,
        safe: point.due,
        actBy: point.due,
        opens,
        state: point.happened === undefined ? stateAt(today, { opens, actBy: point.due, legal: point.due }) : 'decided',
        provisional: point.provisional,
        value: null,
        ...snoozeOf(wording.snoozes, id, today),
      },
    ];
  });
}

/**
 * Increases that are still to apply and must be announced first; a step that does not raise the price asks for nothing
 * unless its value is still provisional. `decided` once the announcement is recorded. The value is the increase.
 */
function increaseDeadlines(
  contract: DeadlineContract,
  view: ContractView & { readonly ok: true },
  today: PlainDate,
): Deadline[] {
  const { terms, dates } = view;
  const clause = terms.indexation;
  if (!clause?.noticeOfIncrease || OVER.has(dates.state)) return [];
  const steps = pricesOf(terms, pricesUntil(dates, today));
  if (!steps.ok) return [];
  return steps.value.flatMap((step, place): Deadline[] => {
    const before = steps.value[place - 1]?.minor ?? clause.base.minor;
    const { announceBy } = step;
    if (announceBy === undefined || step.from <= today || (step.minor <= before && !step.provisional)) return [];
    const id = `${contract.id}-increase-${step.from}`;
    const opens = addDays(announceBy, -90);
    const told = contract.wording.announcements?.[step.from];
    return [
      {
        id,
        kind: 'increase',
        ...base(contract),
        text: '',
        legal: announceBy,
        safe: announceBy,
        actBy: announceBy,
        opens,
        state: told ? 'decided' : stateAt(today, { opens, actBy: announceBy, legal: announceBy }),
        provisional: step.provisional || step.missing !== undefined,
        value: { minor: Math.max(0, step.minor - before), currency: clause.base.currency },
        ...snoozeOf(contract.wording.snoozes, id, today),
      },
    ];
  });
}

/** Deadlines of one contract: decisions by term, cooling-off, milestones, increases. None while its terms cannot be computed. */
export function contractDeadlines(contract: DeadlineContract, view: ContractView, today: PlainDate): Deadline[] {
  if (!view.ok || contract.wording.status === 'ended') return [];
  const { terms, dates } = view;
  return [
    ...termDeadlines(contract, dates, textInForce(terms, dates).text.renewal, today),
    ...milestoneDeadlines(contract, { wording: contract.wording, terms, dates }, today),
    ...increaseDeadlines(contract, view, today),
  ];
}

/** A contract and what the rules of its promises may refer to; undefined while its terms cannot be computed. */
export interface PromiseContract {
  readonly contract: DeadlineContract;
  readonly scope: ObligationScope;
}
export const promiseContract = (contract: DeadlineContract, view: ContractView): PromiseContract | undefined =>
  view.ok ? { contract, scope: { wording: contract.wording, terms: view.terms, dates: view.dates } } : undefined;

/**
 * Days of one promise from `first` to `last`. Missed occurrences stay until they are kept or dropped; kept ones are
 * `decided`.
 */
export function promiseDeadlines(
  promise: DeadlinePromise,
  today: PlainDate,
  first: PlainDate,
  last: PlainDate,
  of?: PromiseContract,
): Deadline[] {
  const days = dueDays(promise, first, last, of?.scope);
  if (!days.ok) return [];
  return days.value.map(({ index, due, nominal, provisional, state }): Deadline => {
    const id = promise.rule?.kind === 'recurring' ? `${promise.id}-${index}` : promise.id;
    const opens = addDays(due, -30);
    return {
      id,
      kind: 'obligation',
      promise: promise.id,
      ...(promise.contract === undefined ? {} : { contract: promise.contract }),
      ...(promise.organisation === undefined ? {} : { organisation: promise.organisation }),
      organisationName: promise.organisationName,
      contractName: of ? of.contract.title || of.contract.number : '',
      text: promise.text,
      legal: nominal > due ? nominal : due,
      safe: due,
      actBy: due,
      opens,
      state: state === 'open' ? stateAt(today, { opens, actBy: due, legal: due }) : 'decided',
      provisional,
      value: promise.amount ?? null,
      owner: promise.ownerName,
      side: promise.side,
      visibility: promise.visibility,
      ...(promise.kind === undefined ? {} : { promiseKind: promise.kind }),
      ...snoozeOf(promise.snoozes, id, today),
    };
  });
}

/** By the day to act on, then by value (greater first), then by id: the same on every device. */
export function byUrgency(a: Deadline, b: Deadline): number {
  if (a.actBy !== b.actBy) return a.actBy < b.actBy ? -1 : 1;
  const [x, y] = [a.value?.minor ?? 0, b.value?.minor ?? 0];
  return x === y ? (a.id < b.id ? -1 : 1) : y - x;
}
