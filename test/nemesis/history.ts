/**
 * What devices of a trial say, and the laws that it is held against: session guarantees and causal order (Terry et al.,
 * "Session guarantees for weakly consistent replicated data", 1994; Ahamad et al., "Causal memory", 1995), nothing that was
 * acknowledged lost, and one state everywhere at the end.
 */
import type { HistoryEntry, RecordView } from '../../shared/ipc/contract.ts';
import { docText } from '../../shared/change/doc-text.ts';
import type { Digest } from '../../shared/sync/protocol.ts';
import type { SyncStatus } from '../../shared/sync/view.ts';

/** A record and its fields that all devices write, each change against the others'. */
export const SHARED = 'shared';
export const SHARED_FIELDS = ['industry', 'source', 'summary'] as const;
/** A meeting in whose note all devices type. */
export const MEETING = 'meeting';
/** The record that one device alone writes. */
export const registerOf = (name: string): string => `register-${name}`;

export interface Order {
  readonly dir: string;
  readonly me: string;
  /** Names of all devices. */
  readonly all: readonly string[];
  readonly seed: number;
  /** Mean time between two edits in milliseconds. */
  readonly pause: number;
}
/** A register's value: the number of the write, and the numbers of the others' writes that its writer had seen. */
export interface Mark {
  readonly n: number;
  readonly seen: Readonly<Record<string, number>>;
}
export interface Asked {
  readonly id: number;
  readonly ask: 'join' | 'invite' | 'edit' | 'rest' | 'state';
  readonly code?: string;
  readonly from?: number;
}
export type Said =
  | { readonly kind: 'ready' }
  /** A write of the device's own register begins. */
  | { readonly kind: 'writes'; readonly n: number }
  /** A change was acknowledged as durable. */
  | { readonly kind: 'kept'; readonly n: number; readonly record: string; readonly field: string }
  | { readonly kind: 'saw'; readonly marks: Readonly<Record<string, Mark>> }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };
export type Told = Extract<Said, { readonly kind: 'writes' | 'kept' | 'saw' }>;

export interface DeviceState {
  /** What sync says of itself, for the log. */
  readonly says: string;
  readonly waiting: number;
  readonly refused: number;
  readonly aside: number;
  readonly digest: string;
  /** Of every record its fields, the notes as text. */
  readonly records: Readonly<Record<string, string>>;
  /** `record field value change` of every change of the registers and of what several devices write. */
  readonly changes: readonly string[];
  readonly problems: readonly string[];
}

export const countOf = (marks: Readonly<Record<string, Mark>>): Record<string, number> =>
  Object.fromEntries(Object.entries(marks).map(([name, { n }]) => [name, n]));

const sayOf = ({ state, progress, error, nextTry, lastSync }: SyncStatus): string =>
  [
    state,
    progress?.stage,
    error && `${error.code} ${error.detail ?? ''}`,
    nextTry !== undefined && `next in ${nextTry - Date.now()} ms`,
    lastSync !== undefined && `last ${Date.now() - lastSync} ms ago`,
  ]
    .filter(Boolean)
    .join(', ');

export function stateOf(of: {
  readonly status: SyncStatus;
  readonly digest: Digest;
  readonly records: readonly RecordView[];
  readonly histories: Readonly<Record<string, readonly HistoryEntry[]>>;
  readonly problems: readonly string[];
}): DeviceState {
  const plain = ({ id, data, conflicts }: RecordView): [string, string] => {
    const fields = Object.entries(data).map(([field, value]) => [
      field,
      field === 'body' && typeof value === 'string' ? docText(value) : value,
    ]);
    const open = conflicts.map(({ field }) => field).sort();
    return [id, JSON.stringify([fields.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)), open])];
  };
  return {
    says: sayOf(of.status),
    waiting: of.status.pending,
    refused: of.status.refused,
    aside: of.status.quarantined,
    digest: `${of.digest.count} ${of.digest.xor}`,
    records: Object.fromEntries(of.records.map(plain)),
    changes: Object.entries(of.histories)
      .flatMap(([record, entries]) =>
        entries.map(({ change, field, value }) => `${record} ${field} ${JSON.stringify(value)} ${change}`),
      )
      .sort(),
    problems: of.problems,
  };
}

