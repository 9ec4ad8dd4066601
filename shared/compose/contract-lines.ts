/** What a contract's milestones and obligations come to on a day, ready to be listed. */
import type { Period } from '../contract-dates/period.ts';
import type { ContractView } from '../contracts/view.ts';
import { dueDays, milestonesOf, type ObligationScope } from '../contracts/obligations.ts';
import type { ContractWording } from '../contracts/wording.ts';
import { addDays } from '../dates/plain-date.ts';
import type { ContractMilestone, Money, PlainDate, Side, Visibility } from '../model/records.ts';
import type { PromiseRow } from '../model/rows.ts';

export interface MilestoneLine {
  readonly title: string;
  readonly due?: PlainDate;
  readonly happened?: PlainDate;
  /** Days late; negative is early. */
  readonly slipDays: number;
  readonly provisional: boolean;
  readonly visibility: Visibility;
}
export interface ObligationLine {
  readonly text: string;
  readonly side: Side;
  readonly who: string;
  readonly due?: PlainDate;
  readonly provisional: boolean;
  readonly amount?: Money;
  readonly state: 'open' | 'done' | 'dropped';
  readonly doneOn?: PlainDate;
  readonly visibility: Visibility;
  /** From one occurrence to the next, for recurring ones. */
  readonly every?: Period;
}

/** Days ahead that are looked at for the next occurrence. */
const AHEAD = 731;
/** Kept occurrences of one recurring obligation that are listed, the latest. */
const KEPT = 3;

export const scopeOf = (wording: ContractWording, view: ContractView): ObligationScope | undefined =>
  view.ok ? { wording, terms: view.terms, dates: view.dates } : undefined;

/** Milestones in the order in which they are due; those that cannot be computed keep the day they happened. */
export function milestoneLines(
  entries: readonly (readonly [string, ContractMilestone])[],
  scope: ObligationScope | undefined,
): MilestoneLine[] {
  const resolved = scope ? milestonesOf(scope) : undefined;
  const points = new Map(resolved?.ok ? resolved.value.map((point) => [point.id, point]) : []);
  return entries
    .map(([id, { title, happened, visibility }]): MilestoneLine => {
      const point = points.get(id);
      return {
        title,
        ...(point ? { due: point.due } : {}),
        ...(happened === undefined ? {} : { happened }),
        slipDays: point?.slipDays ?? 0,
        provisional: point?.provisional ?? false,
        visibility: visibility ?? 'internal',
      };
    })
    .sort((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0));
}

/**
 * Open ones first by due day, then kept and dropped ones, latest first. Of a recurring obligation every missed
 * occurrence, the next one, and the latest kept ones are listed.
 */
export function obligationLines(
  promises: readonly PromiseRow[],
  today: PlainDate,
  scope: ObligationScope | undefined,
): { readonly open: readonly ObligationLine[]; readonly closed: readonly ObligationLine[] } {
  const open: ObligationLine[] = [];
  const closed: ObligationLine[] = [];
  for (const row of promises) {
    if (row.text.trim() === '') continue;
    const line = {
      text: row.text,
      side: row.side,
      who: row.ownerName,
      ...(row.amount === undefined ? {} : { amount: row.amount }),
      visibility: row.visibility,
      provisional: false,
      ...(row.rule?.kind === 'recurring' ? { every: row.rule.recurrence.every } : {}),
    };
    const first = row.rule?.kind === 'recurring' ? row.rule.recurrence.anchor : '1900-01-01';
    const last = row.rule?.kind === 'recurring' ? addDays(today, AHEAD) : '2200-12-31';
    const days = last < first ? undefined : dueDays(row, first, last, scope);
    const found = days?.ok ? days.value : [];
    if (found.length === 0) {
      const whole = { ...line, state: row.status, ...(row.doneOn === undefined ? {} : { doneOn: row.doneOn }) };
      (row.status === 'open' ? open : closed).push(whole);
      continue;
    }
    const lines = found.map(
      ({ due, provisional, state, doneOn }): ObligationLine => ({
        ...line,
        due,
        provisional,
        state,
        ...(doneOn === undefined ? {} : { doneOn }),
      }),
    );
    const waiting = lines.filter(({ state }) => state === 'open');
    const missed = waiting.filter(({ due }) => due !== undefined && due < today);
    open.push(...missed, ...waiting.slice(missed.length, missed.length + 1));
    closed.push(...lines.filter(({ state }) => state !== 'open').slice(-KEPT));
  }
  const day = (line: ObligationLine): PlainDate => line.due ?? '9999-12-31';
  const kept = (line: ObligationLine): PlainDate => line.doneOn ?? line.due ?? '';
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return {
    open: open.sort((a, b) => compare(day(a), day(b))),
    closed: closed.sort((a, b) => compare(kept(b), kept(a))),
  };
}
