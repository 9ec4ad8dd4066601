/** Names of people in documents. */
import type { Language } from '../i18n/catalogue.ts';
import type { PersonName } from '../model/records.ts';
import { NBSP } from './typography.ts';

const clean = (parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');

/** In full: «Соколова Анна Игоревна» in Russian documents, “Anna Sokolova” in English ones. */
export function fullName(name: PersonName | undefined, language: Language): string {
  if (!name) return '';
  const parts =
    language === 'ru'
      ? clean([name.family, name.given, name.patronymic])
      : clean([name.prefix, name.given, name.family, name.suffix]);
  return parts || name.full?.trim() || name.nickname?.trim() || '';
}

/** Short: «А. И. Соколова» with unbreakable spaces, “Anna Sokolova” in English. Without a family name: in full. */
export function shortName(name: PersonName | undefined, language: Language): string {
  if (!name) return '';
  if (language === 'en' || !name.family || !name.given) return fullName(name, language);
  const initials = [name.given, name.patronymic]
    .filter((part): part is string => Boolean(part?.trim()))
    .map((part) => `${[...part.trim()][0]?.toLocaleUpperCase('ru') ?? ''}.`);
  return [...initials, name.family.trim()].join(NBSP);
}
