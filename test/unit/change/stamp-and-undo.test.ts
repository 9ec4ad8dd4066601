import { describe, expect, it } from 'vitest';
import { hlcMillis } from '../../../shared/change/clock.ts';
import { invertBatch } from '../../../shared/change/invert.ts';
import { conflictsOf, materialise } from '../../../shared/change/state.ts';
import type { DraftChange, Json, RecordState } from '../../../shared/change/types.ts';
import { Device, DEVICES, typed } from './simulation.ts';

let now = 1_000_000;
const device = (i: number): Device => new Device(DEVICES[i] as string, () => (now += 1));
const draft = (record: string, field: string, value: Json, type = 'contract'): DraftChange => ({
  type,
  record,
  field,
  value,
});
const share = (from: Device, to: Device): void => {
  for (const change of from.known.values()) to.hear(change);
};
const data = (of: Device, record: string): Readonly<Record<string, Json>> =>
  materialise(of.states.get(record) as RecordState).data;
const deleted = (of: Device, record: string): boolean => materialise(of.states.get(record) as RecordState).deleted;
const conflicts = (of: Device, record: string) => conflictsOf(of.states.get(record) as RecordState);

describe('stamping', () => {
  it('names in each change what it was made on top of', () => {
    const one = device(0);
    const first = one.commit([draft('c', 'title', 'a')]).changes[0];
    const second = one.commit([draft('c', 'title', 'b')]).changes[0];
    expect(first?.base).toEqual([]);
    expect(second?.base).toEqual([first?.id]);
  });

  it('drops changes that change nothing', () => {
    const one = device(0);
    one.commit([draft('c', '$new', { title: 'a', 'tags/x': true })]);
    expect(
      one.commit([
        draft('c', 'title', 'a'),
        draft('c', 'tags/x', true),
        draft('c', 'tags/y', null),
        draft('c', '$deleted', false),
      ]).changes,
    ).toEqual([]);
  });

  it('keeps a change to the shown value when it settles a conflict', () => {
    const [one, two] = [device(0), device(1)];
    one.commit([draft('c', 'end', '2026-01-01')]);
    two.commit([draft('c', 'end', '2026-02-01')]);
    share(two, one);
    expect(conflicts(one, 'c')).toMatchObject([
      { field: 'end', open: true, shown: { value: '2026-02-01' }, others: [{ value: '2026-01-01' }] },
    ]);
    const settled = one.commit([draft('c', 'end', '2026-02-01')]);
    expect(settled.changes[0]?.base).toHaveLength(2);
    expect(conflicts(one, 'c')).toEqual([]);
  });

  it('turns $new for a record that is there into changes of its fields and takes it out of the bin', () => {
    const one = device(0);
    one.commit([draft('c', '$new', { title: 'a', number: '1' })]);
    one.commit([draft('c', '$deleted', true)]);
    const again = one.commit([draft('c', '$new', { title: 'a', number: '2' })]);
    expect(again.changes.map((change) => [change.field, change.value])).toEqual([
      ['number', '2'],
      ['$deleted', false],
    ]);
    expect(deleted(one, 'c')).toBe(false);
  });

  it('deletes last, whatever the order in the draft', () => {
    const one = device(0);
    one.commit([draft('c', '$new', { title: 'a' })]);
    one.commit([draft('c', '$deleted', true), draft('c', 'title', 'b')]);
    expect(deleted(one, 'c')).toBe(true);
    expect(conflicts(one, 'c')).toEqual([]);
  });

  it('gives a batch the clock and the actor it was made with', () => {
    const { batch, changes } = device(0).commit([draft('c', 'title', 'a')]);
    expect(batch).toMatchObject({ kind: 'edit', actor: 'a', device: DEVICES[0] });
    expect(changes[0]?.batch).toBe(batch.id);
    expect(Math.abs(batch.time - hlcMillis(batch.id))).toBeLessThan(10);
  });
});

