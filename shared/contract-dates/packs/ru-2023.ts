/** Russia's working days of 2023, five-day week. */
import type { CalendarPack } from '../calendar.ts';

export const ru2023: CalendarPack = {
  country: 'RU',
  year: 2023,
  nonWorking: [
    '2023-01-02',
    '2023-01-03',
    '2023-01-04',
    '2023-01-05',
    '2023-01-06',
    '2023-02-23',
    '2023-02-24',
    '2023-03-08',
    '2023-05-01',
    '2023-05-08',
    '2023-05-09',
    '2023-06-12',
    '2023-11-06',
  ],
  working: [],
  shortened: ['2023-02-22', '2023-03-07', '2023-11-03'],
  source: 'Постановление Правительства РФ от 29.08.2022 № 1505',
};
