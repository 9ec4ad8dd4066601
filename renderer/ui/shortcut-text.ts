/** Shortcuts in tinykeys form (`$mod+Shift+KeyN`) as people read them on their keyboard. */
const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const NAMES: Readonly<Record<string, string>> = {
  Slash: '/',
  Period: '.',
  Comma: ',',
  Escape: 'Esc',
  Enter: 'Enter',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: '␣',
  Equal: '+',
  Minus: '−',
};

/** The keys of one press, e.g. `['Ctrl', 'K']` or `['⌘', 'K']`. */
export function shortcutKeys(shortcut: string, mac = isMac): readonly string[] {
  if (shortcut === 'Shift+Slash') return ['?'];
  return shortcut.split('+').map((part) => {
    if (part === '$mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return mac ? '⇧' : 'Shift';
    if (part === 'Alt') return mac ? '⌥' : 'Alt';
    return NAMES[part] ?? part.replace(/^(Key|Digit)/, '');
  });
}
