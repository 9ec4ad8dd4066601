/**
 * Reads a calendar that a person brings: a pack of this program (JSON, one or several), the yearly JSON of Russian
 * production calendars (`{year, months: [{month, days}]}`), a table `date;kind`, or the all-day events of an .ics file.
 * Nothing is guessed: a line that is not understood is refused by its number.
 */
import { type CalendarPack, packProblem } from '../contract-dates/calendar.ts';
import { addDays, isPlainDate, plainDate, weekday } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';
import { fail, ok, type Result } from '../result.ts';
import { type DayKind, type Days, packOfDays } from './packs.ts';

export interface CalendarInput {
  readonly text: string;
  /** The name of the file, shown as the source when the text names none. */
  readonly name: string;
  /** The country for formats that do not name one. */
  readonly country: string;
}
export interface ReadCalendar {
  readonly packs: readonly CalendarPack[];
  readonly format: 'pack' | 'months' | 'table' | 'ics';
  /** Lines and events that say nothing new (a holiday on a Sunday) or nothing that can be used (an hour, a rule). */
  readonly passedOver: number;
}

/** A text longer than that is no calendar of working days. */
export const LONGEST_CALENDAR = 2_000_000;
const YEARS = { first: 1900, last: 2200 } as const;

const isWeekend = (date: PlainDate): boolean => weekday(date) >= 6;
const trimmed = (name: string): string => name.trim().slice(0, 200);

/** Collects days by year; a deviation that is none (a free Sunday, a working Monday) is passed over. */
class Collector {
  readonly #years = new Map<number, Record<PlainDate, DayKind>>();
  passedOver = 0;

