/** Concurrent edits as people see them: values, authors, what all of them started from. Read from the fold and the log. */
import { compareHlc } from '../../shared/change/clock.ts';
import { sameJson } from '../../shared/change/json.ts';
import type { Change, Head, Hlc, Json, RecordState } from '../../shared/change/types.ts';
import { titleOf } from '../../shared/model/title.ts';
import type { Author, Difference, Differences, DifferentValue } from '../../shared/sync/differences.ts';
import type { Statements } from './database.ts';
import { type Log, valueIn } from './log.ts';
import type { RecordStore } from './record-store.ts';

interface AuthorRow {
  readonly actor: string;
  readonly device: string;
  readonly time: number;
  readonly remote: number;
}

/** Authors of changes; device names come from the workspace's `device` records. */
export class Authors {
  readonly #sql: Statements;
  readonly #store: RecordStore;
  readonly #names = new Map<string, string>();

  constructor(sql: Statements, store: RecordStore) {
    this.#sql = sql;
    this.#store = store;
  }

  of(change: Hlc): Author {
    const row = this.#sql
      .of('SELECT b.actor, b.device, b.time, c.remote FROM changes c JOIN batches b ON b.n = c.batch WHERE c.id = ?')
      .get(change) as AuthorRow | undefined;
    if (!row) return { actor: '', device: '', deviceName: '', time: 0, here: false };
    return {
      actor: row.actor,
      device: row.device,
      deviceName: this.deviceName(row.device),
      time: row.time,
      here: row.remote === 0,
    };
  }

  /** The batch that the change's batch took back; null when it took back none. */
  undoneBy(change: Hlc): string | null {
    const row = this.#sql
      .of('SELECT b.undoes FROM changes c JOIN batches b ON b.n = c.batch WHERE c.id = ?')
      .get(change) as { undoes: string | null } | undefined;
    return row?.undoes ?? null;
  }

  deviceName(device: string): string {
    let name = this.#names.get(device);
    if (name === undefined) {
      const given = this.#store.view(`device:${device}`)?.data['name'];
      name = typeof given === 'string' ? given : '';
      this.#names.set(device, name);
    }
    return name;
  }
}

/** The newest change that every head was made on top of, directly or through others, and that speaks about the field. */
function commonBase(heads: readonly Hlc[], field: string, byId: ReadonlyMap<Hlc, Change>): Hlc | undefined {
  const ancestors = (head: Hlc): Set<Hlc> => {
    const found = new Set<Hlc>();
    const next = [...(byId.get(head)?.base ?? [])];
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      next.push(...(byId.get(id)?.base ?? []));
    }
    return found;
  };
  const [first, ...others] = heads.map(ancestors);
  return [...(first ?? [])]
    .filter((id) => others.every((set) => set.has(id)))
    .filter((id) => {
      const change = byId.get(id);
      return change !== undefined && valueIn(change, field) !== undefined;
    })
    .sort(compareHlc)
    .at(-1);
}

/** What a deletion's conflict is about: the deletions, and per author and device the edits that none of them had seen. */
function deletionValues(state: RecordState, byId: ReadonlyMap<Hlc, Change>, authors: Authors): DifferentValue[] {
  const deletions = state.fields.get('$deleted')?.heads ?? [];
  const seen = new Set(deletions.flatMap((head) => (head.value === true ? (head.base ?? []) : [])));
  const values: DifferentValue[] = deletions.map(({ id, value }) => ({
    change: id,
    value,
    author: authors.of(id),
    edits: [],
  }));
  const edits = new Map<string, { change: Hlc; author: Author; edits: { field: string; value: Json }[] }>();
  for (const [field, fold] of state.fields) {
    if (field === '$deleted') continue;
    for (const id of fold.seen ?? fold.heads.map((head) => head.id)) {
      const change = byId.get(id);
      if (seen.has(id) || !change) continue;
      const author = authors.of(id);
      const key = `${author.device} ${author.actor}`;
      const group = edits.get(key) ?? { change: id, author, edits: [] };
      group.edits.push({ field, value: fold.seen ? null : (valueIn(change, field) ?? null) });
      if (id > group.change) group.change = id;
      edits.set(key, group);
    }
  }
  return [...values, ...[...edits.values()].map((group) => ({ ...group, value: false }))];
}

