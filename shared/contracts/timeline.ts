/**
 * What a timeline draws of a contract: terms as spans, notice windows, marks, decisions, amendments, suspensions,
 * obligations, meetings and the last day. Screens, the printed page and the table all read this one model.
 *
 * Places are day numbers (days since 1970-01-01); a span covers `from` to `to`, both counted, so its drawn width is
 * `to - from + 1` days. No instant, zone or clock takes part.
 */
import { dateOf, type DayNumber, dayOf, parseDay } from '../contract-dates/civil.ts';
import type { ContractState, Notice } from '../contract-dates/compute.ts';
import { type ListedTerm, termList } from '../contract-dates/span-list.ts';
import { DECISION_KINDS, type DecisionKind, type RenewalKind, type TermsError } from '../contract-dates/terms.ts';
import type { Money, PlainDate, PlainDateTime } from '../model/records.ts';
import {
  byUrgency,
  contractDeadlines,
  type Deadline,
  type DeadlineContract,
  type DeadlinePromise,
  type DeadlineState,
  promiseDeadlines,
} from './deadlines.ts';
import { milestonesOf } from './obligations.ts';
import type { ContractView } from './view.ts';
import { ordered } from './wording.ts';

/** How serious: colour and icon follow it, and a word always stands beside them. */
export type LaneTone = 'plain' | 'quiet' | 'ok' | 'attention' | 'risk';

/** The engine's state; `unclear` while the dates cannot be computed. */
export type LaneState = ContractState | 'unclear';

export interface LaneRange {
  readonly from: PlainDate;
  /** The last day, counted. */
  readonly to: PlainDate;
}

export interface LaneMeeting {
  readonly id: string;
  readonly title: string;
  readonly start: PlainDateTime;
}

interface Placed {
  /** Stable for as long as the thing exists, whatever its date becomes. */
  readonly id: string;
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly tone: LaneTone;
}
/** `stated`: the dates as the record has them, because its terms cannot be computed. */
export type TermKind = ListedTerm['kind'] | 'stated';
export interface TermItem extends Placed {
  readonly kind: 'term';
  readonly term: TermKind;
  readonly index: number;
  readonly start: PlainDate;
  /** null: no end; then `to` is the end of the range. */
  readonly end: PlainDate | null;
}
/** From the day on which notice can be given (or the decision is looked for) to the last day by the wording. */
export interface WindowItem extends Placed {
  readonly kind: 'window';
  readonly index: number;
  readonly notice: Notice;
  readonly state: DeadlineState | 'past';
}
/** The day to act on; with `safe` when the last working day is another day. */
export interface MarkItem extends Placed {
  readonly kind: 'actBy' | 'safe';
  readonly index: number;
  readonly date: PlainDate;
  readonly state: DeadlineState | 'past';
}
export interface DecisionItem extends Placed {
  readonly kind: 'decision';
  readonly date: PlainDate;
  readonly decision: DecisionKind;
  /** Author and reason are both recorded. */
  readonly complete: boolean;
  readonly author: string;
  readonly reason: string;
}
export interface AmendmentItem extends Placed {
  readonly kind: 'amendment';
  readonly date: PlainDate;
  readonly number: string;
  readonly title: string;
}
export interface SuspensionItem extends Placed {
  readonly kind: 'suspension';
  readonly start: PlainDate;
  /** null: it still stands; then `to` is today. */
  readonly end: PlainDate | null;
}
export interface MilestoneItem extends Placed {
  readonly kind: 'milestone';
  readonly date: PlainDate;
  readonly text: string;
  readonly happened: boolean;
  readonly provisional: boolean;
}
export interface ObligationItem extends Placed {
  readonly kind: 'obligation';
  readonly date: PlainDate;
  readonly deadline: Deadline;
}
export interface MeetingItem extends Placed {
  readonly kind: 'meeting';
  readonly date: PlainDate;
  readonly meeting: LaneMeeting;
}
export interface EndItem extends Placed {
  readonly kind: 'end' | 'coolingOff';
  readonly date: PlainDate;
}
export type LaneItem =
  | TermItem
  | WindowItem
  | MarkItem
  | DecisionItem
  | AmendmentItem
  | SuspensionItem
  | MilestoneItem
  | ObligationItem
  | MeetingItem
  | EndItem;

