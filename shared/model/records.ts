/** What the fields of each record type hold. Sets are maps from element key to element. All text is Unicode. */
import type { DayOff, Milestone, Recurrence } from '../contract-dates/obligations.ts';
import type { IndexationClause } from '../contract-dates/indexation-types.ts';
import type { Period } from '../contract-dates/period.ts';
import type { Attachment } from './attachments.ts';
import type { EndReading, Profile } from '../contract-dates/profile.ts';
import type {
  Amendment,
  Decision as ContractDecision,
  RenewalKind,
  Suspension,
  Terms,
  ExitPoint,
} from '../contract-dates/terms.ts';

/** `YYYY-MM-DD`: a calendar day with no time and no zone; never made into an instant. */
export type PlainDate = string;
/** `YYYY-MM-DDTHH:MM`: wall time at the place named by the record's `timeZone` (IANA name). */
export type PlainDateTime = string;
/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD` (day known, year not; ISO 8601:2000 truncated, RFC 6350 §4.3.1). */
export type PartialDate = string;
/** Integer minor units (kopecks, cents) and ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}
export type Visibility = 'private' | 'internal' | 'client';
/** Whose promise or attendee: ours or the other party's. */
export type Side = 'ours' | 'theirs';

export interface PersonName {
  readonly family?: string;
  readonly given?: string;
  readonly patronymic?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly nickname?: string;
  /** The name as it was written where it came from, when the parts are not certain. */
  readonly full?: string;
}
/** `label` is one of the catalogue's labels (work, mobile, home, fax, other, …) or free text. */
export interface Phone {
  readonly value: string;
  /** E.164 when the number is understood. */
  readonly e164?: string;
  readonly extension?: string;
  readonly label: string;
  /** Position in the list as it was entered. */
  readonly order?: number;
}
export interface Email {
  readonly value: string;
  readonly label: string;
  readonly order?: number;
}
/** Web page, messenger or profile: `kind` is web, telegram, viber, skype, whatsapp, vk, linkedin, … */
export interface Link {
  readonly kind: string;
  readonly value: string;
}
export interface Address {
  readonly label: string;
  readonly formatted?: string;
  readonly street?: string;
  readonly city?: string;
  readonly region?: string;
  readonly postcode?: string;
  readonly country?: string;
  readonly poBox?: string;
}
export type OrganisationKind =
  | 'client'
  | 'prospect'
  | 'supplier'
  | 'service'
  | 'materials'
  | 'partner'
  | 'unit'
  | 'authority'
  | 'association'
  | 'competitor';
/** Anything a file brought that has no field of its own: kept under its header, never dropped. */
export interface ExtraValue {
  readonly header: string;
  readonly value: string;
}

interface RecordBase {
  readonly id: string;
  /** Milliseconds since the epoch of the newest change of the record. */
  readonly changedAt: number;
  readonly createdAt: number;
  readonly deleted?: boolean;
}
type SetOf<T> = Readonly<Record<string, T>>;

export interface Organisation extends RecordBase {
  readonly name?: string;
  readonly fullName?: string;
  /** Keys are OrganisationKind. */
  readonly kinds?: SetOf<true>;
  readonly industry?: string;
  readonly summary?: string;
  /** Keys are the kind of id: inn, kpp, ogrn, vat, … */
  readonly legalIds?: SetOf<string>;
  readonly bank?: string;
  readonly phones?: SetOf<Phone>;
  readonly emails?: SetOf<Email>;
  readonly links?: SetOf<Link>;
  readonly addresses?: SetOf<Address>;
  /** Keys are the tags themselves. */
  readonly tags?: SetOf<true>;
  readonly owner?: string;
  readonly cadenceDays?: number;
  readonly attachments?: SetOf<Attachment>;
  readonly externalIds?: SetOf<string>;
  readonly extra?: SetOf<ExtraValue>;
  /** Where it came from, e.g. `sample`, `import:<batch>`. */
  readonly source?: string;
}
export interface Person extends RecordBase {
  readonly name?: PersonName;
  readonly otherNames?: SetOf<PersonName>;
  readonly salutation?: string;
  /** How to address in Russian: `ty` or `vy`. */
  readonly formality?: 'ty' | 'vy';
  readonly languages?: SetOf<true>;
  readonly timeZone?: string;
  readonly birthday?: PartialDate;
  readonly gender?: string;
  readonly phones?: SetOf<Phone>;
  readonly emails?: SetOf<Email>;
  readonly links?: SetOf<Link>;
  readonly addresses?: SetOf<Address>;
  readonly tags?: SetOf<true>;
  readonly summary?: string;
  /** Role in decisions: economic, technical, user, procurement, blocker, champion, influencer. */
  readonly role?: string;
  readonly power?: number;
  readonly stance?: string;
  readonly owner?: string;
  readonly cadenceDays?: number;
  readonly externalIds?: SetOf<string>;
  readonly extra?: SetOf<ExtraValue>;
  readonly source?: string;
}
export interface Affiliation extends RecordBase {
  readonly person?: string;
  readonly organisation?: string;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly from?: PartialDate;
  readonly until?: PartialDate;
  readonly primary?: boolean;
}
export interface Attendee {
  /** Person record, when known. */
  readonly person?: string;
  /** Name as typed, when there is no record. */
  readonly name?: string;
  readonly side: Side;
  readonly presence: 'present' | 'absent' | 'guest';
  readonly role?: string;
  readonly order: number;
}
export interface AgendaItem {
  readonly text: string;
  readonly order: number;
  readonly visibility: Visibility;
}
export interface Decision {
  readonly text: string;
  readonly order: number;
  readonly visibility: Visibility;
}
export interface NextMeeting {
  readonly start?: PlainDateTime;
  readonly place?: string;
  readonly note?: string;
}
export interface Meeting extends RecordBase {
  readonly title?: string;
  readonly start?: PlainDateTime;
  readonly end?: PlainDateTime;
  readonly timeZone?: string;
  readonly place?: string;
  readonly kind?: string;
  readonly organisation?: string;
  readonly attendees?: SetOf<Attendee>;
  readonly agenda?: SetOf<AgendaItem>;
  readonly decisions?: SetOf<Decision>;
  /** Base64 of the merged Yjs state; absent from the live view. Paragraph visibility is the block attribute `visibility`. */
  readonly body?: string;
  readonly summary?: string;
  readonly nextMeeting?: NextMeeting;
  readonly language?: 'ru' | 'en';
  readonly tags?: SetOf<true>;
  readonly attachments?: SetOf<Attachment>;
  readonly state?: 'draft' | 'reviewed' | 'sent';
}
/** What a promise is about, for grouping and for the calendar. */
export type PromiseKind = 'delivery' | 'payment' | 'report' | 'service' | 'training' | 'notice' | 'other';
/** When a promise is due when no single day says it. */
export type DueRule =
  | { readonly kind: 'recurring'; readonly recurrence: Recurrence }
  | {
      readonly kind: 'relative';
      /** Key of a milestone of the contract, or `start` or `end` of its current term. */
      readonly to: string;
      readonly direction: 'after' | 'before';
      readonly period: Period;
      readonly dayOff?: DayOff;
    };
/** One occurrence kept, or let go by agreement. */
export interface Fulfilment {
  readonly on: PlainDate;
  readonly state: 'done' | 'dropped';
  readonly evidence?: string;
  readonly author?: string;
}
/** A reminder put off; the reason is required, so that silence is somebody's decision. */
export interface Snooze {
  readonly until: PlainDate;
  readonly reason: string;
  readonly author: string;
}
/** One ledger for meetings' action items and contracts' obligations. */
export interface PromiseRecord extends RecordBase {
  readonly text?: string;
  readonly side?: Side;
  /** Person record or free text. */
  readonly owner?: { readonly person?: string; readonly name?: string };
  readonly organisation?: string;
  readonly meeting?: string;
  readonly contract?: string;
  readonly due?: PlainDate;
  readonly visibility?: Visibility;
  readonly status?: 'open' | 'done' | 'dropped';
  readonly doneOn?: PlainDate;
  readonly note?: string;
  readonly kind?: PromiseKind;
  /** Recurring, or counted from an event of the contract; then `due` is not used. */
  readonly rule?: DueRule;
  readonly amount?: Money;
  /** By the occurrence's index, for recurring promises. */
  readonly fulfilments?: SetOf<Fulfilment>;
  /** What proves it was kept: act number, letter, place. */
  readonly evidence?: string;
  /** The wording of the penalty. */
  readonly penalty?: string;
  /** By deadline id. */
  readonly snoozes?: SetOf<Snooze>;
}
/** The contract's main counterparty is `organisation`; further parties stand here. */
export interface ContractParty {
  readonly organisation?: string;
  readonly name?: string;
  readonly role?: string;
  readonly side: Side;
  readonly order: number;
}
export interface ContractPerson {
  readonly person?: string;
  readonly name?: string;
  /** signatory, contact for notices, responsible, … or free text. */
  readonly role: string;
  readonly order: number;
}
export interface ContractDocument {
  readonly title: string;
  readonly kind: 'contract' | 'amendment' | 'annex' | 'notice' | 'act' | 'letter' | 'other';
  readonly number?: string;
  readonly date?: PlainDate;
  /** Where the paper or file is kept. */
  readonly place?: string;
  readonly order: number;
}
/** An amendment as it is kept: the engine's, with what a person wants to know besides. */
export interface ContractAmendment extends Amendment {
  readonly title?: string;
  readonly value?: Money;
  readonly note?: string;
}
export interface ContractMilestone extends Omit<Milestone, 'id'> {
  readonly title: string;
  readonly visibility?: Visibility;
  readonly order: number;
}
/** A price increase that the other party was told of. */
export interface Announcement {
  readonly on: PlainDate;
  readonly author?: string;
  /** Letter, number, how it was sent. */
  readonly note?: string;
}
export interface Contract extends RecordBase {
  readonly number?: string;
  readonly title?: string;
  readonly organisation?: string;
  readonly signedOn?: PlainDate;
  readonly start?: PlainDate;
  /** The last day as the paper names it. */
  readonly end?: PlainDate;
  /** How the last day is worded when only a length is given. */
  readonly endReading?: EndReading;
  readonly term?: Period;
  readonly termToMonthEnd?: boolean;
  /** Before version 0.2 an import could leave `{text}` here; see `renewalText`. */
  readonly renewal?: RenewalKind | { readonly text: string };
  /** Renewal wording as a file brought it, not yet turned into terms. */
  readonly renewalText?: string;
  readonly renewalTerm?: Period;
  readonly maxRenewals?: number;
  readonly renewNotAfter?: PlainDate;
  readonly notice?: Period;
  readonly noticeToMonthEnd?: boolean;
  readonly noticeCounts?: Terms['noticeCounts'];
  readonly noticeOpens?: Period;
  readonly convenienceNotice?: Period;
  readonly exitAt?: ExitPoint;
  readonly coolingOff?: Period;
  readonly profile?: Profile;
  readonly calendar?: string;
  readonly counterpartyCalendar?: string;
  readonly openRule?: Terms['openRule'];
  readonly deliveryDays?: number;
  readonly approvalDays?: number;
  readonly value?: Money;
  /** What `value` pays for. Default: the term. */
  readonly valuePer?: 'term' | 'year' | 'month';
  /** Clause of the paper by field name. */
  readonly clauses?: SetOf<string>;
  readonly decisions?: SetOf<ContractDecision>;
  readonly amendments?: SetOf<ContractAmendment>;
  readonly suspensions?: SetOf<Suspension>;
  readonly milestones?: SetOf<ContractMilestone>;
  readonly indexation?: IndexationClause;
  /** By the day of the price step: the increase was announced. */
  readonly announcements?: SetOf<Announcement>;
  readonly parties?: SetOf<ContractParty>;
  readonly people?: SetOf<ContractPerson>;
  readonly documents?: SetOf<ContractDocument>;
  readonly attachments?: SetOf<Attachment>;
  /** By deadline id. */
  readonly snoozes?: SetOf<Snooze>;
  /** Days before the send-by date on which to remind; default by value. */
  readonly remindDays?: readonly number[];
  readonly deputy?: string;
  readonly subject?: string;
  readonly owner?: string;
  readonly tags?: SetOf<true>;
  readonly status?: 'draft' | 'active' | 'ended';
  readonly extra?: SetOf<ExtraValue>;
  readonly source?: string;
}
/** A year's working days as a person imported or corrected them; wins over the bundled year. Id `calendar:RU:2027`. */
export interface CalendarRecord extends RecordBase {
  /** ISO 3166-1 alpha-2 or a name of one's own. */
  readonly country?: string;
  readonly year?: number;
  /** By date: what deviates from "Saturday and Sunday are free". */
  readonly days?: SetOf<'off' | 'work' | 'short'>;
  readonly source?: string;
}
/** The letterhead. There is one, id `brand`. */
export interface Brand extends RecordBase {
  readonly name?: string;
  readonly address?: string;
  readonly details?: string;
  /** data: URL of a PNG or SVG. */
  readonly logo?: string;
  readonly colour?: string;
  readonly footer?: string;
  readonly confidentiality?: string;
  readonly preparedBy?: string;
}

export interface RecordsByType {
  organisation: Organisation;
  person: Person;
  affiliation: Affiliation;
  meeting: Meeting;
  promise: PromiseRecord;
  contract: Contract;
  calendar: CalendarRecord;
  brand: Brand;
}
