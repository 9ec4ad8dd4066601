/** What the vault already holds, as far as an import must know it. */
import type { PartialDate, PersonName } from '../model/records.ts';

/** E-mails in lower case; phones are E.164, or digits when not understood. */
export interface KnownOrganisation {
  readonly id: string;
  readonly name: string;
  readonly fullName?: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly legalIds: Readonly<Record<string, string>>;
  readonly externalIds: Readonly<Record<string, string>>;
}
export interface KnownPerson {
  readonly id: string;
  readonly name: PersonName;
  readonly birthday?: PartialDate;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly links: readonly string[];
  readonly externalIds: Readonly<Record<string, string>>;
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly affiliation: string }[];
}
/** Structurally the vault's `DuplicatesIndex`. */
export interface KnownRecords {
  readonly organisations: readonly KnownOrganisation[];
  readonly people: readonly KnownPerson[];
}
export const NOTHING_KNOWN: KnownRecords = { organisations: [], people: [] };
