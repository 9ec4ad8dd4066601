/** Dates in words and figures, Russian and English, the same in every time zone. */
import type { PartialDate, PlainDate } from '../model/records.ts';
import { parsePlainDate, toDayNumber } from './plain-date.ts';

export type DateLanguage = 'ru' | 'en';
/** `short`: 31.05.2026, 31 May 2026; `long`: 31 мая 2026 г., 31 May 2026; `day`: 31 мая, 31 May; `weekday`: воскресенье, 31 мая. */
export type DateStyle = 'short' | 'long' | 'day' | 'weekday';

const OPTIONS: Readonly<Record<DateLanguage, Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>>>> = {
  ru: {
    short: { day: '2-digit', month: '2-digit', year: 'numeric' },
    long: { day: 'numeric', month: 'long', year: 'numeric' },
    day: { day: 'numeric', month: 'long' },
    weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  },
  en: {
    short: { day: 'numeric', month: 'short', year: 'numeric' },
    long: { day: 'numeric', month: 'long', year: 'numeric' },
    day: { day: 'numeric', month: 'long' },
    weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  },
};
const LOCALES: Readonly<Record<DateLanguage, string>> = { ru: 'ru-RU', en: 'en-GB' };
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: DateLanguage, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(LOCALES[language], {
      ...options,
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    formatters.set(key, found);
  }
  return found;
}

/** Noon of a day in UTC, for formatting in UTC: the day cannot slip. */
const noon = (date: PlainDate): number => toDayNumber(date) * 86_400_000 + 43_200_000;

/** A day as people write it; the text itself when it is not a day. Spaces inside do not break across lines. */
export function formatPlainDate(date: PlainDate, language: DateLanguage, style: DateStyle = 'long'): string {
  if (!parsePlainDate(date)) return date;
  return formatter(language, OPTIONS[language][style]).format(noon(date)).replaceAll(' ', '\u00a0');
}

/** A birthday or other date that may lack its day or its year: «2026 г.», «май 2026 г.», «31 мая». */
export function formatPartialDate(date: PartialDate, language: DateLanguage): string {
  if (parsePlainDate(date)) return formatPlainDate(date, language, 'long');
  const yearless = /^--(\d{2})-(\d{2})$/.exec(date);
  // 2000 is a leap year: 29 February exists.
  if (yearless) {
    const day = `2000-${yearless[1]}-${yearless[2]}`;
    return parsePlainDate(day) ? formatPlainDate(day, language, 'day') : date;
  }
  const month = /^\d{4}-\d{2}$/.test(date) ? `${date}-01` : null;
  if (month && parsePlainDate(month)) {
    return formatter(language, { month: 'long', year: 'numeric' }).format(noon(month)).replaceAll(' ', '\u00a0');
  }
  if (/^\d{4}$/.test(date)) return language === 'ru' ? `${date}\u00a0г.` : date;
  return date;
}