/** What is said of a contract before anything is drawn; cheap enough for thousands. */
export interface LaneSummary {
  readonly contract: DeadlineContract;
  readonly state: LaneState;
  readonly tone: LaneTone;
  /** The next thing to decide; null when nothing is to be decided. */
  readonly deadline: Deadline | null;
  /** What the missed day would carry on or lose. */
  readonly atRisk: Money | null;
  /** The last day as things stand; null while it goes on. */
  readonly finalEnd: PlainDate | null;
  readonly renewal: RenewalKind | null;
  /** Why there are no dates. */
  readonly problem: TermsError | null;
}
export interface Lane extends LaneSummary {
  /** In order of time; on one day spans come before marks. */
  readonly items: readonly LaneItem[];
}

export interface LaneSource {
  readonly contract: DeadlineContract;
  readonly view: ContractView;
  readonly today: PlainDate;
  readonly promises?: readonly DeadlinePromise[];
  readonly meetings?: readonly LaneMeeting[];
}

const STATE_TONES: Readonly<Record<LaneState, LaneTone>> = {
  draft: 'quiet',
  upcoming: 'plain',
  active: 'plain',
  suspended: 'attention',
  noticeWindowOpen: 'attention',
  decisionDue: 'risk',
  renewalDecided: 'ok',
  renewedUnlessShownOtherwise: 'risk',
  expressAwaiting: 'attention',
  optionOpen: 'attention',
  optionAwaiting: 'attention',
  ending: 'attention',
  terminating: 'ok',
  ended: 'quiet',
  unclear: 'attention',
};
const DEADLINE_TONES: Readonly<Record<DeadlineState | 'past', LaneTone>> = {
  ahead: 'plain',
  open: 'attention',
  due: 'risk',
  missed: 'risk',
  decided: 'ok',
  past: 'quiet',
};
export const toneOfDeadline = (state: DeadlineState | 'past'): LaneTone => DEADLINE_TONES[state];

/** State, tone and the next decision of a contract. A decision without author or reason never turns it green. */
export function laneSummary({ contract, view, today }: LaneSource): LaneSummary {
  if (!view.ok) {
    const ended = contract.wording.status === 'ended';
    return {
      contract,
      state: ended ? 'ended' : 'unclear',
      tone: ended ? 'quiet' : 'attention',
      deadline: null,
      atRisk: null,
      finalEnd: null,
      renewal: null,
      problem: view.problem,
    };
  }
  const { dates, terms } = view;
  const state: LaneState = contract.wording.status === 'ended' ? 'ended' : dates.state;
  const tone = STATE_TONES[state];
  const open = contractDeadlines(contract, view, today)
    // A milestone is something to reach, not to decide.
    .filter(({ kind, state }) => state !== 'decided' && kind !== 'milestone')
    .sort(byUrgency);
  const deadline = open[0] ?? null;
  return {
    contract,
    state,
    tone: tone === 'ok' && !dates.decided ? 'attention' : tone,
    deadline,
    atRisk: deadline?.value ?? null,
    finalEnd: dates.finalEnd,
    renewal: terms.renewal,
    problem: null,
  };
}

/** Spans come first, so that marks lie on top of them. */
const RANKS: Readonly<Record<LaneItem['kind'], number>> = {
  term: 0,
  suspension: 1,
  window: 2,
  amendment: 3,
  coolingOff: 4,
  milestone: 5,
  obligation: 6,
  meeting: 7,
  safe: 8,
  actBy: 9,
  decision: 10,
  end: 11,
};

