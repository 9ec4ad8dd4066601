/** Search entries that follow what came from elsewhere: nothing is missed, nothing is found twice. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readEnvelope, unwrapKey } from '../../../electron/vault/keys.ts';
import { VaultService } from '../../../electron/vault/service.ts';
import { Vault } from '../../../electron/vault/vault.ts';
import type { ChangeSet } from '../../../shared/change/types.ts';
import { folder, KEY, make, newVault, put, type TestVault } from './support.ts';

const PASSPHRASE = 'correct horse battery';
const found = (vault: Vault, text: string): string[] =>
  vault
    .search({ text, limit: 50 })
    .map(({ id }) => id)
    .toSorted();
const waiting = (vault: Vault): number =>
  (vault.db.prepare('SELECT count(*) AS n FROM unindexed').get() as { n: number }).n;
/** Every entry of the index, so that one that is there twice shows. */
const entries = (vault: Vault): number =>
  (vault.db.prepare('SELECT count(*) AS n FROM search').get() as { n: number }).n;

/** What another device has made. */
function elsewhere(...steps: readonly (readonly Parameters<TestVault['commit']>[0][])[]): ChangeSet[] {
  const there = newVault();
  return steps.map((changes) => there.vault.changeSet(there.commit(...changes).batch) as ChangeSet);
}
const person = (id: string, family: string) => make('person', id, { name: { family } });

afterEach(() => vi.useRealTimers());

describe('search entries', () => {
  it('are written at once for what a person does here', () => {
    const { vault, commit } = newVault();
    commit(make('organisation', 'o1', { name: 'Ромашка' }), person('p1', 'Ёлкин'));
    expect(waiting(vault)).toBe(0);
    expect(entries(vault)).toBe(2);
  });

  it('wait for the first search, which finds everything', () => {
    const { vault } = newVault();
    vault.ingest(
      elsewhere(
        [person('p1', 'Ёлкин'), make('promise', 'q1', { text: 'Прислать прайс' })],
        [
          make('organisation', 'o1', { name: 'Ромашка' }),
          make('affiliation', 'a1', { person: 'p1', organisation: 'o1', jobTitle: 'технолог' }),
        ],
      ),
    );
    expect(waiting(vault)).toBeGreaterThan(0);
    expect(entries(vault)).toBe(0);
    expect(found(vault, 'прайс')).toEqual(['q1']);
    // A person is found by the organisation and the job, which stand in other records.
    expect(found(vault, 'ромашка')).toEqual(['o1', 'p1']);
    expect(found(vault, 'технолог')).toEqual(['p1']);
    expect(waiting(vault)).toBe(0);
  });

  it('are not written twice when a person changes a record that waits', () => {
    const { vault, commit } = newVault();
    const sets = elsewhere([person('p1', 'Ёлкин'), make('promise', 'q1', { text: 'Прислать прайс' })]);
    vault.ingest(sets);
    commit(put('promise', 'q1', 'text', 'Прислать смету'), put('person', 'p1', 'summary', 'рыбалка'));
    expect(found(vault, 'прайс')).toEqual([]);
    expect(found(vault, 'смету')).toEqual(['q1']);
    expect(found(vault, 'рыбалка')).toEqual(['p1']);
    expect(entries(vault)).toBe(2);
    commit(put('promise', 'q1', '$deleted', true));
    expect(found(vault, 'смету')).toEqual([]);
  });

  it('of records that were known already replace those before', () => {
    const there = newVault();
    const set = (batch: string): ChangeSet => there.vault.changeSet(batch) as ChangeSet;
    const first = set(there.commit(make('promise', 'q1', { text: 'Прислать прайс' })).batch);
    const second = set(there.commit(put('promise', 'q1', 'text', 'Прислать смету')).batch);
    const third = set(there.commit(put('promise', 'q1', '$deleted', true)).batch);
    const { vault } = newVault();
    vault.ingest([first]);
    expect(found(vault, 'прайс')).toEqual(['q1']);
    vault.ingest([second]);
    expect(found(vault, 'прайс')).toEqual([]);
    expect(found(vault, 'смету')).toEqual(['q1']);
    expect(entries(vault)).toBe(1);
    vault.ingest([third]);
    expect(found(vault, 'смету')).toEqual([]);
    expect(entries(vault)).toBe(0);
  });

  it('go on waiting in a vault that was closed', () => {
    const { vault, file } = newVault();
    vault.ingest(elsewhere([person('p1', 'Ёлкин'), person('p2', 'Иванов')]));
    vault.indexSome(1);
    vault.close();
    const again = Vault.open({ file, key: KEY });
    expect(waiting(again)).toBe(1);
    expect(found(again, 'ёлкин')).toEqual(['p1']);
    expect(found(again, 'иванов')).toEqual(['p2']);
    again.close();
  });

  it('wait on a full disk, and what has its entry is found there', () => {
    const { vault, commit } = newVault();
    commit(person('p0', 'Соколова'));
    vault.ingest(
      elsewhere(Array.from({ length: 300 }, (_, i) => person(`p${i + 1}`, `Ёлкин${i} ${'слово'.repeat(40)}`))),
    );
    const pages = vault.db.pragma('page_count', { simple: true }) as number;
    vault.db.pragma(`max_page_count = ${pages}`);
    // Pages that are free would be room after all.
    const free = vault.db.pragma('freelist_count', { simple: true }) as number;
    expect(free).toBe(0);
    expect(found(vault, 'соколова')).toEqual(['p0']);
    expect(waiting(vault)).toBe(300);
    vault.db.pragma('max_page_count = 1000000');
    expect(found(vault, 'ёлкин7')).toContain('p8');
    expect(waiting(vault)).toBe(0);
  });

  it('are written in a quiet moment without being asked for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const dir = folder();
    const service = new VaultService({ dir });
    await service.create({ passphrase: PASSPHRASE, recovery: false });
    await service.ingest(elsewhere(Array.from({ length: 700 }, (_, i) => person(`p${i}`, `Ёлкин${i}`))));
    await vi.advanceTimersByTimeAsync(1000);
    await service.close();
    const key = await unwrapKey(readEnvelope(`${dir}/vault.key.json`)!, { secret: PASSPHRASE });
    const vault = Vault.open({ file: `${dir}/vault.db`, key });
    expect(waiting(vault)).toBe(0);
    expect(entries(vault)).toBe(700);
    vault.close();
  });
});
