/** What kind of telephone, address or page a card says a value is: types, preferences, labels of groups; dates. */
import { parseLabel } from '../values/lists.ts';
import type { Property } from './cards.ts';

/** Types that say nothing about the kind. */
const SILENT = new Set(['voice', 'pref', 'internet', 'text', 'msg', 'video', 'sms', 'dom', 'intl', 'postal', 'parcel']);
/** Types of telephones that other labels are made of. */
const KINDS = ['pager', 'main', 'car', 'isdn', 'work', 'home', 'other'] as const;

/** Labels that programs write without marking them as their own. */
const PLAIN: Readonly<Record<string, string>> = {
  мобильный: 'mobile',
  рабочий: 'work',
  домашний: 'home',
  факс: 'fax',
  основной: 'main',
  другой: 'other',
  mobile: 'mobile',
  cell: 'mobile',
  work: 'work',
  home: 'home',
  main: 'main',
  other: 'other',
  fax: 'fax',
};

export const typesOf = ({ params }: Pick<Property, 'params'>): readonly string[] =>
  (params.get('TYPE') ?? []).map((type) => type.toLowerCase()).filter((type) => !SILENT.has(type));

/** Our label of a type list: `CELL,VOICE` → mobile, `WORK,FAX` → fax; '' when the types say nothing. */
function typeLabel(types: readonly string[]): string {
  if (types.includes('fax')) return types.includes('home') ? 'faxHome' : 'fax';
  if (types.some((type) => type === 'cell' || type === 'mobile' || type === 'iphone')) return 'mobile';
  const known = KINDS.find((kind) => types.includes(kind));
  if (known) return known;
  const own = types.find((type) => /^x-\S/.test(type) || /[^\x20-\x7f]/.test(type));
  return own ? own.replace(/^x-/, '') : '';
}

/** `_$!<Work>!$_` is a word of the program; anything else a person's own. */
function groupLabel(text: string): string {
  const own = /^_\$!<(.*)>!\$_$/.exec(text.trim());
  if (own) return parseLabel((own[1] as string).trim()).label;
  const plain = text.trim();
  const lower = plain.toLowerCase();
  return Object.hasOwn(PLAIN, lower) ? (PLAIN[lower] as string) : plain;
}

/** The label of a value: the group's (`item1.X-ABLabel`), the telephone's own, else that of its types. */
export function labelOf(property: Property, groupLabels: ReadonlyMap<string, string>): string {
  const label = property.group === '' ? undefined : groupLabels.get(property.group);
  if (label !== undefined && label.trim() !== '') return groupLabel(label);
  return property.params.get('X-CUSTOM')?.[0] ?? typeLabel(typesOf(property));
}

/** 1 is preferred most; 101 when nothing is said. */
export function preferenceOf({ params }: Pick<Property, 'params'>): number {
  const pref = Number(params.get('PREF')?.[0]);
  if (pref >= 1 && pref <= 100) return pref;
  return params.get('TYPE')?.some((type) => type.toLowerCase() === 'pref') ? 1 : 101;
}

/** A date of a card as `YYYY-MM-DD`, `--MM-DD`, `YYYY-MM`, `YYYY`; the text itself when it is none of them. Times are left out. */
export function cardDate(text: string, { params }: Pick<Property, 'params'>): string {
  const value = text.trim();
  if (params.get('VALUE')?.[0]?.toLowerCase() === 'text') return value;
  const omitted = params.get('X-APPLE-OMIT-YEAR')?.[0];
  const day = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s].*)?$/.exec(value);
  if (day) {
    const [, year = '', month = '', date = ''] = day;
    return year === '0000' || year === omitted ? `--${month}-${date}` : `${year}-${month}-${date}`;
  }
  const yearless = /^--(\d{2})-?(\d{2})(?:[T\s].*)?$/.exec(value);
  return yearless ? `--${yearless[1]}-${yearless[2]}` : value;
}
