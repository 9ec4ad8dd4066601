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
  /**
   * Name, field, name, field, …: read without an object of a shape of its own. Up to layout 4 of the vault an object of
   * fields by their names.
   */
  readonly fields: readonly (string | PackedField)[] | Readonly<Record<string, PackedField>>;
}

/** Beyond this many ids a place is looked up instead of searched. */
const FEW = 12;

/** Ids in the order in which they are first named. */
class Places {
  readonly ids: string[] = [];
  #byId: Map<string, number> | undefined;

  readonly of = (id: string): number => {
    const known = this.#byId ? this.#byId.get(id) : this.ids.indexOf(id);
    if (known !== undefined && known >= 0) return known;
    const at = this.ids.push(id) - 1;
    if (this.#byId) this.#byId.set(id, at);
    else if (at === FEW) this.#byId = new Map(this.ids.map((each, i) => [each, i]));
    return at;
  };
}

export function encodeState(state: RecordState): string {
  const places = new Places();
  const place = places.of;
  const pack = (head: Head): PackedHead => {
    const id = place(head.id);
    const batch = place(head.batch);
    return head.base ? [id, batch, head.value, head.base.map(place)] : [id, batch, head.value];
  };
  const fields: (string | PackedField)[] = [];
  for (const [name, { heads, awaited, seen }] of state.fields) {
    const [only] = heads;
    fields.push(
      name,
      only && heads.length === 1 && !awaited && !seen
        ? pack(only)
        : [heads.map(pack), (awaited ?? []).map(place), (seen ?? []).map(place)],
    );
  }
  const packed: Packed = { first: place(state.first), last: place(state.last), fields, ids: places.ids };
  return JSON.stringify(packed);
}

/** The state that `encodeState` made the text from. */
export function decodeState(id: string, type: string, text: string): RecordState {
  const packed = JSON.parse(text) as Packed;
  const at = (index: number): Hlc => packed.ids[index] as Hlc;
  const unpack = ([change, batch, value, base]: PackedHead): Head =>
    base
      ? { id: at(change), value, batch: at(batch), base: base.map(at) }
      : { id: at(change), value, batch: at(batch) };
  const fields = new Map<string, FieldState>();
  const keep = (name: string, field: PackedField): void => {
    if (typeof field[0] === 'number') {
      fields.set(name, { heads: [unpack(field as PackedHead)] });
      return;
    }
    const [heads, awaited, seen] = field as Exclude<PackedField, PackedHead>;
    fields.set(name, {
      heads: heads.map(unpack),
      ...(awaited.length > 0 ? { awaited: awaited.map(at) } : {}),
      ...(seen.length > 0 ? { seen: seen.map(at) } : {}),
    });
  };
  if (Array.isArray(packed.fields)) {
    const flat = packed.fields as readonly (string | PackedField)[];
    for (let i = 0; i + 1 < flat.length; i += 2) keep(flat[i] as string, flat[i + 1] as PackedField);
  } else for (const [name, field] of Object.entries(packed.fields)) keep(name, field as PackedField);
  return { id, type, fields, first: at(packed.first), last: at(packed.last) };
}
