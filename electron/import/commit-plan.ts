/** Joins a plan to what the vault holds, and saves it as one batch that can be taken back. */
import { createHash } from 'node:crypto';
import type { DraftChange, Json } from '../../shared/change/types.ts';
import type { PlannedRow } from '../../shared/import/draft.ts';
import type { KnownRecords } from '../../shared/import/existing.ts';
import type { JoinMode } from '../../shared/import/record-in-progress.ts';
import {
  type ImportChanges,
  jobId,
  NOTHING_STORED,
  type StoredRecord,
  type StoredRecords,
  toChanges,
} from '../../shared/import/to-changes.ts';
import type { CommitOptions, CommitResult, VaultApi } from '../vault/api.ts';

/** Records asked for at a time. */
const PAGE = 2000;

/** Records in the bin count as not there: an import makes what it names anew. */
async function recordsOf(vault: VaultApi, ids: readonly string[]): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const record of await vault.records(ids.slice(from, from + PAGE))) if (!record.deleted) all.push(record);
  }
  return all;
}

/** What of the vault the rows are joined to. `known` is what the plan was made against. */
export async function storedFor(
  vault: VaultApi,
  rows: readonly PlannedRow[],
  known: KnownRecords,
): Promise<StoredRecords> {
  const ids = new Set<string>();
  const affiliations: string[] = [];
  for (const { person, organisation, affiliation } of rows) {
    for (const part of [person, organisation]) if (part?.target.kind === 'existing') ids.add(part.target.id);
    if (affiliation && !organisation && person?.target.kind === 'existing') affiliations.push(jobId(person.target.id));
  }
  for (const person of known.people) {
    if (ids.has(person.id)) for (const one of person.organisations) affiliations.push(one.affiliation);
  }
  const withContracts = rows.some((row) => row.contract !== undefined);
  return {
    byId: new Map((await recordsOf(vault, [...ids])).map((record) => [record.id, record])),
    affiliations: await recordsOf(vault, [...new Set(affiliations)]),
    contracts: withContracts ? await vault.listAll('contract') : [],
  };
}

export interface FileFacts {
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly preset: string;
}
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface JoinedPlan extends ImportChanges {
  /** Id of the `importBatch` record, when the plan is committed. */
  readonly id: string;
}

/** `vault` is null when there is none yet: everything is new then. */
export async function joinPlan(
  vault: VaultApi | null,
  rows: readonly PlannedRow[],
  known: KnownRecords,
  mode: JoinMode,
): Promise<JoinedPlan> {
  const id = crypto.randomUUID();
  const stored = vault ? await storedFor(vault, rows, known) : NOTHING_STORED;
  return { id, ...toChanges(rows, stored, { mode, source: `import:${id}`, newId: () => crypto.randomUUID() }) };
}

/**
 * Saves a joined plan in one transaction, with a record of the import itself. When the plan changes nothing, nothing at
 * all is written and `batch` is ''. Rejects as `VaultApi.commit` does.
 */
export function commitPlan(
  vault: VaultApi,
  plan: JoinedPlan,
  facts: FileFacts,
  counts: Json,
  options: CommitOptions,
): Promise<CommitResult> {
  if (plan.changes.length === 0) return Promise.resolve({ batch: '', seq: 0, changes: 0 });
  const about: DraftChange = { type: 'importBatch', record: plan.id, field: '$new', value: { ...facts, counts } };
  return vault.commit({ kind: 'import', label: 'import', changes: [...plan.changes, about] }, options);
}
