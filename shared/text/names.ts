/** Names of people as they stand in lists, headings and documents. */
import type { PersonName } from '../model/records.ts';

const NBSP = '\u00a0';
const join = (...parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(' ');

/** True for names written in Cyrillic, or with a patronymic: the family name comes first. */
export function familyFirst(name: PersonName): boolean {
  return Boolean(name.patronymic) || /\p{Script=Cyrillic}/u.test(join(name.family, name.given));
}

/** The whole name in its own order: «Иванов Иван Петрович», “Dr. Mary Ann Smith Jr.”; '' when nothing is known. */
export function displayName(name: PersonName | undefined): string {
  if (!name) return '';
  const parts = familyFirst(name)
    ? join(name.family, name.given, name.patronymic)
    : join(name.prefix, name.given, name.family, name.suffix);
  return parts || name.full?.trim() || name.nickname?.trim() || '';
}

/** As sorted lists show it, family name first: «Иванов Иван Петрович», “Smith, Mary Ann”. */
export function listName(name: PersonName | undefined): string {
  if (!name) return '';
  if (familyFirst(name) || !name.family || !name.given) return displayName(name);
  return `${name.family.trim()}, ${name.given.trim()}`;
}

/** First letters of each part of a given name, with points: «Анна-Мария» → «А.-М.». */
function letters(part: string | undefined): string {
  const trimmed = part?.trim();
  if (!trimmed) return '';
  return trimmed
    .split('-')
    .map((piece) => piece.trim())
    .filter(Boolean)
    .map((piece) => `${String.fromCodePoint(piece.codePointAt(0) ?? 0).toUpperCase()}.`)
    .join('-');
}

/** Short form that does not break across lines: «Иванов И. О.» or “M. Smith”. The whole name when parts are not known. */
export function initials(name: PersonName | undefined): string {
  if (!name) return '';
  const family = name.family?.trim();
  const first = letters(name.given);
  const middle = letters(name.patronymic);
  if (!family || !first) return displayName(name);
  const short = [first, middle].filter(Boolean).join(NBSP);
  return familyFirst(name) ? `${family}${NBSP}${short}` : `${short}${NBSP}${family}`;
}

/** How one addresses a person in Russian: given name and patronymic, else the name that is known. */
export function givenAndPatronymic(name: PersonName | undefined): string {
  if (!name) return '';
  return join(name.given, name.patronymic) || displayName(name);
}
