import { describe, expect, it } from 'vitest';
import { written } from '../../../renderer/screens/differences/decide.ts';
import { overtakenOf } from '../../../renderer/screens/sync/overtaken.ts';
import type { Json } from '../../../shared/change/types.ts';
import type { Difference } from '../../../shared/sync/differences.ts';

const author = { actor: '', device: '', deviceName: '', time: 0, here: false };
const difference = (...values: readonly Json[]): Difference => ({
  record: 'c',
  type: 'contract',
  title: '',
  field: 'value',
  open: true,
  shown: values[0] ?? null,
  values: values.map((value, i) => ({ change: String(i), value, author, edits: [] })),
});
const money = (minor: number, currency: string): Json => ({ minor, currency });

describe('A third amount', () => {
  it('is in the currency of both sides when they agree', () => {
    const both = difference(money(100, 'RUB'), money(200, 'RUB'));
    expect(written(both, 'money', '1 300 000')).toEqual(money(130_000_000, 'RUB'));
  });
  it('needs its currency when the sides have different ones', () => {
    const mixed = difference(money(100, 'RUB'), money(200, 'USD'));
    expect(written(mixed, 'money', '1 300 000')).toBeUndefined();
    expect(written(mixed, 'money', '1 300 000 ₽')).toEqual(money(130_000_000, 'RUB'));
    expect(written(mixed, 'money', '$1 300 000')).toEqual(money(130_000_000, 'USD'));
  });
});

describe('A change that waits', () => {
  const change = (id: string, field: string, reason: 'readOnly' | null = null) => ({ id, record: 'o', field, reason });
  it('is overtaken by a later one of the same field, unless the server refused it', () => {
    const changes = [
      change('1', 'name'),
      change('2', 'industry'),
      change('3', 'name'),
      change('4', 'city', 'readOnly'),
      change('5', 'city', 'readOnly'),
    ];
    expect([...overtakenOf(changes)]).toEqual(['1']);
  });
});
