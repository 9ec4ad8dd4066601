/** The live view: the only place that knows Dexie. */
export { type FillState, onRecordsChanged, useFill } from './live-view.ts';
export { type PromiseDay, usePromiseDays } from './promise-days.ts';
export * from './queries.ts';
export { useLive } from './use-live.ts';
export { live } from './live-database.ts';
export {
  type Loaded,
  type TypedRecord,
  useAffiliations,
  useHistory,
  useKept,
  useLoaded,
  useRecord,
} from './use-record.ts';
