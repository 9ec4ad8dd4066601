/**
 * Fields of a record as the model describes them, whatever was written: members of a workspace are trusted with content,
 * not with good programs. What has no readable shape is left out, as if nobody had written it. Where leaving out would make a
 * different contract (its days, periods, decisions), a value stands in that the engine refuses by the field's name, so that
 * nobody is shown a deadline that the paper does not have. Members that are not known here came from a newer app and stay.
 */
import type { Json } from '../change/types.ts';
import { newDictionary } from '../change/json.ts';
import { FIRST_YEAR, LAST_YEAR } from '../contract-dates/civil.ts';
import { PERIOD_UNITS } from '../contract-dates/period.ts';
import { isPlainDate } from '../dates/plain-date.ts';
import type { RecordsByType } from './records.ts';

type Members = Readonly<Record<string, Json>>;
/** The value as it may be read; undefined leaves it out. */
type Reading = (value: Json | undefined) => Json | undefined;
type Shape = Readonly<Record<string, Reading>>;

/** Stands for a text that cannot be read; no day, month, number or name of anything. */
const UNREADABLE = '?';

const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Reading = (value) => (typeof value === 'string' ? value : undefined);
const yes: Reading = (value) => (typeof value === 'boolean' ? value : undefined);
const whole =
  (least: number, most: number): Reading =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
const or =
  (reading: Reading, otherwise: Json): Reading =>
  (value) =>
    reading(value) ?? otherwise;
const oneOf =
  (...values: readonly string[]): Reading =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? value : undefined;
/** What is given but unreadable becomes `otherwise`; what is not given stays away. */
const given =
  (reading: Reading, otherwise: Json): Reading =>
  (value) =>
    value === undefined || value === null ? undefined : (reading(value) ?? otherwise);

/** A day of the calendar that has others before and after it: the days around it are asked for. */
const isDay = (value: Json | undefined): value is string =>
  isPlainDate(value) && value >= '0002-01-01' && value < '9999-01-01';
export const readDay: Reading = (value) => (isDay(value) ? value : undefined);
/** A day, with or without a time on it. */
export const readDayTime: Reading = (value) =>
  typeof value === 'string' && isDay(value.slice(0, 10)) ? value : undefined;
