/** What a record is called, for lists of records of any type. */
import type { Json } from '../change/types.ts';
import { displayName } from '../text/names.ts';
import type { PersonName } from './records.ts';

const TITLE_FIELDS = ['name', 'title', 'text', 'number', 'jobTitle', 'country'];

/** The title of a record's data; '' when it has none. */
export function titleOf(type: string, data: Readonly<Record<string, Json>>): string {
  if (type === 'person') return displayName((data['name'] ?? undefined) as PersonName | undefined);
  for (const field of TITLE_FIELDS) {
    const value = data[field];
    if (typeof value === 'string' && value) return value;
  }
  return '';
}