/** The change that first said what the head says: an undo repeats other people's values. */
function originOf({ id, value }: Head, field: string, byId: ReadonlyMap<Hlc, Change>, undone: string): Hlc {
  let origin = id;
  const next = [...(byId.get(id)?.base ?? [])];
  const seen = new Set<Hlc>();
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    const change = byId.get(at);
    if (!change || seen.has(at)) continue;
    seen.add(at);
    const says = change.batch !== undone && sameJson(valueIn(change, field), value);
    if (says && (origin === id || at > origin)) origin = at;
    next.push(...change.base);
  }
  return origin;
}

/** Where each head's value comes from, in the order of the heads. */
const originsOf = (
  heads: readonly Head[],
  field: string,
  byId: ReadonlyMap<Hlc, Change>,
  authors: Authors,
): readonly Hlc[] =>
  heads.map((head) => {
    const undone = authors.undoneBy(head.id);
    return undone === null ? head.id : originOf(head, field, byId, undone);
  });

/** Ids of records that a value may name. */
function* namedIn(value: Json): Generator<string> {
  if (typeof value === 'string') {
    if (value.length >= 8 && value.length <= 64 && !value.includes(' ')) yield value;
  } else if (Array.isArray(value)) for (const item of value) yield* namedIn(item as Json);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* namedIn(item);
}

/** Every difference, or those of one record. */
export function readDifferences(
  { record }: { readonly record?: string },
  { store, log, sql }: { readonly store: RecordStore; readonly log: Log; readonly sql: Statements },
): Differences {
  const authors = new Authors(sql, store);
  const views =
    record === undefined ? store.views('WHERE conflicts > 0 ORDER BY n') : store.views('WHERE id = ?', record);
  const items: Difference[] = [];
  const names: Record<string, string> = {};
  for (const view of views) {
    if (view.conflicts.length === 0) continue;
    const changes = log.changesOf(view.id);
    const byId = new Map(changes.map((change) => [change.id, change]));
    const state = store.state(view.id);
    if (!state) continue;
    for (const conflict of view.conflicts) {
      const heads = conflict.field === '$deleted' ? [] : (state.fields.get(conflict.field)?.heads ?? []);
      const origins = originsOf(heads, conflict.field, byId, authors);
      const values: DifferentValue[] =
        conflict.field === '$deleted'
          ? deletionValues(state, byId, authors)
          : heads.map(({ id, value }, i) => ({
              change: id,
              value,
              author: authors.of(origins[i] ?? id),
              edits: [],
            }));
      values.sort((a, b) => Number(b.author.here) - Number(a.author.here) || compareHlc(b.change, a.change));
      // A decision that was taken back is no common beginning, although the undo was made on top of it.
      const base = commonBase(
        conflict.field === '$deleted' ? values.map(({ change }) => change) : origins,
        conflict.field,
        byId,
      );
      const baseChange = base === undefined ? undefined : byId.get(base);
      items.push({
        record: view.id,
        type: view.type,
        title: titleOf(view.type, view.data),
        field: conflict.field,
        open: conflict.open,
        shown: conflict.shown.value,
        values,
        ...(base !== undefined && baseChange
          ? { base: { value: valueIn(baseChange, conflict.field) ?? null, author: authors.of(base) } }
          : {}),
      });
      for (const value of [...values.map((one) => one.value), ...(baseChange ? [baseChange.value] : [])])
        for (const id of namedIn(value)) {
          const named = Object.hasOwn(names, id) ? null : store.view(id);
          if (named) names[id] = titleOf(named.type, named.data);
        }
    }
  }
  const openOf = new Map<string, boolean>();
  for (const item of items) openOf.set(item.record, (openOf.get(item.record) ?? false) || item.open);
  items.sort(
    (a, b) =>
      Number(openOf.get(b.record)) - Number(openOf.get(a.record)) ||
      (a.record === b.record ? Number(b.open) - Number(a.open) : 0),
  );
  return { items, names };
}
