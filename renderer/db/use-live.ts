/** Live queries for components. */
import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';

/** The result of a query over the live view, current at all times; undefined until the first answer. */
export function useLive<T>(query: () => Promise<T> | T, deps: readonly unknown[]): T | undefined {
  const [result, setResult] = useState<{ readonly value: T } | undefined>(undefined);
  useEffect(() => {
    const subscription = liveQuery(query).subscribe({
      next: (value) => setResult({ value }),
      // The view is being cleared or closed: what is shown stays until the next answer.
      error: () => undefined,
    });
    return () => subscription.unsubscribe();
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names what the query depends on
  }, deps);
  return result?.value;
}
