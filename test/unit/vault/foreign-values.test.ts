/** Values from elsewhere in shapes that no screen writes: members are trusted with content, not with good programs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/change/clock.ts';
import type { Json } from '../../../shared/change/types.ts';
import { validateChange } from '../../../shared/change/validate.ts';
import { fieldSpec, RECORD_FIELDS } from '../../../shared/model/schema.ts';
import { newVault, NOON } from './support.ts';

const FIELDS = Object.entries(RECORD_FIELDS).flatMap(([type, fields]) =>
  Object.keys(fields).map((field) => [type, fieldSpec(type, field).kind === 'set' ? `${field}/k` : field] as const),
);
/** What the vault reads inside values. */
const MEMBERS = ['given', 'family', 'patronymic', 'full', 'nickname', 'value', 'label', 'order', 'person', 'name'];
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 5, -1, 0.5, 1e300, '', 'x', '2026-02-31', [], ['a'], {}),
  fc.jsonValue({ maxDepth: 2 }),
);
const value = fc.oneof(junk, fc.dictionary(fc.constantFrom(...MEMBERS), junk, { maxKeys: 6, noNullPrototype: true }));

describe('values of any shape', () => {
  it('SYNC-PULL-3 are taken in and block nothing that comes with them', () => {
    const { vault } = newVault();
    const log = vault.ledgerLog();
    const device = 'ab'.repeat(8);
    let n = 0;
    const id = (): string => formatHlc({ millis: NOON - 1_000_000 + (n += 1), counter: 0, device });
    const take = (type: string, field: string, given: Json): string => {
      const batch = { id: id(), kind: 'edit', actor: 'Анна', device, time: NOON } as const;
      const record = `r${n}`;
      const checked = validateChange({ id: id(), batch: batch.id, type, record, field, value: given, base: [] });
      if (checked.ok) log.append(checked.value, batch, true, []);
      return record;
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { minLength: 5, maxLength: 30 }), (list) => {
        const good = log.transaction(() => {
          for (const [[type, field], one] of list) {
            take(type, field, one as Json);
            take(type, '$new', { [field]: one as Json });
          }
          return take('person', '$new', { name: { given: 'Анна', family: 'Ёлкина' } });
        });
        for (const written of log.takeWritten()) for (const update of vault.updatesOf(written)) void update;
        expect(vault.record(good)?.data).toEqual({ name: { given: 'Анна', family: 'Ёлкина' } });
      }),
      { numRuns: 150 },
    );
    expect(vault.search({ text: 'Ёлкина', limit: 5 })).toHaveLength(5);
    expect(vault.verify().problems).toEqual([]);
  });

  it.each([
    ['person', 'name', { given: 1, family: [] }],
    ['person', 'cadenceDays', 1e300],
    ['organisation', 'cadenceDays', -1e300],
    ['calendar', 'year', 1e300],
  ] as const)('of %s.%s are kept as they are', (type, field, given) => {
    const { vault } = newVault();
    const log = vault.ledgerLog();
    const [batch, change] = [1, 2].map((millis) => formatHlc({ millis, counter: 0, device: 'ab'.repeat(8) })) as [
      string,
      string,
    ];
    log.transaction(() =>
      log.append(
        { id: change, batch, type, record: 'r', field, value: given as unknown as Json, base: [] },
        { id: batch, kind: 'edit', actor: 'Анна', device: 'ab'.repeat(8), time: 1 },
        true,
        [],
      ),
    );
    expect(vault.record('r')?.data[field]).toEqual(given);
    // An import compares its rows with what is here.
    const { people } = vault.duplicatesIndex();
    for (const { name } of people) for (const part of Object.values(name)) expect(part).toBeTypeOf('string');
  });
});
