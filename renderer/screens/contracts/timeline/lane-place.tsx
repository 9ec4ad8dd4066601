import { memo, useSyncExternalStore } from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import type { Translate } from '../../../app/i18n.ts';
import { Axis, GridLines } from './axis.tsx';
import { type TimelineController, transformBetween } from './controller.ts';
import type { Words } from './item-text.ts';
import { LaneDrawing, LINE } from './lane-drawing.tsx';
import type { LaneLine } from './model.ts';
import styles from './timeline.module.css';

/** The lane at its place. It listens to the movement by itself: a frame that draws one lane concerns no other. */
export const LanePlace = memo(function LanePlace({
  controller,
  line,
  words,
  index,
  gridId,
  cursor,
}: {
  readonly controller: TimelineController;
  readonly line: LaneLine;
  readonly words: Words;
  readonly index: number;
  readonly gridId: string;
  readonly cursor: string | null;
}) {
  const shown = useSyncExternalStore(controller.subscribe, () => controller.drawing().layout);
  const drawn = useSyncExternalStore(controller.subscribe, () => controller.drawing().of(line.id));
  return (
    <div className={styles.place} style={{ top: index * LINE, transform: transformBetween(drawn, shown) }}>
      <LaneDrawing line={line} layout={drawn} words={words} index={index} gridId={gridId} cursor={cursor} />
    </div>
  );
});

/** The axis as it is drawn now. */
export function MovingAxis({
  controller,
  t,
  today,
}: {
  readonly controller: TimelineController;
  readonly t: Translate;
  readonly today: DayNumber;
}) {
  const layout = useSyncExternalStore(controller.subscribe, () => controller.drawing().layout);
  return <Axis layout={layout} t={t} today={today} todayText={t('timeline.today')} />;
}

/** The lines as they are drawn now. */
export function MovingLines({
  controller,
  today,
  top,
  height,
}: {
  readonly controller: TimelineController;
  readonly today: DayNumber;
  readonly top: number;
  readonly height: number;
}) {
  const layout = useSyncExternalStore(controller.subscribe, () => controller.drawing().layout);
  return <GridLines layout={layout} today={today} top={top} height={height} />;
}
