/** The calendars a contract can name: bundled countries, and those a person imported. */
import { type CalendarPack, createCalendar, weekendCalendar, type WorkCalendar } from './calendar.ts';
import { isRussianHoliday, russianPacks } from './packs/ru.ts';

/** Countries with bundled packs. */
export const BUNDLED_CALENDARS = ['RU'] as const;

/** The calendar of that name; undefined when no pack, bundled or given, belongs to it. Given packs win over bundled ones. */
export function calendarNamed(name: string, packs: readonly CalendarPack[] = []): WorkCalendar | undefined {
  if (name === 'none') return weekendCalendar;
  const own = packs.filter((pack) => pack.country === name);
  if (name === 'RU')
    return own.length === 0 ? russia : createCalendar('RU', [...russianPacks, ...own], isRussianHoliday);
  return own.length === 0 ? undefined : createCalendar(name, own);
}

const russia = createCalendar('RU', russianPacks, isRussianHoliday);
