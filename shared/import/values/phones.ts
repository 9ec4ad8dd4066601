/**
 * Telephone numbers as people type them: several in a cell, extensions, labels, Excel's damage. Numbers are brought to
 * E.164 by fast paths for plain Russian and North American numbers (proved equal to libphonenumber by a property test)
 * and by libphonenumber for the rest. Digits are never invented.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { oneLine } from '../table.ts';

export interface ParsedPhone {
  /** For people: international form with spaces when the number is understood, else as it was written. */
  readonly value: string;
  readonly e164?: string;
  readonly extension?: string;
  /** Label written beside the number: a known one (mobile, work, home, fax) or the remark itself. */
  readonly label?: string;
}
export interface ParsedPhones {
  readonly phones: readonly ParsedPhone[];
  /** `damaged`: digits were lost (7.9161E+10); `repaired`: letters stood for digits; `notRead`: text without a number. */
  readonly problems: readonly ('damaged' | 'repaired' | 'notRead')[];
}

const EXPONENT = /^[+-]?\d+(?:[.,]\d+)?[eеEЕ]\+?\d{1,2}$/;
const EXTENSION =
  /[\s,;(]*(?:доб(?:авочный)?|добав|вн(?:утр(?:енний)?)?|ext(?:ension)?|extn|тоновый набор|x|х|#)[\s.:№]*([\d-]{1,8})\)?\s*$/iu;
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})(?:моб|сот|mob|cell|мтс|билайн|мегафон|tele2|теле2)(?:\p{L}*)\.?/iu, 'mobile'],
  [/(?<!\p{L})(?:факс|fax|телефакс)\p{L}*\.?/iu, 'fax'],
  [/(?<!\p{L})(?:раб|work|office|офис|служ|гор)\p{L}*\.?/iu, 'work'],
  [/(?<!\p{L})(?:дом|home)\p{L}*\.?/iu, 'home'],
];
const NOISE =
  /(?<!\p{L})(?:тел|телефон|т|phone|tel|номер|whatsapp|viber|telegram|тг|ватсап|контактный|п|р|c|с|м|ф|ф-с)(?!\p{L})\.?:?/giu;
/** «с 9 до 18», “after 18:00”: hours beside a number are none of its digits. */
const HOURS =
  /(?<!\p{L})(?:с|до|по|после|from|till|until|after|before)\s+\d{1,2}(?:[:.]\d{2})?(?!\d)(?:\s*(?:до|по|[-–]|to|till)\s*\d{1,2}(?:[:.]\d{2})?(?!\d))?(?:\s*(?:час\p{L}*|ч)(?!\p{L})\.?)?/iu;
/** Countries that use +7 keep their own rules; everything else with 11 digits from 8 is Russian custom. */
const EIGHT = new Set(['RU', 'KZ']);

const russian = (national: string): string =>
  `+7 ${national.slice(0, 3)} ${national.slice(3, 6)}-${national.slice(6, 8)}-${national.slice(8)}`;

function understood(e164: string, value: string): { readonly value: string; readonly e164: string } {
  return { value, e164 };
}

const slow = new Map<string, { readonly value: string; readonly e164: string } | null>();
function byLibrary(text: string, country: string): { readonly value: string; readonly e164: string } | null {
  const key = `${country}${text}`;
  const cached = slow.get(key);
  if (cached !== undefined) return cached;
  const parsed = parsePhoneNumberFromString(text, (country || undefined) as CountryCode | undefined);
  const found =
    parsed?.isPossible() && parsed.isValid() ? understood(parsed.number, parsed.formatInternational()) : null;
  if (slow.size > 20_000) slow.clear();
  slow.set(key, found);
  return found;
}

