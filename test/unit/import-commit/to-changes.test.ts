import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import type { DraftOrganisation, DraftPerson, PlannedRow } from '../../../shared/import/draft.ts';
import { textKey } from '../../../shared/import/element-keys.ts';
import { NOTHING_STORED, type StoredRecord, type StoredRecords, toChanges } from '../../../shared/import/to-changes.ts';
import { problemOfDraft } from '../../../shared/change/validate.ts';

let next = 0;
const options = (mode: 'fill' | 'overwrite' = 'fill') => ({
  mode,
  source: 'import:1',
  newId: () => `id${(next += 1)}`,
});

type Data = Record<string, Json>;
/** A vault in miniature: type and data by id. */
class Store {
  readonly records = new Map<string, { type: string; data: Data }>();
  apply(changes: readonly DraftChange[]): void {
    for (const { type, record, field, value } of changes) {
      expect(problemOfDraft({ type, record, field, value })).toBeNull();
      if (field === '$new') {
        expect(this.records.has(record)).toBe(false);
        this.records.set(record, { type, data: {} });
        for (const [name, element] of Object.entries(value as Data)) this.#put(record, name, element);
      } else this.#put(record, field, value);
    }
  }
  #put(record: string, field: string, value: Json): void {
    const data = this.records.get(record)?.data;
    if (!data) throw new Error(`no record ${record}`);
    const [name = '', ...rest] = field.split('/');
    if (rest.length === 0) data[name] = value;
    else data[name] = { ...(data[name] as Data | undefined), [rest.join('/')]: value };
  }
  of(type: string): readonly StoredRecord[] {
    return [...this.records].filter(([, r]) => r.type === type).map(([id, { data }]) => ({ id, data }));
  }
  stored(): StoredRecords {
    return {
      byId: new Map([...this.of('person'), ...this.of('organisation')].map((r) => [r.id, r])),
      affiliations: this.of('affiliation'),
      contracts: this.of('contract'),
    };
  }
}
const person = (row: number, draft: DraftPerson, organisation?: DraftOrganisation): PlannedRow => ({
  row,
  person: { draft, target: { kind: 'new' } },
  ...(organisation ? { organisation: { draft: organisation, target: { kind: 'new' } } } : {}),
});
const elements = (value: Json | undefined): readonly Data[] => Object.values((value ?? {}) as Record<string, Data>);

