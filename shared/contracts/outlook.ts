/** What the head of a contract says first: its state, the deadline that matters, what is at risk, what happens next. */
import type { ContractState } from '../contract-dates/compute.ts';
import type { RenewalKind } from '../contract-dates/terms.ts';
import type { Money, PlainDate } from '../model/records.ts';
import { contractDeadlines, type Deadline, type DeadlineContract } from './deadlines.ts';
import { textInForce } from './in-force.ts';
import type { ContractView } from './view.ts';

/** A message below `contracts.outlook` and its values; dates as `YYYY-MM-DD`. */
export interface Outlook {
  readonly key:
    | 'draft'
    | 'upcoming'
    | 'suspended'
    | 'ended'
    | 'endedByHand'
    | 'terminating'
    | 'renewed'
    | 'renewedSilently'
    | 'open'
    | 'openExit'
    | 'ends'
    | 'endsUnused'
    | 'tacit'
    | 'express'
    | 'optionOurs'
    | 'optionTheirs';
  readonly params: Readonly<Record<string, PlainDate>>;
}

export interface ContractHead {
  readonly state: ContractState;
  readonly term: { readonly number: number; readonly start: PlainDate; readonly end: PlainDate | null };
  /** The decision or end of the current term; null when nothing has to be decided. */
  readonly deadline: Deadline | null;
  /** That of the next term, once the current one can no longer be met. */
  readonly next: Deadline | null;
  readonly atRisk: Money | null;
  readonly outlook: Outlook;
  /** Calendar years without a pack, such as `RU 2027`. */
  readonly missing: readonly string[];
  readonly provisional: boolean;
}

type Computed = Extract<ContractView, { ok: true }>;

const say = (key: Outlook['key'], params: Outlook['params'] = {}): Outlook => ({ key, params });
const WAITING: Readonly<Partial<Record<RenewalKind, Outlook['key']>>> = {
  tacit: 'tacit',
  express: 'express',
  optionOurs: 'optionOurs',
  optionTheirs: 'optionTheirs',
};

/** What happens next if nothing else is decided, as one sentence. */
export function outlookOf({ terms, dates }: Computed): Outlook {
  const { state, term, finalEnd, decision, earliestExit } = dates;
  const end = finalEnd ?? term.end;
  const next = dates.nextTerms[0] ?? dates.possibleNext;
  const { renewal } = textInForce(terms, dates).text;
  if (state === 'draft') return say('draft');
  if (state === 'ended') return say('ended', { end: end ?? '' });
  if (state === 'upcoming') return say('upcoming', { start: terms.start });
  if (state === 'suspended') return say('suspended');
  if (state === 'terminating') return say('terminating', { end: end ?? '', date: decision?.date ?? '' });
  if (end === null) {
    return earliestExit === null ? say('open') : say('openExit', { exit: earliestExit, today: terms.today });
  }
  if (!next?.end) {
    const legal = term.notice?.legal;
    const unused = dates.nextTerms.length === 0 && WAITING[renewal] !== undefined && legal !== undefined;
    return unused && terms.today > legal ? say('endsUnused', { end, legal }) : say('ends', { end });
  }
  const span = { start: next.start, end: next.end };
  if (state === 'renewalDecided') return say('renewed', { ...span, date: decision?.date ?? '' });
  if (state === 'renewedUnlessShownOtherwise') {
    return say('renewedSilently', { ...span, legal: term.notice?.legal ?? end });
  }
  if (state === 'ending') return say('endsUnused', { end, legal: term.notice?.legal ?? end });
  return say(WAITING[renewal] ?? 'ends', { ...span, ends: end });
}

const OF_A_TERM = new Set(['notice', 'option', 'end']);

/** The head of a contract whose dates are computed. */
export function headOf(contract: DeadlineContract, view: Computed, today: PlainDate): ContractHead {
  const { dates } = view;
  const ended = contract.wording.status === 'ended';
  const of = contractDeadlines(contract, view, today).filter(({ kind }) => OF_A_TERM.has(kind));
  const at = (index: number): Deadline | null => of.find(({ termIndex }) => termIndex === index) ?? null;
  const deadline = at(dates.term.index);
  const next = deadline?.state === 'missed' || deadline?.state === 'decided' ? at(dates.term.index + 1) : null;
  const atRisk = deadline && deadline.state !== 'decided' && deadline.kind !== 'end' ? deadline.value : null;
  return {
    state: ended ? 'ended' : dates.state,
    term: { number: dates.term.index + 1, start: dates.term.start, end: dates.finalEnd ?? dates.term.end },
    deadline,
    next,
    atRisk,
    outlook: ended && dates.state !== 'ended' ? say('endedByHand') : outlookOf(view),
    missing: dates.missing,
    provisional: dates.provisional || (dates.term.notice?.provisional ?? false),
  };
}
