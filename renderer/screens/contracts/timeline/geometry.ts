/** Where things stand on a timeline, in pixels from the upper left corner of the window on the lanes. */
import type { LaneItem } from '../../../../shared/contracts/timeline.ts';
import type { Camera } from './camera.ts';

/** Height of the words above the lanes. */
export const AXIS = 44;
/** Height of every line. */
export const LINE = 36;
export const MIDDLE = LINE / 2;
export const BAR_TOP = 10;
export const BAR = 16;
/** Pixels from a mark within which the pointer means it. */
const REACH = 8;

export interface Extent {
  readonly x: number;
  readonly width: number;
}

/** Left edge and width of the days of a thing; both days are counted. */
export const extentOf = ({ from, to }: LaneItem, { left, scale }: Camera): Extent => ({
  x: (from - left) * scale,
  width: (to + 1 - from) * scale,
});

/** Things that lie over their days; all others are marks on one day. */
export const isSpan = ({ kind }: LaneItem): boolean => kind === 'term' || kind === 'suspension' || kind === 'window';

/** The box of a thing within its lane, as it is drawn and pointed at. */
export function boxOf(item: LaneItem, camera: Camera): DOMRectInit & Extent {
  const { x, width } = extentOf(item, camera);
  return isSpan(item)
    ? { x: x - 1, width: Math.max(4, width + 2), y: BAR_TOP - 4, height: BAR + 8 }
    : { x: x + width / 2 - 10, width: 20, y: 1, height: LINE - 2 };
}

/** What is drawn at a place in a lane: the nearest mark, else the topmost span; null for the ground. `day` may be a part. */
export function itemAt(items: readonly LaneItem[], day: number, scale: number): LaneItem | null {
  let best: LaneItem | null = null;
  let least = REACH / scale;
  for (const item of items) {
    if (isSpan(item)) continue;
    const distance = Math.abs(item.from + 0.5 - day);
    if (distance <= least) {
      best = item;
      least = distance;
    }
  }
  if (best) return best;
  return items.findLast((item) => isSpan(item) && item.from <= day && day < item.to + 1) ?? null;
}
