/**
 * Price indexation in exact arithmetic: ratios of index values (never differences of points, which a rebasing breaks),
 * limits per step and in total, one rounding of the factor if the clause has it and one of the price.
 */
import type { PlainDate } from '../model/records.ts';
import { minorDigits } from '../money/money.ts';
import { ok, type Result } from '../result.ts';
import { rollBack, type WorkCalendar } from './calendar.ts';
import { addMonths, dateOf, dayOf, monthOf, monthText, parseMonth, type PlainMonth } from './civil.ts';
import type { IndexationClause, IndexSeries } from './indexation-types.ts';
import { subtractPeriod } from './period.ts';
import { forwardDeadline, type Profile } from './profile.ts';
import {
  compareRational,
  decimalText,
  greatest,
  least,
  ONE,
  over,
  parseDecimal,
  percentFactor,
  plus,
  type Rational,
  rational,
  rounded,
  scaled,
  times,
} from './rational.ts';
import { because, type Reason } from './reason.ts';
import { type TermsError, termsError } from './terms.ts';

export interface PriceStep {
  readonly from: PlainDate;
  /** Against the base price, after every limit; nine decimals, for display. */
  readonly factor: string;
  readonly minor: number;
  readonly provisional: boolean;
  /** Last working day on which the increase may be announced. */
  readonly announceBy?: PlainDate;
  readonly disputeUntil?: PlainDate;
  /** Calendar years without a pack on which these two days rest; absent when there are none. */
  readonly missing?: readonly string[];
  readonly because: readonly Reason[];
}

export interface IndexationContext {
  readonly profile: Profile;
  readonly calendar: WorkCalendar;
}

const fail = (
  field: string,
  code: string,
  params: Record<string, string | number> = {},
): Result<never, TermsError> => ({
  ok: false,
  error: termsError(`indexation.${field}`, code, params),
});

/** Decimals of a currency, by ISO 4217; two for the rest. */
export const currencyDecimals = minorDigits;

interface Values {
  readonly first: number;
  readonly last: number;
  readonly at: ReadonlyMap<number, { readonly value: Rational; readonly text: string }>;
}

/** A series without holes; the first missing month is named. Fields below `indexation.<field>`. */
function readSeries(series: IndexSeries, field: string): Result<Values, TermsError> {
  const at = new Map<number, { value: Rational; text: string }>();
  for (const [month, text] of Object.entries(series.values)) {
    const index = parseMonth(month);
    if (index === undefined) return fail(`${field}.values`, 'notAMonth', { month });
    const value = parseDecimal(text);
    if (!value) return fail(`${field}.values.${month}`, 'notADecimal', { month });
    at.set(index, { value, text });
  }
  if (at.size === 0) return fail(`${field}.values`, 'seriesEmpty');
  const months = [...at.keys()].toSorted((a, b) => a - b);
  const first = months[0] as number;
  const last = months.at(-1) as number;
  for (let month = first; month <= last; month += series.months) {
    if (!at.has(month)) return fail(`${field}.values`, 'seriesGap', { month: monthText(month) });
  }
  return ok({ first, last, at });
}

interface Looked {
  readonly value: Rational;
  readonly text: string;
  readonly month: PlainMonth;
  readonly used: PlainMonth;
  readonly provisional: boolean;
}

/** The value for a month; after the last known month the last known value, marked. Before the first month: a gap. */
function look(values: Values, series: IndexSeries, month: number, field: string): Result<Looked, TermsError> {
  if (month < values.first) return fail(`${field}.values`, 'seriesGap', { month: monthText(month) });
  const onGrid = month - ((month - values.first) % series.months);
  const provisional = onGrid > values.last;
  const used = provisional ? values.last : onGrid;
  const entry = values.at.get(used);
  if (!entry) return fail(`${field}.values`, 'seriesGap', { month: monthText(used) });
  return ok({ ...entry, month: monthText(onGrid), used: monthText(used), provisional });
}

interface Ratio {
  readonly ratio: Rational;
  readonly provisional: boolean;
  readonly reasons: readonly Reason[];
  readonly current: Looked;
}

