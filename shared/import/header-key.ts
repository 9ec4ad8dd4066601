/** Bringing headers to one form: spaces, invisible signs, case, ё, punctuation, Latin look-alikes inside Russian words. */
import { cleanText } from './table.ts';

const TO_CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  k: 'к',
  m: 'м',
  t: 'т',
  h: 'н',
  b: 'в',
  i: 'і',
};
const TO_LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  і: 'i',
};

/** A lower-case word with letters of both scripts in the script of most of its letters, when look-alikes allow. */
export function unmixWord(word: string): string {
  const cyrillic = word.match(/[а-яіїєґ]/g)?.length ?? 0;
  const latin = word.match(/[a-z]/g)?.length ?? 0;
  if (cyrillic === 0 || latin === 0) return word;
  const map = cyrillic >= latin ? TO_CYRILLIC : TO_LATIN;
  const foreign = cyrillic >= latin ? /[a-z]/ : /[а-яіїєґ]/;
  let out = '';
  for (const letter of word) {
    if (!foreign.test(letter)) out += letter;
    else if (Object.hasOwn(map, letter)) out += map[letter] as string;
    else return word;
  }
  return out;
}

/** Latin letters without their marks, in small letters: «Prénom» and “Prenom”, «Adı» and “Adi” are one. й and ё keep theirs. */
const PLAIN: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd' };
function withoutMarks(text: string): string {
  if (!/[\u00c0-\u024f]|\u0307/.test(text)) return text;
  return text
    .normalize('NFD')
    .replace(/([a-z])[\u0300-\u036f]+/g, '$1')
    .normalize('NFC')
    .replace(/[ıłøßæœđ]/g, (letter) => PLAIN[letter] as string);
}

const EMAIL =
  /\b(?:e|е)[\s\-_‐-―.]*(?:mail|маил|мейл|майл)|электронн\p{L}*\s+(?:почт\p{L}*|ящик\p{L}*)|эл(?:ектр)?\.?\s*почт\p{L}*/gu;

/** Words of a header: lower case, ё as е, camelCase split, «e-mail» in all its spellings as `email`, digits apart. */
export function headerTokens(header: string): readonly string[] {
  return withoutMarks(
    cleanText(header)
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase(),
  )
    .replaceAll('ё', 'е')
    .replace(EMAIL, ' email ')
    .replace(/[№#]/g, ' номер ')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
    .map(unmixWord);
}

/** The header without anything but letters and digits: equal for «Улица 2 (раб. адрес)» and «улица  2 раб адрес:». */
export function headerKey(header: string): string {
  // A lonely № counts the rows.
  if (/^[№#\s.]+$/.test(header)) return 'номерпп';
  const clean = withoutMarks(cleanText(header).toLowerCase()).replaceAll('ё', 'е').replace(/[№#]/g, 'номер');
  return clean
    .split(/[^\p{L}\d]+/u)
    .map(unmixWord)
    .join('');
}

const UNITS =
  /[([,/]\s*(?:в\s+)?(?:тыс|млн|руб|рублей|р|коп|шт|usd|eur|rub|rur|cny|kzt|₽|\$|€|%|лет|дней|мес|чел|дд\.?мм\.?гг(?:гг)?|dd\W?mm\W?yyyy|mm\W?dd\W?yyyy|yyyy\W?mm\W?dd|gmt[+-]?\d*|utc[+-]?\d*|est|edt|pst|pdt|cet|msk|мск|primary|основн\p{L}*|обязательно|required|optional|необязательно)[\s.,]*(?:руб|р|rub)?\.?\s*[)\]]?\s*$/iu;
/** The header without a unit or remark at its end («Сумма (тыс. руб.)», «Дата, дд.мм.гггг») and without asterisks. */
export function withoutUnits(header: string): string {
  return header.replace(/\*/g, '').replace(UNITS, '').trim();
}
