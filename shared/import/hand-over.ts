/** From a row as it was read to the drafts that are saved; and what of a name a row may add to a record that has one. */
import type { PersonName } from '../model/records.ts';
import type { DraftContract, DraftOrganisation, DraftPerson, DraftTarget, PlannedRow } from './draft.ts';
import { compareNames, nameKey } from './name-match.ts';
import type { RowCard, RowContract, RowDraft, RowOrganisation, RowPerson } from './row-draft.ts';

export interface JoinedName {
  /** Parts that the record lacks. */
  readonly name: PersonName;
  /** Another spelling (Ivanov for Иванов, a maiden name), kept beside the record's own. */
  readonly other?: PersonName;
}

const PARTS = ['family', 'given', 'patronymic'] as const;
const bare = (name: PersonName): PersonName => {
  const { full: _, ...parts } = name;
  return Object.keys(parts).length > 0 ? parts : name;
};

/** The words of a name in their order, whichever parts they stand in. */
const wordsOf = (name: PersonName): string =>
  PARTS.map((part) => nameKey({ family: name[part] ?? '' }).family)
    .filter(Boolean)
    .join(' ');

/** What a row's name adds to the name that a record has. */
export function nameForJoining(present: PersonName, row: PersonName): JoinedName {
  if (Object.keys(row).length === 0 || Object.keys(present).length === 0) return { name: row };
  const fitting: Record<string, string> = {};
  let agrees = true;
  for (const part of PARTS) {
    const value = row[part];
    if (!value) continue;
    const current = present[part];
    if (!current) fitting[part] = value;
    else if (nameKey({ family: current }).family !== nameKey({ family: value }).family) agrees = false;
  }
  // “John Michael” in one part and in two is the same name: nothing is added, nothing differs.
  if (wordsOf(row) === wordsOf(present)) {
    for (const part of PARTS) delete fitting[part];
    agrees = true;
  }
  for (const part of ['prefix', 'suffix', 'nickname'] as const)
    if (row[part] && !present[part]) fitting[part] = row[part];
  if (agrees) return { name: fitting };
  const titles = Object.fromEntries(
    Object.entries(fitting).filter(([part]) => !PARTS.includes(part as (typeof PARTS)[number])),
  );
  const relation = compareNames(nameKey(present), nameKey(row));
  // Initials of a whole name say nothing new; a whole name for initials does.
  const shorter =
    (row.given ?? '').replace(/\P{L}/gu, '').length <= 1 && (present.given ?? '').replace(/\P{L}/gu, '').length > 1;
  if (relation === 'initials' && shorter) return { name: titles };
  return { name: titles, other: bare(row) };
}

const filled = <T>(list: readonly T[]): boolean => list.length > 0;

function card(
  draft: RowCard,
): Pick<
  DraftPerson & DraftOrganisation,
  'phones' | 'emails' | 'links' | 'addresses' | 'tags' | 'extra' | 'externalIds' | 'summary' | 'owner'
> {
  return {
    ...(filled(draft.phones) ? { phones: draft.phones } : {}),
    ...(filled(draft.emails) ? { emails: draft.emails } : {}),
    ...(filled(draft.links) ? { links: draft.links } : {}),
    ...(filled(draft.addresses) ? { addresses: draft.addresses } : {}),
    ...(filled(draft.tags) ? { tags: draft.tags } : {}),
    ...(filled(draft.extra) ? { extra: draft.extra } : {}),
    ...(draft.externalIds.size > 0 ? { externalIds: Object.fromEntries(draft.externalIds) } : {}),
    ...(draft.summary ? { summary: draft.summary } : {}),
    ...(draft.owner ? { owner: draft.owner } : {}),
  };
}

function person(draft: RowPerson, joining: JoinedName | undefined): DraftPerson {
  const others = joining?.other ? [...draft.otherNames, joining.other] : draft.otherNames;
  const name = joining ? joining.name : draft.name;
  return {
    ...card(draft),
    ...(Object.keys(name).length > 0 ? { name } : {}),
    ...(filled(others) ? { otherNames: others } : {}),
    ...(draft.birthday ? { birthday: draft.birthday } : {}),
    ...(draft.gender ? { gender: draft.gender } : {}),
    ...(filled(draft.languages) ? { languages: draft.languages } : {}),
    ...(draft.role ? { role: draft.role } : {}),
  };
}

function organisation(draft: RowOrganisation, joined: boolean): DraftOrganisation {
  return {
    ...card(draft),
    // Another spelling of a company's name never replaces or contradicts the first.
    ...(joined ? {} : { name: draft.name }),
    ...(draft.fullName ? { fullName: draft.fullName } : {}),
    ...(draft.industry ? { industry: draft.industry } : {}),
    ...(draft.bank ? { bank: draft.bank } : {}),
    ...(draft.legalIds.size > 0 ? { legalIds: Object.fromEntries(draft.legalIds) } : {}),
  };
}

function contract(draft: RowContract): DraftContract {
  const { number, title, subject, signedOn, start, end, value, renewal, isDeal, extra } = draft;
  return {
    ...(number ? { number } : {}),
    ...(title || subject ? { title: title || (subject as string) } : {}),
    ...(subject ? { subject } : {}),
    ...(isDeal ? { status: 'draft' } : {}),
    ...(signedOn ? { signedOn } : {}),
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(value ? { value } : {}),
    ...(renewal ? { renewal } : {}),
    ...(filled(extra) ? { extra } : {}),
  };
}

/** A row with the records it goes to. */
export function handOver(
  draft: RowDraft,
  personTarget: DraftTarget | undefined,
  organisationTarget: DraftTarget | undefined,
  joining: JoinedName | undefined,
): PlannedRow {
  const affiliation = {
    ...(draft.jobTitle ? { jobTitle: draft.jobTitle } : {}),
    ...(draft.department ? { department: draft.department } : {}),
  };
  return {
    row: draft.row,
    ...(draft.person && personTarget ? { person: { draft: person(draft.person, joining), target: personTarget } } : {}),
    ...(draft.organisation && organisationTarget
      ? {
          organisation: {
            draft: organisation(draft.organisation, organisationTarget.kind !== 'new'),
            target: organisationTarget,
          },
        }
      : {}),
    ...(Object.keys(affiliation).length > 0 ? { affiliation } : {}),
    ...(draft.contract ? { contract: contract(draft.contract) } : {}),
  };
}
