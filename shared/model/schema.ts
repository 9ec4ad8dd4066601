/**
 * The registry of record types and how each field merges. Everything that is stored, synced, searched or undone is a
 * record of one of these types; a change to a field is folded by the field's kind (see shared/change).
 */

/**
 * How concurrent changes of a field come together:
 * - `scalar`: last writer by clock; the losing concurrent value is kept as a conflict.
 * - `guarded`: as scalar, but a concurrent difference is *open* until a person decides (contract dates, amounts, bank
 *   details, visibility): both values are shown.
 * - `set`: one element per key; the change's field is `name/key`, its value the element or null (removed).
 * - `status`: a lattice: among concurrent values the one later in `order` wins; a change made after seeing it (a
 *   reopening) beats it.
 * - `doc`: a Yjs document; values are base64 updates, merged by character.
 */
export type FieldKind = 'scalar' | 'guarded' | 'set' | 'status' | 'doc';

export interface FieldSpec {
  readonly kind: FieldKind;
  /** For `status`: from weakest to strongest. */
  readonly order?: readonly string[];
  /** For `set`: concurrent values of one element stay open until a person decides, as for `guarded`. */
  readonly guarded?: true;
  /**
   * The value (or the element's member `visibility`) says who may read: until a person has decided, the most careful of
   * the concurrent ones holds, whichever is newer.
   */
  readonly careful?: 'value' | 'member';
}

const s: FieldSpec = { kind: 'scalar' };
const g: FieldSpec = { kind: 'guarded' };
const set: FieldSpec = { kind: 'set' };
const guardedSet: FieldSpec = { kind: 'set', guarded: true };
const visibility: FieldSpec = { kind: 'guarded', careful: 'value' };
const marked: FieldSpec = { kind: 'set', careful: 'member' };
const doc: FieldSpec = { kind: 'doc' };

/** Record types and their fields. A field or type not named here came from a newer app: kept as it is, merged as scalar. */
export const RECORD_FIELDS = {
  organisation: {
    name: s,
    fullName: s,
    kinds: set,
    industry: s,
    summary: s,
    legalIds: set,
    bank: g,
    phones: set,
    emails: set,
    links: set,
    addresses: set,
    tags: set,
    owner: s,
    cadenceDays: s,
    externalIds: set,
    attachments: set,
    extra: set,
    source: s,
  },
  person: {
    name: s,
    otherNames: set,
    salutation: s,
    formality: s,
    languages: set,
    timeZone: s,
    birthday: s,
    gender: s,
    phones: set,
    emails: set,
    links: set,
    addresses: set,
    tags: set,
    summary: s,
    role: s,
    power: s,
    stance: s,
    owner: s,
    cadenceDays: s,
    externalIds: set,
    extra: set,
    source: s,
  },
  affiliation: {
    person: s,
    organisation: s,
    jobTitle: s,
    department: s,
    from: s,
    until: s,
    primary: s,
  },
  meeting: {
    title: s,
    start: s,
    end: s,
    timeZone: s,
    place: s,
    kind: s,
    organisation: s,
    attendees: set,
    agenda: marked,
    decisions: marked,
    body: doc,
    summary: s,
    nextMeeting: s,
    language: s,
    tags: set,
    attachments: set,
    state: { kind: 'status', order: ['draft', 'reviewed', 'sent'] },
  },
  promise: {
    text: s,
    side: s,
    owner: s,
    organisation: s,
    meeting: s,
    contract: s,
    due: s,
    visibility,
    status: { kind: 'status', order: ['open', 'dropped', 'done'] },
    doneOn: s,
    note: s,
    kind: s,
    rule: g,
    amount: g,
    fulfilments: guardedSet,
    evidence: s,
    penalty: s,
    snoozes: set,
  },
  contract: {
    number: s,
    title: s,
    organisation: s,
    signedOn: g,
    start: g,
    end: g,
    endReading: g,
    term: g,
    termToMonthEnd: g,
    renewal: g,
    renewalText: s,
    renewalTerm: g,
    maxRenewals: g,
    renewNotAfter: g,
    notice: g,
    noticeToMonthEnd: g,
    noticeCounts: g,
    noticeOpens: g,
    convenienceNotice: g,
    exitAt: g,
    coolingOff: g,
    profile: g,
    calendar: g,
    counterpartyCalendar: g,
    openRule: g,
    deliveryDays: g,
    approvalDays: g,
    value: g,
    valuePer: g,
    clauses: set,
    decisions: guardedSet,
    amendments: guardedSet,
    suspensions: guardedSet,
    milestones: { ...guardedSet, careful: 'member' },
    indexation: g,
    announcements: set,
    parties: set,
    people: set,
    documents: set,
    attachments: set,
    snoozes: set,
    remindDays: s,
    deputy: s,
    subject: s,
    owner: s,
    tags: set,
    status: { kind: 'status', order: ['draft', 'active', 'ended'] },
    extra: set,
    source: s,
  },
  calendar: {
    country: s,
    year: s,
    days: guardedSet,
    source: s,
  },
  /** A device of the workspace, id `device:<its clock device>`: its name beside the changes it made. */
  device: {
    name: s,
  },
  brand: {
    name: s,
    address: s,
    details: s,
    logo: s,
    colour: s,
    footer: s,
    confidentiality: s,
    preparedBy: s,
  },
  importBatch: {
    fileName: s,
    size: s,
    hash: s,
    preset: s,
    counts: s,
    state: s,
  },
} as const satisfies Record<string, Record<string, FieldSpec>>;

export type RecordType = keyof typeof RECORD_FIELDS;
export const RECORD_TYPES = Object.keys(RECORD_FIELDS) as readonly RecordType[];

/** The merge rule of a field; unknown fields merge as scalars so that nothing from a newer app is lost. */
export function fieldSpec(type: string, field: string): FieldSpec {
  const fields = Object.hasOwn(RECORD_FIELDS, type)
    ? (RECORD_FIELDS as Record<string, Record<string, FieldSpec>>)[type]
    : undefined;
  const name = fieldName(field);
  const known = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (known) return known;
  return field.includes('/') ? set : s;
}

/** True when this version of the app knows the type and the field. */
export function isKnownField(type: string, field: string): boolean {
  if (field.startsWith('$')) return field === '$new' || field === '$deleted';
  const fields = Object.hasOwn(RECORD_FIELDS, type)
    ? (RECORD_FIELDS as Record<string, Record<string, FieldSpec>>)[type]
    : undefined;
  return fields !== undefined && Object.hasOwn(fields, fieldName(field));
}

/** `phones/ab12` → `phones`. */
export function fieldName(field: string): string {
  const slash = field.indexOf('/');
  return slash < 0 ? field : field.slice(0, slash);
}
