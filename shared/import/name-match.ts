/** How two names compare, with the habits of Russian and English address books. */
import type { PersonName } from '../model/records.ts';
import { searchKey } from '../text/search-key.ts';
import { translitKey } from '../text/transliterate.ts';
import { DIMINUTIVES } from './dictionaries/russian-names.ts';
import { unmixWord } from './header-key.ts';
import { editDistance } from './values/edit-distance.ts';

/** Parts of a name in the form in which they are compared. */
export interface NameKey {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  readonly latinFamily: string;
  readonly latinGiven: string;
}
/** From strongest to weakest; `different` speaks against, `veto` forbids, `unknown` says nothing. */
export type NameRelation =
  | 'same'
  | 'withoutPatronymic'
  | 'initials'
  | 'transliteration'
  | 'typo'
  | 'diminutive'
  | 'givenOnly'
  | 'familyOnly'
  | 'unknown'
  | 'different'
  | 'veto';

const cache = new Map<string, string>();
function key(text: string | undefined): string {
  if (!text) return '';
  const cached = cache.get(text);
  if (cached !== undefined) return cached;
  const made = searchKey(text)
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .split(/\s+/)
    .map(unmixWord)
    .join(' ')
    .trim();
  if (cache.size > 200_000) cache.clear();
  cache.set(text, made);
  return made;
}
const latinCache = new Map<string, string>();
function latin(text: string): string {
  if (text === '') return '';
  let made = latinCache.get(text);
  if (made === undefined) {
    made = translitKey(text);
    if (latinCache.size > 200_000) latinCache.clear();
    latinCache.set(text, made);
  }
  return made;
}

/** Prepares a name for comparing. A name known only as a whole is taken as family and given in the order written. */
export function nameKey(name: PersonName): NameKey {
  let family = key(name.family);
  let given = key(name.given);
  if (family === '' && given === '' && name.full) {
    const words = key(name.full).split(' ');
    family = words[0] ?? '';
    given = words[1] ?? '';
  }
  if (family === '' && given === '' && name.nickname) given = key(name.nickname);
  return { family, given, patronymic: key(name.patronymic), latinFamily: latin(family), latinGiven: latin(given) };
}

const initial = (text: string): boolean => text.length === 1;
function startsAlike(a: string, b: string): boolean {
  return (initial(a) || initial(b)) && a[0] === b[0];
}
/** Masculine form of a surname, so that a couple's surnames meet only when the rest agrees. */
const firstWord = (text: string): string => text.split(/[\s-]/)[0] ?? '';

type Part = 'same' | 'initial' | 'latin' | 'typo' | 'short' | 'missing' | 'different';
function compareGiven(a: NameKey, b: NameKey): Part {
  if (a.given === '' || b.given === '') return 'missing';
  if (a.given === b.given) return 'same';
  const x = firstWord(a.given);
  const y = firstWord(b.given);
  if (startsAlike(x, y)) return 'initial';
  if (x === y) return 'same';
  if (
    a.latinGiven === b.latinGiven ||
    (initial(x) && a.latinGiven[0] === b.latinGiven[0]) ||
    (initial(y) && a.latinGiven[0] === b.latinGiven[0])
  )
    return 'latin';
  if (DIMINUTIVES.get(x)?.includes(y) || DIMINUTIVES.get(y)?.includes(x)) return 'short';
  if (Math.min(x.length, y.length) >= 4 && editDistance(x, y, 1) <= 1 && x.at(-1) === y.at(-1)) return 'typo';
  return 'different';
}
function compareFamily(a: NameKey, b: NameKey): Part {
  if (a.family === '' || b.family === '') return 'missing';
  if (a.family === b.family) return 'same';
  if (startsAlike(a.family, b.family)) return 'initial';
  if (a.latinFamily === b.latinFamily) return 'latin';
  const limit = Math.min(a.family.length, b.family.length) >= 8 ? 2 : 1;
  const shortest = Math.min(a.family.length, b.family.length);
  // Иванов and Иванова differ by sex, not by a slip.
  const gendered = a.family === `${b.family}а` || b.family === `${a.family}а`;
  // Most slips leave the beginning or the end alone; the rest is not worth its time.
  if (
    shortest >= 5 &&
    !gendered &&
    (a.family.startsWith(b.family.slice(0, 2)) || a.family.endsWith(b.family.slice(-3))) &&
    editDistance(a.family, b.family, limit) <= limit
  )
    return 'typo';
  return 'different';
}
function patronymicsDiffer(a: NameKey, b: NameKey): boolean {
  const x = a.patronymic;
  const y = b.patronymic;
  if (x === '' || y === '' || x === y || startsAlike(x, y)) return false;
  if (latin(x) === latin(y)) return false;
  return editDistance(x, y, 1) > 1;
}

/** Compares two prepared names. Order-free: family and given exchanged also meet. */
export function compareNames(a: NameKey, b: NameKey): NameRelation {
  const direct = relation(a, b);
  if (direct !== 'different' && direct !== 'veto') return direct;
  if (a.family !== '' && a.given !== '' && a.family === b.given && a.given === b.family && !patronymicsDiffer(a, b))
    return 'withoutPatronymic';
  return direct;
}

function relation(a: NameKey, b: NameKey): NameRelation {
  const family = compareFamily(a, b);
  const given = compareGiven(a, b);
  if (family === 'missing' && given === 'missing') return 'unknown';
  if (patronymicsDiffer(a, b) && family !== 'missing') return 'veto';
  if (family === 'different' || given === 'different') return 'different';
  if (family === 'missing') return given === 'same' || given === 'short' || given === 'latin' ? 'givenOnly' : 'unknown';
  if (given === 'missing') return family === 'same' || family === 'latin' ? 'familyOnly' : 'unknown';
  if (given === 'short') return 'diminutive';
  if (family === 'typo' || given === 'typo') return 'typo';
  if (family === 'initial' || given === 'initial') return 'initials';
  if (family === 'latin' || given === 'latin') return 'transliteration';
  return a.patronymic !== '' && a.patronymic === b.patronymic
    ? 'same'
    : a.patronymic === b.patronymic
      ? 'withoutPatronymic'
      : 'withoutPatronymic';
}

/** True when family and given names are both known and neither agrees, in any order: two people, whatever a list says. */
export function nothingAlike(a: NameKey, b: NameKey): boolean {
  if (a.family === '' || a.given === '' || b.family === '' || b.given === '') return false;
  return (
    compareFamily(a, b) === 'different' &&
    compareGiven(a, b) === 'different' &&
    a.family !== b.given &&
    a.given !== b.family
  );
}

/** Keys under which a name may be found again: surname with initial, and the given name with the surname's beginning. */
export function nameBlocks(name: NameKey): readonly string[] {
  const blocks: string[] = [];
  const f = name.latinFamily;
  const g = name.latinGiven;
  if (f !== '' && g !== '') {
    // Order-free, so that exchanged names meet too.
    blocks.push(`n:${f < g ? `${f}|${g}` : `${g}|${f}`}|${name.patronymic[0] ?? ''}`, `n:${f}|${g[0]}`);
    if (f.length >= 5) blocks.push(`t:${g}|${f.slice(0, 3)}`, `t:${g}|${f.slice(-3)}`);
  } else if (f !== '') blocks.push(`f:${f}`);
  else if (g !== '') blocks.push(`g:${g}`);
  return blocks;
}
