/** Keeps the projections at the records: what lists show and how records refer to each other. */
import { displayName, listName } from '../../shared/text/names.ts';
import { naturalKey } from '../../shared/text/search-key.ts';
import { WORDING_FIELDS } from '../../shared/contracts/wording.ts';
import { isAttachmentHash, MAX_ATTACHMENT } from '../../shared/model/attachments.ts';
import { readDayTime } from '../../shared/model/fitting.ts';
import type { PersonName } from '../../shared/model/records.ts';
import type { Json } from '../../shared/change/types.ts';
import type { Statement, Statements } from './database.ts';
import { type Data, elements, integerOrNull, keys, object, text, textOrNull } from './fields.ts';

/**
 * What is known of a record before it is stored. `made`: on this device just now, so that nothing can refer to it yet;
 * `new`: there is no row of it, though rows that came before may refer to it; `there`: there may be one.
 */
export type Standing = 'made' | 'new' | 'there';

/** A record after its fold. */
export interface Projected {
  readonly n: number;
  readonly id: string;
  readonly type: string;
  readonly data: Data;
  readonly deleted: boolean;
  readonly changedAt: number;
  readonly conflicts: number;
}

type Values = readonly (string | number | null)[];
interface Table {
  readonly columns: readonly string[];
  readonly select: Statement;
  readonly insert: Statement;
}

/** Records whose rows or search texts depend on what a commit changed. */
export interface Affected {
  /** Ids of organisations whose counts or meetings may differ. */
  readonly organisations: Set<string>;
  /** Organisations whose name, as other rows show it, changed. */
  readonly renamedOrganisations: Set<string>;
  readonly people: Set<string>;
  readonly renamedPeople: Set<string>;
  /** People whose search text names an organisation or job that changed. */
  readonly rementioned: Set<string>;
  readonly meetings: Set<string>;
}
export const newAffected = (): Affected => ({
  organisations: new Set(),
  renamedOrganisations: new Set(),
  people: new Set(),
  renamedPeople: new Set(),
  rementioned: new Set(),
  meetings: new Set(),
});

const firstValue = (set: Json | undefined): string => text(object(elements(set)[0]?.[1]).value);
const city = (set: Json | undefined): string => {
  for (const [, address] of elements(set)) if (text(object(address).city) !== '') return text(object(address).city);
  return '';
};
/** The last day of a partial date, so that days compare as text: 2024 → 2024-12-31. '' when there is none. */
function endOf(partial: string): string {
  if (/^\d{4}$/.test(partial)) return `${partial}-12-31`;
  return /^\d{4}-\d{2}$/.test(partial) ? `${partial}-31` : partial;
}
/** Types whose records have attachments. */
const ATTACHED: ReadonlySet<string> = new Set(['organisation', 'meeting', 'contract']);
/** What a promise's row needs beyond its columns. */
const PROMISE_MORE = ['kind', 'rule', 'doneOn', 'amount', 'fulfilments', 'snoozes'] as const;
/** The named fields that have a value, as a JSON object. */
function picked(data: Data, fields: readonly string[]): string {
  const found = fields.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]] as const]));
  return found.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(found));
}
const add = (set: Set<string>, id: string | null | undefined): void => {
  if (id) set.add(id);
};

/** Prepared statements and the rules by record type. One instance per open vault. */
export class Projections {
  readonly #sql: Statements;

