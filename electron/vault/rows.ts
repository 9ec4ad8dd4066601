/** Rows of the live view, computed from the projections. Counts and nearest meetings are looked up when read, so they cannot drift. */
import type { Json } from '../../shared/change/types.ts';
import { wallTime } from '../../shared/dates/plain-date.ts';
import { fitting, readCadence, readDay, readDayTime, readPartialDate } from '../../shared/model/fitting.ts';
import type {
  CalendarRow,
  ContractRow,
  FillPage,
  LiveTable,
  MeetingRow,
  OrganisationRow,
  PersonRow,
  PromiseRow,
  RowsByTable,
} from '../../shared/model/rows.ts';
import type { Statements } from './database.ts';

type Raw = Readonly<Record<string, string | number | null>>;
interface Query {
  /** Everything but the condition; `:now` is wall time, `:today` a day. */
  readonly select: string;
  /** Alias of the table that is listed. */
  readonly alias: string;
  readonly toRow: (raw: Raw) => RowsByTable[LiveTable];
}

const list = (json: string | number | null | undefined): readonly string[] =>
  json === '[]' ? [] : (JSON.parse(String(json)) as string[]);
/** A column that holds fields of a record as JSON, as they may be read. */
const parsed = (type: 'contract' | 'promise', json: string | number | null | undefined): object =>
  json === '{}' || !json ? {} : fitting(type, JSON.parse(String(json)) as Readonly<Record<string, Json>>);
const STATUSES: ReadonlySet<unknown> = new Set(['open', 'done', 'dropped']);
const STATES: ReadonlySet<unknown> = new Set(['draft', 'reviewed', 'sent']);
const VISIBILITIES: ReadonlySet<unknown> = new Set(['private', 'internal', 'client']);
const optional = <K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } =>
  (value === null || value === undefined || value === '' ? {} : { [key]: value }) as { readonly [P in K]?: V };

