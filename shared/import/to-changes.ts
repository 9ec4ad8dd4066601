/**
 * From a plan (which row goes to which record) to the changes of one import batch. Pure: given the same plan and the
 * same vault it asks for the same changes, so that a second import of a file asks for none.
 */
import type { DraftChange, Json } from '../change/types.ts';
import { searchKey } from '../text/search-key.ts';
import type { DraftTarget, PlannedRow } from './draft.ts';
import {
  type FlatFields,
  flattenAffiliation,
  flattenContract,
  flattenData,
  flattenOrganisation,
  flattenPerson,
} from './flatten.ts';
import { isSetField, type JoinMode, RecordInProgress } from './record-in-progress.ts';

/** A record of the vault as joining needs it: its id and current values. */
export interface StoredRecord {
  readonly id: string;
  readonly data: Readonly<Record<string, Json>>;
}
/** What of the vault concerns the plan. */
export interface StoredRecords {
  /** People and organisations that the plan names. */
  readonly byId: ReadonlyMap<string, StoredRecord>;
  /** Affiliations of those people. */
  readonly affiliations: readonly StoredRecord[];
  /** Contracts; needed only when the file has contract columns. */
  readonly contracts: readonly StoredRecord[];
}
export const NOTHING_STORED: StoredRecords = { byId: new Map(), affiliations: [], contracts: [] };

export type RowOutcome = 'created' | 'updated' | 'unchanged';
/** A value of the file that was not taken because the record holds another. */
export interface KeptValue {
  readonly row: number;
  readonly record: string;
  readonly type: string;
  readonly field: string;
}
export interface ImportChanges {
  readonly changes: readonly DraftChange[];
  /** One entry per planned row. */
  readonly outcomes: ReadonlyMap<number, RowOutcome>;
  /** The record that each planned row went to. */
  readonly records: ReadonlyMap<number, { readonly person?: string; readonly organisation?: string }>;
  readonly kept: readonly KeptValue[];
  readonly organisations: { readonly created: number; readonly updated: number };
  readonly people: { readonly created: number; readonly updated: number };
  readonly contracts: { readonly created: number; readonly updated: number };
}
export interface ToChangesOptions {
  readonly mode: JoinMode;
  /** Provenance of new records, `import:<id of the importBatch record>`. */
  readonly source: string;
  readonly newId: () => string;
}

/** The affiliation that holds a job without an organisation: found again by its id. */
export const jobId = (person: string): string => `${person}-job`;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The changes that save the rows, and what becomes of each row. */
export function toChanges(
  rows: readonly PlannedRow[],
  stored: StoredRecords,
  options: ToChangesOptions,
): ImportChanges {
  return new Joining(stored, options).run(rows);
}

class Joining {
  readonly #stored: StoredRecords;
  readonly #options: ToChangesOptions;
  readonly #records = new Map<string, RecordInProgress>();
  readonly #people = new Map<number, RecordInProgress>();
  readonly #organisations = new Map<number, RecordInProgress>();
  /** `person organisation` → affiliation. */
  readonly #affiliations = new Map<string, RecordInProgress>();
  /** Affiliations of each person; only the first is their main one. */
  readonly #ofPerson = new Map<string, RecordInProgress[]>();
  readonly #contracts = new Map<string, RecordInProgress>();
  readonly #kept: KeptValue[] = [];