  readonly #tables = new Map<string, Table>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  #table(name: string): Table {
    let table = this.#tables.get(name);
    if (!table) {
      const select = this.#sql.of(`SELECT * FROM ${name} WHERE n = ?`).raw();
      const columns = select.columns().map((column) => column.name);
      const insert = this.#sql.of(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(',')})`);
      table = { columns, select, insert };
      this.#tables.set(name, table);
    }
    return table;
  }

  /** The row as it stands, its number first. Only a record that is `there` may have one. */
  #before(table: string, standing: Standing, n: number): Values | undefined {
    return standing === 'there' ? (this.#table(table).select.get(n) as Values | undefined) : undefined;
  }

  /** A text column of a row. */
  #column(table: string, row: Values | undefined, name: string): string | null {
    const value = row?.[this.#table(table).columns.indexOf(name)];
    return typeof value === 'string' ? value : null;
  }

  /**
   * Writes a row, its number first. Of one that is there only what differs is written: an index costs nothing while its
   * columns stay as they are.
   */
  #write(table: string, before: Values | undefined, values: Values): void {
    const { columns, insert } = this.#table(table);
    if (!before) {
      insert.run(...values);
      return;
    }
    const changed = values.flatMap((value, i) => (value === before[i] ? [] : [i]));
    if (changed.length === 0) return;
    this.#sql
      .of(`UPDATE ${table} SET ${changed.map((i) => `${columns[i]} = ?`).join(', ')} WHERE n = ?`)
      .run(...changed.map((i) => values[i]), values[0]);
  }

  /**
   * Brings the projection of one record up to date and notes what else is affected. Only a record that is `there` may have
   * an earlier projection; to one that was `made` on this device just now nothing can refer yet.
   */
  project(record: Projected, standing: Standing, affected: Affected): void {
    if (ATTACHED.has(record.type)) this.#attachments(record, standing);
    switch (record.type) {
      case 'organisation':
        this.#organisation(record, standing, affected);
        return;
      case 'person':
        this.#person(record, standing, affected);
        return;
      case 'affiliation':
        this.#affiliation(record, standing, affected);
        return;
      case 'meeting':
        this.#meeting(record, standing, affected);
        return;
      case 'promise':
        this.#promise(record, standing, affected);
        return;
      case 'contract':
        this.#contract(record, standing);
        return;
      case 'calendar':
        this.#calendar(record, standing);
        return;
      default:
    }
  }

  /** Which contents the record names: what of them is to be sent or fetched follows from it. */
  #attachments({ n, data, deleted }: Projected, standing: Standing): void {
    if (standing === 'there') this.#sql.of('DELETE FROM attached WHERE n = ?').run(n);
    if (deleted) return;
    for (const file of Object.values(object(data.attachments))) {
      const { hash, bytes } = object(file);
      const size = integerOrNull(bytes) ?? 0;
      if (isAttachmentHash(text(hash)) && size > 0 && size <= MAX_ATTACHMENT)
        this.#sql.of('INSERT OR IGNORE INTO attached VALUES (?,?,?)').run(n, text(hash), size);
    }
  }

  #organisation(
    { n, id, data, deleted, changedAt, conflicts }: Projected,
    standing: Standing,
    affected: Affected,
  ): void {
    const name = text(data.name) || text(data.fullName);
    affected.organisations.add(id);
    const before = this.#before('organisations', standing, n);
    // From elsewhere a record can arrive after those that refer to it: then it gives them its name.
    if (standing !== 'made' && this.#column('organisations', before, 'name') !== (deleted ? null : name))
      affected.renamedOrganisations.add(id);
    if (deleted) {
      this.#sql.of('DELETE FROM organisations WHERE n = ?').run(n);
      return;
    }
    this.#write('organisations', before, [
      n,
      id,
      name,
      naturalKey(name),
      JSON.stringify(keys(data.kinds)),
      text(data.industry),
      city(data.addresses),
      firstValue(data.phones),
      firstValue(data.emails),
      JSON.stringify(keys(data.tags)),
      text(data.owner),
      integerOrNull(data.cadenceDays),
      changedAt,
      conflicts,
    ]);
  }

  #person({ n, id, data, deleted, changedAt, conflicts }: Projected, standing: Standing, affected: Affected): void {
    const parts = object(data.name) as PersonName;
    const name = displayName(parts);
    affected.people.add(id);
    const before = this.#before('people', standing, n);
    if (standing !== 'made' && this.#column('people', before, 'name') !== (deleted ? null : name))
      affected.renamedPeople.add(id);
    if (deleted) {
      this.#sql.of('DELETE FROM people WHERE n = ?').run(n);
      return;
    }
    this.#write('people', before, [
      n,
      id,
      name,
      naturalKey(listName(parts)),
      firstValue(data.phones),
      firstValue(data.emails),
      city(data.addresses),
      JSON.stringify(keys(data.tags)),
      textOrNull(data.birthday),
      integerOrNull(data.cadenceDays),
      changedAt,
      conflicts,
    ]);
  }

  #affiliation({ n, id, data, deleted, changedAt }: Projected, standing: Standing, affected: Affected): void {
    const note = (person: string | null, organisation: string | null): void => {
      add(affected.people, person);
      add(affected.organisations, organisation);
      add(affected.rementioned, person);
    };
    const before = this.#before('affiliations', standing, n);
    const was = (name: string): string | null => this.#column('affiliations', before, name);
    note(was('person'), was('organisation'));
    if (deleted) {
      this.#sql.of('DELETE FROM affiliations WHERE n = ?').run(n);
      return;
    }
    const row = { person: text(data.person), organisation: text(data.organisation) };
    note(row.person, row.organisation);
    this.#write('affiliations', before, [
      n,
      row.person,
      row.organisation,
      text(data.jobTitle),
      endOf(text(data.until)),
      data.primary === true ? 1 : 0,
      changedAt,
      id,
    ]);
  }

  #meeting({ n, id, data, deleted, changedAt }: Projected, standing: Standing, affected: Affected): void {
    affected.meetings.add(id);
    const before = this.#before('meetings', standing, n);
    if (standing === 'there') {
      add(affected.organisations, this.#column('meetings', before, 'organisation'));
      for (const row of this.#sql.of('SELECT person FROM meetingPeople WHERE n = ?').all(n) as { person: string }[])
        affected.people.add(row.person);
      this.#sql.of('DELETE FROM meetingPeople WHERE n = ?').run(n);
    }
    if (deleted) {
      this.#sql.of('DELETE FROM meetings WHERE n = ?').run(n);
      return;
    }
    // A text that is no day would stand before or after every meeting: it is one without a time.
    const start = text(readDayTime(data.start));
    const attendees = elements(data.attendees);
    const people = [
      ...new Set(attendees.map(([, attendee]) => text(object(attendee).person)).filter((person) => person !== '')),
    ];
    for (const person of people) {
      affected.people.add(person);
      this.#sql.of('INSERT INTO meetingPeople VALUES (?,?,?)').run(person, start, n);
    }
    add(affected.organisations, text(data.organisation));
    this.#write('meetings', before, [
      n,
      id,
      text(data.title),
      start,
      textOrNull(data.end),
      text(data.timeZone),
      text(data.place),
      textOrNull(data.organisation),
      JSON.stringify(people),
      attendees.length,
      Object.keys(object(data.decisions)).length,
      text(data.state) || 'draft',
      text(data.language) === 'en' ? 'en' : 'ru',
      changedAt,
    ]);
  }

  #promise({ n, id, data, deleted, changedAt }: Projected, standing: Standing, affected: Affected): void {
    const note = (ownerPerson: string | null, organisation: string | null, meeting: string | null): void => {
      add(affected.people, ownerPerson);
      add(affected.organisations, organisation);
      add(affected.meetings, meeting);
    };
    const before = this.#before('promises', standing, n);
    const was = (name: string): string | null => this.#column('promises', before, name);
    note(was('ownerPerson'), was('organisation'), was('meeting'));
    if (deleted) {
      this.#sql.of('DELETE FROM promises WHERE n = ?').run(n);
      return;
    }
    const owner = object(data.owner);
    const row = {
      ownerPerson: textOrNull(owner.person),
      organisation: textOrNull(data.organisation),
      meeting: textOrNull(data.meeting),
    };
    note(row.ownerPerson, row.organisation, row.meeting);
    this.#write('promises', before, [
      n,
      id,
      text(data.text),
      text(data.side) === 'theirs' ? 'theirs' : 'ours',
      row.ownerPerson,
      text(owner.name),
      row.organisation,
      row.meeting,
      textOrNull(data.contract),
      textOrNull(data.due),
      text(data.status) || 'open',
      // Unknown or missing: the careful reading.
      text(data.visibility) || 'internal',
      changedAt,
      picked(data, PROMISE_MORE),
    ]);
  }

  #contract({ n, id, data, deleted, changedAt, conflicts }: Projected, standing: Standing): void {
    if (deleted) {
      this.#sql.of('DELETE FROM contracts WHERE n = ?').run(n);
      return;
    }
    this.#write('contracts', this.#before('contracts', standing, n), [
      n,
      id,
      text(data.number),
      text(data.title),
      textOrNull(data.organisation),
      textOrNull(data.start),
      textOrNull(data.end),
      data.value === undefined ? null : JSON.stringify(data.value),
      text(data.status) || 'draft',
      changedAt,
      text(data.owner),
      JSON.stringify(keys(data.tags)),
      picked(data, WORDING_FIELDS),
      conflicts,
    ]);
  }

  #calendar({ n, id, data, deleted, changedAt }: Projected, standing: Standing): void {
    const year = integerOrNull(data.year);
    if (deleted || year === null) {
      this.#sql.of('DELETE FROM calendars WHERE n = ?').run(n);
      return;
    }
    this.#write('calendars', this.#before('calendars', standing, n), [
      n,
      id,
      text(data.country),
      year,
      JSON.stringify(object(data.days)),
      text(data.source),
      changedAt,
    ]);
  }
}
