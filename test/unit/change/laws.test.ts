import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docText } from '../../../shared/change/doc-text.ts';
import { applyChange, foldChanges } from '../../../shared/change/fold.ts';
import { sameJson } from '../../../shared/change/json.ts';
import { conflictsOf, materialise, sameState, shownHead } from '../../../shared/change/state.ts';
import type { Change, Json, RecordState } from '../../../shared/change/types.ts';
import { Device, play, steps } from './simulation.ts';

const RUNS = { numRuns: 1000 };
/** Records whose states differ. */
const differing = (a: ReadonlyMap<string, RecordState>, b: ReadonlyMap<string, RecordState>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((id) => !sameState(a.get(id), b.get(id)));
const shuffled = <T>(items: readonly T[], order: readonly number[]): T[] =>
  items
    .map((item, i) => ({ item, key: order[i % order.length] ?? 0, i }))
    .sort((a, b) => a.key - b.key || a.i - b.i)
    .map(({ item }) => item);
const orders = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });

describe('the fold', () => {
  it('is commutative: any order of the same changes gives the same state', () => {
    fc.assert(
      fc.property(steps, orders, (script, order) => {
        const { all } = play(script);
        expect(differing(foldChanges(shuffled(all, order)), foldChanges(all))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is associative: parts that were heard of separately add up to the whole', () => {
    fc.assert(
      fc.property(steps, orders, fc.nat(24), (script, order, cut) => {
        const { all } = play(script);
        const one = new Device('a'.repeat(16), () => 2_000_000);
        const two = new Device('b'.repeat(16), () => 2_000_000);
        const mixed = shuffled(all, order);
        for (const change of mixed.slice(0, cut)) one.hear(change);
        for (const change of mixed.slice(cut)) two.hear(change);
        for (const change of two.known.values()) one.hear(change);
        expect(differing(one.states, foldChanges(all))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is idempotent: changes that come again change nothing', () => {
    fc.assert(
      fc.property(steps, orders, (script, order) => {
        const { all } = play(script);
        expect(differing(foldChanges([...all, ...shuffled(all, order)]), foldChanges(all))).toEqual([]);
        for (const [id, state] of foldChanges(all)) {
          // Without the log's help a head is recognised by its id.
          const heads = new Set(
            [...state.fields.values()].flatMap((field) => [
              ...field.heads.map((head) => head.id),
              ...(field.seen ?? []),
            ]),
          );
          const again = all.filter((change) => change.record === id && change.field !== '$new' && heads.has(change.id));
          for (const change of again) expect(applyChange(state, change, () => true)).toEqual(state);
        }
      }),
      RUNS,
    );
  });

  it('converges: devices that have heard of everything show the same, conflicts included', () => {
    fc.assert(
      fc.property(steps, orders, (script, order) => {
        const { devices, all } = play(script);
        devices.forEach((device, i) => {
          for (const change of shuffled(
            all,
            order.map((key) => (key * (i + 3)) % 101),
          ))
            device.hear(change);
        });
        const [first, ...others] = devices as [Device, ...Device[]];
        for (const other of others) {
          expect(differing(other.states, first.states)).toEqual([]);
          for (const [id, state] of first.states) {
            expect(conflictsOf(other.states.get(id) as RecordState)).toEqual(conflictsOf(state));
            expect(materialise(other.states.get(id) as RecordState)).toEqual(materialise(state));
          }
        }
      }),
      RUNS,
    );
  });

  it('loses nothing: each value is shown, replaced by someone who had seen it, or listed as a conflict', () => {
    fc.assert(
      fc.property(steps, orders, (script, order) => {
        const { all } = play(script);
        const states = foldChanges(shuffled(all, order));
        // The base of a deletion names the whole record: it replaces no value but an earlier deletion.
        const named = new Set(
          all.flatMap((change) => valuesOf(change).flatMap(([field]) => change.base.map((id) => `${field} ${id}`))),
        );
        const lost = all.flatMap((change) =>
          valuesOf(change)
            .filter(([field, value]) => !isKept(states.get(change.record) as RecordState, change, field, value, named))
            .map(([field]) => `${change.id} ${field}`),
        );
        expect(lost).toEqual([]);
      }),
      RUNS,
    );
  });

  it('never lets a deletion beat an edit that its author had not seen without saying so', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { all } = play(script);
        for (const [id, state] of foldChanges(all)) {
          const deletion = shownHead(state, '$deleted');
          if (deletion?.value !== true) continue;
          const seen = new Set(
            (state.fields.get('$deleted')?.heads ?? []).flatMap((head) =>
              head.value === true ? (head.base ?? []) : [],
            ),
          );
          const unseen = [...state.fields]
            .flatMap(([field, { heads, seen: authors }]) =>
              field === '$deleted' ? [] : (authors ?? heads.map((head) => head.id)),
            )
            .filter((one) => !seen.has(one));
          const conflict = conflictsOf(state).find((one) => one.field === '$deleted');
          expect({ id, told: conflict?.open === true || unseen.length === 0 }).toEqual({ id, told: true });
          expect(materialise(state).deleted).toBe(!unseen.some((one) => one > deletion.id));
        }
      }),
      RUNS,
    );
  });
});

function valuesOf(change: Change): readonly (readonly [string, Json])[] {
  return change.field === '$new'
    ? Object.entries(change.value as Record<string, Json>)
    : [[change.field, change.value]];
}

function isKept(state: RecordState, change: Change, field: string, value: Json, named: ReadonlySet<string>): boolean {
  if (field === 'body') return docText(materialise(state).data.body as string).includes(docText(value as string));
  const shown = field === '$deleted' ? materialise(state).deleted : shownHead(state, field)?.value;
  if (sameJson(shown, value) || named.has(`${field} ${change.id}`)) return true;
  const conflict = conflictsOf(state).find((one) => one.field === field);
  return conflict?.others.some((head) => head.id === change.id) ?? false;
}
