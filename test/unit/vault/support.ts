/** Vaults for tests: a folder of their own, a clock that moves by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { Vault } from '../../../electron/vault/vault.ts';
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import type { LiveUpdate } from '../../../shared/model/rows.ts';

export const KEY = new Uint8Array(32).fill(7);
export const ME = { actor: 'Анна' } as const;
/** 2026-06-15T12:00:00Z. */
export const NOON = 1_781_524_800_000;

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});
export const later = (cleanup: () => void): void => void cleanups.push(cleanup);

/** A folder that is removed after the test. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-vault-'));
  later(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface TestVault {
  readonly vault: Vault;
  readonly file: string;
  readonly dir: string;
  /** Sets the wall clock, milliseconds since the epoch. */
  readonly setNow: (now: number) => void;
  /** Commits and returns the batch and everything the live view was told. */
  readonly commit: (...changes: DraftChange[]) => { batch: string; changes: number; update: LiveUpdate };
}

export function newVault(dir = folder()): TestVault {
  let now = NOON;
  const file = join(dir, 'vault.db');
  const vault = Vault.create({ file, key: KEY, now: () => now });
  later(() => vault.close());
  return {
    vault,
    file,
    dir,
    setNow: (next) => {
      now = next;
    },
    commit: (...changes) => {
      const { batch, changes: count, updates } = vault.commit({ kind: 'edit', changes }, ME);
      return { batch, changes: count, update: joined([...updates]) };
    },
  };
}

/** Several updates as one. */
export function joined(updates: readonly LiveUpdate[]): LiveUpdate {
  const put: Record<string, unknown[]> = {};
  const remove: Record<string, string[]> = {};
  for (const update of updates) {
    for (const [table, rows] of Object.entries(update.put)) put[table] = [...(put[table] ?? []), ...rows];
    for (const [table, ids] of Object.entries(update.remove)) remove[table] = [...(remove[table] ?? []), ...ids];
  }
  return { seq: updates.at(-1)?.seq ?? 0, put, remove, records: updates.flatMap((update) => update.records) };
}

export const put = (type: string, record: string, field: string, value: Json): DraftChange => ({
  type,
  record,
  field,
  value,
});
export const make = (type: string, record: string, value: Readonly<Record<string, Json>>): DraftChange => ({
  type,
  record,
  field: '$new',
  value,
});

/** The code of the failure that a step throws; 'none' when it does not. */
export function codeOf(step: () => unknown): string {
  try {
    step();
    return 'none';
  } catch (error) {
    return (error as { error?: { code?: string } }).error?.code ?? String(error);
  }
}
export const codeOfAsync = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'none',
    (error: unknown) =>
      codeOf(() => {
        throw error;
      }),
  );
