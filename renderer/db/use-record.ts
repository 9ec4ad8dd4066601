/** Whole records from the vault, read when a page opens and again whenever they change. */
import { useEffect, useState } from 'react';
import type { ChannelInput, HistoryEntry, RecordView } from '../../shared/ipc/contract.ts';
import { fitting } from '../../shared/model/fitting.ts';
import type { RecordsByType } from '../../shared/model/records.ts';
import { type AppError, ok, type Result } from '../../shared/result.ts';
import { call } from '../app/ipc.ts';
import { onRecordsChanged } from './live-view.ts';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: AppError | null;
}

/** Asks `load` now and whenever a record for which `concerns` is true changes; an older answer never replaces a newer. */
export function useLoaded<T>(
  load: () => Promise<Result<T>>,
  concerns: (records: readonly string[]) => boolean,
  deps: readonly unknown[],
): Loaded<T> {
  const [state, setState] = useState<{ readonly key: string } & Loaded<T>>({ key: '', value: undefined, error: null });
  const key = JSON.stringify(deps);
  useEffect(() => {
    let last = 0;
    let gone = false;
    const read = (): void => {
      last += 1;
      const turn = last;
      load().then(
        (result) => {
          if (gone || turn !== last) return;
          setState(
            result.ok ? { key, value: result.value, error: null } : { key, value: undefined, error: result.error },
          );
        },
        () => undefined,
      );
    };
    read();
    const stop = onRecordsChanged((records) => {
      if (concerns(records)) read();
    });
    return () => {
      gone = true;
      stop();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names what the query depends on
  }, [key]);
  return state.key === key ? state : { value: undefined, error: null };
}

/** The last value there was, while the next one is being asked for: a list does not vanish because it is read anew. */
export function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value ?? kept;
}

/** A record with typed data. */
export type TypedRecord<T extends keyof RecordsByType> = Omit<RecordView, 'data'> & { readonly data: RecordsByType[T] };

/** The record with the fields that the model describes; null when it is another type's: a reference may name any id. */
export const typedRecord = <T extends keyof RecordsByType>(type: T, view: RecordView): TypedRecord<T> | null =>
  view.type === type ? { ...view, data: fitting(type, view.data) as RecordsByType[T] } : null;

/** One record; value null when there is none of the type. */
export const useRecord = <T extends keyof RecordsByType>(
  type: T,
  id: string | undefined,
): Loaded<TypedRecord<T> | null> =>
  useLoaded(
    async (): Promise<Result<TypedRecord<T> | null>> => {
      const found = id ? await call('vault:record', { id }) : ok(null);
      return found.ok ? ok(found.value && typedRecord(type, found.value)) : found;
    },
    (records) => id !== undefined && records.includes(id),
    [id ?? ''],
  );

/** Affiliations of a person or an organisation, ended ones included. */
export const useAffiliations = (
  of: ChannelInput<'vault:affiliations'>,
): Loaded<readonly TypedRecord<'affiliation'>[]> =>
  useLoaded(
    async (): Promise<Result<readonly TypedRecord<'affiliation'>[]>> => {
      const found = await call('vault:affiliations', of);
      return found.ok
        ? ok(found.value.map((view) => typedRecord('affiliation', view)).filter((view) => view !== null))
        : found;
    },
    () => true,
    [of.person ?? '', of.organisation ?? ''],
  );

/** Who changed what and when, newest first. */
export const useHistory = (id: string): Loaded<readonly HistoryEntry[]> =>
  useLoaded(
    () => call('vault:history', { id }),
    (records) => records.includes(id),
    [id],
  );
