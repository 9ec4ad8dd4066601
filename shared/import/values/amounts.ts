/** Amounts of money in a column: exact minor units, decimal sign decided for the whole column. */
import type { Money } from '../../model/records.ts';
import { minorDigits } from '../../money/money.ts';
import { oneLine } from '../table.ts';

export type DecimalSign = ',' | '.';

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/₽|(?<!\p{L})(?:rub|rur|руб\p{L}*|р)(?!\p{L})\.?/iu, 'RUB'],
  [/€|(?<!\p{L})(?:eur|евро)(?!\p{L})/iu, 'EUR'],
  [/US\$|\$|(?<!\p{L})(?:usd|долл\p{L}*)(?!\p{L})\.?/iu, 'USD'],
  [/£|(?<!\p{L})gbp(?!\p{L})/iu, 'GBP'],
  [/₸|(?<!\p{L})(?:kzt|тенге|тг)(?!\p{L})/iu, 'KZT'],
  [/₴|(?<!\p{L})(?:uah|грн)(?!\p{L})\.?/iu, 'UAH'],
  [/(?<!\p{L})(?:byn|бел\.?\s*руб)(?!\p{L})\.?/iu, 'BYN'],
  [/(?<!\p{L})(?:cny|юан\p{L}*)(?!\p{L})|元/iu, 'CNY'],
  [/¥|(?<!\p{L})jpy(?!\p{L})/iu, 'JPY'],
  [/(?<!\p{L})chf(?!\p{L})/iu, 'CHF'],
];
const SCALES: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:млрд|bn|billion)(?!\p{L})\.?/iu, 9],
  [/(?<!\p{L})(?:млн|mln|million|m)(?!\p{L})\.?/iu, 6],
  [/(?<!\p{L})(?:тыс|тысяч|thousand|k|т)(?!\p{L})\.?(?:\s*р(?=\.|$))?/iu, 3],
];
/** Currency named in a text («Сумма, руб.», «12 EUR»), ISO 4217; undefined when none is. */
export function currencyIn(text: string): string | undefined {
  return CURRENCIES.find(([sign]) => sign.test(text))?.[1];
}
/** Power of ten named in a header: «тыс. руб.» → 3. */
export function scaleIn(text: string): number {
  return SCALES.find(([sign]) => sign.test(text))?.[1] ?? 0;
}

/** The sign before fractions, from every value of a column: «12,5» and «1 234,56» speak for the comma, «1,234» for nothing. */
export function inferDecimal(values: readonly string[], fallback: DecimalSign): DecimalSign {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const body = value.replace(/[^\d.,]/g, '').replace(/^[.,]+|[.,]+$/g, '');
    const lastComma = body.lastIndexOf(',');
    const lastPoint = body.lastIndexOf('.');
    if (lastComma >= 0 && lastPoint >= 0) {
      if (lastComma > lastPoint) comma += 2;
      else point += 2;
    } else if (lastComma >= 0) {
      if (body.split(',').length > 2) point += 1;
      else if (body.length - lastComma - 1 !== 3) comma += 1;
    } else if (lastPoint >= 0) {
      if (body.split('.').length > 2) comma += 1;
      else if (body.length - lastPoint - 1 !== 3) point += 1;
    }
  }
  return comma === point ? fallback : comma > point ? ',' : '.';
}

export interface AmountOptions {
  readonly decimal: DecimalSign;
  /** ISO 4217, used when the text names none. */
  readonly currency: string;
  /** Power of ten from the header. */
  readonly scale?: number;
}

/** Minor units and currency of a written amount; null when it is none or is finer than the currency. */
export function parseMoneyText(source: string, options: AmountOptions): Money | null {
  let text = oneLine(source)
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/(?<!\p{L})(?:у\.?\s?е\.?)(?!\p{L})/giu, '$');
  const currency = currencyIn(text) ?? options.currency;
  let scale = SCALES.find(([sign]) => sign.test(text));
  if (scale) text = text.replace(scale[0], ' ');
  else scale = undefined;
  for (const [sign] of CURRENCIES) text = text.replace(sign, '\u0001');
  // A currency between digits («12 руб 50») is not one number.
  text = text.replace(/^[\s\u0001]+|[\s\u0001]+$/g, '');
  const power = scale?.[1] ?? options.scale ?? 0;
  let negative = false;
  text = text.trim();
  if (/^\(.*\)$/.test(text)) {
    negative = true;
    text = text.slice(1, -1);
  }
  if (text.startsWith('-')) {
    negative = !negative;
    text = text.slice(1);
  }
  text = text.replace(/[\s'’`]/g, '').replace(/[.,]$/, '');
  // Banks part roubles and kopecks with a hyphen or an equals sign: «100 000-00», «1500=».
  text = text.replace(/^(\d+)[-=](\d{2})$/, `$1${options.decimal}$2`).replace(/^(\d+)=$/, '$1');
  const other = options.decimal === ',' ? '.' : ',';
  if (!/^\d[\d.,]*$/.test(text)) return null;
  const decimals = text.split(options.decimal);
  let whole = text;
  let fraction = '';
  if (decimals.length === 2) [whole, fraction] = [decimals[0] as string, decimals[1] as string];
  else if (decimals.length > 2) whole = decimals.join('');
  if (fraction.includes(other)) return null;
  const groups = whole.split(other);
  if (groups.length === 2 && (groups[1] as string).length !== 3) {
    // The other sign as a decimal in a single value («12.5» in a column of commas).
    if (fraction !== '') return null;
    [whole, fraction] = [groups[0] as string, groups[1] as string];
  } else whole = groups.join('');
  const digits = minorDigits(currency) + power;
  if (fraction.length > digits && /[1-9]/.test(fraction.slice(digits))) return null;
  const minor =
    BigInt(whole || '0') * 10n ** BigInt(digits) + BigInt((fraction + '0'.repeat(digits)).slice(0, digits) || '0');
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return { minor: negative ? -Number(minor) : Number(minor), currency };
}
