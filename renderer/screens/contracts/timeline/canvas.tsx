/** The drawing: one canvas for the words above, one for every few lanes. All are painted anew in every frame that moves. */
import { memo, type RefObject, useLayoutEffect, useRef } from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import type { TimelineController } from './controller.ts';
import { AXIS, LINE } from './geometry.ts';
import type { Words } from './item-text.ts';
import type { Cursor, TimelineLine } from './model.ts';
import { paintAxis, paintLines } from './paint-axis.ts';
import { labelFont, paintLane, paintWords, type Scene } from './paint-lane.ts';
import { usePalette } from './palette.ts';
import styles from './timeline.module.css';

/** An empty canvas of that size in CSS pixels, as sharp as the screen; null where nothing can be drawn. */
export function fresh(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  const ctx = canvas.getContext('2d');
  if (!ctx) return null;
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  } else {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, w, h);
  }
  ctx.setTransform(density, 0, 0, density, 0, 0);
  return ctx;
}

interface Drawn {
  readonly controller: TimelineController;
  readonly words: Words;
  readonly today: DayNumber;
}

export const AxisCanvas = memo(function AxisCanvas({ controller, words, today }: Drawn) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useLayoutEffect(() => {
    const paint = (): void => {
      const { width } = controller.bounds;
      const ctx = canvas.current && fresh(canvas.current, width, AXIS);
      if (ctx) paintAxis(ctx, today, { camera: controller.camera, width, palette, words });
    };
    paint();
    return controller.onFrame(paint);
  }, [controller, words, today, palette]);
  return <canvas ref={canvas} aria-hidden className={styles.axisDrawing} />;
});

export const LanesCanvas = memo(function LanesCanvas({
  controller,
  words,
  today,
  lines,
  top,
  cursor,
  scroller,
}: Drawn & {
  /** What is drawn, from the first line on, which stands `top` pixels below the edge. */
  readonly lines: readonly TimelineLine[];
  readonly top: number;
  readonly cursor: Cursor | null;
  /** What scrolls the lanes; null when all of them are shown. */
  readonly scroller: RefObject<HTMLElement | null> | null;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useLayoutEffect(() => {
    const height = lines.length * LINE;
    const paint = (): void => {
      const { width } = controller.bounds;
      const ctx = canvas.current && fresh(canvas.current, width, height);
      if (!ctx) return;
      const scene: Scene = { camera: controller.camera, width, palette, words, plain: controller.moving };
      paintLines(ctx, today, height, scene);
      const each = (run: (line: Extract<TimelineLine, { kind: 'lane' }>) => void): void => {
        let y = 0;
        for (const line of lines) {
          if (line.kind === 'lane') {
            ctx.translate(0, y);
            run(line);
            ctx.translate(0, -y);
          }
          y += LINE;
        }
      };
      each((line) => paintLane(ctx, line, cursor?.line === line.id ? cursor.item : null, scene));
      ctx.lineWidth = 3;
      ctx.lineJoin = 'round';
      for (const strong of [false, true]) {
        ctx.font = labelFont(palette, strong);
        each((line) => paintWords(ctx, line, strong, scene));
      }
      ctx.lineJoin = 'miter';
    };
    paint();
    // Lanes that wait above and below the window are painted when the movement has settled, or when they come into it.
    let hidden = false;
    let late = false;
    const isSeen = (): boolean => {
      const box = scroller?.current;
      return !box || (top + height > box.scrollTop && top < box.scrollTop + box.clientHeight - AXIS);
    };
    const move = (): void => {
      hidden = !isSeen();
      late = hidden || controller.moving;
      if (!hidden) paint();
    };
    const catchUp = (): void => {
      if (late) paint();
      late = false;
      hidden = false;
    };
    const onScroll = (): void => {
      if (!hidden || !isSeen()) return;
      paint();
      hidden = false;
    };
    const box = scroller?.current;
    box?.addEventListener('scroll', onScroll, { passive: true });
    const stops = [controller.onFrame(move), controller.subscribe(catchUp)];
    return () => {
      box?.removeEventListener('scroll', onScroll);
      for (const stop of stops) stop();
    };
  }, [controller, words, today, palette, lines, top, cursor, scroller]);
  return <canvas ref={canvas} aria-hidden className={styles.drawing} data-timeline-lanes style={{ top }} />;
});
