import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  bothOpen,
  countWorkingDays,
  createCalendar,
  packProblem,
  rollBack,
  rollForward,
  weekendCalendar,
} from '../../../shared/contract-dates/calendar.ts';
import { calendarNamed } from '../../../shared/contract-dates/calendars.ts';
import { dateOf, dayOf, weekdayOf } from '../../../shared/contract-dates/civil.ts';
import { contractDates } from '../../../shared/contract-dates/compute.ts';
import { changesBetween } from '../../../shared/contract-dates/changes.ts';
import { isRussianHoliday, russianPacks } from '../../../shared/contract-dates/packs/ru.ts';
import { addPeriod } from '../../../shared/contract-dates/period.ts';
import { forwardDeadline, namedPeriod } from '../../../shared/contract-dates/profile.ts';
import { datesOf, problemOf, termsOf } from './support.ts';

const russia = calendarNamed('RU') ?? weekendCalendar;

/** Transfers of days off as the decrees word them: from a day off to a working day. */
const DECREES: Record<number, readonly (readonly [string, string])[]> = {
  2020: [
    ['01-04', '05-04'],
    ['01-05', '05-05'],
  ],
  2021: [
    ['01-02', '11-05'],
    ['01-03', '12-31'],
    ['02-20', '02-22'],
  ],
  2022: [
    ['01-01', '05-03'],
    ['01-02', '05-10'],
    ['03-05', '03-07'],
  ],
  2023: [
    ['01-01', '02-24'],
    ['01-08', '05-08'],
  ],
  2024: [
    ['01-06', '05-10'],
    ['01-07', '12-31'],
    ['04-27', '04-29'],
    ['11-02', '04-30'],
    ['12-28', '12-30'],
  ],
  2025: [
    ['01-04', '05-02'],
    ['01-05', '12-31'],
    ['02-23', '05-08'],
    ['03-08', '06-13'],
    ['11-01', '11-03'],
  ],
  2026: [
    ['01-03', '01-09'],
    ['01-04', '12-31'],
  ],
};
/** Working days of the year, five-day week, as published with each production calendar. */
const WORKING_DAYS: Record<number, number> = {
  2020: 248 - 2,
  2021: 247,
  2022: 247,
  2023: 247,
  2024: 248,
  2025: 247,
  2026: 247,
};

/** Article 112: a holiday on a day off gives the next working day off, unless a decree moved that day off itself; January's are moved by decree alone. */
function daysOffByLaw(year: number): Set<string> {
  const transfers = (DECREES[year] ?? []).map(([from, to]) => [`${year}-${from}`, `${year}-${to}`] as const);
  const moved = new Map<string, string>(transfers);
  const off = new Set<string>(transfers.map(([, to]) => to));
  const first = dayOf(`${year}-01-01`);
  const last = dayOf(`${year}-12-31`);
  for (let day = first; day <= last; day += 1) if (isRussianHoliday(day)) off.add(dateOf(day));
  for (let day = first; day <= last; day += 1) {
    const date = dateOf(day);
    if (!isRussianHoliday(day) || weekdayOf(day) < 6 || date.slice(5, 7) === '01' || moved.has(date)) continue;
    let next = day + 1;
    while (weekdayOf(next) >= 6 || off.has(dateOf(next))) next += 1;
    off.add(dateOf(next));
  }
  return off;
}

