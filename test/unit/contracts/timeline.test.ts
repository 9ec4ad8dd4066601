/** Lanes of the timeline: golden cases, and laws that hold for every wording. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../shared/contract-dates/civil.ts';
import type { DeadlineContract, DeadlinePromise } from '../../../shared/contracts/deadlines.ts';
import {
  contractLane,
  datesOfItem,
  type Lane,
  type LaneItem,
  laneRows,
  type LaneSource,
} from '../../../shared/contracts/timeline.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';

const TODAY = '2026-02-11';
const RANGE = { from: '2020-01-01', to: '2030-12-31' };
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
function lane(wording: ContractWording, more: Partial<LaneSource> = {}, range = RANGE): Lane {
  const today = more.today ?? TODAY;
  return contractLane(
    { contract: contract(wording), view: contractView(wording, { today, packs: [] }), today, ...more },
    range,
  );
}
/** Kind, first and last day of everything of the named kinds, in order. */
const drawn = ({ items }: Lane, ...kinds: readonly LaneItem['kind'][]): string[] =>
  items
    .filter(({ kind }) => kinds.includes(kind))
    .map((item) => {
      const { from, to } = datesOfItem(item);
      return `${item.kind}${item.kind === 'term' ? ` ${item.term}` : ''} ${from}${to === from ? '' : ` ${to ?? '…'}`}`;
    });

