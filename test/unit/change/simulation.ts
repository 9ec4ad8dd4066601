/** Simulated devices: each knows a part of the changes, edits on top of what it knows, and hears from others in batches. */
import fc from 'fast-check';
import * as Y from 'yjs';
import { type Clock, createClock } from '../../../shared/change/clock.ts';
import { applyChange } from '../../../shared/change/fold.ts';
import { invertBatch } from '../../../shared/change/invert.ts';
import { stampBatch } from '../../../shared/change/stamp.ts';
import type { Change, ChangeSet, DraftChange, Json, RecordState } from '../../../shared/change/types.ts';
import { encodeBase64 } from '../../../shared/text/base64.ts';

export const DEVICES = ['1'.repeat(16), '2'.repeat(16), '3'.repeat(16)] as const;
const RECORDS = ['r1', 'r2'] as const;

/** One device: what it knows, in the order in which it learned it. */
export class Device {
  readonly states = new Map<string, RecordState>();
  readonly known = new Map<string, Change>();
  readonly sets: ChangeSet[] = [];
  readonly clock: Clock;

  constructor(device: string, now: () => number) {
    this.clock = createClock({ device, now });
  }

  commit(changes: readonly DraftChange[], undoes?: string): ChangeSet {
    const { set, states } = stampBatch(
      { kind: undoes === undefined ? 'edit' : 'undo', changes },
      {
        clock: this.clock,
        actor: 'a',
        stateOf: (id) => this.states.get(id),
        ...(undoes === undefined ? {} : { undoes }),
      },
    );
    for (const [id, state] of states) this.states.set(id, state);
    for (const change of set.changes) this.known.set(change.id, change);
    if (set.changes.length > 0) this.sets.push(set);
    return set;
  }

  hear(change: Change): void {
    if (this.known.has(change.id)) return;
    this.clock.receive(change.id);
    this.states.set(
      change.record,
      applyChange(this.states.get(change.record), change, (id) => this.known.has(id)),
    );
    this.known.set(change.id, change);
  }

  undo(set: ChangeSet): ChangeSet | undefined {
    const { drafts } = invertBatch(set, {
      stateOf: (id) => this.states.get(id),
      valueOf: (id, field) => {
        const change = this.known.get(id);
        if (change?.field === field) return change.value;
        const values = change?.field === '$new' ? (change.value as Record<string, Json>) : {};
        return Object.hasOwn(values, field) ? values[field] : undefined;
      },
    });
    return drafts.length > 0 ? this.commit(drafts, set.batch.id) : undefined;
  }
}

/** Text typed by one author as a Yjs update, independent of others' text. */
export function typed(client: number, text: string): string {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.getText('body').insert(0, text);
  return encodeBase64(Y.encodeStateAsUpdate(doc));
}

type Step =
  | {
      readonly do: 'edit';
      readonly device: number;
      readonly record: number;
      readonly field: string;
      readonly value: Json;
    }
  | { readonly do: 'new'; readonly device: number; readonly record: number; readonly value: number }
  | { readonly do: 'delete'; readonly device: number; readonly record: number; readonly value: boolean }
  | { readonly do: 'type'; readonly device: number; readonly record: number; readonly text: string }
  | { readonly do: 'undo'; readonly device: number; readonly back: number }
  | { readonly do: 'sync'; readonly from: number; readonly to: number };

const device = fc.integer({ min: 0, max: DEVICES.length - 1 });
const record = fc.integer({ min: 0, max: RECORDS.length - 1 });
const small = fc.integer({ min: 0, max: 3 });
const edit = <T extends Json>(field: string, value: fc.Arbitrary<T>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('edit' as const), device, record, field: fc.constant(field), value });

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: edit('title', small) },
    { weight: 1, arbitrary: edit('tags/a', fc.constantFrom<Json[]>(true, null)) },
    { weight: 1, arbitrary: edit('attendees/x', fc.oneof(small, fc.constant(null))) },
    { weight: 2, arbitrary: edit('state', fc.constantFrom('draft', 'reviewed', 'sent')) },
    { weight: 1, arbitrary: edit('fieldOfTomorrow', small) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('new' as const), device, record, value: small }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), device, record, value: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('type' as const),
        device,
        record,
        text: fc.constantFrom('да', 'no', 'x'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('undo' as const), device, back: fc.integer({ min: 0, max: 3 }) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), from: device, to: device }) },
  ),
  { minLength: 2, maxLength: 24 },
);

/** Plays a script. Returns the devices and every change in the order in which it was made. */
export function play(script: readonly Step[]): {
  readonly devices: readonly Device[];
  readonly all: readonly Change[];
} {
  let now = 1_000_000;
  const devices = DEVICES.map((id) => new Device(id, () => now));
  const all: Change[] = [];
  let client = 0;
  const keep = (set: ChangeSet | undefined): void => void all.push(...(set?.changes ?? []));
  for (const step of script) {
    now += 7;
    if (step.do === 'sync') {
      for (const change of devices[step.from]?.known.values() ?? []) devices[step.to]?.hear(change);
      continue;
    }
    const actor = devices[step.device] as Device;
    if (step.do === 'undo') {
      const set = actor.sets.at(-1 - step.back);
      if (set) keep(actor.undo(set));
      continue;
    }
    const base = { type: 'meeting', record: RECORDS[step.record] as string };
    if (step.do === 'edit') keep(actor.commit([{ ...base, field: step.field, value: step.value }]));
    if (step.do === 'new')
      keep(actor.commit([{ ...base, field: '$new', value: { title: step.value, 'tags/n': true, state: 'draft' } }]));
    if (step.do === 'delete') keep(actor.commit([{ ...base, field: '$deleted', value: step.value }]));
    if (step.do === 'type') {
      client += 1;
      keep(actor.commit([{ ...base, field: 'body', value: typed(client, step.text) }]));
    }
  }
  return { devices, all };
}
