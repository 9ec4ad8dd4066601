/**
 * Dates as people and programs write them. Day and month order is decided for a whole column; a year or a month alone
 * is a precision, not an error; zero dates are empty; nothing passes through a clock or a time zone.
 */
import { type ExcelEpoch, fromExcelSerial } from '../../dates/excel-serial.ts';
import { parsePlainDate, plainDate } from '../../dates/plain-date.ts';
import type { PartialDate, PlainDate } from '../../model/records.ts';
import { type Cell, oneLine } from '../table.ts';

export type DateOrder = 'dmy' | 'mdy';
export interface DateColumn {
  /** Order of days written with slashes and hyphens. */
  readonly order: DateOrder;
  /** Order of days written with points. */
  readonly dotted: DateOrder;
  /** True when no value of the column settled the order and it matters. */
  readonly ambiguous: boolean;
}
export type ParsedDate =
  | { readonly kind: 'date'; readonly date: PartialDate }
  | { readonly kind: 'empty' }
  /** `serial60`: the day that never was; `unreadable`: text that is no date. */
  | { readonly kind: 'problem'; readonly problem: 'serial60' | 'unreadable' };

const MONTHS: readonly (readonly [RegExp, number])[] = [
  [/^(?:янв|jan)/, 1],
  [/^(?:фев|feb)/, 2],
  [/^(?:мар|mar|mär|mrz)/, 3],
  [/^(?:апр|apr)/, 4],
  [/^(?:ма[йяе]|may|mai)/, 5],
  [/^(?:июн|jun)/, 6],
  [/^(?:июл|jul)/, 7],
  [/^(?:авг|aug)/, 8],
  [/^(?:сен|sep)/, 9],
  [/^(?:окт|oct|okt)/, 10],
  [/^(?:ноя|nov)/, 11],
  [/^(?:дек|dec|dez)/, 12],
];
/** 1–12 for the name of a month, 0 for other words. */
export function monthOf(word: string): number {
  const lower = word.toLowerCase();
  return MONTHS.find(([pattern]) => pattern.test(lower))?.[1] ?? 0;
}

const NUMERIC =
  /^(\d{1,4})\s*([./\- ])\s*(\d{1,2})\s*[./\- ]\s*(\d{1,4})(?:\s*(?:г|г\.|года|y)?)(?:[T\s,]+\d{1,2}:\d{2}.*)?$/u;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?$/;
const ZERO = /^(?:0{1,4}[./-]0{1,2}[./-]0{1,4}|0|0{4}-0{2}-0{2}.*|1900-01-00|00\.01\.1900|-+|—|–|n\/?a|нет|н\/д)$/i;
const DAY_WORD =
  /^(?:\p{L}{2,12},?\s+)?(\d{1,2})[-\s.]*(?:st|nd|rd|th)?[-\s.]+(?:of\s+)?(\p{L}{3,10})\.?,?[-\s.]*(\d{4}|\d{2})?(?:\s*(?:г|г\.|года?|год))?\.?(?:[\s,]+\d{1,2}:\d{2}.*)?$/u;
