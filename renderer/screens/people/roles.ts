/** Roles in decisions: a closed list in words, and whatever else people write. */
import type { Person } from '../../../shared/model/records.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import { i18n } from '../../app/i18n.ts';

const ROLES = ['economic', 'technical', 'user', 'procurement', 'blocker', 'champion', 'influencer'] as const;
type Role = (typeof ROLES)[number];
const isRole = (value: string): value is Role => (ROLES as readonly string[]).includes(value);

/** The words of all roles in the language of the screen. */
export const roleWords = (): readonly string[] => ROLES.map((role) => i18n.t(`values.role.${role}`));

/** A role as it is read. */
export const roleWord = (role: Person['role'] = ''): string => (isRole(role) ? i18n.t(`values.role.${role}`) : role);

/** What is stored for a role as it was written: one of the list by its word in either language, otherwise the text. */
export function readRole(text: string): string {
  const key = searchKey(text.trim());
  const found = ROLES.find((role) =>
    ['ru', 'en'].some((lng) => searchKey(i18n.t(`values.role.${role}`, { lng })) === key),
  );
  return found ?? text.trim();
}
