/** Every deadline of all contracts and promises from their rows: what files, reports and the command line list. */
import type { CalendarPack } from '../contract-dates/calendar.ts';
import { addDays } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';
import type { ContractRow, PromiseRow } from '../model/rows.ts';
import {
  byUrgency,
  contractDeadlines,
  type Deadline,
  type DeadlineContract,
  type DeadlinePromise,
  promiseDeadlines,
} from './deadlines.ts';
import type { ObligationScope } from './obligations.ts';
import { contractView, type ContractView } from './view.ts';

export interface Portfolio {
  readonly contracts: readonly ContractRow[];
  readonly promises: readonly PromiseRow[];
  readonly packs: readonly CalendarPack[];
  readonly today: PlainDate;
}
export interface PortfolioQuery {
  /** Only this contract and what is promised under it. */
  readonly contract?: string;
  /** Days of recurring promises are listed from and to; a month back and two years ahead unless told. */
  readonly first?: PlainDate;
  readonly last?: PlainDate;
}

/** Two years and a day, so that the same day two years on is listed. */
const AHEAD = 731;
const BACK = 31;

export const deadlineContract = (row: ContractRow): DeadlineContract => ({
  id: row.id,
  title: row.title,
  number: row.number,
  ...(row.organisation === undefined ? {} : { organisation: row.organisation }),
  organisationName: row.organisationName,
  owner: row.owner,
  wording: row.wording,
});

export const deadlinePromise = (row: PromiseRow): DeadlinePromise => row;

/** By urgency. Contracts whose terms cannot be computed give none; their promises with days of their own still do. */
export function rowDeadlines(portfolio: Portfolio, query: PortfolioQuery = {}): Deadline[] {
  const { today, packs } = portfolio;
  const first = query.first ?? addDays(today, -BACK);
  const last = query.last ?? addDays(today, AHEAD);
  const views = new Map<string, { readonly row: ContractRow; readonly view: ContractView }>();
  const list: Deadline[] = [];
  for (const row of portfolio.contracts) {
    if (query.contract !== undefined && row.id !== query.contract) continue;
    const view = contractView(row.wording, { today, packs });
    views.set(row.id, { row, view });
    list.push(...contractDeadlines(deadlineContract(row), view, today));
  }
  for (const row of portfolio.promises) {
    if (query.contract !== undefined && row.contract !== query.contract) continue;
    const of = row.contract === undefined ? undefined : views.get(row.contract);
    const scope: ObligationScope | undefined = of?.view.ok
      ? { wording: of.row.wording, terms: of.view.terms, dates: of.view.dates }
      : undefined;
    list.push(
      ...promiseDeadlines(
        deadlinePromise(row),
        today,
        first,
        last,
        of && scope ? { contract: deadlineContract(of.row), scope } : undefined,
      ),
    );
  }
  return list.sort(byUrgency);
}
