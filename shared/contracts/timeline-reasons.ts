/** Why something on a timeline stands on its day: the steps of the derivation that belong to it. */
import { contractDates } from '../contract-dates/compute.ts';
import type { Reason } from '../contract-dates/reason.ts';
import type { LaneItem } from './timeline.ts';
import type { ContractView } from './view.ts';

/** Steps that speak of the notice, not of the term. */
const NOTICE = new Set([
  'noNotice',
  'noticeLegal',
  'clampedNotice',
  'noticeFromNominal',
  'safeSame',
  'safeWeekend',
  'safeHoliday',
  'backwards',
  'backwardsRf',
  'backwardsEu',
  'noticeSent',
  'delivery',
  'approval',
]);
/** Said of the contract as a whole, or of another of its days. */
const ELSEWHERE = new Set([
  'amendmentElsewhere',
  'earliestExit',
  'noticeRuns',
  'exitAt',
  'exitLatest',
  'coolingOff',
  'nextTerm',
  'nextTermOnward',
  'decisionLater',
]);

const isNotice = ({ key, params }: Reason, legal: string | undefined): boolean =>
  NOTICE.has(key) || (key === 'monthEnd' && params['end'] === legal);

/**
 * The derivation of the term with that index, as its own day would have given it but with what is known now. Empty when
 * the dates cannot be computed or the term would come out differently.
 */
function derivationOf(view: ContractView, index: number, start: string): readonly Reason[] {
  if (!view.ok) return [];
  const { terms, dates } = view;
  if (dates.term.index === index) return dates.because;
  const known = terms.asOf?.known ?? terms.today;
  const then = contractDates({ ...terms, today: start, asOf: { ...terms.asOf, known } });
  if (!then.ok || then.value.term.index !== index || then.value.term.start !== start) return [];
  // What the state was on that day is not what is asked.
  return then.value.because.filter(({ key }) => !key.startsWith('state_'));
}

/** The steps behind an item; empty for what was simply recorded (meetings, decisions, amendments). */
export function reasonsOf(view: ContractView, item: LaneItem, items: readonly LaneItem[]): readonly Reason[] {
  if (!view.ok) return [];
  if (item.kind === 'coolingOff') return view.dates.because.filter(({ key }) => key === 'coolingOff');
  if (item.kind === 'end') {
    const steps = view.dates.because;
    return steps.filter((step) => !ELSEWHERE.has(step.key) && !isNotice(step, view.dates.term.notice?.legal));
  }
  if (item.kind !== 'term' && item.kind !== 'window' && item.kind !== 'safe' && item.kind !== 'actBy') return [];
  const { index } = item;
  const term = item.kind === 'term' ? item : items.find((each) => each.kind === 'term' && each.index === index);
  if (term?.kind !== 'term' || term.term === 'possible') return possibleReasons(view);
  const steps = derivationOf(view, index, term.start);
  const window = items.find((each) => each.kind === 'window' && each.index === index);
  const legal = window?.kind === 'window' ? window.notice.legal : undefined;
  return item.kind === 'term'
    ? steps.filter((step) => !ELSEWHERE.has(step.key) && !isNotice(step, legal))
    : steps.filter((step) => isNotice(step, legal) || step.key === 'provisional');
}

const OFFERS = new Set(['renewalExpress', 'optionOurs', 'optionTheirs']);
const possibleReasons = (view: ContractView): readonly Reason[] =>
  view.ok ? view.dates.because.filter(({ key }) => OFFERS.has(key)) : [];
