/** The form of an obligation: from the record to fields and back, with what is wrong by field. Pure. */
import type { Json } from '../../../../shared/change/types.ts';
import type { DayOff } from '../../../../shared/contract-dates/obligations.ts';
import { isEmptyPeriod, type Period } from '../../../../shared/contract-dates/period.ts';
import type {
  DueRule,
  Money,
  PlainDate,
  PromiseKind,
  PromiseRecord,
  Side,
  Visibility,
} from '../../../../shared/model/records.ts';
import { minorDigits, parseAmount, toDecimal } from '../../../../shared/money/money.ts';

export interface ObligationDraft {
  readonly text: string;
  readonly side: Side;
  readonly kind: PromiseKind;
  readonly owner: { readonly person?: string; readonly name?: string } | null;
  readonly when: 'once' | 'recurring' | 'relative';
  readonly due: PlainDate | null;
  /** Recurring. */
  readonly anchor: PlainDate | null;
  readonly every: Period | undefined;
  readonly dueIn: 'end' | 'day';
  readonly byDay: string;
  readonly fromDay: string;
  readonly monthsAfter: string;
  readonly ends: 'never' | 'until' | 'count';
  readonly until: PlainDate | null;
  readonly count: string;
  /** Relative. */
  readonly to: string;
  readonly direction: 'after' | 'before';
  readonly period: Period | undefined;
  readonly dayOff: DayOff;
  readonly amount: string;
  readonly currency: string;
  readonly penalty: string;
  readonly visibility: Visibility;
}

export type AmountProblem = 'amountUnread' | 'amountThree' | 'amountDecimals' | 'amountNegative';
export type DraftProblem = 'fieldRequired' | 'windowWrong' | 'notAWhole' | AmountProblem;
export type DraftProblems = Readonly<Partial<Record<keyof ObligationDraft, DraftProblem>>>;

/** An amount without its currency, or why it cannot be one. */
export function readAmount(text: string, currency: string): Money | AmountProblem {
  const minor = parseAmount(text, currency);
  if (minor !== null) return minor < 0 ? 'amountNegative' : { minor, currency };
  const tail = /^[\d\s\u00a0\u202f]*[.,](\d+)$/u.exec(text.trim())?.[1]?.length;
  if (tail === undefined) return 'amountUnread';
  return tail === 3 && minorDigits(currency) < 3 ? 'amountThree' : 'amountDecimals';
}

/** The amount as it is typed in a language. */
export const amountText = (money: Money | undefined, language: 'ru' | 'en'): string => {
  if (!money) return '';
  const text = toDecimal(money);
  return language === 'ru' ? text.replace('.', ',') : text;
};

/** A form filled from a record; from nothing, a new obligation. */
export function draftOf(promise: Partial<PromiseRecord>, currency: string, language: 'ru' | 'en'): ObligationDraft {
  const { rule } = promise;
  const recurrence = rule?.kind === 'recurring' ? rule.recurrence : undefined;
  const relative = rule?.kind === 'relative' ? rule : undefined;
  const window = recurrence?.window;
  return {
    text: promise.text ?? '',
    side: promise.side ?? 'theirs',
    kind: promise.kind ?? 'delivery',
    owner: promise.owner ?? null,
    when: rule?.kind ?? 'once',
    due: promise.due ?? null,
    anchor: recurrence?.anchor ?? null,
    every: recurrence?.every ?? { months: 1 },
    dueIn: recurrence && !window ? 'end' : 'day',
    byDay: window ? String(window.byDay) : '10',
    fromDay: window?.fromDay === undefined ? '' : String(window.fromDay),
    monthsAfter: String(window?.monthsAfter ?? 1),
    ends: recurrence?.until !== undefined ? 'until' : recurrence?.count === undefined ? 'never' : 'count',
    until: recurrence?.until ?? null,
    count: recurrence?.count === undefined ? '' : String(recurrence.count),
    to: relative?.to ?? 'start',
    direction: relative?.direction ?? 'after',
    period: relative?.period ?? { days: 0 },
    dayOff: recurrence?.dayOff ?? relative?.dayOff ?? 'profile',
    amount: amountText(promise.amount, language),
    currency: promise.amount?.currency ?? currency,
    penalty: promise.penalty ?? '',
    visibility: promise.visibility ?? 'internal',
  };
}

const day = (text: string): number | undefined => {
  const number = /^\d{1,2}$/u.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= 31 ? number : undefined;
};

type Read<T> = { readonly value: T } | { readonly problems: DraftProblems };

function recurringOf(draft: ObligationDraft): Read<DueRule> {
  const { anchor, every, dayOff } = draft;
  const problems: Partial<Record<keyof ObligationDraft, DraftProblem>> = {};
  if (!anchor) problems.anchor = 'fieldRequired';
  if (!every || isEmptyPeriod(every)) problems.every = 'fieldRequired';
  const byDay = day(draft.byDay);
  const fromDay = day(draft.fromDay);
  if (draft.dueIn === 'day') {
    if (byDay === undefined) problems.byDay = 'notAWhole';
    if (draft.fromDay.trim() && fromDay === undefined) problems.fromDay = 'notAWhole';
    else if (fromDay !== undefined && byDay !== undefined && fromDay > byDay) problems.fromDay = 'windowWrong';
  }
  const count = /^[1-9]\d{0,3}$/u.test(draft.count.trim()) ? Number(draft.count) : undefined;
  if (draft.ends === 'until' && !draft.until) problems.until = 'fieldRequired';
  if (draft.ends === 'count' && count === undefined) problems.count = 'notAWhole';
  if (Object.keys(problems).length > 0 || !anchor || !every) return { problems };
  return {
    value: {
      kind: 'recurring',
      recurrence: {
        anchor,
        every,
        dayOff,
        ...(draft.dueIn === 'day' && byDay !== undefined
          ? {
              window: {
                monthsAfter: Number(draft.monthsAfter),
                byDay,
                ...(fromDay === undefined ? {} : { fromDay }),
              },
            }
          : {}),
        ...(draft.ends === 'until' && draft.until ? { until: draft.until } : {}),
        ...(draft.ends === 'count' && count !== undefined ? { count } : {}),
      },
    },
  };
}

/** The rule of the form, null for a single day; or what keeps it from being one. */
export function ruleOf(draft: ObligationDraft): Read<DueRule | null> {
  if (draft.when === 'once') return { value: null };
  if (draft.when === 'recurring') return recurringOf(draft);
  const { to, direction, period, dayOff } = draft;
  if (!period || isEmptyPeriod(period)) return { problems: { period: 'fieldRequired' } };
  return { value: { kind: 'relative', to, direction, period, dayOff } };
}

/** The fields of the record (null clears one), or what is wrong by field. */
export function readObligation(draft: ObligationDraft): Read<Readonly<Record<string, Json>>> {
  const rule = ruleOf(draft);
  const amount = draft.amount.trim() ? readAmount(draft.amount, draft.currency) : null;
  const problems: DraftProblems = {
    ...('problems' in rule ? rule.problems : {}),
    ...(draft.text.trim() ? {} : { text: 'fieldRequired' as const }),
    ...(typeof amount === 'string' ? { amount } : {}),
  };
  if (Object.keys(problems).length > 0 || 'problems' in rule) return { problems };
  return {
    value: {
      text: draft.text.trim(),
      side: draft.side,
      kind: draft.kind,
      owner: draft.owner,
      due: rule.value === null ? draft.due : null,
      rule: rule.value as unknown as Json,
      amount: amount as unknown as Json,
      penalty: draft.penalty.trim() || null,
      visibility: draft.visibility,
    },
  };
}
