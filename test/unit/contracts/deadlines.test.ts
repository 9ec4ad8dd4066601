/** Deadlines of contracts and promises, through the doors that screens, reminders and reports use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termList } from '../../../shared/contract-dates/span-list.ts';
import {
  byUrgency,
  contractDeadlines,
  type Deadline,
  type DeadlineContract,
  type DeadlinePromise,
  promiseDeadlines,
} from '../../../shared/contracts/deadlines.ts';
import { nextDue } from '../../../shared/contracts/obligations.ts';
import { valueOfTerm } from '../../../shared/contracts/value.ts';
import { contractView, createContractViews } from '../../../shared/contracts/view.ts';
import { type ContractWording, fieldOfProblem, packsOf, termsOf } from '../../../shared/contracts/wording.ts';

const TODAY = '2026-02-11';
const context = { today: TODAY, packs: [] };
const glpi: ContractWording = {
  status: 'active',
  start: '2024-08-29',
  end: '2025-08-28',
  renewal: 'tacit',
  renewalTerm: { months: 12 },
  notice: { months: 2 },
  calendar: 'RU',
  value: { minor: 120_000_00, currency: 'RUB' },
  valuePer: 'year',
};
const contract = (wording: ContractWording): DeadlineContract => ({
  id: 'c',
  title: 'Аренда',
  number: '7',
  organisationName: 'Ромашка',
  owner: 'Анна',
  wording,
});
const deadlines = (wording: ContractWording, today = TODAY): Deadline[] =>
  contractDeadlines(contract(wording), contractView(wording, { ...context, today }), today);
const promise = (more: Partial<DeadlinePromise>): DeadlinePromise => ({
  id: 'p',
  text: 'Отчёт',
  side: 'theirs',
  ownerName: '',
  organisationName: 'Ромашка',
  visibility: 'client',
  status: 'open',
  ...more,
});

describe('The deadline of a term', () => {
  it('is that of the current term, with its safe day, and puts the next term at risk', () => {
    expect(deadlines(glpi)[0]).toMatchObject({
      id: 'c-term-1',
      kind: 'notice',
      legal: '2026-06-28',
      safe: '2026-06-26',
      actBy: '2026-06-26',
      state: 'ahead',
      value: { minor: 120_000_00, currency: 'RUB' },
      atStakeDays: 365,
    });
  });

  it('turns green only by a decision with author, date and reason', () => {
    const decided = (decision: object): Deadline | undefined =>
      deadlines({
        ...glpi,
        decisions: { d: { date: '2026-02-01', kind: 'terminate', ...decision } },
      } as ContractWording)[0];
    expect(decided({})?.state).toBe('ahead');
    expect(decided({ author: 'Анна' })?.state).toBe('ahead');
    expect(decided({ author: 'Анна', reason: '  ' })?.state).toBe('ahead');
    expect(decided({ author: 'Анна', reason: 'Дорого' })?.state).toBe('decided');
  });

  it('is missed the day after its legal day and comes back with the next term', () => {
    expect(deadlines(glpi, '2026-06-28')[0]?.state).toBe('due');
    expect(deadlines(glpi, '2026-06-29')[0]).toMatchObject({ id: 'c-term-1', state: 'missed' });
    expect(deadlines(glpi, '2026-08-29')[0]).toMatchObject({ id: 'c-term-2', legal: '2027-06-28' });
  });

  it('of a contract that nothing carries on is its end', () => {
    expect(deadlines({ status: 'active', start: '2026-01-01', end: '2026-03-31' })[0]).toMatchObject({
      kind: 'end',
      legal: '2026-03-31',
      id: 'c-term-0',
    });
  });

  it('of an express renewal asks to take it, and drafts ask nothing', () => {
    const express: ContractWording = { ...glpi, renewal: 'express' };
    expect(deadlines(express, '2025-05-01')[0]).toMatchObject({ kind: 'option', legal: '2025-06-28' });
    expect(deadlines({ ...glpi, status: 'draft' })).toEqual([]);
    expect(deadlines({ ...glpi, status: 'ended' })).toEqual([]);
  });

  it('asks of the last renewal that the wording allows only when it ends, today as later', () => {
    const twice: ContractWording = { ...glpi, maxRenewals: 2 };
    const last = (today: string): unknown => {
      const found = deadlines(twice, today).find(({ id }) => id === 'c-term-2');
      return found && [found.kind, found.legal, found.value, found.atStakeDays];
    };
    expect(last('2026-02-11')).toEqual(['end', '2027-06-28', { minor: 120_000_00, currency: 'RUB' }, undefined]);
    expect(last('2026-09-01')).toEqual(last('2026-02-11'));
    // Where nothing limits it, the term after it is at stake.
    expect(deadlines(glpi).find(({ id }) => id === 'c-term-6')?.kind).toBe('notice');
  });

  it('says of a day to withdraw that it rests on a year that has no calendar', () => {
    const withdrawal = (start: string): Deadline | undefined =>
      deadlines({ status: 'active', start, term: { months: 12 }, coolingOff: { days: 14 }, profile: 'rf' }, start).find(
        ({ kind }) => kind === 'coolingOff',
      );
    expect(withdrawal('2026-02-02')).toMatchObject({ legal: '2026-02-16', provisional: false });
    expect(withdrawal('2027-02-01')).toMatchObject({ legal: '2027-02-15', provisional: true });
  });

  it('can be put off with a reason only', () => {
    const snooze = (reason: string): Deadline | undefined =>
      deadlines({ ...glpi, snoozes: { 'c-term-1': { until: '2026-03-01', reason, author: 'Анна' } } })[0];
    expect(snooze('')?.snooze).toBeUndefined();
    expect(snooze('ждём смету')?.snooze?.until).toBe('2026-03-01');
    expect(snooze('ждём смету')?.snoozedUntil).toBe('2026-03-01');
    const over = deadlines(
      { ...glpi, snoozes: { 'c-term-1': { until: '2026-03-01', reason: 'ждём смету', author: 'Анна' } } },
      '2026-03-01',
    )[0];
    expect([over?.snooze, over?.snoozedUntil]).toEqual([undefined, '2026-03-01']);
  });
});

describe('Terms of a kept contract', () => {
  it('name the field of a refusal as the record has it', () => {
    const wording = { ...glpi, decisions: { late: { date: '2026-07-30', kind: 'terminate' } } } as ContractWording;
    const view = contractView(wording, { ...context, today: '2026-08-01' });
    expect(view.ok).toBe(false);
    if (!view.ok) expect(fieldOfProblem(wording, view.problem)).toBe('decisions/late');
    const none = termsOf({}, context);
    expect(!none.ok && none.error.field).toBe('start');
  });

  it('refuse a way of renewal that is none, instead of reading it as another', () => {
    const refused = termsOf({ ...glpi, renewal: 'sometimes' } as unknown as ContractWording, context);
    expect(!refused.ok && [refused.error.field, refused.error.code]).toEqual(['renewal', 'notOneOf']);
    const older = termsOf({ ...glpi, renewal: { text: 'auto' } }, context);
    expect(older.ok && older.value.renewal).toBe('none');
  });

  it('are not stopped by a clause of a field that no date hangs on', () => {
    const view = contractView({ ...glpi, clauses: { notice: '7.2', value: '4.1', end: ' ' } }, context);
    expect(view.ok && view.terms.clauses).toEqual({ notice: '7.2' });
  });

  it('are not stopped by an amendment that changes no dates, nor by one that replaces it', () => {
    const amendments = {
      price: { number: '1', effective: '2025-01-01', changes: {}, value: { minor: 1, currency: 'RUB' } },
      notice: { number: '2', effective: '2025-02-01', replaces: '1', changes: { notice: { months: 3 } } },
    };
    const view = contractView({ ...glpi, amendments }, context);
    expect(view.ok && view.dates.term.notice?.legal).toBe('2026-05-28');
  });

  it('without an end or a length go on without an end', () => {
    const view = contractView({ status: 'active', start: '2025-01-01' }, context);
    expect(view.ok && view.dates.term.end).toBe(null);
  });

  it('take calendars of one’s own', () => {
    const packs = packsOf([
      { id: 'calendar:RU:2027', createdAt: 0, changedAt: 0, country: 'RU', year: 2027, days: { '2027-03-09': 'off' } },
      { id: 'broken', createdAt: 0, changedAt: 0, country: 'RU' },
      { id: 'other', createdAt: 0, changedAt: 0, country: 'RU', year: 2028, days: { '2027-03-09': 'off' } },
    ]);
    expect(packs).toMatchObject([
      { country: 'RU', year: 2027, nonWorking: ['2027-03-09'] },
      { country: 'RU', year: 2028, nonWorking: [] },
    ]);
  });

  it('are computed once for a row', () => {
    const views = createContractViews();
    expect(views(glpi, context)).toBe(views(glpi, { ...context }));
    expect(views(glpi, { ...context, today: '2026-02-12' })).not.toBe(views(glpi, context));
  });

  it('list every term from the first to a day ahead', () => {
    const terms = termsOf(glpi, context);
    if (!terms.ok) throw new Error(terms.error.code);
    const list = termList(terms.value, '2036-01-01');
    if (!list.ok) throw new Error(list.error.code);
    expect(list.value.terms.map(({ kind, start, end }) => [kind, start, end]).slice(0, 3)).toEqual([
      ['past', '2024-08-29', '2025-08-28'],
      ['current', '2025-08-29', '2026-08-28'],
      ['next', '2026-08-29', '2027-08-28'],
    ]);
    expect(list.value.terms.at(-1)?.end).toBe('2036-08-28');
    for (const [i, term] of list.value.terms.entries()) expect(term.index).toBe(i);
  });
});

describe('Obligations', () => {
  const quarterly = promise({
    rule: {
      kind: 'recurring',
      recurrence: {
        anchor: '2026-01-01',
        every: { months: 3 },
        window: { monthsAfter: 1, byDay: 10 },
        dayOff: 'previous',
      },
    },
    fulfilments: { '0': { on: '2026-04-08', state: 'done' } },
  });

  it('recur by their anchor and are kept one by one', () => {
    const list = promiseDeadlines(quarterly, '2026-05-01', '2026-01-01', '2026-12-31');
    expect(list.map(({ id, actBy, state }) => [id, actBy, state])).toEqual([
      ['p-0', '2026-04-10', 'decided'],
      ['p-1', '2026-07-10', 'ahead'],
      // 10 October 2026 is a Saturday.
      ['p-2', '2026-10-09', 'ahead'],
    ]);
    expect(nextDue(quarterly, '2026-05-01')?.due).toBe('2026-07-10');
  });

  it('counted from a milestone move with what really happened', () => {
    const due = (happened?: string): string | undefined => {
      const wording: ContractWording = {
        ...glpi,
        milestones: {
          acceptance: { title: 'Приёмка', on: '2026-03-02', order: 0, ...(happened ? { happened } : {}) },
        },
      };
      const view = contractView(wording, context);
      if (!view.ok) throw new Error(view.problem.code);
      const scope = { wording, terms: view.terms, dates: view.dates };
      const rule = { kind: 'relative', to: 'acceptance', direction: 'after', period: { days: 30 } } as const;
      return promiseDeadlines(promise({ rule }), TODAY, '2026-01-01', '2026-12-31', {
        contract: contract(wording),
        scope,
      })[0]?.actBy;
    };
    expect(due()).toBe('2026-04-01');
    expect(due('2026-03-10')).toBe('2026-04-09');
  });

  it('that are missed stay missed until they are kept', () => {
    const list = promiseDeadlines(promise({ due: '2026-02-01' }), TODAY, '2020-01-01', '2030-01-01');
    expect(list[0]).toMatchObject({ state: 'missed', id: 'p' });
    const kept = promiseDeadlines(promise({ due: '2026-02-01', status: 'done' }), TODAY, '2020-01-01', '2030-01-01');
    expect(kept[0]?.state).toBe('decided');
  });
});

describe('The value of a term', () => {
  it('is exact by months, and a remainder of days by thirtieths', () => {
    const year = { value: { minor: 100, currency: 'EUR' }, valuePer: 'year' } as const;
    expect(valueOfTerm(year, { first: '2026-01-01', last: '2026-12-31' })?.minor).toBe(100);
    expect(valueOfTerm(year, { first: '2026-01-01', last: '2028-12-31' })?.minor).toBe(300);
    expect(valueOfTerm({ ...year, valuePer: 'month' }, { first: '2026-01-15', last: '2026-03-14' })?.minor).toBe(200);
    expect(valueOfTerm(year, null)?.minor).toBe(100);
    expect(valueOfTerm({}, { first: '2026-01-01', last: '2026-12-31' })).toBe(null);
  });

  it('is whole months for terms counted from the end of a month', () => {
    for (const start of ['2024-01-31', '2024-01-30', '2024-01-29', '2024-02-29', '2023-08-31']) {
      const wording: ContractWording = {
        start,
        end: 'day-before',
        term: { months: 1 },
        renewal: 'tacit',
        value: { minor: 90_000_00, currency: 'RUB' },
        valuePer: 'month',
      };
      const view = contractView(wording, { today: start, packs: [], nextCount: 30 });
      if (!view.ok) throw new Error(view.problem.code);
      const values = [view.dates.term, ...view.dates.nextTerms].map((term) => valueOfTerm(wording, term.counted));
      expect(values).toHaveLength(31);
      for (const value of values) expect(value?.minor).toBe(90_000_00);
    }
  });

  it('does not grow with a day that is not counted, nor with a move to a working day', () => {
    // By the Civil Code twelve months from 1 March 2025 end on 1 March 2026, a Sunday, and so on Monday.
    const year: ContractWording = {
      status: 'active',
      start: '2025-03-01',
      term: { months: 12 },
      profile: 'rf',
      value: { minor: 1_200_000_00, currency: 'RUB' },
      valuePer: 'year',
    };
    expect(deadlines(year)[0]).toMatchObject({ kind: 'end', legal: '2026-03-02', value: { minor: 1_200_000_00 } });
    const once: ContractWording = { ...year, renewal: 'tacit', maxRenewals: 1, notice: { months: 1 } };
    const view = contractView(once, context);
    // Its only renewal ends on Monday as well: the number of 1 March 2027.
    expect(view.ok && view.dates.nextTerms[0]).toMatchObject({ start: '2026-03-02', end: '2027-03-01' });
    expect(deadlines(once)[0]?.value?.minor).toBe(1_200_000_00);
    expect(valueOfTerm({ value: { minor: 9_000_000_000_000_000, currency: 'RUB' }, valuePer: 'month' }, null)).toBe(
      null,
    );
  });

  it('never loses money between two halves of a whole number of months', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 11 }), (minor, months) => {
        const at = { value: { minor: minor * 12, currency: 'RUB' }, valuePer: 'year' } as const;
        const middle = String(months).padStart(2, '0');
        const after = String(months + 1).padStart(2, '0');
        const last = new Date(Date.UTC(2026, months, 0)).getUTCDate();
        const first = valueOfTerm(at, { first: '2026-01-01', last: `2026-${middle}-${last}` })?.minor ?? 0;
        const second = valueOfTerm(at, { first: `2026-${after}-01`, last: '2026-12-31' })?.minor ?? 0;
        expect(first + second).toBe(minor * 12);
      }),
    );
  });
});

describe('The order of urgency', () => {
  it('is one order on every device', () => {
    const list = [...deadlines(glpi), ...deadlines({ status: 'active', start: '2026-01-01', end: '2026-03-31' })];
    const sorted = list.toSorted(byUrgency).map(({ legal }) => legal);
    expect(
      list
        .toReversed()
        .toSorted(byUrgency)
        .map(({ legal }) => legal),
    ).toEqual(sorted);
    expect(sorted[0]).toBe('2026-03-31');
  });
});
