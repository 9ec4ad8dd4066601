/**
 * Excel's day numbers. In the 1900 system 1 is 1900-01-01 and 60 is 1900-02-29, a day that never was (kept for Lotus
 * 1-2-3; ECMA-376 part 1, 18.17.4.1); in the 1904 system 0 is 1904-01-01.
 */
import type { PlainDate } from '../model/records.ts';
import { fromDayNumber, toDayNumber } from './plain-date.ts';

export type ExcelEpoch = 1900 | 1904;
const BEFORE_1900 = toDayNumber('1899-12-31');
const START_1904 = toDayNumber('1904-01-01');
/** 9999-12-31, the last day Excel knows. */
const LAST = toDayNumber('9999-12-31');

/** The day of a serial number, its fraction (time of day) left out; null for days that Excel does not have. */
export function fromExcelSerial(serial: number, epoch: ExcelEpoch = 1900): PlainDate | null {
  if (!Number.isFinite(serial)) return null;
  const whole = Math.floor(serial);
  if (epoch === 1904) {
    return whole < 0 || START_1904 + whole > LAST ? null : fromDayNumber(START_1904 + whole);
  }
  if (whole < 1 || whole === 60) return null;
  const days = BEFORE_1900 + whole - (whole > 60 ? 1 : 0);
  return days > LAST ? null : fromDayNumber(days);
}

/** The serial number of a day; null for days before the epoch. */
export function toExcelSerial(date: PlainDate, epoch: ExcelEpoch = 1900): number | null {
  const days = toDayNumber(date);
  if (epoch === 1904) return days < START_1904 ? null : days - START_1904;
  const serial = days - BEFORE_1900;
  if (serial < 1) return null;
  return serial >= 60 ? serial + 1 : serial;
}
