/** A supplementary agreement while it is typed: its own facts, and new values for the fields that it changes. */
import type { Json } from '../../../../shared/change/types.ts';
import { type TermsError, termsError, TEXT_FIELDS, type TextField } from '../../../../shared/contract-dates/terms.ts';
import { amendmentsOf, type ContractWording } from '../../../../shared/contracts/wording.ts';
import type { ContractAmendment } from '../../../../shared/model/records.ts';
import {
  draftOf,
  PERIOD_FIELDS,
  type PeriodField,
  readPeriod,
  type TermsDraft,
  valuesOf,
} from '../terms/terms-draft.ts';

/** What an amendment can change, as a person chooses it. The last day and how it is worded are one field of the text. */
export type AmendedField = TextField | 'endReading';
export const AMENDED_FIELDS: readonly AmendedField[] = [
  'term',
  'end',
  'endReading',
  'termToMonthEnd',
  'renewal',
  'renewalTerm',
  'maxRenewals',
  'renewNotAfter',
  'notice',
  'noticeCounts',
  'noticeToMonthEnd',
  'noticeOpens',
  'convenienceNotice',
  'exitAt',
  'coolingOff',
  'profile',
];

export interface AmendmentDraft {
  /** Of the set; a new one for a new amendment. */
  readonly key: string;
  readonly isNew: boolean;
  readonly number: string;
  readonly title: string;
  readonly note: string;
  readonly signed: string;
  readonly effective: string;
  readonly known: string;
  /** Number of the amendment that this one takes the place of. */
  readonly replaces: string;
  readonly fields: readonly AmendedField[];
  readonly terms: TermsDraft;
}

const fieldsOf = ({ changes }: ContractAmendment): AmendedField[] =>
  TEXT_FIELDS.flatMap((field): AmendedField[] => {
    if (changes[field] === undefined) return [];
    const reading = field === 'end' && (changes.end === 'day-before' || changes.end === 'same-day');
    return [reading ? 'endReading' : field];
  });

/** The form for an amendment: a kept one with its values, or a new one with those of the contract to start from. */
export function amendmentDraft(wording: ContractWording, key: string): AmendmentDraft {
  const kept = wording.amendments?.[key];
  const fields = kept ? fieldsOf(kept) : [];
  const { end, maxRenewals, ...changes } = kept?.changes ?? {};
  const reading = end === 'day-before' || end === 'same-day';
  const terms = draftOf({
    ...wording,
    ...changes,
    ...(end === undefined || reading ? {} : { end }),
    ...(reading ? { endReading: end } : {}),
    ...(maxRenewals === undefined || maxRenewals === null ? {} : { maxRenewals }),
  });
  return {
    key,
    isNew: kept === undefined,
    number: kept?.number ?? (kept ? '' : nextNumber(wording)),
    title: kept?.title ?? '',
    note: kept?.note ?? '',
    signed: kept?.signed ?? '',
    effective: kept?.effective ?? '',
    known: kept?.known ?? '',
    replaces: kept?.replaces ?? '',
    fields,
    terms: maxRenewals === null ? { ...terms, maxRenewals: '' } : terms,
  };
}

/** One more than the greatest number used so far. */
function nextNumber({ amendments }: ContractWording): string {
  const used = Object.values(amendments ?? {}).map(({ number }) => Number(number));
  return String(Math.max(0, ...used.filter((each) => Number.isInteger(each))) + 1);
}

export interface AmendmentValue {
  /** As it is kept in the set. */
  readonly value: Json;
  readonly problems: readonly TermsError[];
}

const isPeriodField = (field: string): field is PeriodField => (PERIOD_FIELDS as readonly string[]).includes(field);

/** The amendment as it would be kept. A chosen field without a value is refused: an amendment cannot take a field away. */
export function amendmentValue(draft: AmendmentDraft): AmendmentValue {
  const { values, problems } = valuesOf({ ...draft.terms, until: 'term', renewal: 'tacit' });
  const changes: Record<string, Json> = {};
  const own: TermsError[] = [];
  for (const field of draft.fields) {
    const read = problems.find((problem) => problem.field === field);
    if (read) own.push(read);
    else if (isPeriodField(field)) {
      const { period } = readPeriod(draft.terms[field]);
      if (period === null) own.push(termsError(field, 'missing'));
      else changes[field] = period as Json;
    } else if (field === 'maxRenewals') changes[field] = values.maxRenewals ?? null;
    else if (field === 'endReading') {
      if (draft.terms.endReading === '') own.push(termsError(field, 'missing'));
      else changes.end = draft.terms.endReading;
    } else {
      const typed = draft.terms[field];
      if (typed === '') own.push(termsError(field, 'missing'));
      else changes[field] = typed as Json;
    }
  }
  if (!draft.effective) own.push(termsError('effective', 'missing'));
  // One that changes no dates is worth keeping only when it says what it is about.
  if (draft.fields.length === 0 && draft.title.trim() === '' && draft.note.trim() === '')
    own.push(termsError('changes', 'changesEmpty'));
  const optional = {
    number: draft.number.trim(),
    title: draft.title.trim(),
    note: draft.note.trim(),
    signed: draft.signed,
    known: draft.known,
    replaces: draft.replaces,
  };
  const given = Object.entries(optional).filter(([, text]) => text !== '');
  return { value: { ...Object.fromEntries(given), effective: draft.effective, changes }, problems: own };
}

export const withAmendment = (wording: ContractWording, key: string, value: Json): ContractWording => ({
  ...wording,
  amendments: { ...wording.amendments, [key]: value as unknown as ContractAmendment },
});

/** The part of an amendment's form to which a refusal of the engine belongs; null: to something else in the contract. */
export function amendmentPlace(wording: ContractWording, key: string, problem: TermsError): string | null {
  const match = /^amendments\[(\d+)\]\.?(\w+)?(?:\.(\w+))?/.exec(problem.field);
  if (!match) {
    // The text that results cannot be: said at the field that this amendment changes.
    return problem.field.startsWith('decisions') ? null : problem.field.replace(/[.[].*$/, '');
  }
  const [at] = amendmentsOf(wording)[Number(match[1])] ?? [];
  // Two with one day of effect: whichever the engine names, the one being typed is the one to correct.
  if (at !== key && problem.code !== 'amendmentsSameDate' && problem.code !== 'amendmentNumberTwice') return null;
  return match[2] === 'changes' && match[3] ? match[3] : (match[2] ?? 'effective');
}
