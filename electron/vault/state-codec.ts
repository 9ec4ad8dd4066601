/**
 * How a record's state is stored: JSON in which each clock reading and batch id stands once. A freshly imported record
 * names one change and one batch however many fields it has.
 */
import { newDictionary } from '../../shared/change/json.ts';
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
  // Put together as text: keys that hardly repeat would cost an object more than the text (see `newDictionary`).
  const fields = Object.entries(state.fields).map(([name, { heads, awaited, seen }]) => {
    const [only] = heads;
    const packed: PackedField =
      only && heads.length === 1 && !awaited && !seen
        ? pack(only)
        : [heads.map(pack), (awaited ?? []).map(place), (seen ?? []).map(place)];
    return `${JSON.stringify(name)}:${JSON.stringify(packed)}`;
  });
  const [first, last] = [place(state.first), place(state.last)];
  return `{"first":${first},"last":${last},"fields":{${fields.join(',')}},"ids":${JSON.stringify(ids)}}`;
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
  const fields = newDictionary<FieldState>();
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
