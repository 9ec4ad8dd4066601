/** What a recomputation changed, so that a person can be told: after a calendar year arrived, an amendment, a decision. */
import type { ContractDates } from './compute.ts';

export interface DateChange {
  /** `state`, `term.end`, `notice.legal`, `notice.safe`, `notice.sendBy`, `notice.provisional` and so on. */
  readonly field: string;
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
}

const view = (dates: ContractDates): Readonly<Record<string, string | number | boolean | null>> => ({
  state: dates.state,
  'term.index': dates.term.index,
  'term.start': dates.term.start,
  'term.end': dates.term.end,
  'notice.legal': dates.term.notice?.legal ?? null,
  'notice.safe': dates.term.notice?.safe ?? null,
  'notice.sendBy': dates.term.notice?.sendBy ?? null,
  'notice.provisional': dates.term.notice?.provisional ?? false,
  finalEnd: dates.finalEnd,
  provisional: dates.provisional,
});

/** The dates that differ, in the order in which they are shown; empty when nothing did. */
export function changesBetween(before: ContractDates, after: ContractDates): DateChange[] {
  const old = view(before);
  return Object.entries(view(after)).flatMap(([field, value]) => {
    const was = old[field] ?? null;
    return was === value ? [] : [{ field, before: was, after: value }];
  });
}
