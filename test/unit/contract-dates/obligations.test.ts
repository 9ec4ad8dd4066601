import { describe, expect, it } from 'vitest';
import { weekendCalendar } from '../../../shared/contract-dates/calendar.ts';
import { calendarNamed } from '../../../shared/contract-dates/calendars.ts';
import { dateOf } from '../../../shared/contract-dates/civil.ts';
import {
  lastDayOf,
  type Milestone,
  occurrences,
  type Recurrence,
  resolveMilestones,
} from '../../../shared/contract-dates/obligations.ts';

const russia = calendarNamed('RU') ?? weekendCalendar;
const rf = { profile: 'rf', calendar: russia } as const;

function resolved(milestones: readonly Milestone[], context: Parameters<typeof resolveMilestones>[1] = rf) {
  const result = resolveMilestones(milestones, context);
  if (!result.ok) throw new Error(result.error.code);
  return Object.fromEntries(result.value.map((milestone) => [milestone.id, milestone]));
}
const refused = (milestones: readonly Milestone[]) => {
  const result = resolveMilestones(milestones, rf);
  if (result.ok) throw new Error('accepted');
  return result.error;
};

const chain: readonly Milestone[] = [
  { id: 'payment', relative: { to: 'acceptance', direction: 'after', period: { days: 10 } } },
  { id: 'delivery', on: '2026-04-20' },
  { id: 'acceptance', relative: { to: 'delivery', direction: 'after', period: { days: 10 } } },
  { id: 'announcement', relative: { to: 'delivery', direction: 'before', period: { weeks: 1, days: 1 } } },
];

describe('milestones', () => {
  it('follow a chain in whatever order it is written, moving a last day only once', () => {
    const found = resolved(chain);
    expect(found['acceptance']).toMatchObject({ nominal: '2026-04-30', due: '2026-04-30' });
    // 10 May 2026 is a Sunday and 11 May free for Victory Day.
    expect(found['payment']).toMatchObject({ nominal: '2026-05-10', due: '2026-05-12', slipDays: 0 });
    // Counted backwards to Sunday 12 April: the working day before it.
    expect(found['announcement']).toMatchObject({ nominal: '2026-04-12', due: '2026-04-10' });
  });

  it('recompute from what really happened and tell the slip', () => {
    const found = resolved(
      chain.map((milestone) => (milestone.id === 'delivery' ? { ...milestone, happened: '2026-04-25' } : milestone)),
    );
    expect(found['delivery']).toMatchObject({ due: '2026-04-20', happened: '2026-04-25', slipDays: 5 });
    expect(found['acceptance']).toMatchObject({ nominal: '2026-05-05', due: '2026-05-05', slipDays: 5 });
    expect(found['payment']).toMatchObject({ due: '2026-05-15', slipDays: 3 });
    expect(resolved([{ id: 'a', on: '2026-03-10', baseline: '2026-03-01' }])['a']?.slipDays).toBe(9);
  });

  it('know what follows an event to the day once it has happened, however vaguely it was planned', () => {
    const waiting: readonly Milestone[] = [
      { id: 'start', on: '2026-12' },
      { id: 'survey', relative: { to: 'start', direction: 'after', period: { workingDays: 10 } } },
      { id: 'report', relative: { to: 'survey', direction: 'after', period: { days: 4 } } },
    ];
    // 2027 has no calendar: ten working days from the end of December cannot be counted.
    const plain = { profile: 'plain', calendar: russia } as const;
    expect(resolved(waiting, plain)['report']).toMatchObject({ precision: 'month', missing: ['RU 2027'] });
    const happened = waiting.map((one) => (one.id === 'survey' ? { ...one, happened: '2026-12-22' } : one));
    expect(resolved(happened, plain)['report']).toMatchObject({
      due: '2026-12-26',
      precision: 'day',
      provisional: false,
    });
  });

  it('never carry a move to a working day into the next count', () => {
    const found = resolved([
      ...chain,
      { id: 'claim', relative: { to: 'payment', direction: 'after', period: { days: 2 } } },
    ]);
    expect(found['claim']).toMatchObject({ nominal: '2026-05-12', due: '2026-05-12' });
  });

  it('know a month or a year only by its last day', () => {
    expect(resolved([{ id: 'a', on: '2026-02' }])['a']).toMatchObject({ due: '2026-02-28', precision: 'month' });
    expect(
      resolved([
        { id: 'a', on: '2026' },
        { id: 'b', relative: { to: 'a', direction: 'after', period: { months: 2 } } },
      ])['b'],
    ).toMatchObject({
      nominal: '2027-02-28',
      precision: 'year',
      provisional: true,
      missing: ['RU 2027'],
    });
    expect(dateOf(lastDayOf('2024-02')?.day ?? 0)).toBe('2024-02-29');
    expect(lastDayOf('2024-13')).toBeUndefined();
  });

  it('move a named day only when the wording says so', () => {
    expect(resolved([{ id: 'a', on: '2026-06-28' }])['a']?.due).toBe('2026-06-28');
    expect(resolved([{ id: 'a', on: '2026-06-28', dayOff: 'next' }])['a']?.due).toBe('2026-06-29');
    expect(resolved([{ id: 'a', on: '2026-06-28', dayOff: 'previous' }])['a']?.due).toBe('2026-06-26');
  });

  it('refuse days to which long periods on one another would lead', () => {
    const after = (to: string) => ({ to, direction: 'after', period: { years: 150 } }) as const;
    expect(
      refused([
        { id: 'a', on: '2100-01-01' },
        { id: 'b', relative: after('a') },
      ]),
    ).toMatchObject({
      field: 'milestones[1].relative',
      code: 'dateOutOfRange',
    });
    expect(refused([{ id: 'a', on: '9999-12-31' }])).toMatchObject({
      field: 'milestones[0].on',
      code: 'dateOutOfRange',
    });
  });

  it('refuse circles, unknown and doubled events', () => {
    const after = (to: string) => ({ to, direction: 'after', period: { days: 1 } }) as const;
    expect(
      refused([
        { id: 'a', relative: after('b') },
        { id: 'b', relative: after('a') },
      ]),
    ).toMatchObject({ code: 'cycle', params: { events: 'a → b → a' } });
    expect(refused([{ id: 'a', relative: after('a') }])).toMatchObject({
      field: 'milestones[0].relative',
      code: 'cycle',
    });
    expect(refused([{ id: 'a', relative: after('x') }])).toMatchObject({
      field: 'milestones[0].relative.to',
      code: 'unknownEvent',
    });
    expect(
      refused([
        { id: 'a', on: '2026-01-01' },
        { id: 'a', on: '2026-01-02' },
      ]),
    ).toMatchObject({ field: 'milestones[1].id', code: 'twice' });
    expect(refused([{ id: 'a' }])).toMatchObject({ field: 'milestones[0].on', code: 'missing' });
    expect(refused([{ id: 'a', on: '2026-02-30' }])).toMatchObject({ field: 'milestones[0].on', code: 'notADate' });
  });
});

