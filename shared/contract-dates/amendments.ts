/**
 * The contract as a fold over its documents, seen from two dates: the day for which it is asked (effective) and the day
 * whose knowledge is used (known). An amendment signed in March with effect from January changes January, but a look with
 * the knowledge of February does not see it.
 */
import type { PlainDate } from '../model/records.ts';
import { type Result, ok } from '../result.ts';
import type { Amendment, ContractText, TermsError, TextField } from './terms.ts';
import { TEXT_FIELDS, termsError } from './terms.ts';

export interface Fold {
  readonly text: ContractText;
  /** Field → number (or effective date) of the amendment that set it; absent: the contract itself. */
  readonly sources: Readonly<Partial<Record<TextField, string>>>;
}

export const amendmentName = (amendment: Amendment): string => amendment.number ?? amendment.effective;

/** Since when an amendment is known. */
export const knownSince = (amendment: Amendment): PlainDate =>
  amendment.known ?? amendment.signed ?? amendment.effective;

/**
 * Amendments known by that day, in order of effect. What one of them replaces is among them and counts until its successor
 * takes effect (`textWith`).
 */
export const knownAmendments = (amendments: readonly Amendment[], known: PlainDate): Amendment[] =>
  amendments
    .filter((amendment) => knownSince(amendment) <= known)
    .toSorted((a, b) => (a.effective === b.effective ? 0 : a.effective < b.effective ? -1 : 1));

/** The place of the first amendment that takes, over others or directly, the place of itself. */
function circleAt(amendments: readonly Amendment[]): number {
  const taken = new Map(amendments.map(({ number, replaces }) => [number, replaces]));
  return amendments.findIndex(({ number, replaces }) => {
    const passed = new Set<string>();
    for (let at = replaces; at !== undefined && !passed.has(at); at = taken.get(at)) passed.add(at);
    return number !== undefined && passed.has(number);
  });
}

/** Two amendments with one effective date have no order: one must name the other as replaced. */
export function checkAmendments(amendments: readonly Amendment[]): Result<true, TermsError> {
  const numbers = new Map<string, number>();
  for (const [index, amendment] of amendments.entries()) {
    if (amendment.number === undefined) continue;
    if (numbers.has(amendment.number)) {
      return {
        ok: false,
        error: termsError(`amendments[${index}].number`, 'amendmentNumberTwice', { number: amendment.number }),
      };
    }
    numbers.set(amendment.number, index);
  }
  for (const [index, amendment] of amendments.entries()) {
    if (
      amendment.replaces !== undefined &&
      (!numbers.has(amendment.replaces) || amendment.replaces === amendment.number)
    ) {
      return {
        ok: false,
        error: termsError(`amendments[${index}].replaces`, 'unknownAmendment', { number: amendment.replaces }),
      };
    }
  }
  const circle = circleAt(amendments);
  if (circle >= 0) {
    const number = amendments[circle]?.replaces ?? '';
    return { ok: false, error: termsError(`amendments[${circle}].replaces`, 'amendmentsCircle', { number }) };
  }
  const replaced = new Set(amendments.map((amendment) => amendment.replaces));
  const byDate = new Map<PlainDate, number>();
  for (const [index, amendment] of amendments.entries()) {
    if (amendment.number !== undefined && replaced.has(amendment.number)) continue;
    const other = byDate.get(amendment.effective);
    if (other !== undefined) {
      return {
        ok: false,
        error: termsError(`amendments[${index}].effective`, 'amendmentsSameDate', {
          date: amendment.effective,
          other: other + 1,
        }),
      };
    }
    byDate.set(amendment.effective, index);
  }
  return ok(true);
}

/** The wording after amendments in order of effect, all of them in force: what one of them replaces does not count. */
export function textWith(base: ContractText, amendments: readonly Amendment[]): Fold {
  let text = base;
  const sources: Partial<Record<TextField, string>> = {};
  const replaced = new Set(amendments.map((amendment) => amendment.replaces));
  for (const amendment of amendments) {
    if (amendment.number !== undefined && replaced.has(amendment.number)) continue;
    text = { ...text, ...amendment.changes };
    for (const field of TEXT_FIELDS)
      if (amendment.changes[field] !== undefined) sources[field] = amendmentName(amendment);
  }
  return { text, sources };
}
