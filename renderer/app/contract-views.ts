/** Computed dates of contracts for every screen of the window: one cache, filled in slices between frames. */
import { useCallback, useMemo, useRef } from 'react';
import type { CalendarPack } from '../../shared/contract-dates/calendar.ts';
import { laneSummary, type LaneSummary } from '../../shared/contracts/timeline.ts';
import { type ContractView, createContractViews } from '../../shared/contracts/view.ts';
import type { ContractRow } from '../../shared/model/rows.ts';
import { usePacks } from '../db/index.ts';
import { useToday } from './clock.ts';
import { type Sliced, useSlices } from './slices.ts';

const views = createContractViews();
let packsText = '[]';
let packsKept: readonly CalendarPack[] = [];
/** The same array for the same calendars, whichever screen asks: the cache compares by identity. */
function samePacks(packs: readonly CalendarPack[]): readonly CalendarPack[] {
  const text = JSON.stringify(packs);
  if (text !== packsText) {
    packsText = text;
    packsKept = packs;
  }
  return packsKept;
}

/** The dates of one contract, computed when first asked for; undefined until the calendars are there. */
export function useViewOf(): ((row: ContractRow) => ContractView) | undefined {
  const today = useToday();
  const packs = usePacks();
  return useMemo(() => {
    if (!packs) return undefined;
    const context = { today, packs: samePacks(packs) };
    return (row) => views(row.wording, context);
  }, [today, packs]);
}

export interface ContractSummaries extends Sliced {
  /** Undefined while the row has not been computed yet. */
  readonly summaryOf: (row: ContractRow) => LaneSummary | undefined;
  readonly viewOf: ((row: ContractRow) => ContractView) | undefined;
  /** Of all rows once they are complete; while they are computed anew, as they were last. */
  readonly summaries: readonly LaneSummary[] | undefined;
}

/** Summaries hang on the computed dates, which are kept by identity for as long as nothing changes. */
const known = new WeakMap<
  ContractView,
  { readonly contract: ContractRow; readonly today: string; readonly summary: LaneSummary }
>();

/** State, next decision and value at risk of all these contracts; computed between frames. */
export function useContractViews(rows: readonly ContractRow[] | undefined): ContractSummaries {
  const today = useToday();
  const viewOf = useViewOf();
  const summarise = useCallback(
    (row: ContractRow): LaneSummary | undefined => {
      if (!viewOf) return undefined;
      const view = viewOf(row);
      const found = known.get(view);
      if (found?.contract === row && found.today === today) return found.summary;
      const summary = laneSummary({ contract: row, view, today });
      known.set(view, { contract: row, today, summary });
      return summary;
    },
    [viewOf, today],
  );
  const { done, complete } = useSlices(viewOf ? rows : undefined, summarise, [summarise]);
  const computed = useRef(new WeakSet<ContractRow>()).current;
  const last = useRef<readonly LaneSummary[] | undefined>(undefined);
  const summaries = useMemo(() => {
    if (!rows || !complete) return last.current;
    for (const row of rows) computed.add(row);
    last.current = rows.flatMap((row) => summarise(row) ?? []);
    return last.current;
  }, [rows, complete, summarise, computed]);
  const summaryOf = useCallback(
    (row: ContractRow) => (computed.has(row) ? summarise(row) : undefined),
    // A new slice is a new answer.
    // oxlint-disable-next-line react/exhaustive-deps
    [computed, summarise, summaries],
  );
  return { done, complete, summaryOf, viewOf, summaries };
}
