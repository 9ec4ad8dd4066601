/** Around the lanes: groups and totals, the axis, the camera, derivations. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Camera,
  clampCamera,
  lookAt,
  panBy,
  presetOf,
  reveal,
  spanOf,
  zoomAt,
} from '../../../renderer/screens/contracts/timeline/camera.ts';
import { dateOf, dayOf } from '../../../shared/contract-dates/civil.ts';
import { contractDates } from '../../../shared/contract-dates/compute.ts';
import { termList } from '../../../shared/contract-dates/span-list.ts';
import { axisUnits, ticks } from '../../../shared/contracts/timeline-axis.ts';
import { groupLanes, LANE_GROUPINGS, LANE_SORTS } from '../../../shared/contracts/timeline-groups.ts';
import { reasonsOf } from '../../../shared/contracts/timeline-reasons.ts';
import { contractLane, type LaneSummary, laneSummary } from '../../../shared/contracts/timeline.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import { type ContractWording, termsOf } from '../../../shared/contracts/wording.ts';

const TODAY = '2026-02-11';
const yearly: ContractWording = {
  status: 'active',
  start: '2024-08-29',
  end: '2025-08-28',
  renewal: 'tacit',
  renewalTerm: { months: 12 },
  notice: { months: 2 },
  calendar: 'RU',
  value: { minor: 100_00, currency: 'RUB' },
};
function summary(id: string, wording: ContractWording, more: Partial<LaneSummary['contract']> = {}): LaneSummary {
  const contract = { id, title: `Договор ${id}`, number: '', organisationName: '', owner: '', ...more, wording };
  return laneSummary({ contract, view: contractView(wording, { today: TODAY, packs: [] }), today: TODAY });
}

describe('Groups of lanes', () => {
  const lanes = [
    summary('a', { ...yearly, notice: { days: 190 } }, { organisationName: 'Ромашка', owner: 'Анна' }),
    summary('b', yearly, { organisationName: 'Волга' }),
    summary('c', {}, { organisationName: 'Волга', owner: 'Анна' }),
    summary('d', { ...yearly, status: 'ended' }, { organisationName: 'Ромашка' }),
    summary('e', { status: 'active', start: '2020-01-01', renewal: 'evergreen' }, { owner: 'Пётр' }),
  ];
  const keys = (by: (typeof LANE_GROUPINGS)[number]): string[] =>
    groupLanes(lanes, { by, sort: 'name' }).map(
      ({ key, lanes }) => `${key}:${lanes.map(({ contract }) => contract.id)}`,
    );

  it('stand by urgency or by name, the nameless last', () => {
    expect(keys('risk')).toEqual(['due:a', 'unclear:c', 'ahead:b', 'nothing:e', 'quiet:d']);
    expect(keys('organisation')).toEqual(['Волга:b,c', 'Ромашка:a,d', ':e']);
    expect(keys('owner')).toEqual(['Анна:a,c', 'Пётр:e', ':b,d']);
  });

  it('sum up what is at risk and what is urgent', () => {
    const [group] = groupLanes(lanes, { by: 'none', sort: 'decideBy' });
    expect(group).toMatchObject({ atRisk: [{ minor: 200_00, currency: 'RUB' }], urgent: 1 });
    expect(group?.lanes.map(({ contract }) => contract.id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('hold the contracts that have every word', () => {
    const found = groupLanes(lanes, { by: 'none', sort: 'name', text: 'волга договор' });
    expect(found.flatMap(({ lanes }) => lanes.map(({ contract }) => contract.id))).toEqual(['b', 'c']);
  });

  it('lose and double nothing, however they are grouped and sorted', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lanes),
        fc.constantFrom(...LANE_GROUPINGS),
        fc.constantFrom(...LANE_SORTS),
        (some, by, sort) => {
          const order = (given: readonly LaneSummary[]): string[] =>
            groupLanes(given, { by, sort }).flatMap(({ lanes }) => lanes.map(({ contract }) => contract.id));
          expect(order(some).toSorted()).toEqual(some.map(({ contract }) => contract.id).toSorted());
          // One order, whatever the order in which contracts come.
          expect(order(some.toReversed())).toEqual(order(some));
        },
      ),
    );
  });
});

describe('The axis', () => {
  it('has finer units the larger a day is drawn', () => {
    expect([60, 10, 2, 0.7, 0.3, 0.1].map((scale) => axisUnits(scale).minor)).toEqual([
      'day',
      'week',
      'month',
      'quarter',
      'quarter',
      'year',
    ]);
  });

  it('begins its units on Mondays, first days of months, quarters and years', () => {
    const [from, to] = [dayOf('2026-02-11'), dayOf('2027-01-05')];
    const first = (unit: 'day' | 'week' | 'month' | 'quarter' | 'year'): string =>
      dateOf(ticks(unit, from, to)[0]!.day);
    expect([first('day'), first('week'), first('month'), first('quarter'), first('year')]).toEqual([
      '2026-02-11',
      '2026-02-09',
      '2026-02-01',
      '2026-01-01',
      '2026-01-01',
    ]);
    expect(ticks('quarter', from, to).map(({ day, quarter }) => `${dateOf(day)} ${quarter}`)).toEqual([
      '2026-01-01 1',
      '2026-04-01 2',
      '2026-07-01 3',
      '2026-10-01 4',
      '2027-01-01 1',
    ]);
  });

  it('covers every day without a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 60_000 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom('week', 'month', 'quarter', 'year'),
        (from, length, unit) => {
          const list = ticks(unit, from, from + length);
          expect(list[0]!.day).toBeLessThanOrEqual(from);
          const longest = { week: 7, month: 31, quarter: 92, year: 366 }[unit];
          for (const [i, { day }] of list.entries()) {
            if (i > 0) expect(day - list[i - 1]!.day).toBeGreaterThan(0);
            if (i > 0) expect(day - list[i - 1]!.day).toBeLessThanOrEqual(longest);
          }
          expect(from + length - list.at(-1)!.day).toBeLessThan(longest);
        },
      ),
    );
  });
});

describe('The camera', () => {
  const bounds = { first: dayOf('2016-01-01'), last: dayOf('2038-12-31'), width: 900 };
  const camera: fc.Arbitrary<Camera> = fc
    .record({
      left: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      scale: fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
    })
    .map((given) => clampCamera(given, bounds));

  it('never looks outside of its bounds', () => {
    fc.assert(
      fc.property(
        camera,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 900, noNaN: true }),
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        (start, factor, x, pixels) => {
          for (const now of [start, zoomAt(start, bounds, factor, x), panBy(start, bounds, pixels)]) {
            expect(now.left).toBeGreaterThanOrEqual(bounds.first);
            expect(now.left + spanOf(now, bounds)).toBeLessThanOrEqual(bounds.last + 1 + 1e-6);
          }
        },
      ),
    );
  });

  it('keeps the day under the pointer while zooming inside of the bounds', () => {
    const start = lookAt(dayOf(TODAY), 366, bounds);
    const day = start.left + 300 / start.scale;
    const near = zoomAt(start, bounds, 3, 300);
    expect(near.left + 300 / near.scale).toBeCloseTo(day, 6);
    expect(spanOf(near, bounds)).toBeCloseTo(122, 6);
  });

  it('reveals a day with the least movement', () => {
    const start = lookAt(dayOf(TODAY), 92, bounds);
    expect(reveal(start, bounds, start.left + 40)).toBe(start);
    for (const away of [-200, 200]) {
      const day = start.left + away;
      const now = reveal(start, bounds, day);
      const x = (day - now.left) * now.scale;
      expect(x).toBeCloseTo(away < 0 ? 48 : 900 - 48, 6);
    }
  });

  it('knows the preset that it stands at', () => {
    expect(presetOf(lookAt(dayOf(TODAY), 31, bounds), bounds)).toBe('month');
    expect(presetOf(lookAt(dayOf(TODAY), 55, bounds), bounds)).toBe(null);
  });
});

describe('The derivation of a thing', () => {
  const view = contractView(yearly, { today: TODAY, packs: [] });
  const contract = { id: 'c', title: '', number: '', organisationName: '', owner: '', wording: yearly };
  const { items } = contractLane({ contract, view, today: TODAY }, { from: '2024-01-01', to: '2029-12-31' });
  const keys = (kind: string, index: number): readonly string[] => {
    const item = items.find((each) => each.kind === kind && 'index' in each && each.index === index);
    return item ? reasonsOf(view, item, items).map(({ key }) => key) : [];
  };

  it('speaks of the notice for windows and marks, of the term for terms', () => {
    expect(keys('window', 1)).toContain('noticeLegal');
    expect(keys('actBy', 1)).toEqual(keys('window', 1));
    expect(keys('term', 1)).not.toContain('noticeLegal');
    // The end is a date of the text: the first renewal goes on from it, later ones are counted from the same day.
    expect(keys('term', 1)).toContain('renewalOnward');
    expect(keys('term', 2)).toContain('renewalNumber');
  });

  it('is given for terms that are over or still to come, with their own days', () => {
    for (const index of [0, 2, 3]) {
      const window = items.find((each) => each.kind === 'window' && each.index === index);
      if (window?.kind !== 'window') throw new Error('no window');
      const legal = reasonsOf(view, window, items).find(({ key }) => key === 'noticeLegal')?.params['legal'];
      expect(legal).toBe(window.notice.legal);
    }
    expect(keys('term', 0)).toContain('endDate');
  });
});

describe('The list of terms', () => {
  it('reaches as far as it is asked for, whatever the length of a term', () => {
    for (const months of [1, 2, 12]) {
      const terms = termsOf(
        { ...yearly, end: '2024-09-28', renewalTerm: { months }, notice: { days: 5 } },
        {
          today: TODAY,
          packs: [],
        },
      );
      if (!terms.ok) throw new Error(terms.error.code);
      const list = termList(terms.value, '2040-01-01');
      const all = contractDates({ ...terms.value, nextCount: 240 });
      if (!list.ok || !all.ok) throw new Error('refused');
      const next = list.value.terms.filter(({ kind }) => kind === 'next');
      expect(next.at(-1)!.end! >= '2040-01-01').toBe(true);
      expect(next.map(({ start, end }) => [start, end])).toEqual(
        all.value.nextTerms.slice(0, next.length).map(({ start, end }) => [start, end]),
      );
    }
  });
});
