/** A price clause and the numbers it needs. Percentages and indices are decimal texts, money integer minor units. */
import type { PlainDate } from '../model/records.ts';
import type { PlainMonth } from './civil.ts';
import type { Period } from './period.ts';
import type { Rounding } from './rational.ts';

/** Values by month. `months` is the step of the series: 1 monthly, 3 quarterly, 12 yearly. */
export interface IndexSeries {
  readonly values: Readonly<Record<PlainMonth, string>>;
  readonly months: 1 | 3 | 12;
  /** Publisher and date of publication, for the record. */
  readonly source?: string;
}

export const INDEXATION_KINDS = ['index', 'fixed', 'rate'] as const;

export interface IndexationClause {
  /** `index`: I_t / I_0. `fixed`: so many percent per step. `rate`: a series of percentages (a key rate) plus a margin. */
  readonly kind: (typeof INDEXATION_KINDS)[number];
  readonly base: { readonly minor: number; readonly currency: string };
  /** First day of the first indexed price. */
  readonly firstOn: PlainDate;
  readonly everyMonths: number;
  /** Month of I_0; for `index` only. */
  readonly baseMonth?: PlainMonth;
  /** The index used is that of the month so many months before the step. */
  readonly lagMonths: number;
  readonly series: IndexSeries;
  /** A series that takes over from `from`; both must have that month, and the ratios are chained there. */
  readonly replacement?: { readonly from: PlainMonth; readonly series: IndexSeries };
  /** For `fixed`: percent per step; for `rate`: the margin in percentage points. */
  readonly percent?: string;
  /** Each step on the previous price, or each step anew on the base price. */
  readonly mode: 'compounding' | 'fromBase';
  readonly capPercent?: string;
  readonly floorPercent?: string;
  /** The price never exceeds the base by more. */
  readonly cumulativeCapPercent?: string;
  readonly decreases: boolean;
  /** Decimals of the factor before it is multiplied; undefined: exact. */
  readonly factorDecimals?: number;
  readonly rounding: Rounding;
  /** The increase must be announced so long before it applies. */
  readonly noticeOfIncrease?: Period;
  /** The increase may be disputed so long after it applies. */
  readonly disputeWindow?: Period;
}
