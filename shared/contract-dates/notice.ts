/** The three dates of a notice: legal (by the wording), safe (a working day), send-by (ours to act). */
import { addWorkingDays, rollBack, rollForward, type WorkCalendar } from './calendar.ts';
import type { DayNumber } from './civil.ts';
import { type Period, subtractPeriod } from './period.ts';
import type { ContractText } from './terms.ts';

export interface NoticeDates {
  /** Last day by the wording, counted back from the end; never moved forward (Art. 3(4) of 1182/71 excludes it, 193 must not be relied on). */
  readonly legal: DayNumber;
  /** The legal day, or the working day before it. */
  readonly safe: DayNumber;
  /** Safe day less delivery and our approval, a working day. */
  readonly sendBy: DayNumber;
  /** First day on which the notice may be given or the decision is looked for. */
  readonly opens: DayNumber;
  /** The working day after the legal one: an argument for a lawyer when the safe day was missed, never a reminder. */
  readonly argument: DayNumber;
  readonly clamped: boolean;
  /** Calendar years without a pack on which these dates rest. */
  readonly missing: readonly string[];
}

/** Days before the send-by date when the window opens, unless the wording says when. */
export const WINDOW_DAYS = 90;
/** Days before the send-by date from which a decision is due: the last three rungs of the reminder ladder (14, 7, 1). */
export const DUE_DAYS = 14;

export interface NoticeContext {
  readonly calendar: WorkCalendar;
  readonly deliveryDays: number;
  readonly approvalDays: number;
}

/** Dates of a notice of that length before `end`, the last day of a term. */
export function noticeBefore(end: DayNumber, notice: Period, text: ContractText, context: NoticeContext): NoticeDates {
  const { calendar, deliveryDays, approvalDays } = context;
  const legal = subtractPeriod(end, notice, calendar, text.noticeToMonthEnd);
  const safe = rollBack(calendar, legal.day);
  const handed = text.noticeCounts === 'sent' ? safe : rollBack(calendar, safe.day - deliveryDays);
  const sendBy = addWorkingDays(calendar, handed.day, -approvalDays);
  const opens = text.noticeOpens
    ? subtractPeriod(end, text.noticeOpens, calendar)
    : { day: sendBy.day - WINDOW_DAYS, missing: [] };
  return {
    legal: legal.day,
    safe: safe.day,
    sendBy: sendBy.day,
    opens: Math.min(opens.day, sendBy.day),
    argument: rollForward(calendar, legal.day).day,
    clamped: legal.clamped,
    missing: [...new Set([...legal.missing, ...safe.missing, ...handed.missing, ...sendBy.missing])],
  };
}
