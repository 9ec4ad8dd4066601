import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromExcelSerial, toExcelSerial } from '../../../shared/dates/excel-serial.ts';
import { formatPartialDate, formatPlainDate } from '../../../shared/dates/format-date.ts';
import {
  addDays,
  addMonthsClamped,
  comparePlainDates,
  daysInMonth,
  diffDays,
  fromDayNumber,
  isPlainDate,
  isPlainDateTime,
  parsePlainDate,
  plainDate,
  toDayNumber,
  today,
  wallTime,
  weekday,
} from '../../../shared/dates/plain-date.ts';

const FIRST = toDayNumber('0001-01-01');
const LAST = toDayNumber('9999-12-31');
const dayNumber = fc.integer({ min: FIRST, max: LAST });

describe('plain dates', () => {
  it('count days as the platform does in UTC, over the whole calendar', () => {
    fc.assert(
      fc.property(dayNumber, (days) => {
        const date = fromDayNumber(days);
        const platform = new Date(days * 86_400_000);
        expect(date).toBe(
          `${String(platform.getUTCFullYear()).padStart(4, '0')}-${String(platform.getUTCMonth() + 1).padStart(2, '0')}-${String(platform.getUTCDate()).padStart(2, '0')}`,
        );
        expect(toDayNumber(date)).toBe(days);
        expect(weekday(date)).toBe(platform.getUTCDay() || 7);
      }),
      { numRuns: 3000 },
    );
  });

  it('are the days that exist and nothing else', () => {
    for (const good of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isPlainDate(good)).toBe(true);
    for (const bad of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '2024-1-1',
      '24-01-01',
      '0000-01-01',
      '2024-01-01T00:00',
      ' 2024-01-01',
      '',
      null,
      5,
    ])
      expect(isPlainDate(bad)).toBe(false);
    expect(parsePlainDate('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
    expect([plainDate(2024, 2, 29), plainDate(2023, 2, 29), plainDate(2024, 1.5, 1)]).toEqual([
      '2024-02-29',
      null,
      null,
    ]);
    expect([
      isPlainDateTime('2024-02-29T23:59'),
      isPlainDateTime('2024-02-29T24:00'),
      isPlainDateTime('2023-02-29T10:00'),
      isPlainDateTime('2024-02-29'),
    ]).toEqual([true, false, false, false]);
  });

  it('move by days and back', () => {
    fc.assert(
      fc.property(dayNumber, fc.integer({ min: -100_000, max: 100_000 }), (from, days) => {
        fc.pre(from + days >= FIRST && from + days <= LAST);
        const date = fromDayNumber(from);
        expect(diffDays(date, addDays(date, days))).toBe(days);
        expect(comparePlainDates(date, addDays(date, days))).toBe(-Math.sign(days) + 0);
      }),
      { numRuns: 1000 },
    );
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => toDayNumber('2023-02-29')).toThrow(RangeError);
  });

  it('move by months from the anchor, to the last day when the month is shorter', () => {
    expect([1, 2, 3, 13, -2].map((months) => addMonthsClamped('2024-01-31', months))).toEqual([
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2025-02-28',
      '2023-11-30',
    ]);
    fc.assert(
      fc.property(dayNumber, fc.integer({ min: -600, max: 600 }), (from, months) => {
        const anchor = fromDayNumber(from);
        const { year, month, day } = parsePlainDate(anchor) as { year: number; month: number; day: number };
        const index = year * 12 + month - 1 + months;
        fc.pre(index >= 12 && index < 120_000);
        const moved = parsePlainDate(addMonthsClamped(anchor, months)) as { year: number; month: number; day: number };
        expect(moved.year * 12 + moved.month - 1).toBe(index);
        expect(moved.day).toBe(Math.min(day, daysInMonth(moved.year, moved.month)));
      }),
      { numRuns: 1000 },
    );
  });

  it('are taken from an instant at a place', () => {
    const instant = 1_767_225_540_000; // 2025-12-31T23:59:00Z
    expect(today('UTC', instant)).toBe('2025-12-31');
    expect(today('Asia/Vladivostok', instant)).toBe('2026-01-01');
    expect(wallTime('America/New_York', instant)).toBe('2025-12-31T18:59');
    expect(wallTime('Asia/Kathmandu', instant)).toBe('2026-01-01T05:44');
    expect(() => today('Mars/Base', instant)).toThrow(RangeError);
  });
});

