/** Commands of the application menu run the action of the same name that the screens have registered. */
import { runAction } from './shortcuts.ts';

/** Follows the menu; returns a function that stops. */
export const listenToMenu = (): (() => void) =>
  window.rapport.subscribe['app:menu'](({ command }) => {
    // A dialog or menu is open: it must be answered first.
    if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
    runAction(command);
  });
