/** Names of people in one cell: order, patronymics, initials, titles, remarks in brackets, capitals. The original is kept when in doubt. */
import type { PersonName } from '../../model/records.ts';
import { GIVEN_NAMES, DIMINUTIVES, SURNAMES } from '../dictionaries/russian-names.ts';
import { WESTERN_GIVEN_NAMES } from '../dictionaries/western-names.ts';
import { oneLine } from '../table.ts';

export type NameOrder = 'family-first' | 'given-first';
export interface ParsedName {
  readonly name: PersonName;
  /** Text in brackets or after the name («бухгалтер»). */
  readonly remark?: string;
  /** False when the parts were guessed. */
  readonly certain: boolean;
}

const PATRONYMIC =
  /(?:ович|евич|ьич|[гкнм]ич|овна|евна|ична|инична|[оеа]віч|ійович|івна|ївна|аўна|еўна|\p{L}{3}(?:ұлы|улы|қызы|кызы)|ovich|evich|yevich|ovna|evna|yevna|ichna)$/iu;
/** Surnames in -ович/-евич exist (Станкевич); position decides. */
const PATRONYMIC_WORD = /^(?:оглы|оглу|кызы|улы|уулу|угли|кизи|қызы|қизи|ўғли|oglu|ogly|ugli|kyzy|qizi)$/iu;
const PREFIX =
  /^(?:г-н|г-жа|г-ж|гн|гр|господин|госпожа|товарищ|тов|уважаемый|уважаемая|mr|mrs|ms|miss|mx|dr|prof|sir|madam|herr|frau|тетя|тётя|дядя|бабушка|дедушка|aunt|auntie|uncle|mme|mlle|m|sr|sra|д-р|доктор|проф|профессор|акад|академик|к\.?т\.?н|д\.?т\.?н)\.?$/iu;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|mba|esq|мл|ст|cpa|dds)\.?$/i;
const DEGREE =
  /^(?:(?:д-р|доктор|канд(?:идат)?|к|д)\.?\s*(?:\p{Ll}{1,10}\.?(?:-\p{Ll}+\.?)?\s*){0,2}(?:наук|н\.)[,\s]*(?=\p{Lu}|проф|доц|акад))/iu;
/** Letters after a name that people collect: PMP®, CFA, M.Sc., MRICS. Two capitals at least tell them from names. */
const CREDENTIAL = /^(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z.-]{0,7}[®™]?$/;
const PARTICLE =
  /^(?:van|von|der|den|de|da|do|dos|di|del|della|la|le|du|el|al|bin|ibn|ter|ten|zu|zur|af|av|фон|ван|де|да|дос|дер|ди|ла|эль|аль|бен|ибн)$/iu;
const SURNAME_ENDING =
  /(?:ов|ев|ёв|ин|ын|ский|цкий|ской|ых|их|ова|ева|ёва|ина|ына|ская|цкая|енко|чук|щук|юк|як|швили|дзе|ян|янц|ов|ман|штейн|берг|ко|оглы|баев|баева|ova|eva|ina|aya|skaya|ov|ev|sky|skiy|skii|enko|chuk)$/iu;
const INITIALS = /^(?:\p{Lu}\.\s?-?){1,3}$|^\p{Lu}\.?$/u;
/** «1. Иванов Иван»: the number of a line in a list. */
const NUMBERING = /^\d{1,4}\s*[.)]\s*(?=\p{L})/u;
const known = new Set(SURNAMES);
const isSuffix = (word: string): boolean => SUFFIX.test(word) || (CREDENTIAL.test(word) && !isGiven(word));

const lowered = (word: string): string => word.toLowerCase().replaceAll('ё', 'е');
const isGiven = (word: string): boolean => {
  const lower = lowered(word);
  return GIVEN_NAMES.has(lower) || WESTERN_GIVEN_NAMES.has(lower) || DIMINUTIVES.has(lower);
};
export const isPatronymic = (word: string): boolean => PATRONYMIC.test(word);
export const isSurnameLike = (word: string): boolean => SURNAME_ENDING.test(word) || known.has(lowered(word));
export const isGivenName = isGiven;
export const isInitials = (word: string): boolean => INITIALS.test(word);

