/** What is wrong with a field, said to the person who typed it. */
import type { Explainer } from '../../../../shared/contract-dates/explain.ts';
import type { TermsError } from '../../../../shared/contract-dates/terms.ts';
import { type ContractWording, fieldOfProblem } from '../../../../shared/contracts/wording.ts';
import type { Translate } from '../../../app/i18n.ts';
import { missingFebruary } from '../../../app/read-day.ts';

/** @param typed the text of the field, when it is a day that could not be read. */
export function problemText(problem: TermsError, explainer: Explainer, t: Translate, typed = ''): string {
  if (problem.code === 'missing' && problem.field === 'start') return t('contractTerms.problem.start');
  if (problem.code === 'notADate') {
    const year = missingFebruary(typed);
    return year === null ? t('contractTerms.problem.notADate') : t('contractTerms.problem.february', { year });
  }
  return explainer.problem(problem);
}

/** The control of the form where a refusal is shown; null for one that belongs elsewhere (a decision, an amendment). */
export function placeOf(wording: ContractWording, problem: TermsError): string | null {
  const field = fieldOfProblem(wording, problem);
  return field.includes('/') || field === 'decisions' || field === 'amendments' ? null : field;
}
