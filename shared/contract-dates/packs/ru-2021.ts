/** Russia's working days of 2021, five-day week.
 * Days declared non-working in May and October–November 2021 against the epidemic are left out for the same reason as in 2020.
 */
import type { CalendarPack } from '../calendar.ts';

export const ru2021: CalendarPack = {
  country: 'RU',
  year: 2021,
  nonWorking: [
    '2021-01-01',
    '2021-01-04',
    '2021-01-05',
    '2021-01-06',
    '2021-01-07',
    '2021-01-08',
    '2021-02-22',
    '2021-02-23',
    '2021-03-08',
    '2021-05-03',
    '2021-05-10',
    '2021-06-14',
    '2021-11-04',
    '2021-11-05',
    '2021-12-31',
  ],
  working: ['2021-02-20'],
  shortened: ['2021-02-20', '2021-04-30', '2021-06-11', '2021-11-03'],
  source: 'Постановление Правительства РФ от 10.10.2020 № 1648',
};
