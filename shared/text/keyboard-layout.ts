/** Text typed with the wrong keyboard layout: ghbdtn → привет and руддщ → hello. */

const LATIN = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>';
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ';
const toRussian = new Map(LATIN.split('').map((letter, i) => [letter, RUSSIAN[i] as string]));
const toLatin = new Map(RUSSIAN.split('').map((letter, i) => [letter, LATIN[i] as string]));

const change = (text: string, map: ReadonlyMap<string, string>): string =>
  Array.from(text, (letter) => map.get(letter) ?? letter).join('');

/**
 * The same keys on the other layout (ЙЦУКЕН ↔ QWERTY). The direction follows the letters that are there; text in both
 * scripts or in neither comes back as it is.
 */
export function switchLayout(text: string): string {
  const cyrillic = /[а-яё]/i.test(text);
  const latin = /[a-z]/i.test(text);
  if (cyrillic === latin) return text;
  return change(text, latin ? toRussian : toLatin);
}
