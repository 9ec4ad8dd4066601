/** Due days of promises with a rule, for every list that shows promises. */
import { useMemo, useState } from 'react';
import { type DueDay, nextDue, type ObligationScope } from '../../shared/contracts/obligations.ts';
import { createContractViews } from '../../shared/contracts/view.ts';
import type { ContractRow, PromiseRow } from '../../shared/model/rows.ts';
import { useToday } from '../app/clock.ts';
import { live } from './live-database.ts';
import { usePacks } from './queries.ts';
import { useLive } from './use-live.ts';

export interface PromiseDay {
  readonly promise: PromiseRow;
  /** The earliest day that is still open; null when the promise has none or it cannot be told yet. */
  readonly day: DueDay | null;
  /** The contract that its days hang on, computed. */
  readonly scope: ObligationScope | undefined;
}

const NO_PACKS: readonly never[] = [];
const NO_CONTRACTS: readonly ContractRow[] = [];
const NEVER = '9999';

/** Sorted soonest first, those without a day last, then as they were entered. */
const bySoonest = (a: PromiseDay, b: PromiseDay): number => {
  const [x, y] = [a.day?.due ?? a.promise.due ?? NEVER, b.day?.due ?? b.promise.due ?? NEVER];
  return x < y ? -1 : x > y ? 1 : a.promise.changedAt - b.promise.changedAt;
};

/** The next due day of each promise, soonest first; contracts are read only for rules that need them. */
export function usePromiseDays(promises: readonly PromiseRow[] | undefined): readonly PromiseDay[] | undefined {
  const today = useToday();
  const packs = usePacks() ?? NO_PACKS;
  const ids = useMemo(() => {
    const ruled = (promises ?? []).flatMap(({ rule, contract }) => (rule && contract ? [contract] : []));
    return [...new Set(ruled)].sort();
  }, [promises]);
  const contracts =
    useLive(
      async () =>
        ids.length === 0
          ? NO_CONTRACTS
          : (await live.contracts.bulkGet(ids)).filter((row): row is ContractRow => row !== undefined),
      [ids.join(' ')],
    ) ?? NO_CONTRACTS;
  const [views] = useState(createContractViews);
  return useMemo(() => {
    if (!promises) return undefined;
    const rows = new Map(contracts.map((row) => [row.id, row]));
    return promises
      .map((promise): PromiseDay => {
        const row = promise.rule && promise.contract ? rows.get(promise.contract) : undefined;
        const view = row && views(row.wording, { today, packs });
        const scope = row && view?.ok ? { wording: row.wording, terms: view.terms, dates: view.dates } : undefined;
        return { promise, day: nextDue(promise, today, scope), scope };
      })
      .sort(bySoonest);
  }, [promises, contracts, packs, today, views]);
}
