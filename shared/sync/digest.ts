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

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A digest that ids are added to and taken from. Adding an id twice is an error of the caller. */
export class DigestSet {
  readonly #hash: Hash;
  readonly #counts = new Int32Array(BUCKETS);
  readonly #bits = new Uint8Array(BUCKETS * FINGERPRINT);

  constructor(hash: Hash, ids: Iterable<string> = []) {
    this.#hash = hash;
    for (const id of ids) this.add(id);
  }

  #toggle(id: string, count: 1 | -1): void {
    const hash = this.#hash(id);
    const bucket = bucketOf(hash);
    this.#counts[bucket] = (this.#counts[bucket] as number) + count;
    const at = bucket * FINGERPRINT;
    for (let i = 0; i < FINGERPRINT; i += 1)
      this.#bits[at + i] = (this.#bits[at + i] as number) ^ (hash[i + 1] as number);
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
    const xor = new Uint8Array(FINGERPRINT);
    let count = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      count += this.#counts[bucket] as number;
      for (let i = 0; i < FINGERPRINT; i += 1)
        xor[i] = (xor[i] as number) ^ (this.#bits[bucket * FINGERPRINT + i] as number);
    }
    return { count, xor: hex(xor) };
  }

  /** For keeping between runs; `restoreDigest` reads it back. */
  save(): string {
    return `${[...this.#counts].join(' ')}|${hex(this.#bits)}`;
  }

  /** Takes over what `save` returned; false, and unchanged, when the text is not that. */
  load(text: string): boolean {
    const [counts = '', bits = ''] = text.split('|');
    const numbers = counts.split(' ').map(Number);
    if (numbers.length !== BUCKETS || !numbers.every(Number.isInteger)) return false;
    if (bits.length !== BUCKETS * FINGERPRINT * 2 || !/^[0-9a-f]*$/.test(bits)) return false;
    this.#counts.set(numbers);
    for (let i = 0; i < this.#bits.length; i += 1) this.#bits[i] = Number.parseInt(bits.slice(i * 2, i * 2 + 2), 16);
    return true;
  }
}

export const sameDigest = (a: Digest, b: Digest): boolean => a.count === b.count && a.xor === b.xor;
export const emptyDigest = (): Digest => ({ count: 0, xor: EMPTY });

/** Numbers of the buckets in which two sides differ. */
export function differingBuckets(ours: readonly Digest[], theirs: readonly Digest[]): number[] {
  return ours.flatMap((digest, bucket) => {
    const other = theirs[bucket];
    return other && sameDigest(digest, other) ? [] : [bucket];
  });
}
