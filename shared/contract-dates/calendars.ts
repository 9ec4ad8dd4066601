/** The calendars a contract can name: bundled countries, and those a person imported. */
import { type CalendarPack, createCalendar, weekendCalendar, type WorkCalendar } from './calendar.ts';
import { isRussianHoliday, russianPacks } from './packs/ru.ts';

/** Countries with bundled packs. */
export const BUNDLED_CALENDARS = ['RU'] as const;

/** Calendars made from given packs, kept as long as the packs are: a portfolio asks for the same one thousands of times. */
const made = new WeakMap<readonly CalendarPack[], Map<string, WorkCalendar | undefined>>();

/** The calendar of that name; undefined when no pack, bundled or given, belongs to it. Given packs win over bundled ones. */
export function calendarNamed(name: string, packs: readonly CalendarPack[] = []): WorkCalendar | undefined {
  if (name === 'none') return weekendCalendar;
  if (packs.length === 0) return name === 'RU' ? russia : undefined;
  let known = made.get(packs);
  if (!known) made.set(packs, (known = new Map()));
  if (!known.has(name)) known.set(name, withOwn(name, packs));
  return known.get(name);
}

function withOwn(name: string, packs: readonly CalendarPack[]): WorkCalendar | undefined {
  const own = packs.filter((pack) => pack.country === name);
  if (name === 'RU')
    return own.length === 0 ? russia : createCalendar('RU', [...russianPacks, ...own], isRussianHoliday);
  return own.length === 0 ? undefined : createCalendar(name, own);
}

const russia = createCalendar('RU', russianPacks, isRussianHoliday);
