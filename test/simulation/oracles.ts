/** What must hold when everything has been given time to heal. Each oracle returns what is wrong, or nothing. */
import { docText } from '../../shared/change/doc-text.ts';
import { foldChanges } from '../../shared/change/fold.ts';
import { conflictsOf, materialise } from '../../shared/change/state.ts';
import type { Change, Hlc, Json, RecordState } from '../../shared/change/types.ts';
import { fieldSpec } from '../../shared/model/schema.ts';
import type { Device } from './device.ts';
import { blobName, contentIn, wantedIn } from './memory-blobs.ts';
import type { ModelServer } from './model-server.ts';
import type { MemoryLog } from './memory-log.ts';

const byName = (entries: [string, Json][]): [string, Json][] => entries.sort(([a], [b]) => (a < b ? -1 : 1));

/** The elements of a set stand in the order in which they came. */
const inOrder = (value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? byName(Object.entries(value)) : value;

/** A state as text, without what depends on how it was reached: the bytes of a merged document. */
export function canonical(states: ReadonlyMap<string, RecordState>): string {
  const records = [...states.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((state) => {
      const fields = [...state.fields]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([field, { heads, awaited, seen }]) => {
          const doc = fieldSpec(state.type, field).kind === 'doc';
          return [
            field,
            heads.map(({ id, value, batch, base }) => [id, doc ? docText(value as string) : value, batch, base ?? []]),
            awaited ?? [],
            seen ?? [],
          ];
        });
      const { data, deleted } = materialise(state);
      const shown = Object.entries(data).map(([name, value]): [string, Json] => [
        name,
        fieldSpec(state.type, name).kind === 'doc' ? docText(value as string) : inOrder(value),
      ]);
      const conflicts = conflictsOf(state).map(({ field, open }) => [field, open]);
      return [state.id, state.type, state.first, state.last, fields, deleted, byName(shown), conflicts];
    });
  return JSON.stringify(records);
}

/** The same data on every device. */
function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at] && at < a.length) at += 1;
  return `…${a.slice(Math.max(0, at - 200), at + 60)}… ≠ …${b.slice(Math.max(0, at - 60), at + 60)}…`;
}

export function divergence(devices: readonly Device[]): string[] {
  const [first, ...others] = devices;
  if (!first) return [];
  const expected = canonical(first.log.states());
  return others
    .filter((device) => canonical(device.log.states()) !== expected)
    .map(
      (device) =>
        `${device.name} differs from ${first.name}: ${firstDifference(expected, canonical(device.log.states()))}`,
    );
}

/** The fold is a function of the set of changes: any order gives it. */
export function refolding(device: Device, shuffled: <T>(items: readonly T[]) => T[]): string[] {
  const changes = device.log.live().map(({ change }) => change);
  const other = canonical(foldChanges(shuffled(changes)));
  const present = canonical(device.log.states());
  return other === present
    ? []
    : [`${device.name}: the log folded in another order gives something else: ${firstDifference(present, other)}`];
}

const fieldsOf = (change: Change): readonly string[] =>
  change.field === '$new' ? Object.keys(change.value as Record<string, Json>) : [change.field];

/**
 * Every acknowledged content is there: shown, in conflict, or replaced by a change that had it as its base. `expected` are
 * the labels of acknowledged batches.
 */
export function preservation(log: MemoryLog, name: string, expected: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const byLabel = new Map<string, Change[]>();
  const replaced = new Set<string>();
  const live = log.live();
  for (const { change, batch } of live) {
    const label = batch.label ?? '';
    byLabel.set(label, [...(byLabel.get(label) ?? []), change]);
    for (const field of fieldsOf(change))
      for (const base of change.base) replaced.add(`${change.record} ${field} ${base}`);
  }
  for (const label of expected) {
    const changes = byLabel.get(label);
    if (!changes) {
      problems.push(`${name}: ${label} is not there`);
      continue;
    }
    for (const change of changes)
      for (const field of fieldsOf(change)) {
        const fold = log.states().get(change.record)?.fields.get(field);
        if (fieldSpec(change.type, field).kind === 'doc') {
          const text = docText(String(fold?.heads[0]?.value ?? ''));
          if (!text.includes(`‹${label}›`)) problems.push(`${name}: the text of ${label} is gone`);
        } else if (!isReachable(fold?.heads ?? [], change, field, replaced))
          problems.push(`${name}: ${label} is lost in ${field}`);
      }
  }
  return problems;
}

const isReachable = (
  heads: readonly { readonly id: Hlc }[],
  { id, record }: Change,
  field: string,
  replaced: ReadonlySet<string>,
): boolean => heads.some((head) => head.id === id) || replaced.has(`${record} ${field} ${id}`);

/**
 * Contents of attachments: what a person was told is kept is kept, none is corrupted, and what any device or the server
 * has is on every device whose records show it.
 */
export function contentProblems(
  devices: readonly Device[],
  server: ModelServer,
  contents: ReadonlyMap<string, string>,
): string[] {
  const problems: string[] = [];
  for (const { name, log, kept } of devices) {
    for (const hash of kept) if (contentIn(log, hash) === undefined) problems.push(`${name}: content ${hash} is lost`);
    for (const hash of wantedIn(log).keys()) {
      const here = contentIn(log, hash);
      if (here !== undefined && here !== contents.get(hash)) problems.push(`${name}: content ${hash} is corrupted`);
      if (here !== undefined) continue;
      const somewhere =
        server.blobs.isWhole(blobName(hash)) || devices.some((other) => contentIn(other.log, hash) !== undefined);
      if (somewhere) problems.push(`${name}: content ${hash} has not come`);
    }
  }
  return problems;
}

/** Nothing waits, nothing is refused, and both sides hold the same. */
export async function leftOver(
  device: Device,
  server: { readonly count: number; readonly xor: string },
): Promise<string[]> {
  const { waiting, refused } = await device.store.counts();
  const digest = await device.store.digest();
  const memory = await device.store.memory();
  return [
    ...(waiting > 0 ? [`${device.name}: ${waiting} changes are stuck`] : []),
    ...(refused > 0 ? [`${device.name}: ${refused} changes are refused`] : []),
    ...(memory?.download ? [`${device.name}: the first download has not ended (${memory.download.stage})`] : []),
    ...(digest.xor !== server.xor || digest.count !== server.count
      ? [`${device.name}: digest differs from the server's`]
      : []),
  ];
}