const WORD_DAY = /^(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?$/u;
const WORD_YEAR = /^(\p{L}{3,10})\.?,?\s+(\d{4})\s*(?:г|г\.|года?)?$/u;
const MONTH_YEAR = /^(\d{1,2})[./-](\d{4})$/;
const YEAR_MONTH = /^(\d{4})[-./](\d{1,2})$/;
const YEAR = /^(\d{4})\s*(?:г|г\.|год|года)?$/;
const DAY_MONTH = /^(\d{1,2})[./](\d{1,2})\.?$/;
const ROMAN = /^(\d{1,2})[\s./-]+(XI{0,2}|IX|IV|V?I{1,3}|V)[\s./-]+(\d{4}|\d{2})(?:\s*(?:г|г\.|года))?$/i;
const ROMAN_NUMBERS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const YEARLESS = /^--(\d{2})-?(\d{2})$/;

const pad = (value: number): string => String(value).padStart(2, '0');

/** How often values prove that the day, or the month, comes first; `open` counts those that may be read in two ways. */
function countOrders(values: readonly string[], dotted: boolean): { day: number; month: number; open: number } {
  const counts = { day: 0, month: 0, open: 0 };
  for (const value of values) {
    const match = NUMERIC.exec(value.trim());
    if (!match || (match[1] as string).length === 4 || (match[2] === '.') !== dotted) continue;
    const a = Number(match[1]);
    const b = Number(match[3]);
    if (a > 12 && b <= 12) counts.day += 1;
    else if (b > 12 && a <= 12) counts.month += 1;
    else if (a !== b) counts.open += 1;
  }
  return counts;
}

/**
 * Decides the order of a column from all its values: any day above 12 tells. Points separate day, month, year all over
 * Europe; Americans write slashes: each kind of sign is decided by its own values. `others` are values of the file's
 * other columns of days: a program that wrote «12/25/2023» in one writes all of them so.
 */
export function inferDateOrder(
  values: readonly string[],
  fallback: DateOrder,
  others: readonly string[] = [],
): DateColumn {
  const points = countOrders(values, true);
  const slashes = countOrders(values, false);
  const dotted: DateOrder = points.month > points.day ? 'mdy' : 'dmy';
  const mixed = points.day > 0 && points.month > 0;
  if (slashes.day !== slashes.month)
    return {
      order: slashes.day > slashes.month ? 'dmy' : 'mdy',
      dotted,
      ambiguous: mixed || Math.min(slashes.day, slashes.month) > 0,
    };
  const beside = slashes.day === 0 ? countOrders(others, false) : slashes;
  const order = beside.day === beside.month ? fallback : beside.day > beside.month ? 'dmy' : 'mdy';
  return { order, dotted, ambiguous: mixed || slashes.open > 0 || slashes.day > 0 };
}

/** Full year of two digits. Birthdays lie in the past; other dates between 1970 and 2069. `today` is 'YYYY-MM-DD'. */
export function fullYear(text: string, birthday: boolean, today: PlainDate): number {
  const year = Number(text);
  if (text.length > 2) return year;
  const now = Number(today.slice(0, 4));
  if (birthday) return 2000 + year <= now ? 2000 + year : 1900 + year;
  return year < 70 ? 2000 + year : 1900 + year;
}

const found = (date: PartialDate | null): ParsedDate =>
  date === null ? { kind: 'problem', problem: 'unreadable' } : { kind: 'date', date };
const yearless = (month: number, day: number): PartialDate | null =>
  plainDate(2000, month, day) ? `--${pad(month)}-${pad(day)}` : null;

export interface DateOptions {
  readonly order: DateOrder;
  /** Order of days written with points, when it is another one. */
  readonly dotted?: DateOrder;
  readonly epoch: ExcelEpoch;
  readonly birthday: boolean;
  readonly today: PlainDate;
}

/** Reads a written date. */
export function parseDateText(source: string, options: DateOptions): ParsedDate {
  // «15» марта 2025 г.: the day of a form that was filled in.
  const text = oneLine(source)
    // «д.р. 05.06.1985», «род. 5 июня»
    .replace(/^(?:д\.?\s?р\.?|род(?:ил(?:ся|ась))?\.?|день рождения)\s*:?\s*(?=\d)/iu, '')
    .replace(/^["«“„](\d{1,2})["»”“]\s*/u, '$1 ')
    // «12.05.1980 (46 лет)», «1980 г.р.»
    .replace(/(\d)\s*\(\D*\d{0,3}\D*\)$/, '$1')
    .replace(/(\d[./-]\d{4})\s*г\.?\s*р\.?$/u, '$1')
    .replace(/(\d{4})\s*г\.?\s*р\.?$/u, '$1 г.');
  if (text === '' || ZERO.test(text)) return { kind: 'empty' };
  const iso = ISO.exec(text);
  if (iso) {
    const date = plainDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return Number(iso[1]) === 1604 && date ? found(`--${date.slice(5)}`) : found(date);
  }
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [, a = '', sign, b = '', c = ''] = numeric;
    if (a.length === 4) return found(plainDate(Number(a), Number(b), Number(c)));
    if (a.length > 2 || c.length === 3 || c.length === 1) return found(null);
    const year = fullYear(c, options.birthday, options.today);
    // The column's order; a day that it cannot be settles the single value.
    const dmy = plainDate(year, Number(b), Number(a));
    const mdy = plainDate(year, Number(a), Number(b));
    const order = sign === '.' ? (options.dotted ?? options.order) : options.order;
    return found(order === 'dmy' ? (dmy ?? mdy) : (mdy ?? dmy));
  }
  const dayWord = DAY_WORD.exec(text);
  if (dayWord) {
    const month = monthOf(dayWord[2] as string);
    if (month > 0) {
      const day = Number(dayWord[1]);
      const year = dayWord[3];
      return found(
        year === undefined
          ? yearless(month, day)
          : plainDate(fullYear(year, options.birthday, options.today), month, day),
      );
    }
  }
  const wordDay = WORD_DAY.exec(text);
  if (wordDay && monthOf(wordDay[1] as string) > 0) {
    const month = monthOf(wordDay[1] as string);
    return found(
      wordDay[3] === undefined
        ? yearless(month, Number(wordDay[2]))
        : plainDate(Number(wordDay[3]), month, Number(wordDay[2])),
    );
  }
  const roman = ROMAN.exec(text);
  if (roman) {
    const month = ROMAN_NUMBERS.indexOf((roman[2] as string).toUpperCase()) + 1;
    return found(plainDate(fullYear(roman[3] as string, options.birthday, options.today), month, Number(roman[1])));
  }
  return parsePartial(text, options);
}