describe('Russian calendar packs', () => {
  it.each(russianPacks.map((pack) => [pack.year, pack] as const))(
    'agree for %i with the Labour Code and the transfers of the decree',
    (year, pack) => {
      const off = daysOffByLaw(year);
      if (year === 2020) for (const date of ['2020-06-24', '2020-07-01']) off.add(date);
      expect(pack.nonWorking.toSorted()).toEqual([...off].filter((date) => weekdayOf(dayOf(date)) < 6).toSorted());
      const worked = (DECREES[year] ?? [])
        .map(([from]) => `${year}-${from}`)
        .filter((date) => weekdayOf(dayOf(date)) >= 6 && !isRussianHoliday(dayOf(date)));
      expect(pack.working.toSorted()).toEqual(worked.toSorted());
    },
  );

  it.each(russianPacks.map((pack) => [pack.year, pack] as const))(
    'give the published number of working days in %i',
    (year, pack) => {
      expect(countWorkingDays(russia, dayOf(`${year}-01-01`), dayOf(`${year}-12-31`))).toBe(WORKING_DAYS[year]);
      expect(packProblem(pack)).toBeUndefined();
      for (const date of pack.shortened) expect(russia.isWorking(dayOf(date))).toBe(true);
    },
  );

  it('know working Saturdays', () => {
    expect(russia.isWorking(dayOf('2024-11-02'))).toBe(true);
    expect(dateOf(rollBack(russia, dayOf('2024-11-04')).day)).toBe('2024-11-02');
    expect(dateOf(rollForward(russia, dayOf('2024-12-29')).day)).toBe('2025-01-09');
  });

  it('say which year has no pack instead of guessing', () => {
    expect(rollBack(russia, dayOf('2031-04-12')).missing).toEqual(['RU 2031']);
    expect(addWorkingDays(russia, dayOf('2026-12-29'), 5).missing).toEqual(['RU 2027']);
    expect(rollBack(russia, dayOf('2026-04-12')).missing).toEqual([]);
  });
});

