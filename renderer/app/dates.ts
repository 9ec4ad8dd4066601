/** Dates as people say them near, exact when far; the exact form is always at hand for tooltips. */
import { useMemo } from 'react';
import { addDays, diffDays, isPlainDate } from '../../shared/dates/plain-date.ts';
import { formatPartialDate, formatPlainDate } from '../../shared/dates/format-date.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { PartialDate, PlainDate } from '../../shared/model/records.ts';
import { useToday } from './clock.ts';
import { type Translate, useLanguage, useT } from './i18n.ts';

const NEAR_AHEAD = 14;
const NEAR_BEHIND = 30;

export interface Dates {
  /** A day or a day and time: «сегодня, 14:30», «через 3 дня», «31 мая», “31 May 2025”. */
  readonly near: (value: string | undefined) => string;
  /** How long ago: «сегодня», «12 дней назад», «5 месяцев назад». */
  readonly ago: (value: string | undefined) => string;
  /** For tooltips and print: «31 мая 2026 г., 14:30». */
  readonly exact: (value: string | undefined) => string;
  /** In figures or short: «31.05.2026», “31 May 2026”. */
  readonly short: (value: string | undefined) => string;
  readonly partial: (value: PartialDate) => string;
  /** Day headings: «четверг, 28 мая». */
  readonly weekday: (value: PlainDate) => string;
}

/** Builds the forms for one day and language; pure, for tests. */
export function datesFor(today: PlainDate, language: Language, t: Translate): Dates {
  const day = (date: PlainDate): string => {
    const distance = diffDays(today, date);
    if (distance === 0) return t('common.today');
    if (distance === 1) return t('common.tomorrow');
    if (distance === -1) return t('common.yesterday');
    if (distance > 0 && distance <= NEAR_AHEAD) return t('common.inDays', { count: distance });
    if (distance < 0 && distance >= -NEAR_BEHIND) return t('common.daysAgo', { count: -distance });
    return formatPlainDate(date, language, date.slice(0, 4) === today.slice(0, 4) ? 'day' : 'short');
  };
  const withTime = (value: string | undefined, write: (date: PlainDate) => string): string => {
    if (!value) return '';
    const date = value.slice(0, 10);
    if (!isPlainDate(date)) return value;
    const time = value.slice(11, 16);
    return time ? t('common.dayAndTime', { day: write(date), time }) : write(date);
  };
  return {
    near: (value) => withTime(value, day),
    ago: (value) => {
      const date = value?.slice(0, 10);
      if (!isPlainDate(date)) return '';
      const days = diffDays(date, today);
      if (days <= NEAR_BEHIND) return day(date);
      if (days < 365) return t('common.monthsAgo', { count: Math.max(1, Math.round(days / 30.44)) });
      return t('common.yearsAgo', { count: Math.max(1, Math.round(days / 365.25)) });
    },
    exact: (value) => withTime(value, (date) => formatPlainDate(date, language, 'long')),
    short: (value) => withTime(value, (date) => formatPlainDate(date, language, 'short')),
    partial: (value) => formatPartialDate(value, language),
    weekday: (value) => formatPlainDate(value, language, 'weekday'),
  };
}

export function useDates(): Dates {
  const today = useToday();
  const language = useLanguage();
  const t = useT();
  return useMemo(() => datesFor(today, language, t), [today, language, t]);
}

/** Days until a birthday comes round (0 = today); null when its day is not known. 29 February is kept on 1 March in other years. */
export function daysToBirthday(birthday: PartialDate, today: PlainDate): number | null {
  const match = /^(?:\d{4}|-)-(\d{2})-(\d{2})$/.exec(birthday);
  if (!match) return null;
  const year = Number(today.slice(0, 4));
  for (const candidate of [year, year + 1]) {
    const date = `${candidate}-${match[1]}-${match[2]}`;
    const day = isPlainDate(date) ? date : addDays(`${candidate}-02-28`, 1);
    const distance = diffDays(today, day);
    if (distance >= 0) return distance;
  }
  return null;
}
