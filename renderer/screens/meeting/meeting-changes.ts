/** What the meeting page changes, as batches. */
import type { Json } from '../../../shared/change/types.ts';
import type { DueDay, ObligationScope } from '../../../shared/contracts/obligations.ts';
import type {
  AgendaItem,
  Attendee,
  Decision,
  Meeting,
  NextMeeting,
  Side,
  Visibility,
} from '../../../shared/model/records.ts';
import type { PromiseRow } from '../../../shared/model/rows.ts';
import { localTimeZone } from '../../app/clock.ts';
import { commit, createRecord, newId, setField } from '../../app/commit.ts';
import { currentLanguage } from '../../app/i18n.ts';
import { doneOn, fulfilPromise, reopenPromise } from '../../app/promises.ts';

/** Sets a field of the meeting; null clears it. */
export const setMeeting = (id: string, field: string, value: Json): void => void setField('meeting', id, field, value);

/** Sets one element of a set of the meeting; null removes it. */
export const setElement = (
  id: string,
  set: 'attendees' | 'agenda' | 'decisions',
  key: string,
  value: Attendee | AgendaItem | Decision | null,
  toast?: string,
): void => void setField('meeting', id, `${set}/${key}`, value as unknown as Json, toast ? { toast } : {});

/** Adds an element behind the last one; false when it was not saved. */
export async function addElement(
  id: string,
  set: 'attendees' | 'agenda' | 'decisions',
  present: Readonly<Record<string, { readonly order: number }>> | undefined,
  value: Omit<Attendee, 'order'> | Omit<Decision, 'order'>,
): Promise<boolean> {
  const element = { ...value, order: nextOrder(present) } as unknown as Json;
  return (await setField('meeting', id, `${set}/${newId()}`, element)).ok;
}

/** Exchanges the places of two elements in one batch. */
export const swapElements = (
  id: string,
  set: 'agenda' | 'decisions',
  [keyA, a]: readonly [string, AgendaItem],
  [keyB, b]: readonly [string, AgendaItem],
): void =>
  void commit({
    kind: 'edit',
    changes: [
      { type: 'meeting', record: id, field: `${set}/${keyA}`, value: { ...a, order: b.order } },
      { type: 'meeting', record: id, field: `${set}/${keyB}`, value: { ...b, order: a.order } },
    ],
  });

export const nextOrder = (present: Readonly<Record<string, { readonly order: number }>> | undefined): number =>
  Math.max(-1, ...Object.values(present ?? {}).map((element) => element.order)) + 1;

/** Elements of a set in their order; equal orders (two devices added at once) by key, the same everywhere. */
export const inOrder = <T extends { readonly order: number }>(
  set: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T])[] =>
  Object.entries(set ?? {}).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));

export interface NewPromise {
  readonly text: string;
  readonly side: Side;
  readonly visibility: Visibility;
  readonly owner?: { readonly person: string } | { readonly name: string };
  readonly due?: string | null;
}

/** A promise born in the meeting. */
export const addPromise = (
  meeting: string,
  organisation: string | undefined,
  promise: NewPromise,
): Promise<string | null> =>
  createRecord('promise', {
    text: promise.text,
    side: promise.side,
    visibility: promise.visibility,
    status: 'open',
    meeting,
    ...(organisation ? { organisation } : {}),
    ...(promise.owner ? { owner: promise.owner } : {}),
    ...(promise.due ? { due: promise.due } : {}),
  });

/** The next meeting as it was agreed, made into a meeting of its own with the same people. Returns its id. */
export const planMeeting = (meeting: Meeting, next: NextMeeting & { readonly start: string }): Promise<string | null> =>
  createRecord('meeting', {
    title: next.note ?? meeting.title ?? '',
    start: next.start,
    timeZone: meeting.timeZone ?? localTimeZone(),
    language: meeting.language ?? currentLanguage(),
    state: 'draft',
    ...(meeting.organisation ? { organisation: meeting.organisation } : {}),
    ...(next.place ? { place: next.place } : {}),
    ...Object.fromEntries(
      inOrder(meeting.attendees).map(([key, attendee]) => [
        `attendees/${key}`,
        // Who was absent is expected all the same; a guest stays one.
        { ...attendee, presence: attendee.presence === 'guest' ? 'guest' : 'present' } as unknown as Json,
      ]),
    ),
  });

export const setPromise = (id: string, field: string, value: Json): void => void setField('promise', id, field, value);

/** Done today, or open again; of a recurring promise the occurrence that is next. */
export const tickPromise = (
  promise: PromiseRow,
  day: DueDay | null,
  done: boolean,
  today: string,
  scope: ObligationScope | undefined,
): void => {
  if (done) void fulfilPromise(promise, day, doneOn(today), { scope });
  else void reopenPromise(promise, Math.max(0, ...Object.keys(promise.fulfilments ?? {}).map(Number)));
};

export const removePromise = (id: string, toast: string): void =>
  void commit({ kind: 'edit', changes: [{ type: 'promise', record: id, field: '$deleted', value: true }] }, { toast });
