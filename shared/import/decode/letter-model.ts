/**
 * How natural a text looks: counted letter pairs of Russian, Ukrainian, Western and Central European words, whole words
 * that are known, and marks of a wrong reading (two scripts in one word, capitals in the middle, box drawing).
 * Scores are sums over words that contain a letter outside ASCII; plain ASCII says nothing about an encoding.
 */
import { GIVEN_NAMES, SURNAMES } from '../dictionaries/russian-names.ts';
import { CENTRAL_WORDS, RUSSIAN_WORDS, UKRAINIAN_WORDS, WESTERN_WORDS } from './word-lists.ts';

interface PairModel {
  readonly known: ReadonlySet<string>;
  /** Log-likelihood ratio of a pair against letters thrown at random; `^` before and `$` after the word. */
  readonly pair: (a: string, b: string) => number;
}

function buildModel(words: Iterable<string>, alphabet: number, floor: number): PairModel {
  const known = new Set<string>();
  const pairs = new Map<string, number>();
  const firsts = new Map<string, number>();
  for (const word of words) {
    known.add(word);
    let previous = '^';
    for (const letter of `${word}$`) {
      pairs.set(previous + letter, (pairs.get(previous + letter) ?? 0) + 1);
      firsts.set(previous, (firsts.get(previous) ?? 0) + 1);
      previous = letter;
    }
  }
  const cache = new Map<string, number>();
  const pair = (a: string, b: string): number => {
    const key = a + b;
    const found = cache.get(key);
    if (found !== undefined) return found;
    const total = firsts.get(a) ?? 0;
    const probability = ((pairs.get(key) ?? 0) + 0.3) / (total + 0.3 * alphabet);
    const value = total < 3 ? floor : Math.max(floor, Math.min(2.2, Math.log2(probability * alphabet)));
    cache.set(key, value);
    return value;
  };
  return { known, pair };
}

function* withFeminine(words: readonly string[]): Iterable<string> {
  for (const word of words) {
    yield word;
    if (/(?:ов|ев|ин|ын)$/.test(word)) yield `${word}а`;
    if (/ский$/.test(word)) yield word.replace(/ий$/, 'ая');
  }
}
function* patronymics(): Iterable<string> {
  for (const name of GIVEN_NAMES) {
    if (!/[бвгджзклмнпрстфхцчшщй]$/.test(name)) continue;
    const stem = name.endsWith('й') ? `${name.slice(0, -2)}${/[ие]й$/.test(name) ? 'ь' : name.at(-2)}ев` : `${name}ов`;
    yield `${stem}ич`;
    yield `${stem}на`;
  }
}

let models: { russian: PairModel; ukrainian: PairModel; western: PairModel; central: PairModel } | null = null;
function getModels(): NonNullable<typeof models> {
  models ??= {
    russian: buildModel(
      [...withFeminine(SURNAMES), ...GIVEN_NAMES, ...patronymics(), ...RUSSIAN_WORDS, ...RUSSIAN_WORDS],
      34,
      -4,
    ),
    ukrainian: buildModel([...UKRAINIAN_WORDS, ...UKRAINIAN_WORDS, ...SURNAMES], 36, -3),
    western: buildModel(WESTERN_WORDS, 50, -2),
    central: buildModel(CENTRAL_WORDS, 60, -2),
  };
  return models;
}

const RUN = /[A-Za-z'\u0080-\u{10ffff}]+/gu;
const HIGH = /[\u0080-\u{10ffff}]/u;
/** Signs that stand in ordinary text of every language; between letters they are suspicious. */
const NEUTRAL =
  /[\u00a0\u00ab\u00bb\u2013\u2014\u2018-\u201e\u2026\u2116\u20ac\u00b0\u00a7\u00a9\u00ae\u2022\u202f\u2009\u2212\u20bd\u2122\u00b2\u00b3\u00ad\u00b7\u00bf\u00a1\u00ba\u00aa]/;
const CASE_OK = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lu}?\p{Ll}+\p{Lu}\p{Ll}+)$/u;

function cyrillicScore(word: string, ukrainian: boolean): number {
  const { russian, ukrainian: ukr } = getModels();
  const lower = word.toLowerCase().replaceAll('ё', 'е');
  const hasUkrainian = /[іїєґ]/.test(lower);
  if (/[^а-яіїєґў]/.test(lower)) return -4 - (lower.match(/[^а-яіїєґў]/g)?.length ?? 0) * 3;
  const model = hasUkrainian && ukrainian ? ukr : russian;
  if (word.length === 1) return hasUkrainian ? -0.5 : 0.3;
  let score = 0;
  let previous = '^';
  for (const letter of `${lower}$`) {
    score += model.pair(previous, letter);
    previous = letter;
  }
  if (model.known.has(lower)) score += word.length >= 4 ? 6 : 2;
  if (!CASE_OK.test(word)) score = Math.min(score, 0) - 5;
  // In lists most words begin with a capital.
  else if (word.length > 2 && /^\p{Lu}/u.test(word)) score += 2;
  // Short words prove little.
  return word.length <= 2 ? Math.max(-2, Math.min(2, score)) : Math.max(-14, score);
}