  add(date: PlainDate, kind: DayKind): void {
    const isNews = kind === 'short' || isWeekend(date) === (kind === 'work');
    if (!isNews) this.passedOver += 1;
    const year = Number(date.slice(0, 4));
    const days = this.#years.get(year) ?? {};
    this.#years.set(year, days);
    // "Short" never takes the place of "free": the day before a holiday may itself have become one.
    if (isNews && !(kind === 'short' && days[date] !== undefined)) days[date] = kind;
  }
  packs(country: string, source: string): CalendarPack[] {
    return [...this.#years]
      .sort(([a], [b]) => a - b)
      .map(([year, days]) => packOfDays(country, year, days as Days, source));
  }
}

function checked(packs: readonly unknown[]): Result<readonly CalendarPack[]> {
  if (packs.length === 0) return fail('calendar.empty');
  for (const pack of packs) {
    const problem = packProblem(pack);
    if (problem) return fail(`calendar.${problem.code}`, { field: problem.field });
  }
  const given = packs as readonly CalendarPack[];
  if (given.some(({ year }) => year < YEARS.first || year > YEARS.last))
    return fail('calendar.notAYear', { field: '' });
  return ok(
    given.map(({ country, year, nonWorking, working, shortened, source }) => ({
      country: country.trim().slice(0, 40),
      year,
      nonWorking,
      working,
      shortened,
      source: trimmed(source),
    })),
  );
}

interface MonthsYear {
  readonly year: number;
  readonly months: readonly { readonly month: number; readonly days: string }[];
}
const isMonthsYear = (value: unknown): value is MonthsYear =>
  typeof value === 'object' && value !== null && Array.isArray((value as { months?: unknown }).months);

/** `1,2,3*,4+`: every day off of the month, Saturdays and Sundays included; `*` short, `+` moved there. */
function readMonths({ year, months }: MonthsYear, { country, name }: CalendarInput): Result<ReadCalendar> {
  if (!Number.isInteger(year)) return fail('calendar.notAYear', { field: 'year' });
  const collector = new Collector();
  const off = new Set<PlainDate>();
  for (const entry of months) {
    const days = typeof entry?.days === 'string' ? entry.days : '';
    for (const part of days.split(',').map((piece) => piece.trim())) {
      if (part === '') continue;
      const match = /^(\d{1,2})([*+]?)$/.exec(part);
      const date = match && plainDate(year, entry.month, Number(match[1]));
      if (!date) return fail('calendar.notADate', { field: `${entry?.month}: ${part}` });
      if (match[2] === '*') collector.add(date, 'short');
      else off.add(date);
    }
  }
  if (off.size === 0) return fail('calendar.empty');
  for (let date = `${year}-01-01`; date.startsWith(String(year)); date = addDays(date, 1)) {
    if (off.has(date) !== isWeekend(date)) collector.add(date, off.has(date) ? 'off' : 'work');
  }
  const packs = checked(collector.packs(country, trimmed(name)));
  return packs.ok ? ok({ packs: packs.value, format: 'months', passedOver: 0 }) : packs;
}

function readJson(input: CalendarInput): Result<ReadCalendar> {
  let value: unknown;
  try {
    value = JSON.parse(input.text);
  } catch {
    return fail('calendar.notJson');
  }
  if (isMonthsYear(value)) return readMonths(value, input);
  const list = Array.isArray(value) ? value : [value];
  const packs = checked(list);
  return packs.ok ? ok({ packs: packs.value, format: 'pack', passedOver: 0 }) : packs;
}

const WORDS: readonly (readonly [DayKind, RegExp])[] = [
  ['short', /^(short|сокращ|предпразд|half)/],
  ['off', /^(off|выходн|праздн|нерабоч|holiday|free|day off|weekend)/],
  ['work', /^(work|рабоч)/],
];
const kindOf = (word: string): DayKind | undefined =>
  WORDS.find(([, pattern]) => pattern.test(word.trim().toLowerCase()))?.[0];

function dateOf(text: string): PlainDate | undefined {
  const plain = text.trim();
  if (isPlainDate(plain)) return plain;
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(plain);
  return match ? (plainDate(Number(match[3]), Number(match[2]), Number(match[1])) ?? undefined) : undefined;
}

function readTable({ text, name, country }: CalendarInput): Result<ReadCalendar> {
  const collector = new Collector();
  let isFirst = true;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const cells = line.split(/[;,\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (cells.every((cell) => cell === '')) continue;
    const date = dateOf(cells[0] ?? '');
    const kind = cells[1] === undefined || cells[1] === '' ? 'off' : kindOf(cells[1]);
    const isHeading = isFirst && date === undefined;
    isFirst = false;
    if (isHeading) continue;
    if (date === undefined)
      return fail('calendar.lineNotADate', { line: index + 1, text: (cells[0] ?? '').slice(0, 40) });
    if (kind === undefined)
      return fail('calendar.lineNotAKind', { line: index + 1, text: (cells[1] ?? '').slice(0, 40) });
    collector.add(date, kind);
  }
  const packs = checked(collector.packs(country, trimmed(name)));
  return packs.ok ? ok({ packs: packs.value, format: 'table', passedOver: collector.passedOver }) : packs;
}

/** Longest run of days that one event may cover; longer ones are no holidays. */
const LONGEST_EVENT = 62;

/** Days of a duration in whole weeks or days (RFC 5545, 3.3.6); undefined for any other. */
function durationDays(text: string): number | undefined {
  const match = /^\+?P(\d{1,4})([DW])$/i.exec(text.trim());
  return match ? Number(match[1]) * (match[2]?.toUpperCase() === 'W' ? 7 : 1) : undefined;
}

function readIcs({ text, name, country }: CalendarInput): Result<ReadCalendar> {
  const collector = new Collector();
  // Folded lines begin with a space or a tab (RFC 5545, 3.1).
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r\n|\r|\n/);
  let event: Map<string, string> | undefined;
  let passedOver = 0;
  let title = '';
  const day = (value: string | undefined): PlainDate | undefined => {
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value?.trim() ?? '');
    return match ? (plainDate(Number(match[1]), Number(match[2]), Number(match[3])) ?? undefined) : undefined;
  };
  const take = (found: Map<string, string>): void => {
    const first = day(found.get('DTSTART'));
    // An event has an end or a duration; with neither it is one day.
    const duration = found.get('DURATION');
    const length = duration === undefined ? 1 : durationDays(duration);
    const end = found.has('DTEND') ? day(found.get('DTEND')) : first && length && addDays(first, length);
    const isUsable = first !== undefined && end !== undefined && first < end && addDays(first, LONGEST_EVENT) >= end;
    if (!isUsable || found.has('RRULE') || found.has('RDATE') || found.get('STATUS') === 'CANCELLED') {
      passedOver += 1;
      return;
    }
    const summary = (found.get('SUMMARY') ?? '').toLowerCase();
    const isShort = /сокращ|предпразд|short/.test(summary);
    const isWork = /рабоч(ий|ая)|working (day|saturday|sunday)/.test(summary) && !/нерабоч|non-working/.test(summary);
    for (let date: PlainDate = first; date < end; date = addDays(date, 1))
      collector.add(date, isShort ? 'short' : isWork ? 'work' : 'off');
  };
  for (const line of lines) {
    const match = /^([A-Za-z-]+)(?:;[^:]*)?:(.*)$/.exec(line);
    const key = match?.[1]?.toUpperCase();
    const value = match?.[2] ?? '';
    if (key === 'BEGIN' && value.trim().toUpperCase() === 'VEVENT') event = new Map();
    else if (key === 'END' && value.trim().toUpperCase() === 'VEVENT') {
      if (event) take(event);
      event = undefined;
    } else if (key !== undefined && event) event.set(key, value);
    else if (key === 'X-WR-CALNAME') title = value.trim();
  }
  const packs = checked(collector.packs(country, trimmed(title || name)));
  return packs.ok ? ok({ packs: packs.value, format: 'ics', passedOver: passedOver + collector.passedOver }) : packs;
}

/** Recognises the format by the text itself. Errors: `calendar.*`, with the line or field where there is one. */
export function readCalendar(input: CalendarInput): Result<ReadCalendar> {
  const text = input.text.replace(/^\uFEFF/, '');
  if (text.length > LONGEST_CALENDAR) return fail('calendar.tooLong');
  const start = text.trimStart();
  if (start === '') return fail('calendar.empty');
  const country = input.country.trim();
  const given = { ...input, text, country, name: input.name.trim() || country };
  if (start.startsWith('{') || start.startsWith('[')) return readJson(given);
  if (country === '') return fail('calendar.countryMissing');
  return /^BEGIN:VCALENDAR/i.test(start) ? readIcs(given) : readTable(given);
}
