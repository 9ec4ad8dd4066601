/** Keeping promises: one way for every list, whether a promise is due once or again and again. */
import {
  type DueDay,
  fulfilmentChanges,
  type Obligation,
  type ObligationScope,
  reopenChanges,
} from '../../shared/contracts/obligations.ts';
import type { Fulfilment } from '../../shared/model/records.ts';
import { commit, type CommitOptions } from './commit.ts';
import { useSession } from './session.ts';

type Kept = Obligation & { readonly id: string };

/** The name that stands under what this person decides; '' while it is not set. */
export const authorName = (): string => useSession.getState().settings.userName.trim();

/** Marks one due day (a recurring promise: that occurrence) done or dropped, with undo in a toast. */
export function fulfilPromise(
  promise: Kept,
  day: Pick<DueDay, 'index'> | null,
  how: Fulfilment,
  options: CommitOptions & { readonly scope?: ObligationScope | undefined } = {},
) {
  const { scope, ...rest } = options;
  return commit({ kind: 'edit', changes: fulfilmentChanges(promise, day?.index ?? 0, how, scope) }, rest);
}

/** Opens a kept or dropped day again. */
export const reopenPromise = (promise: Kept, index: number, options: CommitOptions = {}) =>
  commit({ kind: 'edit', changes: reopenChanges(promise, index) }, options);

/** Done on a day, signed with this person's name. */
export const doneOn = (day: string): Fulfilment => {
  const author = authorName();
  return { on: day, state: 'done', ...(author ? { author } : {}) };
};
