/** Russia: the packs of the years whose decree is published, and the holidays that stand in the law itself. */
import { civilOf, type DayNumber } from '../civil.ts';
import { ru2020 } from './ru-2020.ts';
import { ru2021 } from './ru-2021.ts';
import { ru2022 } from './ru-2022.ts';
import { ru2023 } from './ru-2023.ts';
import { ru2024 } from './ru-2024.ts';
import { ru2025 } from './ru-2025.ts';
import { ru2026 } from './ru-2026.ts';

export const russianPacks = [ru2020, ru2021, ru2022, ru2023, ru2024, ru2025, ru2026] as const;

/** Labour Code of Russia, Article 112, first part, in force since 1 January 2013 (Law 35-FZ of 23 April 2012). */
const HOLIDAYS = new Set([
  '1-1',
  '1-2',
  '1-3',
  '1-4',
  '1-5',
  '1-6',
  '1-7',
  '1-8',
  '2-23',
  '3-8',
  '5-1',
  '5-9',
  '6-12',
  '11-4',
]);

/** Whether the day is a holiday by the law itself; transfers of days off are set yearly and are not known here. */
export function isRussianHoliday(day: DayNumber): boolean {
  const { year, month, day: number } = civilOf(day);
  return year >= 2013 && HOLIDAYS.has(`${month}-${number}`);
}
