/** All contracts and promises together: their deadlines as one list, and what is at risk by month. */
import type { CalendarPack } from '../contract-dates/calendar.ts';
import { addDays } from '../dates/plain-date.ts';
import type { Money, PlainDate } from '../model/records.ts';
import {
  byUrgency,
  contractDeadlines,
  type Deadline,
  type DeadlineContract,
  type DeadlineKind,
  type DeadlinePromise,
  promiseContract,
  promiseDeadlines,
} from './deadlines.ts';
import { totals } from './value.ts';
import { type ContractView, contractView } from './view.ts';

/** Decisions on the life of a contract: what A7 calls a renewal at risk. */
export const TERM_KINDS: readonly DeadlineKind[] = ['notice', 'option', 'end'];
export const isTermDecision = ({ kind }: Pick<Deadline, 'kind'>): boolean => TERM_KINDS.includes(kind);

/** Promises made in meetings have a list of their own; here only what a contract or a rule makes due. */
export const isObligation = (promise: Pick<DeadlinePromise, 'contract' | 'rule'>): boolean =>
  promise.contract !== undefined || promise.rule !== undefined;

/** How long kept and decided days stay in the list. */
const KEPT_DAYS = 31;

export interface PortfolioContext {
  readonly today: PlainDate;
  readonly packs: readonly CalendarPack[];
  /** Days to act on after it are left out. */
  readonly until: PlainDate;
}

const inSight = (deadline: Deadline, { today, until }: PortfolioContext): boolean =>
  deadline.actBy <= until && (deadline.state !== 'decided' || deadline.legal >= addDays(today, -KEPT_DAYS));

/** Deadlines of one contract, sorted by urgency; `view` is its computed dates. */
export function deadlinesOfContract(
  contract: DeadlineContract,
  view: ContractView,
  context: PortfolioContext,
): Deadline[] {
  return contractDeadlines(contract, view, context.today).filter((deadline) => inSight(deadline, context));
}

/** Days of one obligation; without its contract only rules that need none can be told. */
export function deadlinesOfPromise(
  promise: DeadlinePromise,
  context: PortfolioContext,
  of?: { readonly contract: DeadlineContract; readonly view: ContractView },
): Deadline[] {
  if (!isObligation(promise)) return [];
  const first = promise.rule?.kind === 'recurring' ? promise.rule.recurrence.anchor : '1900-01-01';
  // A day of a month's length beyond the horizon: a move to a working day may bring it back.
  const last = addDays(context.until, 15);
  if (last < first) return [];
  const found = promiseDeadlines(promise, context.today, first, last, of && promiseContract(of.contract, of.view));
  return found.filter((deadline) => inSight(deadline, context));
}

/** Everything, a contract or promise at a time: whoever must not block pauses between the steps. */
export function* portfolioSteps(
  contracts: readonly DeadlineContract[],
  promises: readonly DeadlinePromise[],
  context: PortfolioContext,
): Generator<void, Deadline[]> {
  const byId = new Map<string, { readonly contract: DeadlineContract; readonly view: ContractView }>();
  const list: Deadline[] = [];
  for (const contract of contracts) {
    const view = contractView(contract.wording, context);
    byId.set(contract.id, { contract, view });
    list.push(...deadlinesOfContract(contract, view, context));
    yield;
  }
  for (const promise of promises) {
    list.push(...deadlinesOfPromise(promise, context, promise.contract ? byId.get(promise.contract) : undefined));
    yield;
  }
  return list.sort(byUrgency);
}

/** Everything at once, for callers that can wait. */
export function portfolioDeadlines(
  contracts: readonly DeadlineContract[],
  promises: readonly DeadlinePromise[],
  context: PortfolioContext,
): Deadline[] {
  const steps = portfolioSteps(contracts, promises, context);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A month of the calendar, `YYYY-MM`, with what waits in it. */
export interface MonthAtRisk {
  readonly month: string;
  /** Undecided decisions on contracts. */
  readonly count: number;
  /** Sums by currency, largest first. */
  readonly values: readonly Money[];
  /** `YYYY-Qn` */
  readonly quarter: string;
}
export interface QuarterAtRisk {
  readonly quarter: string;
  readonly count: number;
  readonly values: readonly Money[];
}

export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

/** `YYYY-MM` so many months later. */
export function monthPlus(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/**
 * Value at risk by the month in which one must act, from the month of `today` on. Only decisions on a contract's life
 * count, undecided ones; what is overdue counts in the first month, since it is now that it must be answered.
 */
export function atRisk(
  deadlines: readonly Deadline[],
  today: PlainDate,
  months = 12,
): { readonly months: readonly MonthAtRisk[]; readonly quarters: readonly QuarterAtRisk[] } {
  const first = today.slice(0, 7);
  const names = Array.from({ length: months }, (_, i) => monthPlus(first, i));
  const found = new Map<string, Deadline[]>(names.map((name) => [name, []]));
  for (const deadline of deadlines) {
    if (deadline.state === 'decided' || !isTermDecision(deadline)) continue;
    const month = deadline.actBy.slice(0, 7);
    found.get(month < first ? first : month)?.push(deadline);
  }
  const sum = (list: readonly Deadline[]) => ({
    count: list.length,
    values: totals(list.map(({ value }) => value)),
  });
  const list = names.map(
    (month): MonthAtRisk => ({ month, quarter: quarterOf(month), ...sum(found.get(month) ?? []) }),
  );
  const quarters = [...new Set(names.map(quarterOf))].map(
    (quarter): QuarterAtRisk => ({
      quarter,
      ...sum(names.filter((name) => quarterOf(name) === quarter).flatMap((name) => found.get(name) ?? [])),
    }),
  );
  return { months: list, quarters };
}
