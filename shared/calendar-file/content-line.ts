/** Lines of calendar files (RFC 5545 §3.1, §3.3.11) and of business cards (RFC 6350 §3.2, §3.4): escaping, parameters, folding. */

/** Octets of UTF-8 in one line, its CRLF not counted. */
export const MOST_OCTETS = 75;

const octets = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** Controls that a text may not hold; a line feed is written as `\n`, a tab may stand. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu;

/** A text value: backslash, semicolon, comma and line breaks escaped; controls and halves of characters left out. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(CONTROLS, '')
    .replace(/[\\;,]/gu, (char) => `\\${char}`)
    .replaceAll('\n', '\\n');

/** A parameter's value (RFC 6868): quoted where it must be; quotes, carets and line breaks written with a caret. */
export function parameter(value: string): string {
  const safe = value
    .replace(/\r\n?/gu, '\n')
    .replace(CONTROLS, '')
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replaceAll('\n', '^n');
  return /[:;,]/u.test(safe) ? `"${safe}"` : safe;
}

/**
 * Cuts a line into pieces of at most 75 octets joined by CRLF and a space. A character is never cut, and a mark that
 * belongs to the character before it (an accent, a skin colour, the parts of a family) stays with it while it fits.
 */
export function fold(line: string): string {
  // No character takes more than three octets for each of its UTF-16 units.
  if (line.length * 3 <= MOST_OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  const put = (text: string, size: number): void => {
    if (used + size > MOST_OCTETS) {
      pieces.push(piece);
      piece = '';
      // The space that begins a continued line counts.
      used = 1;
    }
    piece += text;
    used += size;
  };
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(line)) {
    const sizes = [...segment].map((char) => octets(char.codePointAt(0) as number));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    if (size < MOST_OCTETS) put(segment, size);
    else for (const [i, char] of [...segment].entries()) put(char, sizes[i] as number);
  }
  pieces.push(piece);
  return pieces.join('\r\n ');
}

/** Whole file from its lines: folded, each ended by CRLF. */
export const toFile = (lines: readonly string[]): string => lines.map((line) => `${fold(line)}\r\n`).join('');
