/** Reads a price clause from JSON. Amounts and indices are decimal texts, so that nothing passes through a float. */
import type { PlainDate } from '../model/records.ts';
import { parseMonth } from './civil.ts';
import { currencyDecimals } from './indexation.ts';
import { INDEXATION_KINDS, type IndexationClause, type IndexSeries } from './indexation-types.ts';
import type { Period } from './period.ts';
import { decimalsIn, decimalText, parseDecimal, rational, ROUNDINGS, scaled } from './rational.ts';
import type { Reader } from './reader.ts';

const KEYS = [
  'kind',
  'base',
  'firstOn',
  'everyMonths',
  'baseMonth',
  'lagMonths',
  'series',
  'replacement',
  'percent',
  'mode',
  'capPercent',
  'floorPercent',
  'cumulativeCapPercent',
  'decreases',
  'factorDecimals',
  'rounding',
  'noticeOfIncrease',
  'disputeWindow',
] as const;

function readMonth(reader: Reader, key: string): string | undefined {
  const value = reader.take(key);
  if (value === undefined) return undefined;
  return parseMonth(value) === undefined ? reader.refuse(key, 'notAMonth') : (value as string);
}

function readDecimal(reader: Reader, key: string): string | undefined {
  const value = reader.take(key);
  if (value === undefined) return undefined;
  return parseDecimal(value) ? (value as string) : reader.refuse(key, 'notADecimal');
}

/** `{"amount": "100000.00", "currency": "RUB"}` → minor units; more decimals than the currency has are refused. */
export function readMoney(
  reader: Reader,
  key: string,
): { readonly minor: number; readonly currency: string } | undefined {
  const inner = reader.object(key, ['amount', 'currency']);
  if (!inner) return undefined;
  const currency = inner.text('currency') ?? 'RUB';
  const text = inner.take('amount');
  if (text === undefined) return inner.refuse('amount', 'missing');
  const value = parseDecimal(text);
  if (!value || value.n < 0n) return inner.refuse('amount', 'notADecimal');
  const decimals = currencyDecimals(currency);
  if (decimalsIn(text as string) > decimals)
    return inner.refuse('amount', 'tooManyDecimals', { currency, count: decimals });
  const minor = Number(scaled(value, decimals, 'down'));
  return Number.isSafeInteger(minor) ? { minor, currency } : inner.refuse('amount', 'amountTooLarge');
}

function readSeries(reader: Reader, key: string): IndexSeries | undefined {
  const inner = reader.object(key, ['values', 'months', 'source']);
  if (!inner) return undefined;
  const values: Record<string, string> = {};
  const given = inner.take('values');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return inner.refuse('values', 'notAnObject');
  for (const [month, value] of Object.entries(given)) {
    if (parseMonth(month) === undefined) return inner.refuse(`values.${month}`, 'notAMonth');
    if (!parseDecimal(value)) return inner.refuse(`values.${month}`, 'notADecimal');
    values[month] = value as string;
  }
  const source = inner.text('source');
  return {
    values,
    months: inner.oneOf('months', [1, 3, 12] as const) ?? 1,
    ...(source === undefined ? {} : { source }),
  };
}

function readReplacement(reader: Reader): IndexationClause['replacement'] {
  const inner = reader.object('replacement', ['from', 'series']);
  if (!inner) return undefined;
  const from = readMonth(inner, 'from');
  const series = readSeries(inner, 'series');
  if (from === undefined) return inner.refuse('from', 'missing');
  return series ? { from, series } : inner.refuse('series', 'missing');
}

/** The clause below `indexation`, or undefined when there is none. Defaults: yearly, no lag, compounding, half up. */
export function readIndexation(
  reader: Reader,
  readDate: (reader: Reader, key: string) => PlainDate | undefined,
  readPeriod: (reader: Reader, key: string) => Period | undefined,
): IndexationClause | undefined {
  const from = reader.object('indexation', KEYS);
  if (!from) return undefined;
  const base = readMoney(from, 'base');
  const firstOn = readDate(from, 'firstOn');
  const kind = from.oneOf('kind', INDEXATION_KINDS) ?? 'index';
  const series = readSeries(from, 'series');
  const optional = {
    baseMonth: readMonth(from, 'baseMonth'),
    replacement: readReplacement(from),
    percent: readDecimal(from, 'percent'),
    capPercent: readDecimal(from, 'capPercent'),
    floorPercent: readDecimal(from, 'floorPercent'),
    cumulativeCapPercent: readDecimal(from, 'cumulativeCapPercent'),
    factorDecimals: from.whole('factorDecimals', 0, 12),
    noticeOfIncrease: readPeriod(from, 'noticeOfIncrease'),
    disputeWindow: readPeriod(from, 'disputeWindow'),
  };
  const everyMonths = from.whole('everyMonths', 1, 1200) ?? 12;
  const lagMonths = from.whole('lagMonths', 0, 120) ?? 0;
  const mode = from.oneOf('mode', ['compounding', 'fromBase'] as const) ?? 'compounding';
  const rounding = from.oneOf('rounding', ROUNDINGS) ?? 'half-up';
  const decreases = from.boolean('decreases') ?? true;
  if (reader.failed) return undefined;
  if (!base) return from.refuse('base', 'missing');
  if (firstOn === undefined) return from.refuse('firstOn', 'missing');
  if (!series && kind !== 'fixed') return from.refuse('series', 'missing');
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    ...given,
    kind,
    base,
    firstOn,
    everyMonths,
    lagMonths,
    series: series ?? { values: {}, months: 1 },
    mode,
    rounding,
    decreases,
  };
}

/** A clause as it is kept, in the form that the reader takes: the price as text, empty fields left out. */
export function clauseInput(clause: IndexationClause): Record<string, unknown> {
  const { minor, currency } = clause.base;
  const decimals = currencyDecimals(currency);
  const amount = Number.isSafeInteger(minor)
    ? decimalText(rational(BigInt(minor), 10n ** BigInt(decimals)), decimals)
    : '';
  const given = Object.entries(clause).filter(([, value]) => value !== undefined && value !== null);
  return { ...Object.fromEntries(given), base: { amount, currency } };
}
