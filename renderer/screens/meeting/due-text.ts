/** Due days as people type them: «завтра», «пт», «31.05», “in 3 days”, 2026-05-31. */
import { addDays, addMonthsClamped, isPlainDate, plainDate, weekday } from '../../../shared/dates/plain-date.ts';
import type { PlainDate } from '../../../shared/model/records.ts';

const DAYS: readonly (readonly string[])[] = [
  ['пн', 'понедельник', 'понедельника', 'понедельнику', 'mon', 'monday'],
  ['вт', 'вторник', 'вторника', 'вторнику', 'tue', 'tues', 'tuesday'],
  ['ср', 'среда', 'среду', 'среды', 'среде', 'wed', 'wednesday'],
  ['чт', 'четверг', 'четверга', 'четвергу', 'thu', 'thur', 'thurs', 'thursday'],
  ['пт', 'пятница', 'пятницу', 'пятницы', 'пятнице', 'fri', 'friday'],
  ['сб', 'суббота', 'субботу', 'субботы', 'субботе', 'sat', 'saturday'],
  ['вс', 'воскресенье', 'воскресенья', 'воскресенью', 'sun', 'sunday'],
];
/** First letters that tell the months apart, Russian and English. */
const MONTHS: readonly RegExp[] = [
  /^(?:янв|jan)/u,
  /^(?:фев|feb)/u,
  /^(?:мар|mar)/u,
  /^(?:апр|apr)/u,
  /^(?:ма[йя]|may)/u,
  /^(?:июн|jun)/u,
  /^(?:июл|jul)/u,
  /^(?:авг|aug)/u,
  /^(?:сен|sep)/u,
  /^(?:окт|oct)/u,
  /^(?:ноя|nov)/u,
  /^(?:дек|dec)/u,
];
const NEAR: Readonly<Record<string, number>> = {
  сегодня: 0,
  today: 0,
  завтра: 1,
  tomorrow: 1,
  послезавтра: 2,
};

/** The day meant by the text, seen from `today`; null when it is not understood. A day without a year is the next one. */
export function parseDue(text: string, today: PlainDate): PlainDate | null {
  const said = text
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/gu, ' ')
    .replace(/^(?:до|к|ко|в|во|на|by|on|until|till|next) /u, '')
    .replace(/\s*г\.?$/u, '');
  if (isPlainDate(said)) return said;
  const near = NEAR[said];
  if (near !== undefined) return addDays(today, near);
  const day = DAYS.findIndex((names) => names.includes(said)) + 1;
  // A weekday is never today: «в пятницу», said on Friday, is a week ahead.
  if (day > 0) return addDays(today, ((day - weekday(today) + 6) % 7) + 1);
  return ahead(said, today) ?? written(said, today);
}

/** «через 3 дня», «+2», “in a week”. */
function ahead(said: string, today: PlainDate): PlainDate | null {
  const found = /^(?:через|in|\+) ?(\d{1,3}|a|an)? ?([\p{L}]*)$/u.exec(said);
  if (!found) return null;
  const count = found[1] === undefined || /^an?$/u.test(found[1]) ? 1 : Number(found[1]);
  const unit = found[2] ?? '';
  if (/^(?:|д|дн|день|дня|дней|d|days?)$/u.test(unit))
    return unit === '' && found[1] === undefined ? null : addDays(today, count);
  if (/^(?:н|нед|недел[юиь]|недель|w|weeks?)$/u.test(unit)) return addDays(today, count * 7);
  if (/^(?:м|мес|месяц|месяца|месяцев|m|months?)$/u.test(unit)) return addMonthsClamped(today, count);
  return null;
}

/** «31.05», «31.05.26», «31/05/2026», «31 мая», “May 31”. */
function written(said: string, today: PlainDate): PlainDate | null {
  const numeric = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2}|\d{4}))?\.?$/u.exec(said);
  if (numeric) return dated(Number(numeric[1]), Number(numeric[2]), numeric[3], today);
  const first = /^(\d{1,2}) ?(\p{L}{3,})\.?(?:,? (\d{4}))?$/u.exec(said);
  const second = /^(\p{L}{3,})\.? (\d{1,2})(?:,? (\d{4}))?$/u.exec(said);
  const [day, word, year] = first ? [first[1], first[2], first[3]] : second ? [second[2], second[1], second[3]] : [];
  if (day === undefined || word === undefined) return null;
  const month = MONTHS.findIndex((start) => start.test(word)) + 1;
  return month > 0 ? dated(Number(day), month, year, today) : null;
}

function dated(day: number, month: number, year: string | undefined, today: PlainDate): PlainDate | null {
  const thisYear = Number(today.slice(0, 4));
  if (year !== undefined) return plainDate(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const date = plainDate(thisYear, month, day);
  if (date !== null && date >= today) return date;
  // 29 February may need up to four years.
  for (let next = thisYear + 1; next <= thisYear + 4; next++) {
    const later = plainDate(next, month, day);
    if (later !== null) return later;
  }
  return null;
}

/** What was understood in one line typed into the list of action items. */
export interface ActionEntry {
  readonly text: string;
  readonly due: PlainDate | null;
  /** As typed after `@`; '' when nobody was named. */
  readonly owner: string;
}

/**
 * «Прислать план @Ковалёв до пт» → task, owner, due. The due day is understood only at the end, after «до», «к», “by” or a
 * comma, so that days inside a sentence stay in it.
 */
export function parseAction(line: string, today: PlainDate): ActionEntry {
  let text = line.trim();
  let owner = '';
  let due: PlainDate | null = null;
  const named = /(?:^|\s)@([\p{L}.\-’']+(?:\s\p{Lu}[\p{L}.\-’']*)?)/u.exec(text);
  if (named) {
    owner = named[1] ?? '';
    text = `${text.slice(0, named.index)}${text.slice(named.index + named[0].length)}`.trim();
  }
  for (const found of text.matchAll(/(?:,\s*|\s+)(?=(?:до|к|ко|by|until|через|in)\s)|,\s*/giu)) {
    const tail = text.slice(found.index + found[0].length);
    const day = parseDue(tail, today);
    if (day !== null && found.index > 0) {
      due = day;
      text = text.slice(0, found.index).trim();
      break;
    }
  }
  return { text, due, owner };
}

/** `HH:MM` from «14», «9:30», «14.00», «1430»; null when it is not a time of day. */
export function parseTime(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.\-h ]?(\d{2}))?$/u.exec(text.trim());
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}
