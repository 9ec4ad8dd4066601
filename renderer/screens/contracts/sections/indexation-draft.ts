/** The form of a price clause: from the record to fields and back, with what is wrong by field. Pure. */
import {
  INDEXATION_KINDS,
  type IndexationClause,
  type IndexSeries,
} from '../../../../shared/contract-dates/indexation-types.ts';
import { isEmptyPeriod, type Period } from '../../../../shared/contract-dates/period.ts';
import { clauseInput } from '../../../../shared/contract-dates/read-indexation.ts';
import type { Rounding } from '../../../../shared/contract-dates/rational.ts';
import { readTerms } from '../../../../shared/contract-dates/read-terms.ts';
import type { TermsError } from '../../../../shared/contract-dates/terms.ts';
import { readDecimalText, readMonthText } from '../../../../shared/contracts/indexation.ts';
import type { Money, PlainDate } from '../../../../shared/model/records.ts';
import { amountText, type AmountProblem, readAmount } from './obligation-draft.ts';

export { INDEXATION_KINDS };
export interface IndexationDraft {
  readonly kind: IndexationClause['kind'];
  readonly base: string;
  readonly currency: string;
  readonly firstOn: PlainDate | null;
  readonly everyMonths: string;
  readonly baseMonth: string;
  readonly lagMonths: string;
  readonly step: '1' | '3' | '12';
  readonly source: string;
  readonly percent: string;
  readonly mode: IndexationClause['mode'];
  readonly cap: string;
  readonly floor: string;
  readonly cumulative: string;
  readonly decreases: boolean;
  readonly factorDecimals: string;
  readonly rounding: Rounding;
  readonly notice: Period | undefined;
  readonly dispute: Period | undefined;
  readonly replaced: boolean;
  readonly replacementFrom: string;
}

export type IndexationProblem = 'fieldRequired' | 'monthWrong' | 'percentUnread' | 'wholeUnread' | AmountProblem;
export type IndexationProblems = Readonly<Partial<Record<keyof IndexationDraft, IndexationProblem>>>;

const STEPS: Readonly<Record<IndexationDraft['step'], IndexSeries['months']>> = { '1': 1, '3': 3, '12': 12 };
const comma = (text: string | undefined, language: 'ru' | 'en'): string =>
  language === 'ru' ? (text ?? '').replace('.', ',') : (text ?? '');
const monthShown = (month: string | undefined, language: 'ru' | 'en'): string =>
  month && language === 'ru' ? `${month.slice(5)}.${month.slice(0, 4)}` : (month ?? '');

/** A form filled from the clause; without one, a yearly index clause on the contract's value. */
export function indexationDraft(
  clause: IndexationClause | undefined,
  value: Money | undefined,
  currency: string,
  language: 'ru' | 'en',
): IndexationDraft {
  const base = clause?.base ?? value;
  return {
    kind: clause?.kind ?? 'index',
    base: amountText(base, language),
    currency: base?.currency ?? currency,
    firstOn: clause?.firstOn ?? null,
    everyMonths: String(clause?.everyMonths ?? 12),
    baseMonth: monthShown(clause?.baseMonth, language),
    lagMonths: String(clause?.lagMonths ?? 0),
    step: String(clause?.series.months ?? 1) as IndexationDraft['step'],
    source: clause?.series.source ?? '',
    percent: comma(clause?.percent, language),
    mode: clause?.mode ?? 'compounding',
    cap: comma(clause?.capPercent, language),
    floor: comma(clause?.floorPercent, language),
    cumulative: comma(clause?.cumulativeCapPercent, language),
    decreases: clause?.decreases ?? false,
    factorDecimals: clause?.factorDecimals === undefined ? '' : String(clause.factorDecimals),
    rounding: clause?.rounding ?? 'half-up',
    notice: clause?.noticeOfIncrease ?? { days: 0 },
    dispute: clause?.disputeWindow ?? { days: 0 },
    replaced: clause?.replacement !== undefined,
    replacementFrom: monthShown(clause?.replacement?.from, language),
  };
}

