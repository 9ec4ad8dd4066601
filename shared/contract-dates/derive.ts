/** The derivation of a result: one reason per step, naming the rule and the input it was applied to. */
import { amendmentName, knownSince } from './amendments.ts';
import type { WorkCalendar } from './calendar.ts';
import { dateOf, type DayNumber, dayOf, weekdayOf } from './civil.ts';
import { exitAfter, exitPointOf } from './exit.ts';
import { noticeBefore } from './notice.ts';
import { addPeriod, dayAfter, partsOf } from './period.ts';
import { type Profile, RULES } from './profile.ts';
import { because, type Reason } from './reason.ts';
import type { TermSpan } from './schedule.ts';
import type { Settled } from './settle.ts';
import { type Amendment, type Decision, TEXT_FIELDS, type Terms, type TextField } from './terms.ts';

export interface Derivation {
  readonly terms: Terms;
  readonly amendments: readonly Amendment[];
  readonly calendar: WorkCalendar;
  readonly settled: Settled;
  readonly state: string;
  readonly next: readonly TermSpan[];
  readonly possible: TermSpan | undefined;
  readonly missing: readonly string[];
  readonly earliestExit: DayNumber | undefined;
  /** Where the wording lets go at certain points only: the day on which the notice has run out. */
  readonly exitRan?: DayNumber;
  /** The last day on which a notice still leads to the earliest exit. */
  readonly exitLatest?: DayNumber;
  readonly coolingOffUntil: DayNumber | undefined;
}

const PROFILE_KEYS = {
  plain: 'profilePlain',
  rf: 'profileRf',
  eu: 'profileEu',
  contract: 'profileContract',
} as const satisfies Record<Profile, string>;
const STATE_LINES = new Set(['renewedUnlessShownOtherwise', 'draft', 'upcoming', 'suspended', 'ended']);

/** Where a field's wording stands: its clause, or the amendment that set it. */
function sourceOf({ terms, settled }: Derivation, field: TextField | 'start'): { clause?: string; amendment?: string } {
  const amendment = field === 'start' ? undefined : settled.span.fold.sources[field];
  if (amendment !== undefined) return { amendment };
  const clause = terms.clauses[field];
  return clause === undefined ? {} : { clause };
}

/** The known amendment that has taken the place of this one by the end of the term. */
function replacedBy({ terms, settled }: Derivation, { number }: Amendment): string | undefined {
  const seen = terms.asOf?.known ?? terms.today;
  const { end } = settled.span;
  const by = terms.amendments.find(
    (other) =>
      other.replaces === number && knownSince(other) <= seen && (end === null || dayOf(other.effective) <= end),
  );
  return number === undefined || by === undefined ? undefined : amendmentName(by);
}

function documents(given: Derivation): Reason[] {
  const { terms, amendments, settled } = given;
  const used = new Set(Object.values(settled.span.fold.sources));
  const known = new Set(amendments);
  return terms.amendments.flatMap((amendment) => {
    const number = amendmentName(amendment);
    const fields = TEXT_FIELDS.filter((field) => amendment.changes[field] !== undefined).map(
      (field) => `field:${field}`,
    );
    const params = { number, effective: amendment.effective, known: knownSince(amendment), fields };
    if (used.has(number)) return [because('amendment', params)];
    const by = replacedBy(given, amendment);
    if (by !== undefined) return [because('amendmentReplaced', { number, by })];
    return [because(known.has(amendment) ? 'amendmentElsewhere' : 'amendmentUnknown', params)];
  });
}

/** Whether the term was counted from an earlier day than the boundary at which it begins. */
const isAnchoredAfar = ({ anchor, start }: TermSpan): boolean => anchor < start - 1;

