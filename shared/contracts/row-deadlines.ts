/**
 * Every deadline of all contracts and promises from their rows, decided and far ones included: what files, reports and
 * the command line list. Screens and reminders want what is in sight (`portfolio.ts`).
 */
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
  promiseContract,
  type PromiseContract,
  promiseDeadlines,
} from './deadlines.ts';
import { contractView } from './view.ts';

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
  const known = new Map<string, PromiseContract | undefined>();
  const list: Deadline[] = [];
  for (const row of portfolio.contracts) {
    if (query.contract !== undefined && row.id !== query.contract) continue;
    const contract = deadlineContract(row);
    const view = contractView(row.wording, { today, packs });
    known.set(row.id, promiseContract(contract, view));
    list.push(...contractDeadlines(contract, view, today));
  }
  for (const row of portfolio.promises) {
    if (query.contract !== undefined && row.contract !== query.contract) continue;
    const of = row.contract === undefined ? undefined : known.get(row.contract);
    list.push(...promiseDeadlines(deadlinePromise(row), today, first, last, of));
  }
  return list.sort(byUrgency);
}