/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`. */
export const readPartialDate: Reading = (value) => {
  if (typeof value !== 'string') return undefined;
  const whole = /^\d{4}$/.test(value)
    ? `${value}-01-01`
    : /^\d{4}-\d{2}$/.test(value)
      ? `${value}-01`
      : value.replace(/^-(?=-\d{2}-\d{2}$)/, '2000');
  return isPlainDate(whole) ? value : undefined;
};
/** Days between two meetings; nobody waits longer than a lifetime. */
export const readCadence = whole(1, 36_500);
const inYears = (day: Json | undefined): boolean =>
  isPlainDate(day) && Number(day.slice(0, 4)) >= FIRST_YEAR && Number(day.slice(0, 4)) <= LAST_YEAR;
/** A day in the years that the engine counts in. */
const engineDay: Reading = (value) => (inYears(value) ? value : undefined);

const shape =
  (members: Shape): Reading =>
  (value) => {
    if (!isObject(value)) return undefined;
    return read(value, members);
  };
function read(value: Members, members: Shape): Members {
  const found = newDictionary<Json>();
  for (const [name, member] of Object.entries(value)) if (!Object.hasOwn(members, name)) found[name] = member;
  for (const [name, reading] of Object.entries(members)) {
    const member = reading(Object.hasOwn(value, name) ? value[name] : undefined);
    if (member !== undefined) found[name] = member;
  }
  return { ...found };
}
/** A set: its elements that can be read. */
const set =
  (element: Reading): Reading =>
  (value) => {
    if (!isObject(value)) return undefined;
    const found = newDictionary<Json>();
    for (const [key, one] of Object.entries(value)) {
      const fit = element(one);
      if (fit !== undefined) found[key] = fit;
    }
    return found;
  };
/** Elements without which the contract would be another one: one that is no object is read as an empty one. */
const told =
  (members: Shape): Reading =>
  (value) =>
    read(isObject(value) ? value : {}, members);

const order = or(whole(-1e9, 1e9), 1e9);
const texts = set(text);
const marks = set((value) => (value === null ? undefined : true));
const label = or(text, 'other');
const visibility = oneOf('private', 'internal', 'client');
const side = or(oneOf('ours', 'theirs'), 'ours');
const title = or(text, '');

const name = shape({
  family: text,
  given: text,
  patronymic: text,
  prefix: text,
  suffix: text,
  nickname: text,
  full: text,
});
const money: Reading = (value) =>
  isObject(value) && Number.isSafeInteger(value['minor']) && typeof value['currency'] === 'string' ? value : undefined;
const contacts: Shape = {
  phones: set(shape({ value: title, e164: text, extension: text, label, order: whole(-1e9, 1e9) })),
  emails: set(shape({ value: title, label, order: whole(-1e9, 1e9) })),
  links: set(shape({ kind: or(text, 'web'), value: title })),
  addresses: set(
    shape({
      label,
      formatted: text,
      street: text,
      city: text,
      region: text,
      postcode: text,
      country: text,
      poBox: text,
    }),
  ),
  tags: marks,
  externalIds: texts,
  extra: set(shape({ header: title, value: title })),
  owner: text,
  source: text,
  summary: text,
};
const attachments = set(
  shape({ name: or(text, 'file'), hash: title, bytes: or(whole(0, Number.MAX_SAFE_INTEGER), 0), order }),
);
const snoozes = set(shape({ until: title, reason: title, author: title }));

/** Whole numbers only, none too great for the calendar; `{}` for anything else, which is refused as empty. */
const period: Reading = (value) =>
  isObject(value) &&
  PERIOD_UNITS.every((unit) => value[unit] === undefined || whole(0, 150_000)(value[unit]) !== undefined)
    ? value
    : undefined;
const dayOff = oneOf('profile', 'previous', 'next', 'keep');
const term = given(period, {});
const word = given(text, UNREADABLE);
const count = given(whole(0, Number.MAX_SAFE_INTEGER), -1);
/** What an amendment may change; booleans stay as they are, the engine tells. */
const wording: Shape = {
  end: word,
  term,
  renewalTerm: term,
  renewNotAfter: word,
  notice: term,
  noticeCounts: word,
  noticeOpens: term,
  convenienceNotice: term,
  exitAt: word,
  coolingOff: term,
  profile: word,
};
const relative = given(
  (value) =>
    isObject(value) &&
    typeof value['to'] === 'string' &&
    (value['direction'] === 'after' || value['direction'] === 'before') &&
    period(value['period']) !== undefined
      ? value
      : undefined,
  { to: UNREADABLE, direction: 'after', period: {} },
);
const series = shape({ values: or(set(given(text, UNREADABLE)), {}), months: or(whole(1, 12), 1), source: text });
const indexation = given(
  shape({
    kind: or(text, UNREADABLE),
    base: or(shape({ minor: or(whole(0, Number.MAX_SAFE_INTEGER), -1), currency: or(text, 'RUB') }), {
      minor: -1,
      currency: 'RUB',
    }),
    firstOn: or(text, UNREADABLE),
    everyMonths: or(whole(1, 1200), 0),
    lagMonths: or(whole(0, 120), -1),
    series: or(series, { values: {}, months: 1 }),
    replacement: given(shape({ from: or(text, UNREADABLE), series: or(series, { values: {}, months: 1 }) }), {
      from: UNREADABLE,
      series: { values: {}, months: 1 },
    }),
    baseMonth: word,
    percent: word,
    capPercent: word,
    floorPercent: word,
    cumulativeCapPercent: word,
    factorDecimals: count,
    mode: or(text, UNREADABLE),
    rounding: or(text, UNREADABLE),
    decreases: or(yes, true),
    noticeOfIncrease: term,
    disputeWindow: term,
  }),
  { kind: UNREADABLE, base: { minor: -1, currency: 'RUB' }, firstOn: UNREADABLE, series: { values: {}, months: 1 } },
);

/** Refused as an empty period wherever its days are asked for. */
const NO_RECURRENCE = { anchor: '2000-01-01', every: {}, dayOff: 'keep' };
const window: Reading = (value) =>
  isObject(value) &&
  whole(0, 1200)(value['monthsAfter']) !== undefined &&
  whole(1, 31)(value['byDay']) !== undefined &&
  (value['fromDay'] === undefined || whole(1, 31)(value['fromDay']) !== undefined)
    ? value
    : undefined;
const recurrence: Reading = (value) =>
  isObject(value) &&
  inYears(value['anchor']) &&
  period(value['every']) !== undefined &&
  dayOff(value['dayOff']) !== undefined &&
  (value['window'] === undefined || window(value['window']) !== undefined) &&
  (value['until'] === undefined || inYears(value['until'])) &&
  (value['count'] === undefined || whole(0, 100_000)(value['count']) !== undefined)
    ? value
    : undefined;
const rule = given(
  (value) => {
    if (!isObject(value)) return undefined;
    if (value['kind'] === 'recurring')
      return { ...value, recurrence: recurrence(value['recurrence']) ?? NO_RECURRENCE };
    if (value['kind'] !== 'relative') return undefined;
    const { kind, to, direction, period, ...rest } = value;
    const event = relative({ to: to ?? null, direction: direction ?? null, period: period ?? null }) as Members;
    return read({ ...rest, kind, ...event }, { dayOff });
  },
  { kind: 'recurring', recurrence: NO_RECURRENCE },
);

const SHAPES: { readonly [T in keyof RecordsByType]: Shape } = {
  organisation: {
    ...contacts,
    name: text,
    fullName: text,
    kinds: marks,
    industry: text,
    legalIds: texts,
    bank: text,
    cadenceDays: readCadence,
    attachments,
  },
  person: {
    ...contacts,
    name,
    otherNames: set(name),
    salutation: text,
    formality: oneOf('ty', 'vy'),
    languages: marks,
    timeZone: text,
    birthday: readPartialDate,
    gender: text,
    role: text,
    power: (value) => (typeof value === 'number' ? value : undefined),
    stance: text,
    cadenceDays: readCadence,
  },
  affiliation: {
    person: text,
    organisation: text,
    jobTitle: text,
    department: text,
    from: readPartialDate,
    until: readPartialDate,
    primary: yes,
  },
  meeting: {
    title: text,
    start: readDayTime,
    end: readDayTime,
    timeZone: text,
    place: text,
    kind: text,
    organisation: text,
    attendees: set(
      shape({
        person: text,
        name: text,
        side,
        presence: or(oneOf('present', 'absent', 'guest'), 'present'),
        role: text,
        order,
      }),
    ),
    agenda: set(shape({ text: title, order, visibility: or(visibility, 'internal') })),
    decisions: set(shape({ text: title, order, visibility: or(visibility, 'internal') })),
    body: text,
    summary: text,
    nextMeeting: shape({ start: readDayTime, place: text, note: text }),
    language: oneOf('ru', 'en'),
    tags: marks,
    attachments,
    state: oneOf('draft', 'reviewed', 'sent'),
  },
  promise: {
    text,
    side: oneOf('ours', 'theirs'),
    owner: shape({ person: text, name: text }),
    organisation: text,
    meeting: text,
    contract: text,
    due: readDay,
    visibility,
    status: oneOf('open', 'dropped', 'done'),
    doneOn: readDay,
    note: text,
    kind: oneOf('delivery', 'payment', 'report', 'service', 'training', 'notice', 'other'),
    rule,
    amount: money,
    fulfilments: set(
      shape({ on: or(readDay, ''), state: or(oneOf('done', 'dropped'), 'done'), evidence: text, author: text }),
    ),
    evidence: text,
    penalty: text,
    snoozes,
  },
  contract: {
    ...wording,
    number: text,
    title: text,
    organisation: text,
    signedOn: readDay,
    start: word,
    endReading: word,
    renewal: (value) => (isObject(value) ? read(value, { text: title }) : text(value)),
    renewalText: text,
    maxRenewals: count,
    calendar: word,
    counterpartyCalendar: word,
    openRule: word,
    deliveryDays: count,
    approvalDays: count,
    value: money,
    valuePer: oneOf('term', 'year', 'month'),
    clauses: texts,
    decisions: set(told({ date: or(text, UNREADABLE), kind: or(text, UNREADABLE), author: text, reason: text })),
    amendments: set(
      told({
        number: text,
        title: text,
        note: text,
        value: money,
        signed: word,
        known: word,
        replaces: word,
        effective: or(text, UNREADABLE),
        // None: it changes only what is written about it.
        changes: or(given(shape(wording), { term: {} }), {}),
      }),
    ),
    suspensions: set(told({ from: or(text, UNREADABLE), to: word })),
    milestones: set(
      told({ title, visibility, order, on: word, relative, dayOff, happened: engineDay, baseline: engineDay }),
    ),
    indexation,
    announcements: set(shape({ on: or(readDay, ''), author: text, note: text })),
    parties: set(shape({ organisation: text, name: text, role: text, side, order })),
    people: set(shape({ person: text, name: text, role: title, order })),
    documents: set(
      shape({
        title,
        kind: or(oneOf('contract', 'amendment', 'annex', 'notice', 'act', 'letter', 'other'), 'other'),
        number: text,
        date: readDay,
        place: text,
        order,
      }),
    ),
    attachments,
    snoozes,
    remindDays: (value) =>
      Array.isArray(value) ? (value as readonly Json[]).filter((days) => typeof days === 'number') : undefined,
    deputy: text,
    subject: text,
    owner: text,
    tags: marks,
    // Unknown, but not a draft either: its deadlines go on.
    status: given(oneOf('draft', 'active', 'ended'), 'active'),
    extra: set(shape({ header: title, value: title })),
    source: text,
  },
  calendar: {
    country: text,
    year: whole(1, 9999),
    days: set(oneOf('off', 'work', 'short')),
    source: text,
  },
  brand: {
    name: text,
    address: text,
    details: text,
    logo: text,
    colour: text,
    footer: text,
    confidentiality: text,
    preparedBy: text,
  },
};

/** What the fields of a type hold; records of other types stay as they are. */
export function fitting<T extends keyof RecordsByType>(
  type: T,
  data: Members,
): Omit<RecordsByType[T], 'id' | 'createdAt' | 'changedAt' | 'deleted'>;
export function fitting(type: string, data: Members): Members;
export function fitting(type: string, data: Members): Members {
  return Object.hasOwn(SHAPES, type) ? read(data, SHAPES[type as keyof RecordsByType]) : data;
}
