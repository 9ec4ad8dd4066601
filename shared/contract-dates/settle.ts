/** Walks the terms of a contract up to the current one, honouring recorded decisions, and refuses decisions that cannot be. */
import { ok, type Result } from '../result.ts';
import { rollForward, type WorkCalendar } from './calendar.ts';
import { dateOf, type DayNumber, dayOf } from './civil.ts';
import { type Exit, exitAfter } from './exit.ts';
import { leastEnd, RULES } from './profile.ts';
import type { Schedule, TermSpan } from './schedule.ts';
import type { Decision, Terms, TermsError } from './terms.ts';
import { termsError } from './terms.ts';

export interface Settled {
  /** The first term whose end is not before today, or the last term of a contract that is over. */
  readonly span: TermSpan;
  /** The decision in force for the current term. */
  readonly decision?: Decision;
  /** The decision recorded in the term before, when there was one. */
  readonly previousDecision?: Decision;
  /** The deadline of the term before, when it had one. */
  readonly previousDeadline?: DayNumber;
  /** The last day of the contract when nothing carries it on, after any shift to a working day. */
  readonly finalEnd?: DayNumber;
  /** finalEnd before that shift. */
  readonly nominalEnd?: DayNumber;
  readonly continues: boolean;
  /** A further term is excluded by the number of renewals or the last permitted day. */
  readonly limited: boolean;
  readonly missing: readonly string[];
}

interface Indexed {
  readonly decision: Decision;
  readonly index: number;
}

const refuse = (
  entry: Indexed,
  field: 'date' | 'kind',
  code: string,
  params: Record<string, string | number>,
): Result<never, TermsError> => ({
  ok: false,
  error: termsError(`decisions[${entry.index}].${field}`, code, {
    date: entry.decision.date,
    kind: entry.decision.kind,
    ...params,
  }),
});

/** Whether the wording excludes a term after this one. */
export function isLimited(span: TermSpan): boolean {
  const { maxRenewals, renewNotAfter } = span.fold.text;
  if (span.capped || (maxRenewals !== null && span.index >= maxRenewals)) return true;
  return renewNotAfter !== undefined && span.end !== null && span.end >= dayOf(renewNotAfter);
}

function checkDecision(entry: Indexed, span: TermSpan): Result<true, TermsError> {
  const { text } = span.fold;
  const { kind, date } = entry.decision;
  if (kind === 'terminateEarly') {
    return text.convenienceNotice ? ok(true) : refuse(entry, 'kind', 'noConvenienceNotice', {});
  }
  if (span.end === null) return ok(true);
  if (kind === 'renew' && (text.renewal === 'none' || isLimited(span)))
    return refuse(entry, 'kind', 'renewalNotPossible', {});
  const deadline = span.notice?.legal ?? span.end;
  return dayOf(date) > deadline
    ? refuse(entry, 'date', 'decisionAfterDeadline', { deadline: dateOf(deadline) })
    : ok(true);
}

function continuesAfter(span: TermSpan, decision: Decision | undefined): boolean {
  if (decision?.kind === 'terminate' || decision?.kind === 'terminateEarly' || isLimited(span)) return false;
  if (span.end === null) return false;
  const { renewal } = span.fold.text;
  if (renewal === 'tacit') return true;
  return renewal !== 'none' && decision?.kind === 'renew';
}

/** The span with the last day that it has as things stand: moved to a working day where nothing carries it on. */
export function asItStands(span: TermSpan, calendar: WorkCalendar): TermSpan {
  const exit = span.end === null || continuesAfter(span, undefined) ? undefined : lastDay(span, undefined, calendar);
  return exit ? { ...span, end: exit.final, nominalEnd: exit.nominal } : span;
}

type LastDay = Omit<Exit, 'ran'>;

