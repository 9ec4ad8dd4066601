import { memo, type ReactNode } from 'react';
import type { LaneItem, LaneTone, TermItem } from '../../../../shared/contracts/timeline.ts';
import { classNames } from '../../../ui/index.ts';
import type { Layout } from './controller.ts';
import { itemName, type Words } from './item-text.ts';
import type { LaneLine } from './model.ts';
import styles from './timeline.module.css';

/** Height of every line in pixels. */
export const LINE = 36;
const MIDDLE = LINE / 2;
const BAR_TOP = 10;
const BAR = 16;
/** Widest letter of the labels in pixels, on the average. */
const LETTER = 6.3;

/** Names are asked for at every drawing and change with the language or the day only. */
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

/** Words inside a term's bar, if there is room for them. */
function termLabel({ t, dates }: Words, item: TermItem, room: number): string {
  const number = item.index + 1;
  const end = item.end === null ? t('timeline.noEnd') : t('timeline.endsOn', { day: dates.short(item.end) });
  const long = item.term === 'current' || item.term === 'stated' ? end : `${number} · ${end}`;
  if (long.length * LETTER <= room) return long;
  const short = String(number);
  return short.length * LETTER <= room && item.term !== 'current' ? short : '';
}

const TONES = ['plain', 'quiet', 'ok', 'attention', 'risk'] as const satisfies readonly LaneTone[];
const hatchId = (gridId: string, tone: LaneTone): string => `${gridId}-hatch-${tone}`;

