/** Faults that nobody has thought of yet: one record that cannot be listed or searched keeps nothing else out. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Projections } from '../../../electron/vault/projections.ts';
import { SearchIndex } from '../../../electron/vault/search-index.ts';
import { formatHlc } from '../../../shared/change/clock.ts';
import type { Change } from '../../../shared/change/types.ts';
import { codeOf, newVault, NOON } from './support.ts';

afterEach(() => vi.restoreAllMocks());

const DEVICE = 'ab'.repeat(8);
let counter = 0;
const id = (): string => formatHlc({ millis: NOON - 1000 + (counter += 1), counter: 0, device: DEVICE });

/** Takes in people with these names, as a page from the server does. */
function take(vault: ReturnType<typeof newVault>['vault'], names: readonly string[]): void {
  const log = vault.ledgerLog();
  const batch = { id: id(), kind: 'edit', actor: 'Анна', device: DEVICE, time: NOON } as const;
  log.transaction(() => {
    for (const family of names) {
      const value = { name: { family } };
      const change: Change = {
        id: id(),
        batch: batch.id,
        type: 'person',
        record: family,
        field: '$new',
        value,
        base: [],
      };
      log.append(change, batch, true, []);
    }
  });
  for (const written of log.takeWritten()) for (const update of vault.updatesOf(written)) void update;
}

describe('a record that cannot be listed', () => {
  const failOn = (name: string, error: () => Error): void => {
    const original = Projections.prototype.project;
    vi.spyOn(Projections.prototype, 'project').mockImplementation(function (this: Projections, record, ...rest) {
      if (record.id === name && !record.deleted) throw error();
      return original.call(this, record, ...rest);
    });
  };

  it('SYNC-PULL-3: is kept and said by the check, and what came with it is in the lists', () => {
    const { vault } = newVault();
    failOn('Странный', () => new TypeError('startsWith is not a function'));
    take(vault, ['Ёлкина', 'Странный', 'Петров']);
    expect(vault.fill({ table: 'people', limit: 10 }).rows.map(({ id: person }) => person)).toEqual([
      'Ёлкина',
      'Петров',
    ]);
    expect(vault.record('Странный')?.data).toEqual({ name: { family: 'Странный' } });
    expect(vault.verify().problems).toEqual(['1 records missing from people']);
  });

  it('does not hide a full disk', () => {
    const { vault } = newVault();
    failOn('Странный', () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
    expect(codeOf(() => take(vault, ['Ёлкина', 'Странный']))).toBe('vault.diskFull');
    expect(vault.record('Ёлкина')).toBeNull();
  });
});

describe('a record that cannot be searched', () => {
  it('is not found, and the others are', () => {
    const { vault } = newVault();
    const original = SearchIndex.prototype.put;
    vi.spyOn(SearchIndex.prototype, 'put').mockImplementation(function (this: SearchIndex, entry, ...rest) {
      if (!entry.deleted && JSON.stringify(entry.data).includes('Странный')) throw new TypeError('not iterable');
      return original.call(this, entry, ...rest);
    });
    take(vault, ['Ёлкина', 'Странный', 'Петров']);
    const found = (text: string) => vault.search({ text, limit: 5 }).map((hit) => hit.id);
    expect([found('Ёлкина'), found('Странный'), found('Петров')]).toEqual([['Ёлкина'], [], ['Петров']]);
    vi.restoreAllMocks();
    expect(vault.verify().problems).toEqual([]);
  });
});