export const byTime = (a: LaneItem, b: LaneItem): number =>
  a.from - b.from || RANKS[a.kind] - RANKS[b.kind] || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function termItems({ contract, today, view }: LaneSource, last: DayNumber): LaneItem[] {
  const { wording, id } = contract;
  if (!view.ok) {
    const from = parseDay(wording.start);
    const to = parseDay(wording.end);
    if (from === undefined || (to !== undefined && to < from)) return [];
    const end = to === undefined ? null : dateOf(to);
    const base = { id: `${id}-term-0`, kind: 'term', term: 'stated', index: 0, tone: 'quiet' } as const;
    return [{ ...base, from, to: to ?? Math.max(from, last), start: dateOf(from), end }];
  }
  const listed = termList(view.terms, dateOf(last));
  if (!listed.ok) return [];
  const closed = wording.status === 'ended';
  const draft = view.dates.state === 'draft';
  const deadlines = new Map(contractDeadlines(contract, view, today).map((deadline) => [deadline.id, deadline]));
  let before = Number.NEGATIVE_INFINITY;
  return listed.value.terms.flatMap((term): LaneItem[] => {
    if (closed && (term.kind === 'next' || term.kind === 'possible')) return [];
    const over = term.kind === 'current' && (closed || (term.end !== null && term.end < today));
    const kind = over ? 'past' : term.kind;
    // A last day moved to a working day can reach into a term that only may follow.
    const from = Math.max(dayOf(term.start), before + 1);
    const to = term.end === null ? Math.max(from, last) : Math.max(from, dayOf(term.end));
    before = to;
    const items: LaneItem[] = [
      {
        id: `${id}-term-${term.index}`,
        kind: 'term',
        term: kind,
        index: term.index,
        start: term.start,
        end: term.end,
        from,
        to,
        tone: kind === 'current' && !draft ? laneSummary({ contract, view, today }).tone : 'quiet',
      },
    ];
    const { notice, index } = term;
    if (!notice || kind === 'possible' || draft) return items;
    const state = kind === 'past' ? 'past' : (deadlines.get(`${id}-term-${index}`)?.state ?? 'ahead');
    const tone = DEADLINE_TONES[state];
    const legal = dayOf(notice.legal);
    // Drawn within its own term: what lies before the first day could only be given for the term before.
    const opens = Math.min(legal, Math.max(from, dayOf(notice.opens)));
    items.push({ id: `${id}-window-${index}`, kind: 'window', index, notice, state, from: opens, to: legal, tone });
    const mark = (kind: 'actBy' | 'safe', date: PlainDate): void => {
      const day = dayOf(date);
      items.push({ id: `${id}-${kind}-${index}`, kind, index, date, state, from: day, to: day, tone });
    };
    mark('actBy', notice.sendBy);
    if (notice.safe !== notice.sendBy) mark('safe', notice.safe);
    return items;
  });
}

function paperItems({ contract, today }: LaneSource): LaneItem[] {
  const { wording, id } = contract;
  const items: LaneItem[] = [];
  for (const [key, { date, kind, author, reason }] of ordered(wording.decisions, ({ date }) => date)) {
    const day = parseDay(date);
    // A kind that is not known here has no word; the contract's dates are refused by its name.
    if (day === undefined || !DECISION_KINDS.includes(kind)) continue;
    const complete = Boolean(author?.trim() && reason?.trim());
    items.push({
      id: `${id}-decision-${key}`,
      kind: 'decision',
      date,
      decision: kind,
      complete,
      author: author?.trim() ?? '',
      reason: reason?.trim() ?? '',
      from: day,
      to: day,
      tone: complete ? 'ok' : 'attention',
    });
  }
  for (const [key, amendment] of ordered(wording.amendments, ({ effective }) => effective)) {
    const day = parseDay(amendment.effective);
    if (day === undefined) continue;
    items.push({
      id: `${id}-amendment-${key}`,
      kind: 'amendment',
      date: amendment.effective,
      number: amendment.number ?? '',
      title: amendment.title ?? '',
      from: day,
      to: day,
      tone: 'plain',
    });
  }
  for (const [key, { from, to }] of ordered(wording.suspensions, ({ from }) => from)) {
    const first = parseDay(from);
    if (first === undefined) continue;
    const end = parseDay(to);
    items.push({
      id: `${id}-suspension-${key}`,
      kind: 'suspension',
      start: from,
      end: end === undefined ? null : dateOf(end),
      from: first,
      to: Math.max(first, end ?? dayOf(today)),
      tone: end === undefined ? 'attention' : 'quiet',
    });
  }
  return items;
}

