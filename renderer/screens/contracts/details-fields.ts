/** Values of the details as they are typed: money with its currency, days before which to remind. */
import type { Money } from '../../../shared/model/records.ts';
import { minorDigits, parseMoney } from '../../../shared/money/money.ts';

/** The most reminders and the longest lead that make sense: two years. */
const MOST_REMINDERS = 12;
const LONGEST = 730;

export type ReadMoney =
  | { readonly ok: true; readonly money: Money }
  /** `decimals`: more digits after the point than the currency has. */
  | { readonly ok: false; readonly problem: 'unread' | 'decimals'; readonly currency: string; readonly digits: number };

/** Reads an amount; tells too many decimals from what cannot be read at all. */
export function readMoney(text: string, fallback: string): ReadMoney {
  const money = parseMoney(text, fallback);
  if (money && money.minor >= 0) return { ok: true, money: { minor: money.minor, currency: money.currency } };
  // The same text with its last group cut to what the currency allows: if that can be read, the decimals were the matter.
  const currency = parseMoney(text.replaceAll(/\d[\d\s\u00a0\u202f.,'’]*/gu, '1 '), fallback)?.currency ?? fallback;
  const digits = minorDigits(currency);
  const cut = text.replace(/([.,])(\d+)(?=\D*$)/u, (_, mark: string, tail: string) =>
    digits === 0 ? '' : `${mark}${tail.slice(0, digits)}`,
  );
  const decimals = cut !== text && !money && parseMoney(cut, fallback) !== null;
  return { ok: false, problem: decimals ? 'decimals' : 'unread', currency, digits };
}

/** «90, 30, 7» → [90, 30, 7], greatest first; null when it is no list of whole days. An empty text: the usual ladder. */
export function readReminders(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/u).filter(Boolean);
  if (parts.length > MOST_REMINDERS || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const days = [...new Set(parts.map(Number))].sort((a, b) => b - a);
  return days.every((each) => each <= LONGEST) ? days : null;
}
