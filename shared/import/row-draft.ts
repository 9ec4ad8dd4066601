/** What a row says while it is being read; `hand-over.ts` turns it into the drafts that are saved. */
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

/** Parts that people and organisations share. */
export interface RowCard {
  readonly phones: Phone[];
  readonly emails: Email[];
  readonly links: Link[];
  readonly addresses: Address[];
  readonly tags: string[];
  readonly extra: ExtraValue[];
  /** Name of the system → its id. */
  readonly externalIds: Map<string, string>;
  summary?: string;
  owner?: string;
}
export interface RowPerson extends RowCard {
  name: PersonName;
  readonly otherNames: PersonName[];
  readonly languages: string[];
  birthday?: PartialDate;
  gender?: string;
  role?: string;
}
export interface RowOrganisation extends RowCard {
  name: string;
  fullName?: string;
  industry?: string;
  bank?: string;
  /** inn, kpp, ogrn, … → number. */
  readonly legalIds: Map<string, string>;
}
export interface RowContract {
  number?: string;
  title?: string;
  signedOn?: PlainDate;
  start?: PlainDate;
  end?: PlainDate;
  value?: Money;
  subject?: string;
  renewal?: string;
  /** Deals that are not signed yet. */
  isDeal?: boolean;
  readonly extra: ExtraValue[];
}
export interface RowDraft {
  readonly row: number;
  readonly person?: RowPerson;
  readonly organisation?: RowOrganisation;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly contract?: RowContract;
}

export const emptyCard = (): RowCard => ({
  phones: [],
  emails: [],
  links: [],
  addresses: [],
  tags: [],
  extra: [],
  externalIds: new Map(),
});
export const emptyPerson = (): RowPerson => ({ ...emptyCard(), name: {}, otherNames: [], languages: [] });
export const emptyOrganisation = (name: string): RowOrganisation => ({ ...emptyCard(), name, legalIds: new Map() });