describe('The lane of a contract', () => {
  it('that renews itself shows every term with its own window, never one of the year before', () => {
    const found = lane(glpi, {}, { from: '2024-01-01', to: '2027-12-31' });
    expect(drawn(found, 'term')).toEqual([
      'term past 2024-08-29 2025-08-28',
      'term current 2025-08-29 2026-08-28',
      'term next 2026-08-29 2027-08-28',
      'term next 2027-08-29 2028-08-28',
    ]);
    expect(drawn(found, 'window', 'safe', 'actBy')).toContain('actBy 2026-06-26');
    const windows = found.items.filter((item) => item.kind === 'window');
    expect(windows.map(({ notice, state }) => [notice.legal, state])).toEqual([
      ['2025-06-28', 'past'],
      ['2026-06-28', 'ahead'],
      ['2027-06-28', 'ahead'],
    ]);
    expect(found).toMatchObject({ state: 'active', tone: 'plain', finalEnd: null, problem: null });
    expect(found.deadline).toMatchObject({ actBy: '2026-06-26' });
    expect(found.atRisk).toEqual({ minor: 120_000_00, currency: 'RUB' });
  });

  it('without an end reaches to the end of the range', () => {
    const found = lane({ status: 'active', start: '2023-03-01', renewal: 'evergreen', notice: { months: 3 } });
    expect(drawn(found, 'term', 'end')).toEqual(['term current 2023-03-01 …']);
    expect(found.items[0]?.to).toBe(dayOf(RANGE.to));
    expect(found.deadline).toBe(null);
  });

  it('with an express renewal shows the next term as possible only', () => {
    const found = lane({ ...glpi, renewal: 'express' }, { today: '2025-05-01' });
    expect(drawn(found, 'term')).toEqual(['term current 2024-08-29 2025-08-28', 'term possible 2025-08-29 2026-08-28']);
    expect(found).toMatchObject({ state: 'expressAwaiting', tone: 'attention', deadline: { kind: 'option' } });
  });

  it('that is terminated ends, and turns green only by a complete decision', () => {
    const decisions = (author?: string) => ({
      d: { date: '2026-02-01', kind: 'terminate', reason: 'Дорого', ...(author ? { author } : {}) } as const,
    });
    const complete = lane({ ...glpi, decisions: decisions('Анна') });
    expect(drawn(complete, 'decision', 'end')).toEqual(['decision 2026-02-01', 'end 2026-08-28']);
    expect(drawn(complete, 'term').at(-1)).toBe('term current 2025-08-29 2026-08-28');
    expect(complete).toMatchObject({ state: 'terminating', tone: 'ok', deadline: null, finalEnd: '2026-08-28' });
    const half = lane({ ...glpi, decisions: decisions() });
    expect(half.tone).toBe('attention');
    expect(half.items.find(({ kind }) => kind === 'decision')).toMatchObject({ complete: false, tone: 'attention' });
    expect(half.deadline).not.toBe(null);
  });

  it('that is over keeps its terms, quietly, and expects nothing', () => {
    const found = lane({ ...glpi, status: 'ended' });
    expect(drawn(found, 'term')).toEqual(['term past 2024-08-29 2025-08-28', 'term past 2025-08-29 2026-08-28']);
    expect(found).toMatchObject({ state: 'ended', tone: 'quiet', deadline: null });
  });

  it('that is amended follows the amendment', () => {
    const found = lane({
      ...glpi,
      amendments: {
        a: { number: '1', effective: '2025-10-01', signed: '2025-09-20', changes: { notice: { months: 3 } } },
      },
    });
    expect(drawn(found, 'amendment')).toEqual(['amendment 2025-10-01']);
    const window = found.items.find((item) => item.kind === 'window' && item.index === 1);
    expect(window?.kind === 'window' && window.notice.legal).toBe('2026-05-28');
  });

  it('that is suspended moves its end by the days of the suspension', () => {
    const fixed: ContractWording = { status: 'active', start: '2026-01-01', end: '2026-06-30', renewal: 'none' };
    const found = lane({ ...fixed, suspensions: { s: { from: '2026-02-01', to: '2026-02-10' } } });
    expect(drawn(found, 'suspension', 'end')).toEqual(['suspension 2026-02-01 2026-02-10', 'end 2026-07-10']);
    const open = lane({ ...fixed, suspensions: { s: { from: '2026-02-01' } } });
    expect(open.items.find(({ kind }) => kind === 'suspension')).toMatchObject({ to: dayOf(TODAY), tone: 'attention' });
    expect(open.state).toBe('suspended');
  });

  it('whose terms cannot be computed shows what the record states, and why', () => {
    const found = lane({ status: 'active', start: '2026-05-01', end: '2026-08-31', notice: { months: 12 } });
    expect(drawn(found, 'term')).toEqual(['term stated 2026-05-01 2026-08-31']);
    expect(found.state).toBe('unclear');
    expect(found.problem).not.toBe(null);
    expect(lane({}).items).toEqual([]);
  });

  it('shows obligations, milestones and meetings on their days', () => {
    const promise: DeadlinePromise = {
      id: 'p',
      text: 'Отчёт',
      side: 'theirs',
      ownerName: '',
      organisationName: 'Ромашка',
      visibility: 'client',
      status: 'open',
      contract: 'c',
      rule: { kind: 'recurring', recurrence: { anchor: '2026-01-01', every: { months: 6 }, dayOff: 'keep' } },
      fulfilments: { '0': { on: '2026-06-01', state: 'done' } },
    };
    const found = lane(
      { ...glpi, milestones: { m: { title: 'Приёмка', on: '2026-01-20', order: 0 } } },
      { promises: [promise], meetings: [{ id: 'x', title: 'Встреча', start: '2026-03-04T10:00' }] },
      { from: '2026-01-01', to: '2026-12-31' },
    );
    expect(drawn(found, 'milestone', 'obligation', 'meeting')).toEqual([
      'milestone 2026-01-20',
      'meeting 2026-03-04',
      'obligation 2026-06-30',
      'obligation 2026-12-31',
    ]);
    const tones = found.items
      .filter(({ kind }) => kind === 'obligation' || kind === 'milestone')
      .map(({ tone }) => tone);
    expect(tones).toEqual(['risk', 'ok', 'plain']);
  });

  it('is taken apart into rows without losing or doubling anything', () => {
    const found = lane(
      { ...glpi, amendments: { a: { effective: '2025-10-01', changes: { notice: { months: 1 } } } } },
      { meetings: [{ id: 'x', title: '', start: '2026-03-04T10:00' }] },
    );
    const rows = laneRows(found);
    expect(rows.map(({ row }) => row)).toEqual(['terms', 'notices', 'amendments', 'meetings']);
    const ids = rows.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(found.items.map(({ id }) => id).toSorted());
  });
});