function lastDay(span: TermSpan, decision: Decision | undefined, calendar: WorkCalendar): LastDay | undefined {
  const { text } = span.fold;
  // A notice given before the contract starts runs from its start: nothing ends before it began.
  const given = Math.max(span.start, decision ? dayOf(decision.date) : span.start);
  if (decision?.kind === 'terminateEarly') {
    const exit = exitAfter(given, text, calendar, text.convenienceNotice);
    return span.end !== null && span.end < exit.final ? { nominal: span.end, final: span.end, missing: [] } : exit;
  }
  if (span.end === null) {
    if (decision?.kind !== 'terminate') return undefined;
    const exit = exitAfter(given, text, calendar);
    const least = span.minimumEnd ?? exit.final;
    return least > exit.final ? { nominal: least, final: least, missing: [] } : exit;
  }
  // A date named by the text is that day; a length of time ends on a working day where the law says so.
  if (!RULES[text.profile].shiftsForward || span.basis === 'date' || span.capped) {
    return { nominal: span.end, final: span.end, missing: [] };
  }
  const rolled = rollForward(calendar, span.end);
  // Where the start is an event, its own day is no day of the period.
  const before = span.index === 0 && span.basis === 'same-day' ? span.start : span.start - 1;
  const least = leastEnd(text.profile, before, span.length ?? {}, rolled.day, calendar);
  return { nominal: span.end, final: least.day, missing: [...new Set([...rolled.missing, ...least.missing])] };
}

const hasLeft = (span: TermSpan, decision: Decision, date: string, calendar: WorkCalendar): boolean => {
  if (decision.kind === 'renew' || (decision.kind === 'terminate' && span.end !== null)) return false;
  const exit = lastDay(span, decision, calendar);
  return exit !== undefined && dayOf(date) > exit.final;
};

/** Decisions after `known` are not looked at: the past is seen with the knowledge of its day. */
export function settle(
  terms: Terms,
  schedule: Schedule,
  calendar: WorkCalendar,
  known: string,
): Result<Settled, TermsError> {
  const today = dayOf(terms.today);
  const queue: Indexed[] = terms.decisions
    .map((decision, index) => ({ decision, index }))
    .filter(({ decision }) => decision.date <= known)
    .toSorted((a, b) =>
      a.decision.date === b.decision.date ? a.index - b.index : a.decision.date < b.decision.date ? -1 : 1,
    );
  let at = 0;
  let previous: { readonly span: TermSpan; readonly decision: Decision | undefined } | undefined;

  for (;;) {
    const next = schedule.next();
    if (!next.ok) return next;
    const span = next.value;
    // Only a wording whose last permitted day or year is reached yields nothing, and then the term before was the last.
    if (!span) return { ok: false, error: termsError('term', 'endOutOfRange', { year: 2200 }) };
    let decision: Decision | undefined;
    for (
      let entry = queue[at];
      entry && (span.end === null || dayOf(entry.decision.date) <= span.end);
      entry = queue[at]
    ) {
      // A notice that has already taken effect cannot be followed by another decision; until then it can be withdrawn.
      if (decision && hasLeft(span, decision, entry.decision.date, calendar)) break;
      const checked = checkDecision(entry, span);
      if (!checked.ok) return checked;
      decision = entry.decision;
      at += 1;
    }
    const continues = continuesAfter(span, decision);
    if (span.end !== null && span.end < today && continues) {
      previous = { span, decision };
      continue;
    }
    const exit = continues ? undefined : lastDay(span, decision, calendar);
    const late = queue[at];
    if (late && exit) return refuse(late, 'date', 'decisionAfterEnd', { end: dateOf(exit.final) });
    return ok({
      span,
      ...(decision ? { decision } : {}),
      ...(previous?.decision ? { previousDecision: previous.decision } : {}),
      ...(previous?.span.notice ? { previousDeadline: previous.span.notice.legal } : {}),
      ...(exit ? { finalEnd: exit.final, nominalEnd: exit.nominal } : {}),
      continues,
      limited: isLimited(span),
      missing: exit?.missing ?? [],
    });
  }
}