/** I_t / I_0, chained through the month in which a replacement series took over. */
function ratioAt(clause: IndexationClause, month: number): Result<Ratio & { readonly first: Looked }, TermsError> {
  const values = readSeries(clause.series, 'series');
  if (!values.ok) return values;
  const baseMonth = parseMonth(clause.baseMonth);
  if (baseMonth === undefined) return fail('baseMonth', 'baseMonthMissing');
  const first = look(values.value, clause.series, baseMonth, 'series');
  if (!first.ok) return first;
  if (first.value.provisional) return fail('series.values', 'seriesGap', { month: clause.baseMonth ?? '' });
  if (first.value.value.n <= 0n) return fail('series.values', 'indexNotPositive', { month: first.value.month });

  const { replacement } = clause;
  const link = parseMonth(replacement?.from);
  if (!replacement || link === undefined || month < link) {
    const current = look(values.value, clause.series, month, 'series');
    if (!current.ok) return current;
    if (current.value.value.n <= 0n) return fail('series.values', 'indexNotPositive', { month: current.value.month });
    return ok({
      ratio: over(current.value.value, first.value.value),
      provisional: current.value.provisional,
      reasons: [],
      current: current.value,
      first: first.value,
    });
  }
  const successor = readSeries(replacement.series, 'replacement.series');
  if (!successor.ok) return successor;
  const before = values.value.at.get(link);
  const after = successor.value.at.get(link);
  if (!before || !after) return fail('replacement.from', 'linkMissing', { month: replacement.from });
  if (before.value.n <= 0n || after.value.n <= 0n)
    return fail('replacement.from', 'indexNotPositive', { month: replacement.from });
  const current = look(successor.value, replacement.series, month, 'replacement.series');
  if (!current.ok) return current;
  if (current.value.value.n <= 0n)
    return fail('replacement.series.values', 'indexNotPositive', { month: current.value.month });
  return ok({
    ratio: times(over(before.value, first.value.value), over(current.value.value, after.value)),
    provisional: current.value.provisional,
    reasons: [because('linked', { month: replacement.from })],
    current: current.value,
    first: first.value,
  });
}

interface Limits {
  readonly cap: Rational | undefined;
  readonly floor: Rational | undefined;
  readonly total: Rational | undefined;
}

function limitsOf(clause: IndexationClause): Result<Limits, TermsError> {
  const read = (
    field: 'capPercent' | 'floorPercent' | 'cumulativeCapPercent',
  ): Result<Rational | undefined, TermsError> => {
    if (clause[field] === undefined) return ok(undefined);
    const value = parseDecimal(clause[field]);
    const factor = value && percentFactor(value);
    return factor && factor.n > 0n ? ok(factor) : fail(field, 'notADecimal');
  };
  const cap = read('capPercent');
  if (!cap.ok) return cap;
  const floor = read('floorPercent');
  if (!floor.ok) return floor;
  const total = read('cumulativeCapPercent');
  if (!total.ok) return total;
  if (cap.value && floor.value && compareRational(floor.value, cap.value) > 0) {
    return fail('floorPercent', 'floorAboveCap', { floor: clause.floorPercent ?? '', cap: clause.capPercent ?? '' });
  }
  return ok({ cap: cap.value, floor: floor.value, total: total.value });
}

/** The factor of one step before limits: against the base for an index, against the previous step for the other kinds. */
function rawStep(clause: IndexationClause, month: number): Result<Ratio & { readonly first?: Looked }, TermsError> {
  if (clause.kind === 'index') return ratioAt(clause, month);
  const margin = parseDecimal(clause.percent ?? (clause.kind === 'rate' ? '0' : undefined));
  if (!margin) return fail('percent', clause.percent === undefined ? 'percentMissing' : 'notADecimal');
  if (clause.kind === 'fixed') {
    const current = {
      value: margin,
      text: clause.percent ?? '',
      month: monthText(month),
      used: monthText(month),
      provisional: false,
    };
    return ok({ ratio: percentFactor(margin), provisional: false, reasons: [], current });
  }
  const values = readSeries(clause.series, 'series');
  if (!values.ok) return values;
  const current = look(values.value, clause.series, month, 'series');
  if (!current.ok) return current;
  return ok({
    ratio: percentFactor(plus(current.value.value, margin)),
    provisional: current.value.provisional,
    reasons: [],
    current: current.value,
  });
}

/**
 * The price steps that apply on or before a day, in order.
 * Errors: a gap in the series (naming its month), a value that is no decimal or not positive, a floor above the cap.
 * A value that is not published yet is no error: the step is provisional and uses the last known value.
 */
