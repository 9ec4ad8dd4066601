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
interface Name extends Term {
  /** It begins a sentence: any word may be capitalised there. */
  readonly begins: boolean;
}
/** As far as one looks back from a word. A whole paragraph looked at anew for every word would take minutes. */
const BACK = 48;

/** Amounts, percentages, telephone-like and contract-like numbers. Years and small bare numbers are not distinctive. */
function numbers(text: string): Term[] {
  const found: Term[] = [];
  for (const match of text.matchAll(/\d[\d\s\u00a0\u202f.,']*\d|\d/gu)) {
    const raw = match[0];
    const after = text.slice(match.index + raw.length, match.index + raw.length + BACK);
    const before = text.slice(Math.max(0, match.index - BACK), match.index);
    if (/\p{L}$/u.test(before) || /^-?\p{L}/u.test(after)) continue;
    const digits = raw.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '');
    const measured = CURRENCY.test(after) || /[$€£₽]\s*$/u.test(before);
    const date = /^\d{1,2}\.\d{1,2}(?:\.\d{2,4})?$/u.test(raw) || /^(?:19|20)\d{2}$/u.test(raw);
    if (digits.length < 3 ? !measured : date && !measured) continue;
    const unit = /^\s*%/u.test(after) ? '%' : '';
    const [scaled = '', scale = ''] = SCALE.exec(after) ?? [];
    const times = SCALES.find(([word]) => scale.toLowerCase().startsWith(word))?.[1] ?? 1;
    found.push({ key: `#${amount(raw, digits, times)}${unit}`, text: raw.trim() + (unit || scaled) });
  }
  for (const match of text.matchAll(/(?<!\d)\+?\d(?:[\s().-]{0,3}\d){9,14}(?!\d)/gu)) {
    // With the country or with the Russian 8 before it, it is the same telephone.
    found.push({ key: `☎${match[0].replace(/\D/gu, '').slice(-10)}`, text: match[0] });
  }
  return found;
}

const SCALE = /^\s*(тыс|млн|млрд|миллион|миллиард|thousand|million|billion|mln|bln|k(?!\p{L}))/iu;
const SCALES = [
  ['тыс', 1e3],
  ['thousand', 1e3],
  ['k', 1e3],
  ['млн', 1e6],
  ['миллион', 1e6],
  ['million', 1e6],
  ['mln', 1e6],
  ['млрд', 1e9],
  ['миллиард', 1e9],
  ['billion', 1e9],
  ['bln', 1e9],
] as const;

/** The amount as plain digits: «1,5 млн», «1 500 000,00» and “1,500,000” are the same. Long numbers are names and stay text. */
function amount(raw: string, digits: string, times: number): string {
  const decimals = /[.,](\d{1,2})$/u.exec(raw)?.[1] ?? '';
  if (digits.length > 15 || (decimals === '' && times === 1)) return digits;
  return String(Math.round((Number(digits) / 10 ** decimals.length) * times * 100) / 100);
}

/** Capitalised words, words in capitals or with digits, and e-mail addresses. */
function names(text: string): Name[] {
  const found: Name[] = [];
  for (const match of text.matchAll(/(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+\.\p{L}+/gu)) {
    found.push({ key: `@${plain(match[0])}`, text: match[0], begins: false });
  }
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const beforeWithSpaces = text.slice(Math.max(0, match.index - BACK), match.index);
    const before = beforeWithSpaces.trimEnd();
    const starts =
      before === '' || /\n\s*$/u.test(beforeWithSpaces) || /[.!?…:;\n]["»”)]?$|[•–—-]$|[«„“"(]$/u.test(before);
    const quoted = /[«„“"]$/u.test(before);
    const mixed = /\d/u.test(word) && /\p{L}/u.test(word) && word.length >= 3;
    const capital = /^\p{Lu}/u.test(word) && word.length >= 3 && !CALENDAR.test(word.toLowerCase());
    if (mixed || capital) {
      const begins = starts && !mixed && !quoted && !/^\p{Lu}{3,}$/u.test(word) && !SURNAME.test(plain(word));
      found.push({ key: stem(word), text: word, begins });
    }
  }
  return found;
}

/** Russian surnames that hardly any other word looks like, in the cases that begin a sentence. */
const SURNAME =
  /^(?!готов|основ|голов|здоров|уголов|торгов|остров|разгов|услов)\p{Script=Cyrillic}{3,}(?:(?:ов|ев)(?:а|у|е)?|енко)$/u;

/** English writes months and days like names. */
const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/u;

/** Every run of five words; of a text of three or four the whole. */
function phrases(text: string): Term[] {
  const words = [...text.matchAll(WORD)];
  const keys = words.map((w) => plain(w[0]));
  const out: Term[] = [];
  if (words.length === 3 || words.length === 4) return [{ key: keys.join(' '), text: text.trim() }];
  for (let i = 0; i + PHRASE <= words.length; i++) {
    const first = words[i];
    const last = words[i + PHRASE - 1];
    if (!first || !last) continue;
    out.push({
      key: keys.slice(i, i + PHRASE).join(' '),
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
  for (const term of numbers(open)) openKeys.add(term.key);
  const openNames = new Set<string>();
  for (const term of names(open)) {
    openKeys.add(term.key);
    if (!term.begins) openNames.add(term.key);
  }
  const openPhrases = new Set<string>();
  for (const text of context.open) {
    const words = [...text.matchAll(WORD)].map((w) => plain(w[0]));
    for (let i = 0; i < words.length; i++)
      for (const length of [3, 4, PHRASE])
        if (i + length <= words.length) openPhrases.add(words.slice(i, i + length).join(' '));
  }
  const known = new Set<string>();
  for (const name of context.known) {
    for (const match of name.matchAll(WORD)) known.add(stem(match[0]));
  }

  const leaks = new Map<string, string>();
  for (const text of context.closed) {
    for (const term of numbers(text))
      if (openKeys.has(term.key) && !leaks.has(term.key)) leaks.set(term.key, term.text);
    for (const term of names(text)) {
      // At the beginning of a closed sentence a word is a name when the document writes it like one.
      const isOpen = term.begins ? openNames.has(term.key) : openKeys.has(term.key);
      if (isOpen && !known.has(term.key) && !leaks.has(term.key)) leaks.set(term.key, term.text);
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
