/** Years of working days as records: saving, resetting, and what that changes in contracts. */
import { calendarId, daysOfPack, dayChanges, type Days } from '../../../../shared/calendars/packs.ts';
import { type CalendarEffect, calendarEffects } from '../../../../shared/calendars/effects.ts';
import type { DraftChange, Json } from '../../../../shared/change/types.ts';
import type { CalendarPack } from '../../../../shared/contract-dates/calendar.ts';
import { contractView } from '../../../../shared/contracts/view.ts';
import { fitting } from '../../../../shared/model/fitting.ts';
import type { PlainDate } from '../../../../shared/model/records.ts';
import { commit, showError } from '../../../app/commit.ts';
import { call } from '../../../app/ipc.ts';
import { live } from '../../../db/index.ts';

const TYPE = 'calendar';

/** The changes that make the kept year equal to the pack; also one that was deleted before. */
async function changesFor(pack: CalendarPack): Promise<readonly DraftChange[] | null> {
  const record = calendarId(pack.country, pack.year);
  const found = await call('vault:record', { id: record });
  if (!found.ok) {
    showError(found.error);
    return null;
  }
  const days = daysOfPack(pack);
  if (!found.value) {
    const value: Record<string, Json> = { country: pack.country, year: pack.year, source: pack.source };
    for (const [date, kind] of Object.entries(days)) value[`days/${date}`] = kind;
    return [{ type: TYPE, record, field: '$new', value }];
  }
  const data = fitting('calendar', found.value.data);
  const changes: DraftChange[] = Object.entries(dayChanges((data.days ?? {}) as Days, days)).map(([date, value]) => ({
    type: TYPE,
    record,
    field: `days/${date}`,
    value,
  }));
  if (data.source !== pack.source) changes.push({ type: TYPE, record, field: 'source', value: pack.source });
  if (found.value.deleted) changes.push({ type: TYPE, record, field: '$deleted', value: false });
  return changes;
}

/** Saves years as one undoable change; true when they are kept (or were so already). */
export async function saveYears(packs: readonly CalendarPack[], said: string): Promise<boolean> {
  const changes: DraftChange[] = [];
  for (const pack of packs) {
    const some = await changesFor(pack);
    if (!some) return false;
    changes.push(...some);
  }
  if (changes.length === 0) return true;
  return (await commit({ kind: 'edit', changes }, { toast: said })).ok;
}

/** Takes a person's own year away: the bundled one counts again, if there is one. */
export const dropYear = (country: string, year: number, said: string): Promise<{ readonly ok: boolean }> =>
  commit(
    { kind: 'edit', changes: [{ type: TYPE, record: calendarId(country, year), field: '$deleted', value: true }] },
    { toast: said },
  );

const SLICE = 100;
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

/** What other calendars would change in the contracts of the live view; computed in slices. */
export async function effectsOf(
  before: readonly CalendarPack[],
  after: readonly CalendarPack[],
  today: PlainDate,
): Promise<readonly CalendarEffect[]> {
  const contracts = await live.contracts.toArray();
  const found: CalendarEffect[] = [];
  for (let at = 0; at < contracts.length; at += SLICE) {
    found.push(...calendarEffects(contracts.slice(at, at + SLICE), before, after, today));
    await pause();
  }
  return found;
}

/** By `RU 2027`: how many contracts wait for that year. */
export async function missingYears(
  packs: readonly CalendarPack[],
  today: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const contracts = await live.contracts.toArray();
  const counts = new Map<string, number>();
  for (const [at, { wording }] of contracts.entries()) {
    const view = contractView(wording, { today, packs });
    if (view.ok && view.dates.state !== 'ended')
      for (const name of view.dates.missing) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (at % SLICE === SLICE - 1) await pause();
  }
  return counts;
}
