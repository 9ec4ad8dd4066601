/** Which lines of a long timeline are drawn: those in the window and some around it, changed in steps. */
import { type RefObject, useEffect, useState } from 'react';
import { AXIS, LINE } from './geometry.ts';

/** Lines by which the drawn part moves at once, so that scrolling draws seldom; a block of lines has one canvas. */
export const STEP = 4;

export interface DrawnRows {
  readonly start: number;
  readonly end: number;
}

export function useDrawnRows(scroller: RefObject<HTMLElement | null>, count: number, whole: boolean): DrawnRows {
  const [rows, setRows] = useState<DrawnRows>({ start: 0, end: 32 });
  useEffect(() => {
    const element = scroller.current;
    if (!element || whole) return undefined;
    const update = (): void => {
      const first = Math.floor(element.scrollTop / LINE / STEP) * STEP;
      const shown = Math.ceil((element.clientHeight - AXIS) / LINE);
      const start = Math.max(0, first - STEP);
      const end = Math.ceil((first + STEP + shown) / STEP) * STEP + STEP;
      setRows((now) => (now.start === start && now.end === end ? now : { start, end }));
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [scroller, whole]);
  return whole ? { start: 0, end: count } : { start: Math.min(rows.start, count), end: Math.min(rows.end, count) };
}
