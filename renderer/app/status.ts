/** What the status line says: what is being saved, whether there is a network, what went wrong last. */
import { create } from 'zustand';
import type { AppError } from '../../shared/result.ts';

interface Status {
  /** Commits that have not been answered yet. */
  readonly saving: number;
  readonly online: boolean;
  /** The last commit failed and none has succeeded since. */
  readonly problem: AppError | null;
}
export const useStatus = create<Status>(() => ({ saving: 0, online: navigator.onLine, problem: null }));

const waiting = new Set<Promise<unknown>>();

/** Counts a commit until it is answered. */
export function track<T>(work: Promise<T>): Promise<T> {
  waiting.add(work);
  useStatus.setState(({ saving }) => ({ saving: saving + 1 }));
  return work.finally(() => {
    waiting.delete(work);
    useStatus.setState(({ saving }) => ({ saving: saving - 1 }));
  });
}

/** Resolves when everything that was being saved has been answered. */
export async function settled(): Promise<void> {
  while (waiting.size > 0) await Promise.allSettled([...waiting]);
}
