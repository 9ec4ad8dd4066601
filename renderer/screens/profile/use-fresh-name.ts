import { type RefObject, useEffect } from 'react';
import { markFresh, useNavigation } from '../../app/navigation.ts';

const NAME = '[data-inline-edit="main"]';

/** When the shown record was just made, begins typing its name as soon as its page is there. */
export function useFreshName(detail: RefObject<HTMLElement | null>, shown: string | null): void {
  const fresh = useNavigation((state) => state.fresh);
  useEffect(() => {
    const element = detail.current;
    if (fresh === null || fresh !== shown || !element) return undefined;
    const begin = (): boolean => {
      const name = element.querySelector<HTMLElement>(NAME);
      if (!name) return false;
      markFresh(null);
      name.click();
      return true;
    };
    if (begin()) return undefined;
    const observer = new MutationObserver(() => {
      if (begin()) observer.disconnect();
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [fresh, shown, detail]);
}
