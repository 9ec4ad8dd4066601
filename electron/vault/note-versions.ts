/** Earlier texts of a note, put together from the log. */
import { compareHlc } from '../../shared/change/clock.ts';
import { docText } from '../../shared/change/doc-text.ts';
import { mergeDocs, squashOf } from '../../shared/change/doc.ts';
import type { Hlc } from '../../shared/change/types.ts';
import { fieldSpec } from '../../shared/model/schema.ts';
import type { NoteVersion } from '../../shared/sync/differences.ts';
import type { Authors } from './differences.ts';
import { type Log, valueIn } from './log.ts';

/** Text typed without a longer pause than this is one version, in milliseconds. */
const TYPING_PAUSE = 15 * 60_000;
const MAX_VERSIONS = 200;

/**
 * Updates of a note in the order of their clocks. A squash repeats others' updates: it counts where they are not here yet,
 * on a device whose history is still coming.
 */
function updatesOf(log: Log, record: string, field: string): { readonly id: Hlc; readonly update: string }[] {
  const changes = log.changesOf(record).filter((change) => fieldSpec(change.type, field).kind === 'doc');
  const known = new Set(changes.map((change) => change.id));
  return changes
    .flatMap((change) => {
      const value = valueIn(change, field);
      if (typeof value === 'string') return [{ id: change.id, update: value }];
      const squash = squashOf(value);
      return squash && !squash.seen.every((id) => known.has(id)) ? [{ id: change.id, update: squash.state }] : [];
    })
    .sort((a, b) => compareHlc(a.id, b.id));
}

/** Versions of a note, newest first: the last of each stretch of typing of one author on one device. */
export function noteVersions(log: Log, authors: Authors, record: string, field: string): NoteVersion[] {
  const updates = updatesOf(log, record, field);
  const ends: { readonly id: Hlc; readonly at: number; readonly author: ReturnType<Authors['of']> }[] = [];
  updates.forEach(({ id }, at) => {
    const author = authors.of(id);
    const last = ends.at(-1);
    const goesOn =
      last !== undefined &&
      last.author.device === author.device &&
      last.author.actor === author.actor &&
      author.time - last.author.time < TYPING_PAUSE;
    if (goesOn) ends.pop();
    ends.push({ id, at, author });
  });
  let state = '';
  let from = 0;
  const versions = ends.map(({ id, at, author }) => {
    state = mergeDocs([...(state ? [state] : []), ...updates.slice(from, at + 1).map(({ update }) => update)]);
    from = at + 1;
    return { change: id, author, length: docText(state).length };
  });
  return versions.reverse().slice(0, MAX_VERSIONS);
}

/** The note as it was after the change: base64 of its state; null when the log does not have the change. */
export function noteAt(log: Log, record: string, field: string, change: Hlc): string | null {
  const updates = updatesOf(log, record, field);
  if (!updates.some(({ id }) => id === change)) return null;
  return mergeDocs(updates.filter(({ id }) => id <= change).map(({ update }) => update));
}
