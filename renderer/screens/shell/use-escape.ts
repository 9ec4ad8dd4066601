import { useEffect } from 'react';
import { back } from '../../app/navigation.ts';
import { isTyping } from '../../app/shortcuts.ts';

/** Esc goes one step back: out of a field, from the record to the list, then to where one came from. */
export function useEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      const list = document.querySelector<HTMLElement>('main [data-list]');
      const inList = target instanceof HTMLElement && list !== null && list.contains(target);
      event.preventDefault();
      if (list && !inList && target instanceof HTMLElement && target.closest('main')) {
        list.focus();
        return;
      }
      if (isTyping(target) && target instanceof HTMLElement && !list) {
        target.blur();
        return;
      }
      back();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
