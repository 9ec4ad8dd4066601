/** Rows and search say the same whether a record came as it is or was changed step by step, here or elsewhere. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet, DraftChange, Json } from '../../../shared/change/types.ts';
import { LIVE_TABLES } from '../../../shared/model/rows.ts';
import { newVault, type TestVault } from './support.ts';

const WORDS = ['Амбер', 'Borealis', 'Цедра', ''] as const;
const word = fc.constantFrom(...WORDS);
const person = fc.constantFrom('p1', 'p2');
const organisation = fc.constantFrom('o1', 'o2');
const day = fc.constantFrom('2026-01-05', '2026-06', '');
const edit = (type: string, record: fc.Arbitrary<string>, fields: Readonly<Record<string, fc.Arbitrary<Json>>>) =>
  fc
    .tuple(record, fc.constantFrom(...Object.keys(fields)))
    .chain(([id, field]) =>
      (fields[field] as fc.Arbitrary<Json>).map((value): DraftChange => ({ type, record: id, field, value })),
    );
const deleted = { $deleted: fc.boolean() };
const change = fc.oneof(
  edit('person', person, {
    ...deleted,
    name: word.map((family) => ({ family })),
    summary: word,
    cadenceDays: fc.nat(9),
    'phones/a': word.map((value) => ({ value: `+7 916 123-45-6${value.length}` })),
  }),
  edit('organisation', organisation, {
    ...deleted,
    name: word,
    industry: word,
    'emails/a': word.map((value) => ({ value })),
    'tags/a': fc.constantFrom(null, {}),
  }),
  edit('affiliation', fc.constantFrom('a1', 'a2'), { ...deleted, person, organisation, jobTitle: word, until: day }),
  edit('promise', fc.constantFrom('q1', 'q2'), {
    ...deleted,
    text: word,
    note: word,
    organisation,
    meeting: fc.constant('m1'),
    due: day,
    status: fc.constantFrom('open', 'done'),
    side: fc.constantFrom('ours', 'theirs'),
    owner: person.map((id) => ({ person: id, name: 'N' })),
  }),
  edit('meeting', fc.constantFrom('m1', 'm2'), {
    ...deleted,
    title: word,
    start: fc.constantFrom('2026-06-20T10:00', '2026-05-02T09:30'),
    organisation,
    'attendees/a': person.map((id) => ({ person: id, name: 'N' })),
    'decisions/a': word.map((text) => ({ text })),
  }),
  edit('contract', fc.constantFrom('c1', 'c2'), {
    ...deleted,
    number: word,
    title: word,
    organisation,
    start: day,
    owner: word,
    'tags/a': fc.constantFrom(null, {}),
  }),
  edit('calendar', fc.constantFrom('k1'), { ...deleted, country: word, year: fc.constantFrom(2026, 2027, null) }),
);

/** Everything that lists and search show, in an order of its own. */
function shown({ vault }: TestVault): unknown {
  const tables = LIVE_TABLES.map((table) => [
    table,
    vault.fill({ table, limit: 500 }).rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
  const found = [...WORDS, '9161'].map((text) =>
    vault
      .search({ text, limit: 50 })
      .map(({ id }) => id)
      .toSorted(),
  );
  return [tables, found];
}

describe('rows and search', () => {
  it('do not depend on the steps in which a record came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
        (steps, indexed) => {
          const here = newVault();
          const sets = steps.flatMap((changes): readonly ChangeSet[] => {
            const { batch } = here.commit(...changes);
            const set = batch === '' ? null : here.vault.changeSet(batch);
            return set ? [set] : [];
          });
          const expected = shown(here);
          const atOnce = newVault();
          atOnce.vault.ingest(sets);
          expect(shown(atOnce)).toEqual(expected);
          const backwards = newVault();
          for (const set of sets.toReversed()) backwards.vault.ingest([set]);
          expect(shown(backwards)).toEqual(expected);
          // Some search entries are written in between, some wait while their records change again.
          const between = newVault();
          sets.forEach((set, i) => {
            between.vault.ingest([set]);
            const some = indexed[i] ?? 0;
            if (some > 0) between.vault.indexSome(some);
          });
          expect(shown(between)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
