/** Small vocabularies: yes and no, gender, labels, tags, links. */
import { cleanText, oneLine } from '../table.ts';

const YES = new Set(['да', 'yes', 'y', '1', '+', 'true', 'истина', 'v', 'x', 'х', 'есть', 'ja', 'oui', 'on', '✓', '✔']);
const NO = new Set(['нет', 'no', 'n', '0', '-', 'false', 'ложь', 'off', 'nein', 'non', 'отсутствует']);
/** Yes, no, or undefined when the text is neither. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = oneLine(text).toLowerCase();
  return YES.has(lower) ? true : NO.has(lower) ? false : undefined;
}

/** `male`, `female`, '' for Outlook's «Unspecified», or the text itself. */
export function parseGender(text: string): string {
  const lower = oneLine(text).toLowerCase();
  if (/^(?:м|муж|мужской|мужчина|m|male|man)\.?$/u.test(lower)) return 'male';
  if (/^(?:ж|жен|женский|женщина|f|female|woman)\.?$/u.test(lower)) return 'female';
  if (/^(?:unspecified|не указано|не указан|не определен|не определено|-)?$/u.test(lower)) return '';
  return oneLine(text);
}

const SYSTEM =
  /^(?:mycontacts|my contacts|starred|friends|family|coworkers|contactgroups\/.*|все контакты|imported on .*|restored from .*|импортированные.*)$/i;
/** `["A","B"]` of other systems as a plain list. */
function fromJson(text: string): string {
  if (!text.startsWith('["')) return text;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string').join('\n') : text;
  } catch {
    return text;
  }
}

/** Tags of a cell; Google's star and its own groups are dropped. `listed`: each stands on a line of its own. */
export function parseTags(text: string, listed = false): readonly string[] {
  const out: string[] = [];
  const clean = cleanText(text);
  for (const raw of listed ? clean.split('\n') : fromJson(clean).split(/\s*:::\s*|[;,\n|]/)) {
    const starred = /^\*\s*/.test(raw.trim());
    const tag = oneLine(raw.replace(/^\s*\*\s*/, '').replace(/^\s*"(.*)"\s*$/, '$1')).slice(0, 100);
    if (tag === '' || (starred && SYSTEM.test(tag)) || SYSTEM.test(tag)) continue;
    if (!out.includes(tag)) out.push(tag);
  }
  return out;
}

const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^(?:mobile|cell|мобильн|моб|сотов)/iu, 'mobile'],
  [/^(?:work ?fax|рабочий факс|факс|fax)/iu, 'fax'],
  [/^(?:home ?fax|домашний факс)/iu, 'faxHome'],
  [/^(?:work|business|office|рабоч|служеб)/iu, 'work'],
  [/^(?:home|personal|private|домашн|личн)/iu, 'home'],
  [/^(?:main|основн)/iu, 'main'],
  [/^(?:pager|пейджер)/iu, 'pager'],
  [/^(?:other|друг|custom|прочее)/iu, 'other'],
];
/** A label of Google and others (“* Home”, «Мобильный») as ours; free text when it is none of them; '' when empty. */
export function parseLabel(text: string): { readonly label: string; readonly primary: boolean } {
  const primary = /^\s*\*/.test(text);
  const clean = oneLine(text.replace(/^\s*\*\s*/, ''));
  return { label: LABELS.find(([pattern]) => pattern.test(clean))?.[1] ?? clean, primary };
}

/** Values of one cell that holds several: ` ::: `, newlines, semicolons. */
export function splitValues(text: string): readonly string[] {
  return cleanText(text)
    .split(/\s*:::\s*|\n|;\s*/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/linkedin\.com/i, 'linkedin'],
  [/(?:^|\/\/)(?:t\.me|telegram\.me)\//i, 'telegram'],
  [/(?:vk\.com|vkontakte\.ru)/i, 'vk'],
  [/facebook\.com|fb\.com/i, 'facebook'],
  [/instagram\.com/i, 'instagram'],
  [/wa\.me|whatsapp\.com/i, 'whatsapp'],
  [/(?:twitter|x)\.com\//i, 'x'],
  [/^skype:/i, 'skype'],
];
/** A page or messenger address: kind by what is written, else by the column. Dangerous schemes come back as plain text of kind `other`. */
export function parseLink(text: string, kind: string): { readonly kind: string; readonly value: string } {
  const value = oneLine(text).replace(/[,;]$/, '');
  if (/^(?:javascript|data|vbscript|file):/i.test(value)) return { kind: 'other', value };
  const found = KINDS.find(([pattern]) => pattern.test(value))?.[1];
  return { kind: found ?? kind, value };
}

/** For comparing addresses of pages: no scheme, no www, no final slash, lower case. */
export function linkKey(value: string): string {
  return value
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^(?:www|ru|m)\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/^@/, '');
}

const LANGUAGES: Readonly<Record<string, string>> = {
  русский: 'ru',
  рус: 'ru',
  russian: 'ru',
  ru: 'ru',
  английский: 'en',
  англ: 'en',
  english: 'en',
  en: 'en',
  немецкий: 'de',
  german: 'de',
  deutsch: 'de',
  de: 'de',
  французский: 'fr',
  french: 'fr',
  fr: 'fr',
  испанский: 'es',
  spanish: 'es',
  es: 'es',
  китайский: 'zh',
  chinese: 'zh',
  zh: 'zh',
  казахский: 'kk',
  kazakh: 'kk',
  украинский: 'uk',
  ukrainian: 'uk',
  итальянский: 'it',
  italian: 'it',
  турецкий: 'tr',
  turkish: 'tr',
};
/** Languages of a cell as ISO codes where known, else as written. */
export function parseLanguages(text: string): readonly string[] {
  return oneLine(text)
    .split(/[,;/]/)
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => (Object.hasOwn(LANGUAGES, word.toLowerCase()) ? (LANGUAGES[word.toLowerCase()] as string) : word));
}
