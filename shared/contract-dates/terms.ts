/** What the engine is told: the wording of a contract, what happened since, and from which day one looks. */
import type { PlainDate } from '../model/records.ts';
import type { CalendarPack } from './calendar.ts';
import type { IndexationClause } from './indexation-types.ts';
import type { Period } from './period.ts';
import type { EndReading, Profile } from './profile.ts';

export const RENEWALS = ['none', 'express', 'tacit', 'evergreen', 'optionOurs', 'optionTheirs'] as const;
/**
 * `none` ends; `express` goes on only by a recorded renewal of both sides; `optionOurs`/`optionTheirs` only when that side
 * says so in time; `tacit` goes on unless someone gives notice; `evergreen` has no end, at most a minimum term.
 */
export type RenewalKind = (typeof RENEWALS)[number];

/** Where the wording lets go only at certain points: ends of calendar units, or of months and years counted from the start. */
export const EXIT_POINTS = ['month', 'quarter', 'year', 'contractMonth', 'contractYear'] as const;
export type ExitPoint = (typeof EXIT_POINTS)[number];

export const DECISION_KINDS = ['terminate', 'renew', 'terminateEarly'] as const;
/** `terminate` ends with the current term; `terminateEarly` uses the notice for convenience and may end within it. */
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** The wording on which dates hang. Amendments may change every field but `start`. */
export interface ContractText {
  readonly start: PlainDate;
  /** How the first term's last day is worded, or that day itself. Default: as the profile reads it. */
  readonly end?: EndReading | PlainDate;
  readonly term?: Period;
  /** The wording puts the term's end on the last day of the month. */
  readonly termToMonthEnd?: boolean;
  readonly renewal: RenewalKind;
  /** Default: as long as the term. */
  readonly renewalTerm?: Period;
  /** null: no limit. */
  readonly maxRenewals: number | null;
  /** No renewal goes beyond this day; the last one is cut short by it. */
  readonly renewNotAfter?: PlainDate;
  /** Counted back from the end of the current term. */
  readonly notice?: Period;
  readonly noticeToMonthEnd?: boolean;
  /** Whether the notice must have arrived by the deadline or only have been sent (Civil Code of Russia, 194(2)). */
  readonly noticeCounts: 'received' | 'sent';
  /** When the window for notice or option opens, counted back from the end. Default: 90 days before the send-by date. */
  readonly noticeOpens?: Period;
  /** Notice to leave at any time, counted forward from the day it is given. */
  readonly convenienceNotice?: Period;
  /** Notice that runs forward (of an open-ended contract, or for convenience) ends the contract only with the next of these. */
  readonly exitAt?: ExitPoint;
  /** Counted forward from the start. */
  readonly coolingOff?: Period;
  readonly profile: Profile;
}

export interface Decision {
  readonly date: PlainDate;
  readonly kind: DecisionKind;
  readonly author?: string;
  readonly reason?: string;
}

export type TextChanges = Partial<Omit<ContractText, 'start'>>;

/** A supplementary agreement. `effective` may lie before `known`: retroactive effect. */
export interface Amendment {
  readonly number?: string;
  readonly signed?: PlainDate;
  /** From which day it applies. */
  readonly effective: PlainDate;
  /** Since when we know of it; default: `signed`, else `effective`. */
  readonly known?: PlainDate;
  /** Number of the amendment that this one takes the place of. */
  readonly replaces?: string;
  readonly changes: TextChanges;
}

/** The clock stands from `from` to `to`, both counted; without `to` it still stands. */
export interface Suspension {
  readonly from: PlainDate;
  readonly to?: PlainDate;
}

export interface Terms extends ContractText {
  /** False: a draft, whatever its dates. */
  readonly signed: boolean;
  /** `none` for Saturdays and Sundays only, else a country with packs. */
  readonly calendar: string;
  readonly counterpartyCalendar?: string;
  /** Whose working days count when both calendars are given. `both` is the safe rule. */
  readonly openRule: 'ours' | 'theirs' | 'both';
  /** Calendars that a person imported or corrected; they win over bundled years. */
  readonly packs: readonly CalendarPack[];
  /** Calendar days on the way to the other party. */
  readonly deliveryDays: number;
  /** Working days for our own approval before anything is sent. */
  readonly approvalDays: number;
  readonly today: PlainDate;
  readonly decisions: readonly Decision[];
  readonly amendments: readonly Amendment[];
  readonly suspensions: readonly Suspension[];
  /** Look with the knowledge of that day (default: today) or only at what applied by that day. */
  readonly asOf?: { readonly effective?: PlainDate; readonly known?: PlainDate };
  /** Clause of the paper by field name, quoted in derivations. */
  readonly clauses: Readonly<Record<string, string>>;
  /** How many terms after the current one to list. */
  readonly nextCount: number;
  readonly indexation?: IndexationClause;
}

/** Why terms are refused: the field as typed (`decisions[0].date`) and a code below `contractDates.problem`. */
export interface TermsError {
  readonly field: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export const termsError = (
  field: string,
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): TermsError => ({
  field,
  code,
  params,
});

/** The fields that an amendment may change. */
export const TEXT_FIELDS = [
  'end',
  'term',
  'termToMonthEnd',
  'renewal',
  'renewalTerm',
  'maxRenewals',
  'renewNotAfter',
  'notice',
  'noticeToMonthEnd',
  'noticeCounts',
  'noticeOpens',
  'convenienceNotice',
  'exitAt',
  'coolingOff',
  'profile',
] as const satisfies readonly (keyof ContractText)[];
export type TextField = (typeof TEXT_FIELDS)[number];
