/** Sync as the screens see it: how things stand, from what the service knows, and what waits. */
import type { Json } from '../../shared/change/types.ts';
import { titleOf } from '../../shared/model/title.ts';
import type { AppError } from '../../shared/result.ts';
import type { BlobsView } from '../../shared/sync/engine/blob-mover.ts';
import type { EngineState } from '../../shared/sync/engine/engine.ts';
import type { SyncMemory, WaitingEntry } from '../../shared/sync/engine/types.ts';
import type { PendingList, SyncState, SyncStatus } from '../../shared/sync/view.ts';
import type { VaultApi } from '../vault/api.ts';
import { filesStatus } from './files.ts';

/** What a status is made of. */
export interface Standing {
  readonly memory: SyncMemory | null;
  readonly engine: EngineState;
  readonly files: BlobsView;
  readonly counts: { readonly waiting: number; readonly refused: number; readonly aside: number };
  readonly deviceName: string;
  /** Added to the machine's clock, it gives the server's. Milliseconds. */
  readonly offset: number;
  readonly online: boolean;
  /** What a person has set, and what the network costs. */
  readonly paused: boolean;
  readonly frugal: boolean;
  readonly metered: boolean;
  readonly filesStopped: boolean;
}

const DAY = 86_400_000;
const CLOCK_SHOWN = 60_000;
/** Failures that time heals: they need no one. */
const PASSING: ReadonlySet<string> = new Set([
  'sync.unreachable',
  'sync.timeout',
  'sync.tooMany',
  'sync.internal',
  'sync.unavailable',
]);

/** When the lease runs out, by the server's clock; undefined when there is none. */
export function leaseUntil(memory: SyncMemory | null): number | undefined {
  const { leaseDays, lastContact } = memory ?? {};
  return leaseDays == null || lastContact == null ? undefined : lastContact + leaseDays * DAY;
}

function stateOf({ memory, engine: { phase, error }, paused, online }: Standing): SyncState {
  if (!memory) return 'off';
  if (memory.ended || phase === 'ended') return 'revoked';
  if (phase === 'running') return 'syncing';
  if (paused) return 'paused';
  if (!online || error?.code === 'sync.offline') return 'offline';
  if (phase !== 'waiting') return 'idle';
  return error && PASSING.has(error.code) ? 'waiting' : 'problem';
}

export function syncStatus(standing: Standing): SyncStatus {
  const { memory, engine, counts, offset, frugal, metered, filesStopped } = standing;
  const error: AppError | undefined = memory?.ended ? { code: `sync.${memory.ended}` } : engine.error;
  const until = leaseUntil(memory);
  const held = filesStopped ? 'stopped' : frugal || metered ? 'frugal' : null;
  const files = memory && !memory.ended ? filesStatus(standing.files, held) : undefined;
  return {
    state: stateOf(standing),
    enrolling: memory?.enrolment.asking != null,
    pending: counts.waiting + counts.refused,
    refused: counts.refused,
    quarantined: counts.aside,
    frugal,
    ...(memory ? { server: memory.enrolment.server, deviceName: standing.deviceName } : {}),
    // Before the server has answered nobody knows it.
    ...(memory && memory.enrolment.asking == null ? { role: memory.role } : {}),
    ...(memory?.lastContact != null ? { lastSync: memory.lastContact - offset } : {}),
    ...(engine.nextAt === undefined || engine.phase !== 'waiting' ? {} : { nextTry: engine.nextAt }),
    ...(engine.phase === 'running' && engine.progress ? { progress: engine.progress } : {}),
    ...(memory?.download ? { download: memory.download.stage === 'history' ? 'history' : 'state' } : {}),
    ...(memory?.leaseDays != null && until !== undefined ? { lease: { days: memory.leaseDays, until } } : {}),
    ...(Math.abs(offset) > CLOCK_SHOWN ? { clockDifference: offset } : {}),
    ...(memory && error ? { error: { code: error.code, ...(error.params ? { params: error.params } : {}) } } : {}),
    ...(files ? { files } : {}),
  };
}

/** A Yjs update or a squash of such: nothing that can be read. */
const isDocument = (value: Json): boolean =>
  (typeof value === 'string' && value.length > 2000) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && 'seen' in value && 'state' in value);

/** What waits, for people: with titles of its records and of those that its values name. */
export async function pendingList(
  waiting: readonly WaitingEntry[],
  records: VaultApi['records'],
): Promise<PendingList> {
  const named = new Set(
    waiting.flatMap(({ record, value }) => [record, ...(typeof value === 'string' ? [value] : [])]),
  );
  const names: Record<string, string> = {};
  for (const view of await records([...named].filter((id) => id.length <= 64)))
    names[view.id] = titleOf(view.type, view.data);
  return {
    changes: waiting.map(({ id, type, record, field, value, batch, reason }) => ({
      id,
      type,
      record,
      title: names[record] ?? '',
      field,
      value: field === '$new' || isDocument(value) ? null : value,
      time: batch.time,
      reason,
    })),
    names,
  };
}
