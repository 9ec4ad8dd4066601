/**
 * Actions: each has an id, a label and perhaps a key, and is registered once. Keys, command palette, menus, tooltips and
 * the sheet of keys all read the same register. Keys are bound to places on the keyboard (`event.code`), so they work on
 * every layout.
 */
import { useEffect, useRef } from 'react';
import { createKeybindingsHandler } from 'tinykeys';
import { create } from 'zustand';
import type { TextKey } from './i18n.ts';
import { isTyping } from './typing.ts';

export { isTyping };

export type ActionGroup = 'go' | 'create' | 'record' | 'app';
export interface Action {
  readonly id: string;
  readonly label: TextKey;
  readonly group: ActionGroup;
  /** tinykeys form by `event.code`, e.g. `$mod+KeyK`, `KeyN`. */
  readonly shortcut?: string;
  /** The key is listened to where it works, e.g. by an editor; here it is only shown. */
  readonly isKeyElsewhere?: boolean;
  /** Further keys for the same action, not shown. */
  readonly alsoKeys?: readonly string[];
  /** Left out of the palette and the sheet of keys when it makes no sense there. */
  readonly hidden?: boolean;
  readonly run: () => void;
}

export const useActions = create<{ readonly actions: readonly Action[] }>(() => ({ actions: [] }));

/** Adds an action until the returned function is called. A later one with the same key wins: the screen over the app. */
export function registerAction(action: Action): () => void {
  useActions.setState(({ actions }) => ({ actions: [...actions, action] }));
  return () => useActions.setState(({ actions }) => ({ actions: actions.filter((a) => a !== action) }));
}

/** Registers an action while a component is there; `run` may change from drawing to drawing. */
export function useAction(action: Action, enabled = true): void {
  const { id, label, group, shortcut, hidden, isKeyElsewhere } = action;
  const run = useRef(action.run);
  useEffect(() => {
    run.current = action.run;
  });
  const more = action.alsoKeys?.join(' ');
  useEffect(() => {
    if (!enabled) return undefined;
    return registerAction({
      id,
      label,
      group,
      ...(shortcut ? { shortcut } : {}),
      ...(more ? { alsoKeys: more.split(' ') } : {}),
      ...(hidden ? { hidden } : {}),
      ...(isKeyElsewhere ? { isKeyElsewhere } : {}),
      run: () => run.current(),
    });
  }, [id, label, group, shortcut, hidden, isKeyElsewhere, more, enabled]);
}

/** The newest action with an id, e.g. for a menu command. */
export const findAction = (id: string): Action | undefined =>
  useActions.getState().actions.findLast((action) => action.id === id);

export function runAction(id: string): boolean {
  const action = findAction(id);
  action?.run();
  return action !== undefined;
}

/** Actions as lists show them: newest of each id, in order of registration. */
export function visibleActions(actions: readonly Action[]): readonly Action[] {
  const newest = new Map(actions.map((action) => [action.id, action]));
  return [...newest.values()].filter((action) => !action.hidden);
}

const inOverlay = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

/** True when a key press may run an action where the focus is: plain keys not in texts, dialogs and menus. */
export function mayRun(event: KeyboardEvent, shortcut: string): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (shortcut.includes('$mod') && shortcut !== '$mod+KeyZ') return true;
  return !isTyping(event.target) && !inOverlay(event.target);
}

/** A key that leads away from the page must not take a window with it in which something is being written. */
const leadsOutOfWindow = ({ group }: Action, target: EventTarget | null): boolean =>
  (group === 'go' || group === 'create') && target instanceof HTMLElement && target.closest('[role="dialog"]') !== null;

/** Listens to all keys; called once. Returns a function that stops. */
export function listenToKeys(target: Window): () => void {
  let handler: EventListener = () => undefined;
  const rebuild = (): void => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    for (const action of useActions.getState().actions) {
      if (action.isKeyElsewhere) continue;
      for (const shortcut of [action.shortcut, ...(action.alsoKeys ?? [])]) {
        if (!shortcut) continue;
        bindings[shortcut] = (event) => {
          if (!mayRun(event, shortcut) || leadsOutOfWindow(action, event.target)) return;
          event.preventDefault();
          action.run();
        };
      }
    }
    handler = createKeybindingsHandler(bindings, { ignore: () => false });
  };
  rebuild();
  const stop = useActions.subscribe(rebuild);
  const listen = (event: Event): void => handler(event);
  target.addEventListener('keydown', listen);
  return () => {
    stop();
    target.removeEventListener('keydown', listen);
  };
}
