/** How a day's kind changes by hand. */
import type { DayKind } from '../../../../shared/calendars/packs.ts';
import { weekday } from '../../../../shared/dates/plain-date.ts';
import type { PlainDate } from '../../../../shared/model/records.ts';

/** Saturday or Sunday. */
export const isWeekend = (date: PlainDate): boolean => weekday(date) >= 6;

/** What a day becomes when its kind is changed: a weekday free, short, working; a weekend day working, free. */
export function nextKind(date: PlainDate, kind: DayKind | undefined): DayKind | undefined {
  if (isWeekend(date)) return kind === 'work' ? undefined : 'work';
  return kind === undefined ? 'off' : kind === 'off' ? 'short' : undefined;
}
