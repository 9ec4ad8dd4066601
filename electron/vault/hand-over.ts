/** What a hand-over gives and would bring, read from the log and the fold. Nothing here writes. */
import { applyChange } from '../../shared/change/fold.ts';
import { conflictsOf } from '../../shared/change/state.ts';
import type { Batch, Change, ChangeSet, RecordState } from '../../shared/change/types.ts';
import { validateBatch, validateChange } from '../../shared/change/validate.ts';
import { MAX_DRIFT, parseHlc } from '../../shared/change/clock.ts';
import type { HandOverPreview, HandOverScope } from '../../shared/sync/hand-over.ts';
import type { Statements } from './database.ts';
import type { Log } from './log.ts';
import type { RecordStore } from './record-store.ts';

interface Context {
  readonly log: Log;
  readonly store: RecordStore;
  readonly sql: Statements;
}

const ids = (sql: Statements, query: string, ...parameters: readonly (string | number)[]): string[] =>
  (sql.of(query).all(...parameters) as { readonly id: string }[]).map(({ id }) => id);

/** Records of organisations: themselves, who works there, meetings, promises, contracts. */
function recordsOf(sql: Statements, organisation: string): string[] {
  return [
    organisation,
    ...ids(sql, 'SELECT r.id FROM affiliations a JOIN records r ON r.n = a.n WHERE a.organisation = ?', organisation),
    ...ids(sql, 'SELECT person AS id FROM affiliations WHERE organisation = ?', organisation),
    ...(['meetings', 'promises', 'contracts'] as const).flatMap((table) =>
      ids(sql, `SELECT id FROM ${table} WHERE organisation = ?`, organisation),
    ),
  ];
}

/** Ids of the records that a scope covers; undefined for all. Devices' names always go along. */
function scopeRecords(scope: HandOverScope, { sql }: Context): ReadonlySet<string> | undefined {
  if (scope.kind === 'all') return undefined;
  const devices = ids(sql, `SELECT id FROM records WHERE type = 'device'`);
  if (scope.kind === 'organisations')
    return new Set([...scope.ids.flatMap((organisation) => recordsOf(sql, organisation)), ...devices]);
  const [year = 0, month = 1, day = 1] = scope.day.split('-').map(Number);
  // Midnight by the machine's zone: people mean their own days.
  const from = new Date(year, month - 1, day).getTime();
  return new Set([
    ...ids(
      sql,
      'SELECT DISTINCT c.record AS id FROM changes c JOIN batches b ON b.n = c.batch WHERE b.time >= ?',
      from,
    ),
    ...devices,
  ]);
}

/** The change sets of a scope, oldest batch first. `withdrawn` ids are left out: they count nowhere. */
export function handOverSets(
  scope: HandOverScope,
  context: Context,
  withdrawn: ReadonlySet<string> = new Set(),
): { readonly sets: readonly ChangeSet[]; readonly changes: number; readonly records: number } {
  const records = scopeRecords(scope, context);
  const sets = new Map<string, { batch: Batch; changes: Change[] }>();
  const seen = new Set<string>();
  let changes = 0;
  for (const { batch, change } of context.log.everything()) {
    if (records && !records.has(change.record)) continue;
    if (withdrawn.has(change.id)) continue;
    const set = sets.get(batch.id) ?? { batch, changes: [] };
    set.changes.push(change);
    sets.set(batch.id, set);
    seen.add(change.record);
    changes += 1;
  }
  return { sets: [...sets.values()], changes, records: seen.size };
}

/** Contents that the records of a scope name: those on this device, smallest first, and how many are not. */
export function handOverFiles(
  scope: HandOverScope,
  context: Context,
): { readonly here: readonly { readonly hash: string; readonly bytes: number }[]; readonly elsewhere: number } {
  const { sql } = context;
  const records = scopeRecords(scope, context);
  const rows = sql
    .of(
      `SELECT r.id, a.hash, c.bytes FROM attached a JOIN records r ON r.n = a.n
       LEFT JOIN attachments c ON c.hash = a.hash ORDER BY c.bytes, a.hash`,
    )
    .all() as { id: string; hash: string; bytes: number | null }[];
  const here = new Map<string, number>();
  const elsewhere = new Set<string>();
  for (const { id, hash, bytes } of rows) {
    if (records && !records.has(id)) continue;
    if (bytes === null) elsewhere.add(hash);
    else here.set(hash, bytes);
  }
  return { here: [...here].map(([hash, bytes]) => ({ hash, bytes })), elsewhere: elsewhere.size };
}

/** What taking the sets in would do, found by folding them in memory. */
export function previewSets(
  sets: readonly ChangeSet[],
  now: number,
  { log, store }: Context,
): Omit<HandOverPreview, 'ticket' | 'by' | 'madeAt' | 'files' | 'fileBytes'> {
  const states = new Map<string, { before: RecordState | undefined; after: RecordState | undefined }>();
  const authors = new Map<string, number>();
  const taken = new Set<string>();
  let changes = 0;
  let bad = 0;
  for (const set of sets) {
    const batch = validateBatch(set.batch);
    for (const one of set.changes) {
      changes += 1;
      const change = validateChange(one);
      const fits = batch.ok && change.ok && change.value.batch === batch.value.id;
      if (!fits || (parseHlc(change.value.id)?.millis ?? Number.POSITIVE_INFINITY) > now + MAX_DRIFT) {
        bad += 1;
        continue;
      }
      const { id, record, type } = change.value;
      if (taken.has(id) || log.has(id)) continue;
      let state = states.get(record);
      if (!state) {
        const before = store.state(record);
        state = { before, after: before };
        states.set(record, state);
      }
      if (state.after && state.after.type !== type) {
        bad += 1;
        continue;
      }
      state.after = applyChange(state.after, change.value, (base) => taken.has(base) || log.has(base));
      taken.add(id);
      authors.set(batch.value.actor, (authors.get(batch.value.actor) ?? 0) + 1);
    }
  }
  const newRecords: Record<string, number> = {};
  let changedRecords = 0;
  let conflicts = 0;
  const open = (state: RecordState | undefined): number =>
    state ? conflictsOf(state).filter((conflict) => conflict.open).length : 0;
  for (const { before, after } of states.values()) {
    if (!after) continue;
    if (before) changedRecords += 1;
    else newRecords[after.type] = (newRecords[after.type] ?? 0) + 1;
    conflicts += Math.max(0, open(after) - open(before));
  }
  return {
    changes,
    fresh: taken.size,
    bad,
    newRecords,
    changedRecords,
    conflicts,
    authors: [...authors].sort(([, a], [, b]) => b - a).map(([name]) => name),
  };
}
