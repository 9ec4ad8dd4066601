/** How the timeline of all contracts is looked at; kept while the window is open. */
import { create } from 'zustand';
import type { LaneGrouping, LaneSort } from '../../../../shared/contracts/timeline-groups.ts';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import { PRESETS } from './camera.ts';
import { TimelineController } from './controller.ts';

interface PortfolioState {
  readonly by: LaneGrouping;
  readonly sort: LaneSort;
  readonly text: string;
  readonly asTable: boolean;
}
export const usePortfolio = create<PortfolioState>(() => ({ by: 'none', sort: 'decideBy', text: '', asTable: false }));

let kept: TimelineController | undefined;
/** The controller of the portfolio: leaving the view and coming back shows the same part of time. */
export function portfolioController(first: DayNumber, last: DayNumber, today: DayNumber): TimelineController {
  kept ??= new TimelineController(first, last, today, PRESETS.years3);
  kept.setRange(first, last);
  return kept;
}
