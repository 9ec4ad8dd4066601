/** Forms of obligations, milestones and price clauses: what they read, what they refuse, and that nothing is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexationClause } from '../../../shared/contract-dates/indexation-types.ts';
import type { ContractMilestone, PromiseRecord } from '../../../shared/model/records.ts';
import { indexationDraft, readIndexationDraft } from '../../../renderer/screens/contracts/sections/indexation-draft.ts';
import { milestoneDraft, readMilestone } from '../../../renderer/screens/contracts/sections/milestone-draft.ts';
import {
  draftOf,
  readAmount,
  readObligation,
  ruleOf,
} from '../../../renderer/screens/contracts/sections/obligation-draft.ts';

const language = fc.constantFrom('ru' as const, 'en' as const);
const period = fc.oneof(
  fc.record({ months: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ days: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ workingDays: fc.integer({ min: 1, max: 90 }) }),
);
const dayOff = fc.constantFrom('profile' as const, 'previous' as const, 'next' as const, 'keep' as const);
const window = fc.integer({ min: 1, max: 31 }).chain((byDay) =>
  fc.record(
    {
      monthsAfter: fc.integer({ min: 0, max: 3 }),
      byDay: fc.constant(byDay),
      fromDay: fc.integer({ min: 1, max: byDay }),
    },
    { requiredKeys: ['monthsAfter', 'byDay'] },
  ),
);
const rule = fc.oneof(
  fc.record({
    kind: fc.constant('relative' as const),
    to: fc.constantFrom('start', 'end', 'acceptance'),
    direction: fc.constantFrom('after' as const, 'before' as const),
    period,
    dayOff,
  }),
  fc.record({
    kind: fc.constant('recurring' as const),
    recurrence: fc.oneof(
      fc.record({ anchor: fc.constant('2026-01-01'), every: period, dayOff }),
      fc.record({
        anchor: fc.constant('2026-01-01'),
        every: period,
        dayOff,
        window,
        count: fc.integer({ min: 1, max: 99 }),
      }),
      fc.record({ anchor: fc.constant('2026-01-01'), every: period, dayOff, until: fc.constant('2028-12-31') }),
    ),
  }),
);

describe('The form of an obligation', () => {
  it('gives back what it was filled with', () => {
    fc.assert(
      fc.property(
        rule,
        language,
        fc.constantFrom('RUB', 'KWD', 'JPY'),
        fc.integer({ min: 0, max: 10 ** 12 }),
        (given, lang, currency, minor) => {
          const promise: Partial<PromiseRecord> = {
            text: 'Отчёт',
            side: 'ours',
            kind: 'report',
            owner: { name: 'Анна' },
            rule: given,
            amount: { minor, currency },
            penalty: '0,1 %',
            visibility: 'client',
          };
          const read = readObligation(draftOf(promise, 'EUR', lang));
          expect(read).toEqual({ value: { ...promise, due: null } });
        },
      ),
    );
    const once = {
      text: 'Ключи',
      side: 'theirs',
      kind: 'delivery',
      due: '2026-12-10',
      visibility: 'internal',
    } as const;
    expect(readObligation(draftOf(once, 'RUB', 'ru'))).toEqual({
      value: { ...once, owner: null, rule: null, amount: null, penalty: null },
    });
  });

  it('says by field what is missing or wrong', () => {
    const draft = { ...draftOf({}, 'RUB', 'ru'), when: 'recurring' as const };
    expect(readObligation({ ...draft, amount: '1,234' })).toEqual({
      problems: { anchor: 'fieldRequired', text: 'fieldRequired', amount: 'amountThree' },
    });
    const dated = { ...draft, text: 'Отчёт', anchor: '2026-01-01' };
    expect(ruleOf({ ...dated, byDay: '32' })).toEqual({ problems: { byDay: 'notAWhole' } });
    expect(ruleOf({ ...dated, byDay: '10', fromDay: '11' })).toEqual({ problems: { fromDay: 'windowWrong' } });
    expect(ruleOf({ ...dated, ends: 'count', count: '0' })).toEqual({ problems: { count: 'notAWhole' } });
    expect(ruleOf({ ...dated, ends: 'until' })).toEqual({ problems: { until: 'fieldRequired' } });
    expect(ruleOf({ ...dated, every: { months: 0 } })).toEqual({ problems: { every: 'fieldRequired' } });
    expect(ruleOf({ ...dated, when: 'relative', period: { days: 0 } })).toEqual({
      problems: { period: 'fieldRequired' },
    });
  });

  it('explains an amount that it cannot take', () => {
    expect(readAmount('12 500,50', 'RUB')).toEqual({ minor: 1_250_050, currency: 'RUB' });
    expect(readAmount('1,234', 'RUB')).toBe('amountThree');
    expect(readAmount('1,2345', 'RUB')).toBe('amountDecimals');
    expect(readAmount('1,234', 'KWD')).toEqual({ minor: 1234, currency: 'KWD' });
    expect(readAmount('1,5', 'JPY')).toBe('amountDecimals');
    expect(readAmount('много', 'RUB')).toBe('amountUnread');
    expect(readAmount('-5', 'RUB')).toBe('amountNegative');
  });
});

describe('The form of a milestone', () => {
  it('gives back what it was filled with', () => {
    const source = fc.oneof(
      fc.constantFrom({ on: '2026-03-31' }, { on: '2026-03' }, { on: '2026' }),
      fc.record({
        relative: fc.record({
          to: fc.constant('start'),
          direction: fc.constantFrom('after' as const, 'before' as const),
          period,
        }),
      }),
    );
    fc.assert(
      fc.property(source, dayOff, (given, off) => {
        const milestone: Omit<ContractMilestone, 'order'> = {
          title: 'Приёмка',
          ...given,
          dayOff: off,
          happened: '2026-04-02',
          baseline: '2026-03-01',
          visibility: 'client',
        };
        expect(readMilestone(milestoneDraft(milestone))).toEqual({ value: milestone });
      }),
    );
  });

  it('says by field what is missing or wrong', () => {
    const draft = milestoneDraft({});
    expect(readMilestone(draft)).toEqual({ problems: { title: 'fieldRequired', day: 'fieldRequired' } });
    const named = { ...draft, title: 'Запуск' };
    expect(readMilestone({ ...named, precision: 'month', month: 'скоро' })).toEqual({
      problems: { month: 'monthWrong' },
    });
    expect(readMilestone({ ...named, precision: 'year', year: '26' })).toEqual({ problems: { year: 'yearWrong' } });
    expect(readMilestone({ ...named, precision: 'month', month: 'март 2026' })).toMatchObject({
      value: { on: '2026-03' },
    });
  });
});

describe('The form of a price clause', () => {
  const clause: IndexationClause = {
    kind: 'index',
    base: { minor: 100_000_50, currency: 'RUB' },
    firstOn: '2027-01-01',
    everyMonths: 12,
    baseMonth: '2025-10',
    lagMonths: 3,
    series: { months: 1, values: { '2025-10': '129.9' }, source: 'Росстат' },
    replacement: { from: '2026-05', series: { months: 1, values: { '2026-05': '100' } } },
    mode: 'fromBase',
    capPercent: '8.5',
    floorPercent: '0',
    cumulativeCapPercent: '30',
    decreases: true,
    factorDecimals: 4,
    rounding: 'half-even',
    noticeOfIncrease: { days: 30 },
    disputeWindow: { workingDays: 10 },
  };

  it('gives back what it was filled with, values of the series included', () => {
    for (const lang of ['ru', 'en'] as const) {
      expect(readIndexationDraft(indexationDraft(clause, undefined, 'EUR', lang), clause)).toEqual({ value: clause });
    }
  });

  it('says by field what is missing or wrong', () => {
    const draft = indexationDraft(undefined, undefined, 'RUB', 'ru');
    expect(readIndexationDraft(draft, undefined)).toEqual({
      problems: { base: 'fieldRequired', firstOn: 'fieldRequired', baseMonth: 'fieldRequired' },
    });
    const filled = indexationDraft(clause, undefined, 'RUB', 'ru');
    expect(readIndexationDraft({ ...filled, cap: 'пять', lagMonths: 'x' }, clause)).toEqual({
      problems: { lagMonths: 'wholeUnread', cap: 'percentUnread' },
    });
    expect(readIndexationDraft({ ...filled, kind: 'fixed', percent: '' }, clause)).toEqual({
      problems: { percent: 'fieldRequired' },
    });
  });

  it('keeps a key rate plus a margin, written with a comma', () => {
    const draft = { ...indexationDraft(clause, undefined, 'RUB', 'ru'), kind: 'rate' as const, percent: '2,5 %' };
    const read = readIndexationDraft(draft, clause);
    expect('value' in read && read.value).toMatchObject({ kind: 'rate', percent: '2.5', series: clause.series });
    expect('value' in read && 'replacement' in read.value).toBe(false);
  });
});
