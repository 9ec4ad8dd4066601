import { parseDateText } from '../../../shared/import/values/dates.ts';
import type { PartialDate, PlainDate } from '../../../shared/model/records.ts';
import type { Language } from '../../../shared/i18n/catalogue.ts';

/** What a person means by a birthday: «14 апреля», 14.04.1980, 1980; '' clears it, null when it cannot be read. */
export function birthdayFrom(text: string, language: Language, today: PlainDate): PartialDate | '' | null {
  if (!text.trim()) return '';
  const yearless = /^\s*(\d{1,2})[./](\d{1,2})\.?\s*$/.exec(text);
  if (yearless) {
    const [day, month] = [Number(yearless[1]), Number(yearless[2])];
    if (day < 1 || day > 31 || month < 1 || month > 12) return null;
    return `--${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  }
  const parsed = parseDateText(text, {
    order: language === 'en' && /\/.*\//.test(text) ? 'mdy' : 'dmy',
    epoch: 1900,
    birthday: true,
    today,
  });
  if (parsed.kind === 'empty') return '';
  return parsed.kind === 'date' ? parsed.date : null;
}
