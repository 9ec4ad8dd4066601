/** The price clause of a kept contract: its series as people paste them, its steps, and the calculation in words. */
import { calendarOf, type ContractDates } from '../contract-dates/compute.ts';
import { monthText, parseMonth, type PlainMonth } from '../contract-dates/civil.ts';
import type { Explainer } from '../contract-dates/explain.ts';
import { type PriceStep, priceSteps } from '../contract-dates/indexation.ts';
import type { IndexSeries } from '../contract-dates/indexation-types.ts';
import { parseDecimal } from '../contract-dates/rational.ts';
import type { Reason, ReasonValue } from '../contract-dates/reason.ts';
import type { Terms, TermsError } from '../contract-dates/terms.ts';
import { addDays } from '../dates/plain-date.ts';
import { formatPartialDate } from '../dates/format-date.ts';
import type { PlainDate } from '../model/records.ts';
import { formatMoney, parseAmount } from '../money/money.ts';
import { ok, type Result } from '../result.ts';

/** How far ahead steps are computed: two years, or to the contract's last day. */
const AHEAD_DAYS = 731;

/** The last day up to which price steps matter. */
export const pricesUntil = ({ finalEnd }: ContractDates, today: PlainDate): PlainDate => {
  const ahead = addDays(today, AHEAD_DAYS);
  return finalEnd !== null && finalEnd < ahead ? finalEnd : ahead;
};

/** The steps of the contract's price, past ones included; none without a clause. Errors are named below `indexation`. */
export function pricesOf(terms: Terms, until: PlainDate): Result<PriceStep[], TermsError> {
  if (!terms.indexation) return ok([]);
  const calendar = calendarOf(terms);
  if (!calendar.ok) return calendar;
  return priceSteps(terms.indexation, until, { profile: terms.profile, calendar: calendar.value });
}

/** First letters that tell the months apart, Russian and English. */
const MONTHS = [
  /^(?:янв|jan)/u,
  /^(?:фев|feb)/u,
  /^(?:мар|mar)/u,
  /^(?:апр|apr)/u,
  /^(?:ма[йя]|may)/u,
  /^(?:июн|jun)/u,
  /^(?:июл|jul)/u,
  /^(?:авг|aug)/u,
  /^(?:сен|sep)/u,
  /^(?:окт|oct)/u,
  /^(?:ноя|nov)/u,
  /^(?:дек|dec)/u,
] as const;
const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/**
 * The month that a text begins with, and what follows it: `2026-03`, `03.2026`, `31.03.2026`, «март 2026», `Q1 2026`,
 * «II кв. 2026» (the quarter's first month), `2026` (its first month).
 */
function leadingMonth(line: string): { readonly month: PlainMonth; readonly rest: string } | undefined {
  const text = line.trim().toLowerCase();
  const made = (year: string, month: number, length: number) =>
    month >= 1 && month <= 12
      ? { month: monthText(Number(year) * 12 + month - 1), rest: text.slice(length) }
      : undefined;
  const day = /^(\d{4})-(\d{2})-\d{2}(?!\d)|^\d{1,2}[./](\d{1,2})[./](\d{4})(?!\d)/u.exec(text);
  if (day) return made(day[1] ?? day[4] ?? '', Number(day[2] ?? day[3]), day[0].length);
  const figures = /^(\d{4})[-./](\d{1,2})(?!\d)|^(\d{1,2})[-./](\d{4})(?!\d)/u.exec(text);
  if (figures) return made(figures[1] ?? figures[4] ?? '', Number(figures[2] ?? figures[3]), figures[0].length);
  const quarter =
    /^(?:q([1-4])|([1-4]|i{1,3}|iv)[ -]?(?:й )?кв(?:\.|артал)?)[ .,-]*(\d{4})(?: ?г\.?)?|^(\d{4})[ -]?q([1-4])/u.exec(
      text,
    );
  if (quarter) {
    const number = quarter[1] ?? quarter[2] ?? quarter[5] ?? '';
    return made(quarter[3] ?? quarter[4] ?? '', ((ROMAN[number] ?? Number(number)) - 1) * 3 + 1, quarter[0].length);
  }
  const named = /^(\p{L}{3,})\.?,? ?(\d{4})(?: ?г\.?)?|^(\d{4}),? (\p{L}{3,})\.?/u.exec(text);
  if (named) {
    const word = named[1] ?? named[4] ?? '';
    return made(named[2] ?? named[3] ?? '', MONTHS.findIndex((start) => start.test(word)) + 1, named[0].length);
  }
  const year = /^(\d{4})(?=[\s;:=|,])/u.exec(text);
  return year ? made(year[1] ?? '', 1, year[0].length) : undefined;
}