function parsePartial(text: string, options: DateOptions): ParsedDate {
  const wordYear = WORD_YEAR.exec(text);
  if (wordYear && monthOf(wordYear[1] as string) > 0)
    return found(`${wordYear[2]}-${pad(monthOf(wordYear[1] as string))}`);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear) return found(plainDate(Number(monthYear[2]), Number(monthYear[1]), 1)?.slice(0, 7) ?? null);
  const yearMonth = YEAR_MONTH.exec(text);
  if (yearMonth) return found(plainDate(Number(yearMonth[1]), Number(yearMonth[2]), 1)?.slice(0, 7) ?? null);
  const none = YEARLESS.exec(text);
  if (none) return found(yearless(Number(none[1]), Number(none[2])));
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) {
    const a = Number(dayMonth[1]);
    const b = Number(dayMonth[2]);
    const order = text.includes('.') ? (options.dotted ?? options.order) : options.order;
    return found(order === 'dmy' ? (yearless(b, a) ?? yearless(a, b)) : (yearless(a, b) ?? yearless(b, a)));
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) {
    const date = plainDate(Number(compact[1]), Number(compact[2]), Number(compact[3]));
    if (date) return found(date);
  }
  const year = YEAR.exec(text);
  if (year && Number(year[1]) >= 1800 && Number(year[1]) <= 2200) return found(year[1] as string);
  // A date cell saved as its bare number: days since 1900 (or 1904).
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) return found(fromExcelSerial(Number(text.replace(',', '.')), options.epoch));
  if (text === '60') return { kind: 'problem', problem: 'serial60' };
  return { kind: 'problem', problem: 'unreadable' };
}

/** Reads a cell of a date column: typed dates, serial numbers, text. */
export function parseDate(cell: Cell, options: DateOptions): ParsedDate {
  if (typeof cell === 'string') return parseDateText(cell, options);
  if (cell.serial60) return { kind: 'problem', problem: 'serial60' };
  if (cell.date !== undefined) return parsePlainDate(cell.date) ? { kind: 'date', date: cell.date } : { kind: 'empty' };
  if (cell.kind === 'number' && cell.number !== undefined) {
    const value = cell.number;
    if (value === 0) return { kind: 'empty' };
    if (Number.isInteger(value) && value >= 1800 && value <= 2200) return { kind: 'date', date: String(value) };
    if (value === 60 && options.epoch === 1900) return { kind: 'problem', problem: 'serial60' };
    if (value >= 1 && value < 300_000) return found(fromExcelSerial(value, options.epoch));
  }
  return parseDateText(cell.text, options);
}

/** Every day written in a text such as «с 01.02.2024 по 31.01.2025» or «до 31.12.2026»; only complete dates. */
export function datesIn(text: string, options: DateOptions): readonly PlainDate[] {
  const out: PlainDate[] = [];
  for (const match of text.matchAll(
    /\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|["«“„]?\d{1,2}["»”“]?\s+\p{L}{3,10}\.?\s+\d{4}/gu,
  )) {
    const parsed = parseDateText(match[0], options);
    if (parsed.kind === 'date' && parsePlainDate(parsed.date)) out.push(parsed.date);
  }
  return out;
}
