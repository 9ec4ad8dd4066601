/** Exact decimals for indexation: fractions of BigInt, rounded once, where the clause says so. */

/** A fraction in lowest terms, denominator positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ROUNDINGS = ['half-up', 'half-even', 'down', 'up'] as const;
/** `half-up` is away from zero on a tie (the rule of Russian tax practice); `down` is toward zero. */
export type Rounding = (typeof ROUNDINGS)[number];

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Throws RangeError when the denominator is zero. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('division by zero');
  const sign = d < 0n ? -1n : 1n;
  const divisor = gcd(n, d * sign) || 1n;
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

export const ONE: Rational = { n: 1n, d: 1n };

export const plus = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
/** Negative, zero or positive, as for sorting. */
export const compareRational = (a: Rational, b: Rational): number => {
  const left = a.n * b.d;
  const right = b.n * a.d;
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
export const least = (a: Rational, b: Rational): Rational => (compareRational(a, b) <= 0 ? a : b);
export const greatest = (a: Rational, b: Rational): Rational => (compareRational(a, b) >= 0 ? a : b);

/** A decimal text (`129.9`, `-0.50`, dot or comma, no grouping) as a fraction; undefined when it is none. */
export function parseDecimal(text: unknown): Rational | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  const match = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const value = rational(BigInt(`${match[2]}${fraction}`), 10n ** BigInt(fraction.length));
  return match[1] ? { n: -value.n, d: value.d } : value;
}

/** Number of decimals written in a decimal text. */
export const decimalsIn = (text: string): number => /[.,](\d+)$/.exec(text.trim())?.[1]?.length ?? 0;

/** `value × 10^decimals` as a whole number. */
export function scaled(value: Rational, decimals: number, rounding: Rounding): bigint {
  const n = value.n * 10n ** BigInt(decimals);
  const negative = n < 0n;
  const absolute = negative ? -n : n;
  let quotient = absolute / value.d;
  const rest = absolute % value.d;
  if (rest !== 0n) {
    const twice = rest * 2n;
    const roundUp =
      rounding === 'up' ||
      (rounding === 'half-up' && twice >= value.d) ||
      (rounding === 'half-even' && (twice > value.d || (twice === value.d && quotient % 2n === 1n)));
    if (roundUp) quotient += 1n;
  }
  return negative ? -quotient : quotient;
}

/** The value rounded to so many decimals, still exact. */
export const rounded = (value: Rational, decimals: number, rounding: Rounding): Rational =>
  rational(scaled(value, decimals, rounding), 10n ** BigInt(decimals));

/** Decimal text with a dot and exactly so many decimals. */
export function decimalText(value: Rational, decimals: number, rounding: Rounding = 'half-up'): string {
  const whole = scaled(value, decimals, rounding);
  const digits = (whole < 0n ? -whole : whole).toString().padStart(decimals + 1, '0');
  const sign = whole < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** A percentage text as a factor: `5` is 1.05. */
export const percentFactor = (percent: Rational): Rational => plus(ONE, over(percent, rational(100n)));
