import { type ContractDates, contractDates } from '../../../shared/contract-dates/compute.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { readTerms } from '../../../shared/contract-dates/read-terms.ts';
import type { Terms, TermsError } from '../../../shared/contract-dates/terms.ts';

/** Terms as a script would send them; `today` defaults to a day inside most examples. */
export type Given = Record<string, unknown>;

const TODAY = '2026-02-11';

export function termsOf(given: Given): Terms {
  const terms = readTerms(given, TODAY);
  if (!terms.ok) throw new Error(`${terms.error.field}: ${terms.error.code}`);
  return terms.value;
}

export function datesOf(given: Given): ContractDates {
  const dates = contractDates(termsOf(given));
  if (!dates.ok) throw new Error(`${dates.error.field}: ${dates.error.code}`);
  return dates.value;
}

export function problemOf(given: unknown): TermsError {
  const terms = readTerms(given, TODAY);
  if (!terms.ok) return terms.error;
  const dates = contractDates(terms.value);
  if (!dates.ok) return dates.error;
  throw new Error('the terms were accepted');
}

export const keysOf = (dates: ContractDates): string[] => dates.because.map(({ key }) => key);

export const sentences = (dates: ContractDates, language: 'ru' | 'en'): string[] => {
  const explain = createExplainer(language);
  return dates.because.map((reason) => explain.reason(reason));
};