/** What every look of one device must show: never less than before, never less than it wrote, causes with their effects. */
export function brokenSession(name: string, told: readonly Told[], begun: Readonly<Record<string, number>>): string[] {
  const problems: string[] = [];
  let own = 0;
  let before: Readonly<Record<string, number>> = {};
  for (const each of told) {
    if (each.kind === 'kept' && each.record === registerOf(name)) own = each.n;
    if (each.kind !== 'saw') continue;
    const counts = countOf(each.marks);
    if ((counts[name] ?? 0) < own) problems.push(`${name} does not see its own write ${own} but ${counts[name]}`);
    for (const [other, n] of Object.entries(counts)) {
      if (n < (before[other] ?? 0)) problems.push(`${name} saw ${other} go back from ${before[other]} to ${n}`);
      if (n > (begun[other] ?? 0)) problems.push(`${name} saw ${other}’s ${n}, which nobody wrote`);
      for (const [cause, m] of Object.entries(each.marks[other]?.seen ?? {}))
        if ((counts[cause] ?? 0) < m)
          problems.push(`${name} sees ${other}’s ${n} without ${cause}’s ${m}, which it was written after`);
    }
    before = counts;
  }
  return problems;
}

/** What must hold at the end: nothing waits, one state, and everything that was ever acknowledged is in it. */
export function brokenEnd(
  told: Readonly<Record<string, readonly Told[]>>,
  states: Readonly<Record<string, DeviceState>>,
): string[] {
  const problems: string[] = [];
  const [first, ...others] = Object.entries(states);
  if (!first) return ['no device is left'];
  for (const [name, state] of Object.entries(states)) {
    if (state.waiting + state.refused + state.aside > 0)
      problems.push(`${name}: ${state.waiting} wait, ${state.refused} refused, ${state.aside} set aside`);
    for (const problem of state.problems) problems.push(`${name}: ${problem}`);
  }
  for (const [name, state] of others) {
    if (state.digest !== first[1].digest) problems.push(`${name} holds other changes than ${first[0]}`);
    if (JSON.stringify(state.changes) !== JSON.stringify(first[1].changes))
      problems.push(`${name} tells another history than ${first[0]}`);
    for (const id of new Set([...Object.keys(first[1].records), ...Object.keys(state.records)]))
      if (state.records[id] !== first[1].records[id])
        problems.push(`${id} is ${state.records[id]} at ${name} and ${first[1].records[id]} at ${first[0]}`);
  }
  for (const [name, state] of Object.entries(states)) {
    const changes = new Set(state.changes.map((text) => text.slice(0, text.lastIndexOf(' '))));
    const numbers = new Set(
      state.changes.flatMap((text) => {
        const [, record, n] = /^(\S+) summary "\{\\"n\\":(\d+),/.exec(text) ?? [];
        return record === undefined ? [] : [`${record} ${n}`];
      }),
    );
    const words = (state.records[MEETING] ?? '').split(/[^\w-]+/u);
    for (const [writer, all] of Object.entries(told))
      for (const each of all) {
        if (each.kind !== 'kept') continue;
        const token = `${writer}-${each.n}`;
        let there: boolean;
        if (each.record === SHARED) there = changes.has(`${SHARED} ${each.field} "${token}"`);
        else if (each.record === MEETING) there = words.filter((word) => word === token).length === 1;
        else if (each.record === token) there = state.records[token] !== undefined;
        else there = numbers.has(`${each.record} ${each.n}`);
        if (!there) problems.push(`${name} lacks ${token} of ${each.record}`);
      }
  }
  return problems;
}
