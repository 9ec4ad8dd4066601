/** Laws of reminders: none is lost, each comes in time, only a decision ends them, and the machine's zone plays no part. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deadline, DeadlineContract, DeadlineState } from '../../../shared/contracts/deadlines.ts';
import { atRisk, portfolioDeadlines } from '../../../shared/contracts/portfolio.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';
import { addDays, diffDays } from '../../../shared/dates/plain-date.ts';
import { catchUp } from '../../../shared/reminders/catch-up.ts';
import { afterShowing, dueReminders, reminderDays, type Shown } from '../../../shared/reminders/due.ts';
import { highValue, ladderOf } from '../../../shared/reminders/ladder.ts';

const START = '2026-01-01';

const deadline = (more: Partial<Deadline>): Deadline => {
  const actBy = more.actBy ?? '2026-06-26';
  return {
    id: 'c-term-0',
    kind: 'notice',
    contract: 'c',
    organisationName: 'Ромашка',
    contractName: 'Аренда',
    text: '',
    legal: actBy,
    safe: actBy,
    opens: addDays(actBy, -90),
    state: 'open',
    provisional: false,
    value: null,
    owner: 'Анна',
    side: 'ours',
    visibility: 'internal',
    ...more,
    actBy,
  };
};

const kinds = fc.constantFrom<Deadline['kind']>('notice', 'option', 'end', 'milestone', 'obligation', 'coolingOff');
const deadlines = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      kind: kinds,
      at: fc.integer({ min: 0, max: 300 }),
      minor: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      days: fc.option(fc.integer({ min: 1, max: 2000 })),
      remind: fc.option(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 4 })),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
  )
  .map((list) =>
    list.map(({ id, kind, at, minor, days, remind }) =>
      deadline({
        id: `d${id}`,
        contract: `c${id}`,
        kind,
        actBy: addDays(START, at),
        value: minor === null ? null : { minor, currency: 'RUB' },
        ...(days === null ? {} : { atStakeDays: days }),
        ...(remind === null ? {} : { remindDays: remind }),
      }),
    ),
  );
/** Days from the start on which the program was looked at, in order; between them it was off or asleep. */
const launches = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 })
  .map((list) => list.sort((a, b) => a - b).map((day) => addDays(START, day)));

/** Runs the program on these days; gives what was shown on each. */
function run(list: readonly Deadline[], days: readonly string[]): ReadonlyMap<string, readonly string[]> {
  let shown: Shown = {};
  const seen = new Map<string, readonly string[]>();
  for (const today of days) {
    const reminders = dueReminders(list, shown, today);
    seen.set(
      today,
      reminders.map(({ deadline: { id } }) => id),
    );
    shown = afterShowing(shown, reminders, list, today);
  }
  return seen;
}