describe('working-day arithmetic', () => {
  it('does not count the day it starts from', () => {
    expect(dateOf(addWorkingDays(russia, dayOf('2026-02-20'), 1).day)).toBe('2026-02-24');
    expect(dateOf(addWorkingDays(russia, dayOf('2026-02-24'), -1).day)).toBe('2026-02-20');
    expect(addWorkingDays(russia, dayOf('2026-02-22'), 0).day).toBe(dayOf('2026-02-22'));
  });

  it('adds months before days before working days', () => {
    expect(dateOf(addPeriod(dayOf('2026-01-31'), { months: 1, days: 1, workingDays: 1 }, weekendCalendar).day)).toBe(
      '2026-03-02',
    );
  });

  it('lets both parties be at work when their calendars differ', () => {
    const theirs = createCalendar('XX', [
      { country: 'XX', year: 2026, nonWorking: ['2026-06-26'], working: [], shortened: [], source: 'test' },
    ]);
    const both = bothOpen(russia, theirs);
    expect(dateOf(rollBack(both, dayOf('2026-06-28')).day)).toBe('2026-06-25');
    expect(rollBack(both, dayOf('2027-06-28')).missing).toEqual(['RU 2027, XX 2027']);
  });

  it('takes the other party’s calendar from packs given with the terms', () => {
    const packs = [
      { country: 'XX', year: 2026, nonWorking: ['2026-06-26'], working: [], shortened: [], source: 'own' },
    ];
    const terms = {
      start: '2024-08-29',
      term: { months: 12 },
      renewal: 'tacit',
      notice: { months: 2 },
      calendar: 'RU',
      counterpartyCalendar: 'XX',
      packs,
    };
    expect(datesOf(terms).term.notice?.safe).toBe('2026-06-25');
    expect(datesOf({ ...terms, openRule: 'ours' }).term.notice?.safe).toBe('2026-06-26');
    expect(problemOf({ ...terms, packs: [] })).toMatchObject({
      field: 'counterpartyCalendar',
      code: 'unknownCalendar',
    });
  });

  it('are refused by name when nobody works in one of their years, alone or together', () => {
    const year = (country: string, number: number, free: (weekday: number) => boolean) => {
      const days = Array.from({ length: 365 }, (_, i) => dayOf(`${number}-01-01`) + i);
      const nonWorking = days.filter((day) => weekdayOf(day) < 6 && free(weekdayOf(day))).map(dateOf);
      const working = days.filter((day) => weekdayOf(day) >= 6 && !free(weekdayOf(day))).map(dateOf);
      return { country, year: number, nonWorking, working, shortened: [], source: 'own' };
    };
    const terms = { start: '2026-01-15', term: { months: 12 }, renewal: 'tacit', notice: { months: 2 } };
    const closed = [2025, 2026, 2027].map((number) => year('XX', number, () => true));
    expect(problemOf({ ...terms, calendar: 'XX', packs: closed })).toMatchObject({
      field: 'packs[0].nonWorking',
      code: 'packWrong',
    });
    const kept = contractDates({ ...termsOf({ ...terms, calendar: 'none' }), calendar: 'XX', packs: closed });
    expect(!kept.ok && kept.error).toMatchObject({
      field: 'calendar',
      code: 'calendarClosed',
      params: { name: 'XX', year: 2025 },
    });
    // Each is at work, but never on the same day.
    const weekends = [2025, 2026, 2027].map((number) => year('YY', number, (weekday) => weekday < 6));
    const apart = { ...terms, calendar: 'RU', counterpartyCalendar: 'YY', packs: weekends };
    expect(problemOf(apart)).toMatchObject({ field: 'counterpartyCalendar', code: 'calendarClosed' });
    expect(datesOf({ ...apart, openRule: 'theirs' }).term.notice).toMatchObject({
      legal: '2026-11-14',
      safe: '2026-11-14',
    });
    expect(datesOf({ ...apart, openRule: 'ours' }).term.notice?.safe).toBe('2026-11-13');
  });

  it('lets a corrected pack win over the bundled year', () => {
    const packs = [
      {
        country: 'RU',
        year: 2026,
        nonWorking: ['2026-06-26'],
        working: ['2026-06-27'],
        shortened: [],
        source: 'correction',
      },
    ];
    expect(
      datesOf({
        start: '2024-08-29',
        term: { months: 12 },
        renewal: 'tacit',
        notice: { months: 2 },
        calendar: 'RU',
        packs,
      }).term.notice?.safe,
    ).toBe('2026-06-27');
  });

  it('tells what changed when a missing year arrives', () => {
    const terms = {
      start: '2020-01-01',
      end: '2027-01-31',
      renewal: 'tacit',
      renewalTerm: { months: 12 },
      notice: { days: 23 },
      calendar: 'RU',
    };
    // An invented year, only to see the answer change.
    const pack = {
      country: 'RU',
      year: 2027,
      nonWorking: ['2027-01-08'],
      working: ['2027-01-02'],
      shortened: [],
      source: 'example',
    };
    const before = datesOf(terms);
    const after = datesOf({ ...terms, packs: [pack] });
    expect(before.term.notice).toMatchObject({ legal: '2027-01-08', safe: '2026-12-30', provisional: true });
    expect(changesBetween(before, after)).toEqual([
      { field: 'notice.safe', before: '2026-12-30', after: '2027-01-07' },
      { field: 'notice.sendBy', before: '2026-12-30', after: '2027-01-07' },
      { field: 'notice.provisional', before: true, after: false },
    ]);
    expect(changesBetween(after, after)).toEqual([]);
  });

  it('finds what is wrong with an edited pack', () => {
    const pack = { country: 'XX', year: 2026, nonWorking: ['2026-06-26'], working: [], shortened: [], source: 'own' };
    expect(packProblem({ ...pack, nonWorking: ['2026-06-27'] })).toEqual({
      field: 'nonWorking[0]',
      code: 'wrongWeekday',
    });
    expect(packProblem({ ...pack, working: ['2025-06-28'] })).toEqual({ field: 'working[0]', code: 'wrongYear' });
    expect(packProblem({ ...pack, year: '2026' })).toEqual({ field: 'year', code: 'notAYear' });
    expect(packProblem({ ...pack, source: '' })).toEqual({ field: 'source', code: 'notText' });
    expect(packProblem([])).toEqual({ field: '', code: 'notAnObject' });
  });
});

