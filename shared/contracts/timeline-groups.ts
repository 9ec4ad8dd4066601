/** All contracts as lanes in groups: filtered by words, sorted, summed up. */
import type { Money, PlainDate } from '../model/records.ts';
import { searchKey } from '../text/search-key.ts';
import type { LaneSummary } from './timeline.ts';
import { totals } from './value.ts';

export const LANE_GROUPINGS = ['none', 'organisation', 'owner', 'risk'] as const;
export type LaneGrouping = (typeof LANE_GROUPINGS)[number];
export const LANE_SORTS = ['decideBy', 'end', 'value', 'name'] as const;
export type LaneSort = (typeof LANE_SORTS)[number];

/** In order of urgency. `quiet`: drafts and what is over; `nothing`: goes on with nothing to decide. */
export const RISKS = ['missed', 'due', 'open', 'unclear', 'ahead', 'decided', 'nothing', 'quiet'] as const;
export type Risk = (typeof RISKS)[number];

export interface LaneGroup {
  /** A name, or a Risk; '' for contracts without one and for the only group. */
  readonly key: string;
  readonly lanes: readonly LaneSummary[];
  /** By currency, largest first. */
  readonly atRisk: readonly Money[];
  /** Contracts whose deadline is due or missed. */
  readonly urgent: number;
}

/** The group of risk of a contract: how its next deadline stands. */
export function riskOf({ state, tone, deadline }: LaneSummary): Risk {
  if (state === 'unclear') return 'unclear';
  if (state === 'ended' || state === 'draft') return 'quiet';
  if (deadline && deadline.state !== 'decided') return deadline.state;
  return tone === 'ok' ? 'decided' : 'nothing';
}

const NEVER = '9999-12-31';
const nameOf = ({ contract }: LaneSummary): string => searchKey(contract.title || contract.number);
/** The day by which a decision is acted on; after everything else when there is none. */
export const decideBy = ({ deadline }: LaneSummary): PlainDate | undefined => deadline?.actBy;

/** Ties go by name, then by id: the same order on every device. */
function compare(sort: LaneSort): (a: LaneSummary, b: LaneSummary) => number {
  const byName = (a: LaneSummary, b: LaneSummary): number => {
    const [x, y] = [nameOf(a), nameOf(b)];
    if (x !== y) return x < y ? -1 : 1;
    return a.contract.id < b.contract.id ? -1 : 1;
  };
  if (sort === 'name') return byName;
  if (sort === 'value') return (a, b) => (b.atRisk?.minor ?? -1) - (a.atRisk?.minor ?? -1) || byName(a, b);
  const day =
    sort === 'end'
      ? (lane: LaneSummary): string => lane.finalEnd ?? NEVER
      : (lane: LaneSummary): string => decideBy(lane) ?? NEVER;
  return (a, b) => {
    const [x, y] = [day(a), day(b)];
    return x === y ? byName(a, b) : x < y ? -1 : 1;
  };
}

const KEYS: Readonly<Record<LaneGrouping, (lane: LaneSummary) => string>> = {
  none: () => '',
  organisation: ({ contract }) => contract.organisationName,
  owner: ({ contract }) => contract.owner.trim(),
  risk: riskOf,
};

/** True when every word of the text is in title, number, organisation or owner. */
export function laneMatches({ contract }: LaneSummary, wanted: string): boolean {
  const words = searchKey(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = searchKey(`${contract.title} ${contract.number} ${contract.organisationName} ${contract.owner}`);
  return words.every((word) => text.includes(word));
}

/**
 * Lanes in groups. Groups of risk stand by urgency, others by name with the nameless last; within a group the sort holds.
 * No lane is lost or doubled.
 */
export function groupLanes(
  lanes: readonly LaneSummary[],
  { by, sort, text = '' }: { readonly by: LaneGrouping; readonly sort: LaneSort; readonly text?: string },
): LaneGroup[] {
  const groups = new Map<string, LaneSummary[]>();
  for (const lane of lanes.filter((lane) => laneMatches(lane, text)).sort(compare(sort))) {
    const key = KEYS[by](lane);
    const group = groups.get(key);
    if (group) group.push(lane);
    else groups.set(key, [lane]);
  }
  const rank = (key: string): string =>
    by === 'risk' ? String(RISKS.indexOf(key as Risk)) : key === '' ? '\uFFFF' : searchKey(key);
  return [...groups]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
    .map(([key, lanes]) => ({
      key,
      lanes,
      atRisk: totals(lanes.map(({ atRisk }) => atRisk)),
      urgent: lanes.filter(({ deadline }) => deadline?.state === 'due' || deadline?.state === 'missed').length,
    }));
}
