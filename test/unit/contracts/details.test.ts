/** Money, reminders and days as they are typed into a contract. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/dates/plain-date.ts';
import { dayText, missingFebruary, readDay } from '../../../renderer/app/read-day.ts';
import { readMoney, readReminders } from '../../../renderer/screens/contracts/details-fields.ts';

describe('an amount', () => {
  it('is read with its currency', () => {
    expect(readMoney('1 200 000,50 ₽', 'EUR')).toEqual({ ok: true, money: { minor: 120_000_050, currency: 'RUB' } });
    expect(readMoney('5000', 'EUR')).toEqual({ ok: true, money: { minor: 500_000, currency: 'EUR' } });
  });
  it.each([
    ['1 234,567', 'RUB', 2],
    ['1 234,567 ₽', 'EUR', 2],
    ['12.3456 USD', 'RUB', 2],
    ['100,5 JPY', 'RUB', 0],
  ])('with too many decimals is told from one that cannot be read: %s', (text, fallback, digits) => {
    expect(readMoney(text, fallback)).toMatchObject({ ok: false, problem: 'decimals', digits });
  });
  it.each(['много', '12 рублей и ещё', '-5', '99999999999999999999'])('that cannot be read: %s', (text) => {
    expect(readMoney(text, 'RUB')).toMatchObject({ ok: false, problem: 'unread' });
  });
});

describe('days to remind', () => {
  it('are a list of whole days, greatest first', () => {
    expect(readReminders('7, 30 90;7')).toEqual([90, 30, 7]);
    expect(readReminders('')).toEqual([]);
    expect(readReminders('за неделю')).toBeNull();
    expect(readReminders('999')).toBeNull();
    expect(readReminders('1 2 3 4 5 6 7 8 9 10 11 12 13')).toBeNull();
  });
});

describe('a day as it is typed', () => {
  const TODAY = '2026-02-11';
  it('is read in the forms of both languages', () => {
    for (const text of ['15.01.2026', '15/1/26', '15 января 2026', 'Jan 15, 2026', '2026-01-15', '15 янв. 2026 г.']) {
      expect(readDay(text, TODAY), text).toBe('2026-01-15');
    }
    for (const text of ['', '31.02.2026', '29.02.2026', '13.13.2026', 'когда-нибудь']) {
      expect(readDay(text, TODAY), text).toBeNull();
    }
  });
  it('reads back what it shows, for every day and in both languages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 109_000 }).map((days) => addDays('1901-01-01', days)),
        fc.constantFrom('ru' as const, 'en' as const),
        (day, language) => {
          expect(readDay(dayText(day, language), TODAY)).toBe(day);
        },
      ),
    );
  });
  it('says which year has no 29 February', () => {
    expect(missingFebruary('29.02.2026')).toBe('2026');
    expect(missingFebruary('29 февраля 2027')).toBe('2027');
    expect(missingFebruary('2100-02-29')).toBe('2100');
    expect(missingFebruary('29.02.2028')).toBeNull();
    expect(missingFebruary('30.02.2026')).toBeNull();
  });
});
