/** The clock's renewal when what it was renewed for cannot be saved (docs/sync.md, SYNC-CLOCK-4). */
import { describe, expect, it } from 'vitest';
import { VaultSync } from '../../../electron/sync/vault-sync.ts';
import { codeOfAsync, make, newVault, NOON, put } from './support.ts';

const DAY = 86_400_000;

describe('changes made by a clock that ran ahead', () => {
  it('SYNC-CLOCK-4 stay what later changes stand behind when the disk had no room to make them anew', async () => {
    const { vault, setNow, commit } = newVault();
    const store = new VaultSync(vault);
    const log = vault.ledgerLog();
    setNow(NOON + DAY);
    commit(make('organisation', 'o', { name: 'Ромашка', summary: 'я'.repeat(200_000) }));
    const device = log.device();
    setNow(NOON);
    vault.db.pragma(`max_page_count = ${vault.db.pragma('page_count', { simple: true }) as number}`);
    expect(await codeOfAsync(store.reissue(NOON))).toBe('vault.diskFull');
    expect(log.device()).toBe(device);
    vault.db.pragma('max_page_count = 1000000000');
    commit(put('organisation', 'o', 'name', 'Василёк'));
    const rows = log.localAfter(0, 100).map(({ change }) => change);
    expect(rows).toHaveLength(2);
    // Everybody else would take a change that names a later one for malformed.
    for (const { id, base } of rows) for (const one of base) expect(one < id).toBe(true);

    expect(await store.reissue(NOON)).toBe(2);
    const anew = log.localAfter(0, 100).slice(2);
    expect(anew.map(({ change }) => change.field)).toEqual(['$new', 'name']);
    for (const { change } of anew) {
      expect(change.id < rows[0]!.id).toBe(true);
      for (const one of change.base) expect(one < change.id).toBe(true);
    }
    expect(vault.records(['o'])[0]?.data['name']).toBe('Василёк');
  });
});