describe('changes of an import', () => {
  it('creates a person, an organisation and the tie between them, with their provenance', () => {
    const store = new Store();
    const result = toChanges(
      [
        {
          ...person(
            2,
            {
              name: { family: 'Иванов' },
              phones: [{ value: '8 916 123-45-67', e164: '+79161234567', label: 'mobile' }],
            },
            { name: 'Ромашка' },
          ),
          affiliation: { jobTitle: 'Директор' },
        },
      ],
      NOTHING_STORED,
      options(),
    );
    store.apply(result.changes);
    expect(result.outcomes.get(2)).toBe('created');
    expect(result.organisations).toEqual({ created: 1, updated: 0 });
    const [someone] = store.of('person');
    const [organisation] = store.of('organisation');
    expect(someone?.data).toMatchObject({
      name: { family: 'Иванов' },
      source: 'import:1',
      phones: { '+79161234567': { label: 'mobile' } },
    });
    expect(store.of('affiliation')[0]?.data).toEqual({
      person: someone?.id,
      organisation: organisation?.id,
      jobTitle: 'Директор',
      primary: true,
    });
  });

  it('fills what is empty, appends to lists and keeps what a person wrote, saying so', () => {
    const stored: StoredRecords = {
      ...NOTHING_STORED,
      byId: new Map([
        [
          'p',
          {
            id: 'p',
            data: {
              name: { family: 'Иванов' },
              gender: 'м',
              summary: 'Важный',
              emails: { x7: { value: 'A@x.ru', label: 'home', order: 3 } },
            },
          },
        ],
      ]),
    };
    const rows: PlannedRow[] = [
      {
        row: 5,
        person: {
          target: { kind: 'existing', id: 'p' },
          draft: {
            name: { family: 'ИВАНОВ', given: 'Иван' },
            gender: 'ж',
            summary: 'Другое',
            emails: [
              { value: 'a@x.ru', label: 'work' },
              { value: 'b@x.ru', label: 'work' },
            ],
          },
        },
      },
    ];
    const { changes, outcomes, kept } = toChanges(rows, stored, options());
    expect(outcomes.get(5)).toBe('updated');
    expect(changes).toEqual([
      { type: 'person', record: 'p', field: 'name', value: { family: 'Иванов', given: 'Иван' } },
      { type: 'person', record: 'p', field: 'emails/b@x.ru', value: { value: 'b@x.ru', label: 'work', order: 4 } },
    ]);
    expect(kept.map((k) => k.field).sort()).toEqual(['gender', 'summary']);
  });

  it('overwrites single values on request, but adds to notes instead of replacing them', () => {
    const stored: StoredRecords = {
      ...NOTHING_STORED,
      byId: new Map([['p', { id: 'p', data: { gender: 'м', summary: 'Важный' } }]]),
    };
    const row: PlannedRow = {
      row: 5,
      person: { target: { kind: 'existing', id: 'p' }, draft: { gender: 'ж', summary: 'Другое' } },
    };
    expect(toChanges([row], stored, options('overwrite')).changes).toEqual([
      { type: 'person', record: 'p', field: 'gender', value: 'ж' },
      { type: 'person', record: 'p', field: 'summary', value: 'Важный\nДругое' },
    ]);
  });

  it('joins rows of the file that speak of one person and keeps the notes of both', () => {
    const rows: PlannedRow[] = [
      person(2, { name: { family: 'Иванов' }, summary: 'первое' }),
      { row: 3, person: { draft: { summary: 'второе', birthday: '1970-01-02' }, target: { kind: 'row', row: 2 } } },
      { row: 4, person: { draft: { summary: 'первое' }, target: { kind: 'row', row: 3 } } },
    ];
    const { changes, outcomes } = toChanges(rows, NOTHING_STORED, options());
    expect([...outcomes.values()]).toEqual(['created', 'updated', 'unchanged']);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.value).toMatchObject({ summary: 'первое\nвторое', birthday: '1970-01-02' });
  });

  it('keeps a job without an organisation, and knows it again', () => {
    const store = new Store();
    const row: PlannedRow = { ...person(2, { name: { family: 'Иванов' } }), affiliation: { jobTitle: 'Директор' } };
    const first = toChanges([row], NOTHING_STORED, options());
    store.apply(first.changes);
    const id = first.records.get(2)?.person ?? '';
    expect(store.of('affiliation').map(({ data }) => data)).toEqual([
      { person: id, jobTitle: 'Директор', primary: true },
    ]);
    const known = { ...row, person: { draft: {}, target: { kind: 'existing' as const, id } } };
    expect(toChanges([known], store.stored(), options()).changes).toEqual([]);
    // The same job with an organisation is another affiliation, and no longer the main one.
    const moved = toChanges(
      [{ ...known, organisation: { draft: { name: 'Ромашка' }, target: { kind: 'new' } } }],
      store.stored(),
      options(),
    );
    expect(moved.changes.find((change) => change.type === 'affiliation')?.value).not.toHaveProperty('primary');
  });

  it('knows a contract again by its number and the other party', () => {
    const store = new Store();
    const rows: PlannedRow[] = [
      {
        row: 2,
        organisation: { draft: { name: 'Ромашка' }, target: { kind: 'new' } },
        contract: { number: '№ 12', start: '2026-01-01', value: { minor: 10000, currency: 'RUB' } },
      },
    ];
    const first = toChanges(rows, NOTHING_STORED, options());
    store.apply(first.changes);
    const organisation = first.records.get(2)?.organisation ?? '';
    const again = toChanges(
      [{ ...rows[0]!, organisation: { draft: { name: 'Ромашка' }, target: { kind: 'existing', id: organisation } } }],
      store.stored(),
      options(),
    );
    expect(again.changes).toEqual([]);
    expect(again.outcomes.get(2)).toBe('unchanged');
  });

  it('makes keys that the log accepts of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(
          problemOfDraft({
            type: 'person',
            record: 'p',
            field: `extra/${textKey(text)}`,
            value: { header: text, value: 'x' },
          }),
        ).toBeNull();
      }),
      { numRuns: 1000 },
    );
    expect(textKey('a'.repeat(300))).not.toBe(textKey('a'.repeat(301)));
  });
});

