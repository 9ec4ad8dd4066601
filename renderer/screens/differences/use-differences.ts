/** Concurrent edits, read from the vault and current at all times. */
import { useMemo } from 'react';
import type { Differences } from '../../../shared/sync/differences.ts';
import { createWords, type Words } from '../../../shared/words/value-words.ts';
import { i18n, useLanguage } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { type Loaded, useLoaded } from '../../db/index.ts';

let reading: ReturnType<typeof readAll> | undefined;
const readAll = () => call('vault:differences', {});

/** The sidebar, the status line and the page ask in the same moment: one answer is for all of them. */
function readOnce(): ReturnType<typeof readAll> {
  reading ??= readAll();
  queueMicrotask(() => {
    reading = undefined;
  });
  return reading;
}

/** All differences, or those of one record. */
export const useDifferences = (record?: string): Loaded<Differences> =>
  useLoaded(
    () => (record === undefined ? readOnce() : call('vault:differences', { record })),
    (records) => record === undefined || records.includes(record),
    [record ?? ''],
  );

/** Fields and values in words; `names` are titles of records by id. */
export function useWords(names: Readonly<Record<string, string>> = {}): Words {
  const language = useLanguage();
  return useMemo(
    () =>
      createWords({
        language,
        t: i18n.t.bind(i18n) as typeof i18n.t,
        exists: (key) => i18n.exists(key),
        nameOf: (id) => (Object.hasOwn(names, id) ? names[id] : undefined),
      }),
    [language, names],
  );
}
