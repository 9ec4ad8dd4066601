import type { OrganisationKind } from '../../../shared/model/records.ts';

/** Kinds of relationship, the most frequent first. */
export const ORGANISATION_KINDS = [
  'client',
  'prospect',
  'partner',
  'supplier',
  'service',
  'materials',
  'authority',
  'association',
  'unit',
  'competitor',
] as const satisfies readonly OrganisationKind[];

export const isOrganisationKind = (text: string): text is OrganisationKind =>
  (ORGANISATION_KINDS as readonly string[]).includes(text);
