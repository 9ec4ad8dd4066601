/**
 * The same objects for rows that have not changed: the database hands out copies at every answer, and what is computed
 * from a row is kept by the row's identity.
 */
import type { ContractRow } from '../../shared/model/rows.ts';

const contracts = new Map<string, ContractRow>();

/** Whether two rows say the same. Whatever of a contract itself changes, changes `changedAt`. */
const same = (a: ContractRow, b: ContractRow): boolean =>
  a.changedAt === b.changedAt && a.organisationName === b.organisationName && a.conflicts === b.conflicts;

/** The rows, each as the object in which it was given first. */
export function sameContracts(rows: readonly ContractRow[]): readonly ContractRow[] {
  return rows.map((row) => {
    const known = contracts.get(row.id);
    if (known && same(known, row)) return known;
    contracts.set(row.id, row);
    return row;
  });
}

/** Forgets them all: at locking, and before the view is filled anew. */
export const forgetRows = (): void => contracts.clear();
