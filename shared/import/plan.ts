/**
 * Rows, mapping and what is already known → which record each row goes to. Every data row is planned, skipped or
 * failed; a row that is skipped or doubtful is named in the problems with its reason. Nothing is read or saved here.
 */
import type { ExcelEpoch } from '../dates/excel-serial.ts';
import type { PersonName, PlainDate } from '../model/records.ts';
import { displayName } from '../text/names.ts';
import type { DraftTarget, PlannedRow } from './draft.ts';
import {
  type Match,
  OrganisationIndex,
  type OrganisationTraits,
  PersonIndex,
  type PersonTraits,
} from './duplicates.ts';
import type { KnownRecords } from './existing.ts';
import { handOver, nameForJoining } from './hand-over.ts';
import type { DataRow } from './recognise.ts';
import type { RowDraft, RowOrganisation, RowPerson } from './row-draft.ts';
import { RowReader } from './row-reader.ts';
import { cellText } from './table.ts';
import { CARD_PRESET, recordOfUid } from './vcard/uid.ts';
import type { ColumnView, ImportPlanView, ImportProblem } from './views.ts';

/** What sure duplicates do: fill what is empty, overwrite, leave the row out, or stay apart. */
export type ImportPolicy = 'fill' | 'overwrite' | 'skip' | 'separate';

export interface PlanInput {
  readonly rows: readonly DataRow[];
  readonly columns: readonly ColumnView[];
  readonly preset: string;
  readonly epoch: ExcelEpoch;
  readonly policy: ImportPolicy;
  readonly known: KnownRecords;
  /** ISO country code of local telephone numbers and currency. */
  readonly country: string;
  readonly today: PlainDate;
  /** Called now and then with the rows done; return false to stop (the plan is then empty). */
  readonly progress?: (done: number, total: number) => boolean | undefined;
}
/** What becomes of the rows, before they are joined to records. `read` = planned + `skipped` + `failed`. */
export interface RowPlan {
  readonly read: number;
  readonly skipped: number;
  readonly failed: number;
  readonly planned: readonly PlannedRow[];
  readonly problems: readonly ImportProblem[];
  readonly duplicates: ImportPlanView['duplicates'];
  readonly sample: readonly Omit<ImportPlanView['sample'][number], 'outcome'>[];
  readonly notSaved: ReadonlyMap<number, 'skipped' | 'failed'>;
}

interface Slot {
  /** Id of a record of the vault; '' for one that the file brings. */
  readonly id: string;
  readonly name: string;
  /** First planned row of the file that speaks of it; 0 for records of the vault, -1 while the row that named it was skipped. */
  row: number;
}
interface Found {
  readonly slot: Slot;
  readonly joined: boolean;
}
const targetOf = ({ slot, joined }: Found): DraftTarget =>
  slot.id !== '' ? { kind: 'existing', id: slot.id } : joined ? { kind: 'row', row: slot.row } : { kind: 'new' };

/** Rows of the sample. */
const SAMPLE = 100;

/** Cards that we wrote bear the id of their record; in the indexes it is an id of this system. */
const RECORD = 'record';

const phoneTrait = (phone: { readonly e164?: string; readonly value: string }): string =>
  phone.e164 ?? phone.value.replace(/\D/g, '');
const unique = (values: readonly string[]): string[] => [...new Set(values)];

function personTraits(draft: RowPerson, organisation: string | undefined): PersonTraits {
  return {
    name: draft.name,
    ...(draft.birthday !== undefined ? { birthday: draft.birthday } : {}),
    emails: draft.emails.map((email) => email.value),
    phones: draft.phones.map(phoneTrait),
    links: draft.links.map((link) => link.value),
    externalIds: draft.externalIds,
    organisations: organisation ? [organisation] : [],
  };
}
function joinTraits(a: PersonTraits, b: PersonTraits): PersonTraits {
  const fuller = (b.name.given?.length ?? 0) > (a.name.given?.length ?? 0) && a.name.family === b.name.family;
  const birthday = a.birthday ?? b.birthday;
  return {
    name: fuller || Object.keys(a.name).length === 0 ? b.name : { ...b.name, ...a.name },
    ...(birthday !== undefined ? { birthday } : {}),
    emails: unique([...a.emails, ...b.emails]),
    phones: unique([...a.phones, ...b.phones]),
    links: unique([...a.links, ...b.links]),
    externalIds: new Map([...b.externalIds, ...a.externalIds]),
    organisations: unique([...a.organisations, ...b.organisations]),
  };
}
function organisationTraits(draft: RowOrganisation): OrganisationTraits {
  return {
    name: draft.name,
    ...(draft.fullName !== undefined ? { fullName: draft.fullName } : {}),
    emails: draft.emails.map((email) => email.value),
    phones: draft.phones.map(phoneTrait),
    legalIds: draft.legalIds,
    externalIds: draft.externalIds,
  };
}