  constructor(stored: StoredRecords, options: ToChangesOptions) {
    this.#stored = stored;
    this.#options = options;
    for (const { id, data } of stored.affiliations) {
      const affiliation = new RecordInProgress('affiliation', id, flattenData(data, isSetField('affiliation')), true);
      const key = `${text(data['person'])} ${text(data['organisation'])}`;
      if (!this.#affiliations.has(key)) this.#affiliations.set(key, affiliation);
      this.#noteOf(text(data['person']), affiliation);
    }
    for (const { id, data } of stored.contracts) {
      const fields = flattenData(data, isSetField('contract'));
      const key = contractKey(fields, text(data['organisation']));
      if (!this.#contracts.has(key)) this.#contracts.set(key, new RecordInProgress('contract', id, fields, true));
    }
  }

  run(rows: readonly PlannedRow[]): ImportChanges {
    const outcomes = new Map<number, RowOutcome>();
    for (const row of rows) outcomes.set(row.row, this.#row(row));
    const all = [...this.#records.values(), ...this.#affiliations.values(), ...this.#contracts.values()];
    const count = (type: string) => {
      const ofType = all.filter((record) => record.type === type);
      return {
        created: ofType.filter((record) => record.isNew).length,
        updated: ofType.filter((record) => !record.isNew && record.changed).length,
      };
    };
    return {
      changes: all.flatMap((record) => (record.isNew || record.changed ? record.drafts() : [])),
      outcomes,
      records: new Map(
        rows.map(({ row }) => {
          const person = this.#people.get(row)?.id;
          const organisation = this.#organisations.get(row)?.id;
          return [row, { ...(person ? { person } : {}), ...(organisation ? { organisation } : {}) }];
        }),
      ),
      kept: this.#kept,
      organisations: count('organisation'),
      people: count('person'),
      contracts: count('contract'),
    };
  }

  #row(row: PlannedRow): RowOutcome {
    const organisation =
      row.organisation &&
      this.#join(
        'organisation',
        row.row,
        row.organisation.target,
        () => flattenOrganisation(row.organisation?.draft ?? {}),
        this.#organisations,
      );
    const person =
      row.person &&
      this.#join('person', row.row, row.person.target, () => flattenPerson(row.person?.draft ?? {}), this.#people);
    const affiliation =
      person && (organisation || row.affiliation) && this.#affiliation(row, person.record, organisation?.record);
    const contract = row.contract && this.#contract(row, organisation?.record);
    const parts = [person, organisation, affiliation, contract].filter((part) => part !== undefined);
    // The first of them is what the row is about.
    if (parts[0]?.created) return 'created';
    return parts.some((part) => part.created || part.changed) ? 'updated' : 'unchanged';
  }

  #join(
    type: 'person' | 'organisation',
    row: number,
    target: DraftTarget,
    flatten: () => FlatFields,
    byRow: Map<number, RecordInProgress>,
  ): Joined {
    const found = this.#find(type, target, byRow);
    if (found) {
      byRow.set(row, found);
      return this.#joinTo(found, row, flatten());
    }
    const fields = flatten();
    fields.set('source', this.#options.source);
    const record = new RecordInProgress(type, this.#options.newId(), fields, false);
    this.#records.set(record.id, record);
    byRow.set(row, record);
    return { record, created: true, changed: false };
  }

  #find(
    type: 'person' | 'organisation',
    target: DraftTarget,
    byRow: ReadonlyMap<number, RecordInProgress>,
  ): RecordInProgress | undefined {
    if (target.kind === 'new') return undefined;
    if (target.kind === 'row') return byRow.get(target.row);
    const known = this.#records.get(target.id);
    if (known) return known;
    const stored = this.#stored.byId.get(target.id);
    if (!stored) return undefined;
    const record = new RecordInProgress(type, stored.id, flattenData(stored.data, isSetField(type)), true);
    this.#records.set(record.id, record);
    return record;
  }

  #joinTo(record: RecordInProgress, row: number, fields: FlatFields): Joined {
    const { changed, kept } = record.join(fields, this.#options.mode);
    for (const field of kept) this.#kept.push({ row, record: record.id, type: record.type, field });
    return { record, created: false, changed };
  }

  #noteOf(person: string, affiliation: RecordInProgress): void {
    const known = this.#ofPerson.get(person);
    if (known) known.push(affiliation);
    else this.#ofPerson.set(person, [affiliation]);
  }

  /** A job without an organisation goes to the person's main affiliation, else to one of its own. */
  #affiliation(row: PlannedRow, person: RecordInProgress, organisation: RecordInProgress | undefined): Joined {
    const key = `${person.id} ${organisation?.id ?? ''}`;
    const fields = flattenAffiliation(row.affiliation ?? {});
    const all = this.#ofPerson.get(person.id) ?? [];
    const known =
      this.#affiliations.get(key) ?? (organisation ? undefined : all.find((one) => one.get('primary') === true));
    if (known) return this.#joinTo(known, row.row, fields);
    fields.set('person', person.id);
    if (organisation) fields.set('organisation', organisation.id);
    if (all.length === 0) fields.set('primary', true);
    const id = organisation ? this.#options.newId() : jobId(person.id);
    const record = new RecordInProgress('affiliation', id, fields, false);
    this.#affiliations.set(key, record);
    this.#noteOf(person.id, record);
    return { record, created: true, changed: false };
  }

  #contract(row: PlannedRow, organisation: RecordInProgress | undefined): Joined {
    const fields = flattenContract(row.contract ?? {});
    const key = contractKey(fields, organisation?.id ?? '');
    const known = this.#contracts.get(key);
    if (known) return this.#joinTo(known, row.row, fields);
    if (organisation) fields.set('organisation', organisation.id);
    fields.set('source', this.#options.source);
    const record = new RecordInProgress('contract', this.#options.newId(), fields, false);
    this.#contracts.set(key, record);
    return { record, created: true, changed: false };
  }
}

interface Joined {
  readonly record: RecordInProgress;
  readonly created: boolean;
  readonly changed: boolean;
}

/** Contracts are the same when the other party and the number are; without a number: what they are called and when they begin. */
function contractKey(fields: FlatFields, organisation: string): string {
  const number = searchKey(text(fields.get('number'))).replace(/[\s№#]+/g, '');
  if (number !== '') return `${organisation}#${number}`;
  const what = [fields.get('title'), fields.get('subject'), fields.get('signedOn'), fields.get('start')].map((v) =>
    searchKey(text(v)),
  );
  return `${organisation}?${what.join('|')}`;
}
