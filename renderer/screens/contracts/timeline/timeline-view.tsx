import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import type { LaneItem } from '../../../../shared/contracts/timeline.ts';
import { Badge, classNames } from '../../../ui/index.ts';
import { badgeTone } from './summary-badge.tsx';
import { AxisCanvas, LanesCanvas } from './canvas.tsx';
import { TimelineCard } from './card.tsx';
import { Cells, type Placed } from './cells.tsx';
import type { TimelineController } from './controller.ts';
import type { Words } from './item-text.ts';
import { AXIS, boxOf, itemAt, LINE } from './geometry.ts';
import { type Cursor, itemsOf, type LaneLine, nearestItem, type TimelineLine } from './model.ts';
import styles from './timeline.module.css';
import { useGestures } from './use-gestures.ts';
import { type DrawnRows, STEP, useDrawnRows } from './use-rows.ts';

/** Milliseconds of pointing before a card opens, and of leaving before it closes. */
const OPEN_AFTER = 160;
const CLOSE_AFTER = 120;
/** Milliseconds of rest after which the lanes near the window are told. */
const REST = 160;
const ZOOM_STEP = 1.5;
const PAGE = 10;

export interface TimelineViewProps {
  readonly label: string;
  readonly lines: readonly TimelineLine[];
  readonly controller: TimelineController;
  readonly words: Words;
  readonly today: DayNumber;
  /** Pixels of the names on the left. */
  readonly labelWidth: number;
  /** As tall as its lines, without a scroll bar of its own: on a page. */
  readonly whole?: boolean;
  readonly onOpen: (line: LaneLine, item: LaneItem | null) => void;
  /** Told the ids of the lanes that are drawn or nearly so: what else belongs into them can be fetched. */
  readonly onNear?: (lanes: readonly string[]) => void;
  /** Something that belongs into the lanes is still being fetched. */
  readonly busy?: boolean;
  readonly autoFocus?: boolean;
  readonly gridRef?: RefObject<HTMLDivElement | null>;
}

interface PlaceOnScreen {
  readonly target: EventTarget;
  readonly clientX: number;
  readonly clientY: number;
}
interface Card {
  readonly line: LaneLine;
  readonly item: LaneItem | null;
  readonly by: 'pointer' | 'keys';
}

/**
 * The picture: names on the left, days above, lanes between. One stop for Tab; arrows move between things in time and
 * between lanes, + and − zoom, Shift with arrows moves in time, Home shows today, Enter opens.
 */