/** Ids of records of the vault that the UIDs of the file's cards are. */
function namedRecords({ preset, columns, rows, known }: PlanInput): ReadonlySet<string> {
  const uids = columns.find((column) => column.field === 'externalId');
  if (preset !== CARD_PRESET || !uids) return new Set();
  const all = new Set([...known.people, ...known.organisations].map((one) => one.id));
  return new Set(rows.map((row) => recordOfUid(cellText(row.cells[uids.index]))).filter((id) => all.has(id)));
}

class Planner {
  private readonly input: PlanInput;
  private readonly problems: ImportProblem[] = [];
  private readonly planned: PlannedRow[] = [];
  private readonly sample: RowPlan['sample'][number][] = [];
  private readonly notSaved = new Map<number, 'skipped' | 'failed'>();
  private readonly duplicates: ImportPlanView['duplicates'][number][] = [];
  private readonly people = new PersonIndex();
  private readonly personSlots: Slot[] = [];
  private readonly personTraits: PersonTraits[] = [];
  private readonly organisations = new OrganisationIndex();
  private readonly organisationSlots: Slot[] = [];
  private readonly organisationTraits: OrganisationTraits[] = [];
  private readonly organisationCache = new Map<string, number>();
  /** Records of the vault that the file names by their own ids. */
  private readonly named: ReadonlySet<string>;

  constructor(input: PlanInput) {
    this.input = input;
    this.named = namedRecords(input);
    for (const one of input.known.organisations) {
      const traits: OrganisationTraits = {
        ...one,
        legalIds: new Map(Object.entries(one.legalIds)),
        externalIds: this.idsOf(one),
      };
      this.organisations.add(traits);
      this.organisationSlots.push({ id: one.id, name: one.name, row: 0 });
      this.organisationTraits.push(traits);
    }
    for (const one of input.known.people) {
      const traits: PersonTraits = {
        ...one,
        externalIds: this.idsOf(one),
        organisations: one.organisations.map((organisation) => organisation.name),
      };
      this.people.add(traits);
      this.personSlots.push({ id: one.id, name: displayName(one.name), row: 0 });
      this.personTraits.push(traits);
    }
  }

  /** Walks every row; null when it was stopped. */
  run(): RowPlan | null {
    const { rows, columns, preset, epoch, country, today, progress } = this.input;
    const reader = new RowReader(columns, rows, { epoch, country, today, preset });
    for (let i = 0; i < rows.length; i += 1) {
      if (progress && i % 500 === 0 && progress(i, rows.length) === false) return null;
      this.row(rows[i] as DataRow, reader);
    }
    const problems = [...reader.problems, ...this.problems].sort((a, b) => a.row - b.row);
    const { planned, duplicates, sample, notSaved } = this;
    return { read: rows.length, skipped: notSaved.size, failed: 0, planned, problems, duplicates, sample, notSaved };
  }

  private idsOf({ id, externalIds }: KnownRecords['people' | 'organisations'][number]): ReadonlyMap<string, string> {
    const ids = new Map(Object.entries(externalIds));
    if (this.named.has(id)) ids.set(RECORD, id);
    return ids;
  }

  /** A card that names a record of this vault: the id finds the record and is nothing to be saved. */
  private recordId(draft: RowPerson | RowOrganisation | undefined): void {
    const uid = draft?.externalIds.get(CARD_PRESET);
    if (!draft || uid === undefined || !this.named.has(recordOfUid(uid))) return;
    draft.externalIds.delete(CARD_PRESET);
    draft.externalIds.set(RECORD, recordOfUid(uid));
  }

  private skip(row: number, problem: Omit<ImportProblem, 'row' | 'column'>): void {
    this.problems.push({ row, column: '', ...problem });
    this.notSaved.set(row, 'skipped');
    if (this.sample.length < SAMPLE)
      this.sample.push({ row, name: '', organisation: '', phones: [], emails: [], note: '' });
  }

  private skipDuplicate(row: number, slot: Slot): void {
    const params = { name: slot.name, other: slot.row };
    this.skip(row, { code: slot.id === '' ? 'duplicateSkippedInFile' : 'duplicateSkipped', params, severity: 'info' });
  }

  private row(row: DataRow, reader: RowReader): void {
    if (row.excluded) {
      const code = `skipped${row.excluded[0]?.toUpperCase()}${row.excluded.slice(1)}`;
      return this.skip(row.number, { code, severity: 'info' });
    }
    const draft = reader.read(row);
    if (!draft) return this.skip(row.number, { code: 'nothingToImport', severity: 'warning' });
    this.recordId(draft.person);
    this.recordId(draft.organisation);
    const organisation = draft.organisation ? this.organisation(draft.organisation, draft) : undefined;
    const person = draft.person ? this.person(draft.person, draft.row, organisation?.slot) : undefined;
    if (person?.joined && this.input.policy === 'skip') {
      if (organisation && !organisation.joined) organisation.slot.row = -1;
      return this.skipDuplicate(row.number, person.slot);
    }
    if (!person && organisation?.joined && this.input.policy === 'skip') {
      return this.skipDuplicate(row.number, organisation.slot);
    }
    draft.person?.externalIds.delete(RECORD);
    draft.organisation?.externalIds.delete(RECORD);
    const joinName = person?.joined && draft.person ? nameForJoining(person.before, draft.person.name) : undefined;
    this.planned.push(handOver(draft, person && targetOf(person), organisation && targetOf(organisation), joinName));
    if (this.sample.length < SAMPLE) {
      const card = draft.person ?? draft.organisation;
      this.sample.push({
        row: row.number,
        name: person?.slot.name ?? organisation?.slot.name ?? draft.contract?.number ?? '',
        organisation: organisation?.slot.name ?? '',
        phones: card?.phones.map((phone) => phone.value) ?? [],
        emails: card?.emails.map((email) => email.value) ?? [],
        note: '',
      });
    }
  }

