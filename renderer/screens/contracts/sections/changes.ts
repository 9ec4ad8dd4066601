/** What the sections of a contract change, as batches. */
import type { DraftChange, Json } from '../../../../shared/change/types.ts';
import type { IndexationClause } from '../../../../shared/contract-dates/indexation-types.ts';
import { fitting } from '../../../../shared/model/fitting.ts';
import type { Contract } from '../../../../shared/model/records.ts';
import { commit, type CommitOptions, newId, setField } from '../../../app/commit.ts';
import { call } from '../../../app/ipc.ts';

export type ContractSet = 'milestones' | 'suspensions' | 'parties' | 'people' | 'documents' | 'announcements';

type Element<S extends ContractSet> = NonNullable<Contract[S]>[string];
type Ordered = Readonly<Record<string, { readonly order: number }>> | undefined;

/** Sets one element of a set; null removes it. */
export const setElement = (
  contract: string,
  set: ContractSet,
  key: string,
  value: object | null,
  options?: CommitOptions,
) => setField('contract', contract, `${set}/${key}`, value as Json, options);

let queue: Promise<unknown> = Promise.resolve();

/**
 * Changes a part of the contract from what the vault has now, one change after the other: two edits in quick succession
 * would otherwise both start from what the screen last showed, and the second would undo the first. `edit` gives the new
 * value, or undefined for no change.
 */
function editContract(
  contract: string,
  field: string,
  edit: (data: Contract) => object | undefined,
  options?: CommitOptions,
) {
  const work = queue.then(async () => {
    const record = await call('vault:record', { id: contract });
    if (!record.ok || !record.value) return;
    const next = edit(fitting('contract', record.value.data) as Contract);
    if (next) await setField('contract', contract, field, next as Json, options);
  });
  queue = work.catch(() => undefined);
  return work;
}

/** Changes some parts of an element; `undefined` takes a part away. Nothing happens to one that is gone meanwhile. */
export function editElement<S extends ContractSet>(
  contract: string,
  set: S,
  key: string,
  parts: { readonly [K in keyof Element<S>]?: Element<S>[K] | undefined },
): void {
  void editContract(contract, `${set}/${key}`, (data) => {
    const element = data[set]?.[key];
    if (!element) return undefined;
    return Object.fromEntries(Object.entries({ ...element, ...parts }).filter(([, value]) => value !== undefined));
  });
}

/** Changes the price clause from what is kept now. */
export const editClause = (contract: string, edit: (clause: IndexationClause) => IndexationClause): void =>
  void editContract(contract, 'indexation', ({ indexation }) => indexation && edit(indexation));

/** Adds an element behind the last one; resolves to its key, or null when it was not saved. */
export async function addElement(
  contract: string,
  set: ContractSet,
  present: Ordered,
  value: object,
): Promise<string | null> {
  const order = Math.max(-1, ...Object.values(present ?? {}).map((element) => element.order)) + 1;
  const key = newId();
  return (await setElement(contract, set, key, { ...value, order })).ok ? key : null;
}

/** Exchanges an element with its neighbour in the given order; nothing at either end. */
export function moveElement(
  contract: string,
  set: ContractSet,
  list: readonly (readonly [string, { readonly order: number }])[],
  key: string,
  by: 1 | -1,
): void {
  const place = list.findIndex(([each]) => each === key);
  const neighbour = list[place + by];
  if (place < 0 || !neighbour) return;
  // Numbered anew: two devices may have given the same number.
  const next = [...list];
  next[place] = neighbour;
  next[place + by] = list[place] as (typeof list)[number];
  const changes = next.flatMap(([each, element], order): DraftChange[] =>
    element.order === order
      ? []
      : [
          {
            type: 'contract',
            record: contract,
            field: `${set}/${each}`,
            value: { ...element, order } as unknown as Json,
          },
        ],
  );
  void commit({ kind: 'edit', changes });
}

/** Elements in their order; equal ones by key, the same on every device. */
export const inOrder = <T extends { readonly order: number }>(
  set: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T])[] =>
  Object.entries(set ?? {}).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));
