/** Contracts, promises and calendars of the open vault, as the reminders need them. */
import { packsOf } from '../../shared/contracts/wording.ts';
import { isObligation } from '../../shared/contracts/portfolio.ts';
import type { LiveTable, RowsByTable } from '../../shared/model/rows.ts';
import type { Portfolio } from '../../shared/reminders/catch-up.ts';
import type { VaultApi } from '../vault/api.ts';

const PAGE = 2000;

async function all<T extends LiveTable>(vault: Pick<VaultApi, 'fill'>, table: T): Promise<RowsByTable[T][]> {
  const rows: RowsByTable[T][] = [];
  let after: string | undefined;
  do {
    const page = await vault.fill({ table, limit: PAGE, ...(after === undefined ? {} : { after }) });
    rows.push(...(page.rows as RowsByTable[T][]));
    after = page.next;
  } while (after !== undefined);
  return rows;
}

/** Rejects with `vault.locked` when the vault is not open. */
export async function readPortfolio(vault: Pick<VaultApi, 'fill'>): Promise<Portfolio> {
  const contracts = await all(vault, 'contracts');
  const promises = (await all(vault, 'promises')).filter(isObligation);
  const calendars = await all(vault, 'calendars');
  return { contracts, promises, packs: packsOf(calendars.map((row) => ({ ...row, createdAt: row.changedAt }))) };
}