/** E.164 and display form of one number without extension, or null when it cannot be understood. `digits` keeps a leading +. */
export function understandPhone(
  digits: string,
  country = 'RU',
): { readonly value: string; readonly e164: string } | null {
  const plus = digits.startsWith('+');
  const d = plus ? digits.slice(1) : digits;
  if (plus) {
    if (d.length === 11 && d[0] === '7' && /^[34789]/.test(d.slice(1))) return understood(`+${d}`, russian(d.slice(1)));
    // «+8 916 …» is a Russian number written by habit; no country has the code 8 alone.
    if (d.length === 11 && d.startsWith('89') && EIGHT.has(country))
      return understood(`+7${d.slice(1)}`, russian(d.slice(1)));
    return byLibrary(`+${d}`, country);
  }
  if (EIGHT.has(country)) {
    if (d.length === 11 && (d[0] === '8' || d[0] === '7') && /^[3489]/.test(d.slice(1)))
      return understood(`+7${d.slice(1)}`, russian(d.slice(1)));
    if (d.length === 11 && d[0] === '7') return byLibrary(`+${d}`, country);
    // «8 701 …», «8 (727) …»: Kazakhstan has the same code and the same eight.
    if (d.length === 11 && d.startsWith('87')) return byLibrary(`+7${d.slice(1)}`, country);
    if (d.length === 10 && /^[3489]/.test(d)) {
      // No area begins with 89: this is «8 9…» that lost its last digit.
      if (d.startsWith('89')) return null;
      // 810 is the way out of the country, and an area only where no country follows.
      return d.startsWith('810') ? byLibrary(d, country) : understood(`+7${d}`, russian(d));
    }
    if (d.startsWith('810') && d.length > 12) return byLibrary(`+${d.slice(3)}`, country);
  }
  if (d.startsWith('00') && d.length > 10) return byLibrary(`+${d.slice(2)}`, country);
  const local = country !== '' && d.length >= 7 && d.length <= 12 && !EIGHT.has(country) ? byLibrary(d, country) : null;
  if (local) return local;
  // Excel ate the plus: eleven digits or more that are a valid number of some country.
  if (d.length >= 11 && d.length <= 15 && !d.startsWith('0')) return byLibrary(`+${d}`, country);
  return null;
}

