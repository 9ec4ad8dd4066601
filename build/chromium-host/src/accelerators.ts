/** Electron's accelerator strings as the page's end compares them with key presses. */

export interface Accelerator {
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
  /** `KeyboardEvent.key`, lower case. */
  key: string;
  /** `KeyboardEvent.code`, for layouts without this character; '' if the character alone decides. */
  code: string;
}

const NAMED: Record<string, string> = {
  return: 'enter',
  enter: 'enter',
  esc: 'escape',
  escape: 'escape',
  space: ' ',
  tab: 'tab',
  backspace: 'backspace',
  delete: 'delete',
  insert: 'insert',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  home: 'home',
  end: 'end',
  pageup: 'pageup',
  pagedown: 'pagedown',
  plus: '+',
};

const PUNCTUATION: Record<string, string> = {
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ';': 'Semicolon',
  "'": 'Quote',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  '-': 'Minus',
  '=': 'Equal',
  '`': 'Backquote',
};

/** Throws for text that is no accelerator, as Electron does. */
export function parseAccelerator(text: string, platform: NodeJS.Platform = process.platform): Accelerator {
  const result: Accelerator = { ctrl: false, shift: false, alt: false, meta: false, key: '', code: '' };
  const parts = text === '+' ? ['Plus'] : text.replace(/\+\+$/, '+Plus').split('+');
  for (const part of parts.map((name) => name.trim().toLowerCase())) {
    if (part === 'commandorcontrol' || part === 'cmdorctrl') result[platform === 'darwin' ? 'meta' : 'ctrl'] = true;
    else if (part === 'control' || part === 'ctrl') result.ctrl = true;
    else if (part === 'command' || part === 'cmd' || part === 'super' || part === 'meta') result.meta = true;
    else if (part === 'alt' || part === 'option' || part === 'altgr') result.alt = true;
    else if (part === 'shift') result.shift = true;
    else if (/^[a-z]$/.test(part)) Object.assign(result, { key: part, code: `Key${part.toUpperCase()}` });
    else if (/^[0-9]$/.test(part)) Object.assign(result, { key: part, code: `Digit${part}` });
    else if (/^f([1-9]|1[0-9]|2[0-4])$/.test(part)) result.key = part;
    else if (NAMED[part] !== undefined) result.key = NAMED[part];
    else if (part.length === 1) Object.assign(result, { key: part, code: PUNCTUATION[part] ?? '' });
    else throw new TypeError(`Invalid accelerator: ${text}`);
  }
  if (result.key === '') throw new TypeError(`Invalid accelerator: ${text}`);
  return result;
}
