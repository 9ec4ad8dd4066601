/** Russia's working days of 2020, five-day week.
 * Days declared non-working in March–May 2020 against the epidemic are left out: they are working days for Article 193
 * (Supreme Court of Russia, review No. 1 of 21 April 2020, question 5).
 */
import type { CalendarPack } from '../calendar.ts';

export const ru2020: CalendarPack = {
  country: 'RU',
  year: 2020,
  nonWorking: [
    '2020-01-01',
    '2020-01-02',
    '2020-01-03',
    '2020-01-06',
    '2020-01-07',
    '2020-01-08',
    '2020-02-24',
    '2020-03-09',
    '2020-05-01',
    '2020-05-04',
    '2020-05-05',
    '2020-05-11',
    '2020-06-12',
    '2020-06-24',
    '2020-07-01',
    '2020-11-04',
  ],
  working: [],
  shortened: ['2020-04-30', '2020-05-08', '2020-06-11', '2020-11-03', '2020-12-31'],
  source:
    'Постановление Правительства РФ от 10.07.2019 № 875; указы Президента РФ от 29.05.2020 № 345 (24 июня) и от 01.06.2020 № 354 (1 июля)',
};
