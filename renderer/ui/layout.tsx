import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import styles from './layout.module.css';

const widths = new Map<string, number>();
const STEP = 16;

export interface SplitPaneProps {
  /** Remembers the width while the app runs. */
  readonly id: string;
  readonly list: ReactNode;
  readonly detail: ReactNode;
  readonly listLabel: string;
  readonly detailLabel: string;
  readonly resizeLabel: string;
  /** Pixels. */
  readonly initial?: number;
  readonly min?: number;
  readonly max?: number;
  /** The right side, to move the focus there. */
  readonly detailRef?: RefObject<HTMLElement | null>;
}

/** A list on the left and a record on the right; the bar between is dragged or moved with the arrow keys. */
export function SplitPane({
  id,
  list,
  detail,
  listLabel,
  detailLabel,
  resizeLabel,
  initial = 420,
  min = 260,
  max = 900,
  detailRef,
}: SplitPaneProps) {
  const [width, setWidth] = useState(() => widths.get(id) ?? initial);
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (wanted: number): void => {
    const next = Math.max(min, Math.min(max, wanted));
    widths.set(id, next);
    setWidth(next);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current) resize(start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') resize(width - STEP);
    else if (event.key === 'ArrowRight') resize(width + STEP);
    else if (event.key === 'Home') resize(min);
    else if (event.key === 'End') resize(max);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.split}>
      <section
        aria-label={listLabel}
        className={styles.splitList}
        style={{ width: `min(${width}px, max(260px, 100% - 440px))` }}
      >
        {list}
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, hr is not */}
      <div
        role="separator"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator with a value is interactive (ARIA 1.2)
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={resizeLabel}
        aria-valuenow={Math.round(width)}
        aria-valuemin={min}
        aria-valuemax={max}
        className={styles.splitBar}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          start.current = null;
        }}
        onKeyDown={onKeyDown}
      />
      <section
        aria-label={detailLabel}
        className={styles.splitDetail}
        tabIndex={-1}
        {...(detailRef ? { ref: detailRef } : {})}
      >
        {detail}
      </section>
    </div>
  );
}

/** The line above a list or page: what it is, how many, what can be done. */
export function PaneHeader({
  title,
  count,
  children,
  actions,
}: {
  readonly title: string;
  readonly count?: string | undefined;
  /** Filters, between title and actions. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className={styles.paneHead}>
      <h1 className={styles.paneTitle}>{title}</h1>
      {count && <span className={styles.paneCount}>{count}</span>}
      <span className={styles.paneGap} />
      {actions && <div className={styles.paneActions}>{actions}</div>}
      {children}
    </header>
  );
}
