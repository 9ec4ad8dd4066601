import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/change/clock.ts';
import { foldChanges } from '../../../shared/change/fold.ts';
import { basesFor, conflictsOf, materialise } from '../../../shared/change/state.ts';
import type { Change, Json } from '../../../shared/change/types.ts';
import { admitForClient } from '../../../shared/compose/admission.ts';
import type { Meeting, PromiseRecord, Visibility } from '../../../shared/model/records.ts';
import { stricter } from '../../../shared/note/blocks.ts';

const visibility = fc.constantFrom<Visibility>('client', 'internal', 'private');
const id = (device: number, millis: number): string =>
  formatHlc({ millis, counter: 0, device: String(device).padStart(16, '0') });
const change = (at: string, type: string, field: string, value: Json, base: readonly string[]): Change => ({
  id: at,
  batch: at,
  type,
  record: 'r',
  field,
  value,
  base,
});
/** Concurrent values of a field on top of a first one, written by one device each at any time, heard in any order. */
const scene = fc.record({
  values: fc.array(fc.record({ visibility, millis: fc.integer({ min: 2000, max: 9000 }) }), {
    minLength: 2,
    maxLength: 4,
  }),
  order: fc.array(fc.nat(100), { minLength: 4, maxLength: 5 }),
});
const shuffled = (changes: readonly Change[], order: readonly number[]): Change[] =>
  changes
    .map((one, i) => ({ one, key: order[i] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);

describe('who may read, while people disagree', () => {
  it('SYNC-MERGE-3: a promise is as private as the most careful of them says, until a person decides', () => {
    fc.assert(
      fc.property(scene, visibility, ({ values, order }, decided) => {
        const first = change(id(0, 1000), 'promise', '$new', { text: 'Скидка 5 %', visibility: 'internal' }, []);
        const rivals = values.map(({ visibility: value, millis }, i) =>
          change(id(i + 1, millis), 'promise', 'visibility', value, [first.id]),
        );
        const careful = values.map((one) => one.visibility).reduce(stricter);
        const state = foldChanges(shuffled([first, ...rivals], order)).get('r')!;
        expect(materialise(state).data['visibility']).toBe(careful);
        const disagree = new Set(values.map((one) => one.visibility)).size > 1;
        expect(conflictsOf(state).map(({ field, open }) => ({ field, open }))).toEqual(
          disagree ? [{ field: 'visibility', open: true }] : [],
        );
        const { leftOut } = admitForClient({
          meeting: {} as Meeting,
          blocks: [],
          promises: [{ ...materialise(state).data } as unknown as PromiseRecord],
        });
        expect(leftOut).toHaveLength(careful === 'client' ? 0 : 1);
        const decision = change(id(9, 9999), 'promise', 'visibility', decided, basesFor(state, 'visibility'));
        const after = foldChanges(shuffled([first, ...rivals, decision], order)).get('r')!;
        expect(materialise(after).data['visibility']).toBe(decided);
        expect(conflictsOf(after)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['decisions', 'agenda'])('SYNC-MERGE-3: %s keep the newest words under the most careful mark', (set) => {
    fc.assert(
      fc.property(scene, ({ values, order }) => {
        const field = `${set}/one`;
        const first = change(id(0, 1000), 'meeting', field, { text: '0', order: 0, visibility: 'internal' }, []);
        const rivals = values.map(({ visibility: mark, millis }, i) =>
          change(id(i + 1, millis), 'meeting', field, { text: String(i), order: 0, visibility: mark }, [first.id]),
        );
        const newest = rivals.reduce((a, b) => (a.id > b.id ? a : b));
        const careful = values.map((one) => one.visibility).reduce(stricter);
        const state = foldChanges(shuffled([first, ...rivals], order)).get('r')!;
        expect(materialise(state).data[set]).toEqual({ one: { ...(newest.value as object), visibility: careful } });
        const [conflict] = conflictsOf(state);
        expect(conflict?.open).toBe(new Set(values.map((one) => one.visibility)).size > 1);
        // Whatever was written can still be chosen as it was written.
        const offered = [conflict?.shown.value, ...(conflict?.others ?? []).map((head) => head.value)];
        for (const rival of rivals) expect(offered).toContainEqual(rival.value);
      }),
      { numRuns: 500 },
    );
  });
});
