/** `contract-dates`: terms of a contract as JSON in, its dates with their derivation as JSON out. No vault is opened. */
import { calendarOf, type ContractDates, contractDates } from '../../shared/contract-dates/compute.ts';
import { createExplainer, type Explainer } from '../../shared/contract-dates/explain.ts';
import { type PriceStep, priceSteps } from '../../shared/contract-dates/indexation.ts';
import { readTerms } from '../../shared/contract-dates/read-terms.ts';
import { type Terms, type TermsError, termsError } from '../../shared/contract-dates/terms.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import { ok, type Result } from '../../shared/result.ts';

export interface ContractDatesOptions {
  /** Language of the sentences; English by default, as for the rest of the command line's texts for scripts. */
  readonly language?: Language;
  /** `YYYY-MM-DD`, used when the terms name no day; the machine's own day by default. */
  readonly today?: string;
}

export interface ContractDatesAnswer {
  readonly exitCode: 0 | 1;
  /** One JSON document without a final line break. */
  readonly stdout: string;
}

function machineDay(): string {
  const now = new Date();
  return `${String(now.getFullYear()).padStart(4, '0')}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

function parse(text: string): Result<unknown, TermsError> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return { ok: false, error: termsError('', 'notJson') };
  }
}

function pricesOf(terms: Terms, dates: ContractDates): Result<readonly PriceStep[] | undefined, TermsError> {
  if (!terms.indexation) return ok(undefined);
  const calendar = calendarOf(terms);
  if (!calendar.ok) return calendar;
  const until = dates.term.end !== null && dates.term.end > terms.today ? dates.term.end : terms.today;
  return priceSteps(terms.indexation, until, { profile: terms.profile, calendar: calendar.value });
}

function answer(dates: ContractDates, prices: readonly PriceStep[] | undefined, explain: Explainer): object {
  const { notice } = dates.term;
  return {
    state: dates.state,
    term: { start: dates.term.start, end: dates.term.end, index: dates.term.index },
    notice: {
      legal: notice?.legal ?? null,
      safe: notice?.safe ?? null,
      sendBy: notice?.sendBy ?? null,
      provisional: notice?.provisional ?? dates.provisional,
    },
    nextTerms: dates.nextTerms.map((next) => ({
      start: next.start,
      end: next.end,
      notice: next.notice?.legal ?? null,
    })),
    ...(prices === undefined
      ? {}
      : {
          prices: prices.map(({ because: _because, ...step }) => step),
        }),
    because: [
      ...dates.because.map((reason) => explain.reason(reason)),
      ...(prices ?? []).flatMap((step) => step.because.map((reason) => explain.price(reason))),
    ],
  };
}

/**
 * Exit 0 with the dates, or 1 with `{"error": {"field", "code", "message"}}`. The field is written as it was typed
 * (`decisions[0].date`), empty when the document as a whole is meant.
 */
export function runContractDates(stdinText: string, options: ContractDatesOptions = {}): ContractDatesAnswer {
  const explain = createExplainer(options.language ?? 'en');
  const refuse = (error: TermsError): ContractDatesAnswer => ({
    exitCode: 1,
    stdout: JSON.stringify({ error: { field: error.field, code: error.code, message: explain.problem(error) } }),
  });
  const input = parse(stdinText);
  if (!input.ok) return refuse(input.error);
  const terms = readTerms(input.value, options.today ?? machineDay());
  if (!terms.ok) return refuse(terms.error);
  const dates = contractDates(terms.value);
  if (!dates.ok) return refuse(dates.error);
  const prices = pricesOf(terms.value, dates.value);
  if (!prices.ok) return refuse(prices.error);
  return { exitCode: 0, stdout: JSON.stringify(answer(dates.value, prices.value, explain)) };
}