const QUERIES: Readonly<Record<LiveTable, Query>> = {
  organisations: {
    alias: 'o',
    select: `SELECT o.*,
      (SELECT count(DISTINCT a.person) FROM affiliations a JOIN people p ON p.id = a.person WHERE a.organisation = o.id AND (a.until = '' OR a.until >= :today)) AS people,
      (SELECT count(*) FROM promises q WHERE q.organisation = o.id AND q.status = 'open') AS openPromises,
      (SELECT max(m.start) FROM meetings m WHERE m.organisation = o.id AND m.start > '' AND m.start <= :now) AS lastMeeting,
      (SELECT min(m.start) FROM meetings m WHERE m.organisation = o.id AND m.start > :now) AS nextMeeting
      FROM organisations o`,
    toRow: (r) =>
      ({
        id: r.id,
        name: r.name,
        sortName: r.sortName,
        kinds: list(r.kinds),
        industry: r.industry,
        city: r.city,
        phone: r.phone,
        email: r.email,
        tags: list(r.tags),
        owner: r.owner,
        people: r.people,
        openPromises: r.openPromises,
        ...optional('lastMeeting', readDayTime(r.lastMeeting)),
        ...optional('nextMeeting', readDayTime(r.nextMeeting)),
        ...optional('cadenceDays', readCadence(r.cadenceDays)),
        changedAt: r.changedAt,
        conflicts: r.conflicts,
      }) as OrganisationRow,
  },
  people: {
    alias: 'p',
    select: `SELECT p.*, a.organisation, a.jobTitle, o.name AS organisationName,
      (SELECT count(*) FROM promises q WHERE q.ownerPerson = p.id AND q.status = 'open') AS openPromises,
      (SELECT max(m.start) FROM meetingPeople m WHERE m.person = p.id AND m.start > '' AND m.start <= :now) AS lastMeeting,
      (SELECT min(m.start) FROM meetingPeople m WHERE m.person = p.id AND m.start > :now) AS nextMeeting
      FROM people p
      LEFT JOIN affiliations a ON a.n = (SELECT b.n FROM affiliations b WHERE b.person = p.id
        ORDER BY b.until <> '' AND b.until < :today, b.main DESC, b.changedAt DESC, b.id LIMIT 1)
      LEFT JOIN organisations o ON o.id = a.organisation`,
    toRow: (r) =>
      ({
        id: r.id,
        name: r.name,
        sortName: r.sortName,
        ...optional('organisation', r.organisationName === null ? null : r.organisation),
        organisationName: r.organisationName ?? '',
        jobTitle: r.jobTitle ?? '',
        phone: r.phone,
        email: r.email,
        city: r.city,
        tags: list(r.tags),
        ...optional('birthday', readPartialDate(r.birthday)),
        openPromises: r.openPromises,
        ...optional('lastMeeting', readDayTime(r.lastMeeting)),
        ...optional('nextMeeting', readDayTime(r.nextMeeting)),
        ...optional('cadenceDays', readCadence(r.cadenceDays)),
        changedAt: r.changedAt,
        conflicts: r.conflicts,
      }) as PersonRow,
  },
  meetings: {
    alias: 'm',
    select: `SELECT m.*, o.name AS organisationName,
      (SELECT count(*) FROM promises q WHERE q.meeting = m.id AND q.status = 'open') AS openPromises
      FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation`,
    toRow: (r) =>
      ({
        id: r.id,
        title: r.title,
        start: readDayTime(r.start) ?? '',
        ...optional('end', readDayTime(r.end)),
        timeZone: r.timeZone,
        place: r.place,
        ...optional('organisation', r.organisation),
        organisationName: r.organisationName ?? '',
        people: list(r.people),
        attendees: r.attendees,
        decisions: r.decisions,
        openPromises: r.openPromises,
        state: STATES.has(r.state) ? r.state : 'draft',
        language: r.language,
        changedAt: r.changedAt,
      }) as MeetingRow,
  },
  promises: {
    alias: 'q',
    select: `SELECT q.*, o.name AS organisationName, p.name AS personName FROM promises q
      LEFT JOIN organisations o ON o.id = q.organisation LEFT JOIN people p ON p.id = q.ownerPerson`,
    toRow: (r) =>
      ({
        id: r.id,
        text: r.text,
        side: r.side,
        ...optional('ownerPerson', r.ownerPerson),
        ownerName: r.personName ?? r.ownerName,
        ...optional('organisation', r.organisation),
        organisationName: r.organisationName ?? '',
        ...optional('meeting', r.meeting),
        ...optional('contract', r.contract),
        ...optional('due', readDay(r.due)),
        status: STATUSES.has(r.status) ? r.status : 'open',
        visibility: VISIBILITIES.has(r.visibility) ? r.visibility : 'internal',
        ...parsed('promise', r.more),
        changedAt: r.changedAt,
      }) as PromiseRow,
  },
  contracts: {
    alias: 'c',
    select:
      'SELECT c.*, o.name AS organisationName FROM contracts c LEFT JOIN organisations o ON o.id = c.organisation',
    toRow: (r) => {
      const { value, status } = fitting('contract', {
        value: r.value === null ? null : (JSON.parse(String(r.value)) as Json),
        status: r.status ?? null,
      });
      return {
        id: r.id,
        number: r.number,
        title: r.title,
        ...optional('organisation', r.organisation),
        organisationName: r.organisationName ?? '',
        ...optional('start', r.start),
        ...optional('end', r.end),
        ...optional('value', value),
        status,
        owner: r.owner,
        tags: list(r.tags),
        wording: parsed('contract', r.wording),
        changedAt: r.changedAt,
        conflicts: r.conflicts,
      } as ContractRow;
    },
  },
  calendars: {
    alias: 'k',
    select: 'SELECT k.* FROM calendars k',
    toRow: (r) =>
      ({
        id: r.id,
        country: r.country,
        year: r.year,
        days: fitting('calendar', { days: JSON.parse(String(r.days)) as Json }).days ?? {},
        source: r.source,
        changedAt: r.changedAt,
      }) as CalendarRow,
  },
};

/** Where a page of meetings ended. */
const cursorOf = (start: string | number | null | undefined, n: string | number | null | undefined): string =>
  `${start}|${n}`;
function parseCursor(cursor: string | undefined): { start: string; n: number } {
  // After every possible start, so that the first page begins at the newest.
  if (cursor === undefined) return { start: '\uffff', n: Number.MAX_SAFE_INTEGER };
  const bar = cursor.lastIndexOf('|');
  return { start: cursor.slice(0, Math.max(bar, 0)), n: Number(cursor.slice(bar + 1)) || 0 };
}

/** Reads rows of the live view. One instance per open vault. */
export class Rows {
  readonly #sql: Statements;
  readonly #now: () => number;
  readonly #timeZone: string;
  /** Wall time up to which rows have been told that time has passed; none that was read since is older. */
  #told: string;

  constructor(sql: Statements, now: () => number, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone) {
    this.#sql = sql;
    this.#now = now;
    this.#timeZone = timeZone;
    this.#told = wallTime(timeZone, now());
  }

  #all(sql: string, parameters: Readonly<Record<string, string | number>>): Raw[] {
    const now = wallTime(this.#timeZone, this.#now());
    return this.#sql.of(sql).all({ now, today: now.slice(0, 10), ...parameters }) as Raw[];
  }