function capital(word: string): string {
  return word
    .toLowerCase()
    .replace(/(^|[-'’])(\p{L})/gu, (_, sign: string, letter: string) => sign + letter.toUpperCase());
}

/** Shouted and whispered words as names are written; mixed case (McDonald, ДиКаприо) stays. */
export function nameCase(word: string): string {
  if (PATRONYMIC_WORD.test(word)) return word.toLowerCase();
  if (word.length < 2 || INITIALS.test(word)) return word.length === 1 ? word.toUpperCase() : word;
  if (word === word.toUpperCase() && !/^[IVX]+$/.test(word)) return capital(word);
  if (word === word.toLowerCase() && !PARTICLE.test(word)) return capital(word);
  return word;
}

/** What the column shows about its order: positions of patronymics, given names and surnames. */
export function inferNameOrder(values: readonly string[]): NameOrder | undefined {
  let family = 0;
  let given = 0;
  for (const value of values) {
    const words = oneLine(value)
      .replace(/[(,].*$/, '')
      .split(' ');
    if (words.length === 3) {
      if (PATRONYMIC.test(words[2] as string) && !PATRONYMIC.test(words[1] as string)) family += 1;
      else if (PATRONYMIC.test(words[1] as string)) given += 1;
    } else if (words.length === 2) {
      const [a = '', b = ''] = words;
      if (isGiven(a) && !isGiven(b)) given += 1;
      else if (isGiven(b) && !isGiven(a)) family += 1;
    }
  }
  if (family === given) return undefined;
  return family > given ? 'family-first' : 'given-first';
}

const part = (key: keyof PersonName, value: string | undefined): PersonName => (value ? { [key]: value } : {});

/** Splits a full name. `order` is what the column showed; the script decides when it showed nothing. */
export function parseFullName(source: string, order?: NameOrder): ParsedName {
  let text = oneLine(source).replace(NUMBERING, '');
  const original = text;
  let remark: string | undefined;
  const bracket = /[([]([^)\]]*)[)\]]?/.exec(text);
  if (bracket) {
    remark = (bracket[1] as string).trim();
    text = text.replace(bracket[0], ' ').replace(/\s+/g, ' ').trim();
  }
  const dash = /^(.+?)\s+[-–—]\s+(.+)$/.exec(text);
  if (dash) {
    text = dash[1] as string;
    remark ??= dash[2] as string;
  }
  // John "Johnny" Smith: what stands in quotes between the names.
  const quoted = /^(\S.*?)\s["«“„]([^"«»“”]{2,30})["»”“]\s(.*\S)$/u.exec(text);
  const nickname = quoted?.[2];
  if (quoted) text = `${quoted[1]} ${quoted[3]}`;
  let prefix = '';
  let suffix = '';
  let commaFirst = false;
  let familyWords = 1;
  // «д-р мед. наук, проф. Орлов»: degrees come before the name and have their own points and commas.
  const degree = DEGREE.exec(text);
  if (degree) {
    prefix = degree[0].replace(/[\s,]+$/, '');
    text = text.slice(degree[0].length);
  }
  const comma = text
    .split(',')
    .map((piece) => piece.trim())
    .filter(Boolean);
  if (comma.length >= 2) {
    const [before = '', after = '', ...more] = comma;
    if (before.includes(' ') && [after, ...more].every(isSuffix)) {
      suffix = [after, ...more].join(', ');
      text = before;
    } else if (SUFFIX.test(after)) {
      suffix = after;
      text = before;
    } else if (
      before.split(' ').length <= 2 &&
      after.split(' ').length <= 2 &&
      /^\p{Lu}/u.test(after) &&
      !isGiven(before.split(' ')[0] as string)
    ) {
      text = `${before} ${after}`;
      commaFirst = true;
      familyWords = before.split(' ').length;
      if (more[0] && SUFFIX.test(more[0])) suffix = more[0];
    } else {
      text = before;
      remark ??= comma.slice(1).join(', ');
    }
  }
  // «И.И.Иванов», «Иванов И.И.»: initials stand apart.
  text = text
    .replace(/(\p{Ll})(\p{Lu}\.\s?\p{Lu}\.)$/u, '$1 $2')
    // «Иванов ИИ»: capitals that lost their points.
    .replace(/^(\p{Lu}[а-яё-]+) ([А-ЯЁ])([А-ЯЁ])$/u, '$1 $2.$3.');
  text = text.replace(/(\p{Lu}\.)(?=\p{Lu}\p{Ll})/gu, '$1 ').replace(/(\p{Lu}\.)\s+(?=\p{Lu}\.)/gu, '$1');
  let words = text.split(' ').filter(Boolean);
  while (words.length > 1 && PREFIX.test(words[0] as string) && !isInitials(words[0] as string)) {
    prefix = prefix === '' ? (words[0] as string) : `${prefix} ${words[0]}`;
    words = words.slice(1);
  }
  if (words.length > 2 && SUFFIX.test(words.at(-1) as string)) suffix = words.pop() as string;
  // What follows the capitals in small letters is a remark: «Иванов Иван главбух», «Анна Петровна бухг. Луч».
  const tail = words.findIndex(
    (word, i) =>
      i >= 2 &&
      /^\p{Ll}/u.test(word) &&
      !PARTICLE.test(word) &&
      !PATRONYMIC_WORD.test(word) &&
      !isPatronymic(word) &&
      !isGiven(word) &&
      !isSurnameLike(word),
  );
  if (tail >= 2 && words.slice(0, tail).filter((word) => /^\p{Lu}/u.test(word)).length >= 2) {
    remark ??= words.slice(tail).join(' ');
    words = words.slice(0, tail);
  }
  words = words.map(nameCase);
  // «García Márquez, Gabriel»: what stands before the comma is the family name.
  if (commaFirst && familyWords > 1 && words.length > familyWords)
    words = [words.slice(0, familyWords).join(' '), ...words.slice(familyWords)];
  // “Mr Smith”, «г-жа Орлова»: one word after a title is the family name.
  const titled = prefix !== '' && words.length === 1 && !isGiven(words[0] as string);
  const { parts, certain } = titled
    ? { parts: { family: words[0] as string }, certain: false }
    : assign(words, commaFirst ? 'family-first' : order, commaFirst);
  const name: PersonName = {
    ...parts,
    ...part('prefix', prefix),
    ...part('suffix', suffix),
    ...part('nickname', nickname),
    ...(certain ? {} : { full: original }),
  };
  return { name, certain, ...(remark ? { remark } : {}) };
}

interface Assigned {
  readonly parts: PersonName;
  readonly certain: boolean;
}

function splitInitials(text: string): { readonly given: string; readonly patronymic?: string } {
  const letters = text.match(/\p{Lu}\.?/gu) ?? [];
  // “J. R. R. Tolkien” has no patronymic.
  if (letters.length > 2) return { given: letters.map((letter) => `${letter.replace('.', '')}.`).join(' ') };
  const point = (letter: string | undefined): string | undefined =>
    letter ? `${letter.replace('.', '')}.` : undefined;
  const patronymic = point(letters[1]);
  return { given: point(letters[0]) ?? text, ...(patronymic ? { patronymic } : {}) };
}

function assign(words: readonly string[], order: NameOrder | undefined, fixed: boolean): Assigned {
  const cyrillic = /\p{Script=Cyrillic}/u.test(words.join(''));
  const fallback: NameOrder = cyrillic ? 'family-first' : 'given-first';
  const [a = '', b = '', c = ''] = words;
  if (words.length === 0) return { parts: {}, certain: false };
  if (words.length === 1) {
    if (isGiven(a)) return { parts: { given: a }, certain: true };
    if (isPatronymic(a) && cyrillic && !isSurnameLike(a)) return { parts: { patronymic: a }, certain: false };
    return { parts: cyrillic && isSurnameLike(a) ? { family: a } : { given: a }, certain: false };
  }
  const initialsAt = words.findIndex(isInitials);
  if (initialsAt >= 0 && words.length === 2) {
    const family = words[1 - initialsAt] as string;
    const initials = words[initialsAt] as string;
    // “J. Smith”, «Иванов И.»
    return isGiven(family) && !isSurnameLike(family) && initialsAt === 1 && initials.length <= 2
      ? { parts: { given: family, family: initials }, certain: false }
      : { parts: { family, ...splitInitials(initials) }, certain: true };
  }
  if (words.length === 3 && initialsAt === 1 && !cyrillic)
    return { parts: { given: `${a} ${b}`, family: c }, certain: true };
  if (words.length === 3 && initialsAt >= 0 && words.filter(isInitials).length === 2) {
    const family = words.find((word) => !isInitials(word)) as string;
    return { parts: { family, ...splitInitials(words.filter(isInitials).join('')) }, certain: true };
  }
  if (words.length >= 4 && PATRONYMIC_WORD.test(words.at(-1) as string)) {
    return { parts: { family: a, given: b, patronymic: words.slice(2).join(' ') }, certain: true };
  }
  if (words.length === 2) return assignTwo(a, b, order, fixed, fallback);
  if (words.length === 3) {
    if (isPatronymic(c) && !(isPatronymic(b) && isGiven(a)))
      return { parts: { family: a, given: b, patronymic: c }, certain: true };
    if (isPatronymic(b)) return { parts: { given: a, patronymic: b, family: c }, certain: true };
    // «Петрович Иван Кузнецов»: whatever the order, a patronymic beside a given name is one.
    if (isPatronymic(a) && isGiven(b) && !isGiven(c) && !known.has(lowered(a)))
      return { parts: { family: c, given: b, patronymic: a }, certain: true };
    if (isPatronymic(a) && isGiven(c) && !isGiven(b) && !known.has(lowered(a)))
      return { parts: { family: b, given: c, patronymic: a }, certain: true };
    if (fixed)
      return {
        parts: cyrillic ? { family: a, given: b, patronymic: c } : { family: a, given: `${b} ${c}` },
        certain: true,
      };
  }
  return assignMany(words, order ?? fallback, cyrillic);
}

function assignTwo(a: string, b: string, order: NameOrder | undefined, fixed: boolean, fallback: NameOrder): Assigned {
  if (fixed) return { parts: { family: a, given: b }, certain: true };
  if (isPatronymic(b) && isGiven(a) && !known.has(lowered(b)))
    return { parts: { given: a, patronymic: b }, certain: true };
  const givenA = isGiven(a);
  const givenB = isGiven(b);
  if (givenA && !givenB) return { parts: { given: a, family: b }, certain: true };
  if (givenB && !givenA) return { parts: { family: a, given: b }, certain: true };
  if (order)
    return { parts: order === 'family-first' ? { family: a, given: b } : { given: a, family: b }, certain: true };
  const surnameA = isSurnameLike(a);
  const surnameB = isSurnameLike(b);
  if (surnameA !== surnameB)
    return { parts: surnameA ? { family: a, given: b } : { given: a, family: b }, certain: true };
  const familyFirst = fallback === 'family-first';
  return { parts: familyFirst ? { family: a, given: b } : { given: a, family: b }, certain: !familyFirst };
}

function assignMany(words: readonly string[], order: NameOrder, cyrillic: boolean): Assigned {
  // «де Бур Ян»: a particle begins the family name.
  if (words.length >= 3 && PARTICLE.test(words[0] as string))
    return assignMany([`${words[0]} ${words[1]}`, ...words.slice(2)], 'family-first', true);
  const particle = words.findIndex((word, i) => i > 0 && PARTICLE.test(word));
  if (!cyrillic && order === 'given-first') {
    const from = particle > 0 ? particle : words.length - 1;
    const middle = words.slice(1, from).join(' ');
    // A middle name is part of the given name; only patronymics are kept apart.
    return {
      parts: { given: middle ? `${words[0]} ${middle}` : (words[0] as string), family: words.slice(from).join(' ') },
      certain: words.length === 3 || particle > 0,
    };
  }
  if (order === 'given-first')
    return { parts: { given: words[0] as string, family: words.slice(1).join(' ') }, certain: false };
  // «Ян де Бур»; «Гумбольдт фон Александр» only where the last word is a given name and the first is none.
  if (particle === 1 && !(isGiven(words.at(-1) as string) && !isGiven(words[0] as string)))
    return {
      parts: { given: words[0] as string, family: words.slice(1).join(' ') },
      certain: isGiven(words[0] as string),
    };
  if (particle === 1)
    return { parts: { family: words.slice(0, -1).join(' '), given: words.at(-1) as string }, certain: false };
  return {
    parts: { family: words[0] as string, given: words[1] as string, ...part('patronymic', words.slice(2).join(' ')) },
    certain: words.length <= 2,
  };
}

/** Titles and degrees after a name: Jr., PhD, PMP®; several parted by commas. */
export const isNameSuffix = (text: string): boolean => text.split(',').every((piece) => isSuffix(piece.trim()));
/** A title before a name: Dr., г-н, проф. */
export const isNamePrefix = (word: string): boolean => PREFIX.test(word) && !isInitials(word);

/**
 * The people that one cell names, when it names several: each on a line, or parted by a comma, a slash, «и», “and”.
 * A comma inside one name («Smith, John») parts nobody. Null for one name.
 */
export function severalPeople(source: string): readonly string[] | null {
  const pieces = source
    .split(/\s*[\n;]\s*|\s*[/|&+]\s*|\s+(?:и|and|und)\s+/iu)
    .flatMap((piece) => {
      const parts = piece.split(/\s*,\s*/).filter(Boolean);
      return parts.length > 1 && parts.every(looksLikePerson) ? parts : [piece];
    })
    .map((piece) => piece.trim())
    .filter(Boolean);
  return pieces.length > 1 && pieces.every(looksLikePerson) ? pieces : null;
}

/** True for a cell that holds a person's name rather than a company's: two to four words, a patronymic, initials or a known given name. */
export function looksLikePerson(source: string): boolean {
  const text = oneLine(source)
    .replace(NUMBERING, '')
    .replace(/\(.*?\)/g, '')
    .trim();
  if (/["«»“”\d@]/.test(text)) return false;
  const words = text
    .replace(/,/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && !PREFIX.test(word));
  if (words.length < 2 || words.length > 4) return false;
  if (words.some((word) => isPatronymic(word) || PATRONYMIC_WORD.test(word))) return true;
  if (words.length <= 3 && words.some((word) => /^(?:\p{Lu}\.){1,2}$/u.test(word))) return true;
  return words.some(isGiven) && words.every((word) => /^\p{L}[\p{L}'’.-]*$/u.test(word));
}
