import { describe, expect, it } from 'vitest';
import { forgetRows, sameContracts } from '../../../renderer/db/same-rows.ts';
import type { ContractRow } from '../../../shared/model/rows.ts';

const row = (more: Partial<ContractRow> = {}): ContractRow => ({
  id: 'c',
  number: '7',
  title: 'Аренда',
  organisationName: 'Ромашка',
  status: 'active',
  owner: '',
  tags: [],
  wording: {},
  changedAt: 1,
  conflicts: 0,
  ...more,
});

describe('Rows that have not changed', () => {
  it('are the same objects at every answer, changed ones are new', () => {
    forgetRows();
    const [first] = sameContracts([row()]);
    expect(sameContracts([row()])[0]).toBe(first);
    for (const change of [{ changedAt: 2 }, { organisationName: 'Волга' }, { conflicts: 1 }]) {
      const [before] = sameContracts([row()]);
      const [after] = sameContracts([row(change)]);
      expect(after).not.toBe(before);
      expect(after).toMatchObject(change);
    }
  });

  it('are forgotten at locking', () => {
    const [first] = sameContracts([row()]);
    forgetRows();
    expect(sameContracts([row()])[0]).not.toBe(first);
  });
});
