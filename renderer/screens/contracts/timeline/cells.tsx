/**
 * What is drawn, for screen readers and the keyboard: rows and cells with names, standing where the drawing shows them.
 * They are placed in days from the controller's origin; one transform makes days into pixels, so that moving in time
 * changes no cell. They follow when a movement has settled.
 */
import { memo, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import type { LaneItem } from '../../../../shared/contracts/timeline.ts';
import type { TimelineController } from './controller.ts';
import { LINE } from './geometry.ts';
import { itemName, type Words } from './item-text.ts';
import type { LaneLine, TimelineLine } from './model.ts';
import styles from './timeline.module.css';

/** Names are asked for whenever a lane comes into the window and change with the language or the day only. */
const names = new WeakMap<Words, WeakMap<LaneItem, string>>();
function nameOf(words: Words, item: LaneItem): string {
  let known = names.get(words);
  if (!known) {
    known = new WeakMap();
    names.set(words, known);
  }
  let name = known.get(item);
  if (name === undefined) {
    name = itemName(words, item);
    known.set(item, name);
  }
  return name;
}

/** A line and its place among all lines. */
export interface Placed {
  readonly line: TimelineLine;
  readonly index: number;
}

export interface CellsProps {
  readonly controller: TimelineController;
  readonly rows: readonly Placed[];
  readonly words: Words;
  readonly today: DayNumber;
  readonly gridId: string;
  /** The thing under the keyboard: it has a cell wherever it is. */
  readonly cursor: string | null;
  /** Everything that belongs into the lanes in the window is here. */
  readonly complete: boolean;
}

export const Cells = memo(function Cells({ controller, rows, words, today, gridId, cursor, complete }: CellsProps) {
  const plane = useRef<HTMLDivElement>(null);
  const camera = useSyncExternalStore(controller.subscribe, controller.settled);
  const { origin } = controller;
  useLayoutEffect(() => {
    const x = (origin - camera.left) * camera.scale;
    if (plane.current) plane.current.style.transform = `translate(${x}px,0) scale(${camera.scale},1)`;
  }, [camera, origin]);
  const span = controller.bounds.width / camera.scale;
  // A window on either side stays, so that small movements change nothing.
  const from = Math.floor(camera.left / span - 1) * span;
  const to = Math.ceil((camera.left + span) / span + 1) * span;
  return (
    <div ref={plane} className={styles.plane} role="rowgroup" data-timeline-plane={complete ? 'complete' : ''}>
      {rows.map(({ line, index }) =>
        line.kind === 'lane' ? (
          <LaneCells
            key={line.id}
            line={line}
            index={index}
            origin={origin}
            from={from}
            to={to}
            words={words}
            gridId={gridId}
            cursor={cursor !== null && line.items().some(({ id }) => id === cursor) ? cursor : null}
          />
        ) : (
          <div key={line.id} role="row" aria-rowindex={index + 1} className={styles.row} style={{ top: index * LINE }}>
            <div role="gridcell" id={`${gridId}-${line.id}`} aria-label={`${line.title}, ${line.note}`} />
          </div>
        ),
      )}
      <div aria-hidden data-today className={styles.today} style={{ left: today + 0.5 - origin }} />
    </div>
  );
});

const LaneCells = memo(function LaneCells({
  line,
  index,
  origin,
  from,
  to,
  words,
  gridId,
  cursor,
}: {
  readonly line: LaneLine;
  readonly index: number;
  readonly origin: DayNumber;
  /** Days between which things have cells. */
  readonly from: number;
  readonly to: number;
  readonly words: Words;
  readonly gridId: string;
  readonly cursor: string | null;
}) {
  return (
    <div role="row" aria-rowindex={index + 1} className={styles.row} style={{ top: index * LINE }}>
      <div role="gridcell" id={`${gridId}-${line.id}`} aria-label={line.name()} />
      {line
        .items()
        .map(
          (item) =>
            ((item.to >= from && item.from <= to) || item.id === cursor) && (
              <div
                key={item.id}
                id={`${gridId}-${item.id}`}
                role="gridcell"
                aria-label={nameOf(words, item)}
                data-item={item.id}
                className={styles.cell}
                style={{ left: item.from - origin, width: item.to + 1 - item.from }}
              />
            ),
        )}
    </div>
  );
});
