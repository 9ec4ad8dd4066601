/** Names of people as they stand in lists, headings and documents. */
import type { PersonName } from '../model/records.ts';

const NBSP = '\u00a0';

/** A part without spaces around it; '' for what is no text, as a change from elsewhere may have it. */
const trimmed = (part: unknown): string => (typeof part === 'string' ? part.trim() : '');
const join = (...parts: readonly unknown[]): string => parts.map(trimmed).filter(Boolean).join(' ');

/** True for names written in Cyrillic, or with a patronymic: the family name comes first. */
export function familyFirst(name: PersonName): boolean {
  return trimmed(name.patronymic) !== '' || /\p{Script=Cyrillic}/u.test(join(name.family, name.given));
}

/** The whole name in its own order: «Иванов Иван Петрович», “Dr. Mary Ann Smith Jr.”; '' when nothing is known. */
export function displayName(name: PersonName | undefined): string {
  if (!name) return '';
  const parts = familyFirst(name)
    ? join(name.family, name.given, name.patronymic)
    : join(name.prefix, name.given, name.family, name.suffix);
  return parts || trimmed(name.full) || trimmed(name.nickname);
}

/** As sorted lists show it, family name first: «Иванов Иван Петрович», “Smith, Mary Ann”. */
export function listName(name: PersonName | undefined): string {
  if (!name) return '';
  const [family, given] = [trimmed(name.family), trimmed(name.given)];
  return familyFirst(name) || !family || !given ? displayName(name) : `${family}, ${given}`;
}

/** First letters of each part of a given name, with points: «Анна-Мария» → «А.-М.». */
function letters(part: string | undefined): string {
  return trimmed(part)
    .split('-')
    .map((piece) => piece.trim())
    .filter(Boolean)
    .map((piece) => `${String.fromCodePoint(piece.codePointAt(0) ?? 0).toUpperCase()}.`)
    .join('-');
}

/** Short form that does not break across lines: «Иванов И. О.» or “M. Smith”. The whole name when parts are not known. */
export function initials(name: PersonName | undefined): string {
  if (!name) return '';
  const family = trimmed(name.family);
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
