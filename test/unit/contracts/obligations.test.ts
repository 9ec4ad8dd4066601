/** Keeping promises day by day: what is changed, and that the changes do what they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftChange } from '../../../shared/change/types.ts';
import {
  dueDays,
  fulfilmentChanges,
  movedFulfilments,
  nextDue,
  type Obligation,
  reopenChanges,
  upcomingDays,
} from '../../../shared/contracts/obligations.ts';
import type { DueRule, Fulfilment } from '../../../shared/model/records.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';

type Kept = Obligation & { readonly id: string };
const quarterly = (more: object = {}): DueRule => ({
  kind: 'recurring',
  recurrence: {
    anchor: '2026-01-01',
    every: { months: 3 },
    window: { monthsAfter: 1, byDay: 10 },
    dayOff: 'previous',
    ...more,
  },
});
const promise = (more: Partial<Obligation> = {}): Kept => ({ id: 'p', status: 'open', rule: quarterly(), ...more });
const done = (on: string): Fulfilment => ({ on, state: 'done', evidence: 'акт 4', author: 'Анна' });

/** The record after the changes, as the vault folds them. */
function after(before: Kept, changes: readonly DraftChange[]): Kept {
  const next: Record<string, unknown> = { ...before, fulfilments: { ...before.fulfilments } };
  for (const { field, value } of changes) {
    const [name = '', key] = field.split('/');
    const holder = key === undefined ? next : (next[name] as Record<string, unknown>);
    if (value === null) delete holder[key ?? name];
    else holder[key ?? name] = value;
  }
  return next as unknown as Kept;
}

describe('Keeping one occurrence', () => {
  it('leaves the promise open and makes the next day due', () => {
    const before = promise();
    expect(nextDue(before, '2026-05-01')?.due).toBe('2026-04-10');
    const changes = fulfilmentChanges(before, 0, done('2026-04-09'));
    expect(changes.map(({ field }) => field)).toEqual(['fulfilments/0']);
    expect(nextDue(after(before, changes), '2026-05-01')?.due).toBe('2026-07-10');
  });

  it('closes a bounded recurrence with its last occurrence, and opens it again with it', () => {
    const before = promise({ rule: quarterly({ count: 2 }), fulfilments: { 0: done('2026-04-09') } });
    const changes = fulfilmentChanges(before, 1, done('2026-07-08'));
    const kept = after(before, changes);
    expect(kept).toMatchObject({ status: 'done', doneOn: '2026-07-08' });
    expect(nextDue(kept, '2026-05-01')).toBe(null);
    const again = after(kept, reopenChanges(kept, 1));
    expect(again.status).toBe('open');
    expect(nextDue(again, '2026-05-01')?.due).toBe('2026-07-10');
  });

  it('of an endless recurrence never closes it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }), (indices) => {
        let one = promise();
        for (const index of indices) one = after(one, fulfilmentChanges(one, index, done('2026-04-09')));
        expect(one.status).toBe('open');
        const first = [...Array(62).keys()].find((index) => !indices.includes(index));
        // The next day that is due is the first occurrence that was not kept.
        const days = dueDays(one, '2026-01-01', '2045-01-01');
        expect(days.ok && days.value.find(({ state }) => state === 'open')?.index).toBe(first);
      }),
    );
  });

  it('of a promise without a rule closes the promise, with its evidence', () => {
    const { rule: _rule, ...single } = promise({ due: '2026-03-01' });
    const kept = after(single, fulfilmentChanges(single, 0, done('2026-02-28')));
    expect(kept).toMatchObject({ status: 'done', doneOn: '2026-02-28', evidence: 'акт 4' });
    expect(after(kept, reopenChanges(kept, 0)).doneOn).toBeUndefined();
  });
});

describe('The next days of a rule', () => {
  it('are as many as asked, whether they come daily or once in decades', () => {
    const daily = { ...promise(), rule: quarterly({ every: { days: 1 }, window: undefined }) };
    const rare = { ...promise(), rule: quarterly({ every: { years: 15 }, window: undefined }) };
    for (const one of [daily, rare]) {
      const days = upcomingDays(one, '2026-06-01', 6);
      expect(days.ok && days.value).toHaveLength(6);
    }
    const counted = upcomingDays({ ...promise(), rule: quarterly({ count: 2 }) }, '2026-05-01', 6);
    expect(counted.ok && counted.value.map(({ due }) => due)).toEqual(['2026-07-10']);
  });

  it('ascend, never lie before the day asked for, and are the first ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 8 }), (shift, months) => {
        const from = addDays('2026-01-01', shift);
        const one = { ...promise(), rule: quarterly({ every: { months } }) };
        const days = upcomingDays(one, from, 6);
        const all = dueDays(one, from, addDays(from, 9000));
        if (!days.ok || !all.ok) throw new Error('refused');
        expect(days.value).toEqual(all.value.slice(0, 6));
        for (const { due } of days.value) expect(due >= from).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('refuse an empty period by its name', () => {
    const days = upcomingDays({ ...promise(), rule: quarterly({ every: { days: 0 } }) }, '2026-06-01', 6);
    expect(!days.ok && days.error.code).toBe('periodEmpty');
  });
});

describe('What was kept, when the rule changes', () => {
  const kept = promise({ fulfilments: { 2: done('2026-10-08') } });
  it('stays where it is while anchor and period are the same', () => {
    expect(movedFulfilments(kept, quarterly({ window: { monthsAfter: 1, byDay: 15 } }))).toEqual(kept.fulfilments);
  });
  it('follows its day to the new count', () => {
    expect(Object.keys(movedFulfilments(kept, quarterly({ anchor: '2026-07-01' })))).toEqual(['0']);
    expect(Object.keys(movedFulfilments(kept, quarterly({ anchor: '2025-01-01' })))).toEqual(['6']);
  });
  it('is left out when its day is due no longer', () => {
    expect(movedFulfilments(kept, quarterly({ anchor: '2027-01-01' }))).toEqual({});
    expect(movedFulfilments(kept, undefined)).toEqual({});
  });
});
