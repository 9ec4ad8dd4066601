/** Sealing changes and names with a key ring. */
import type { KeyObject } from 'node:crypto';
import { hlcDevice, hlcMillis, isHlc } from '../../shared/change/clock.ts';
import type { Batch, Change, Json } from '../../shared/change/types.ts';
import type { Cipher, PartPlace } from '../../shared/sync/engine/types.ts';
import type { SealedChange } from '../../shared/sync/protocol.ts';
import { pack, unpack } from './padding.ts';
import { prepared, seal, shortMac, subkey, toBytes, toText, unseal } from './subkeys.ts';

/** Keys by their epochs. */
export type Ring = ReadonlyMap<number, Uint8Array>;

/** Version of the content, the first element of its array. */
const CONTENT = 1;

const associatedData = (workspace: string, { id, record, field, bases, keyEpoch }: Omit<SealedChange, 'box'>): string =>
  JSON.stringify(['rapport change 1', workspace, id, record, field, bases, keyEpoch]);

/** Length of a clock reading without its device. */
const TIME_PART = 17;

/**
 * The header in fixed places. What follows from the clock readings is left out (null), and nothing stands at the end for
 * what is not there: a header would otherwise be the larger half of most changes.
 */
function packBatch(batch: Batch, change: string): Json {
  const { id, kind, actor, device, time, undoes, label } = batch;
  const clock = isHlc(id);
  const packed: (string | number | null)[] = [
    clock && hlcDevice(id) === hlcDevice(change) ? id.slice(0, TIME_PART) : id,
    kind,
    actor,
    clock && device === hlcDevice(id) ? null : device,
    clock && time === hlcMillis(id) ? null : time,
    undoes ?? null,
    label ?? null,
  ];
  while (packed.at(-1) === null) packed.pop();
  return packed;
}

function unpackBatch(packed: unknown, change: string): unknown {
  if (!Array.isArray(packed)) return null;
  const [short, kind, actor, device, time, undoes, label] = packed as readonly (Json | undefined)[];
  const id = typeof short === 'string' && short.length === TIME_PART ? `${short}-${hlcDevice(change)}` : short;
  const clock = isHlc(id);
  return {
    id,
    kind,
    actor,
    device: clock ? (device ?? hlcDevice(id)) : device,
    time: clock ? (time ?? hlcMillis(id)) : time,
    ...(undoes === null || undoes === undefined ? {} : { undoes }),
    ...(label === null || label === undefined ? {} : { label }),
  };
}

class RingCipher implements Cipher {
  readonly #workspace: string;
  readonly #ring: Ring;
  readonly #newest: number;
  readonly #names: KeyObject | undefined;
  readonly #subkeys = new Map<string, KeyObject>();
  /** The last record named: changes of one record come together. */
  #lastRecord = ['', ''] as [id: string, name: string];

  constructor(workspace: string, ring: Ring) {
    this.#workspace = workspace;
    this.#ring = ring;
    this.#newest = Math.max(0, ...ring.keys());
    const first = ring.get(1);
    this.#names = first && prepared(subkey(first, workspace, 'rapport names'));
  }

  get keyEpoch(): number {
    for (let epoch = 1; epoch <= this.#newest; epoch += 1) if (!this.#ring.has(epoch)) return 0;
    return this.#newest;
  }

  #changeKey(keyEpoch: number, id: string): KeyObject | null {
    const device = id.slice(18);
    const name = `${keyEpoch} ${device}`;
    let key = this.#subkeys.get(name);
    if (!key) {
      const workspaceKey = this.#ring.get(keyEpoch);
      if (!workspaceKey) return null;
      key = prepared(subkey(workspaceKey, this.#workspace, 'rapport change', device));
      this.#subkeys.set(name, key);
    }
    return key;
  }

  #name(...parts: readonly string[]): string {
    if (!this.#names) throw new Error('the first key is missing');
    return shortMac(this.#names, ...parts);
  }

  record(id: string): string {
    if (this.#lastRecord[0] !== id) this.#lastRecord = [id, this.#name('record', id)];
    return this.#lastRecord[1];
  }

  seal(change: Change, batch: Batch): SealedChange {
    const { id, type, record, field, value, base } = change;
    const key = this.#changeKey(this.#newest, id);
    if (!key) throw new Error('no key');
    const clear = {
      id,
      record: this.record(record),
      field: this.#name('field', record, field),
      bases: [...base],
      keyEpoch: this.#newest,
    };
    const content = JSON.stringify([CONTENT, packBatch(batch, id), type, record, field, value]);
    return { ...clear, box: toText(seal(key, pack(content), associatedData(this.#workspace, clear))) };
  }

  open(sealed: SealedChange): ReturnType<Cipher['open']> {
    const key = this.#changeKey(sealed.keyEpoch, sealed.id);
    if (!key || !this.#names) return { ok: false, reason: 'key' };
    const plain = unseal(key, toBytes(sealed.box), associatedData(this.#workspace, sealed));
    if (!plain) return { ok: false, reason: 'box' };
    let content: unknown;
    try {
      content = JSON.parse(unpack(plain) ?? '');
    } catch {
      return { ok: false, reason: 'shape' };
    }
    if (!Array.isArray(content) || content[0] !== CONTENT) return { ok: false, reason: 'shape' };
    const [, header, type, record, field, value] = content as readonly unknown[];
    if (typeof record !== 'string' || typeof field !== 'string') return { ok: false, reason: 'shape' };
    if (this.record(record) !== sealed.record || this.#name('field', record, field) !== sealed.field)
      return { ok: false, reason: 'shape' };
    const batch = unpackBatch(header, sealed.id) as Batch;
    const change = { id: sealed.id, batch: batch?.id, type, record, field, value, base: sealed.bases } as Change;
    return { ok: true, change, batch };
  }

  #packKey(keyEpoch: number): KeyObject | null {
    const key = this.#ring.get(keyEpoch);
    return key ? prepared(subkey(key, this.#workspace, 'rapport pack')) : null;
  }

  sealPart(at: PartPlace, content: string): Uint8Array {
    const key = this.#packKey(this.#newest);
    if (!key) throw new Error('no key');
    const epoch = Buffer.alloc(EPOCH_BYTES);
    epoch.writeUInt32BE(this.#newest);
    return Buffer.concat([epoch, seal(key, pack(content), partData(this.#workspace, at, this.#newest))]);
  }

  openPart(at: PartPlace, box: Uint8Array): string | null {
    if (box.length < EPOCH_BYTES) return null;
    const keyEpoch = new DataView(box.buffer, box.byteOffset).getUint32(0);
    const key = this.#packKey(keyEpoch);
    const plain = key && unseal(key, box.subarray(EPOCH_BYTES), partData(this.#workspace, at, keyEpoch));
    return plain && unpack(plain);
  }
}

const partData = (workspace: string, { pack, place, part, last }: PartPlace, keyEpoch: number): string =>
  JSON.stringify(['rapport pack 1', workspace, pack, place, part, last, keyEpoch]);
/** Length of the key epoch in front of a part's box, in bytes. */
const EPOCH_BYTES = 4;

/** A cipher for a workspace; it can do nothing before the ring holds a key. */
export const ringCipher = (workspace: string, ring: Ring): Cipher => new RingCipher(workspace, ring);