/** Splits «8 916 123-45-67 8 903 765-43-21»: long runs of digits without a separator. */
function splitRun(text: string): readonly string[] {
  if (text.replace(/\D/g, '').length < 20) return [text];
  const parts: string[] = [];
  let current = '';
  for (const token of text.split(/\s+/)) {
    const had = current.replace(/\D/g, '').length;
    if (had >= 10 && /^(?:\+|8|7|\(|9)/.test(token)) {
      parts.push(current);
      current = token;
    } else current = current === '' ? token : `${current} ${token}`;
  }
  if (current !== '') parts.push(current);
  return parts;
}

function splitNumbers(text: string): readonly string[] {
  const joined = text
    .replace(/[,;]\s*(?=\(?\s*(?:доб|вн|ext|тон))/giu, ' ')
    // «(Мария, жена)»: words in brackets belong together.
    .replace(/\([^()\d]*\)/g, (words) => words.replace(/\s*[,;/]\s*/g, ' '));
  const pieces: string[] = [];
  for (const piece of joined.split(/\s*(?::::|[,;\n|]|\s\/\s|\/(?=\s*[+78(])|\s(?:и|или|or|and)\s)\s*/u)) {
    if (piece.trim() === '') continue;
    const slash = piece.split('/');
    if (slash.length === 2) {
      const [left = '', right = ''] = slash;
      const leftDigits = left.replace(/\D/g, '').length;
      const rightDigits = right.replace(/\D/g, '').length;
      if (leftDigits >= 6 && rightDigits >= 5) {
        pieces.push(left, right);
        continue;
      }
      // «123-45-67/68»: the second number differs in its last digits.
      if (leftDigits >= 6 && rightDigits >= 1 && rightDigits <= 3 && /^\s*\d+\s*$/.test(right)) {
        const digits = left.trimEnd();
        pieces.push(left, digits.slice(0, digits.length - rightDigits) + right.trim());
        continue;
      }
    }
    pieces.push(...splitRun(piece));
  }
  return pieces;
}

/** Letters that stand for digits between digits: Cyrillic and Latin O for 0, I and l for 1, Cyrillic З for 3, б for 6. */
function repairLetters(text: string): string {
  return text
    .replace(/(?<=[\d\s()+-])[OoОо](?=[\d\s()-]|$)/gu, '0')
    .replace(/(?<=[\d(+-])[Зз](?=[\d)-]|$)/gu, '3')
    .replace(/(?<=[\d(+-])[IlІі|](?=[\d)-])/gu, '1')
    .replace(/(?<=\d-?)б(?=\d|-\d)/gu, '6');
}

const SIMPLE = /^[+\d\s().-]*$/;
const PLAIN_RUSSIAN =
  /^(?:(?:\+7|8|7)[\s(-]*(?!810)|[\s(-]*(?!810|89))([3489]\d\d)[\s)-]*(\d{3})[\s-]*(\d{2})[\s-]*(\d{2})$/;

/** Reads every number of a cell. `country` is the ISO code of the country whose local numbers are expected. */
export function parsePhones(source: string, country = 'RU'): ParsedPhones {
  if (country === 'RU') {
    const plain = PLAIN_RUSSIAN.exec(source);
    if (plain) {
      const national = (plain[1] as string) + (plain[2] as string) + (plain[3] as string) + (plain[4] as string);
      return { phones: [{ value: russian(national), e164: `+7${national}` }], problems: [] };
    }
  }
  const problems: ('damaged' | 'repaired' | 'notRead')[] = [];
  const phones: ParsedPhone[] = [];
  const whole = source.trim();
  if (EXPONENT.test(whole)) return { phones: [{ value: whole }], problems: ['damaged'] };
  const text = source.replace(/[\u2010-\u2015\u2212]/g, '-');
  for (const raw of splitNumbers(text)) {
    const piece = oneLine(raw)
      .replace(/^(?:tel|callto):/i, '')
      .replace(/^'/, '');
    if (piece === '') continue;
    if (EXPONENT.test(piece)) {
      problems.push('damaged');
      phones.push({ value: piece });
      continue;
    }
    const repaired = SIMPLE.test(piece) ? piece : repairLetters(piece);
    if (repaired !== piece) problems.push('repaired');
    const one = parseOne(repaired, country);
    if (one) phones.push(one);
    else problems.push('notRead');
  }
  return { phones, problems };
}

function parseOne(text: string, country: string): ParsedPhone | null {
  let rest = text;
  let extension: string | undefined;
  let label: string | undefined;
  if (!SIMPLE.test(rest)) {
    const hours = HOURS.exec(rest);
    if (hours) {
      label = hours[0];
      rest = rest.replace(hours[0], ' ');
    }
    const ext = EXTENSION.exec(rest);
    if (ext) {
      extension = (ext[1] as string).replace(/-/g, '');
      rest = rest.slice(0, ext.index);
    }
    // A letter within the digits, or «916 xxx-12-34», stands for digits that nobody knows.
    if (/\d-?\p{L}-?\d|[\d\s(+-][xх*]{2,}(?=[\s\d)-]|$)/iu.test(rest)) return null;
    for (const [pattern, name] of LABELS) {
      if (!pattern.test(rest)) continue;
      label = name;
      rest = rest.replace(pattern, ' ');
      break;
    }
    rest = rest.replace(NOISE, ' ');
    const remark = rest.replace(/[+\d()\s.,:;\-/"'«»*[\]{}<>]+/g, ' ').trim();
    if (remark !== '' && !label) label = remark;
    // Digits beyond words are none of the number's: «495 123-45-67 спросить 12».
    const apart = /^([+\d\s().-]*?\d[\d\s().-]*?)[\s().-]*[^+\d\s().-]/.exec(rest.replace(/^[^+\d(]+/, ''));
    if (apart && (apart[1] as string).replace(/\D/g, '').length >= 5) {
      const beyond = rest.slice(rest.indexOf(apart[1] as string) + (apart[1] as string).length);
      if (/\d/.test(beyond)) label = beyond.replace(/^[\s().,;-]+/, '').trim();
      rest = apart[1] as string;
    }
    rest = rest.replace(/[^\d+()\s.-]/g, ' ');
  }
  // A second, short group in brackets at the end is an extension: «123-45-67 (12)».
  const tail = /^(.*\d.*?)\s*\((\d{1,4})\)\s*$/.exec(rest);
  if (tail && !extension && (tail[1] as string).replace(/\D/g, '').length >= 6) {
    extension = tail[2] as string;
    rest = tail[1] as string;
  }
  const digits = rest.replace(/\D/g, '');
  if (digits.length < 5 || digits.length > 17) return null;
  const plus = /^\s*\(?\+/.test(rest);
  const known = understandPhone(plus ? `+${digits}` : digits, country);
  return {
    value: known?.value ?? rest.trim().replace(/\s+/g, ' '),
    ...(known ? { e164: known.e164 } : {}),
    ...(extension ? { extension } : {}),
    ...(label ? { label } : {}),
  };
}

/** True for numbers that belong to one person as a rule: Russian and Kazakh mobile codes; unknown countries count as personal. */
export function isMobile(e164: string): boolean {
  if (e164.startsWith('+7')) return /^\+7(?:9|70|747|77)/.test(e164);
  return e164.startsWith('+');
}
