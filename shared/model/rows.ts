/** Rows of the live view: small, flat, ready to list. Computed by the vault, kept current by its change feed. */
import type { ContractWording } from '../contracts/wording.ts';
import type {
  DueRule,
  Fulfilment,
  Money,
  PartialDate,
  PlainDate,
  PlainDateTime,
  PromiseKind,
  Side,
  Snooze,
  Visibility,
} from './records.ts';

export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  /** Lower-case, ё→е: sorts and filters in any script. */
  readonly sortName: string;
  readonly kinds: readonly string[];
  readonly industry: string;
  readonly city: string;
  readonly phone: string;
  readonly email: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly people: number;
  readonly openPromises: number;
  readonly lastMeeting?: PlainDateTime;
  readonly nextMeeting?: PlainDateTime;
  readonly cadenceDays?: number;
  readonly changedAt: number;
  readonly conflicts: number;
}
export interface PersonRow {
  readonly id: string;
  /** As shown in lists: «Фамилия Имя Отчество» or «Given Family» by the name's own order. */
  readonly name: string;
  readonly sortName: string;
  readonly organisation?: string;
  readonly organisationName: string;
  readonly jobTitle: string;
  readonly phone: string;
  readonly email: string;
  readonly city: string;
  readonly tags: readonly string[];
  readonly birthday?: PartialDate;
  readonly openPromises: number;
  readonly lastMeeting?: PlainDateTime;
  readonly nextMeeting?: PlainDateTime;
  readonly cadenceDays?: number;
  readonly changedAt: number;
  readonly conflicts: number;
}
export interface MeetingRow {
  readonly id: string;
  readonly title: string;
  readonly start: PlainDateTime | '';
  readonly end?: PlainDateTime;
  readonly timeZone: string;
  readonly place: string;
  readonly organisation?: string;
  readonly organisationName: string;
  /** Person ids of attendees that have a record. */
  readonly people: readonly string[];
  readonly attendees: number;
  readonly decisions: number;
  readonly openPromises: number;
  readonly state: 'draft' | 'reviewed' | 'sent';
  readonly language: 'ru' | 'en';
  readonly changedAt: number;
}
export interface PromiseRow {
  readonly id: string;
  readonly text: string;
  readonly side: Side;
  readonly ownerPerson?: string;
  readonly ownerName: string;
  readonly organisation?: string;
  readonly organisationName: string;
  readonly meeting?: string;
  readonly contract?: string;
  readonly due?: PlainDate;
  readonly status: 'open' | 'done' | 'dropped';
  readonly visibility: Visibility;
  readonly kind?: PromiseKind;
  /** Recurring or counted from an event: then `due` is empty and days come from shared/contracts/obligations.ts. */
  readonly rule?: DueRule;
  readonly doneOn?: PlainDate;
  readonly amount?: Money;
  readonly fulfilments?: Readonly<Record<string, Fulfilment>>;
  readonly snoozes?: Readonly<Record<string, Snooze>>;
  readonly changedAt: number;
}
export interface ContractRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly organisation?: string;
  readonly organisationName: string;
  readonly start?: PlainDate;
  readonly end?: PlainDate;
  readonly value?: Money;
  readonly status: 'draft' | 'active' | 'ended';
  readonly owner: string;
  readonly tags: readonly string[];
  /** What its dates are computed from; replaced as a whole, never changed in place. */
  readonly wording: ContractWording;
  readonly changedAt: number;
  readonly conflicts: number;
}
/** A calendar year that a person imported or corrected. */
export interface CalendarRow {
  readonly id: string;
  readonly country: string;
  readonly year: number;
  readonly days: Readonly<Record<PlainDate, 'off' | 'work' | 'short'>>;
  readonly source: string;
  readonly changedAt: number;
}
export interface RowsByTable {
  organisations: OrganisationRow;
  people: PersonRow;
  meetings: MeetingRow;
  promises: PromiseRow;
  contracts: ContractRow;
  calendars: CalendarRow;
}
export type LiveTable = keyof RowsByTable;
export const LIVE_TABLES = [
  'meetings',
  'promises',
  'contracts',
  'calendars',
  'organisations',
  'people',
] as const satisfies readonly LiveTable[];

/** What changed in the live view after a commit. */
export interface LiveUpdate {
  /** The vault's log position after the commit. */
  readonly seq: number;
  readonly put: { readonly [T in LiveTable]?: readonly RowsByTable[T][] };
  readonly remove: { readonly [T in LiveTable]?: readonly string[] };
  /** Records of any type that changed, so that an open page can reload them. */
  readonly records: readonly string[];
}
/** One page of the working set. `next` is absent on the last page. */
export interface FillPage {
  readonly table: LiveTable;
  readonly rows: readonly RowsByTable[LiveTable][];
  readonly next?: string;
  readonly seq: number;
}
