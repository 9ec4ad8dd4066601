/** All deadlines, computed once for every screen: in idle slices, and again only for the rows that changed. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { CalendarPack } from '../../../../shared/contract-dates/calendar.ts';
import { byUrgency, type Deadline } from '../../../../shared/contracts/deadlines.ts';
import {
  deadlinesOfContract,
  deadlinesOfPromise,
  isObligation,
  type PortfolioContext,
} from '../../../../shared/contracts/portfolio.ts';
import { type ContractView, contractView } from '../../../../shared/contracts/view.ts';
import { addDays } from '../../../../shared/dates/plain-date.ts';
import type { ContractRow, PromiseRow } from '../../../../shared/model/rows.ts';
import { useToday } from '../../../app/clock.ts';
import { live, useFill, useLive, usePacks } from '../../../db/index.ts';

/** Days ahead that screens show: a year, and the rest of its last month. */
const HORIZON_DAYS = 400;
const SLICE_MILLISECONDS = 8;

const Context = createContext<readonly Deadline[] | undefined>(undefined);

/** All deadlines by urgency, obligations included; undefined until they have been computed for the first time. */
export const useDeadlines = (): readonly Deadline[] | undefined => useContext(Context);

/** Decisions on contracts that cannot wait: due or overdue, not put off. Also what Today and the sidebar count. */
export function useUrgentDecisions(): readonly Deadline[] | undefined {
  const all = useDeadlines();
  return useMemo(
    () =>
      all?.filter(
        (deadline) => isUrgent(deadline) && deadline.contract !== undefined && deadline.promise === undefined,
      ),
    [all],
  );
}

export const isUrgent = ({ state, snooze }: Deadline): boolean =>
  (state === 'due' || state === 'missed') && snooze === undefined;

interface Kept {
  /** Everything that the result hangs on: a row of the live view is a new object at every query. */
  readonly stamp: string;
  readonly view?: ContractView;
  readonly list: readonly Deadline[];
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 120 });
  });

interface Work {
  readonly contracts: readonly ContractRow[];
  readonly promises: readonly PromiseRow[];
  readonly context: PortfolioContext;
  /** Identity of day, horizon and calendars. */
  readonly scope: string;
}

/** Computes what is not in `kept`, yielding between slices; null when a newer computation began meanwhile. */
async function compute(
  { contracts, promises, context, scope }: Work,
  kept: Map<string, Kept>,
  isCurrent: () => boolean,
): Promise<readonly Deadline[] | null> {
  let sliceEnd = performance.now() + SLICE_MILLISECONDS;
  const breathe = async (): Promise<void> => {
    if (performance.now() < sliceEnd) return;
    await idle();
    sliceEnd = performance.now() + SLICE_MILLISECONDS;
  };
  const rows = new Map<string, ContractRow>();
  const alive = new Set<string>();
  const found: Deadline[] = [];
  for (const row of contracts) {
    const stamp = `${scope}|${row.changedAt}|${row.organisationName}`;
    let entry = kept.get(row.id);
    if (entry?.stamp !== stamp) {
      await breathe();
      if (!isCurrent()) return null;
      const view = contractView(row.wording, context);
      entry = { stamp, view, list: deadlinesOfContract(row, view, context) };
      kept.set(row.id, entry);
    }
    rows.set(row.id, row);
    alive.add(row.id);
    found.push(...entry.list);
  }
  for (const row of promises) {
    const contract = row.contract === undefined ? undefined : rows.get(row.contract);
    const view = contract && kept.get(contract.id)?.view;
    const stamp = `${scope}|${row.changedAt}|${row.organisationName}|${contract?.changedAt ?? ''}`;
    let entry = kept.get(row.id);
    if (entry?.stamp !== stamp) {
      await breathe();
      if (!isCurrent()) return null;
      entry = { stamp, list: deadlinesOfPromise(row, context, contract && view ? { contract, view } : undefined) };
      kept.set(row.id, entry);
    }
    alive.add(row.id);
    found.push(...entry.list);
  }
  for (const id of kept.keys()) if (!alive.has(id)) kept.delete(id);
  return found.sort(byUrgency);
}

/** Numbers the sets of calendars, so that a stamp can name one. */
function usePacksVersion(packs: readonly CalendarPack[] | undefined): number {
  const last = useRef<{ readonly packs: readonly CalendarPack[] | undefined; readonly version: number }>({
    packs: undefined,
    version: 0,
  });
  if (last.current.packs !== packs) last.current = { packs, version: last.current.version + 1 };
  return last.current.version;
}

/** Stands around the screens. */
export function DeadlinesProvider({ children }: { readonly children: ReactNode }) {
  const today = useToday();
  // Read once the tables are complete: reading them anew for every page of the filling would slow the filling down.
  const ready = useFill(({ complete, phase }) => phase === 'ready' || complete.includes('contracts'));
  const contracts = useLive(async () => (ready ? live.contracts.toArray() : undefined), [ready]);
  const promises = useLive(
    async () => (ready ? (await live.promises.toArray()).filter(isObligation) : undefined),
    [ready],
  );
  const packs = usePacks();
  const version = usePacksVersion(packs);
  const kept = useRef(new Map<string, Kept>());
  const [deadlines, setDeadlines] = useState<readonly Deadline[] | undefined>(undefined);
  useEffect(() => {
    if (!contracts || !promises || !packs) return undefined;
    let isCurrent = true;
    const context: PortfolioContext = { today, packs, until: addDays(today, HORIZON_DAYS) };
    void compute({ contracts, promises, context, scope: `${today}|${version}` }, kept.current, () => isCurrent).then(
      (list) => {
        if (isCurrent && list) setDeadlines(list);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [contracts, promises, packs, version, today]);
  return <Context.Provider value={deadlines}>{children}</Context.Provider>;
}
