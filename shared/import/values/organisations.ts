/** Names of companies: legal forms, quotes, case; a key under which all spellings of a name meet. */
import { transliterate } from '../../text/transliterate.ts';
import { searchKey } from '../../text/search-key.ts';
import { unmixWord } from '../header-key.ts';

/** Legal forms by family: forms of one family are the same in two languages. */
const FORMS: readonly (readonly [string, string])[] = [
  [
    'llc',
    'общество с ограниченной ответственностью|товарищество с ограниченной ответственностью|ооо|ooo|тоо|тзов|осоо|тов|таа|жшс|llc|l l c|ltd|limited|limited liability company|gmbh|sarl|srl|s r l|sp z o o|bv|b v|oy|ab|aps|as|doo|d o o|kft|sro|s r o|pte ltd|pty ltd|co ltd',
  ],
  [
    'jsc',
    'публичное акционерное общество|открытое акционерное общество|закрытое акционерное общество|непубличное акционерное общество|акционерное общество|пао|оао|зао|нао|ао|ao|3ао|3ao|прат|пат|аат|ақ|jsc|pjsc|ojsc|cjsc|oao|zao|pao|ag|sa|s a|spa|s p a|nv|n v|plc|inc|incorporated|corp|corporation|se|a s',
  ],
  ['ip', 'индивидуальный предприниматель|ип|чп|фоп|пбоюл|sole trader|ie'],
  [
    'state',
    'федеральное государственное унитарное предприятие|фгуп|гуп|муп|фгбу|фгбоу|фгбоу во|фгау|гбу|гку|мбу|мку|мбоу|гбоу|государственное учреждение|фку|кгп',
  ],
  ['npo', 'нко|ано|некоммерческое партнерство|нп|фонд|тсж|снт|сро|кооператив|пк|спк|foundation|ngo'],
];
const BY_FORM = new Map(FORMS.flatMap(([family, list]) => list.split('|').map((form) => [form, family] as const)));
const LONG = [...BY_FORM.keys()].filter((form) => form.includes(' ')).sort((a, b) => b.length - a.length);
const SHORT = new Set([...BY_FORM.keys()].filter((form) => !form.includes(' ')));
/** Longest short form of a name written in small letters must be recognised only at its ends. */
const QUOTES = /["'«»“”„‘’`]/g;

export interface OrganisationKey {
  /** Name without form, quotes, punctuation; lower case, ё as е. '' when nothing is left. */
  readonly key: string;
  /** Family of the legal form, '' without one. */
  readonly form: string;
}

const cache = new Map<string, OrganisationKey>();
/** The key under which spellings of a company meet: ООО "Ромашка", Ромашка, ООО and «РОМАШКА» give the same. */
export function organisationKey(name: string): OrganisationKey {
  const cached = cache.get(name);
  if (cached) return cached;
  let text = ` ${searchKey(name)
    .replace(QUOTES, ' ')
    .replace(/[^\p{L}\p{N}&+]+/gu, ' ')
    .trim()
    .split(' ')
    .map(unmixWord)
    .join(' ')} `;
  let form = '';
  for (const long of LONG) {
    if (text.includes(` ${long} `) && text.trim() !== long) {
      form ||= BY_FORM.get(long) ?? '';
      text = text.replace(` ${long} `, ' ');
    }
  }
  let words = text.trim().split(' ').filter(Boolean);
  while (
    words.length > 1 &&
    SHORT.has(words[0] as string) &&
    !/^(?:se|as|sa|ab|ag|ie|нп|пк|фонд|foundation|кооператив)$/.test(words[0] as string)
  ) {
    form ||= BY_FORM.get(words[0] as string) ?? '';
    words = words.slice(1);
  }
  while (words.length > 1 && SHORT.has(words.at(-1) as string)) {
    form ||= BY_FORM.get(words.at(-1) as string) ?? '';
    words = words.slice(0, -1);
  }
  const result = { key: words.join(' ').slice(0, 200), form };
  if (cache.size > 100_000) cache.clear();
  cache.set(name, result);
  return result;
}

/** The key in Latin letters by the usual spellings, without spaces: «ромашка» and “romashka” share one. */
export function latinKeys(key: string): readonly string[] {
  const squeeze = (text: string): string => text.replace(/[^a-z0-9]/g, '');
  if (!/\p{Script=Cyrillic}/u.test(key)) return [squeeze(key)];
  return [...new Set((['icao', 'common', 'gost'] as const).map((scheme) => squeeze(transliterate(key, scheme))))];
}

const LEGAL =
  /(?<![\p{L}\d])(?:[ОO]{3}|[ОO][АA][ОO]|[З3][АA][ОO]|П[АA][ОO]|[АA][ОO]|Н[АA][ОO]|ИП|ТОО|ТОВ|ФОП|ПрАТ|ПАТ|ААТ|ТАА|ЖШС|АҚ|ФГУП|ГУП|МУП|ФГБУ|ФГБОУ|ГБУ|АНО|НКО|ТСЖ|СНТ|LLC|Ltd|Inc|GmbH|Corp|JSC|PLC|S\.A|AG|Limited|LLP|B\.?V|SRL|SARL|Oy|KG|OHG|Pvt|Sp\. ?z ?o\. ?o|s\.r\.o|S\.p\.A|S\.R\.L|A\.Ş|Şti|(?<=\S+ \S+ )S\.L|общество с ограниченной|акционерное общество|индивидуальный предприниматель)(?![\p{L}\d])/u;
const COMPANY_WORD =
  /(?<!\p{L})(?:завод|комбинат|фабрик|банк|компани|групп|холдинг|торговый дом|трест|институт|университет|министерств|администраци|управлени|центр|агентств|фонд|ассоциаци|студи|магазин|school|bank|group|company|university|institute|holding|agency|studio|partners|solutions|systems|technologies|services)/iu;
/** True for a cell that names a company: a legal form, quotes, a word that only companies bear. */
export function looksLikeOrganisation(text: string): boolean {
  return LEGAL.test(text) || /[«"“„].+[»"”“]/.test(text) || COMPANY_WORD.test(text);
}
/** True when a legal form is written. */
export const hasLegalForm = (text: string): boolean => LEGAL.test(text);
