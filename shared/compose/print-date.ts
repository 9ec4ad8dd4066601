/** Dates and times as a document says them. Plain dates never pass through the machine's time zone. */
import type { Language } from '../i18n/catalogue.ts';
import type { PlainDate, PlainDateTime } from '../model/records.ts';
import { NBSP } from './typography.ts';

const LOCALE: Readonly<Record<Language, string>> = { ru: 'ru', en: 'en-GB' };

/** Noon by UTC of a plain date, only for asking Intl about its words; undefined when it is not a day of the calendar. */
function noon(date: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})/u.exec(date);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const time = Date.UTC(year, month - 1, day, 12);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time : undefined;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(LOCALE[language], options);
    formatters.set(key, made);
  }
  return made;
}

/** «31 мая 2026 г.» / “31 May 2026”, unbreakable. Text that is not a date is returned as it is. */
export function printDate(date: PlainDate, language: Language): string {
  const time = noon(date);
  if (time === undefined) return date;
  return formatter(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(time)
    .replace(/\s/gu, NBSP);
}

/** «31.05.2026» / “31 May 2026”: short enough for a table column. */
export function printShortDate(date: PlainDate, language: Language): string {
  const time = noon(date);
  if (time === undefined) return date;
  return formatter(
    language,
    language === 'ru'
      ? { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }
      : { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
  )
    .format(time)
    .replace(/\s/gu, NBSP);
}

/** «воскресенье, 31 мая 2026 г.» / “Sunday, 31 May 2026”. */
export function printLongDate(date: PlainDate, language: Language): string {
  const time = noon(date);
  if (time === undefined) return date;
  const weekday = formatter(language, { weekday: 'long', timeZone: 'UTC' }).format(time);
  return `${weekday}, ${printDate(date, language)}`;
}

/** The day of a plain date-time. */
export const dayOf = (at: PlainDateTime): PlainDate => at.slice(0, 10);
/** `HH:MM` of a plain date-time, or '' when it names only a day. */
export const timeOf = (at: PlainDateTime): string => (at.length >= 16 ? at.slice(11, 16) : '');

/**
 * The zone's name with its offset on that day: «Москва, UTC+3» / “Moscow time, UTC+3”. An unknown zone is returned as
 * it is written.
 */
export function printZone(zone: string, date: PlainDate, language: Language): string {
  const time = noon(date);
  if (time === undefined || zone === '') return zone;
  try {
    const part = (timeZoneName: 'shortGeneric' | 'shortOffset'): string =>
      formatter(language, { timeZone: zone, timeZoneName, hour: 'numeric' })
        .formatToParts(time)
        .find((p) => p.type === 'timeZoneName')?.value ?? '';
    const offset = part('shortOffset')
      .replace('GMT', 'UTC')
      .replace('-', '−')
      .replace(/[+−]0$/u, '');
    const name = part('shortGeneric').replace(/ Time$/u, ' time');
    return /^(?:GMT|UTC|[A-Z]{2,5}$)/u.test(name) ? offset : `${name}, ${offset}`;
  } catch {
    return zone;
  }
}

/** Start, end and zone of a meeting: «14:00–15:30 (Москва, UTC+3)»; '' when no time is known. */
export function printTimes(
  start: PlainDateTime,
  end: PlainDateTime | undefined,
  zone: string | undefined,
  language: Language,
): string {
  const from = timeOf(start);
  if (from === '') return '';
  let text = from;
  if (end && timeOf(end) !== '') {
    text += dayOf(end) === dayOf(start) ? `–${timeOf(end)}` : ` – ${printDate(dayOf(end), language)}, ${timeOf(end)}`;
  }
  return zone ? `${text} (${printZone(zone, dayOf(start), language)})` : text;
}
