/**
 * Finds what stayed out and yet stands in the document: names, amounts, numbers, addresses and copied phrases. It cannot
 * know intentions; it points at places for a person's last look.
 */

/** Words that the reader of the document knows anyway: attendees, the client, ourselves. */
export interface LeakContext {
  /** Texts that stayed out. */
  readonly closed: readonly string[];
  /** Paragraphs of the document, without letterhead, attendees and dates of the meeting. */
  readonly open: readonly string[];
  /** Names that may appear: attendees, organisations, owners. */
  readonly known: readonly string[];
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-’'][\p{L}\p{M}\p{N}]+)*/gu;
/** Length of a phrase that does not repeat by chance. */
const PHRASE = 5;
const CURRENCY = /^\s*(?:%|‰|₽|\$|€|£|руб|тыс|млн|млрд|rub|usd|eur|k\b|thousand|million|billion)/iu;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\u00ad\u200b-\u200f\u2060\u2066-\u2069]/gu, '');

/** A word without its ending, so that «Иванову» is found in «Иванов»; other scripts keep the word. */
function stem(word: string): string {
  const low = plain(word);
  if (/^\p{Script=Cyrillic}+$/u.test(low) && low.length > 3) {
    const cut = low.replace(
      /(?:иями|ями|ами|ому|ему|ого|его|ыми|ими|ой|ей|ою|ею|ым|им|ом|ем|ах|ях|ую|юю|ая|яя|ые|ие|ий|ый|у|ю|а|я|ы|и|е|о|ь|й)$/u,
      '',
    );
    return cut.length >= 3 ? cut : low;
  }
  return low.replace(/['’]s$/u, '');
}

interface Term {
  readonly key: string;
  /** As it is written. */
  readonly text: string;
}

/** Amounts, percentages, telephone-like and contract-like numbers. Years and small bare numbers are not distinctive. */
function numbers(text: string): Term[] {
  const found: Term[] = [];
  for (const match of text.matchAll(/\d[\d\s\u00a0\u202f.,']*\d|\d/gu)) {
    const raw = match[0];
    const after = text.slice(match.index + raw.length);
    const before = text.slice(0, match.index);
    if (/\p{L}$/u.test(before) || /^-?\p{L}/u.test(after)) continue;
    const digits = raw.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '');
    const measured = CURRENCY.test(after) || /[$€£₽]\s*$/u.test(before);
    const date = /^\d{1,2}\.\d{1,2}(?:\.\d{2,4})?$/u.test(raw) || /^(?:19|20)\d{2}$/u.test(raw);
    if (digits.length < 3 ? !measured : date && !measured) continue;
    const unit = /^\s*%/u.test(after) ? '%' : '';
    found.push({ key: `#${digits}${unit}`, text: raw.trim() + unit });
  }
  return found;
}

/** Capitalised words that do not begin a sentence, words in capitals or with digits, and e-mail addresses. */
function names(text: string): Term[] {
  const found: Term[] = [];
  for (const match of text.matchAll(/[^\s@<>()]+@[^\s@<>()]+\.\p{L}+/gu)) {
    found.push({ key: `@${plain(match[0])}`, text: match[0] });
  }
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const before = text.slice(0, match.index).trimEnd();
    const starts = before === '' || /[.!?…:;\n]["»”)]?$|[•–—-]$|[«„“"(]$/u.test(before);
    const quoted = /[«„“"]$/u.test(before);
    const mixed = /\d/u.test(word) && /\p{L}/u.test(word) && word.length >= 3;
    const capital = /^\p{Lu}/u.test(word) && word.length >= 3 && !CALENDAR.test(word.toLowerCase());
    if (mixed || (capital && (!starts || quoted || /^\p{Lu}{3,}$/u.test(word)))) {
      found.push({ key: stem(word), text: word });
    }
  }
  return found;
}

/** English writes months and days like names. */
const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/u;

/** Every run of five words, by their stems. */
function phrases(text: string): Term[] {
  const words = [...text.matchAll(WORD)];
  const out: Term[] = [];
  for (let i = 0; i + PHRASE <= words.length; i++) {
    const first = words[i];
    const last = words[i + PHRASE - 1];
    if (!first || !last) continue;
    out.push({
      key: words
        .slice(i, i + PHRASE)
        .map((w) => plain(w[0]))
        .join(' '),
      text: text.slice(first.index, last.index + last[0].length).replace(/\s+/gu, ' '),
    });
  }
  return out;
}

/**
 * Terms of the closed texts that also stand in the open ones, each once, in order of appearance. Neighbouring phrases
 * that overlap are given once.
 */
export function findLeaks(context: LeakContext): readonly string[] {
  const open = context.open.join('\n');
  const openKeys = new Set<string>();
  for (const match of open.matchAll(WORD)) openKeys.add(stem(match[0]));
  for (const term of [...numbers(open), ...names(open)]) openKeys.add(term.key);
  const openPhrases = new Set(context.open.flatMap((text) => phrases(text).map((term) => term.key)));
  const known = new Set<string>();
  for (const name of context.known) {
    for (const match of name.matchAll(WORD)) known.add(stem(match[0]));
  }

  const leaks = new Map<string, string>();
  for (const text of context.closed) {
    for (const term of [...numbers(text), ...names(text)]) {
      if (openKeys.has(term.key) && !known.has(term.key) && !leaks.has(term.key)) leaks.set(term.key, term.text);
    }
    let skip = 0;
    for (const term of phrases(text)) {
      if (skip > 0) skip--;
      else if (openPhrases.has(term.key)) {
        leaks.set(term.key, term.text);
        skip = PHRASE - 1;
      }
    }
  }
  return [...leaks.values()];
}