describe('recurring obligations', () => {
  const list = (recurrence: Recurrence, first: string, last: string) => {
    const result = occurrences(recurrence, first, last, rf);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };

  it('come every quarter by the 10th of the following month, on a working day', () => {
    const quarterly: Recurrence = {
      anchor: '2026-01-01',
      every: { months: 3 },
      window: { monthsAfter: 1, fromDay: 1, byDay: 10 },
      dayOff: 'previous',
    };
    expect(
      list(quarterly, '2026-01-01', '2026-12-31').map(({ periodEnd, opens, nominal, due }) => [
        periodEnd,
        opens,
        nominal,
        due,
      ]),
    ).toEqual([
      ['2026-03-31', '2026-04-01', '2026-04-10', '2026-04-10'],
      ['2026-06-30', '2026-07-01', '2026-07-10', '2026-07-10'],
      ['2026-09-30', '2026-10-01', '2026-10-10', '2026-10-09'],
    ]);
    const [next] = list({ ...quarterly, dayOff: 'next' }, '2026-10-01', '2026-12-31');
    expect(next?.due).toBe('2026-10-12');
  });

  it('of working days stay provisional once they have run through a year that has no calendar', () => {
    const found = occurrences(
      { anchor: '2019-11-01', every: { workingDays: 60 }, dayOff: 'keep' },
      '2020-06-01',
      '2020-12-31',
      rf,
    );
    expect(found.ok && found.value.map(({ provisional }) => provisional)).toEqual([true, true]);
    const known = occurrences(
      { anchor: '2020-01-09', every: { workingDays: 60 }, dayOff: 'keep' },
      '2020-06-01',
      '2020-12-31',
      rf,
    );
    expect(known.ok && known.value.some(({ provisional }) => provisional)).toBe(false);
  });

  it('do not drift after a short month and respect their limits', () => {
    const monthly: Recurrence = { anchor: '2024-01-31', every: { months: 1 }, dayOff: 'keep' };
    expect(list(monthly, '2024-01-01', '2024-05-31').map(({ periodStart }) => periodStart)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
    ]);
    expect(list({ ...monthly, count: 2 }, '2024-01-01', '2030-01-01')).toHaveLength(2);
    expect(list({ ...monthly, until: '2024-03-30' }, '2024-01-01', '2030-01-01')).toHaveLength(2);
    expect(
      list({ ...monthly, window: { monthsAfter: 0, byDay: 31 } }, '2024-02-01', '2024-04-30').map(
        ({ nominal }) => nominal,
      ),
    ).toEqual(['2024-02-29', '2024-03-31', '2024-04-30']);
  });

  it('come every so many working days from the last boundary', () => {
    const every: Recurrence = { anchor: '2026-06-08', every: { workingDays: 5 }, dayOff: 'keep' };
    expect(list(every, '2026-06-01', '2026-06-30').map(({ periodStart }) => periodStart)).toEqual([
      '2026-06-08',
      '2026-06-16',
      '2026-06-23',
    ]);
  });

  it('refuse a window that opens after it closes and a period of nothing', () => {
    const wrong = occurrences(
      {
        anchor: '2026-01-01',
        every: { months: 1 },
        window: { monthsAfter: 0, fromDay: 11, byDay: 10 },
        dayOff: 'keep',
      },
      '2026-01-01',
      '2026-12-31',
      rf,
    );
    expect(wrong).toMatchObject({ ok: false, error: { field: 'window.fromDay', code: 'windowWrong' } });
    expect(
      occurrences({ anchor: '2026-01-01', every: { days: 0 }, dayOff: 'keep' }, '2026-01-01', '2026-12-31', rf),
    ).toMatchObject({
      ok: false,
      error: { field: 'every', code: 'periodEmpty' },
    });
  });
});
