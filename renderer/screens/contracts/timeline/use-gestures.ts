/** Pointer and wheel on a timeline: drag and horizontal wheel move, Ctrl+wheel and two fingers zoom. */
import { type RefObject, useEffect } from 'react';
import type { TimelineController } from './controller.ts';

/** Pixels from which a press is a drag and no longer a click. */
const DRAG = 4;
/** Zoom of one wheel step of 100 units is e^0.24; a pinch sends many small ones. */
const WHEEL_ZOOM = 0.01;
const MOST_WHEEL = 24;
/** Pixels of one line for mice that scroll by lines. */
const WHEEL_LINE = 16;

/**
 * `area` is the part with the lanes, `scroller` scrolls vertically. A drag ends with a click that is swallowed, so that
 * moving never opens anything.
 */
export function useGestures(
  controller: TimelineController,
  area: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const pointers = new Map<number, { x: number; y: number }>();
    let start: { x: number; y: number } | null = null;
    let dragging = false;
    let distance = 0;
    const placeOf = (x: number): number => x - element.getBoundingClientRect().left;

    const onWheel = (event: WheelEvent): void => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const delta = Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY * unit));
        controller.zoom(Math.exp(-delta * WHEEL_ZOOM), placeOf(event.clientX));
        return;
      }
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (!event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      controller.pan(sideways * unit);
    };
    const spread = (): number => {
      const [a, b] = [...pointers.values()];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 2) distance = spread();
      start = { x: event.clientX, y: event.clientY };
      dragging = false;
    };
    const onMove = (event: PointerEvent): void => {
      const last = pointers.get(event.pointerId);
      if (!last || !start) return;
      const now = { x: event.clientX, y: event.clientY };
      if (!dragging && Math.hypot(now.x - start.x, now.y - start.y) < DRAG) return;
      if (!dragging) {
        dragging = true;
        element.setPointerCapture(event.pointerId);
        element.dataset['dragging'] = '';
      }
      pointers.set(event.pointerId, now);
      if (pointers.size === 2) {
        const wide = spread();
        const [a, b] = [...pointers.values()];
        if (distance > 0 && a && b) controller.zoom(wide / distance, placeOf((a.x + b.x) / 2));
        distance = wide;
        return;
      }
      controller.pan(last.x - now.x);
      if (scroller.current) scroller.current.scrollTop -= now.y - last.y;
    };
    const onUp = (event: PointerEvent): void => {
      pointers.delete(event.pointerId);
      delete element.dataset['dragging'];
      if (pointers.size === 0) start = null;
    };
    const onClick = (event: MouseEvent): void => {
      if (!dragging) return;
      dragging = false;
      event.stopPropagation();
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('click', onClick, true);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('click', onClick, true);
    };
  }, [controller, area, scroller]);
}