describe('rule profiles', () => {
  const after = (profile: 'rf' | 'eu' | 'plain', event: string, days: number) =>
    forwardDeadline(profile, dayOf(event), { days }, russia);

  it('move a forward period to the next working day under the Civil Code and 1182/71 only', () => {
    expect(dateOf(after('rf', '2026-04-30', 10).day)).toBe('2026-05-12');
    expect(dateOf(after('eu', '2026-04-30', 10).day)).toBe('2026-05-12');
    expect(dateOf(after('plain', '2026-04-30', 10).day)).toBe('2026-05-10');
    expect(dateOf(after('rf', '2026-04-30', 10).nominal)).toBe('2026-05-10');
  });

  it('count working days from the first day where it counts, and hold just as many', () => {
    const end = (start: string, reading: string): string | null =>
      datesOf({ start, term: { workingDays: 5 }, end: reading, renewal: 'tacit', calendar: 'none', today: start }).term
        .end;
    // Monday to Friday; a Saturday is no working day, so its five end on the Friday after.
    expect([end('2026-02-02', 'day-before'), end('2026-02-07', 'day-before')]).toEqual(['2026-02-06', '2026-02-13']);
    expect([end('2026-02-02', 'same-day'), end('2026-02-07', 'same-day')]).toEqual(['2026-02-09', '2026-02-13']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 60 }), (later, workingDays) => {
        const start = dateOf(dayOf('2020-01-01') + later);
        const given = {
          start,
          term: { workingDays },
          end: 'day-before',
          renewal: 'tacit',
          calendar: 'RU',
          today: start,
        };
        const { term, nextTerms, because } = datesOf(given);
        for (const { start: first, end: last } of [term, ...nextTerms]) {
          expect(countWorkingDays(russia, dayOf(first), dayOf(last ?? first))).toBe(workingDays);
          expect(russia.isWorking(dayOf(last ?? first))).toBe(true);
        }
        // The other reading is the one that the engine itself would give.
        const other = because.find(({ key }) => key === 'otherSameDay')?.params['end'];
        expect(other).toBe(datesOf({ ...given, end: 'same-day' }).term.end);
      }),
      { numRuns: 200 },
    );
  });

  it('give a European period of two days or more at least two working days', () => {
    expect(dateOf(forwardDeadline('eu', dayOf('2026-03-13'), { days: 2 }, weekendCalendar).day)).toBe('2026-03-17');
    expect(dateOf(forwardDeadline('rf', dayOf('2026-03-13'), { days: 2 }, weekendCalendar).day)).toBe('2026-03-16');
    expect(dateOf(forwardDeadline('eu', dayOf('2026-03-13'), { days: 1 }, weekendCalendar).day)).toBe('2026-03-16');
  });

  it('give a European term of two days or more at least two working days', () => {
    // Friday 20 February: Saturday, Sunday and Monday are its three days, only one of them a working day.
    const short = { start: '2026-02-20', term: { days: 3 }, profile: 'eu', today: '2026-02-20' };
    expect(datesOf(short).finalEnd).toBe('2026-02-24');
    expect(datesOf({ ...short, end: 'day-before' }).finalEnd).toBe('2026-02-23');
    expect(datesOf({ ...short, profile: 'rf', calendar: 'none' }).finalEnd).toBe('2026-02-23');
  });

  it('move the last day of a term that nothing carries on, and never the notice', () => {
    const terms = {
      start: '2025-02-01',
      term: { months: 12 },
      notice: { days: 30 },
      profile: 'rf',
      today: '2025-06-01',
    };
    expect(datesOf(terms)).toMatchObject({
      finalEnd: '2026-02-02',
      term: { end: '2026-02-02', notice: { legal: '2026-01-02' } },
    });
    expect(datesOf({ ...terms, renewal: 'tacit' }).term).toMatchObject({
      end: '2026-02-01',
      notice: { legal: '2026-01-02', safe: '2025-12-30' },
    });
    expect(datesOf({ ...terms, end: '2026-02-01' }).term.end).toBe('2026-02-01');
    expect(datesOf({ ...terms, profile: 'plain', end: 'same-day' }).term.end).toBe('2026-02-01');
  });

  it('ask for the reading when the contract alone decides', () => {
    expect(problemOf({ start: '2026-01-15', term: { months: 12 }, profile: 'contract' })).toMatchObject({
      field: 'end',
      code: 'readingMissing',
    });
    expect(
      datesOf({ start: '2026-01-15', term: { months: 12 }, profile: 'contract', end: 'day-before' }).term.end,
    ).toBe('2027-01-14');
  });

  it('know half a month only from the Civil Code', () => {
    expect(namedPeriod('halfMonth', 'rf')).toEqual({ days: 15 });
    expect(namedPeriod('halfMonth', 'eu')).toBeUndefined();
    expect(namedPeriod('quarter', 'plain')).toEqual({ months: 3 });
  });
});
