/** Lists whose rows go away under the hand: the focus stays in the list. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Nothing has the focus: what had it is gone from the page. */
const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/**
 * Gives the focus to the row that took the place of the one that had it, when that one is gone after `turn` changed; to
 * the last row when there is none there. Rows are what `selector` finds inside `list`.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, selector: string, turn: unknown): void {
  const place = useRef<number | null>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const enter = (event: FocusEvent): void => {
      const rows = [...element.querySelectorAll(selector)];
      const at = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
      if (at >= 0) place.current = at;
    };
    const leave = (event: FocusEvent): void => {
      // A row that is taken away goes to nobody; a person goes to something.
      if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) place.current = null;
    };
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', leave);
    return () => {
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', leave);
    };
  }, [list, selector]);
  useLayoutEffect(() => {
    if (place.current === null || !isNowhere()) return;
    const rows = list.current?.querySelectorAll<HTMLElement>(selector);
    rows?.[Math.min(place.current, rows.length - 1)]?.focus();
  }, [list, selector, turn]);
}
