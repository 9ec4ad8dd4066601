/** Sealing contents of attachments chunk by chunk (docs/sync.md, SYNC-BLOB). */
import { createHmac, type KeyObject } from 'node:crypto';
import type { BlobCipher, ChunkPlace } from '../../shared/sync/engine/blob-types.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import type { Ring } from './cipher.ts';
import { paddedSize } from './padding.ts';
import { NONCE, prepared, seal, subkey, TAG, unseal } from './subkeys.ts';

const EPOCH = 2;
const LENGTH = 4;

class RingBlobs implements BlobCipher {
  readonly #workspace: string;
  readonly #ring: Ring;
  readonly keyEpoch: number;
  readonly #names: KeyObject | undefined;

  constructor(workspace: string, ring: Ring) {
    this.#workspace = workspace;
    this.#ring = ring;
    const newest = Math.max(0, ...ring.keys());
    this.keyEpoch = Array.from({ length: newest }, (_, i) => i + 1).every((epoch) => ring.has(epoch)) ? newest : 0;
    const first = ring.get(1);
    this.#names = first && prepared(subkey(first, workspace, 'rapport blob names'));
  }

  name = (hash: string): string => {
    if (!this.#names) throw new Error('the first key is missing');
    return createHmac('sha256', this.#names).update(hash).digest('base64url');
  };

  /** A sub-key per content and epoch keeps random nonces far from their bound. */
  #key(epoch: number, name: string): Uint8Array | undefined {
    const key = this.#ring.get(epoch);
    return key && subkey(key, this.#workspace, 'rapport blob', name);
  }

  #place(name: string, { chunk, of }: ChunkPlace, epoch: number): string {
    return JSON.stringify(['rapport blob 1', this.#workspace, name, chunk, of, epoch]);
  }

  seal = (place: ChunkPlace, content: Uint8Array): Uint8Array => {
    const name = this.name(place.hash);
    const key = this.#key(this.keyEpoch, name);
    if (!key) throw new Error('no key');
    const plain = Buffer.alloc(Math.min(LENGTH + LIMITS.chunkContent, paddedSize(LENGTH + content.length)));
    plain.writeUInt32BE(content.length);
    plain.set(content, LENGTH);
    const epoch = Buffer.alloc(EPOCH);
    epoch.writeUInt16BE(this.keyEpoch);
    return Buffer.concat([epoch, seal(key, plain, this.#place(name, place, this.keyEpoch))]);
  };

  open = (place: ChunkPlace, sealed: Uint8Array): ReturnType<BlobCipher['open']> => {
    if (sealed.length < EPOCH + NONCE + LENGTH + TAG) return { ok: false, reason: 'shape' };
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    const epoch = bytes.readUInt16BE();
    // An epoch that nobody has made yet cannot be told from one whose key is still to come.
    if (epoch === 0 || epoch > LIMITS.keyEpochs) return { ok: false, reason: 'shape' };
    const name = this.name(place.hash);
    const key = this.#key(epoch, name);
    if (!key) return { ok: false, reason: 'key' };
    const plain = unseal(key, bytes.subarray(EPOCH), this.#place(name, place, epoch));
    if (!plain) return { ok: false, reason: 'box' };
    const length = plain.readUInt32BE();
    if (length > plain.length - LENGTH) return { ok: false, reason: 'shape' };
    return { ok: true, content: plain.subarray(LENGTH, LENGTH + length) };
  };
}

/** Sealing with a workspace's keys; it can do nothing before the ring holds the first. */
export const ringBlobs = (workspace: string, ring: Ring): BlobCipher => new RingBlobs(workspace, ring);