export function TimelineView(props: TimelineViewProps) {
  const {
    label,
    lines,
    controller,
    words,
    today,
    labelWidth,
    whole = false,
    onOpen,
    onNear,
    busy = false,
    autoFocus,
  } = props;
  const gridId = useId();
  const own = useRef<HTMLDivElement>(null);
  const grid = props.gridRef ?? own;
  const area = useRef<HTMLDivElement>(null);
  const rows = useDrawnRows(grid, lines.length, whole);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [card, setCard] = useState<Card | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useGestures(controller, area, grid);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    controller.resize(element.clientWidth);
    const observer = new ResizeObserver(() => controller.resize(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [controller]);
  useEffect(() => () => controller.dispose(), [controller]);
  const focusAtFirst = useRef(autoFocus);
  useEffect(() => {
    if (focusAtFirst.current) grid.current?.focus({ preventScroll: true });
  }, [grid]);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    setCard(null);
  }, []);
  useEffect(() => controller.onMove(close), [controller, close]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const indexOf = useMemo(() => new Map(lines.map((line, index) => [line.id, index])), [lines]);
  const at = cursor ? (indexOf.get(cursor.line) ?? -1) : -1;

  const showLine = (index: number): void => {
    const element = grid.current;
    if (!element || whole) return;
    const top = index * LINE;
    const height = element.clientHeight - AXIS;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + LINE > element.scrollTop + height) element.scrollTo({ top: top + LINE - height });
  };
  const moveTo = (index: number, item: LaneItem | null): void => {
    const line = lines[index];
    if (!line) return;
    setCursor({ line: line.id, item: item?.id ?? null });
    if (item) controller.reveal(item.from, item.to);
    showLine(index);
    clearTimeout(timer.current);
    setCard(line.kind === 'lane' && item ? { line, item, by: 'keys' } : null);
  };
  const moveLine = (by: number): void => {
    if (lines.length === 0) return;
    const next = Math.max(0, Math.min(lines.length - 1, at < 0 ? firstLane(lines) : at + by));
    const items = itemsOf(lines[next]);
    const now = itemsOf(lines[at]).find(({ id }) => id === cursor?.item);
    moveTo(next, now ? nearestItem(items, now.from) : null);
  };
  const moveItem = (by: 1 | -1): void => {
    const index = at < 0 ? firstLane(lines) : at;
    const items = itemsOf(lines[index]);
    const place = items.findIndex(({ id }) => id === cursor?.item);
    if (place < 0) {
      // From the name of the lane: to what is next in time from today.
      const { left, scale } = controller.camera;
      const span = controller.bounds.width / scale;
      const from = today >= left && today <= left + span ? today : left + span / 2;
      const found = nearestItem(items, from);
      if (found) moveTo(index, found);
      else controller.jump({ ...controller.camera, left: left + (by * span) / 4 });
      return;
    }
    const next = items[place + by];
    if (next) moveTo(index, next);
    else if (by < 0) moveTo(index, null);
  };
  const openCursor = (): void => {
    const line = lines[at];
    if (line?.kind !== 'lane') return;
    onOpen(line, line.items().find(({ id }) => id === cursor?.item) ?? null);
  };
  const pan = (by: number): void =>
    controller.jump({
      ...controller.camera,
      left: controller.camera.left + (by * controller.bounds.width) / controller.camera.scale / 4,
    });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => (event.shiftKey ? pan(1) : moveItem(1)),
      ArrowLeft: () => (event.shiftKey ? pan(-1) : moveItem(-1)),
      ArrowDown: () => moveLine(1),
      ArrowUp: () => moveLine(-1),
      KeyJ: () => moveLine(1),
      KeyK: () => moveLine(-1),
      PageDown: () => moveLine(PAGE),
      PageUp: () => moveLine(-PAGE),
      Home: () => controller.today(today),
      Enter: openCursor,
      NumpadEnter: openCursor,
      Equal: () => controller.step(ZOOM_STEP),
      NumpadAdd: () => controller.step(ZOOM_STEP),
      Minus: () => controller.step(1 / ZOOM_STEP),
      NumpadSubtract: () => controller.step(1 / ZOOM_STEP),
    };
    // The first Esc closes the card, the next one goes back.
    const run = event.code === 'Escape' ? (card ? close : undefined) : keys[event.code];
    if (!run) return;
    event.preventDefault();
    run();
  };

  const hit = (event: PlaceOnScreen): { readonly line: LaneLine; readonly item: LaneItem | null } | null => {
    const target = event.target instanceof Element ? event.target : null;
    const named = lines[indexOf.get(target?.closest('[data-line]')?.getAttribute('data-line') ?? '') ?? -1];
    if (named) return named.kind === 'lane' ? { line: named, item: null } : null;
    const around = target && area.current?.contains(target) ? area.current.getBoundingClientRect() : null;
    const line = around ? lines[Math.floor((event.clientY - around.top) / LINE)] : undefined;
    if (!around || line?.kind !== 'lane') return null;
    const { left, scale } = controller.camera;
    const item = itemAt(line.items(), left + (event.clientX - around.left) / scale, scale);
    return item ? { line, item } : null;
  };
  const leave = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCard((now) => (now?.by === 'pointer' ? null : now)), CLOSE_AFTER);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.buttons !== 0) return;
    const found = hit(event);
    if (!found) {
      if (card?.by === 'pointer') leave();
      else clearTimeout(timer.current);
      return;
    }
    if (card && card.line === found.line && card.item === found.item) {
      clearTimeout(timer.current);
      return;
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCard({ ...found, by: 'pointer' }), OPEN_AFTER);
  };
  const onClick = (event: PlaceOnScreen): void => {
    const found = hit(event);
    if (!found) return;
    setCursor({ line: found.line.id, item: found.item?.id ?? null });
    if (found.item) setCard({ ...found, by: 'pointer' });
  };
  const anchor = (): DOMRect | null => {
    if (!card) return null;
    const index = indexOf.get(card.line.id);
    const around = area.current?.getBoundingClientRect();
    if (!card.item) return document.getElementById(`${gridId}-name-${card.line.id}`)?.getBoundingClientRect() ?? null;
    if (!around || index === undefined) return null;
    const box = boxOf(card.item, controller.camera);
    // Of a long bar only the part that can be seen counts.
    const left = Math.max(0, box.x);
    const right = Math.min(around.width, box.x + box.width);
    const top = around.top + index * LINE + (box.y ?? 0);
    return new DOMRect(around.left + left, top, Math.max(0, right - left), box.height);
  };

  const drawn = useMemo(() => lines.slice(rows.start, rows.end), [lines, rows.start, rows.end]);
  const placed = useMemo(
    () => drawn.map((line, place): Placed => ({ line, index: rows.start + place })),
    [drawn, rows.start],
  );
  const blocks = useBlocks(lines, rows);
  // Not while lanes fly past: cells, and what else belongs into the lanes, come when the scrolling rests.
  const [resting, setResting] = useState(placed);
  useEffect(() => {
    const rest = setTimeout(() => setResting(placed), REST);
    return () => clearTimeout(rest);
  }, [placed]);
  // Compared by text: lines are made anew with what was fetched for them.
  const near = drawn.flatMap((line) => (line.kind === 'lane' ? [line.id] : [])).join('\n');
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (!onNear) return undefined;
    const rest = setTimeout(() => {
      setTold(near);
      onNear(near === '' ? [] : near.split('\n'));
    }, REST);
    return () => clearTimeout(rest);
  }, [near, onNear]);
  const cells = useMemo(() => {
    // What has come for a lane meanwhile shows at once.
    const known = resting.flatMap(({ line, index }): readonly Placed[] => {
      const now = lines[index];
      return now?.id === line.id ? [{ line: now, index }] : [];
    });
    const under = lines[at];
    // The line under the keyboard has its cells at once, wherever it is.
    return !under || known.some(({ index }) => index === at) ? known : [...known, { line: under, index: at }];
  }, [resting, lines, at]);
  const complete = !busy && resting === placed && (!onNear || told === near);
  const active = cursor && at >= 0 ? `${gridId}-${cursor.item ?? cursor.line}` : undefined;
  return (
    <div className={classNames(styles.frame, whole && styles.frameWhole)}>
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={lines.length}
        aria-activedescendant={active}
        aria-describedby={card?.by === 'keys' ? `${gridId}-card` : undefined}
        tabIndex={0}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (!cursor && lines.length > 0) setCursor({ line: lines[firstLane(lines)]!.id, item: null });
        }}
        onBlur={close}
        onPointerMove={onPointerMove}
        onPointerLeave={leave}
        onClick={onClick}
        onDoubleClick={(event) => {
          const found = hit(event);
          if (found) onOpen(found.line, found.item);
        }}
        {...(whole ? {} : { 'data-list': true })}
      >
        <div className={styles.axis} style={{ height: AXIS }}>
          <div className={styles.corner} style={{ width: labelWidth }} />
          <div className={styles.clip}>
            <AxisCanvas controller={controller} words={words} today={today} />
          </div>
        </div>
        <div className={styles.body} style={{ height: lines.length * LINE }}>
          <div className={styles.names} style={{ width: labelWidth }} aria-hidden>
            {drawn.map((line, place) => (
              <LineName
                key={(rows.start + place) % drawn.length}
                line={line}
                gridId={gridId}
                top={(rows.start + place) * LINE}
                isCurrent={cursor?.line === line.id}
                isNamed={cursor?.line === line.id && cursor.item === null}
              />
            ))}
          </div>
          <div ref={area} className={styles.area} style={{ left: labelWidth }} data-timeline-area>
            {blocks.map(({ start, lines }) => (
              // Canvases and names that leave the window are used again for what comes into it: new ones are dear.
              <LanesCanvas
                key={(start / STEP) % blocks.length}
                controller={controller}
                words={words}
                today={today}
                lines={lines}
                top={start * LINE}
                cursor={lines.some(({ id }) => id === cursor?.line) ? cursor : null}
                scroller={whole ? null : grid}
              />
            ))}
            <Cells
              controller={controller}
              rows={cells}
              words={words}
              today={today}
              gridId={gridId}
              cursor={cursor?.item ?? null}
              complete={complete}
            />
          </div>
        </div>
      </div>
      {card && (
        <TimelineCard
          id={`${gridId}-card`}
          line={card.line}
          item={card.item}
          words={words}
          anchor={anchor}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={leave}
        />
      )}
    </div>
  );
}

