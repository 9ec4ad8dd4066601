/** What a decision would do, before it is recorded: the same computation as afterwards, on a copy of the wording. */
import { changesBetween, type DateChange } from '../contract-dates/changes.ts';
import { type Decision, DECISION_KINDS, type DecisionKind, type TermsError } from '../contract-dates/terms.ts';
import { isPlainDate } from '../dates/plain-date.ts';
import { type ContractView, contractView } from './view.ts';
import { type ContractWording, fieldOfProblem, type TermsContext } from './wording.ts';

/** Who refused: a part of the decision that is being made, or something else in the contract. */
export interface DecisionProblem {
  readonly place: 'date' | 'kind' | 'elsewhere';
  readonly error: TermsError;
}
export interface DecisionOutcome {
  readonly view: ContractView;
  readonly problem: DecisionProblem | null;
  /** What differs from the contract without the decision, seen from the same day. */
  readonly changes: readonly DateChange[];
}

export const withDecision = (wording: ContractWording, key: string, decision: Decision): ContractWording => ({
  ...wording,
  decisions: { ...wording.decisions, [key]: decision },
});

/** Computes the contract with one more decision. A decision of a later day is seen from that day, or it would not count. */
export function tryDecision(
  wording: ContractWording,
  key: string,
  decision: Decision,
  context: TermsContext,
): DecisionOutcome {
  const later = isPlainDate(decision.date) && decision.date > context.today;
  const seen: TermsContext = later ? { ...context, today: decision.date } : context;
  const draft = withDecision(wording, key, decision);
  const view = contractView(draft, seen);
  if (!view.ok) {
    const own = fieldOfProblem(draft, view.problem) === `decisions/${key}`;
    const kind = own && view.problem.field.endsWith('.kind');
    return { view, problem: { place: kind ? 'kind' : own ? 'date' : 'elsewhere', error: view.problem }, changes: [] };
  }
  const before = contractView(wording, seen);
  return { view, problem: null, changes: before.ok ? changesBetween(before.dates, view.dates) : [] };
}

const PROBE = '\u0000probe';
/** Refusals of the day alone: another day could be right, so the kind is offered and the refusal explained. */
const OF_THE_DAY: ReadonlySet<string> = new Set(['decisionAfterDeadline']);

/**
 * The decisions that the wording allows in the current term. None for a draft and for a contract that is over or cannot be
 * computed. A kind whose deadline has passed is still offered: the decision may have been taken in time and recorded late.
 */
export function decisionKinds(wording: ContractWording, view: ContractView, context: TermsContext): DecisionKind[] {
  if (!view.ok || wording.status === 'ended') return [];
  const { dates } = view;
  if (dates.state === 'draft' || dates.state === 'ended') return [];
  return DECISION_KINDS.filter((kind) => {
    if (kind === 'renew' && dates.term.end === null) return false;
    const { problem } = tryDecision(wording, PROBE, { kind, date: context.today }, context);
    return problem === null || OF_THE_DAY.has(problem.error.code);
  });
}
