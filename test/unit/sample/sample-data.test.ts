import { describe, expect, it } from 'vitest';
import type { DraftChange } from '../../../shared/change/types.ts';
import { isPlainDate, weekday } from '../../../shared/dates/plain-date.ts';
import { isKnownField } from '../../../shared/model/schema.ts';
import { noteBlocks } from '../../../shared/note/note.ts';
import { nearWorkday } from '../../../shared/sample/build.ts';
import { sampleBatch } from '../../../shared/sample/index.ts';

const values = (batch: readonly DraftChange[], type: string): readonly Record<string, unknown>[] =>
  batch.filter((change) => change.type === type).map((change) => change.value as Record<string, unknown>);

describe.each(['ru', 'en'] as const)('the sample in %s', (language) => {
  const batch = sampleBatch(language, '2026-11-23');

  it('is a small business of both halves of the profession', () => {
    const kinds = new Set(
      values(batch, 'organisation').flatMap((value) => Object.keys(value).filter((k) => k.startsWith('kinds/'))),
    );
    expect([...kinds].sort()).toEqual(
      ['association', 'authority', 'client', 'materials', 'partner', 'prospect', 'service', 'supplier', 'unit'].map(
        (k) => `kinds/${k}`,
      ),
    );
    expect(values(batch, 'organisation')).toHaveLength(12);
    expect(values(batch, 'person')).toHaveLength(30);
    expect(values(batch, 'meeting')).toHaveLength(15);
    expect(values(batch, 'contract').length).toBeGreaterThanOrEqual(6);
    expect(values(batch, 'promise').length).toBeGreaterThan(15);
  });
  it('uses only fields the model knows, and every reference leads to a record', () => {
    const ids = new Set(batch.map((change) => change.record));
    expect(ids.size).toBe(batch.length);
    for (const change of batch) {
      expect(change.field).toBe('$new');
      for (const [field, value] of Object.entries(change.value as Record<string, unknown>)) {
        expect(isKnownField(change.type, field), `${change.type}.${field}`).toBe(true);
        const person = (value as { person?: string } | null)?.person;
        const named = ['organisation', 'meeting', 'person'].includes(field) ? [value as string] : [];
        for (const id of person ? [...named, person] : named) expect(ids.has(id)).toBe(true);
      }
    }
  });
  it('has meetings before, on and after today, on working days, with mixed visibility in the notes', () => {
    const starts = values(batch, 'meeting').map((value) => (value.start as string).slice(0, 10));
    expect(starts.every((day) => isPlainDate(day) && weekday(day) <= 5)).toBe(true);
    expect(starts.filter((day) => day < '2026-11-23').length).toBeGreaterThanOrEqual(7);
    expect(starts).toContain('2026-11-23');
    expect(starts.filter((day) => day > '2026-11-23').length).toBeGreaterThanOrEqual(4);
    const marks = new Set(
      values(batch, 'meeting').flatMap((value) =>
        noteBlocks(value.body as string | undefined).map((b) => b.visibility),
      ),
    );
    expect([...marks].sort()).toEqual(['client', 'internal', 'private']);
  });
  it('can be asked without a letterhead and with ids of the caller', () => {
    let n = 0;
    const own = sampleBatch(language, '2026-11-23', { newId: () => `id-${n++}`, brand: false });
    expect(own.some((change) => change.type === 'brand')).toBe(false);
    expect(own.every((change) => change.record.startsWith('id-'))).toBe(true);
    expect(own).toHaveLength(batch.length - 1);
  });
});

describe('a day near', () => {
  it('is a working day next to the one asked for', () => {
    expect(nearWorkday('2026-11-23', -2)).toBe('2026-11-20');
    expect(nearWorkday('2026-11-23', -1)).toBe('2026-11-23');
    expect(nearWorkday('2026-11-23', 1)).toBe('2026-11-24');
  });
});