interface Block {
  readonly start: number;
  readonly lines: readonly TimelineLine[];
}
/** The drawn lines in blocks, each with a canvas of its own: scrolling paints what comes into the window alone. */
function useBlocks(lines: readonly TimelineLine[], { start, end }: DrawnRows): readonly Block[] {
  // The same arrays for as long as the lines are the same, so that their canvases are left alone.
  const known = useMemo(() => ({ lines, blocks: new Map<number, Block>() }), [lines]);
  return useMemo(() => {
    const blocks: Block[] = [];
    for (let at = start; at < end; at += STEP) {
      const block = known.blocks.get(at) ?? { start: at, lines: known.lines.slice(at, at + STEP) };
      known.blocks.set(at, block);
      blocks.push(block);
    }
    return blocks;
  }, [known, start, end]);
}

const firstLane = (lines: readonly TimelineLine[]): number =>
  Math.max(
    0,
    lines.findIndex(({ kind }) => kind === 'lane'),
  );

const LineName = memo(function LineName({
  line,
  gridId,
  top,
  isCurrent,
  isNamed,
}: {
  readonly line: TimelineLine;
  readonly gridId: string;
  readonly top: number;
  readonly isCurrent: boolean;
  readonly isNamed: boolean;
}) {
  if (line.kind === 'group') {
    return (
      <div className={classNames(styles.group, isCurrent && styles.named)} style={{ top, height: LINE }}>
        <span className={styles.groupTitle}>{line.title}</span>
        <span className={styles.groupNote}>{line.note}</span>
      </div>
    );
  }
  return (
    <div
      id={`${gridId}-name-${line.id}`}
      data-line={line.id}
      className={classNames(styles.name, isCurrent && styles.current, isNamed && styles.named)}
      style={{ top, height: LINE }}
    >
      <span className={styles.nameText}>
        <span className={styles.nameMain}>{line.title}</span>
        {line.sub && <span className={styles.nameSub}>{line.sub}</span>}
      </span>
      {line.word && <Badge tone={badgeTone(line.tone)}>{line.word}</Badge>}
    </div>
  );
});