/** A month as people type it; undefined when it is none. */
export function readMonthText(text: string): PlainMonth | undefined {
  const found = leadingMonth(text);
  return found && found.rest.trim() === '' ? found.month : undefined;
}

/** A decimal as people type it (comma or dot, `%` allowed), written with a dot; undefined when it is none. */
export function readDecimalText(text: string): string | undefined {
  const bare = text.trim().replace(/\s*%$/u, '').replace(/^[−–]/u, '-');
  return parseDecimal(bare) ? bare.replace(',', '.') : undefined;
}

export interface PastedSeries {
  readonly values: Readonly<Record<PlainMonth, string>>;
  /** Lines that were not understood, as they were. */
  readonly unread: readonly string[];
}

/** Lines of month and value, as copied from a table or typed. Lines without any figure (headings) are passed over. */
export function readSeriesText(text: string): PastedSeries {
  const values: Record<PlainMonth, string> = {};
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/u)) {
    if (!/\d/u.test(line)) continue;
    const found = leadingMonth(line.replaceAll(/[\u00a0\u202f]/gu, ' '));
    const value =
      found && /^[\s;:=|,]/u.test(found.rest) ? readDecimalText(found.rest.replace(/^[\s;:=|,]+/u, '')) : undefined;
    if (found && value !== undefined) values[found.month] = value;
    else unread.push(line.trim());
  }
  return { values, unread };
}

/** Every month of the series' step from its first to its last one; a missing value is null. */
export function seriesRows({
  values,
  months,
}: IndexSeries): readonly { readonly month: PlainMonth; readonly value: string | null }[] {
  const known = Object.keys(values)
    .map((month) => parseMonth(month))
    .filter((index) => index !== undefined)
    .sort((a, b) => a - b);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const wanted = new Set(known);
  for (let month = first; month <= last; month += months) wanted.add(month);
  return [...wanted]
    .sort((a, b) => a - b)
    .map((index) => ({ month: monthText(index), value: values[monthText(index)] ?? null }));
}

/** The month after the last one, by the series' step; undefined for an empty series. */
export function nextMonth(series: IndexSeries): PlainMonth | undefined {
  const last = parseMonth(seriesRows(series).at(-1)?.month);
  return last === undefined ? undefined : monthText(last + series.months);
}

/** A reason of a price step with months, money and decimals as the language writes them, ready for a letter. */
function written({ params, ...reason }: Reason, currency: string, language: 'ru' | 'en'): Reason {
  const value = (name: string, given: ReasonValue): ReasonValue => {
    if (typeof given !== 'string') return given;
    if (/^\d{4}-\d{2}$/u.test(given)) return formatPartialDate(given, language).replaceAll('\u00a0', ' ');
    if (name === 'base' || name === 'price') {
      const minor = parseAmount(given, currency);
      return minor === null ? given : formatMoney({ minor, currency }, language);
    }
    return language === 'ru' && /^-?\d+\.\d+$/u.test(given) ? given.replace('.', ',') : given;
  };
  return {
    ...reason,
    params: Object.fromEntries(Object.entries(params).map(([name, given]) => [name, value(name, given)])),
  };
}

/** One step's calculation, a sentence per line: what to paste into a letter. */
export const stepText = (step: PriceStep, currency: string, explainer: Explainer, language: 'ru' | 'en'): string =>
  step.because.map((reason) => explainer.price(written(reason, currency, language))).join('\n');
