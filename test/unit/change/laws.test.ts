import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docText } from '../../../shared/change/doc-text.ts';
import { applyChange, foldChanges } from '../../../shared/change/fold.ts';
import { sameJson } from '../../../shared/change/json.ts';
import { conflictsOf, materialise, shownHead } from '../../../shared/change/state.ts';
import type { Change, Json, RecordState } from '../../../shared/change/types.ts';
import { Device, play, steps } from './simulation.ts';

const RUNS = { numRuns: 1000 };
/** States by record, without the order of keys. */
const plain = (states: ReadonlyMap<string, RecordState>): Json => Object.fromEntries(states) as unknown as Json;
const expectSame = (a: ReadonlyMap<string, RecordState>, b: ReadonlyMap<string, RecordState>): void => {
  if (!sameJson(plain(a), plain(b))) expect(plain(a)).toEqual(plain(b));
};
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
        expectSame(foldChanges(shuffled(all, order)), foldChanges(all));
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
        expectSame(one.states, foldChanges(all));
      }),
      RUNS,
    );
  });

  it('is idempotent: changes that come again change nothing', () => {
    fc.assert(
      fc.property(steps, orders, (script, order) => {
        const { all } = play(script);
        expectSame(foldChanges([...all, ...shuffled(all, order)]), foldChanges(all));
        for (const [id, state] of foldChanges(all)) {
          // Without the log's help a head is recognised by its id.
          const heads = new Set(
            Object.values(state.fields).flatMap((field) => [
              ...field.heads.map((head) => head.id),
              ...(field.seen ?? []),
            ]),
          );
          for (const change of all) {
            if (change.record === id && change.field !== '$new' && heads.has(change.id))
              expect(applyChange(state, change, () => true)).toEqual(state);
          }
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
          expectSame(other.states, first.states);
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
        for (const change of all)
          for (const [field, value] of valuesOf(change))
            expectKept(states.get(change.record) as RecordState, change, field, value, named);
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
            Object.values(state.fields.$deleted?.heads ?? []).flatMap((head) =>
              head.value === true ? (head.base ?? []) : [],
            ),
          );
          const unseen = Object.entries(state.fields)
            .flatMap(([field, { heads, seen: authors }]) =>
              field === '$deleted' ? [] : (authors ?? heads.map((head) => head.id)),
            )
            .filter((one) => !seen.has(one));
          const conflict = conflictsOf(state).find((one) => one.field === '$deleted');
          if (unseen.length > 0) expect(conflict, id).toMatchObject({ open: true });
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

function expectKept(state: RecordState, change: Change, field: string, value: Json, named: ReadonlySet<string>): void {
  if (field === 'body') {
    const text = docText(materialise(state).data.body as string);
    expect(text).toContain(docText(value as string));
    return;
  }
  if (field === '$deleted' && materialise(state).deleted === value) return;
  const shown = shownHead(state, field);
  if (field !== '$deleted' && shown && sameJson(shown.value, value)) return;
  if (named.has(`${field} ${change.id}`)) return;
  const conflict = conflictsOf(state).find((one) => one.field === field);
  expect(conflict?.others.map((head) => head.id)).toContain(change.id);
}
