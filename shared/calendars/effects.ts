/** What a new or corrected year changes in the dates of contracts, so that a person is told before and after. */
import type { CalendarPack } from '../contract-dates/calendar.ts';
import { changesBetween, type DateChange } from '../contract-dates/changes.ts';
import { contractView } from '../contracts/view.ts';
import type { ContractWording } from '../contracts/wording.ts';
import type { PlainDate } from '../model/records.ts';

export interface CalendarEffect {
  readonly contract: string;
  readonly name: string;
  /** Dates that move; without the marks of what is provisional. */
  readonly moved: readonly DateChange[];
  /** The dates were provisional for want of this year and are certain now. */
  readonly settled: boolean;
  /** The other way round: a year was taken away. */
  readonly unsettled: boolean;
}

export interface EffectContract {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly wording: ContractWording;
}

const PROVISIONAL = new Set(['provisional', 'notice.provisional']);
const OVER = new Set(['draft', 'ended']);

/** The packs with `next` in the place of the same country and year; `next: null` takes that year away. */
export function withPacks(
  packs: readonly CalendarPack[],
  next: readonly CalendarPack[],
  removed: readonly Pick<CalendarPack, 'country' | 'year'>[] = [],
): readonly CalendarPack[] {
  const replaced = [...next, ...removed];
  const stays = packs.filter(
    (pack) => !replaced.some(({ country, year }) => country === pack.country && year === pack.year),
  );
  return [...stays, ...next];
}

/** Contracts whose dates differ under the two sets of packs, in the order given; running contracts only. */
export function calendarEffects(
  contracts: readonly EffectContract[],
  before: readonly CalendarPack[],
  after: readonly CalendarPack[],
  today: PlainDate,
): readonly CalendarEffect[] {
  return contracts.flatMap(({ id, title, number, wording }): CalendarEffect[] => {
    const { calendar, counterpartyCalendar, profile } = wording;
    // As the reader of terms has it: the Russian profile brings Russia's calendar along.
    const ours = calendar ?? (profile === 'rf' ? 'RU' : 'none');
    if (ours === 'none' && counterpartyCalendar === undefined) return [];
    const old = contractView(wording, { today, packs: before });
    const fresh = contractView(wording, { today, packs: after });
    if (!old.ok || !fresh.ok || OVER.has(fresh.dates.state)) return [];
    const changes = changesBetween(old.dates, fresh.dates);
    const marks = changes.filter(({ field }) => PROVISIONAL.has(field));
    const moved = changes.filter(({ field }) => !PROVISIONAL.has(field));
    const settled = marks.some(({ after: value }) => value === false);
    const unsettled = marks.some(({ after: value }) => value === true);
    return moved.length + marks.length === 0
      ? []
      : [{ contract: id, name: title || number, moved, settled: settled && !unsettled, unsettled }];
  });
}
