/** Contracts without an end that let go only at certain points: of the calendar, or of their own months and years. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOf, dateOf, type DayNumber, dayOf, monthLength } from '../../../shared/contract-dates/civil.ts';
import { exitAfter, latestFor } from '../../../shared/contract-dates/exit.ts';
import { calendarNamed } from '../../../shared/contract-dates/calendars.ts';
import { readingOf } from '../../../shared/contract-dates/profile.ts';
import { EXIT_POINTS, type ExitPoint, type Terms } from '../../../shared/contract-dates/terms.ts';
import { datesOf, keysOf, problemOf, sentences, termsOf } from './support.ts';

const open = { start: '2025-01-15', renewal: 'evergreen', notice: { months: 3 } };
const exits = (given: object, days: readonly string[]): (string | null)[] =>
  days.map((today) => datesOf({ ...open, ...given, today }).earliestExit);

describe('an exit at certain points', () => {
  it('is the first one on or after the day on which the notice has run out', () => {
    expect(exits({ exitAt: 'month' }, ['2026-01-31', '2026-02-01', '2026-11-30'])).toEqual([
      '2026-04-30',
      '2026-05-31',
      '2027-02-28',
    ]);
    expect(exits({ exitAt: 'quarter' }, ['2026-03-31', '2026-04-01', '2026-10-01'])).toEqual([
      '2026-06-30',
      '2026-09-30',
      '2027-03-31',
    ]);
    expect(exits({ exitAt: 'year' }, ['2026-09-30', '2026-10-01'])).toEqual(['2026-12-31', '2027-12-31']);
    const monthly = { exitAt: 'contractMonth', notice: { months: 1 } };
    expect(exits(monthly, ['2025-01-15', '2026-02-14', '2026-02-15'])).toEqual([
      '2025-03-14',
      '2026-03-14',
      '2026-04-14',
    ]);
    expect(exits({ exitAt: 'contractYear' }, ['2025-02-01', '2025-10-14', '2025-10-15'])).toEqual([
      '2026-01-14',
      '2026-01-14',
      '2027-01-14',
    ]);
  });

  it('counts months of the contract from its start, so that a short one shortens no other', () => {
    const given = { start: '2025-01-31', end: 'same-day', exitAt: 'contractMonth', notice: { days: 10 } };
    expect(exits(given, ['2026-02-01', '2026-03-01', '2026-04-01'])).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
  });

  it('is never before the minimum term, and then the notice belongs to that', () => {
    const dates = datesOf({ ...open, term: { months: 12 }, exitAt: 'quarter', today: '2025-03-01' });
    expect(dates).toMatchObject({ earliestExit: '2026-01-14', term: { notice: { legal: '2025-10-14' } } });
    expect(keysOf(dates)).not.toContain('exitLatest');
    expect(datesOf({ ...open, term: { months: 12 }, exitAt: 'quarter', today: '2025-11-01' }).earliestExit).toBe(
      '2026-03-31',
    );
  });

  it('holds for a decision, and says on which day the notice ran out and until when it would have been in time', () => {
    const decisions = [{ date: '2026-04-01', kind: 'terminate', author: 'A', reason: 'R' }];
    const decided = datesOf({ ...open, exitAt: 'quarter', decisions, today: '2026-05-01' });
    expect(decided).toMatchObject({ state: 'terminating', finalEnd: '2026-09-30', earliestExit: null });
    expect(sentences(decided, 'en')).toEqual(
      expect.arrayContaining([
        'The notice (3 months) runs out on 2026-07-01.',
        'The contract lets go only at the end of a quarter: the last day is 2026-09-30.',
      ]),
    );
    const undecided = datesOf({ ...open, exitAt: 'quarter', today: '2026-04-01', clauses: { exitAt: 'cl. 9' } });
    expect(sentences(undecided, 'ru')).toEqual(
      expect.arrayContaining([
        'Договор отпускает только в конце квартала: последний день — 30.09.2026. Основание: cl. 9.',
        'С последним днём 30.09.2026 уведомить можно не позднее 30.06.2026.',
      ]),
    );
  });

  it('bounds a notice for convenience within a term, which may end before', () => {
    const fixed = { start: '2025-01-15', term: { months: 24 }, convenienceNotice: { days: 30 }, exitAt: 'month' };
    expect(datesOf({ ...fixed, today: '2026-03-10' }).earliestExit).toBe('2026-04-30');
    const decisions = [{ date: '2026-12-20', kind: 'terminateEarly' }];
    expect(datesOf({ ...fixed, decisions, today: '2026-12-21' }).finalEnd).toBe('2027-01-14');
  });

  it('is what “to the last day of the month” means where no term ends', () => {
    expect(exits({ noticeToMonthEnd: true }, ['2026-01-10'])).toEqual(['2026-04-30']);
  });

  it('is refused by name when it is no such point', () => {
    expect(problemOf({ ...open, exitAt: 'week' })).toMatchObject({ field: 'exitAt', code: 'notOneOf' });
  });
});

/** By the look of the day alone, without counting from anywhere. */
function isPoint(day: DayNumber, point: ExitPoint, terms: Terms): boolean {
  const [own, after] = [civilOf(day), civilOf(day + 1)];
  const first = civilOf(dayOf(terms.start));
  const sameDay = readingOf(terms) === 'same-day';
  const at = sameDay ? own : after;
  const anniversary =
    day > dayOf(terms.start) - (sameDay ? 0 : 1) && at.day === Math.min(first.day, monthLength(at.year, at.month));
  switch (point) {
    case 'month':
      return after.day === 1;
    case 'quarter':
      return after.day === 1 && [1, 4, 7, 10].includes(after.month);
    case 'year':
      return after.day === 1 && after.month === 1;
    case 'contractMonth':
      return anniversary;
    default:
      return anniversary && at.month === first.month;
  }
}