const whole = (text: string, least: number, most: number): number | undefined => {
  const number = /^\d{1,4}$/u.test(text.trim()) ? Number(text) : -1;
  return number >= least && number <= most ? number : undefined;
};

export type ReadIndexation =
  | { readonly value: IndexationClause }
  | { readonly problems: IndexationProblems; readonly refused?: TermsError };

/**
 * The clause, its series' values kept as they are; or what is wrong by field. A clause that the engine would refuse is
 * refused here (`refused`), so that it never takes the contract's dates away.
 */
export function readIndexationDraft(draft: IndexationDraft, before: IndexationClause | undefined): ReadIndexation {
  const problems: Partial<Record<keyof IndexationDraft, IndexationProblem>> = {};
  const base = draft.base.trim() ? readAmount(draft.base, draft.currency) : 'fieldRequired';
  if (typeof base === 'string') problems.base = base;
  if (!draft.firstOn) problems.firstOn = 'fieldRequired';
  const everyMonths = whole(draft.everyMonths, 1, 1200);
  if (everyMonths === undefined) problems.everyMonths = 'wholeUnread';
  const lagMonths = whole(draft.lagMonths || '0', 0, 120);
  if (lagMonths === undefined) problems.lagMonths = 'wholeUnread';
  const factorDecimals = draft.factorDecimals.trim() ? whole(draft.factorDecimals, 0, 12) : null;
  if (factorDecimals === undefined) problems.factorDecimals = 'wholeUnread';
  const baseMonth = readMonthText(draft.baseMonth);
  if (draft.kind === 'index' && baseMonth === undefined)
    problems.baseMonth = draft.baseMonth.trim() ? 'monthWrong' : 'fieldRequired';
  const decimal = (field: 'percent' | 'cap' | 'floor' | 'cumulative'): string | undefined => {
    if (!draft[field].trim()) return undefined;
    const text = readDecimalText(draft[field]);
    if (text === undefined) problems[field] = 'percentUnread';
    return text;
  };
  const percent = draft.kind === 'index' ? undefined : decimal('percent');
  if (draft.kind === 'fixed' && !draft.percent.trim()) problems.percent = 'fieldRequired';
  const [cap, floor, cumulative] = [decimal('cap'), decimal('floor'), decimal('cumulative')];
  const replaced = draft.replaced && draft.kind === 'index';
  const from = readMonthText(draft.replacementFrom);
  if (replaced && from === undefined) problems.replacementFrom = 'monthWrong';
  if (
    Object.keys(problems).length > 0 ||
    typeof base === 'string' ||
    !draft.firstOn ||
    everyMonths === undefined ||
    lagMonths === undefined
  )
    return { problems };
  const source = draft.source.trim();
  const months = STEPS[draft.step];
  const period = (given: Period | undefined): Period | undefined =>
    given && !isEmptyPeriod(given) ? given : undefined;
  const [notice, dispute] = [period(draft.notice), period(draft.dispute)];
  const clause: IndexationClause = {
    kind: draft.kind,
    base,
    firstOn: draft.firstOn,
    everyMonths,
    lagMonths,
    ...(draft.kind === 'index' && baseMonth !== undefined ? { baseMonth } : {}),
    series: { values: before?.series.values ?? {}, months, ...(source ? { source } : {}) },
    ...(replaced && from !== undefined
      ? { replacement: { from, series: before?.replacement?.series ?? { values: {}, months } } }
      : {}),
    ...(percent === undefined ? {} : { percent }),
    mode: draft.mode,
    ...(cap === undefined ? {} : { capPercent: cap }),
    ...(floor === undefined ? {} : { floorPercent: floor }),
    ...(cumulative === undefined ? {} : { cumulativeCapPercent: cumulative }),
    decreases: draft.decreases,
    ...(factorDecimals === null || factorDecimals === undefined ? {} : { factorDecimals }),
    rounding: draft.rounding,
    ...(notice ? { noticeOfIncrease: notice } : {}),
    ...(dispute ? { disputeWindow: dispute } : {}),
  };
  const start = draft.firstOn;
  const checked = readTerms({ start, end: start, indexation: clauseInput(clause) }, start);
  return checked.ok ? { value: clause } : { problems: {}, refused: checked.error };
}
