/** Money as integer minor units of an ISO 4217 currency. No fraction of a kopeck ever appears. */
import type { Money } from '../model/records.ts';

/** Currencies whose minor unit is not a hundredth (ISO 4217). */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/₽|\bRUB\b|\bRUR\b|руб(?:\.|лей|ля|ль)?|(?<=[\d\s])р\.?(?=\s|$)/iu, 'RUB'],
  [/€|\bEUR\b|евро/iu, 'EUR'],
  [/US\$|\bUSD\b|\$|долл(?:\.|ар[а-я]*)?/iu, 'USD'],
  [/£|\bGBP\b/iu, 'GBP'],
  [/\bCNY\b|юан[а-я]*|元/iu, 'CNY'],
  [/¥|\bJPY\b/iu, 'JPY'],
  [/₸|\bKZT\b|тенге/iu, 'KZT'],
  [/₴|\bUAH\b/iu, 'UAH'],
  [/\bBYN\b/iu, 'BYN'],
  [/\bCHF\b/iu, 'CHF'],
];

/** Decimal places of a currency. */
export function minorDigits(currency: string): number {
  return Object.hasOwn(DIGITS, currency) ? (DIGITS[currency] as number) : 2;
}

/**
 * Minor units of a written number: «1 234,56», “1,234.56”, 1'234.56, −5. Null when it is not a number, when it could be
 * read in two ways (“1,234”), when it has more decimals than the currency, or when it is beyond exact integers.
 */
export function parseAmount(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^([-−–]?)\s*(\d[\d\s.,'’\u00a0\u202f]*)$/u.exec(text.trim());
  if (!match) return null;
  const body = (match[2] as string).replace(/[\s'’\u00a0\u202f]+$/u, '');
  const marks = body.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  let decimalAt = -1;
  if (last !== undefined) {
    const position = body.lastIndexOf(last);
    const tail = body.length - position - 1;
    const other = last === '.' ? ',' : '.';
    if (marks.length > 1 && !body.includes(other)) {
      // 1.234.567: one sign repeated groups thousands.
      decimalAt = -1;
    } else if (body.includes(other)) {
      if (marks.filter((mark) => mark === last).length > 1) return null;
      decimalAt = position;
    } else if (tail === 3 && digits === 0) {
      // 1,234 yen: where there are no fractions it can only be thousands.
      decimalAt = -1;
    } else if (tail === 3 && digits < 3) {
      // 1,234: thousands in one country, a fraction in another. With spaced thousands it can only be a fraction.
      return null;
    } else decimalAt = position;
  }
  const whole = decimalAt < 0 ? body : body.slice(0, decimalAt);
  const fraction = decimalAt < 0 ? '' : body.slice(decimalAt + 1);
  if (!/^\d*$/.test(fraction) || fraction.length > digits) return null;
  const groups = whole.split(/[\s.,'’\u00a0\u202f]+/u);
  if (
    groups.length > 1 &&
    !groups.every((group, i) => (i === 0 ? group.length <= 3 && group.length > 0 : group.length === 3))
  )
    return null;
  const minor = BigInt(groups.join('') || '0') * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, '0') || '0');
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return match[1] ? 0 - Number(minor) : Number(minor);
}

/** An amount with its currency: «1 234,56 ₽», “USD 5,000.00”. `fallback` is used when the text names none. */
export function parseMoney(text: string, fallback?: string): Money | null {
  let currency = fallback;
  let rest = text;
  for (const [sign, code] of SIGNS) {
    if (!sign.test(rest)) continue;
    currency = code;
    rest = rest.replace(sign, ' ');
    break;
  }
  if (!currency) return null;
  const minor = parseAmount(rest, currency);
  return minor === null ? null : { minor, currency };
}

/** The amount as plain decimal text with a point, exact: 123456 RUB → '1234.56'. */
export function toDecimal({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();
/** Three letters: what Intl takes for a currency. */
const CODE = /^[A-Za-z]{3}$/;
/**
 * As people read it: «1 234,56 ₽», “€1,234.56”. Zero decimals are kept, because documents must not round. A currency that
 * is no code stands as it was written: «1 234,56 баллов».
 */
export function formatMoney(money: Money, language: 'ru' | 'en'): string {
  const isCode = CODE.test(money.currency);
  const key = `${language} ${isCode ? money.currency : ''}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const digits = minorDigits(money.currency);
    formatter = new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
      ...(isCode ? { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' } : {}),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatters.set(key, formatter);
  }
  // Text, not a number: Intl formats decimal text exactly, a double would lose kopecks beyond 2^53 / 100.
  const text = formatter.format(toDecimal(money) as `${number}`);
  return isCode ? text : `${text}\u00a0${money.currency}`.trimEnd();
}
