/** Contents of attachments as the screens see them, from what the mover knows. */
import type { Json } from '../../shared/change/types.ts';
import { MAX_ATTACHMENTS } from '../../shared/model/attachments.ts';
import type { BlobsView } from '../../shared/sync/engine/blob-mover.ts';
import type { WaitingEntry } from '../../shared/sync/engine/types.ts';
import type { AttachmentState, FilesCount, FilesStatus } from '../../shared/sync/view.ts';

const MEGABYTE = 1_000_000;

const countOf = (sizes: Iterable<number>): FilesCount => {
  let files = 0;
  let bytes = 0;
  for (const size of sizes) {
    files += 1;
    bytes += size;
  }
  return { files, bytes };
};

/** Undefined when every content is here and at the server, and nothing is wrong. */
export function filesStatus(
  { moving, unsent, waiting, absent, bad, full, error }: BlobsView,
  held: FilesStatus['held'],
): FilesStatus | undefined {
  const under = (direction: 'up' | 'down'): FilesCount & { readonly done: number } => {
    const jobs = moving.filter((job) => job.direction === direction);
    return { ...countOf(jobs.map(({ bytes }) => bytes)), done: jobs.reduce((sum, { done }) => sum + done, 0) };
  };
  const refused = bad.size + full.size;
  if (moving.length + unsent.size + waiting.size + absent.size + refused === 0 && !error) return undefined;
  return {
    sending: under('up'),
    receiving: under('down'),
    unsent: countOf(unsent.values()),
    waiting: countOf(waiting.values()),
    elsewhere: absent.size,
    refused,
    held: unsent.size + waiting.size > 0 ? held : null,
    ...(error ? { error: { code: error.code, ...(error.params ? { params: error.params } : {}) } } : {}),
  };
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Hashes of the contents that these changes speak of: of an attachment, or of those that a new record begins with. */
export function contentsOf(entries: readonly Pick<WaitingEntry, 'value'>[]): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const { value } of entries) {
    if (!isObject(value)) continue;
    for (const each of [value, ...Object.values(value)])
      if (isObject(each) && typeof each['hash'] === 'string') hashes.add(each['hash']);
  }
  return hashes;
}

/** `isHere`: the vault has it. `unannounced`: contents whose attachments the server does not know of yet. */
export function attachmentState(
  hash: string,
  isHere: boolean,
  view: BlobsView,
  unannounced: ReadonlySet<string> = new Set(),
): AttachmentState {
  const job = view.moving.find((each) => each.hash === hash);
  if (isHere) {
    if (job?.direction === 'up') return { state: 'sending', done: job.done, bytes: job.bytes };
    return { state: view.unsent.has(hash) || unannounced.has(hash) ? 'unsent' : 'here' };
  }
  if (job?.direction === 'down') return { state: 'loading', done: job.done, bytes: job.bytes };
  if (view.bad.has(hash)) return { state: 'problem', error: { code: 'attachment.refused' } };
  if (view.full.has(hash))
    return { state: 'problem', error: { code: 'attachment.full', params: { limit: MAX_ATTACHMENTS / MEGABYTE } } };
  const problem = view.problems.get(hash);
  if (problem && problem.code !== 'attachment.elsewhere' && problem.code !== 'attachment.stopped')
    return {
      state: 'problem',
      error: { code: problem.code, ...(problem.params ? { params: problem.params } : {}) },
    };
  return { state: view.waiting.has(hash) ? 'waiting' : 'elsewhere' };
}
