/** What documents and files of contracts are made from, read out of the vault as the screens read it. */
import type { Json } from '../../shared/change/types.ts';
import type { Portfolio } from '../../shared/contracts/row-deadlines.ts';
import { packsOf } from '../../shared/contracts/wording.ts';
import type { RecordView } from '../../shared/ipc/contract.ts';
import { fitting } from '../../shared/model/fitting.ts';
import type { Brand, PlainDate } from '../../shared/model/records.ts';
import type { CalendarRow, ContractRow, FillPage, LiveTable, PromiseRow } from '../../shared/model/rows.ts';

/** `VaultApi` has it all. */
export interface ContractReads {
  fill(query: { readonly table: LiveTable; readonly after?: string; readonly limit: number }): Promise<FillPage>;
  record(id: string): Promise<RecordView | null>;
  records(ids: readonly string[]): Promise<readonly RecordView[]>;
}
export interface CalendarMemory {
  getMeta(key: string): Promise<Json | undefined>;
  setMeta(key: string, value: Json): Promise<void>;
}

const PAGE = 2000;

async function rowsOf<T>(reads: ContractReads, table: LiveTable): Promise<T[]> {
  const rows: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = await reads.fill({ table, limit: PAGE, ...(after === undefined ? {} : { after }) });
    rows.push(...(page.rows as readonly unknown[] as readonly T[]));
    if (page.next === undefined) return rows;
    after = page.next;
  }
}

/** All contracts, promises and calendars as they are now. */
export async function readPortfolio(reads: ContractReads, today: PlainDate): Promise<Portfolio> {
  const calendars = await rowsOf<CalendarRow>(reads, 'calendars');
  return {
    contracts: await rowsOf<ContractRow>(reads, 'contracts'),
    promises: await rowsOf<PromiseRow>(reads, 'promises'),
    packs: packsOf(calendars.map((row) => ({ ...row, createdAt: row.changedAt }))),
    today,
  };
}

/** A record's fields with its id and times, as the model has them; what was written in another shape is left out. */
export const recordOf = <T extends { readonly id: string }>(view: RecordView): T =>
  ({
    ...fitting(view.type, view.data),
    id: view.id,
    createdAt: view.createdAt,
    changedAt: view.changedAt,
    ...(view.deleted ? { deleted: true } : {}),
  }) as unknown as T;

/** Records by id; those that are missing or of another type are left out. */
export async function readByType<T extends { readonly id: string }>(
  reads: ContractReads,
  type: string,
  ids: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  const found = new Map<string, T>();
  for (let i = 0; i < wanted.length; i += 500)
    for (const view of await reads.records(wanted.slice(i, i + 500)))
      if (view.type === type) found.set(view.id, recordOf<T>(view));
  return found;
}

export async function readBrand(reads: ContractReads): Promise<Partial<Brand>> {
  const view = await reads.record('brand');
  return view?.type === 'brand' && !view.deleted ? recordOf<Brand>(view) : {};
}
