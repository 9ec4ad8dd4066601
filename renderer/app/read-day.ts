/** Days as people type them into a field: 15.01.2026, 15 января, завтра, 2026-01-15. */
import { formatPlainDate } from '../../shared/dates/format-date.ts';
import { isPlainDate } from '../../shared/dates/plain-date.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { PlainDate } from '../../shared/model/records.ts';
import { parseDue } from '../screens/meeting/due-text.ts';

/** The day that is meant; null when nothing is typed or it cannot be read. */
export function readDay(text: string, today: PlainDate): PlainDate | null {
  const said = text.trim();
  return said ? parseDue(said, today) : null;
}

/** A kept day as one types it; a text that is no day as it is. */
export const dayText = (value: string, language: Language): string =>
  isPlainDate(value) ? formatPlainDate(value, language, 'short').replaceAll('\u00a0', ' ') : value;

/** The year in which a typed 29 February does not exist; null for any other text. */
export function missingFebruary(text: string): string | null {
  const numeric = /^\s*29\s*[./\s-]\s*0?2\s*[./\s-]\s*(\d{4})/u.exec(text) ?? /^\s*(\d{4})-02-29\s*$/u.exec(text);
  const worded = /^\s*29\s+(?:фев|feb)\p{L}*\.?\s+(\d{4})/iu.exec(text);
  const year = (numeric ?? worded)?.[1];
  return year !== undefined && !isPlainDate(`${year}-02-29`) ? year : null;
}
