import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/change/clock.ts';
import { applyChange } from '../../../shared/change/fold.ts';
import { problemOfDraft, validateBatch, validateChange } from '../../../shared/change/validate.ts';
import { typed } from './simulation.ts';

const hlc = (millis: number): string => formatHlc({ millis, counter: 0, device: '0'.repeat(16) });
const good = {
  id: hlc(5),
  batch: hlc(4),
  type: 'person',
  record: 'p1',
  field: 'summary',
  value: 'текст',
  base: [hlc(3)],
};

describe('a change from elsewhere', () => {
  it('is taken as it is when it is whole', () => {
    expect(validateChange(good)).toEqual({ ok: true, value: good });
    expect(validateChange({ ...good, field: '$new', value: { summary: 'x', 'tags/a': true } }).ok).toBe(true);
    expect(validateChange({ ...good, type: 'hologram', field: 'parts/1', value: { a: [1, null] } }).ok).toBe(true);
    expect(validateChange({ ...good, type: 'meeting', field: 'body', value: typed(1, 'a') }).ok).toBe(true);
  });

  it.each([
    ['no object', null, 'shape'],
    ['a bad clock', { ...good, id: 'x' }, 'id'],
    ['a base that is not older', { ...good, base: [good.id] }, 'base'],
    ['a base that is no clock', { ...good, base: ['x'] }, 'base'],
    ['a type with a strange name', { ...good, type: 'a/b' }, 'type'],
    ['a record named __proto__', { ...good, record: '__proto__' }, 'record'],
    ['a field named __proto__', { ...good, field: '__proto__' }, 'field'],
    ['a field named constructor', { ...good, field: 'constructor/x' }, 'field'],
    ['an element named __proto__', { ...good, field: 'tags/__proto__' }, 'field'],
    ['a field path that is too long', { ...good, field: `tags/${'x'.repeat(200)}` }, 'field'],
    ['a nested __proto__', { ...good, value: JSON.parse('{"__proto__": 1}') }, 'name'],
    ['a number that JSON cannot hold', { ...good, value: Number.NaN }, 'number'],
    ['a function', { ...good, value: () => 1 }, 'notJson'],
    ['a Date', { ...good, value: new Date(0) }, 'notJson'],
    ['a text beyond the limit', { ...good, value: 'x'.repeat(4_000_001) }, 'tooLong'],
    ['a deletion that is no boolean', { ...good, field: '$deleted', value: 'yes' }, 'value'],
    ['a document that is none', { ...good, type: 'meeting', field: 'body', value: '/////w==' }, 'document'],
    ['a first state that is no object', { ...good, field: '$new', value: [1] }, 'value'],
    ['a first state with a deletion inside', { ...good, field: '$new', value: { $deleted: true } }, 'field'],
  ])('is refused with %s', (_, change, reason) => {
    expect(validateChange(change)).toMatchObject({ ok: false, error: { code: 'change.invalid', params: { reason } } });
  });

  it('never makes the checks or the fold throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (noise, value) => {
        const taken = [validateChange(noise), validateChange({ ...good, field: '$new', value })].flatMap((checked) =>
          checked.ok ? [applyChange(undefined, checked.value).id] : [],
        );
        expect(validateBatch(noise).ok).toBe(false);
        expect(taken.every((id) => typeof id === 'string')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('cannot nest deeper than the fold can go', () => {
    let value: unknown = 1;
    for (let i = 0; i < 5000; i += 1) value = [value];
    expect(validateChange({ ...good, value })).toMatchObject({ error: { params: { reason: 'tooDeep' } } });
  });
});

describe('a draft', () => {
  it('must give elements to sets and one value to single fields', () => {
    expect(problemOfDraft({ type: 'person', record: 'p', field: 'phones', value: {} })).toBe('field');
    expect(problemOfDraft({ type: 'person', record: 'p', field: 'summary/x', value: 'a' })).toBe('field');
    expect(problemOfDraft({ type: 'person', record: 'p', field: '$new', value: { tags: ['a'] } })).toBe('field');
    expect(problemOfDraft({ type: 'person', record: 'p', field: 'phones/a', value: { value: '1' } })).toBeNull();
  });
});

describe('a batch from elsewhere', () => {
  it('is checked like its changes', () => {
    const batch = { id: hlc(4), kind: 'edit', actor: 'Анна', device: '0'.repeat(16), time: 5 };
    expect(validateBatch(batch)).toEqual({ ok: true, value: batch });
    for (const bad of [
      { ...batch, kind: 'drop' },
      { ...batch, device: 'x' },
      { ...batch, time: 1.5 },
      { ...batch, actor: 5 },
      { ...batch, label: 'x'.repeat(201) },
    ]) {
      expect(validateBatch(bad).ok).toBe(false);
    }
  });
});