describe('Reminders', () => {
  it('are never lost: whatever the launches, the first one on or after a reminder’s day shows it', () => {
    fc.assert(
      fc.property(deadlines, launches, (list, days) => {
        const seen = run(list, days);
        const high = highValue(list);
        for (const one of list) {
          const stratum = high.has(one.contract ?? '') ? 'high' : 'standard';
          for (const [i, today] of days.entries()) {
            const since = days[i - 1] === undefined ? '2020-01-01' : addDays(days[i - 1] as string, 1);
            const due = reminderDays(one, stratum, since, today).length > 0;
            expect(seen.get(today)?.includes(one.id), `${one.id} on ${today}`).toBe(due);
          }
        }
      }),
    );
  });

  it('come at least once before the day to act on, when it is known and looked at in time', () => {
    fc.assert(
      fc.property(deadlines, launches, (list, days) => {
        const seen = run(list, days);
        for (const one of list) {
          // Looked at on the day before, at least.
          if (!days.includes(addDays(one.actBy, -1))) continue;
          expect(days.some((day) => day < one.actBy && seen.get(day)?.includes(one.id))).toBe(true);
        }
      }),
    );
  });

  it('end with a decision and with nothing else', () => {
    fc.assert(
      fc.property(deadlines, fc.integer({ min: 0, max: 4000 }), (list, after) => {
        const decided = list.map((one): Deadline => ({ ...one, state: 'decided' as DeadlineState }));
        const today = addDays(START, after);
        expect(dueReminders(decided, {}, today)).toEqual([]);
        for (const one of list.filter(({ actBy }) => actBy <= today)) {
          // However often it was shown: within a week it comes again.
          const shown = { [one.id]: today };
          const week = Array.from({ length: 7 }, (_, i) => addDays(today, i + 1));
          expect(week.some((day) => dueReminders([one], shown, day).length === 1)).toBe(true);
        }
      }),
    );
  });

  it('are silent while snoozed and speak on the day on which the snooze ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 200 }), fc.integer({ min: 1, max: 60 }), (at, length) => {
        const today = START;
        const until = addDays(today, length);
        const snooze = { until, reason: 'ждём смету', author: 'Анна' };
        const actBy = addDays(today, at);
        const asleep = deadline({ actBy, snooze, snoozedUntil: until });
        const awake = deadline({ actBy, snoozedUntil: until });
        expect(dueReminders([asleep], {}, today)).toEqual([]);
        expect(dueReminders([awake], { 'c-term-0': today }, until)).toHaveLength(1);
        expect(dueReminders([awake], { 'c-term-0': until }, until)).toEqual([]);
      }),
    );
  });

  it('after the day to act on come daily for a week, then weekly', () => {
    const days = reminderDays(deadline({ state: 'missed' }), 'standard', '2026-06-26', '2026-07-31');
    expect(days.map((day) => diffDays('2026-06-26', day))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35]);
  });

  it('are not silenced by a clock that once stood in the future', () => {
    const reminders = dueReminders([deadline({})], { 'c-term-0': '2031-01-01' }, '2026-06-20');
    expect(reminders).toHaveLength(1);
    expect(afterShowing({ 'c-term-0': '2031-01-01' }, reminders, [deadline({})], '2026-06-20')).toEqual({
      'c-term-0': '2026-06-20',
    });
  });

  it('remind at once again when a decision is taken back', () => {
    const decided = deadline({ state: 'decided' });
    const shown = afterShowing({ 'c-term-0': '2026-06-19' }, [], [decided], '2026-06-20');
    expect(shown).toEqual({});
    expect(dueReminders([deadline({})], shown, '2026-06-20')).toHaveLength(1);
  });

  it('name the deputy in the last days and afterwards', () => {
    const of = (today: string): string | undefined =>
      dueReminders([deadline({ deputy: 'Борис' })], {}, today)[0]?.escalateTo;
    expect(of('2026-06-20')).toBeUndefined();
    expect(of('2026-06-23')).toBe('Борис');
    expect(of('2026-07-10')).toBe('Борис');
  });

  it('do not depend on the zone of the machine', () => {
    const script = `
      import { dueReminders } from './shared/reminders/due.ts';
      import { portfolioDeadlines } from './shared/contracts/portfolio.ts';
      const wording = { status: 'active', start: '2024-08-29', end: '2025-08-28', renewal: 'tacit', renewalTerm: { months: 12 }, notice: { months: 2 }, calendar: 'RU' };
      const contract = { id: 'c', title: 'A', number: '', organisationName: '', owner: '', wording };
      const days = ['2026-03-28', '2026-03-29', '2026-06-26', '2026-10-25'];
      const answers = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone) => {
        process.env.TZ = zone;
        const hour = new Date(0).getHours();
        return [hour, days.map((today) =>
          dueReminders(portfolioDeadlines([contract], [], { today, packs: [], until: '2027-12-31' }), {}, today))];
      });
      console.log(JSON.stringify(answers));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const [utc, ...others] = JSON.parse(output) as [number, unknown[][]][];
    expect(utc?.[1].flat().length).toBeGreaterThan(1);
    for (const [hour, answer] of others) {
      // The zone did change.
      expect(hour).not.toBe(utc?.[0]);
      expect(answer).toEqual(utc?.[1]);
    }
  });
});

describe('The ladder', () => {
  const value = (minor: number, currency = 'RUB') => ({ minor, currency });
  const list = [
    deadline({ id: 'a', contract: 'a', value: value(600) }),
    deadline({ id: 'b', contract: 'b', value: value(300) }),
    deadline({ id: 'b2', contract: 'b', value: value(9000), actBy: '2027-06-26' }),
    deadline({ id: 'c', contract: 'c', value: value(250) }),
    deadline({ id: 'd', contract: 'd', value: value(250, 'EUR') }),
    deadline({ id: 'e', contract: 'e' }),
  ];

  it('is earlier and denser for the contracts that carry half of the portfolio, currency by currency', () => {
    expect([...highValue(list)].sort()).toEqual(['a', 'd']);
    expect(ladderOf(list[0] as Deadline, 'high')[0]).toBe(180);
    expect(ladderOf(list[1] as Deadline, 'standard')).toEqual([120, 90, 60, 30, 14, 7, 1]);
  });

  it('treats equal amounts alike', () => {
    const equal = ['x', 'y', 'z'].map((id) => deadline({ id, contract: id, value: value(100) }));
    expect(highValue(equal).size).toBe(3);
  });

  it('begins earlier when a longer term is at stake, and keeps a contract’s own days', () => {
    expect(ladderOf(deadline({ atStakeDays: 365 }), 'standard')[0]).toBe(120);
    expect(ladderOf(deadline({ atStakeDays: 3 * 366 }), 'standard')[0]).toBe(240);
    expect(ladderOf(deadline({ remindDays: [45, 10] }), 'high')).toEqual([45, 10, 1]);
    expect(ladderOf(deadline({ remindDays: [] }), 'standard')).toEqual([120, 90, 60, 30, 14, 7, 1]);
  });
});

describe('While away', () => {
  const wording: ContractWording = {
    status: 'active',
    start: '2024-08-29',
    end: '2025-08-28',
    renewal: 'tacit',
    renewalTerm: { months: 12 },
    notice: { months: 2 },
    value: { minor: 500, currency: 'RUB' },
  };
  const contract = (more: Partial<ContractWording> = {}): DeadlineContract => ({
    id: 'c',
    title: 'Аренда',
    number: '7',
    organisationName: 'Ромашка',
    owner: 'Анна',
    wording: { ...wording, ...more },
  });
  const away = (since: string, today: string, of = contract()) => {
    const portfolio = { contracts: [of], promises: [], packs: [] };
    const now = portfolioDeadlines(portfolio.contracts, [], { today, packs: [], until: addDays(today, 366) });
    return catchUp(portfolio, now, since, today);
  };

  it('a term went on by itself: it is said once, with the day', () => {
    const report = away('2026-06-20', '2026-09-10');
    expect(report).toMatchObject({ since: '2026-06-20', days: 81 });
    expect(report?.passed.map(({ id, legal }) => [id, legal])).toEqual([['c-term-1', '2026-06-28']]);
  });

  it('somebody decided elsewhere: nothing has passed', () => {
    const decisions = { d: { date: '2026-06-25', kind: 'renew' as const, author: 'Борис', reason: 'Нужен склад' } };
    expect(away('2026-06-20', '2026-09-10', contract({ decisions }))?.passed ?? []).toEqual([]);
  });

  it('groups what reminded, overdue apart from what lies ahead', () => {
    expect(away('2026-06-20', '2026-07-02')?.overdue).toMatchObject([{ deadline: { id: 'c-term-1' }, times: 10 }]);
    expect(away('2026-02-01', '2026-03-05')?.ahead).toMatchObject([{ times: 1, first: '2026-02-26' }]);
  });

  it('is said neither after a weekend nor when nothing would have been shown', () => {
    expect(away('2026-06-20', '2026-06-23')).toBeNull();
    expect(away('2025-10-01', '2025-10-20')).toBeNull();
  });
});

describe('Value at risk', () => {
  it('stands in the month of the day to act on; overdue counts now, decided and obligations do not', () => {
    const list = [
      deadline({ id: '1', actBy: '2026-05-02', state: 'missed', value: { minor: 100, currency: 'RUB' } }),
      deadline({ id: '2', actBy: '2026-06-26', value: { minor: 200, currency: 'RUB' } }),
      deadline({ id: '3', actBy: '2026-07-26', value: { minor: 300, currency: 'EUR' } }),
      deadline({ id: '4', actBy: '2026-07-26', state: 'decided', value: { minor: 400, currency: 'EUR' } }),
      deadline({ id: '5', actBy: '2026-07-26', kind: 'obligation', value: { minor: 500, currency: 'EUR' } }),
      deadline({ id: '6', actBy: '2028-01-01', value: { minor: 600, currency: 'EUR' } }),
    ];
    const { months, quarters } = atRisk(list, '2026-06-15');
    expect(months).toHaveLength(12);
    expect(months[0]).toMatchObject({ month: '2026-06', count: 2, values: [{ minor: 300, currency: 'RUB' }] });
    expect(months[1]).toMatchObject({ month: '2026-07', count: 1, values: [{ minor: 300, currency: 'EUR' }] });
    expect(quarters[0]).toMatchObject({ quarter: '2026-Q2', count: 2 });
    expect(quarters.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });
});
