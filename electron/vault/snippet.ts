/** The place in a text that a search hit is about. */
import { switchLayout } from '../../shared/text/keyboard-layout.ts';
import { searchKey, searchWords } from '../../shared/text/search-key.ts';
import { stem } from '../../shared/text/stem.ts';
import { translitKey } from '../../shared/text/transliterate.ts';

const OPEN = '\u2068';
const CLOSE = '\u2069';
const BEFORE = 40;
const LENGTH = 160;

/** True when a word of the text is one that the query may have meant. */
function matcher(query: string): (word: string) => boolean {
  const wanted = new Set<string>();
  const sounds = new Set<string>();
  for (const text of [query, switchLayout(query)]) {
    for (const word of searchWords(text)) {
      wanted.add(word);
      wanted.add(stem(word));
      if (word.length >= 3) sounds.add(translitKey(word));
    }
  }
  return (word) => {
    const key = searchKey(word);
    for (const start of wanted) if (key.startsWith(start)) return true;
    const sound = translitKey(key);
    for (const start of sounds) if (start !== '' && sound.startsWith(start)) return true;
    return false;
  };
}

/** About 160 characters around the first match, the matched words between U+2068 and U+2069; '' when nothing matches. */
export function snippetOf(parts: readonly string[], query: string): string {
  const matches = matcher(query);
  for (const part of parts) {
    const text = part
      .replace(/[\u2068\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
    const first = words.find((match) => matches(match[0]));
    if (!first) continue;
    let from = Math.max(0, first.index - BEFORE);
    if (from > 0) from = text.indexOf(' ', from) + 1 || from;
    if (from > first.index) from = first.index;
    const to = Math.min(text.length, from + LENGTH);
    let out = from > 0 ? '…' : '';
    let at = from;
    for (const { 0: word, index } of words) {
      if (index < at || index + word.length > to || !matches(word)) continue;
      out += `${text.slice(at, index)}${OPEN}${word}${CLOSE}`;
      at = index + word.length;
    }
    out += text.slice(at, to);
    return to < text.length ? `${out}…` : out;
  }
  return '';
}
