/** A contract's computed dates, kept as long as neither its wording nor the day nor the calendars change. */
import { contractDates, type ContractDates } from '../contract-dates/compute.ts';
import type { Terms, TermsError } from '../contract-dates/terms.ts';
import { type ContractWording, termsOf, type TermsContext } from './wording.ts';

/** Either dates, or the one reason why there are none yet. */
export type ContractView =
  | { readonly ok: true; readonly terms: Terms; readonly dates: ContractDates }
  | { readonly ok: false; readonly problem: TermsError };

function compute(wording: ContractWording, context: TermsContext): ContractView {
  const terms = termsOf(wording, context);
  if (!terms.ok) return { ok: false, problem: terms.error };
  const dates = contractDates(terms.value);
  return dates.ok ? { ok: true, terms: terms.value, dates: dates.value } : { ok: false, problem: dates.error };
}

/**
 * Computes and keeps. Wordings are compared by identity (rows are replaced, never changed in place), packs likewise.
 * One instance per screen or service; dropping it frees everything.
 */
export function createContractViews(): (wording: ContractWording, context: TermsContext) => ContractView {
  const kept = new WeakMap<ContractWording, { readonly context: TermsContext; readonly view: ContractView }>();
  return (wording, context) => {
    const known = kept.get(wording);
    if (
      known &&
      known.context.today === context.today &&
      known.context.packs === context.packs &&
      known.context.nextCount === context.nextCount &&
      known.context.asOf?.effective === context.asOf?.effective &&
      known.context.asOf?.known === context.asOf?.known
    )
      return known.view;
    const view = compute(wording, context);
    kept.set(wording, { context, view });
    return view;
  };
}

/** The same without keeping anything. */
export const contractView = compute;