const word = fc.constantFrom('Иванов', 'Петров', 'a', 'B', '12', 'ООО');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const clean = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, v]) => v !== undefined)) as T;
const personDraft = fc
  .record({
    name: optional(fc.record({ family: word, given: optional(word) }).map(clean)),
    gender: optional(word),
    summary: optional(word),
    birthday: optional(fc.constantFrom('1970-01-01', '1980-02-03')),
    phones: fc.array(
      fc.constantFrom(
        { value: '1', label: 'work' },
        { value: '+7 1', label: 'home' },
        { value: '2', label: 'work', extension: '3' },
      ),
      { maxLength: 3 },
    ),
    emails: fc.array(fc.constantFrom({ value: 'A@b', label: 'work' }, { value: 'a@b', label: 'home' }), {
      maxLength: 3,
    }),
    tags: fc.array(fc.constantFrom('VIP', 'vip', 'x'), { maxLength: 2 }),
    addresses: fc.array(
      fc.record({ label: fc.constantFrom('work', 'home'), city: optional(word), street: optional(word) }).map(clean),
      { maxLength: 2 },
    ),
    extra: fc.array(fc.record({ header: word, value: word }), { maxLength: 2 }),
  })
  .map(clean) as fc.Arbitrary<DraftPerson>;
const organisationDraft = fc
  .record({ name: word, industry: optional(word), legalIds: fc.constantFrom({}, { inn: '7707083893' }) })
  .map(clean) as fc.Arbitrary<DraftOrganisation>;
/** Rows that go to new records or to those of any earlier row. */
const table = fc
  .array(
    fc.record({
      person: optional(personDraft),
      organisation: optional(organisationDraft),
      job: optional(word),
      to: fc.nat(5),
    }),
    { maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ person, organisation, job, to }, index): PlannedRow => {
      const earlier = (has: (r: (typeof rows)[number]) => boolean) =>
        rows.slice(0, index).findLastIndex((r, i) => i % 3 === to % 3 && has(r));
      const target = (at: number) => (at < 0 ? { kind: 'new' as const } : { kind: 'row' as const, row: at + 2 });
      return {
        row: index + 2,
        ...(person ? { person: { draft: person, target: target(earlier((r) => r.person !== undefined)) } } : {}),
        ...(organisation
          ? { organisation: { draft: organisation, target: target(earlier((r) => r.organisation !== undefined)) } }
          : {}),
        ...(job ? { affiliation: { jobTitle: job } } : {}),
      };
    }),
  );

describe('laws of an import', () => {
  it('finds nothing to do when the same rows come again, under either policy', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('fill' as const, 'overwrite' as const), (rows, mode) => {
        const store = new Store();
        const first = toChanges(rows, NOTHING_STORED, options(mode));
        store.apply(first.changes);
        expect(first.outcomes.size).toBe(rows.length);
        const again = rows.map((row): PlannedRow => {
          const { person: p, organisation: o } = first.records.get(row.row) ?? {};
          return {
            ...row,
            ...(row.person && p ? { person: { ...row.person, target: { kind: 'existing', id: p } } } : {}),
            ...(row.organisation && o
              ? { organisation: { ...row.organisation, target: { kind: 'existing', id: o } } }
              : {}),
          };
        });
        const second = toChanges(again, store.stored(), options('fill'));
        expect(second.changes).toEqual([]);
        expect([...second.outcomes.values()].every((outcome) => outcome === 'unchanged')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never changes a value that is there when it only fills', () => {
    fc.assert(
      fc.property(personDraft, personDraft, (before, after) => {
        const store = new Store();
        const first = toChanges([person(2, before)], NOTHING_STORED, options());
        store.apply(first.changes);
        const id = first.records.get(2)?.person ?? '';
        const old = structuredClone(store.records.get(id)?.data ?? {});
        store.apply(
          toChanges([{ row: 2, person: { draft: after, target: { kind: 'existing', id } } }], store.stored(), options())
            .changes,
        );
        const now = store.records.get(id)?.data ?? {};
        expect(now).toMatchObject(old);
        for (const email of after.emails ?? []) {
          expect(
            elements(now['emails']).some((e) => String(e['value']).toLowerCase() === email.value.toLowerCase()),
          ).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
