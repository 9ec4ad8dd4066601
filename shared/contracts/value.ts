/** What a contract is worth over a term: the value that a missed deadline puts at risk. */
import { civilOf, dayOf, monthLength } from '../contract-dates/civil.ts';
import type { Money, PlainDate } from '../model/records.ts';
import type { ContractWording } from './wording.ts';

/**
 * The value of the days from `first` to `last`, both counted; null is a term without an end, of which one year counts.
 * `valuePer: 'term'` is the value itself; per year and per month the length in whole months counts (a remainder of days as
 * 30ths), rounded half away from zero to the minor unit. null when no value is given or the sum is beyond exact integers.
 */
export function valueOfTerm(
  { value, valuePer = 'term' }: Pick<ContractWording, 'value' | 'valuePer'>,
  days: { readonly first: PlainDate; readonly last: PlainDate } | null,
): Money | null {
  if (!value || !Number.isSafeInteger(value.minor)) return null;
  if (valuePer === 'term') return value;
  const perMonths = valuePer === 'year' ? 12n : 1n;
  const thirtieths = days === null ? 12n * 30n : lengthInThirtieths(days.first, days.last);
  const numerator = BigInt(value.minor) * thirtieths;
  const denominator = perMonths * 30n;
  const half = numerator < 0n ? -denominator : denominator;
  const minor = Number((2n * numerator + half) / (2n * denominator));
  return Number.isSafeInteger(minor) ? { minor, currency: value.currency } : null;
}

/**
 * Length in 30ths of a month: whole months by day number, then days, at most 29. A month's last day stands for a number
 * that the month does not have: 31 January to 28 February is a month, and so is what follows it to 30 March.
 */
function lengthInThirtieths(start: PlainDate, end: PlainDate): bigint {
  const from = civilOf(dayOf(start));
  // Up to the day after the last one, so that 1 January to 31 December is twelve months.
  const to = civilOf(dayOf(end) + 1);
  let months = (to.year - from.year) * 12 + (to.month - from.month);
  let days = to.day - from.day;
  const shortened = days < 0 && to.day === monthLength(to.year, to.month);
  const lengthened = days > 0 && from.day >= 28 && from.day === monthLength(from.year, from.month);
  if (shortened || lengthened) days = 0;
  if (days < 0) {
    months -= 1;
    days += 30;
  }
  return BigInt(Math.max(0, months * 30 + Math.min(29, Math.max(0, days))));
}

/** Sums money by currency, largest first. */
export function totals(amounts: readonly (Money | null)[]): Money[] {
  const sums = new Map<string, number>();
  for (const money of amounts) if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => b.minor - a.minor);
}
