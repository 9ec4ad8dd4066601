/** A remark about a file in words: codes inside its parameters are put into words, too. */
import { WORDED_OF_CARDS } from '../import/vcard/messages.ts';
import type { ImportProblem } from '../import/views.ts';

/** Any translator of the catalogues, whatever keys it admits: those here are made of codes. */
type Texts = (...args: never[]) => unknown;

/** Reasons of a match, named by their codes and separated by commas, as a phrase. */
export function reasonsText(t: Texts, codes: string): string {
  const say = t as unknown as (key: string) => string;
  return codes
    .split(',')
    .filter(Boolean)
    .map((code) => say(`importing.reasons.${code}`))
    .join(', ');
}

/** What kind of remark it is: its first sentence without the values. */
const kindText = (text: string): string =>
  text
    .split(/[.:](?:\s|$)/, 1)[0]
    ?.replace(/[«“]\s*[»”]\s*/g, '')
    .trim() ?? text;

export function problemText(t: Texts, problem: Pick<ImportProblem, 'code' | 'params' | 'line'>): string {
  const { params, line } = problem;
  const code = line !== undefined && WORDED_OF_CARDS.has(problem.code) ? `${problem.code}OfCard` : problem.code;
  const say = t as unknown as (key: string, values: Readonly<Record<string, string | number>>) => string;
  const reasons = params?.['reasons'];
  return say(`problems.${code}`, {
    ...params,
    ...(code === 'moreOfKind' ? { code: kindText(say(`problems.${params?.['code']}`, {})) } : {}),
    ...(typeof reasons === 'string' ? { reasons: reasonsText(t, reasons) } : {}),
  });
}
