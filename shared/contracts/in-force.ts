/** The wording that applies to the current term: the contract itself with the amendments that have reached it. */
import { type Fold, knownAmendments, textWith } from '../contract-dates/amendments.ts';
import type { ContractDates } from '../contract-dates/compute.ts';
import type { Amendment, Terms } from '../contract-dates/terms.ts';

/** Amendments known on the day from which one looks and in force by the end of the current term, in order of effect. */
export function amendmentsInForce(terms: Terms, dates: ContractDates): Amendment[] {
  const { asOf, today } = terms;
  const until = dates.term.end ?? '9999-12-31';
  return knownAmendments(terms.amendments, asOf?.known ?? today).filter(
    ({ effective }) => effective <= until && (asOf?.effective === undefined || effective <= asOf.effective),
  );
}

/** The text of the current term, and which amendment set each of its fields. */
export const textInForce = (terms: Terms, dates: ContractDates): Fold =>
  textWith(terms, amendmentsInForce(terms, dates));