  private organisation(draft: RowOrganisation, row: RowDraft): Found {
    const plain = draft.legalIds.size === 0 && draft.externalIds.size === 0 && !draft.fullName;
    const cached = plain ? this.organisationCache.get(draft.name) : undefined;
    if (cached !== undefined) return this.claim(this.organisationSlots[cached] as Slot, row.row);
    const traits = organisationTraits(draft);
    const matches = this.organisations.find(traits);
    const best = matches[0];
    if (best?.band === 'sure') {
      const slot = this.organisationSlots[best.id] as Slot;
      const before = this.organisationTraits[best.id] as OrganisationTraits;
      if (traits.legalIds.size > 0 || traits.externalIds.size > 0) {
        const merged = {
          ...before,
          legalIds: new Map([...traits.legalIds, ...before.legalIds]),
          externalIds: new Map([...traits.externalIds, ...before.externalIds]),
        };
        this.organisationTraits[best.id] = merged;
        this.organisations.replace(best.id, merged);
      }
      if (plain) this.organisationCache.set(draft.name, best.id);
      if (!row.person)
        this.duplicates.push({
          row: row.row,
          band: 'sure',
          name: draft.name,
          withName: slot.name,
          withRow: slot.row,
          reason: best.reasons[0]?.code ?? '',
        });
      return this.claim(slot, row.row);
    }
    const slot: Slot = { id: '', name: draft.name, row: row.row };
    const position = this.organisations.add(traits);
    this.organisationSlots.push(slot);
    this.organisationTraits.push(traits);
    if (plain) this.organisationCache.set(draft.name, position);
    if (best) this.doubt(row.row, draft.name, this.organisationSlots[best.id] as Slot, best, 'maybeOrganisation');
    return { slot, joined: false };
  }

  private claim(slot: Slot, row: number): Found {
    if (slot.row >= 0) return { slot, joined: true };
    slot.row = row;
    return { slot, joined: false };
  }

  private doubt(row: number, name: string, other: Slot, match: Match, code: string): void {
    const reason = match.reasons[0]?.code ?? '';
    this.duplicates.push({ row, band: 'maybe', name, withName: other.name, withRow: other.row, reason });
    this.problems.push({
      row,
      column: '',
      code: other.row > 0 ? `${code}InFile` : code,
      params: { name, with: other.name, other: other.row, reason },
      severity: 'warning',
    });
  }

  private person(
    draft: RowPerson,
    row: number,
    organisation: Slot | undefined,
  ): Found & { readonly before: PersonName } {
    const traits = personTraits(draft, organisation?.name);
    const { policy } = this.input;
    const matches = policy === 'separate' ? [] : this.people.find(traits);
    const best = matches[0];
    const second = matches[1];
    const name = displayName(draft.name) || draft.emails[0]?.value || draft.phones[0]?.value || '';
    const clear =
      best?.band === 'sure' &&
      (best.score >= 150 ||
        best.reasons[0]?.code === 'identical' ||
        !(second?.band === 'sure' && best.score - second.score < 10));
    if (best && clear) {
      const slot = this.personSlots[best.id] as Slot;
      const reason = best.reasons[0]?.code ?? '';
      this.duplicates.push({ row, band: 'sure', name, withName: slot.name, withRow: slot.row, reason });
      const present = this.personTraits[best.id] as PersonTraits;
      if (policy === 'skip') return { slot, joined: true, before: present.name };
      const merged = joinTraits(present, traits);
      this.personTraits[best.id] = merged;
      this.people.replace(best.id, merged);
      if (slot.id === '') {
        this.problems.push({
          row,
          column: '',
          code: 'joinedInFile',
          params: { name, other: slot.row, reason },
          severity: 'info',
        });
      }
      return { slot, joined: true, before: present.name };
    }
    const slot: Slot = { id: '', name, row };
    this.people.add(traits);
    this.personSlots.push(slot);
    this.personTraits.push(traits);
    for (const match of matches.slice(0, 3))
      this.doubt(row, name, this.personSlots[match.id] as Slot, match, 'maybePerson');
    return { slot, joined: false, before: {} };
  }
}

/** Plans an import; null when `progress` stopped it. */
export const planRows = (input: PlanInput): RowPlan | null => new Planner(input).run();