function dueItems(source: LaneSource, { from, to }: LaneRange): LaneItem[] {
  const { contract, view, today, promises = [] } = source;
  const { wording, id } = contract;
  const items: LaneItem[] = [];
  const scope = view.ok ? { wording, terms: view.terms, dates: view.dates } : undefined;
  if (scope && Object.keys(wording.milestones ?? {}).length > 0) {
    const resolved = milestonesOf(scope);
    for (const point of resolved.ok ? resolved.value : []) {
      const milestone = wording.milestones?.[point.id];
      if (!milestone) continue;
      const happened = point.happened !== undefined;
      const date = point.happened ?? point.due;
      const day = dayOf(date);
      items.push({
        id: `${id}-milestone-${point.id}`,
        kind: 'milestone',
        date,
        text: milestone.title,
        happened,
        provisional: point.provisional,
        from: day,
        to: day,
        tone: happened ? 'ok' : date < today ? 'risk' : 'plain',
      });
    }
  }
  for (const promise of promises) {
    const of = scope ? { contract, scope } : undefined;
    for (const deadline of promiseDeadlines(promise, today, from, to, of)) {
      const day = dayOf(deadline.actBy);
      items.push({
        id: `${id}-obligation-${deadline.id}`,
        kind: 'obligation',
        date: deadline.actBy,
        deadline,
        from: day,
        to: day,
        // Unlike a decision, a promise a month away is nothing to be warned of.
        tone: deadline.state === 'open' ? 'plain' : DEADLINE_TONES[deadline.state],
      });
    }
  }
  for (const meeting of source.meetings ?? []) {
    const day = parseDay(meeting.start.slice(0, 10));
    if (day === undefined) continue;
    const date = meeting.start.slice(0, 10);
    items.push({
      id: `${id}-meeting-${meeting.id}`,
      kind: 'meeting',
      date,
      meeting,
      from: day,
      to: day,
      tone: 'plain',
    });
  }
  return items;
}

function endItems({ contract, view, today }: LaneSource, { state, tone }: LaneSummary): LaneItem[] {
  if (!view.ok) return [];
  const { finalEnd, coolingOffUntil } = view.dates;
  const items: LaneItem[] = [];
  const point = (kind: EndItem['kind'], date: PlainDate, tone: LaneTone): void => {
    const day = dayOf(date);
    items.push({ id: `${contract.id}-${kind}`, kind, date, from: day, to: day, tone });
  };
  if (finalEnd !== null) point('end', finalEnd, state === 'ended' || state === 'draft' ? 'quiet' : tone);
  if (coolingOffUntil !== null) point('coolingOff', coolingOffUntil, coolingOffUntil < today ? 'quiet' : 'attention');
  return items;
}

/** The lane of one contract: whatever touches the range. Never throws: a record with refused terms shows what it states. */
export function contractLane(source: LaneSource, range: LaneRange): Lane {
  const summary = laneSummary(source);
  const first = dayOf(range.from);
  const last = dayOf(range.to);
  const items = [
    ...termItems(source, last),
    ...paperItems(source),
    ...dueItems(source, range),
    ...endItems(source, summary),
  ].filter(({ from, to }) => to >= first && from <= last);
  return { ...summary, items: items.sort(byTime) };
}

/** The rows into which one contract's lane is taken apart on its own page and in print. */
export const LANE_ROWS = ['terms', 'notices', 'amendments', 'obligations', 'meetings'] as const;
export type LaneRowKind = (typeof LANE_ROWS)[number];

const ROW_OF: Readonly<Record<LaneItem['kind'], LaneRowKind>> = {
  term: 'terms',
  suspension: 'terms',
  end: 'terms',
  window: 'notices',
  actBy: 'notices',
  safe: 'notices',
  decision: 'notices',
  coolingOff: 'notices',
  amendment: 'amendments',
  milestone: 'obligations',
  obligation: 'obligations',
  meeting: 'meetings',
};

/** Rows with something in them, in a fixed order; every item is in exactly one. */
export function laneRows(lane: Lane): readonly { readonly row: LaneRowKind; readonly items: readonly LaneItem[] }[] {
  return LANE_ROWS.map((row) => ({ row, items: lane.items.filter(({ kind }) => ROW_OF[kind] === row) })).filter(
    ({ items }) => items.length > 0,
  );
}

/** The first and the last day of an item as dates; one day for marks. `to` is null for what has no end. */
export function datesOfItem(item: LaneItem): { readonly from: PlainDate; readonly to: PlainDate | null } {
  if (item.kind === 'term' || item.kind === 'suspension') return { from: item.start, to: item.end };
  if (item.kind === 'window') return { from: dateOf(item.from), to: item.notice.legal };
  return { from: item.date, to: item.date };
}