  /** Rows of these records, those in the bin left out. */
  byIds<T extends LiveTable>(table: T, ids: readonly string[]): RowsByTable[T][] {
    const { select, alias, toRow } = QUERIES[table];
    const rows: RowsByTable[T][] = [];
    for (const id of ids) {
      const [raw] = this.#all(`${select} WHERE ${alias}.n = (SELECT n FROM records WHERE id = :id)`, { id });
      if (raw) rows.push(toRow(raw) as RowsByTable[T]);
    }
    return rows;
  }

  /**
   * Ids of rows that say something else since this was last asked, though nothing was written: their meeting has begun,
   * the last day of somebody's post is over. A clock that was set back counts as well.
   */
  turned(): { readonly organisations: ReadonlySet<string>; readonly people: ReadonlySet<string> } {
    const now = wallTime(this.#timeZone, this.#now());
    const [from, to] = now < this.#told ? [now, this.#told] : [this.#told, now];
    this.#told = now;
    const organisations = new Set<string>();
    const people = new Set<string>();
    const add = (ids: Set<string>, sql: string): void => {
      const span = { from, to, fromDay: from.slice(0, 10), toDay: to.slice(0, 10) };
      for (const { id } of this.#all(sql, span)) if (id) ids.add(String(id));
    };
    if (from === to) return { organisations, people };
    add(organisations, 'SELECT DISTINCT organisation AS id FROM meetings WHERE start > :from AND start <= :to');
    add(
      people,
      'SELECT DISTINCT p.person AS id FROM meetings m JOIN meetingPeople p ON p.n = m.n WHERE m.start > :from AND m.start <= :to',
    );
    if (from.slice(0, 10) === to.slice(0, 10)) return { organisations, people };
    for (const [ids, column] of [
      [organisations, 'organisation'],
      [people, 'person'],
    ] as const)
      add(ids, `SELECT DISTINCT ${column} AS id FROM affiliations WHERE until >= :fromDay AND until < :toDay`);
    return { organisations, people };
  }

  /** Ids of rows that show the name of an organisation or person. */
  showing(table: LiveTable, column: 'organisation' | 'ownerPerson', id: string): readonly string[] {
    if (table === 'people') {
      return this.#all('SELECT DISTINCT person AS id FROM affiliations WHERE organisation = :id', { id }).map((raw) =>
        String(raw.id),
      );
    }
    return this.#all(`SELECT id FROM ${table} WHERE ${column} = :id`, { id }).map((raw) => String(raw.id));
  }

  page(
    query: {
      readonly table: LiveTable;
      readonly after?: string | undefined;
      readonly limit: number;
      readonly since?: string | undefined;
      readonly until?: string | undefined;
    },
    seq: number,
  ): FillPage {
    const { table, after, limit, since, until } = query;
    const { select, alias, toRow } = QUERIES[table];
    let raws: Raw[];
    if (table === 'meetings') {
      raws = this.#all(
        `${select} WHERE (m.start, m.n) < (:start, :n) AND (:since = '' OR m.start >= :since OR m.start = '') AND (:until = '' OR m.start < :until) ORDER BY m.start DESC, m.n DESC LIMIT :limit`,
        { ...parseCursor(after), since: since ?? '', until: until ?? '', limit: limit + 1 },
      );
    } else {
      raws = this.#all(`${select} WHERE ${alias}.n > :after ORDER BY ${alias}.n LIMIT :limit`, {
        after: Number(after ?? 0) || 0,
        limit: limit + 1,
      });
    }
    const more = raws.length > limit;
    const page = more ? raws.slice(0, limit) : raws;
    const last = page.at(-1);
    return {
      table,
      rows: page.map(toRow),
      ...(more && last ? { next: table === 'meetings' ? cursorOf(last.start, last.n) : String(last.n) } : {}),
      seq,
    };
  }

  /** Meetings, newest first. */
  meetings(query: {
    readonly organisation?: string | undefined;
    readonly person?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  }): {
    rows: readonly MeetingRow[];
    next?: string;
  } {
    const { organisation, person, before, limit } = query;
    const conditions = ['(m.start, m.n) < (:start, :n)'];
    if (organisation !== undefined) conditions.push('m.organisation = :organisation');
    if (person !== undefined) conditions.push('m.n IN (SELECT x.n FROM meetingPeople x WHERE x.person = :person)');
    const raws = this.#all(
      `${QUERIES.meetings.select} WHERE ${conditions.join(' AND ')} ORDER BY m.start DESC, m.n DESC LIMIT :limit`,
      {
        ...parseCursor(before),
        limit: limit + 1,
        ...(organisation === undefined ? {} : { organisation }),
        ...(person === undefined ? {} : { person }),
      },
    );
    const more = raws.length > limit;
    const page = more ? raws.slice(0, limit) : raws;
    const last = page.at(-1);
    return {
      rows: page.map((raw) => QUERIES.meetings.toRow(raw) as MeetingRow),
      ...(more && last ? { next: cursorOf(last.start, last.n) } : {}),
    };
  }
}
