/**
 * What a file says, row by row, once it is understood: the hand-over from recognition (plan) to saving (to-changes).
 * Field names and shapes are those of shared/model/records.ts; lists stand where records have sets.
 */
import type {
  Address,
  Email,
  ExtraValue,
  Link,
  Money,
  PartialDate,
  PersonName,
  Phone,
  PlainDate,
} from '../model/records.ts';

export interface DraftPerson {
  readonly name?: PersonName;
  readonly otherNames?: readonly PersonName[];
  readonly salutation?: string;
  readonly birthday?: PartialDate;
  readonly gender?: string;
  readonly languages?: readonly string[];
  readonly phones?: readonly Phone[];
  readonly emails?: readonly Email[];
  readonly links?: readonly Link[];
  readonly addresses?: readonly Address[];
  readonly tags?: readonly string[];
  /** Notes of the file, in its order, joined by line feeds. */
  readonly summary?: string;
  readonly role?: string;
  readonly owner?: string;
  /** Source system → the record's id there. */
  readonly externalIds?: Readonly<Record<string, string>>;
  /** Columns without a field of their own. */
  readonly extra?: readonly ExtraValue[];
}
export interface DraftOrganisation {
  readonly name?: string;
  readonly fullName?: string;
  /** Kinds of organisation (client, supplier, …). */
  readonly kinds?: readonly string[];
  readonly industry?: string;
  readonly summary?: string;
  /** Kind of id (inn, kpp, ogrn, …) → its value. */
  readonly legalIds?: Readonly<Record<string, string>>;
  readonly bank?: string;
  readonly phones?: readonly Phone[];
  readonly emails?: readonly Email[];
  readonly links?: readonly Link[];
  readonly addresses?: readonly Address[];
  readonly tags?: readonly string[];
  readonly owner?: string;
  readonly externalIds?: Readonly<Record<string, string>>;
  readonly extra?: readonly ExtraValue[];
}
/** What ties the row's person to the row's organisation. */
export interface DraftAffiliation {
  readonly jobTitle?: string;
  readonly department?: string;
  readonly from?: PartialDate;
  readonly until?: PartialDate;
}
export interface DraftContract {
  readonly number?: string;
  readonly title?: string;
  readonly subject?: string;
  readonly signedOn?: PlainDate;
  readonly start?: PlainDate;
  readonly end?: PlainDate;
  readonly value?: Money;
  /** As the file words it; `{text}` in the record. */
  readonly renewal?: string;
  readonly owner?: string;
  readonly status?: 'draft' | 'active' | 'ended';
  readonly extra?: readonly ExtraValue[];
}

/** Which record a draft goes to: a new one, one of the vault's, or the one that an earlier row of the file went to. */
export type DraftTarget =
  | { readonly kind: 'new' }
  | { readonly kind: 'existing'; readonly id: string }
  | { readonly kind: 'row'; readonly row: number };

/** One row that is to be saved. Rows that are skipped or failed are not here. */
export interface PlannedRow {
  /** As the spreadsheet shows it. */
  readonly row: number;
  readonly person?: { readonly draft: DraftPerson; readonly target: DraftTarget };
  readonly organisation?: { readonly draft: DraftOrganisation; readonly target: DraftTarget };
  readonly affiliation?: DraftAffiliation;
  readonly contract?: DraftContract;
}
