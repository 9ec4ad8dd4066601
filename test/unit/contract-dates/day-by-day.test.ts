import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarPack } from '../../../shared/contract-dates/calendar.ts';
import { contractDates } from '../../../shared/contract-dates/compute.ts';
import { russianPacks } from '../../../shared/contract-dates/packs/ru.ts';
import { readTerms } from '../../../shared/contract-dates/read-terms.ts';
import { dateBetween, entangledTerms, anyTerms, period } from './arbitraries.ts';
import { answer, type Day, days, type Open, type PlainTerms, text, weekday } from './oracle/day-by-day.ts';

/** Every year's deviations from Saturday and Sunday, found by asking of each day. */
function packsOf(
  country: string,
  [first, last]: readonly [number, number],
  free: (day: Day) => boolean,
): CalendarPack[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const nonWorking: string[] = [];
    const working: string[] = [];
    for (let day: Day = [year, 1, 1]; day[0] === year; day = days(day, 1)) {
      const weekend = weekday(day) === 0 || weekday(day) === 6;
      if (free(day) !== weekend) (weekend ? working : nonWorking).push(text(day));
    }
    return { country, year, nonWorking, working, shortened: [], source: 'test' };
  });
}

const weekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;
/** A week that rests on Friday and Saturday, and a long holiday in every spring. */
const gulfFree = (day: Day): boolean =>
  weekday(day) === 5 || weekday(day) === 6 || (day[1] === 3 && day[2] >= 20 && day[2] <= 30);
const GULF: readonly [number, number] = [2016, 2040];
const gulfPacks = packsOf('GULF', GULF, gulfFree);

const russianOff = new Set(russianPacks.flatMap(({ nonWorking }) => nonWorking));
const russianOn = new Set(russianPacks.flatMap(({ working }) => working));
/** Article 112 of the Labour Code, by hand. */
const HOLIDAY = /-(01-0[1-8]|02-23|03-08|05-01|05-09|06-12|11-04)$/;
const CALENDARS: Readonly<Record<string, Open>> = {
  none: (day) => !weekend(day),
  GULF: (day) => (day[0] >= GULF[0] && day[0] <= GULF[1] ? !gulfFree(day) : !weekend(day)),
  RU: (day) => {
    if (day[0] < 2020 || day[0] > 2026) return !weekend(day) && !HOLIDAY.test(text(day));
    return weekend(day) ? russianOn.has(text(day)) : !russianOff.has(text(day));
  },
};

const long = period({ years: 4, months: 48, weeks: 60, days: 500, workingDays: 260 });
const short = period({ years: 1, months: 6, weeks: 9, days: 100, workingDays: 40 });
const plainTerms = fc.record(
  {
    start: fc.oneof(
      { weight: 3, arbitrary: dateBetween(2019, 2026) },
      { weight: 1, arbitrary: dateBetween(2095, 2101) },
    ),
    end: fc.constantFrom('day-before', 'same-day'),
    term: long,
    renewal: fc.constantFrom('tacit', 'none'),
    renewalTerm: long,
    maxRenewals: fc.option(fc.integer({ min: 0, max: 5 })),
    notice: short,
    noticeToMonthEnd: fc.boolean(),
    termToMonthEnd: fc.boolean(),
    noticeCounts: fc.constantFrom('received', 'sent'),
    deliveryDays: fc.integer({ min: 0, max: 12 }),
    approvalDays: fc.integer({ min: 0, max: 6 }),
    profile: fc.constantFrom('plain', 'rf', 'eu'),
    calendar: fc.constantFrom('none', 'RU', 'GULF'),
    today: dateBetween(2019, 2034),
  },
  {
    requiredKeys: [
      'start',
      'term',
      'renewal',
      'noticeCounts',
      'deliveryDays',
      'approvalDays',
      'profile',
      'calendar',
      'today',
    ],
  },
);

describe('an engine that counts day by day', () => {
  it('agrees on terms, renewals and notices in every profile and in weeks with other weekends', () => {
    let compared = 0;
    fc.assert(
      fc.property(plainTerms, ({ calendar, noticeToMonthEnd, ...rest }) => {
        const monthly = rest.notice && ('months' in rest.notice || 'years' in rest.notice);
        const given = { ...rest, ...(monthly && noticeToMonthEnd ? { noticeToMonthEnd } : {}) } as PlainTerms;
        const terms = readTerms({ ...given, calendar, nextCount: 3 }, given.today);
        if (!terms.ok) throw new Error(`${terms.error.field}: ${terms.error.code}`);
        const dates = contractDates({ ...terms.value, packs: gulfPacks });
        if (!dates.ok) {
          expect(dates.error.code).toBe('noticeLongerThanTerm');
          return;
        }
        compared += 1;
        const ours = [dates.value.term, ...dates.value.nextTerms].map(
          ({ start, end, notice }) =>
            `${start} ${end}${notice ? ` ${notice.legal} ${notice.safe} ${notice.sendBy}` : ''}`,
        );
        expect(ours).toEqual(answer(given, CALENDARS[calendar] as Open, 4));
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

describe('years without a calendar', () => {
  const unknown: readonly [number, number][] = [
    [2005, 2019],
    [2027, 2075],
  ];
  /** Two calendars that contradict each other as much as they can. */
  const invented = [3, 4].map((odd) =>
    unknown.flatMap((years) => packsOf('RU', years, ([, month, day]) => (month * 7 + day) % odd !== 1)),
  );

  it('change no date that is not called provisional, and are named where they matter, whatever is learned later', () => {
    let firm = 0;
    fc.assert(
      fc.property(fc.oneof(anyTerms, entangledTerms), fc.constantFrom(...invented), (given, packs) => {
        const terms = readTerms({ ...given, calendar: 'RU', nextCount: 3 }, given.today);
        if (!terms.ok) return;
        const before = contractDates(terms.value);
        const after = contractDates({ ...terms.value, packs });
        if (!before.ok || !after.ok || before.value.provisional) return;
        firm += 1;
        const fixed = ({ value }: typeof before) => [
          value.term.start,
          value.term.end,
          value.term.index,
          value.finalEnd,
        ];
        expect(fixed(after)).toEqual(fixed(before));
        const notice = before.value.term.notice;
        if (notice && !notice.provisional) {
          const { legal, safe, sendBy } = notice;
          expect(after.value.term.notice).toMatchObject({ legal, safe, sendBy });
        }
        if (before.value.missing.length === 0) {
          expect(after.value.earliestExit).toBe(before.value.earliestExit);
          expect(after.value.coolingOffUntil).toBe(before.value.coolingOffUntil);
        }
      }),
      { numRuns: 3000 },
    );
    expect(firm).toBeGreaterThan(500);
  });
});

describe('what is listed as next', () => {
  it('is what is shown when its day has come and nobody has decided anything', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyTerms, (given) => {
        const look = (today: string) => {
          const terms = readTerms({ ...given, renewal: 'tacit', suspensions: [], today, nextCount: 3 }, today);
          return terms.ok ? contractDates(terms.value) : terms;
        };
        const now = look(given.start);
        if (!now.ok) return;
        for (const next of now.value.nextTerms) {
          const then = look(next.start);
          if (!then.ok) return;
          seen += 1;
          expect(then.value.term).toEqual(next);
        }
      }),
      { numRuns: 1500 },
    );
    expect(seen).toBeGreaterThan(500);
  });
});