function termSteps(given: Derivation): Reason[] {
  const { settled, terms, calendar } = given;
  const { span, finalEnd, nominalEnd } = settled;
  const { text } = span.fold;
  const steps: Reason[] = [];
  const length = span.length ?? {};
  const lengthField = span.index === 0 || !text.renewalTerm ? 'term' : 'renewalTerm';
  if (span.end === null) {
    steps.push(because('evergreen', {}, sourceOf(given, 'renewal')));
    if (span.minimumEnd !== undefined)
      steps.push(because('evergreenMinimum', { term: length, end: dateOf(span.minimumEnd) }, sourceOf(given, 'term')));
    return steps;
  }
  const nominal = dateOf(span.end - span.suspendedDays);
  const last = span.end - span.suspendedDays;
  if (span.basis === 'date') {
    steps.push(because('endDate', { end: nominal }, sourceOf(given, 'end')));
    if (span.index === 0 && text.term) {
      const sameDay = addPeriod(span.start, text.term, calendar).day;
      const dayBefore = dayAfter(span.start, partsOf(text.term), calendar).day - 1;
      const params = { term: text.term, dayBefore: dateOf(dayBefore), sameDay: dateOf(sameDay) };
      if (last !== sameDay && last !== dayBefore) steps.push(because('termDiffers', params, sourceOf(given, 'term')));
    }
  } else if (span.index === 0) {
    const key = span.basis === 'same-day' ? 'endSameDay' : 'endDayBefore';
    steps.push(because(key, { start: terms.start, term: length, end: nominal }, sourceOf(given, 'term')));
    if (text.end === undefined) {
      const silent = { plain: 'readingPlain', rf: 'readingRf', eu: 'readingEu', contract: 'profileContract' } as const;
      steps.push(because(silent[text.profile]));
    }
    if (!text.termToMonthEnd) {
      const other = dateOf(
        span.basis === 'same-day'
          ? dayAfter(span.start, partsOf(length), calendar).day - 1
          : addPeriod(span.start, length, calendar).day,
      );
      steps.push(because(span.basis === 'same-day' ? 'otherDayBefore' : 'otherSameDay', { end: other }));
    }
  } else {
    const params = { index: span.index, start: dateOf(span.start), term: length, end: nominal };
    const source = sourceOf(given, lengthField);
    steps.push(
      isAnchoredAfar(span)
        ? because('renewalNumber', { ...params, anchor: dateOf(span.anchor) }, source)
        : because('renewalOnward', params, source),
    );
  }
  if (text.termToMonthEnd && span.basis !== 'date')
    steps.push(because('monthEnd', { end: nominal }, sourceOf(given, 'termToMonthEnd')));
  if (span.clamped) steps.push(because('clampedEnd', { end: nominal }));
  if (span.capped) steps.push(because('capped', { cap: text.renewNotAfter ?? '' }, sourceOf(given, 'renewNotAfter')));
  if (span.suspendedDays > 0) steps.push(because('suspended', { count: span.suspendedDays, end: dateOf(span.end) }));
  if (span.openSuspension) steps.push(because('suspensionOpen'));
  if (finalEnd !== undefined && nominalEnd !== undefined && finalEnd !== nominalEnd) {
    steps.push(
      because(text.profile === 'eu' ? 'endShiftedEu' : 'endShiftedRf', {
        nominal: dateOf(nominalEnd),
        end: dateOf(finalEnd),
      }),
    );
  } else if (
    finalEnd === undefined &&
    RULES[text.profile].shiftsForward &&
    span.basis !== 'date' &&
    !calendar.isWorking(span.end)
  ) {
    steps.push(because('endNotShifted', { end: dateOf(span.end) }));
  }
  return steps;
}

/** Why a notice that was given leads to the end of a quarter, say, and not to the day on which it ran out. */
function exitSteps(given: Derivation, { kind, date }: Decision): Reason[] {
  const { span, finalEnd } = given.settled;
  const { text } = span.fold;
  const point = exitPointOf(text);
  const length = kind === 'terminateEarly' ? text.convenienceNotice : text.notice;
  if (kind === 'renew' || (kind === 'terminate' && span.end !== null) || point === undefined || !length) return [];
  const from = Math.max(span.start, dayOf(date));
  const { final, ran } = exitAfter(from, text, given.calendar, length);
  if (final !== finalEnd) return [];
  return [
    because('noticeRan', { notice: length, end: dateOf(ran) }),
    because('exitAt', { point: `point:${point}`, end: dateOf(final) }, exitSource(given)),
  ];
}

const exitSource = (given: Derivation): { clause?: string; amendment?: string } =>
  sourceOf(given, given.settled.span.fold.text.exitAt ? 'exitAt' : 'noticeToMonthEnd');

function decisionSteps(given: Derivation): Reason[] {
  const { settled, terms } = given;
  const { span, decision, previousDecision, previousDeadline, finalEnd } = settled;
  const { text } = span.fold;
  const steps: Reason[] = [];
  if (span.index > 0 && text.renewal === 'tacit') {
    if (previousDecision) steps.push(because('previousRenewed', { date: previousDecision.date }));
    else if (previousDeadline === undefined) steps.push(because('tacitNoDeadline', { index: span.index }));
    else steps.push(because('tacitNoDecision', { index: span.index, deadline: dateOf(previousDeadline) }));
  }
  const known = terms.asOf?.known ?? terms.today;
  for (const late of terms.decisions)
    if (late.date > known) steps.push(because('decisionLater', { date: late.date, known }));
  if (decision) {
    const end = finalEnd === undefined ? '' : dateOf(finalEnd);
    const keys = { terminate: 'decisionTerminate', terminateEarly: 'decisionEarly', renew: 'decisionRenew' } as const;
    steps.push(because(keys[decision.kind], { date: decision.date, end }), ...exitSteps(given, decision));
    if (!decision.author?.trim() || !decision.reason?.trim())
      steps.push(because('decisionIncomplete', { date: decision.date }));
  }
  return steps;
}

