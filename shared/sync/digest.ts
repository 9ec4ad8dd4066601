/**
 * The digest of a set of change ids: order-free, cheap to keep, in 256 buckets, so that two sides find what they do not
 * share by exchanging the ids of the differing buckets only (SYNC-DIGEST).
 */
import { BUCKETS, type Digest } from './protocol.ts';

/** SHA-256 of the id's text, at least 17 bytes of it. Byte 0 is the bucket, bytes 1 to 16 are the fingerprint. */
export type Hash = (id: string) => Uint8Array;

const FINGERPRINT = 16;
const EMPTY = '0'.repeat(FINGERPRINT * 2);

export const bucketOf = (hash: Uint8Array): number => hash[0] as number;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] as string;
  return text;
}

/** A digest that ids are added to and taken from. Adding an id twice is an error of the caller. */
export class DigestSet {
  readonly #hash: Hash;
  readonly #counts = new Int32Array(BUCKETS);
  readonly #bits = new Uint8Array(BUCKETS * FINGERPRINT);
  readonly #all = new Uint8Array(FINGERPRINT);
  #count = 0;

  constructor(hash: Hash, ids: Iterable<string> = []) {
    this.#hash = hash;
    for (const id of ids) this.add(id);
  }

  #toggle(id: string, count: 1 | -1): void {
    const hash = this.#hash(id);
    const bucket = bucketOf(hash);
    this.#counts[bucket] = (this.#counts[bucket] as number) + count;
    this.#count += count;
    const at = bucket * FINGERPRINT;
    for (let i = 0; i < FINGERPRINT; i += 1) {
      const bits = hash[i + 1] as number;
      this.#bits[at + i] = (this.#bits[at + i] as number) ^ bits;
      this.#all[i] = (this.#all[i] as number) ^ bits;
    }
  }

  add(id: string): void {
    this.#toggle(id, 1);
  }

  remove(id: string): void {
    this.#toggle(id, -1);
  }

  buckets(): Digest[] {
    return Array.from({ length: BUCKETS }, (_, bucket) => ({
      count: this.#counts[bucket] as number,
      xor: hex(this.#bits.subarray(bucket * FINGERPRINT, (bucket + 1) * FINGERPRINT)),
    }));
  }

  /** Count and XOR over all buckets: what `status.digest` holds. */
  root(): Digest {
    return { count: this.#count, xor: hex(this.#all) };
  }

  /** For keeping between runs: the buckets that hold something, as `bucket:count:bits`. */
  save(): string {
    const parts: string[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const bits = this.#bits.subarray(bucket * FINGERPRINT, (bucket + 1) * FINGERPRINT);
      if (this.#counts[bucket] !== 0 || bits.some(Boolean))
        parts.push(`${bucket}:${this.#counts[bucket]}:${hex(bits)}`);
    }
    return parts.join(' ');
  }

  /** Takes over what `save` returned; false, and unchanged, when the text is not that. */
  load(text: string): boolean {
    const parts = text === '' ? [] : text.split(' ');
    if (!parts.every((part) => /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]):-?\d{1,9}:[0-9a-f]{32}$/.test(part)))
      return false;
    this.#counts.fill(0);
    this.#bits.fill(0);
    this.#all.fill(0);
    this.#count = 0;
    for (const part of parts) {
      const [bucket, count, bits = ''] = part.split(':');
      const at = Number(bucket);
      this.#counts[at] = Number(count);
      this.#count += Number(count);
      for (let i = 0; i < FINGERPRINT; i += 1) {
        const byte = Number.parseInt(bits.slice(i * 2, i * 2 + 2), 16);
        this.#bits[at * FINGERPRINT + i] = byte;
        this.#all[i] = (this.#all[i] as number) ^ byte;
      }
    }
    return true;
  }
}

export const sameDigest = (a: Digest, b: Digest): boolean => a.count === b.count && a.xor === b.xor;
export const emptyDigest = (): Digest => ({ count: 0, xor: EMPTY });

/** The digest of two sets together that have nothing in common. */
export const together = (a: Digest, b: Digest): Digest => ({
  count: a.count + b.count,
  xor: (BigInt(`0x${a.xor}`) ^ BigInt(`0x${b.xor}`)).toString(16).padStart(FINGERPRINT * 2, '0'),
});

/** Numbers of the buckets in which two sides differ. */
export function differingBuckets(ours: readonly Digest[], theirs: readonly Digest[]): number[] {
  return ours.flatMap((digest, bucket) => {
    const other = theirs[bucket];
    return other && sameDigest(digest, other) ? [] : [bucket];
  });
}