/** The hatching of notice windows, one for each tone; drawn once for a timeline. */
export function Hatches({ gridId }: { readonly gridId: string }) {
  return (
    <svg width={0} height={0} className={styles.hatches} aria-hidden>
      <defs>
        {TONES.map((tone) => (
          <pattern
            key={tone}
            id={hatchId(gridId, tone)}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={6} height={6} className={classNames(styles.hatchGround, styles[`tone-${tone}`])} />
            <rect width={2} height={6} className={classNames(styles.hatchLine, styles[`tone-${tone}`])} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

const box = (x: number, width: number): { readonly x: number; readonly width: number } => ({
  x,
  width: Math.max(2, width),
});

/** The drawing of one thing, `x` being its left edge and `width` that of its days, in pixels. */
function shape(item: LaneItem, x: number, width: number, gridId: string): ReactNode {
  const centre = x + width / 2;
  switch (item.kind) {
    case 'term':
      return (
        <rect {...box(x + 0.5, width - 1)} y={BAR_TOP} height={BAR} rx={3} className={styles[`term-${item.term}`]} />
      );
    case 'suspension':
      return <rect {...box(x, width)} y={BAR_TOP + 3} height={BAR - 6} className={styles.suspension} />;
    case 'window':
      return (
        <rect
          {...box(x, width)}
          y={BAR_TOP}
          height={BAR}
          className={styles.window}
          fill={`url(#${hatchId(gridId, item.tone)})`}
        />
      );
    case 'actBy':
      return <path d={`M${centre - 4} 4h8l-4 6zM${centre - 0.75} 9h1.5v${LINE - 15}h-1.5z`} className={styles.mark} />;
    case 'safe':
      return <rect x={centre - 0.5} width={1} y={BAR_TOP - 2} height={BAR + 4} className={styles.mark} />;
    case 'decision':
      return (
        <path
          d={`M${centre} ${MIDDLE - 7}l7 7l-7 7l-7-7z`}
          className={item.complete ? styles.decision : styles.decisionOpen}
        />
      );
    case 'amendment':
      return <path d={`M${centre} ${LINE - 9}l5 8h-10z`} className={styles.amendment} />;
    case 'milestone':
      return <path d={`M${centre - 0.5} 2h8l-2.5 3l2.5 3h-7v${BAR_TOP}h-1z`} className={styles.milestone} />;
    case 'obligation':
      return (
        <rect
          x={centre - 2.5}
          y={LINE - 8}
          width={5}
          height={5}
          className={item.deadline.state === 'decided' ? styles.obligationKept : styles.obligation}
        />
      );
    case 'meeting':
      return <circle cx={centre} cy={5} r={2.75} className={styles.meeting} />;
    case 'coolingOff':
      return <circle cx={centre} cy={MIDDLE} r={4} className={styles.coolingOff} />;
    case 'end':
      // The day is counted: the line stands behind it.
      return <path d={`M${x + width - 1.5} 6h3v${LINE - 12}h-3z`} className={styles.end} />;
  }
}

/**
 * Left edge and width in the drawing, in pixels. Long spans are cut at its edges: renderers lose precision in very wide
 * shapes.
 */
function extentOf(item: LaneItem, layout: Layout): { readonly x: number; readonly width: number } {
  const from = Math.max(item.from, layout.from - 2);
  const to = Math.min(item.to + 1, layout.to + 2);
  return { x: (from - layout.origin) * layout.scale, width: Math.max(layout.scale, (to - from) * layout.scale) };
}

const isSpan = ({ kind }: LaneItem): boolean => kind === 'term' || kind === 'suspension' || kind === 'window';

/** One thing; drawn anew only when it stands elsewhere, so that moving in time draws what comes into the window alone. */
const ItemDrawing = memo(function ItemDrawing({
  item,
  x,
  width,
  name,
  isMarked,
  gridId,
}: {
  readonly item: LaneItem;
  /** Pixels. */
  readonly x: number;
  readonly width: number;
  readonly name: string;
  readonly isMarked: boolean;
  readonly gridId: string;
}) {
  return (
    <g
      id={`${gridId}-${item.id}`}
      role="gridcell"
      aria-label={name}
      data-item={item.id}
      className={styles[`tone-${item.tone}`]}
    >
      {shape(item, x, width, gridId)}
      {isMarked && (
        <rect
          x={isSpan(item) ? x - 1 : x + width / 2 - 10}
          width={isSpan(item) ? Math.max(4, width + 2) : 20}
          y={isSpan(item) ? BAR_TOP - 4 : 1}
          height={isSpan(item) ? BAR + 8 : LINE - 2}
          rx={4}
          className={styles.ring}
        />
      )}
    </g>
  );
});

/** Pixels from a mark within which the pointer means it. */
const REACH = 8;

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

export interface LaneDrawingProps {
  readonly line: LaneLine;
  readonly layout: Layout;
  readonly words: Words;
  readonly index: number;
  readonly gridId: string;
  /** The thing under the keyboard, if it is in this lane. */
  readonly cursor: string | null;
}

/** One lane of the picture: a row of the grid whose cells are the things in it. */
export const LaneDrawing = memo(function LaneDrawing({ line, layout, words, index, gridId, cursor }: LaneDrawingProps) {
  const { origin, from: first, to: last, scale, left, span } = layout;
  const items = line.items();
  return (
    <svg role="row" aria-rowindex={index + 1} className={styles.lane} width={1} height={LINE}>
      <g role="gridcell" id={`${gridId}-${line.id}`} aria-label={line.name()}>
        <rect width={1} height={1} fill="none" />
      </g>
      {items.map((item) => {
        if (item.to < first || item.from > last) return null;
        const { x, width } = extentOf(item, layout);
        return (
          <ItemDrawing
            key={item.id}
            item={item}
            x={x}
            width={width}
            name={nameOf(words, item)}
            isMarked={item.id === cursor}
            gridId={gridId}
          />
        );
      })}
      {items.map((item) => {
        // Words lie over windows and marks, or they could not be read.
        if (item.kind !== 'term' || item.to < first || item.from > last) return null;
        const { x, width } = extentOf(item, layout);
        const start = Math.max(x, (left - origin) * scale) + 6;
        const end = Math.min(x + width, (left + span - origin) * scale);
        const text = termLabel(words, item, end - start - 6);
        return (
          text && (
            <text
              key={item.id}
              x={start}
              y={MIDDLE + 4}
              className={classNames(styles[`label-${item.term}`], styles[`tone-${item.tone}`])}
              aria-hidden
            >
              {text}
            </text>
          )
        );
      })}
      {items.length === 0 && line.empty && (
        <text x={(left - origin) * scale + 8} y={MIDDLE + 4} className={styles.empty}>
          {line.empty}
        </text>
      )}
    </svg>
  );
});
