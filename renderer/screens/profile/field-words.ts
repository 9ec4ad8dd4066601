/** Names of fields and their values as people read them, for the history and for differences. */
import type { Json } from '../../../shared/change/types.ts';
import { fieldName } from '../../../shared/model/schema.ts';
import { formatMoney } from '../../../shared/money/money.ts';
import type { Money, PersonName } from '../../../shared/model/records.ts';
import { displayName } from '../../../shared/text/names.ts';
import { currentLanguage, i18n, translate } from '../../app/i18n.ts';

/** The word for a field; a field of a newer app is called by its own name. */
export function fieldWord(field: string): string {
  const name = fieldName(field);
  if (name === '$new') return translate('profile.created');
  if (name === '$deleted') return translate('profile.deletedField');
  const key = `profile.fields.${name}`;
  return i18n.exists(key) ? i18n.t(key) : name;
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in words; long texts are cut. */
export function valueWords(field: string, value: Json): string {
  const name = fieldName(field);
  if (value === null || value === '') return '—';
  if (name === 'body') return translate('profile.noteText');
  if (value === true) return field.includes('/') ? field.slice(name.length + 1) : translate('profile.yes');
  if (value === false) return translate('profile.no');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.length > 200 ? `${value.slice(0, 200)}…` : value;
  if (isObject(value)) {
    if (typeof value['minor'] === 'number' && typeof value['currency'] === 'string') {
      return formatMoney(value as unknown as Money, currentLanguage());
    }
    if (name === 'name') return displayName(value as unknown as PersonName);
    for (const key of ['value', 'text', 'formatted', 'name']) {
      if (typeof value[key] === 'string' && value[key]) return value[key];
    }
    return Object.values(value)
      .filter((each): each is string => typeof each === 'string')
      .join(', ');
  }
  return '';
}
