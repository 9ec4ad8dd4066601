import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeState, encodeState } from '../../../electron/vault/state-codec.ts';
import { foldChanges } from '../../../shared/change/fold.ts';
import { sameState } from '../../../shared/change/state.ts';
import type { FieldState, Json, RecordState } from '../../../shared/change/types.ts';
import { play, steps } from '../change/simulation.ts';

const decoded = (state: RecordState): RecordState => decodeState(state.id, state.type, encodeState(state));
const hlc = (n: number): string => `${n.toString(16).padStart(12, '0')}-0000-00000000000000aa`;

describe('a stored state', () => {
  it('is read as it was written, whatever people did to the record', () => {
    fc.assert(
      fc.property(steps, (script) => {
        for (const state of foldChanges(play(script).all).values()) {
          expect(decoded(state)).toEqual(state);
          expect([...decoded(state).fields.keys()]).toEqual([...state.fields.keys()]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps any name, any value and any number of ids', () => {
    const ids = fc.array(fc.nat(60).map(hlc), { minLength: 1, maxLength: 40 });
    const head = fc.record({ id: fc.nat(60).map(hlc), value: fc.jsonValue(), batch: fc.nat(60).map(hlc) });
    const field = fc.record(
      {
        heads: fc.array(
          fc.oneof(
            head,
            fc.tuple(head, ids).map(([one, base]) => ({ ...one, base })),
          ),
        ),
        awaited: ids,
        seen: ids,
      },
      { requiredKeys: ['heads'] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '0', '$deleted')), field)),
        fc.tuple(fc.nat(60), fc.nat(60)),
        (entries, [first, last]) => {
          // As JSON has it: without the difference between 0 and −0.
          const fields = new Map(JSON.parse(JSON.stringify(entries)) as [string, FieldState][]);
          const state = { id: 'r', type: 'person', fields, first: hlc(first), last: hlc(last) };
          expect(decoded(state)).toEqual(state);
        },
      ),
    );
  });

  it('of layout 4 and before, with its fields in an object, is read too', () => {
    const old = {
      first: 0,
      last: 2,
      fields: { name: [2, 3, 'Ромашка'], $deleted: [[[0, 1, false, [0]]], [4], []], 'tags/__x': [0, 1, true] },
      ids: [hlc(1), 'batch 1', hlc(2), 'batch 2', hlc(9)],
    };
    expect(decodeState('o', 'organisation', JSON.stringify(old))).toEqual({
      id: 'o',
      type: 'organisation',
      first: hlc(1),
      last: hlc(2),
      fields: new Map<string, FieldState>([
        ['name', { heads: [{ id: hlc(2), batch: 'batch 2', value: 'Ромашка' }] }],
        ['$deleted', { heads: [{ id: hlc(1), batch: 'batch 1', value: false, base: [hlc(1)] }], awaited: [hlc(9)] }],
        ['tags/__x', { heads: [{ id: hlc(1), batch: 'batch 1', value: true }] }],
      ]),
    });
  });
});

describe('sameState', () => {
  const state = (fields: readonly (readonly [string, Json])[], type = 'person'): RecordState => ({
    id: 'r',
    type,
    first: hlc(1),
    last: hlc(2),
    fields: new Map(fields.map(([name, value]) => [name, { heads: [{ id: hlc(1), batch: 'b', value }] }])),
  });

  it('sees every difference but the order of fields', () => {
    const one = state([
      ['a', 1],
      ['b', { x: 1 }],
    ]);
    expect(
      sameState(
        one,
        state([
          ['b', { x: 1 }],
          ['a', 1],
        ]),
      ),
    ).toBe(true);
    expect(sameState(undefined, undefined)).toBe(true);
    for (const other of [
      undefined,
      state([['a', 1]]),
      state([
        ['a', 1],
        ['c', { x: 1 }],
      ]),
      state([
        ['a', 1],
        ['b', { x: 2 }],
      ]),
      state(
        [
          ['a', 1],
          ['b', { x: 1 }],
        ],
        'organisation',
      ),
      { ...one, last: hlc(3) },
    ])
      expect([sameState(one, other), sameState(other, one)]).toEqual([false, false]);
  });
});