describe('merging', () => {
  it('shows the stronger status of concurrent ones, and a reopening that knew of it', () => {
    const [one, two] = [device(0), device(1)];
    one.commit([draft('p', '$new', { status: 'open' }, 'promise')]);
    share(one, two);
    one.commit([draft('p', 'status', 'done', 'promise')]);
    two.commit([draft('p', 'status', 'dropped', 'promise')]);
    share(one, two);
    expect(data(two, 'p').status).toBe('done');
    two.commit([draft('p', 'status', 'open', 'promise')]);
    expect(data(two, 'p').status).toBe('open');
  });

  it('adds and removes elements of sets one by one', () => {
    const [one, two] = [device(0), device(1)];
    one.commit([draft('c', '$new', { 'tags/a': true, 'tags/b': true })]);
    share(one, two);
    one.commit([draft('c', 'tags/a', null)]);
    two.commit([draft('c', 'tags/c', true)]);
    share(one, two);
    expect(data(two, 'c').tags).toEqual({ b: true, c: true });
  });

  it('merges notes by character whoever typed', () => {
    const [one, two] = [device(0), device(1)];
    one.commit([draft('m', 'body', typed(1, 'первый'), 'meeting')]);
    two.commit([draft('m', 'body', typed(2, 'second'), 'meeting')]);
    share(one, two);
    share(two, one);
    expect(data(one, 'm').body).toBe(data(two, 'm').body);
  });

  it('keeps a record out of the bin when an edit is newer than the deletion, and says so', () => {
    const [one, two] = [device(0), device(1)];
    one.commit([draft('c', '$new', { title: 'a' })]);
    share(one, two);
    one.commit([draft('c', '$deleted', true)]);
    two.commit([draft('c', 'title', 'b')]);
    share(two, one);
    expect(deleted(one, 'c')).toBe(false);
    expect(conflicts(one, 'c')).toMatchObject([
      { field: '$deleted', open: true, shown: { value: false }, others: [{ value: true }] },
    ]);
    one.commit([draft('c', '$deleted', true)]);
    expect(deleted(one, 'c')).toBe(true);
    expect(conflicts(one, 'c')).toEqual([]);
  });

  it('keeps fields and types of a newer app', () => {
    const one = device(0);
    one.commit([draft('x', '$new', { colour: 'red', 'parts/1': { a: 1 } }, 'hologram')]);
    one.commit([draft('x', 'colour', 'blue', 'hologram')]);
    expect(data(one, 'x')).toEqual({ colour: 'blue', parts: { 1: { a: 1 } } });
  });
});

describe('taking back', () => {
  it('bins what a batch created and restores what it changed', () => {
    const one = device(0);
    one.commit([draft('old', '$new', { title: 'before', 'tags/a': true })]);
    const set = one.commit([
      draft('new', '$new', { title: 'n' }),
      draft('old', 'title', 'after'),
      draft('old', 'tags/a', null),
      draft('old', 'number', '7'),
    ]);
    one.undo(set);
    expect(deleted(one, 'new')).toBe(true);
    expect(data(one, 'old')).toEqual({ title: 'before', tags: { a: true } });
  });

  it('takes back taking back, as often as one likes', () => {
    const one = device(0);
    one.commit([draft('old', '$new', { title: 'before' })]);
    let set = one.commit([draft('new', '$new', { title: 'n' }), draft('old', 'title', 'after')]);
    const original = set;
    for (let i = 0; i < 3; i += 1) {
      set = one.undo(set) as typeof set;
      expect([deleted(one, 'new'), data(one, 'old').title]).toEqual([true, 'before']);
      set = one.undo(set) as typeof set;
      expect([deleted(one, 'new'), data(one, 'old').title]).toEqual([false, 'after']);
    }
    one.undo(original);
    expect(deleted(one, 'new')).toBe(true);
  });

  it('keeps what someone has gone on from, and names it', () => {
    const one = device(0);
    one.commit([draft('old', '$new', { title: 'before', number: '1' })]);
    const set = one.commit([
      draft('new', '$new', { title: 'n' }),
      draft('old', 'title', 'after'),
      draft('old', 'number', '2'),
    ]);
    one.commit([draft('new', 'subject', 'touched'), draft('old', 'title', 'later')]);
    const { drafts, kept, errored } = invertBatch(set, {
      stateOf: (id) => one.states.get(id),
      valueOf: (id, field) => (field === 'number' && one.known.get(id)?.field === '$new' ? '1' : undefined),
    });
    expect(drafts).toEqual([{ type: 'contract', record: 'old', field: 'number', value: '1' }]);
    expect(kept).toEqual([
      { record: 'new', field: 'subject' },
      { record: 'old', field: 'title' },
    ]);
    expect(errored).toEqual([]);
  });

  it('keeps typed text and does not touch a record that was deleted since', () => {
    const one = device(0);
    one.commit([draft('m', '$new', { title: 'a' }, 'meeting')]);
    const text = one.commit([draft('m', 'body', typed(5, 'x'), 'meeting')]);
    const title = one.commit([draft('m', 'title', 'b', 'meeting')]);
    const options = { stateOf: (id: string) => one.states.get(id), valueOf: () => 'a' };
    expect(invertBatch(text, options)).toEqual({ drafts: [], kept: [{ record: 'm', field: 'body' }], errored: [] });
    one.commit([draft('m', '$deleted', true, 'meeting')]);
    expect(invertBatch(title, options)).toEqual({ drafts: [], kept: [{ record: 'm', field: 'title' }], errored: [] });
  });

  it('says of what it cannot take back why', () => {
    const one = device(0);
    one.commit([draft('c', '$new', { title: 'a' })]);
    const set = one.commit([draft('c', 'title', 'b')]);
    expect(invertBatch(set, { stateOf: (id) => one.states.get(id), valueOf: () => undefined }).errored).toEqual([
      { record: 'c', field: 'title', code: 'undo.previousUnknown' },
    ]);
    expect(invertBatch(set, { stateOf: () => undefined, valueOf: () => undefined }).errored).toEqual([
      { record: 'c', field: 'title', code: 'undo.recordMissing' },
    ]);
  });
});
