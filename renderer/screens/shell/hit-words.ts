import { type Dates } from '../../app/dates.ts';

/** What stands beside a hit's title; a leading day becomes a day in words. */
export const hitWords = (subtitle: string, dates: Dates): string =>
  subtitle.replace(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?/, (day) => dates.near(day));
