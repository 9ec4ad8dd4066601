import { describe, expect, it } from 'vitest';
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import type { DeadlineContract, DeadlinePromise } from '../../../shared/contracts/deadlines.ts';
import { isTermDecision, portfolioDeadlines } from '../../../shared/contracts/portfolio.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';
import { addDays, isPlainDate, weekday } from '../../../shared/dates/plain-date.ts';
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

describe.each(['ru', 'en'] as const)('the contracts of the sample in %s', (language) => {
  // Whatever the day: the sample is added on it.
  const days = ['2026-01-01', '2026-02-28', '2026-05-09', '2026-08-31', '2026-11-26', '2027-12-31'];

  it.each(days)('show every kind of deadline on %s: overdue, due, open, ahead, decided', (today) => {
    const batch = sampleBatch(language, today);
    const contracts = batch
      .filter(({ type }) => type === 'contract')
      .map(({ record, value }): DeadlineContract => {
        const flat = value as Readonly<Record<string, Json>>;
        const wording = folded(flat) as ContractWording & { readonly number?: string; readonly title?: string };
        return {
          id: record,
          title: wording.title ?? '',
          number: wording.number ?? '',
          organisationName: '',
          owner: '',
          wording,
        };
      });
    const promises = batch
      .filter(({ type, value }) => type === 'promise' && 'contract' in (value as object))
      .map(({ record, value }): DeadlinePromise => {
        const data = folded(value as Readonly<Record<string, Json>>) as unknown as DeadlinePromise;
        return { ...data, id: record, ownerName: '', organisationName: '' };
      });
    expect(promises.length).toBeGreaterThanOrEqual(5);
    for (const { wording, title } of contracts) {
      const view = contractView(wording, { today, packs: [] });
      expect(view.ok ? 'computed' : view.problem, title).toBe('computed');
    }
    const list = portfolioDeadlines(contracts, promises, { today, packs: [], until: addDays(today, 400) });
    const states = new Set(list.filter(isTermDecision).map(({ state }) => state));
    expect([...states].sort()).toEqual(['ahead', 'decided', 'due', 'missed', 'open']);
    expect(new Set(list.map(({ kind }) => kind))).toEqual(
      new Set(['notice', 'option', 'end', 'milestone', 'obligation']),
    );
    expect(list.filter(({ kind, promise }) => kind === 'obligation' && promise).length).toBeGreaterThan(10);
  });
});

/** The fields of a `$new` change as a record has them: sets as maps. */
function folded(fields: Readonly<Record<string, Json>>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    const [name = '', key] = field.split('/');
    record[name] = key === undefined ? value : { ...(record[name] as object | undefined), [key]: value };
  }
  return record;
}

describe('a day near', () => {
  it('is a working day next to the one asked for', () => {
    expect(nearWorkday('2026-11-23', -2)).toBe('2026-11-20');
    expect(nearWorkday('2026-11-23', -1)).toBe('2026-11-23');
    expect(nearWorkday('2026-11-23', 1)).toBe('2026-11-24');
  });
});
