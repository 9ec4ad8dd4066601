/** Values of fields as people read them: money, days, contract wording, elements of sets. Pure; for any language. */
import type { TFunction } from 'i18next';
import type { Json } from '../change/types.ts';
import { createExplainer } from '../contract-dates/explain.ts';
import { PERIOD_UNITS, type Period } from '../contract-dates/period.ts';
import { formatPartialDate, formatPlainDate } from '../dates/format-date.ts';
import { isPlainDate } from '../dates/plain-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import type { Money, PersonName } from '../model/records.ts';
import { fieldName } from '../model/schema.ts';
import { formatMoney } from '../money/money.ts';
import { displayName } from '../text/names.ts';

/** `exists` tells whether the catalogue has a key; `nameOf` gives the title of a record, undefined when it is unknown. */
export interface WordsContext {
  readonly language: Language;
  readonly t: TFunction;
  readonly exists: (key: string) => boolean;
  readonly nameOf?: (record: string) => string | undefined;
}
export interface Words {
  /** The word for a field; a field of a newer app is called by its own name. */
  readonly field: (field: string) => string;
  /** A value in words, `—` for none. Texts longer than `longest` (400) are cut. */
  readonly value: (field: string, value: Json) => string;
}

/** Fields whose text is the id of a record. */
const REFERENCES: ReadonlySet<string> = new Set(['organisation', 'person', 'meeting', 'contract']);
/** Members that say what an element is; they need no word of their own. */
const TITLES = ['title', 'value', 'text', 'formatted', 'name', 'kind', 'state', 'person', 'organisation', 'number'];
/** Members that mean nothing to a reader. */
const SILENT: ReadonlySet<string> = new Set(['order', 'e164', 'id', 'hash', 'bytes']);
const LONGEST = 400;

type Members = { readonly [key: string]: Json };
const isObject = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoney = (value: Members): boolean =>
  Number.isSafeInteger(value['minor']) && typeof value['currency'] === 'string';
const isPeriod = (value: Members): boolean => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => (PERIOD_UNITS as readonly string[]).includes(key));
};

export function createWords({ language, t, exists, nameOf }: WordsContext): Words {
  const explainer = createExplainer(language, t);
  const memberWord = (name: string): string => {
    for (const key of [`values.members.${name}`, `profile.fields.${name}`]) if (exists(key)) return t(key);
    return name;
  };
  const field = (path: string): string => {
    const name = fieldName(path);
    if (name === '$new') return t('profile.created');
    if (name === '$deleted') return t('profile.deletedField');
    const key = `profile.fields.${name}`;
    return exists(key) ? t(key) : name;
  };
  /** One of a closed list of values: «Для клиента», «действует». */
  const listed = (name: string, value: string): string | undefined => {
    const key = `values.${name}.${value}`;
    return /^[A-Za-z-]+$/.test(value) && exists(key) ? t(key) : undefined;
  };
  const text = (name: string, value: string): string => {
    if (REFERENCES.has(name)) return nameOf?.(value) ?? t('values.unknownRecord');
    const word = listed(name, value);
    if (word !== undefined) return word;
    const [day = '', time = ''] = value.split('T');
    if (time === '' && isPlainDate(day)) return formatPlainDate(day, language, 'short');
    if (/^\d{2}:\d{2}$/.test(time) && isPlainDate(day))
      return t('common.dayAndTime', { day: formatPlainDate(day, language, 'short'), time });
    if (name === 'birthday' || /^\d{4}-\d{2}$/.test(value)) return formatPartialDate(value, language);
    if (value.startsWith('data:')) return t('values.picture');
    return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  };
  const object = (name: string, value: Members): string => {
    if (isMoney(value)) return formatMoney(value as unknown as Money, language);
    if (isPeriod(value)) return explainer.period(value as Period);
    if (name === 'name' || name === 'otherNames') return displayName(value as unknown as PersonName) || '—';
    if (name === 'owner') return inWords('name', value['name'] ?? null, value['person'] ?? null);
    const said = new Set<string>();
    const parts: string[] = [];
    for (const key of TITLES) {
      const member = value[key];
      if (typeof member !== 'string' || member === '') continue;
      said.add(key);
      parts.push(key === 'number' ? t('values.number', { number: member }) : text(key, member));
    }
    for (const [key, member] of Object.entries(value)) {
      if (said.has(key) || SILENT.has(key) || member === null || member === '' || member === false) continue;
      if (key === 'visibility' || key === 'side') parts.push(any(key, member));
      else if (key === 'label')
        parts.push(exists(`profile.labels.${String(member)}`) ? t(`profile.labels.${String(member)}`) : String(member));
      else if (member === true) parts.push(memberWord(key));
      else parts.push(t('values.member', { name: memberWord(key), value: any(key, member) }));
    }
    return parts.join(' · ') || '—';
  };
  const inWords = (name: string, free: Json, record: Json): string => {
    if (typeof record === 'string' && record !== '') return nameOf?.(record) ?? t('values.unknownRecord');
    return typeof free === 'string' && free !== '' ? text(name, free) : '—';
  };
  const any = (name: string, value: Json): string => {
    if (value === null || value === '') return '—';
    if (value === true) return t('profile.yes');
    if (value === false) return t('profile.no');
    if (typeof value === 'number') return value.toLocaleString(language);
    if (typeof value === 'string') return text(name, value);
    if (isObject(value)) return object(name, value);
    return (value as readonly Json[]).map((item) => any(name, item)).join(', ') || '—';
  };
  return {
    field,
    value: (path, value) => {
      const name = fieldName(path);
      if (name === 'body' && value !== null) return t('profile.noteText');
      if (name === '$deleted') return value === true ? t('values.inBin') : t('values.kept');
      // An element that is only its key: a tag, a kind, a language.
      if (path.length > name.length) {
        const key = path.slice(name.length + 1);
        if (value === null) return t('values.removed');
        if (value === true)
          return (
            listed(name, key) ??
            (exists(`organisations.kinds.${key}`) && name === 'kinds' ? t(`organisations.kinds.${key}`) : key)
          );
        if (name === 'days' || name === 'clauses' || name === 'legalIds' || name === 'externalIds')
          return t('values.member', { name: name === 'clauses' ? field(key) : text('', key), value: any(name, value) });
      }
      if (name === 'amount' && typeof value === 'number') return String(value);
      return any(name, value);
    },
  };
}
