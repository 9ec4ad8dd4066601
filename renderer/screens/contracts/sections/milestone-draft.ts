/** The form of a milestone: from the record to fields and back, with what is wrong by field. Pure. */
import type { DayOff } from '../../../../shared/contract-dates/obligations.ts';
import { isEmptyPeriod, type Period } from '../../../../shared/contract-dates/period.ts';
import { readMonthText } from '../../../../shared/contracts/indexation.ts';
import type { ContractMilestone, PlainDate, Visibility } from '../../../../shared/model/records.ts';

export interface MilestoneDraft {
  readonly title: string;
  readonly precision: 'day' | 'month' | 'year' | 'relative';
  readonly day: PlainDate | null;
  readonly month: string;
  readonly year: string;
  readonly to: string;
  readonly direction: 'after' | 'before';
  readonly period: Period | undefined;
  readonly dayOff: DayOff;
  readonly happened: PlainDate | null;
  readonly baseline: PlainDate | null;
  readonly visibility: Visibility;
}

export type MilestoneProblem = 'fieldRequired' | 'monthWrong' | 'yearWrong';
export type MilestoneProblems = Readonly<Partial<Record<keyof MilestoneDraft, MilestoneProblem>>>;

/** A form filled from a milestone; from nothing, a new one. */
export function milestoneDraft(milestone: Partial<ContractMilestone>): MilestoneDraft {
  const { on, relative } = milestone;
  const precision = relative ? 'relative' : on?.length === 4 ? 'year' : on?.length === 7 ? 'month' : 'day';
  return {
    title: milestone.title ?? '',
    precision,
    day: precision === 'day' ? (on ?? null) : null,
    month: precision === 'month' ? (on ?? '') : '',
    year: precision === 'year' ? (on ?? '') : '',
    to: relative?.to ?? 'start',
    direction: relative?.direction ?? 'after',
    period: relative?.period ?? { days: 0 },
    // A day that the text names stays; a counted one follows the contract's rules.
    dayOff: milestone.dayOff ?? (relative ? 'profile' : 'keep'),
    happened: milestone.happened ?? null,
    baseline: milestone.baseline ?? null,
    visibility: milestone.visibility ?? 'internal',
  };
}

/** The milestone without its place in the order, or what is wrong by field. */
export function readMilestone(
  draft: MilestoneDraft,
): { readonly value: Omit<ContractMilestone, 'order'> } | { readonly problems: MilestoneProblems } {
  const { precision, day, period, to, direction, dayOff } = draft;
  const problems: Partial<Record<keyof MilestoneDraft, MilestoneProblem>> = {};
  if (!draft.title.trim()) problems.title = 'fieldRequired';
  const month = readMonthText(draft.month);
  if (precision === 'day' && !day) problems.day = 'fieldRequired';
  if (precision === 'month' && month === undefined) problems.month = 'monthWrong';
  if (precision === 'year' && !/^(?:19|20|21)\d{2}$/u.test(draft.year.trim())) problems.year = 'yearWrong';
  if (precision === 'relative' && (!period || isEmptyPeriod(period))) problems.period = 'fieldRequired';
  if (Object.keys(problems).length > 0) return { problems };
  const on = { day: day ?? undefined, month, year: draft.year.trim(), relative: undefined }[precision];
  return {
    value: {
      title: draft.title.trim(),
      ...(on === undefined ? {} : { on }),
      ...(precision === 'relative' && period ? { relative: { to, direction, period } } : {}),
      dayOff,
      ...(draft.happened ? { happened: draft.happened } : {}),
      ...(draft.baseline ? { baseline: draft.baseline } : {}),
      visibility: draft.visibility,
    },
  };
}