describe('Excel serials', () => {
  it('know the day that never was', () => {
    expect([1, 59, 60, 61, 45_000, 2_958_465].map((serial) => fromExcelSerial(serial))).toEqual([
      '1900-01-01',
      '1900-02-28',
      null,
      '1900-03-01',
      '2023-03-15',
      '9999-12-31',
    ]);
    expect([0, 1462, -1].map((serial) => fromExcelSerial(serial, 1904))).toEqual(['1904-01-01', '1908-01-02', null]);
    for (const bad of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 2_958_466]) expect(fromExcelSerial(bad)).toBeNull();
    expect(fromExcelSerial(45_000.75)).toBe('2023-03-15');
    expect(toExcelSerial('1899-12-31')).toBeNull();
  });

  it('come back in both systems', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_957_003 }),
        fc.constantFrom(1900 as const, 1904 as const),
        (serial, epoch) => {
          const date = fromExcelSerial(serial, epoch);
          fc.pre(date !== null);
          expect(toExcelSerial(date, epoch)).toBe(serial);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('dates in words', () => {
  it('follow the language', () => {
    expect(
      (['short', 'long', 'day', 'weekday'] as const).map((style) => formatPlainDate('2026-05-31', 'ru', style)),
    ).toEqual(['31.05.2026', '31\u00a0мая\u00a02026\u00a0г.', '31\u00a0мая', 'воскресенье,\u00a031\u00a0мая']);
    expect(
      (['short', 'long', 'day', 'weekday'] as const).map((style) => formatPlainDate('2026-05-31', 'en', style)),
    ).toEqual(['31\u00a0May\u00a02026', '31\u00a0May\u00a02026', '31\u00a0May', 'Sunday\u00a031\u00a0May']);
    expect(formatPlainDate('soon', 'ru')).toBe('soon');
  });

  it('take partial dates', () => {
    expect(
      ['--05-31', '2026-05', '2026', '2026-05-31', '--02-29', 'весной'].map((date) => formatPartialDate(date, 'ru')),
    ).toEqual([
      '31\u00a0мая',
      'май\u00a02026\u00a0г.',
      '2026\u00a0г.',
      '31\u00a0мая\u00a02026\u00a0г.',
      '29\u00a0февраля',
      'весной',
    ]);
    expect(['--05-31', '2026-05', '2026'].map((date) => formatPartialDate(date, 'en'))).toEqual([
      '31\u00a0May',
      'May\u00a02026',
      '2026',
    ]);
  });
});

describe('every time zone', () => {
  it('gives the same results', () => {
    const url = (name: string): string =>
      JSON.stringify(new URL(`../../../shared/dates/${name}`, import.meta.url).href);
    const script = `
      const d = await import(${url('plain-date.ts')}); const f = await import(${url('format-date.ts')}); const x = await import(${url('excel-serial.ts')});
      const days = ['2024-02-29', '2024-03-31', '2024-10-27', '1919-07-01', '2011-12-30', '2026-12-31'];
      console.log(JSON.stringify(days.map((day) => [d.toDayNumber(day), d.addDays(day, 1), d.addMonthsClamped(day, 1), d.weekday(day), f.formatPlainDate(day, 'ru'), f.formatPlainDate(day, 'en', 'weekday'), x.toExcelSerial(day), d.today('Europe/Moscow', 1767225540000)])));`;
    const results = ['UTC', 'Pacific/Apia', 'America/Los_Angeles', 'Asia/Kathmandu'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { ...process.env, TZ },
      }),
    );
    expect(new Set(results).size).toBe(1);
    expect(results[0]).toContain('29\u00a0февраля\u00a02024\u00a0г.');
  });
});
