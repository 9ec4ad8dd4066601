/** Changes of other devices: checked one by one, so that a bad one is set aside and the rest goes on. */
import { type Clock, isHlc, MAX_DRIFT, parseHlc } from '../../shared/change/clock.ts';
import type { Change, ChangeSet } from '../../shared/change/types.ts';
import { validateBatch, validateChange } from '../../shared/change/validate.ts';
import { AppFailure } from '../../shared/result.ts';
import type { Statements } from './database.ts';
import type { Log } from './log.ts';

export interface IngestContext {
  readonly log: Log;
  readonly sql: Statements;
  readonly clock: Clock;
  readonly now: number;
  /** Folds one valid change that the log does not have yet; an `AppFailure` sets it aside. */
  readonly fold: (change: Change) => void;
}

const MAX_PAYLOAD = 8_000_000;

/** Takes in what can be taken in. Must run inside a transaction. */
export function ingestSets(
  sets: readonly ChangeSet[],
  context: IngestContext,
): { applied: number; known: number; quarantined: number } {
  const { log, sql, clock, now, fold } = context;
  const counts = { applied: 0, known: 0, quarantined: 0 };
  const setAside = (batch: unknown, change: unknown, reason: string): void => {
    const given = (change as { readonly id?: unknown } | null)?.id;
    const id = isHlc(given) ? given : null;
    const payload = JSON.stringify({ batch, changes: [change] }) ?? 'null';
    const stored = payload.length <= MAX_PAYLOAD ? payload : JSON.stringify({ tooLong: payload.length });
    sql
      .of('INSERT INTO quarantine (id, reason, received, payload) VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING')
      .run(id, reason, now, stored);
    counts.quarantined += 1;
  };
  for (const set of sets) {
    const batch = validateBatch(set.batch);
    for (const one of set.changes) {
      const checked = validateChange(one);
      if (!batch.ok || !checked.ok) {
        setAside(set.batch, one, reasonOf(batch.ok ? (checked.ok ? undefined : checked.error) : batch.error));
        continue;
      }
      const change = checked.value;
      if (log.has(change.id)) {
        counts.known += 1;
        continue;
      }
      const received =
        change.batch === batch.value.id
          ? clock.receive(change.id)
          : ({ ok: false, error: { code: 'change.invalid', params: { reason: 'batch' } } } as const);
      if (!received.ok) {
        setAside(set.batch, one, reasonOf(received.error));
        continue;
      }
      try {
        fold(change);
      } catch (error) {
        if (!(error instanceof AppFailure) || error.error.code !== 'change.invalid') throw error;
        setAside(set.batch, one, reasonOf(error.error));
        continue;
      }
      log.append(change, log.batchNumber(batch.value), true);
      counts.applied += 1;
    }
  }
  return counts;
}

function reasonOf(
  error: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> } | undefined,
): string {
  return [error?.code ?? 'change.invalid', error?.params?.reason].filter(Boolean).join(' ');
}

/** Change sets that were too far in the future and are not any more. They leave the quarantine. */
export function releaseQuarantine(sql: Statements, now: number): ChangeSet[] {
  const rows = sql
    .of(`SELECT n, id, payload FROM quarantine WHERE reason LIKE 'clock.tooFarAhead%' AND id IS NOT NULL`)
    .all() as { n: number; id: string; payload: string }[];
  const due = rows.filter(({ id }) => (parseHlc(id)?.millis ?? Number.POSITIVE_INFINITY) <= now + MAX_DRIFT);
  return due.map(({ n, payload }) => {
    sql.of('DELETE FROM quarantine WHERE n = ?').run(n);
    return JSON.parse(payload) as ChangeSet;
  });
}
