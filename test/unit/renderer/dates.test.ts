// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesFor, daysToBirthday } from '../../../renderer/app/dates.ts';
import { addDays, fromDayNumber } from '../../../shared/dates/plain-date.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';

const form = (language: 'ru' | 'en') => {
  const { t } = createTranslator(language);
  return datesFor('2026-05-31', language, (key, params) => t(key, params ?? {}));
};
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('Dates near today', () => {
  const ru = form('ru');
  const en = form('en');
  it('are said as people say them', () => {
    expect(ru.near('2026-05-31T14:30')).toBe('сегодня, 14:30');
    expect(ru.near('2026-06-01')).toBe('завтра');
    expect(ru.near('2026-06-03')).toBe('через 3 дня');
    expect(ru.near('2026-06-05')).toBe('через 5 дней');
    expect(ru.near('2026-05-10')).toBe('21 день назад');
    expect(en.near('2026-05-30')).toBe('yesterday');
    expect(en.near('2026-06-14')).toBe('in 14 days');
  });
  it('become a day of the year, then a full date, further away', () => {
    expect(plain(ru.near('2026-09-01'))).toBe('1 сентября');
    expect(plain(ru.near('2027-09-01'))).toBe('01.09.2027');
    expect(plain(en.near('2026-09-01'))).toBe('1 September');
  });
  it('count months and years back', () => {
    expect(ru.ago('2025-12-31')).toBe('5 месяцев назад');
    expect(ru.ago('2024-05-01')).toBe('2 года назад');
    expect(en.ago('2026-04-01')).toBe('2 months ago');
  });
  it('stay as they are when they are no dates', () => {
    expect(ru.near('скоро')).toBe('скоро');
    expect(ru.near(undefined)).toBe('');
    expect(ru.ago('')).toBe('');
  });
});

describe('Days to a birthday', () => {
  it('count to the next one, with or without a year', () => {
    expect(daysToBirthday('1980-06-01', '2026-05-31')).toBe(1);
    expect(daysToBirthday('--05-31', '2026-05-31')).toBe(0);
    expect(daysToBirthday('--05-30', '2026-05-31')).toBe(364);
  });
  it('are unknown when the day is unknown', () => {
    expect(daysToBirthday('1980', '2026-05-31')).toBeNull();
    expect(daysToBirthday('1980-06', '2026-05-31')).toBeNull();
  });
  it('put 29 February on 1 March in common years', () => {
    expect(daysToBirthday('1980-02-29', '2026-02-28')).toBe(1);
    expect(daysToBirthday('1980-02-29', '2028-02-28')).toBe(1);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
  it('are never negative and never beyond a year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 40_000 }), fc.integer({ min: 0, max: 20_000 }), (now, back) => {
        const days = daysToBirthday(fromDayNumber(now - back), fromDayNumber(now));
        expect(days).not.toBeNull();
        expect(days).toBeGreaterThanOrEqual(0);
        expect(days).toBeLessThanOrEqual(366);
      }),
      { numRuns: 1000 },
    );
  });
});