describe('laws of exits', () => {
  const days = fc.integer({ min: dayOf('2020-01-01'), max: dayOf('2026-06-30') });
  const given = fc.record({
    start: days.map(dateOf),
    exitAt: fc.constantFrom(...EXIT_POINTS),
    notice: fc.oneof(
      fc.record({ days: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ months: fc.integer({ min: 1, max: 14 }) }),
      fc.record({ workingDays: fc.integer({ min: 1, max: 60 }) }),
    ),
    profile: fc.constantFrom('plain', 'rf', 'eu'),
    end: fc.constantFrom('day-before', 'same-day'),
    after: fc.integer({ min: 0, max: 900 }),
  });

  it('the first point after the notice, found by looking at one day after the other', () => {
    fc.assert(
      fc.property(given, ({ after, ...wording }) => {
        const terms = termsOf({ ...wording, renewal: 'evergreen' });
        const calendar = calendarNamed(terms.calendar, [])!;
        const from = dayOf(terms.start) + after;
        const exit = exitAfter(from, terms, calendar);
        const { exitAt: _any, ...free } = terms;
        let day = exitAfter(from, free, calendar).final;
        expect(exit.ran).toBe(day);
        while (!isPoint(day, wording.exitAt, terms)) day += 1;
        expect(dateOf(exit.final)).toBe(dateOf(day));
      }),
      { numRuns: 3000 },
    );
  });

  it('the latest notice for an exit leads to it, and one a day later to a later one', () => {
    fc.assert(
      fc.property(given, ({ after, ...wording }) => {
        const terms = termsOf({ ...wording, renewal: 'evergreen' });
        const calendar = calendarNamed(terms.calendar, [])!;
        const from = dayOf(terms.start) + after;
        const { final } = exitAfter(from, terms, calendar);
        const latest = latestFor(from, terms, calendar);
        expect(latest).toBeGreaterThanOrEqual(from);
        expect(exitAfter(latest, terms, calendar).final).toBe(final);
        expect(exitAfter(latest + 1, terms, calendar).final).toBeGreaterThan(final);
      }),
      { numRuns: 3000 },
    );
  });
});
