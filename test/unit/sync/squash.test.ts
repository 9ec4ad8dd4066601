/** Squashes: in the fold, and made by a vault (SYNC-MERGE-6). */
import { describe, expect, it } from 'vitest';
import { VaultSync } from '../../../electron/sync/vault-sync.ts';
import { mergeDocs } from '../../../shared/change/doc.ts';
import { docText } from '../../../shared/change/doc-text.ts';
import { foldChanges } from '../../../shared/change/fold.ts';
import { conflictsOf, isDeleted } from '../../../shared/change/state.ts';
import type { Change, Json } from '../../../shared/change/types.ts';
import { validateChange } from '../../../shared/change/validate.ts';
import { typed } from '../change/simulation.ts';
import { ME, newVault } from '../vault/support.ts';

const hlc = (millis: number, device: string): string =>
  `${millis.toString(16).padStart(12, '0')}-0000-${device.repeat(16)}`;
const made = (id: string, field: string, value: Json, base: readonly string[] = []): Change => ({
  id,
  batch: id.replace('-0000-', '-0000-'),
  type: 'meeting',
  record: 'm',
  field,
  value,
  base,
});
const a1 = made(hlc(1, 'a'), 'body', typed(1, 'один '));
const a2 = made(hlc(3, 'a'), 'body', typed(2, 'два '));
const b1 = made(hlc(2, 'b'), 'body', typed(3, 'три '));
const state = mergeDocs([a1, a2, b1].map(({ value }) => value as string));
const squash = made(hlc(9, 'c'), 'body', { state, seen: [a2.id, b1.id] }, [a1.id, b1.id, a2.id]);
const fold = (changes: readonly Change[]) => foldChanges(changes).get('m');

describe('a squash', () => {
  it('is a valid change from elsewhere, and its parts are checked', () => {
    expect(validateChange(squash).ok).toBe(true);
    for (const value of [{ state }, { state, seen: [] }, { state: 'x', seen: [a1.id] }, { state, seen: ['x'] }])
      expect(validateChange({ ...squash, value }).ok).toBe(false);
  });

  it('gives what its parts give, in any order, with them or without', () => {
    const whole = fold([a1, a2, b1]);
    for (const order of [[squash], [squash, a1, a2, b1], [a2, squash, b1, a1], [a1, a2, b1, squash]]) {
      const folded = fold(order);
      expect(folded?.fields.get('body')?.seen).toEqual(whole?.fields.get('body')?.seen);
      expect(folded?.fields.get('body')?.heads.map(({ id }) => id)).toEqual([a2.id]);
      expect(docText(String(folded?.fields.get('body')?.heads[0]?.value))).toBe(
        docText(String(whole?.fields.get('body')?.heads[0]?.value)),
      );
      expect(folded?.last).toBe(whole?.last);
    }
    expect(fold([squash, a1, a2, b1])).toEqual(fold([a1, a2, b1, squash]));
  });

  it('neither contradicts a deletion nor hides an edit from it', () => {
    const title = made(hlc(0, 'a'), '$new', { title: 't' });
    const deletion = made(hlc(5, 'b'), '$deleted', true, [title.id, b1.id, a2.id]);
    const after = fold([title, a1, a2, b1, deletion, squash]);
    expect(after && isDeleted(after)).toBe(true);
    expect(after && conflictsOf(after)).toEqual([]);
    const unseen = made(hlc(5, 'b'), '$deleted', true, [title.id, a2.id]);
    const conflicting = fold([title, a1, a2, b1, unseen, squash]);
    expect(conflicting && conflictsOf(conflicting).map(({ field }) => field)).toEqual(['$deleted']);
  });
});

describe('a vault', () => {
  it('squashes a long note once, keeps its text, its history and its promise to verify', () => {
    const { vault, commit, setNow } = newVault();
    commit({ type: 'meeting', record: 'm', field: '$new', value: { title: 'Встреча' } });
    for (let i = 0; i < 5; i += 1) {
      setNow(1_781_524_800_000 + i * 1000);
      commit({ type: 'meeting', record: 'm', field: 'body', value: typed(10 + i, `слово${i} `) });
    }
    const before = vault.record('m');
    const history = vault.history('m').length;
    const sync = new VaultSync(vault);
    setNow(1_781_524_800_000 + 3_600_000);
    expect(sync.ledger.squash('x', { updates: 9, quiet: 0 })).toBe(false);
    setNow(1_781_524_800_000 + 7_200_000);
    expect(sync.ledger.squash('x', { updates: 3, quiet: 0 })).toBe(true);
    const after = vault.record('m');
    expect(docText(String(after?.data['body']))).toBe(docText(String(before?.data['body'])));
    expect(after?.changedAt).toBe(before?.changedAt);
    expect(vault.history('m').length).toBe(history);
    expect(vault.verify()).toMatchObject({ ok: true, problems: [] });
    // A second one finds one update only: the squash.
    setNow(1_781_524_800_000 + 10_800_000);
    expect(sync.ledger.squash('x', { updates: 1, quiet: 0 })).toBe(false);
    // An undo of the typing batch is not confused by it.
    expect(vault.undo(history > 0 ? (vault.batches({ kind: 'edit' })[0]?.id ?? '') : '', ME).errored).toEqual([]);
  });
});
