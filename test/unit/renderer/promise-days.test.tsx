// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { todayLocal } from '../../../renderer/app/clock.ts';
import { live, usePromiseDays, usePromises } from '../../../renderer/db/index.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';
import type { ContractRow, PromiseRow } from '../../../shared/model/rows.ts';

configure({ asyncUtilTimeout: 60_000 });
const today = todayLocal();
const promise = (id: string, more: Partial<PromiseRow>): PromiseRow => ({
  id,
  text: id,
  side: 'ours',
  ownerName: '',
  organisationName: '',
  status: 'open',
  visibility: 'internal',
  changedAt: 0,
  ...more,
});
const contract = (happened?: string): ContractRow => ({
  id: 'c',
  number: '7',
  title: '',
  organisationName: '',
  status: 'active',
  owner: '',
  tags: [],
  changedAt: 0,
  conflicts: 0,
  wording: {
    status: 'active',
    start: addDays(today, -100),
    milestones: { m: { title: 'Приёмка', on: addDays(today, 3), order: 0, ...(happened ? { happened } : {}) } },
  },
});

describe('Due days of promises in lists', () => {
  beforeEach(async () => {
    await Promise.all([live.promises.clear(), live.contracts.clear()]);
    await live.contracts.put(contract());
    await live.promises.bulkPut([
      promise('never', {}),
      promise('once', { due: addDays(today, 7) }),
      promise('after', {
        contract: 'c',
        rule: { kind: 'relative', to: 'm', direction: 'after', period: { days: 2 } },
      }),
      promise('monthly', {
        rule: { kind: 'recurring', recurrence: { anchor: addDays(today, -9), every: { days: 5 }, dayOff: 'keep' } },
        fulfilments: { 0: { on: today, state: 'done' } },
      }),
    ]);
  });
  afterEach(cleanup);
  const days = () => renderHook(() => usePromiseDays(usePromises()));
  const shown = ({ current }: ReturnType<typeof days>['result']) =>
    current?.map((each) => [each.promise.id, each.day?.due ?? null]);

  it('are those of the next open occurrence and of the contract’s events, soonest first', async () => {
    const { result } = days();
    await waitFor(() =>
      expect(shown(result)).toEqual([
        ['monthly', today],
        ['after', addDays(today, 5)],
        ['once', addDays(today, 7)],
        ['never', null],
      ]),
    );
  });

  it('move at once when the event that they are counted from happens', async () => {
    const { result } = days();
    await waitFor(() => expect(shown(result)?.[1]).toEqual(['after', addDays(today, 5)]));
    await act(async () => {
      await live.contracts.put(contract(addDays(today, -4)));
    });
    await waitFor(() => expect(shown(result)?.[0]).toEqual(['after', addDays(today, -2)]));
  });

  it('are not told for an event of a contract that is not there', async () => {
    await live.contracts.clear();
    const { result } = days();
    await waitFor(() =>
      expect(
        shown(result)
          ?.slice(0, 2)
          .map(([id]) => id),
      ).toEqual(['monthly', 'once']),
    );
    expect(result.current?.find((each) => each.promise.id === 'after')?.day).toBe(null);
  });
});