describe('Every lane', () => {
  const months = fc.integer({ min: 1, max: 36 });
  const wording: fc.Arbitrary<ContractWording> = fc
    .record({
      startOffset: fc.integer({ min: -4000, max: 800 }),
      term: months,
      renewal: fc.constantFrom('none', 'express', 'tacit', 'evergreen', 'optionOurs', 'optionTheirs'),
      notice: fc.option(fc.integer({ min: 1, max: 400 })),
      renewalTerm: fc.option(months),
      delivery: fc.integer({ min: 0, max: 10 }),
      approval: fc.integer({ min: 0, max: 10 }),
      maxRenewals: fc.option(fc.integer({ min: 0, max: 5 })),
      profile: fc.constantFrom('plain', 'rf', 'eu', 'contract'),
      pause: fc.option(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 120 }))),
      status: fc.constantFrom('draft', 'active', 'ended'),
    })
    .map((given): ContractWording => {
      const start = addDays(TODAY, given.startOffset);
      return {
        status: given.status as 'active',
        start,
        term: { months: given.term },
        renewal: given.renewal as 'tacit',
        profile: given.profile as 'plain',
        calendar: 'RU',
        deliveryDays: given.delivery,
        approvalDays: given.approval,
        ...(given.notice === null ? {} : { notice: { days: given.notice } }),
        ...(given.renewalTerm === null ? {} : { renewalTerm: { months: given.renewalTerm } }),
        ...(given.maxRenewals === null ? {} : { maxRenewals: given.maxRenewals }),
        ...(given.pause === null
          ? {}
          : {
              suspensions: {
                s: { from: addDays(start, given.pause[0]), to: addDays(start, given.pause[0] + given.pause[1]) },
              },
            }),
      };
    });

  it('has terms that never overlap and stand in order, and windows within their term', () => {
    let computed = 0;
    fc.assert(
      fc.property(wording, (given) => {
        const { items, problem } = lane(given);
        if (problem === null) computed += 1;
        const terms = items.filter((item) => item.kind === 'term');
        for (const [i, term] of terms.entries()) {
          expect(term.to).toBeGreaterThanOrEqual(term.from);
          const before = terms[i - 1];
          if (before) {
            expect(term.from).toBeGreaterThan(before.to);
            expect(term.index).toBe(before.index + 1);
          }
        }
        for (const item of items) {
          if (item.kind !== 'window') continue;
          const term = terms.find(({ index }) => index === item.index);
          expect(item.from).toBeLessThanOrEqual(item.to);
          // Its term may lie outside the range while the window touches it, but never the other way round.
          if (!term) continue;
          // Without an end the term is drawn to the end of the range, and its window may lie beyond.
          if (term.end !== null) expect(item.to).toBeLessThanOrEqual(term.to);
          expect(item.from).toBeGreaterThanOrEqual(Math.min(term.from, item.to));
        }
        const ids = new Set(items.map(({ id }) => id));
        expect(ids.size).toBe(items.length);
      }),
      { numRuns: 300 },
    );
    expect(computed).toBeGreaterThan(100);
  });

  it('in a part of the range is the part of the lane in the whole range', () => {
    fc.assert(
      fc.property(wording, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 600 }), (given, at, length) => {
        const part = { from: addDays(RANGE.from, at), to: addDays(RANGE.from, at + length) };
        const [first, last] = [dayOf(part.from), dayOf(part.to)];
        const whole = lane(given).items.filter((item) => item.to >= first && item.from <= last);
        expect(lane(given, {}, part).items.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      }),
      { numRuns: 200 },
    );
  });
});
