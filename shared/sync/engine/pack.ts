/**
 * What a pack's parts hold (docs/sync.md, SYNC-PACK): the heads of every slot with what its earlier changes had replaced, a
 * record at a time. Headers of batches stand once in a part, because changes that were made together travel together.
 */
import { isHlc } from '../../change/clock.ts';
import type { Batch, Change, Hlc, Json } from '../../change/types.ts';
import { validateBatch, validateChange } from '../../change/validate.ts';
import { fieldSpec } from '../../model/schema.ts';
import type { LoggedChange } from './types.ts';

/** Version of the content, the first element of its array. */
const CONTENT = 1;
/** Bytes of JSON after which a part is full. */
export const PART_BYTES = 400_000;
/** Bytes beyond which what is added is left out, for the digest to find: sealed, a part fits into a request. */
const MOST = 900_000;

export interface PackEntry {
  readonly change: Change;
  readonly batch: Batch;
  /** Ids named in the slot that are not changes of it (SYNC-STATE-2). */
  readonly named: readonly Hlc[];
}

const isRegister = ({ type, field }: Change): boolean => field !== '$deleted' && fieldSpec(type, field).kind !== 'doc';

/** The heads of a record's slots (SYNC-STATE-1), from all its changes. */
export function headsOf(rows: readonly LoggedChange[]): PackEntry[] {
  const slots = new Map<string, LoggedChange[]>();
  for (const row of rows) {
    const slot = slots.get(row.change.field);
    if (slot) slot.push(row);
    else slots.set(row.change.field, [row]);
  }
  return [...slots.values()].flatMap((slot) => {
    const members = new Set(slot.map(({ change }) => change.id));
    const bases = new Set(slot.flatMap(({ change }) => change.base));
    const named = [...bases].filter((id) => !members.has(id)).sort();
    return slot
      .filter(({ change }) => !bases.has(change.id))
      .map(({ change, batch }) => ({ change, batch, named: isRegister(change) ? named : [] }));
  });
}

/** Fields of a new record as name, value, name, value, …: read without an object of a shape of its own. */
const pairsOf = (value: Json): Json => Object.entries(value as Readonly<Record<string, Json>>).flat();
function objectOf(pairs: unknown): unknown {
  if (!Array.isArray(pairs)) return null;
  const object: Record<string, unknown> = {};
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    if (pairs[i] === '__proto__') return null;
    object[String(pairs[i])] = pairs[i + 1];
  }
  return object;
}

/** Gathers records until the part is full. */
export class PartWriter {
  readonly #encoder = new TextEncoder();
  readonly #headers = new Map<string, number>();
  readonly #headerTexts: string[] = [];
  readonly #entries: string[] = [];
  readonly #full: number;
  #bytes = 0;

  constructor(full: number) {
    this.#full = full;
  }

  #size(text: string): number {
    return this.#encoder.encode(text).length + 1;
  }

  /** False, and nothing added, when the record's heads belong into the next part. */
  add(heads: readonly PackEntry[]): boolean {
    if (this.#bytes > this.#full) return false;
    for (const { change, batch, named } of heads) {
      const { id, type, record, field, value, base } = change;
      const said = field === '$new' ? pairsOf(value) : value;
      const entry = [id, this.#headers.get(batch.id) ?? this.#headers.size, type, record, field, said, base, named];
      if (named.length === 0) entry.length -= base.length === 0 ? 2 : 1;
      const text = JSON.stringify(entry);
      const size = this.#size(text);
      if (this.#bytes + size > MOST) continue;
      this.#addHeader(batch);
      this.#entries.push(text);
      this.#bytes += size;
    }
    return true;
  }

  #addHeader(batch: Batch): void {
    if (this.#headers.has(batch.id)) return;
    const { id, kind, actor, device, time, undoes, label } = batch;
    const text = JSON.stringify([id, kind, actor, device, time, undoes ?? null, label ?? null]);
    this.#headers.set(id, this.#headers.size);
    this.#headerTexts.push(text);
    this.#bytes += this.#size(text);
  }

  text(): string {
    return `[${CONTENT},[${this.#headerTexts.join(',')}],[${this.#entries.join(',')}]]`;
  }
}

function headerOf(packed: unknown): Batch | null {
  if (!Array.isArray(packed)) return null;
  const [id, kind, actor, device, time, undoes, label] = packed as readonly unknown[];
  const batch = validateBatch({
    id,
    kind,
    actor,
    device,
    time,
    undoes: undoes ?? undefined,
    label: label ?? undefined,
  });
  return batch.ok ? batch.value : null;
}

/**
 * The entries of a part that are well-formed; what is not is left out, and comes by itself as the digest finds it missing.
 * Null when this is no part, or one of a newer version.
 */
export function readPart(content: string): readonly PackEntry[] | null {
  let read: unknown;
  try {
    read = JSON.parse(content);
  } catch {
    return null;
  }
  if (!Array.isArray(read) || read[0] !== CONTENT || !Array.isArray(read[1]) || !Array.isArray(read[2])) return null;
  const headers = (read[1] as readonly unknown[]).map(headerOf);
  return (read[2] as readonly unknown[]).flatMap((packed) => {
    if (!Array.isArray(packed)) return [];
    const [id, header, type, record, field, value, base = [], named = []] = packed as readonly unknown[];
    const batch = headers[header as number];
    if (!batch || !Array.isArray(named) || !named.every(isHlc)) return [];
    const said = field === '$new' ? objectOf(value) : value;
    const change = validateChange({ id, batch: batch.id, type, record, field, value: said, base });
    return change.ok ? [{ change: change.value, batch, named }] : [];
  });
}
