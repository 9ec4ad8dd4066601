import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekendCalendar } from '../../../shared/contract-dates/calendar.ts';
import { monthText } from '../../../shared/contract-dates/civil.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { priceSteps, vatOn } from '../../../shared/contract-dates/indexation.ts';
import type { IndexationClause } from '../../../shared/contract-dates/indexation-types.ts';
import { decimalText, parseDecimal, rational, scaled } from '../../../shared/contract-dates/rational.ts';

const context = { profile: 'plain', calendar: weekendCalendar } as const;

const clause: IndexationClause = {
  kind: 'index',
  base: { minor: 10_000_000, currency: 'RUB' },
  firstOn: '2026-01-01',
  everyMonths: 12,
  baseMonth: '2025-10',
  lagMonths: 1,
  series: { months: 1, values: { '2025-10': '129.9', '2025-11': '131.0', '2025-12': '136.0' } },
  mode: 'compounding',
  decreases: true,
  rounding: 'half-up',
};
/** The golden vector: I_0 = 129.9 in October, I_t = 136.0 in December. */
const golden: IndexationClause = { ...clause, lagMonths: 1, firstOn: '2026-01-01' };

function steps(given: Partial<IndexationClause>, until = '2026-06-01') {
  const result = priceSteps({ ...golden, ...given }, until, context);
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.code}`);
  return result.value;
}
const problem = (given: Partial<IndexationClause>, until = '2026-06-01') => {
  const result = priceSteps({ ...golden, ...given }, until, context);
  if (result.ok) throw new Error('accepted');
  return result.error;
};

/** A monthly series that begins in a month, `2025-01`. */
const series = (first: string, values: readonly string[]): IndexationClause['series'] => {
  const start = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1;
  return { months: 1, values: Object.fromEntries(values.map((value, index) => [monthText(start + index), value])) };
};

describe('indexation', () => {
  it('multiplies the base by the exact ratio: 129.9 → 136.0 gives 104,695.92, and a cap of 4 % gives 104,000.00', () => {
    const [step] = steps({ capPercent: '5' });
    expect(step).toMatchObject({ from: '2026-01-01', minor: 10_469_592, provisional: false });
    expect(step?.because[0]?.params['factor']).toMatch(/^1\.046959/);
    expect(step?.because.map(({ key }) => key)).not.toContain('capHit');
    expect(steps({ capPercent: '4' })[0]).toMatchObject({ minor: 10_400_000 });
    expect(steps({ capPercent: '4' })[0]?.because.map(({ key }) => key)).toContain('capHit');
  });

  it('writes the calculation so that it can be pasted into a letter', () => {
    const [step] = steps({});
    const explain = createExplainer('ru');
    expect(step?.because.map((reason) => explain.price(reason))[0]).toBe(
      'Цена 100000.00 × 136.0 (2025-12) / 129.9 (2025-10) = множитель 1.046959199, цена 104695.92.',
    );
  });

  it('rounds the factor only when the clause has it rounded', () => {
    expect(steps({ factorDecimals: 2 })[0]?.minor).toBe(10_500_000);
    expect(steps({ factorDecimals: 2, rounding: 'down' })[0]?.minor).toBe(10_400_000);
  });

  it('names the month missing inside a series', () => {
    expect(problem({ series: { months: 1, values: { '2025-10': '129.9', '2025-12': '136.0' } } })).toEqual({
      field: 'indexation.series.values',
      code: 'seriesGap',
      params: { month: '2025-11' },
    });
  });

  it('is provisional with the last known value while the month is not published', () => {
    const [step] = steps({ firstOn: '2026-03-01' });
    expect(step).toMatchObject({ minor: 10_469_592, provisional: true });
    expect(step?.because.find(({ key }) => key === 'provisional')?.params).toEqual({
      month: '2026-02',
      used: '2025-12',
    });
  });

  it('compounds on the rounded price, or starts from the base each time', () => {
    const fixed = { kind: 'fixed', percent: '3.333', everyMonths: 12 } as const;
    expect(steps(fixed, '2028-01-01').map(({ minor }) => minor)).toEqual([10_333_300, 10_677_709, 11_033_597]);
    expect(steps({ ...fixed, mode: 'fromBase' }, '2028-01-01').map(({ minor }) => minor)).toEqual([
      10_333_300, 10_666_600, 10_999_900,
    ]);
  });

  it('adds a margin to a rate', () => {
    const rate = { kind: 'rate', percent: '1.5', series: series('2025-12', ['16']) } as const;
    expect(steps(rate)[0]?.minor).toBe(11_750_000);
  });

  it('catches up from the base after a cap, but does not when compounding', () => {
    const values = series('2025-01', ['100', '110', '110']);
    const capped = {
      series: values,
      baseMonth: '2025-01',
      lagMonths: 0,
      firstOn: '2025-02-01',
      everyMonths: 1,
      capPercent: '4',
    } as const;
    expect(steps({ ...capped, mode: 'fromBase' }, '2025-03-15').map(({ minor }) => minor)).toEqual([
      10_400_000, 10_816_000,
    ]);
    expect(steps({ ...capped, mode: 'compounding' }, '2025-03-15').map(({ minor }) => minor)).toEqual([
      10_400_000, 10_400_000,
    ]);
  });

  it('keeps floor, ceiling in total and the ban on decreases', () => {
    const values = series('2025-01', ['100', '95', '101', '120']);
    const plain = {
      series: values,
      baseMonth: '2025-01',
      lagMonths: 0,
      firstOn: '2025-02-01',
      everyMonths: 1,
      mode: 'fromBase',
    } as const;
    const minors = (given: Partial<IndexationClause>) =>
      steps({ ...plain, ...given }, '2025-04-15').map(({ minor }) => minor / 100_000);
    expect(minors({})).toEqual([95, 101, 120]);
    expect(minors({ decreases: false })).toEqual([100, 101, 120]);
    expect(minors({ floorPercent: '2' })).toEqual([102, 104.04, 120]);
    expect(minors({ cumulativeCapPercent: '10' })).toEqual([95, 101, 110]);
  });

  it('chains a replacement series by its ratio, so that rebasing changes nothing', () => {
    const replacement = { from: '2025-12', series: series('2025-12', ['50', '55']) };
    const [step] = steps({ replacement, firstOn: '2026-02-01' });
    // 136.0 / 129.9 × 55 / 50
    expect(step).toMatchObject({ minor: 11_516_551, provisional: false });
    expect(
      problem(
        { replacement: { from: '2026-05', series: series('2026-01', ['50']) }, firstOn: '2026-07-01' },
        '2026-08-01',
      ),
    ).toMatchObject({
      field: 'indexation.replacement.from',
      code: 'linkMissing',
    });
  });

  it('reads a quarterly series by the quarter in which the month lies', () => {
    const quarterly = { months: 3, values: { '2025-01': '100', '2025-04': '102', '2025-07': '104' } } as const;
    expect(steps({ series: quarterly, baseMonth: '2025-02', lagMonths: 0, firstOn: '2025-06-01' })[0]).toMatchObject({
      minor: 10_200_000,
      provisional: false,
    });
    expect(
      problem({ series: { months: 3, values: { '2025-01': '100', '2025-07': '104' } }, baseMonth: '2025-02' }).params,
    ).toEqual({ month: '2025-04' });
  });

  it('gives the last day to announce an increase and to dispute it', () => {
    const [step] = steps({ noticeOfIncrease: { days: 30 }, disputeWindow: { days: 10 } });
    // 30 days before 2026-01-01 is Tuesday 2 December; ten days after it 11 January.
    expect(step).toMatchObject({ announceBy: '2025-12-02', disputeUntil: '2026-01-11' });
  });

  it.each([
    [{ floorPercent: '5', capPercent: '4' }, 'indexation.floorPercent', 'floorAboveCap'],
    [{ series: { months: 1, values: {} } }, 'indexation.series.values', 'seriesEmpty'],
    [
      { series: { months: 1, values: { '2025-10': '129.9', '2025-11': '0', '2025-12': '0' } } },
      'indexation.series.values',
      'indexNotPositive',
    ],
    [{ series: { months: 1, values: { '2025-10': 'x' } } }, 'indexation.series.values.2025-10', 'notADecimal'],
    [{ baseMonth: '2024-01' }, 'indexation.series.values', 'seriesGap'],
    [{ kind: 'fixed', percent: '-100' }, 'indexation.percent', 'indexNotPositive'],
    [{ kind: 'fixed' }, 'indexation.percent', 'percentMissing'],
    [{ capPercent: '-100' }, 'indexation.capPercent', 'notADecimal'],
    [{ everyMonths: 0 }, 'indexation.everyMonths', 'notAWhole'],
  ] as const)('refuses %o', (given, field, code) => {
    expect(problem(given as Partial<IndexationClause>)).toMatchObject({ field, code });
  });

  it('is unchanged when every value of the series is multiplied by the same number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1000, max: 99_999 }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 2, max: 50 }),
        fc.constantFrom('compounding' as const, 'fromBase' as const),
        (numbers, by, mode) => {
          const text = (number: number) => decimalText(rational(BigInt(number), 10n), 1);
          const given = (scale: number) => ({
            series: series(
              '2025-01',
              numbers.map((number) => text(number * scale)),
            ),
            baseMonth: '2025-01',
            lagMonths: 0,
            firstOn: '2025-02-01',
            everyMonths: 1,
            mode,
          });
          const minors = (scale: number) => steps(given(scale), '2025-06-15').map(({ minor }) => minor);
          expect(minors(by)).toEqual(minors(1));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never goes beyond its limit in all, however many steps were rounded on the way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.constantFrom('compounding', 'fromBase'),
        fc.constantFrom('half-up', 'half-even', 'down', 'up'),
        fc.option(fc.integer({ min: 2, max: 6 }), { nil: undefined }),
        (minor, limit, mode, rounding, decimals) => {
          const cumulativeCapPercent = (limit / 100).toFixed(2);
          const given = steps(
            {
              kind: 'fixed',
              percent: '1.37',
              base: { minor, currency: 'RUB' },
              firstOn: '2026-01-01',
              everyMonths: 1,
              cumulativeCapPercent,
              mode,
              rounding,
              ...(decimals === undefined ? {} : { factorDecimals: decimals }),
            },
            '2030-12-31',
          );
          const most = scaled(rational(BigInt(minor) * BigInt(10_000 + limit), 10_000n), 0, rounding);
          for (const step of given) expect(step.minor).toBeLessThanOrEqual(Number(most));
          expect(given).toHaveLength(60);
        },
      ),
    );
  });

  it('never steps beyond its cap or below its floor by more than a rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 50, max: 200 }), { minLength: 5, maxLength: 5 }), (numbers) => {
        const given = {
          series: series('2025-01', numbers.map(String)),
          baseMonth: '2025-01',
          lagMonths: 0,
          firstOn: '2025-02-01',
          everyMonths: 1,
        };
        const minors = steps({ ...given, capPercent: '5', floorPercent: '-3' }, '2025-05-15').map(({ minor }) => minor);
        for (const [index, minor] of minors.entries()) {
          const before = minors[index - 1] ?? 10_000_000;
          expect(minor).toBeLessThanOrEqual(before * 1.05 + 0.5);
          expect(minor).toBeGreaterThanOrEqual(before * 0.97 - 0.5);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('exact decimals', () => {
  it('round ties as they are told', () => {
    const half = parseDecimal('2.5') ?? rational(0n);
    const minus = parseDecimal('-2.5') ?? rational(0n);
    expect((['half-up', 'half-even', 'down', 'up'] as const).map((rounding) => scaled(half, 0, rounding))).toEqual([
      3n,
      2n,
      2n,
      3n,
    ]);
    expect((['half-up', 'half-even', 'down', 'up'] as const).map((rounding) => scaled(minus, 0, rounding))).toEqual([
      -3n,
      -2n,
      -2n,
      -3n,
    ]);
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 9 }), (n, decimals) => {
        const text = decimalText(rational(n, 10n ** BigInt(decimals)), decimals);
        expect(scaled(parseDecimal(text) ?? rational(0n), decimals, 'down')).toBe(n);
      }),
      { numRuns: 1000 },
    );
    for (const text of ['', '1e5', '1 000', '.5', '5.', '0x10', 'NaN', '１'])
      expect(parseDecimal(text)).toBeUndefined();
  });

  it('take VAT from the rate of the day', () => {
    const rates = [
      { from: '2026-01-01', percent: '22' },
      { from: '2019-01-01', percent: '20' },
    ];
    expect(vatOn(10_000, rates, '2025-12-31')).toBe(2000);
    expect(vatOn(10_000, rates, '2026-01-01')).toBe(2200);
    expect(vatOn(10_003, rates, '2026-01-01')).toBe(2201);
    expect(vatOn(10_000, rates, '2018-12-31')).toBeUndefined();
  });
});
