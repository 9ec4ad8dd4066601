/** Lanes of contracts, computed when they come near the window and kept until something of them changes. */
import { useCallback } from 'react';
import type { DeadlinePromise } from '../../../../shared/contracts/deadlines.ts';
import { contractLane, type Lane, type LaneMeeting, type LaneRange } from '../../../../shared/contracts/timeline.ts';
import type { ContractView } from '../../../../shared/contracts/view.ts';
import type { ContractRow, MeetingRow, PromiseRow } from '../../../../shared/model/rows.ts';
import type { PlainDate } from '../../../../shared/model/records.ts';

/** What is drawn in lanes besides the contracts' own dates, by contract and by organisation. */
export interface LaneData {
  readonly promises: ReadonlyMap<string, readonly DeadlinePromise[]>;
  readonly meetings: ReadonlyMap<string, readonly LaneMeeting[]>;
}

function grouped<T>(list: readonly T[] | undefined, keyOf: (element: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of list ?? []) {
    const key = keyOf(element);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(element);
    else groups.set(key, [element]);
  }
  return groups;
}
export const laneData = (
  promises: readonly PromiseRow[] | undefined,
  meetings: readonly MeetingRow[] | undefined,
): LaneData => ({
  promises: grouped(promises, ({ contract }) => contract),
  meetings: grouped(
    meetings?.filter(({ start }) => start !== ''),
    ({ organisation }) => organisation,
  ),
});

interface Kept {
  readonly view: ContractView;
  readonly today: PlainDate;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly version: string;
  readonly lane: Lane;
}
/** Rows are replaced whenever they change, so their ids and times of change say whether a list is the same. */
const versionOf = (list: readonly (DeadlinePromise | LaneMeeting)[]): string =>
  list.map((each) => `${each.id}:${'changedAt' in each ? String(each.changedAt) : ''}`).join();

const NOTHING: readonly never[] = [];
const promisesOf = ({ promises }: LaneData, row: ContractRow): readonly DeadlinePromise[] =>
  promises.get(row.id) ?? NOTHING;
const meetingsOf = ({ meetings }: LaneData, row: ContractRow): readonly LaneMeeting[] =>
  (row.organisation && meetings.get(row.organisation)) || NOTHING;

/** Another text whenever something else belongs into the lane of a row. */
export const dataVersion = (data: LaneData, row: ContractRow): string =>
  `${versionOf(promisesOf(data, row))}|${versionOf(meetingsOf(data, row))}`;

/** By row: rows that have not changed are the same objects, whichever screen asks. */
const kept = new WeakMap<ContractRow, Kept>();

/** The lane of a row; the same object for as long as it would come out the same. */
export function useLaneOf(
  viewOf: ((row: ContractRow) => ContractView) | undefined,
  today: PlainDate,
  { from, to }: LaneRange,
  data: LaneData,
): (row: ContractRow) => { readonly lane: Lane; readonly view: ContractView } | undefined {
  return useCallback(
    (row) => {
      if (!viewOf) return undefined;
      const view = viewOf(row);
      const version = dataVersion(data, row);
      const known = kept.get(row);
      if (
        known?.view === view &&
        known.today === today &&
        known.from === from &&
        known.to === to &&
        known.version === version
      )
        return known;
      const more = { promises: promisesOf(data, row), meetings: meetingsOf(data, row) };
      const lane = contractLane({ contract: row, view, today, ...more }, { from, to });
      const made = { view, today, from, to, lane, version };
      kept.set(row, made);
      return made;
    },
    [viewOf, today, from, to, data],
  );
}
