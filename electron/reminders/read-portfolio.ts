/** Contracts, promises and calendars of the open vault, as the reminders need them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { packsOf } from '../../shared/contracts/wording.ts';
import { isObligation, type PortfolioContext, portfolioSteps } from '../../shared/contracts/portfolio.ts';
import type { Deadline } from '../../shared/contracts/deadlines.ts';
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

const SLICE_MILLISECONDS = 10;

/** All deadlines, in slices: the main process stays able to answer however many contracts there are. */
export async function deadlinesInSlices(
  { contracts, promises }: Portfolio,
  context: PortfolioContext,
): Promise<Deadline[]> {
  const steps = portfolioSteps(contracts, promises, context);
  let sliceEnd = performance.now() + SLICE_MILLISECONDS;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MILLISECONDS;
  }
}
