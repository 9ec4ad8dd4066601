/** Reminders against a real vault: what the operating system is given, what is remembered, what stays silent. */
import { describe, expect, it } from 'vitest';
import { type Notice, Reminders, withinHours } from '../../../electron/reminders/reminders.ts';
import type { DeviceSettings } from '../../../shared/ipc/contract.ts';
import type { Json } from '../../../shared/change/types.ts';
import { make, newVault, put } from '../vault/support.ts';

const SETTINGS: DeviceSettings = {
  language: 'ru',
  theme: 'system',
  density: 'compact',
  userName: 'Анна',
  autoLockMinutes: 15,
  notifications: true,
  notificationNames: false,
  notifyFrom: 9,
  notifyUntil: 19,
};

/** A tacit contract whose notice is due on 28 June 2026. */
const lease = (more: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> => ({
  title: 'Аренда склада',
  organisation: 'o1',
  status: 'active',
  start: '2025-08-29',
  end: '2026-08-28',
  renewal: 'tacit',
  renewalTerm: { months: 12 },
  notice: { months: 2 },
  ...more,
});

function world(patch: Partial<DeviceSettings> = {}) {
  const { vault, commit } = newVault();
  commit(make('organisation', 'o1', { name: 'Ромашка' }));
  const state = { today: '2026-06-01', hour: 10, open: true, settings: { ...SETTINGS, ...patch } };
  const shown: Notice[] = [];
  const removed: string[] = [];
  const meta = new Map<string, Json>();
  const reminders = new Reminders({
    vault: {
      status: async () => ({ state: state.open ? 'open' : 'locked', keySources: [] }),
      fill: async (query) => vault.fill(query),
      getMeta: async (key) => meta.get(key),
      setMeta: async (key, value) => void meta.set(key, structuredClone(value)),
    },
    settings: () => state.settings,
    today: () => state.today,
    hour: () => state.hour,
    show: async (notices) => void shown.push(...notices),
    remove: (ids) => void removed.push(...ids),
  });
  /** What is shown on a day. */
  const on = async (today: string): Promise<readonly string[]> => {
    state.today = today;
    const before = shown.length;
    await reminders.check();
    return shown.slice(before).map(({ id }) => id);
  };
  return { commit, state, shown, removed, reminders, on, meta };
}

describe('Notifications', () => {
  it('name nothing unless the person wants it', async () => {
    const quiet = world();
    quiet.commit(make('contract', 'c1', lease()));
    await quiet.on('2026-06-12');
    expect(quiet.shown).toMatchObject([{ title: 'Срок по договору', contract: 'c1' }]);
    expect(JSON.stringify(quiet.shown)).not.toMatch(/Аренда|Ромашка/);
    expect(quiet.shown[0]?.body).toContain('через 14 дней');
    const open = world({ notificationNames: true, language: 'en' });
    open.commit(make('contract', 'c1', lease({ deputy: 'Boris' })));
    await open.on('2026-06-25');
    expect(open.shown[0]?.title).toBe('Аренда склада: Give notice or let it renew');
    expect(open.shown[0]?.body).toContain('Ромашка');
    expect(open.shown[0]?.body).toContain('Tell the deputy: Boris');
  });

  it('come once for a day, again on the next one that reminds, and after an absence', async () => {
    const { commit, on } = world();
    commit(make('contract', 'c1', lease()));
    // A portfolio of one contract is all of high value: 26 June less 14 days.
    expect(await on('2026-06-12')).toEqual(['c1-term-0']);
    expect(await on('2026-06-12')).toEqual([]);
    expect(await on('2026-06-13')).toEqual([]);
    expect(await on('2026-06-24')).toEqual(['c1-term-0']);
    expect(await on('2026-07-01')).toEqual(['c1-term-0']);
    expect(await on('2026-07-20')).toEqual(['c1-term-0']);
  });

  it('wait for the hours that were set, and do not come at all when switched off', async () => {
    const { commit, on, state } = world();
    commit(make('contract', 'c1', lease()));
    state.hour = 7;
    expect(await on('2026-06-12')).toEqual([]);
    state.hour = 9;
    expect(await on('2026-06-12')).toEqual(['c1-term-0']);
    const off = world({ notifications: false });
    off.commit(make('contract', 'c1', lease()));
    expect(await off.on('2026-06-12')).toEqual([]);
    expect(await off.reminders.due()).toHaveLength(1);
  });

  it('say nothing while the vault is locked, and everything after it was opened', async () => {
    const { commit, on, state, reminders, removed } = world();
    commit(make('contract', 'c1', lease()));
    state.open = false;
    expect(await on('2026-06-12')).toEqual([]);
    state.open = true;
    expect(await on('2026-06-12')).toEqual(['c1-term-0']);
    reminders.clear();
    expect(removed).toEqual(['c1-term-0']);
  });

  it('are taken off the screen by a decision, and never come again; a decision taken back reminds at once', async () => {
    const { commit, on, removed, reminders } = world();
    commit(make('contract', 'c1', lease()));
    await on('2026-06-12');
    const decision = { date: '2026-06-12', kind: 'terminate', author: 'Анна', reason: 'Дорого' };
    commit(put('contract', 'c1', 'decisions/d1', decision));
    await reminders.settle();
    expect(removed).toEqual(['c1-term-0']);
    for (const day of ['2026-06-19', '2026-06-25', '2026-07-05']) expect(await on(day)).toEqual([]);
    commit(put('contract', 'c1', 'decisions/d1', null));
    expect(await on('2026-07-05')).toEqual(['c1-term-0']);
  });

  it('stay away while snoozed and come back on the day', async () => {
    const { commit, on } = world();
    commit(make('contract', 'c1', lease()));
    await on('2026-06-12');
    commit(put('contract', 'c1', 'snoozes/c1-term-0', { until: '2026-06-22', reason: 'ждём смету', author: 'Анна' }));
    expect(await on('2026-06-19')).toEqual([]);
    expect(await on('2026-06-22')).toEqual(['c1-term-0']);
  });

  it('come as one when there are many', async () => {
    const { commit, on, shown } = world();
    for (let i = 0; i < 6; i += 1) commit(make('contract', `c${i}`, lease()));
    expect(await on('2026-07-02')).toEqual(['reminders']);
    expect(shown.at(-1)).toMatchObject({ title: '6 сроков ждут решения' });
    expect(shown.at(-1)?.body).toContain('Из них просрочено 6');
    expect(await on('2026-07-02')).toEqual([]);
  });

  it('of an obligation lead to its contract', async () => {
    const { commit, on, shown } = world();
    commit(
      make('contract', 'c1', lease({ notice: { days: 1 } })),
      make('promise', 'q1', { text: 'Акт', side: 'ours', contract: 'c1', due: '2026-06-15', status: 'open' }),
      make('promise', 'q2', { text: 'Из встречи', side: 'ours', due: '2026-06-15', status: 'open' }),
    );
    expect(await on('2026-06-14')).toContain('q1');
    expect(shown.find(({ id }) => id === 'q1')).toMatchObject({ contract: 'c1', promise: 'q1' });
    commit(put('promise', 'q1', 'status', 'done'));
    expect(await on('2026-06-16')).not.toContain('q1');
  });

  it('forgive a memory that was written by something else', async () => {
    const { commit, on, meta } = world();
    commit(make('contract', 'c1', lease()));
    meta.set('reminders', { seen: 'вчера', shown: { 'c1-term-0': 7 } });
    expect(await on('2026-06-12')).toEqual(['c1-term-0']);
    meta.set('reminders', 'нет');
    expect(await on('2026-06-12')).toEqual(['c1-term-0']);
  });
});

describe('The absence', () => {
  it('is told until it is understood, and not on the first day', async () => {
    const { commit, state, reminders } = world();
    commit(make('contract', 'c1', lease()));
    state.today = '2026-06-10';
    expect(await reminders.catchUp()).toBeNull();
    state.today = '2026-07-03';
    expect(await reminders.catchUp()).toMatchObject({
      since: '2026-06-10',
      overdue: [{ deadline: { id: 'c1-term-0' } }],
    });
    // Notifications that were shown meanwhile do not count as looking.
    await reminders.check();
    expect(await reminders.catchUp()).not.toBeNull();
    await reminders.seen();
    expect(await reminders.catchUp()).toBeNull();
    expect((await reminders.due()).map(({ deadline: { id } }) => id)).toEqual(['c1-term-0']);
  });

  it('says what went by itself', async () => {
    const { commit, state, reminders } = world();
    commit(make('contract', 'c1', lease()));
    await reminders.catchUp();
    state.today = '2026-10-01';
    expect((await reminders.catchUp())?.passed).toMatchObject([{ id: 'c1-term-0', legal: '2026-06-28' }]);
  });
});

describe('Hours', () => {
  it('may go over midnight; equal ones mean the whole day', () => {
    expect([8, 9, 18, 19].map((hour) => withinHours(hour, 9, 19))).toEqual([false, true, true, false]);
    expect([21, 22, 3, 6].map((hour) => withinHours(hour, 22, 6))).toEqual([false, true, true, false]);
    expect(withinHours(3, 0, 24)).toBe(true);
    expect([17, 23].map((hour) => withinHours(hour, 18, 24))).toEqual([false, true]);
  });
});
