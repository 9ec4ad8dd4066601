/** Russian in Latin letters, by the schemes that are met in passports, address books and e-mail addresses. */

/** `icao`: passports since 2014 (ICAO Doc 9303); `gost`: ГОСТ 7.79-2000 system B without its apostrophes; `common`: as people write. */
export type TranslitScheme = 'icao' | 'gost' | 'common';
export const TRANSLIT_SCHEMES = ['icao', 'gost', 'common'] as const satisfies readonly TranslitScheme[];

const BASE: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  ё: 'e',
  і: 'i',
  ї: 'i',
  є: 'ie',
  ґ: 'g',
  ў: 'u',
};
const SCHEMES: Readonly<Record<TranslitScheme, Readonly<Record<string, string>>>> = {
  icao: BASE,
  gost: { ...BASE, ё: 'yo', й: 'j', х: 'x', ц: 'cz', щ: 'shh', ъ: '', ю: 'yu', я: 'ya' },
  common: { ...BASE, й: 'y', ъ: '', ю: 'yu', я: 'ya', х: 'h', щ: 'sch' },
};

/** Cyrillic letters in Latin ones; everything else stays. Capitals stay capitals (Щукин → Shchukin, ЩУКИН → SHCHUKIN). */
export function transliterate(text: string, scheme: TranslitScheme = 'icao'): string {
  const map = SCHEMES[scheme];
  let out = '';
  const letters = Array.from(text.normalize('NFC'));
  for (let i = 0; i < letters.length; i += 1) {
    const letter = letters[i] as string;
    const lower = letter.toLowerCase();
    const latin = Object.hasOwn(map, lower) ? map[lower] : undefined;
    if (latin === undefined) out += letter;
    else if (letter === lower) out += latin;
    else {
      const near = letters[i + 1] ?? letters[i - 1] ?? '';
      const shouting = near !== near.toLowerCase();
      out += shouting ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
    }
  }
  return out;
}

/** Applied in order; digits stand for sounds that Latin writes with several letters. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/w/g, 'v'],
  [/shch|shh|sch/g, '1'],
  [/kh/g, 'h'],
  [/cz|ts|tz/g, '2'],
  [/zh/g, '3'],
  [/ch/g, '4'],
  [/sh/g, '5'],
  [/ph/g, 'f'],
  [/x/g, 'ks'],
  [/[cq]/g, 'k'],
  [/[yij]o/g, 'e'],
  [/[yij]e/g, 'e'],
  [/[yij]u/g, 'u'],
  [/[yij]a/g, 'a'],
  [/[yij]+/g, 'i'],
  [/['’`ʹʺ]/g, ''],
];

/**
 * One key for a name however it was put into Latin letters: Юрий, Yuri, Yuriy, Iurii and Jurij share theirs. Coarse on
 * purpose; it finds candidates and proves nothing.
 */
export function translitKey(text: string): string {
  let key = transliterate(text.toLowerCase(), 'common')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  for (const [pattern, replacement] of FOLDS) key = key.replace(pattern, replacement);
  return key.replace(/([a-z])\1+/g, '$1');
}
