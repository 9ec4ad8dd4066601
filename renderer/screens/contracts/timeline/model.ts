/** The lines of a timeline: headings of groups, and lanes with their things in order of time. */
import type { Lane, LaneItem, LaneTone } from '../../../../shared/contracts/timeline.ts';
import type { ContractView } from '../../../../shared/contracts/view.ts';

export interface GroupLine {
  readonly kind: 'group';
  readonly id: string;
  readonly title: string;
  /** Count, urgent ones, value at risk. */
  readonly note: string;
}
export interface LaneLine {
  readonly kind: 'lane';
  readonly id: string;
  readonly title: string;
  readonly sub: string;
  /** A word for the state and its colour. */
  readonly word: string;
  readonly tone: LaneTone;
  /** Read aloud for the whole line. */
  readonly name: () => string;
  /** Said in the lane instead of anything drawn. */
  readonly empty: string;
  readonly contract: string;
  /** Computed when the line comes near the window, then kept. */
  readonly items: () => readonly LaneItem[];
  /** The whole contract, for derivations. */
  readonly whole: () => { readonly lane: Lane; readonly view: ContractView };
}
export type TimelineLine = GroupLine | LaneLine;

export const itemsOf = (line: TimelineLine | undefined): readonly LaneItem[] =>
  line?.kind === 'lane' ? line.items() : [];

/** Where the keyboard is: on a line as a whole (`item` null) or on a thing in it. */
export interface Cursor {
  readonly line: string;
  readonly item: string | null;
}

/** The thing of a line that is nearest in time to a day; null for an empty line. */
export function nearestItem(items: readonly LaneItem[], day: number): LaneItem | null {
  let best: LaneItem | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const distance =
      item.from <= day && day <= item.to ? 0 : Math.min(Math.abs(item.from - day), Math.abs(item.to - day));
    if (distance < least || (distance === least && best !== null && item.from > best.from)) {
      best = item;
      least = distance;
    }
  }
  return best;
}
