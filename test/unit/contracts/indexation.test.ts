/** The price clause of a kept contract: pasted series, steps, letters, and the deadline of an increase. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import type { IndexationClause } from '../../../shared/contract-dates/indexation-types.ts';
import { clauseInput } from '../../../shared/contract-dates/read-indexation.ts';
import { contractDeadlines, type Deadline } from '../../../shared/contracts/deadlines.ts';
import {
  nextMonth,
  pricesOf,
  pricesUntil,
  readDecimalText,
  readMonthText,
  readSeriesText,
  seriesRows,
  stepText,
} from '../../../shared/contracts/indexation.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';

const clause: IndexationClause = {
  kind: 'index',
  base: { minor: 100_000_00, currency: 'RUB' },
  firstOn: '2026-01-01',
  everyMonths: 12,
  baseMonth: '2025-10',
  lagMonths: 1,
  series: { months: 1, values: { '2025-10': '129.9', '2025-11': '133.0', '2025-12': '136.0' } },
  mode: 'compounding',
  decreases: false,
  rounding: 'half-up',
  noticeOfIncrease: { days: 30 },
};
const wording = (more: Partial<IndexationClause> = {}, rest: Partial<ContractWording> = {}): ContractWording => ({
  status: 'active',
  start: '2025-01-01',
  end: '2028-12-31',
  indexation: { ...clause, ...more },
  ...rest,
});
function deadlines(of: ContractWording, today: string): Deadline[] {
  const view = contractView(of, { today, packs: [] });
  const contract = { id: 'c', title: 'Аренда', number: '', organisationName: '', owner: '', wording: of };
  return contractDeadlines(contract, view, today).filter(({ kind }) => kind === 'increase');
}

describe('A kept price clause', () => {
  it('leaves the dates of the contract alone and gives its prices exactly', () => {
    const view = contractView(wording({ lagMonths: 1 }), { today: '2026-02-01', packs: [] });
    if (!view.ok) throw new Error(view.problem.code);
    expect(view.dates.term.end).toBe('2028-12-31');
    const prices = pricesOf(view.terms, '2026-12-31');
    expect(prices.ok && prices.value[0]).toMatchObject({ from: '2026-01-01', minor: 104_695_92, provisional: false });
    expect(pricesUntil(view.dates, '2026-02-01')).toBe('2028-02-02');
  });

  it('is read back as it was kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom('RUB', 'KWD', 'JPY', 'RWF'),
        fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        (minor, currency, decimals) => {
          const kept = {
            ...clause,
            base: { minor, currency },
            ...(decimals === undefined ? {} : { factorDecimals: decimals }),
          };
          const view = contractView({ start: '2025-01-01', indexation: kept }, { today: '2026-01-01', packs: [] });
          expect(view.ok && view.terms.indexation).toEqual(kept);
        },
      ),
    );
    expect(clauseInput(clause)['base']).toEqual({ amount: '100000.00', currency: 'RUB' });
  });
});

describe('The notice of an increase', () => {
  it('is a deadline of its own, with what it is worth', () => {
    const [first, ...more] = deadlines(wording(), '2025-11-20');
    expect(first).toMatchObject({
      id: 'c-increase-2026-01-01',
      kind: 'increase',
      legal: '2025-12-02',
      actBy: '2025-12-02',
      state: 'due',
      provisional: false,
      value: { minor: 4_695_92, currency: 'RUB' },
    });
    expect(more.map(({ id }) => id)).toEqual(['c-increase-2027-01-01']);
  });

  it('is provisional in a year that has no calendar, however certain its price is', () => {
    const fixed = { kind: 'fixed', percent: '5', firstOn: '2026-09-01' } as const;
    const [known, unknown] = deadlines(wording(fixed, { calendar: 'RU' }), '2026-02-11');
    expect(known).toMatchObject({ legal: '2026-07-31', provisional: false });
    expect(unknown).toMatchObject({ legal: '2027-08-02', provisional: true });
  });

  it('is missed when its day is over, decided once it is recorded, and gone with the step', () => {
    expect(deadlines(wording(), '2025-12-03')[0]?.state).toBe('missed');
    const told = wording({}, { announcements: { '2026-01-01': { on: '2025-11-28', author: 'Анна' } } });
    expect(deadlines(told, '2025-12-03')[0]?.state).toBe('decided');
    expect(deadlines(wording(), '2026-01-01').map(({ id }) => id)).not.toContain('c-increase-2026-01-01');
  });

  it('asks nothing of a draft, of an ended contract, without a notice, or when the price does not rise', () => {
    expect(deadlines(wording({}, { status: 'draft' }), '2025-11-20')).toEqual([]);
    const { noticeOfIncrease: _notice, ...silent } = clause;
    expect(deadlines({ ...wording(), indexation: silent }, '2025-11-20')).toEqual([]);
    const falling = { months: 1, values: { '2025-10': '129.9', '2025-11': '129', '2025-12': '120' } } as const;
    expect(deadlines(wording({ series: falling }), '2025-11-20').map(({ id }) => id)).not.toContain(
      'c-increase-2026-01-01',
    );
    expect(deadlines(wording({}, { end: '2025-12-31' }), '2025-11-20')).toEqual([]);
  });
});

describe('A pasted series', () => {
  it('is understood with the months that people and tables write', () => {
    const { values, unread } = readSeriesText(
      [
        'Месяц;Индекс',
        '2025-10;129,9',
        '11.2025\t133.0',
        'декабрь 2025 г. 136,0',
        'Jan 2026: 136.4',
        '28.02.2026 137',
        '2026/03, 137,2',
        'апр. 2026\u00a0138',
      ].join('\r\n'),
    );
    expect(unread).toEqual([]);
    expect(values).toEqual({
      '2025-10': '129.9',
      '2025-11': '133.0',
      '2025-12': '136.0',
      '2026-01': '136.4',
      '2026-02': '137',
      '2026-03': '137.2',
      '2026-04': '138',
    });
  });

  it('names the lines that it could not read and keeps the others', () => {
    expect(readSeriesText('2026-01 101\n2026-13 102\nмай 2026 1\n2026-02 12a\n2026-03')).toEqual({
      values: { '2026-01': '101', '2026-05': '1' },
      unread: ['2026-13 102', '2026-02 12a', '2026-03'],
    });
  });

  it('takes quarters and years by their first month', () => {
    expect(['Q2 2026', '2026-Q2', 'II кв. 2026', '2 кв 2026 г.', '2026-04'].map(readMonthText)).toEqual(
      Array(5).fill('2026-04'),
    );
    expect(readSeriesText('2026 104,5').values).toEqual({ '2026-01': '104.5' });
    expect(readMonthText('скоро')).toBeUndefined();
  });

  it('comes back from its own text, whatever the sign of the fraction', () => {
    const month = fc.tuple(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }));
    const number = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(month, number)), fc.constantFrom('\t', ';', ' '), (lines, sign) => {
        const expected: Record<string, string> = {};
        const text = lines.map(([[year, number], [whole, part]]) => {
          const key = `${year}-${String(number).padStart(2, '0')}`;
          expected[key] = `${whole}.${part}`;
          return `${key}${sign}${whole},${part}`;
        });
        expect(readSeriesText(text.join('\n'))).toEqual({ values: expected, unread: [] });
      }),
    );
  });

  it('reads percentages and refuses what is no decimal', () => {
    expect(['16,5 %', '−0,5', '7.25%', '136.0'].map(readDecimalText)).toEqual(['16.5', '-0.5', '7.25', '136.0']);
    expect(['', '1 000', '1e3', '12,'].map(readDecimalText)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('The table of a series', () => {
  it('shows a gap in its place and knows the month that comes next', () => {
    const rows = seriesRows({ months: 1, values: { '2026-03': '3', '2025-12': '1', '2026-01': '2' } });
    expect(rows).toEqual([
      { month: '2025-12', value: '1' },
      { month: '2026-01', value: '2' },
      { month: '2026-02', value: null },
      { month: '2026-03', value: '3' },
    ]);
    expect(nextMonth({ months: 3, values: { '2025-10': '1' } })).toBe('2026-01');
    expect(nextMonth({ months: 1, values: {} })).toBeUndefined();
    expect(seriesRows({ months: 3, values: { '2025-10': '1', '2026-04': '3' } }).map(({ value }) => value)).toEqual([
      '1',
      null,
      '3',
    ]);
  });
});

describe('The calculation for a letter', () => {
  const step = () => {
    const view = contractView(wording(), { today: '2025-11-20', packs: [] });
    const prices = view.ok ? pricesOf(view.terms, '2027-06-01') : view;
    if (!view.ok || !prices.ok || !('value' in prices)) throw new Error('refused');
    return prices.value;
  };
  const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/gu, ' ');

  it('is written as the language writes numbers, months and money', () => {
    const [first] = step();
    if (!first) throw new Error('no step');
    expect(plain(stepText(first, 'RUB', createExplainer('ru'), 'ru')).split('\n')).toEqual([
      'Цена 100 000,00 ₽ × 136,0 (декабрь 2025 г.) / 129,9 (октябрь 2025 г.) = множитель 1,046959199, цена 104 695,92 ₽.',
      'Действует с 01.01.2026.',
      'Сообщить об изменении не позднее 02.12.2025.',
    ]);
    expect(plain(stepText(first, 'RUB', createExplainer('en'), 'en'))).toContain(
      '× 136.0 (December 2025) / 129.9 (October 2025) = factor 1.046959199',
    );
  });

  it('says that a value is still awaited', () => {
    const second = step()[1];
    if (!second) throw new Error('no step');
    expect(second.provisional).toBe(true);
    expect(plain(stepText(second, 'RUB', createExplainer('ru'), 'ru'))).toContain('Предварительно');
  });
});
