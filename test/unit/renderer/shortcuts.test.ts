// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchActions } from '../../../renderer/screens/shell/palette.tsx';
import {
  type Action,
  isTyping,
  listenToKeys,
  registerAction,
  runAction,
  useActions,
  visibleActions,
} from '../../../renderer/app/shortcuts.ts';
import { shortcutKeys } from '../../../renderer/ui/shortcut-text.ts';

let ran: string[] = [];
const stops: (() => void)[] = [];
const add = (id: string, shortcut: string, more: Partial<Action> = {}): void => {
  stops.push(registerAction({ id, label: 'shell.today', group: 'app', shortcut, run: () => ran.push(id), ...more }));
};
const press = (target: EventTarget, init: KeyboardEventInit): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));

beforeEach(() => {
  ran = [];
  document.body.innerHTML =
    '<input id="field"><div id="page" tabindex="0"></div><div role="dialog"><b id="in"></b></div>';
  stops.push(listenToKeys(window));
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});
const element = (id: string): HTMLElement => document.getElementById(id)!;

describe('Keys', () => {
  it('work by their place on the keyboard, whatever the layout types there', () => {
    add('new', 'KeyN');
    add('palette', '$mod+KeyK');
    press(element('page'), { code: 'KeyN', key: 'т' });
    press(element('page'), { code: 'KeyK', key: 'л', ctrlKey: true });
    expect(ran).toEqual(['new', 'palette']);
  });
  it('leave plain letters to fields, but not keys with Ctrl', () => {
    add('new', 'KeyN');
    add('palette', '$mod+KeyK');
    press(element('field'), { code: 'KeyN', key: 'n' });
    press(element('field'), { code: 'KeyK', key: 'k', ctrlKey: true });
    expect(ran).toEqual(['palette']);
  });
  it('leave the undo of a field to the field', () => {
    add('undo', '$mod+KeyZ');
    press(element('field'), { code: 'KeyZ', key: 'z', ctrlKey: true });
    expect(ran).toEqual([]);
    press(element('page'), { code: 'KeyZ', key: 'z', ctrlKey: true });
    expect(ran).toEqual(['undo']);
  });
  it('leave plain letters to dialogs', () => {
    add('new', 'KeyN');
    press(element('in'), { code: 'KeyN', key: 'n' });
    expect(ran).toEqual([]);
  });
  it('do not lead out of a window, where something may be half written', () => {
    add('settings', '$mod+Comma', { group: 'go' });
    add('note', '$mod+Shift+KeyN', { group: 'create' });
    add('lock', '$mod+KeyL');
    const press3 = (target: HTMLElement): void => {
      press(target, { code: 'Comma', key: ',', ctrlKey: true });
      press(target, { code: 'KeyN', key: 'N', ctrlKey: true, shiftKey: true });
      press(target, { code: 'KeyL', key: 'l', ctrlKey: true });
    };
    press3(element('in'));
    expect(ran).toEqual(['lock']);
    press3(element('field'));
    expect(ran).toEqual(['lock', 'settings', 'note', 'lock']);
  });
  it('that an editor listens to are shown and left to it', () => {
    add('mark', '$mod+Digit3', { isKeyElsewhere: true });
    expect(press(element('page'), { code: 'Digit3', key: '3', ctrlKey: true })).toBe(true);
    expect(ran).toEqual([]);
    expect(visibleActions(useActions.getState().actions).map((action) => action.shortcut)).toEqual(['$mod+Digit3']);
  });
  it('go to the newest action with that key, and back to the older one when it leaves', () => {
    add('list', 'KeyN');
    const stop = registerAction({
      id: 'screen',
      label: 'shell.people',
      group: 'create',
      shortcut: 'KeyN',
      run: () => ran.push('screen'),
    });
    press(element('page'), { code: 'KeyN', key: 'n' });
    stop();
    press(element('page'), { code: 'KeyN', key: 'n' });
    expect(ran).toEqual(['screen', 'list']);
  });
  it('run by name for the menu', () => {
    add('go', 'KeyG');
    expect(runAction('go')).toBe(true);
    expect(runAction('nowhere')).toBe(false);
    expect(ran).toEqual(['go']);
  });
});

describe('Typing', () => {
  it('is what one does in fields and editors only', () => {
    const editor = document.createElement('div');
    Object.defineProperty(editor, 'isContentEditable', { value: true });
    expect(isTyping(editor)).toBe(true);
    expect(isTyping(element('field'))).toBe(true);
    const box = document.createElement('input');
    box.type = 'checkbox';
    expect(isTyping(box)).toBe(false);
    expect(isTyping(element('page'))).toBe(false);
  });
});

describe('The palette', () => {
  it('finds an action by its Russian and its English words, and typed on the other layout', () => {
    add('a', 'KeyA', { label: 'shell.organisations' });
    add('b', 'KeyB', { label: 'shell.settings' });
    const { actions } = useActions.getState();
    const found = (text: string): string[] => matchActions(actions, text).map((action) => action.id);
    expect(found('орган')).toEqual(['a']);
    expect(found('organ')).toEqual(['a']);
    expect(found('yfcnh')).toEqual(['b']);
    expect(found('ничего такого')).toEqual([]);
  });
  it('begins with what can be done with what is open', () => {
    add('settings', 'KeyA', { group: 'app' });
    add('people', 'KeyB', { group: 'go' });
    add('print', 'KeyC', { group: 'record' });
    expect(matchActions(useActions.getState().actions, '').map((action) => action.id)).toEqual([
      'print',
      'people',
      'settings',
    ]);
  });
  it('shows each action once and leaves hidden ones out', () => {
    add('a', 'KeyA');
    add('a', 'KeyA');
    add('c', 'KeyC', { hidden: true });
    expect(visibleActions(useActions.getState().actions).map((action) => action.id)).toEqual(['a']);
  });
});

describe('Key caps', () => {
  it('name the keys of the platform', () => {
    expect(shortcutKeys('$mod+Shift+KeyN', false)).toEqual(['Ctrl', 'Shift', 'N']);
    expect(shortcutKeys('$mod+KeyK', true)).toEqual(['⌘', 'K']);
    expect(shortcutKeys('Shift+Slash', false)).toEqual(['?']);
    expect(shortcutKeys('Period', false)).toEqual(['.']);
  });
});
