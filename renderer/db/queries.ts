/** The questions screens ask of the live view. */
import type { CalendarPack } from '../../shared/contract-dates/calendar.ts';
import { packsOf } from '../../shared/contracts/wording.ts';
import type { ContractRow, MeetingRow, OrganisationRow, PersonRow, PromiseRow } from '../../shared/model/rows.ts';
import { live } from './live-database.ts';
import { sameContracts } from './same-rows.ts';
import { useLive } from './use-live.ts';

/** All organisations by name; nothing is read while `enabled` is false. */
export const useOrganisations = (enabled = true): readonly OrganisationRow[] | undefined =>
  useLive(async () => (enabled ? live.organisations.orderBy('sortName').toArray() : undefined), [enabled]);
/** All people by name; nothing is read while `enabled` is false. */
export const usePeople = (enabled = true): readonly PersonRow[] | undefined =>
  useLive(async () => (enabled ? live.people.orderBy('sortName').toArray() : undefined), [enabled]);
/** Contracts of the live view, those of one organisation when given. */
export const useContracts = (organisation?: string): readonly ContractRow[] | undefined =>
  useLive(
    async () =>
      sameContracts(
        organisation === undefined
          ? await live.contracts.toArray()
          : await live.contracts.where('organisation').equals(organisation).toArray(),
      ),
    [organisation],
  );
/** Calendar years that people imported or corrected, for the contract engine; the same array until one changes. */
export const usePacks = (): readonly CalendarPack[] | undefined =>
  useLive(
    async () => packsOf((await live.calendars.toArray()).map((row) => ({ ...row, createdAt: row.changedAt }))),
    [],
  );
/** All promises with their rules, kept ones included. */
export const usePromises = (contract?: string): readonly PromiseRow[] | undefined =>
  useLive(
    () =>
      contract === undefined ? live.promises.toArray() : live.promises.where('contract').equals(contract).toArray(),
    [contract],
  );
/** Meetings of the live view with any of these organisations; `current` once the answer is to the list asked about now. */
export function useMeetingsWith(organisations: readonly string[]): {
  readonly meetings: readonly MeetingRow[] | undefined;
  readonly current: boolean;
} {
  const found = useLive(async () => {
    // One request for each: a cursor over them all would report every row by itself.
    const lists = organisations.map((each) => live.meetings.where('organisation').equals(each).toArray());
    return { meetings: (await Promise.all(lists)).flat(), organisations };
  }, [organisations]);
  return { meetings: found?.meetings, current: found?.organisations === organisations };
}
/** One row, or undefined when it is not (or not yet) in the live view. */
export const useOrganisation = (id: string | undefined): OrganisationRow | undefined =>
  useLive(() => (id ? live.organisations.get(id) : undefined), [id]);
export const usePerson = (id: string | undefined): PersonRow | undefined =>
  useLive(() => (id ? live.people.get(id) : undefined), [id]);
export const useMeeting = (id: string | undefined): MeetingRow | undefined =>
  useLive(() => (id ? live.meetings.get(id) : undefined), [id]);
export const useContract = (id: string | undefined): ContractRow | undefined =>
  useLive(async () => {
    const row = id ? await live.contracts.get(id) : undefined;
    return row && sameContracts([row])[0];
  }, [id]);

/** People of an organisation by name. */
export const usePeopleOf = (organisation: string | undefined): readonly PersonRow[] | undefined =>
  useLive(
    () => (organisation ? live.people.where('organisation').equals(organisation).sortBy('sortName') : []),
    [organisation],
  );
/** Meetings of the live view from a day on and before another, earliest first. */
export const useMeetingsBetween = (from: string, before: string): readonly MeetingRow[] | undefined =>
  useLive(() => live.meetings.where('start').between(from, before).sortBy('start'), [from, before]);
/** Meetings without a day: notes that are not assigned to a time yet. */
export const useUndatedMeetings = (): readonly MeetingRow[] | undefined =>
  useLive(() => live.meetings.where('start').equals('').toArray(), []);
/** Meetings of the live view with an organisation or a person, latest first. */
export const useMeetingsOf = (query: {
  readonly organisation?: string;
  readonly person?: string;
}): readonly MeetingRow[] | undefined =>
  useLive(async () => {
    const rows = query.organisation
      ? await live.meetings.where('organisation').equals(query.organisation).toArray()
      : query.person
        ? await live.meetings.where('people').equals(query.person).toArray()
        : [];
    return rows.sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
  }, [query.organisation, query.person]);
/** Open promises, soonest first, those without a day last. */
export const useOpenPromises = (of?: {
  readonly organisation?: string;
  readonly person?: string;
}): readonly PromiseRow[] | undefined =>
  useLive(async () => {
    const rows = of?.organisation
      ? await live.promises.where('organisation').equals(of.organisation).toArray()
      : of?.person
        ? await live.promises.where('ownerPerson').equals(of.person).toArray()
        : await live.promises.where('status').equals('open').toArray();
    return rows
      .filter((row) => row.status === 'open')
      .sort((a, b) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0));
  }, [of?.organisation, of?.person]);
