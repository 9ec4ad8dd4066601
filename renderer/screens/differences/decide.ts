/** Deciding a difference: an ordinary change that names all its values, and can be taken back like any other. */
import type { Json } from '../../../shared/change/types.ts';
import { isPlainDate } from '../../../shared/dates/plain-date.ts';
import { parseMoney } from '../../../shared/money/money.ts';
import type { Difference } from '../../../shared/sync/differences.ts';
import { commit } from '../../app/commit.ts';

/** A value chosen for a field of a record. */
export interface Choice {
  readonly difference: Difference;
  readonly value: Json;
}

/** Commits the choices as one intent; the toast offers to take all of them back. */
export const decide = (choices: readonly Choice[], toast: string): ReturnType<typeof commit> =>
  commit(
    {
      kind: 'edit',
      label: 'decision',
      changes: choices.map(({ difference: { type, record, field }, value }) => ({ type, record, field, value })),
    },
    { toast },
  );

/** What one side says about every difference of a record: the values of this computer, or the newest of the others. */
export function sideOf(differences: readonly Difference[], here: boolean): readonly Choice[] {
  return differences.flatMap((difference) => {
    const value = difference.values.find(({ author }) => author.here === here);
    return value ? [{ difference, value: value.value }] : [];
  });
}

/** How a third value is written: a day, an amount or text; null where only the record's page can do it. */
export type Editing = 'date' | 'money' | 'text' | 'member';

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function editingOf({ field, values }: Difference): Editing | null {
  if (field === '$deleted') return null;
  const known = values.map(({ value }) => value).filter((value) => value !== null);
  if (known.length === 0) return null;
  if (known.every((value) => isPlainDate(value))) return 'date';
  if (known.every((value) => isObject(value) && typeof value['minor'] === 'number')) return 'money';
  if (known.every((value) => isObject(value) && typeof value['text'] === 'string')) return 'member';
  return CLOSED.has(field) || !known.every((value) => typeof value === 'string') ? null : 'text';
}
/** Values from a list: there is no third that the sides have not thought of, or it is chosen on the record's page. */
const CLOSED: ReadonlySet<string> = new Set([
  'visibility',
  'status',
  'state',
  'side',
  'organisation',
  'person',
  'meeting',
  'contract',
  'start',
  'end',
  'renewal',
  'profile',
  'endReading',
  'noticeCounts',
  'exitAt',
  'openRule',
  'valuePer',
]);

/** The value that a written text stands for; undefined when it is not understood. */
export function written(difference: Difference, editing: Editing, text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (editing === 'date') return isPlainDate(trimmed) ? trimmed : undefined;
  if (editing === 'text') return trimmed;
  if (editing === 'member') {
    const model = isObject(difference.shown)
      ? difference.shown
      : difference.values.map((one) => one.value).find(isObject);
    return model ? { ...model, text: trimmed } : undefined;
  }
  // Two currencies stand against each other: an amount without one would be a guess.
  const currencies = new Set(
    difference.values.flatMap(({ value }) =>
      isObject(value) && typeof value['currency'] === 'string' ? [value['currency']] : [],
    ),
  );
  const [currency] = currencies;
  const money = parseMoney(trimmed, currencies.size === 1 ? currency : undefined);
  return money ? { minor: money.minor, currency: money.currency } : undefined;
}
