/**
 * How a record's state is stored: JSON in which each clock reading and batch id stands once. A freshly imported record
 * names one change and one batch however many fields it has.
 */
import type { FieldState, Head, Hlc, Json, RecordState } from '../../shared/change/types.ts';

type PackedHead = readonly [id: number, batch: number, value: Json, base?: readonly number[]];
/** A single head stands flat; anything else as [heads, awaited, seen]. */
type PackedField =
  | PackedHead
  | readonly [heads: readonly PackedHead[], awaited: readonly number[], seen: readonly number[]];
interface Packed {
  readonly ids: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly fields: Readonly<Record<string, PackedField>>;
}

export function encodeState(state: RecordState): string {
  const ids: string[] = [];
  const places = new Map<string, number>();
  const place = (id: string): number => {
    let at = places.get(id);
    if (at === undefined) {
      at = ids.length;
      ids.push(id);
      places.set(id, at);
    }
    return at;
  };
  const pack = (head: Head): PackedHead => {
    const packed = [place(head.id), place(head.batch), head.value] as const;
    return head.base ? [...packed, head.base.map(place)] : packed;
  };
  const fields: Record<string, PackedField> = {};
  for (const [name, { heads, awaited, seen }] of Object.entries(state.fields)) {
    const [only] = heads;
    fields[name] =
      only && heads.length === 1 && !awaited && !seen
        ? pack(only)
        : [heads.map(pack), (awaited ?? []).map(place), (seen ?? []).map(place)];
  }
  return JSON.stringify({ first: place(state.first), last: place(state.last), fields, ids } satisfies Packed);
}

/** The state that `encodeState` made the text from. */
export function decodeState(id: string, type: string, text: string): RecordState {
  const packed = JSON.parse(text) as Packed;
  const at = (index: number): Hlc => packed.ids[index] as Hlc;
  const unpack = ([change, batch, value, base]: PackedHead): Head => ({
    id: at(change),
    batch: at(batch),
    value,
    ...(base ? { base: base.map(at) } : {}),
  });
  const fields: Record<string, FieldState> = {};
  for (const [name, field] of Object.entries(packed.fields)) {
    if (typeof field[0] === 'number') fields[name] = { heads: [unpack(field as PackedHead)] };
    else {
      const [heads, awaited, seen] = field as Exclude<PackedField, PackedHead>;
      fields[name] = {
        heads: heads.map(unpack),
        ...(awaited.length > 0 ? { awaited: awaited.map(at) } : {}),
        ...(seen.length > 0 ? { seen: seen.map(at) } : {}),
      };
    }
  }
  return { id, type, fields, first: at(packed.first), last: at(packed.last) };
}
