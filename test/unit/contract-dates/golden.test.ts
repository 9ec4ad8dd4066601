import { describe, expect, it } from 'vitest';
import { calendarNamed } from '../../../shared/contract-dates/calendars.ts';
import { dateOf, dayOf } from '../../../shared/contract-dates/civil.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { addPeriod, type Period, subtractPeriod } from '../../../shared/contract-dates/period.ts';
import { fromExcelSerial } from '../../../shared/dates/excel-serial.ts';
import { datesOf, keysOf, sentences } from './support.ts';

const russia = calendarNamed('RU');
if (!russia) throw new Error('no Russian calendar');

/** A fixed contract whose last day and notice are given. */
const fixed = (end: string, notice: Period, calendar = 'RU') =>
  datesOf({
    start: '2020-01-01',
    end,
    renewal: 'tacit',
    renewalTerm: { months: 12 },
    notice,
    calendar,
    today: '2020-06-01',
  }).term;

describe('golden vectors', () => {
  it('reads 36 months from 2020-08-01 through the day before and renews by twelve months from the anchor', () => {
    const dates = datesOf({
      start: '2020-08-01',
      end: 'day-before',
      term: { months: 36 },
      renewal: 'tacit',
      renewalTerm: { months: 12 },
      today: '2021-01-01',
    });
    expect([dates.term.end, ...dates.nextTerms.slice(0, 3).map((term) => term.end)]).toEqual([
      '2023-07-31',
      '2024-07-31',
      '2025-07-31',
      '2026-07-31',
    ]);
  });

  it('reads the same contract by the Civil Code as ending on 2023-08-01', () => {
    const dates = datesOf({ start: '2020-08-01', term: { months: 36 }, profile: 'rf', today: '2021-01-01' });
    expect(dates.term.end).toBe('2023-08-01');
    expect(keysOf(dates)).toContain('readingRf');
  });

  it('counts three months before 2023-07-31 to 2023-04-30', () => {
    expect(fixed('2023-07-31', { months: 3 }).notice?.legal).toBe('2023-04-30');
  });

  it.each(['none', 'RU'])(
    'gives the notice of the current term after a tacit renewal, rolled from Sunday to Friday (calendar %s)',
    (calendar) => {
      const dates = datesOf({
        start: '2024-08-29',
        end: 'day-before',
        term: { months: 12 },
        renewal: 'tacit',
        notice: { months: 2 },
        calendar,
        today: '2026-02-11',
      });
      expect(dates.term).toMatchObject({ index: 1, start: '2025-08-29', end: '2026-08-28' });
      expect(dates.term.notice).toMatchObject({
        legal: '2026-06-28',
        safe: '2026-06-26',
        sendBy: '2026-06-26',
        provisional: false,
      });
      expect(sentences(dates, 'en').join('\n')).toContain('2026-06-28 is a Sunday');
      expect(sentences(dates, 'ru').join('\n')).toContain('28.06.2026 — воскресенье');
    },
  );

  it.each([
    ['2026-12-31', { days: 90 }, '2026-10-02', '2026-10-02', '2026-10-02'],
    ['2026-12-31', { days: 60 }, '2026-11-01', '2026-10-30', '2026-11-02'],
    ['2026-06-30', { days: 30 }, '2026-05-31', '2026-05-29', '2026-06-01'],
  ])('counts back from %s: %o', (end, notice, legal, safe, argument) => {
    expect(fixed(end, notice).notice).toMatchObject({ legal, safe, argument, provisional: false });
  });

  it('marks a deadline inside the New Year holidays of a year without a pack as provisional', () => {
    const { notice } = fixed('2027-01-31', { days: 30 });
    expect(notice).toMatchObject({ legal: '2027-01-01', provisional: true });
    // 1 January is a holiday by the law itself and 31 December 2026 by decree, so the safe day is not later than the 30th.
    expect(notice?.safe).toBe('2026-12-30');
  });

  it.each([
    ['2026-10-31', '2026-07-31'],
    ['2026-05-31', '2026-02-28'],
    ['2026-11-30', '2026-08-30'],
  ])('counts three months before %s to %s', (end, expected) => {
    expect(dateOf(subtractPeriod(dayOf(end), { months: 3 }, russia).day)).toBe(expected);
  });

  it('takes the last day of the month only when the wording says so', () => {
    expect(dateOf(subtractPeriod(dayOf('2026-11-30'), { months: 3 }, russia, true).day)).toBe('2026-08-31');
    expect(dateOf(addPeriod(dayOf('2026-02-28'), { months: 1 }, russia).day)).toBe('2026-03-28');
  });

  it.each([
    ['2024-01-31', { months: 1 }, ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']],
    ['2024-02-29', { years: 1 }, ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
  ])('does not drift from %s by %o', (start, term, ends) => {
    const same = datesOf({ start, end: 'same-day', term, renewal: 'tacit', today: start });
    expect([same.term.end, ...same.nextTerms.slice(0, 3).map((next) => next.end)]).toEqual(ends);
    const before = datesOf({ start, end: 'day-before', term, renewal: 'tacit', today: start });
    expect(before.nextTerms.slice(0, 4).map((next) => next.start)).toEqual(ends);
  });

  it('does not undo a clamped month by subtracting it', () => {
    const plus = addPeriod(dayOf('2026-01-31'), { months: 1 }, russia);
    expect(plus).toMatchObject({ clamped: true, day: dayOf('2026-02-28') });
    expect(dateOf(subtractPeriod(plus.day, { months: 1 }, russia).day)).toBe('2026-01-28');
  });

  it('reads Excel serials of both systems and asks about the day that never was', () => {
    expect(fromExcelSerial(45_658, 1900)).toBe('2025-01-01');
    expect(fromExcelSerial(44_196, 1904)).toBe('2025-01-01');
    expect(fromExcelSerial(60, 1900)).toBeNull();
  });

  it('counts Russian days by their plural forms', () => {
    const { period } = createExplainer('ru');
    expect([1, 2, 5, 11, 21, 22, 111].map((days) => period({ days }))).toEqual([
      '1 день',
      '2 дня',
      '5 дней',
      '11 дней',
      '21 день',
      '22 дня',
      '111 дней',
    ]);
    expect(period({ days: 1.5 })).toBe('1,5 дня');
  });
});