function latinScore(word: string, central: boolean): number {
  const { western, central: ce } = getModels();
  const lower = word.toLowerCase().replaceAll("'", '');
  const special = lower.match(/[^a-z]/g)?.length ?? 0;
  if (special === 0) return 0;
  if (lower.length === 1) return -0.2;
  const scoreOf = (model: PairModel): number => {
    let score = 0;
    let previous = '^';
    for (const letter of `${lower}$`) {
      if (/[^a-z^$]/.test(letter) || /[^a-z^$]/.test(previous)) score += model.pair(previous, letter);
      previous = letter;
    }
    return score + (model.known.has(lower) ? 6 : 0);
  };
  let score = central ? Math.max(scoreOf(western) - 1, scoreOf(ce) - 1) : scoreOf(western);
  // European languages put one or two accents into a word.
  if (special >= 3 && special * 2 > lower.length) score -= 3 * special;
  if (!CASE_OK.test(word.replaceAll("'", ''))) score = Math.min(score, 0) - 4;
  return Math.max(-12, score + 1);
}

export interface TextScore {
  readonly score: number;
  /** Words that spoke. */
  readonly words: number;
}

/** How natural the non-ASCII words of a text are; positive is good. `hints` says which alphabets the reading may hold. */
export function scoreText(
  text: string,
  hints: { readonly ukrainian?: boolean; readonly central?: boolean } = {},
): TextScore {
  let score = 0;
  let words = 0;
  const seen = new Map<string, number>();
  for (const match of text.matchAll(RUN)) {
    const run = match[0];
    if (!HIGH.test(run)) continue;
    // A word repeated on every line is one piece of evidence with slowly growing weight.
    const times = (seen.get(run) ?? 0) + 1;
    seen.set(run, times);
    if (times > 4) continue;
    words += 1;
    score += runScore(run, hints) / times;
  }
  return { score, words };
}

const OPENING = '\u00ab\u201c\u201e\u2039\u00bf\u00a1';
const CLOSING = '\u00bb\u201d\u201c\u2019\u203a\u2026\u00ae\u2122\u00b0\u00b2\u00b3\u00ba\u00aa';

/** Cost of a sign by what stands around it: quotes open before a letter and close after one, nothing stands inside a word. */
function signCost(sign: string, before: boolean, after: boolean): number {
  if (sign < '\u0080') return 0;
  if (sign < '\u00a0' || sign === '\ufffd') return 8;
  if (sign === '\u2019' && before && after) return 0.2;
  if (sign === '\u00ad' || sign === '\u00a0' || sign === '\u202f')
    return before && after && sign === '\u00ad' ? 1.5 : 0.5;
  const base = NEUTRAL.test(sign) ? 0 : 5;
  if (before && after) return base + (sign === '\u2013' || sign === '\u2014' ? 3 : 6);
  if (after) return base + (OPENING.includes(sign) ? 1 : sign === '\u2116' ? 2.5 : 7);
  if (before) return base + (CLOSING.includes(sign) ? 0.5 : 3);
  return base;
}

function runScore(run: string, hints: { readonly ukrainian?: boolean; readonly central?: boolean }): number {
  let score = 0;
  const pieces = run.split(/([^\p{L}\p{M}']+)/u);
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i] as string;
    if (piece === '') continue;
    if (i % 2 === 1) {
      const signs = [...piece];
      signs.forEach((sign, k) => {
        score -= signCost(
          sign,
          k === 0 && pieces[i - 1] !== '',
          k === signs.length - 1 && (pieces[i + 1] ?? '') !== '',
        );
      });
      continue;
    }
    if (!HIGH.test(piece)) continue;
    const cyrillic = /\p{Script=Cyrillic}/u.test(piece);
    const latin = /\p{Script=Latin}/u.test(piece);
    if (cyrillic && latin) score -= 8;
    else if (cyrillic) score += cyrillicScore(piece, hints.ukrainian ?? false);
    else if (latin) score += latinScore(piece, hints.central ?? false);
    else score -= 3;
  }
  // Quotation marks come in pairs.
  const open = run.match(/[\u00ab\u201e]/g)?.length ?? 0;
  const close = run.match(/[\u00bb\u201c\u201d]/g)?.length ?? 0;
  return open === close ? score : score - 1.5;
}