export function priceSteps(
  clause: IndexationClause,
  until: PlainDate,
  context: IndexationContext,
): Result<PriceStep[], TermsError> {
  const limits = limitsOf(clause);
  if (!limits.ok) return limits;
  const { cap, floor, total } = limits.value;
  if (!Number.isInteger(clause.everyMonths) || clause.everyMonths < 1)
    return fail('everyMonths', 'notAWhole', { least: 1, most: 1200 });
  const decimals = currencyDecimals(clause.base.currency);
  const base = rational(BigInt(clause.base.minor), 10n ** BigInt(decimals));
  const anchor = dayOf(clause.firstOn);
  const last = dayOf(until);
  const steps: PriceStep[] = [];
  let applied = ONE;
  let raw = ONE;
  let price = base;

  for (let count = 0; ; count += 1) {
    const day = addMonths(anchor, count * clause.everyMonths);
    if (day > last) return ok(steps);
    const step = rawStep(clause, monthOf(day) - clause.lagMonths);
    if (!step.ok) return step;
    const reasons: Reason[] = [];
    // What this step alone asks for. Compounding takes what the index did since the last step; from the base, a step
    // catches up with the index after an earlier limit.
    const { ratio } = step.value;
    const grown = clause.mode === 'compounding' ? times(raw, ratio) : plus(raw, plus(ratio, rational(-1n)));
    const whole = clause.kind === 'index' ? ratio : grown;
    if (whole.n <= 0n || ratio.n <= 0n)
      return fail(clause.kind === 'index' ? 'series.values' : 'percent', 'indexNotPositive', {
        month: step.value.current.month,
      });
    let own = over(whole, clause.mode === 'compounding' ? raw : applied);
    raw = whole;
    if (!clause.decreases && compareRational(own, ONE) < 0) {
      own = ONE;
      reasons.push(because('noDecrease'));
    }
    if (cap && compareRational(own, cap) > 0) {
      own = least(own, cap);
      reasons.push(because('capHit', { cap: clause.capPercent ?? '' }));
    }
    if (floor && compareRational(own, floor) < 0) {
      own = greatest(own, floor);
      reasons.push(because('floorHit', { floor: clause.floorPercent ?? '' }));
    }
    let next = times(applied, own);
    let held = false;
    if (total && compareRational(next, total) > 0) {
      next = total;
      held = true;
    }
    const before = price;
    // The clause's factor is the step's when compounding, the whole one when each step starts from the base.
    const exact = clause.mode === 'compounding' ? over(next, applied) : next;
    const factor = clause.factorDecimals === undefined ? exact : rounded(exact, clause.factorDecimals, clause.rounding);
    if (factor.n <= 0n) return fail('factorDecimals', 'indexNotPositive', { month: step.value.current.month });
    applied = clause.mode === 'compounding' ? times(applied, factor) : factor;
    price = rounded(times(clause.mode === 'compounding' ? before : base, factor), decimals, clause.rounding);
    // Roundings of many steps add up, and must not carry the price over what the clause allows in all.
    const most = total && rounded(times(base, total), decimals, clause.rounding);
    if (most && compareRational(price, most) > 0) {
      price = most;
      held = true;
    }
    if (held) reasons.push(because('cumulativeHit', { cap: clause.cumulativeCapPercent ?? '' }));
    const minor = Number(scaled(price, decimals, 'half-up'));
    if (!Number.isSafeInteger(minor)) return fail('base', 'amountTooLarge');

    const { current, first } = step.value;
    const shown = {
      factor: decimalText(factor, clause.factorDecimals ?? 9),
      price: decimalText(price, decimals),
      month: current.month,
    };
    const from = clause.mode === 'compounding' ? before : base;
    if (clause.kind === 'index') {
      reasons.unshift(
        because('exact', {
          ...shown,
          base: decimalText(from, decimals),
          current: current.text,
          first: first?.text ?? '',
          baseMonth: clause.baseMonth ?? '',
        }),
      );
    } else if (clause.kind === 'fixed') reasons.unshift(because('fixed', { ...shown, percent: clause.percent ?? '' }));
    else reasons.unshift(because('rate', { ...shown, rate: current.text, percent: clause.percent ?? '0' }));
    reasons.push(...step.value.reasons);
    if (step.value.provisional) reasons.push(because('provisional', { month: current.month, used: current.used }));
    reasons.push(because('applies', { from: dateOf(day) }));
    const back = clause.noticeOfIncrease && subtractPeriod(day, clause.noticeOfIncrease, context.calendar);
    const announce = back && rollBack(context.calendar, back.day);
    if (announce) reasons.push(because('announce', { date: dateOf(announce.day) }));
    const dispute = clause.disputeWindow
      ? forwardDeadline(context.profile, day, clause.disputeWindow, context.calendar)
      : undefined;
    if (dispute) reasons.push(because('dispute', { date: dateOf(dispute.day) }));
    const missing = [
      ...new Set([...(back?.missing ?? []), ...(announce?.missing ?? []), ...(dispute?.missing ?? [])]),
    ].toSorted();
    steps.push({
      from: dateOf(day),
      factor: decimalText(over(price, base.n === 0n ? ONE : base), 9),
      minor,
      provisional: step.value.provisional,
      ...(announce ? { announceBy: dateOf(announce.day) } : {}),
      ...(dispute ? { disputeUntil: dateOf(dispute.day) } : {}),
      ...(missing.length > 0 ? { missing } : {}),
      because: reasons,
    });
  }
}

/** A VAT rate as a dated parameter: the last one that began on or before the day. */
export interface DatedRate {
  readonly from: PlainDate;
  /** Percent, decimal text. */
  readonly percent: string;
}

/** VAT on an amount in minor units, rounded half up; undefined when no rate is known for the day. */
export function vatOn(minor: number, rates: readonly DatedRate[], day: PlainDate): number | undefined {
  const rate = rates
    .filter(({ from }) => from <= day)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
  const percent = rate && parseDecimal(rate.percent);
  return percent
    ? Number(scaled(over(times(rational(BigInt(minor)), percent), rational(100n)), 0, 'half-up'))
    : undefined;
}
