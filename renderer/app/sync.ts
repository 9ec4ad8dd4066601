/** Where sync stands, as main tells it, and which records have changes that wait. */
import { create } from 'zustand';
import type { SyncStatus } from '../../shared/sync/view.ts';
import { call } from './ipc.ts';

/** What a record's badge says of its changes. */
export type Mark = 'waits' | 'refused';
interface Sync {
  readonly status: SyncStatus;
  readonly marks: ReadonlyMap<string, Mark>;
}
const OFF: SyncStatus = { state: 'off', enrolling: false, pending: 0, refused: 0, quarantined: 0, frugal: false };
const NONE: ReadonlyMap<string, Mark> = new Map();
export const useSync = create<Sync>(() => ({ status: OFF, marks: NONE }));

let reading = false;
let again = false;

/** Reads which records wait; once for many changes in a row. */
async function readMarks(): Promise<void> {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  do {
    again = false;
    const pending = await call('sync:pending', undefined);
    if (!pending.ok) break;
    const marks = new Map<string, Mark>();
    for (const { record, reason } of pending.value.changes) {
      const refused = reason !== null && reason !== 'retry';
      if (refused || !marks.has(record)) marks.set(record, refused ? 'refused' : 'waits');
    }
    useSync.setState({ marks });
  } while (again);
  reading = false;
}

function applyStatus(status: SyncStatus): void {
  useSync.setState({ status });
  if (status.pending === 0) useSync.setState({ marks: NONE });
  else void readMarks();
}

/** What the page knows of the network that main does not: a connection that is paid by volume. */
function tellNetwork(): void {
  const { connection } = navigator as Navigator & {
    readonly connection?: EventTarget & { readonly saveData?: boolean; readonly type?: string };
  };
  if (!connection) return;
  const tell = (): void => {
    void call('sync:options', { metered: connection.saveData === true || connection.type === 'cellular' });
  };
  connection.addEventListener('change', tell);
  tell();
}

/** Follows sync from now on. */
export function followSync(): void {
  window.rapport.subscribe['sync:status'](applyStatus);
  tellNetwork();
}

/** Reads where sync stands: after the vault was opened. */
export async function readSync(): Promise<void> {
  const status = await call('sync:status', undefined);
  if (status.ok) applyStatus(status.value);
}

/** After a lock nothing of it may stay on the screen. */
export const forgetSync = (): void => useSync.setState({ status: OFF, marks: NONE });