function renewalSteps(given: Derivation): Reason[] {
  const { settled, next, possible } = given;
  const { span, decision, limited } = settled;
  const { text } = span.fold;
  const source = sourceOf(given, 'renewal');
  if (span.end === null) return [];
  if (text.renewal === 'none') return [because('renewalNone', {}, source)];
  if (limited && span.capped) return [];
  if (limited && text.maxRenewals !== null && span.index >= text.maxRenewals) {
    return [because('limitReached', { max: text.maxRenewals }, sourceOf(given, 'maxRenewals'))];
  }
  if (limited) return [because('capReached', { cap: text.renewNotAfter ?? '' }, sourceOf(given, 'renewNotAfter'))];
  const following = next[0];
  if (following?.end !== undefined && following.end !== null) {
    const params = { start: dateOf(following.start), end: dateOf(following.end) };
    return [
      isAnchoredAfar(following)
        ? because('nextTerm', { ...params, anchor: dateOf(following.anchor) }, source)
        : because('nextTermOnward', params, source),
    ];
  }
  if (decision) return [];
  const keys: Partial<Record<typeof text.renewal, string>> = {
    express: 'renewalExpress',
    optionOurs: 'optionOurs',
    optionTheirs: 'optionTheirs',
  };
  const key = keys[text.renewal];
  if (!key || possible?.end === undefined || possible.end === null) return [];
  return [because(key, { start: dateOf(possible.start), end: dateOf(possible.end) }, source)];
}

function noticeSteps(given: Derivation): Reason[] {
  const { settled, terms, calendar } = given;
  const { span } = settled;
  const { text } = span.fold;
  const { notice } = span;
  const before = span.end ?? span.minimumEnd;
  if (!notice || !text.notice || before === undefined) {
    return text.notice || span.end === null ? [] : [because('noNotice')];
  }
  const legal = dateOf(notice.legal);
  const steps = [
    because('noticeLegal', { notice: text.notice, end: dateOf(before), legal }, sourceOf(given, 'notice')),
  ];
  if (text.noticeToMonthEnd && partsOf(text.notice).months > 0)
    steps.push(because('monthEnd', { end: legal }, sourceOf(given, 'noticeToMonthEnd')));
  if (notice.clamped) steps.push(because('clampedNotice', { legal }));
  if (settled.nominalEnd !== undefined && settled.finalEnd !== settled.nominalEnd)
    steps.push(because('noticeFromNominal', { end: dateOf(settled.nominalEnd) }));
  if (notice.safe === notice.legal) steps.push(because('safeSame', { safe: legal }));
  else {
    const weekday = weekdayOf(notice.legal);
    const params = { legal, weekday, safe: dateOf(notice.safe), argument: dateOf(notice.argument) };
    steps.push(because(weekday >= 6 ? 'safeWeekend' : 'safeHoliday', params));
    steps.push(
      because(text.profile === 'eu' ? 'backwardsEu' : text.profile === 'rf' ? 'backwardsRf' : 'backwards', params),
    );
  }
  const sendBy = dateOf(notice.sendBy);
  if (text.noticeCounts === 'sent') steps.push(because('noticeSent', {}, sourceOf(given, 'noticeCounts')));
  const { sendBy: delivered } = noticeBefore(before, text.notice, text, {
    calendar,
    deliveryDays: terms.deliveryDays,
    approvalDays: 0,
  });
  if (terms.deliveryDays > 0 && text.noticeCounts !== 'sent')
    steps.push(because('delivery', { count: terms.deliveryDays, sendBy: dateOf(delivered) }));
  if (terms.approvalDays > 0) steps.push(because('approval', { count: terms.approvalDays, sendBy }));
  return steps;
}

/** Every step in the order in which a person would check it. */
export function derive(given: Derivation): Reason[] {
  const { terms, settled, missing, earliestExit, coolingOffUntil, state } = given;
  const { text } = settled.span.fold;
  const steps: Reason[] = [
    because('start', { start: terms.start }, sourceOf(given, 'start')),
    because(PROFILE_KEYS[text.profile], {}, sourceOf(given, 'profile')),
    ...documents(given),
    ...termSteps(given),
    ...decisionSteps(given),
    ...noticeSteps(given),
    ...renewalSteps(given),
  ];
  if (earliestExit !== undefined) {
    const from = dayOf(terms.today) < settled.span.start ? terms.start : terms.today;
    const notice = text.convenienceNotice ?? text.notice ?? {};
    const source = sourceOf(given, text.convenienceNotice ? 'convenienceNotice' : 'notice');
    const end = dateOf(earliestExit);
    const { exitRan, exitLatest } = given;
    const point = exitPointOf(text);
    if (point === undefined || exitRan === undefined || exitLatest === undefined)
      steps.push(because('earliestExit', { given: from, notice, end }, source));
    else {
      steps.push(because('noticeRuns', { given: from, notice, end: dateOf(exitRan) }, source));
      steps.push(because('exitAt', { point: `point:${point}`, end }, exitSource(given)));
      steps.push(because('exitLatest', { latest: dateOf(exitLatest), end }));
    }
  }
  if (coolingOffUntil !== undefined) {
    steps.push(
      because(
        'coolingOff',
        { period: text.coolingOff ?? {}, end: dateOf(coolingOffUntil) },
        sourceOf(given, 'coolingOff'),
      ),
    );
  }
  if (missing.length > 0) steps.push(because('provisional', { missing }));
  if (STATE_LINES.has(state)) {
    steps.push(
      because(`state_${state}`, {
        today: terms.today,
        end: settled.finalEnd === undefined ? '' : dateOf(settled.finalEnd),
      }),
    );
  }
  return steps;
}
