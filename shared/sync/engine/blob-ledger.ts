/**
 * The rules for contents of attachments, over the device's disk and keys (SYNC-BLOB). Synchronous; each method is one
 * transaction. Durable names: `blob bad <hash>` (why a content that came was refused).
 */
import { MAX_ATTACHMENT } from '../../model/attachments.ts';
import { AppFailure } from '../../result.ts';
import { LIMITS } from '../shapes.ts';
import {
  BAD_BLOBS,
  type BadBlob,
  type BlobCipher,
  type BlobDisk,
  type BlobStore,
  type BlobWork,
  type ChunkPlace,
  type ChunkTaken,
} from './blob-types.ts';
import type { LedgerLog } from './types.ts';

const BAD = 'blob bad ';

/** How many chunks a content of this size has. */
export const chunksOf = (bytes: number, chunk: number = LIMITS.chunkContent): number =>
  Math.max(1, Math.ceil(bytes / chunk));

export interface BlobLedgerOptions {
  readonly log: Pick<LedgerLog, 'transaction' | 'get' | 'set' | 'remove' | 'list'>;
  readonly disk: BlobDisk;
  readonly cipher: () => BlobCipher;
  /** Content of a chunk in bytes; `LIMITS.chunkContent` unless tests make it small. */
  readonly chunk?: number;
}

export class BlobLedger implements BlobStore {
  readonly #log: BlobLedgerOptions['log'];
  readonly #disk: BlobDisk;
  readonly #cipher: () => BlobCipher;
  readonly #chunk: number;
  /** The content whose chunks are being sealed one after another: read and checked once. */
  #reading: { readonly hash: string; readonly content: Uint8Array } | undefined;

  constructor({ log, disk, cipher, chunk = LIMITS.chunkContent }: BlobLedgerOptions) {
    this.#log = log;
    this.#disk = disk;
    this.#cipher = cipher;
    this.#chunk = chunk;
  }

  /** Small ones first: most files are there soonest. */
  async blobWork(): Promise<BlobWork | null> {
    this.#reading = undefined;
    const cipher = this.#cipher();
    if (cipher.keyEpoch === 0) return null;
    const refused = new Map(this.#log.list(BAD));
    const wanted = this.#disk.wanted().toSorted((a, b) => a.bytes - b.bytes || (a.hash < b.hash ? -1 : 1));
    const work = { here: [], missing: [], bad: [], full: [] } as {
      here: BlobWork['here'][number][];
      missing: BlobWork['missing'][number][];
      bad: BlobWork['bad'][number][];
      full: BlobWork['full'][number][];
    };
    let room = this.#disk.room();
    for (const { hash, bytes } of wanted) {
      const entry = { hash, name: cipher.name(hash), bytes };
      const size = this.#disk.size(hash);
      const reason = BAD_BLOBS.find((each) => each === refused.get(hash));
      if (size !== null) work.here.push({ ...entry, bytes: size, of: chunksOf(size, this.#chunk) });
      else if (reason) work.bad.push({ ...entry, reason });
      else if (bytes > room) work.full.push(entry);
      else {
        const parts = this.#disk.parts(hash);
        work.missing.push({ ...entry, of: parts?.of ?? 0, parts: parts?.chunks ?? [] });
        room -= bytes;
      }
    }
    this.#sweep(new Set(wanted.map(({ hash }) => hash)), refused);
    return work;
  }

  /** Chunks of what nobody names any more, or of what came another way meanwhile. */
  #sweep(wanted: ReadonlySet<string>, refused: ReadonlyMap<string, string>): void {
    const over = this.#disk.partial().filter((hash) => !wanted.has(hash) || this.#disk.size(hash) !== null);
    const gone = [...refused.keys()].filter((hash) => !wanted.has(hash) || this.#disk.size(hash) !== null);
    if (over.length + gone.length === 0) return;
    this.#log.transaction(() => {
      for (const hash of over) this.#disk.dropParts(hash);
      for (const hash of gone) this.#log.remove(`${BAD}${hash}`);
    });
  }

  async sealChunk({ hash, chunk, of }: ChunkPlace): Promise<Uint8Array> {
    if (this.#reading?.hash !== hash) {
      this.#reading = undefined;
      const content = this.#disk.read(hash);
      if (!content) throw new AppFailure('attachment.elsewhere');
      this.#reading = { hash, content };
    }
    const { content } = this.#reading;
    if (of !== chunksOf(content.length, this.#chunk)) throw new AppFailure('attachment.damaged');
    const part = content.subarray(chunk * this.#chunk, (chunk + 1) * this.#chunk);
    return this.#cipher().seal({ hash, chunk, of }, part);
  }

  async takeChunk(place: ChunkPlace, sealed: Uint8Array): Promise<ChunkTaken> {
    const { hash, chunk, of } = place;
    const opened = this.#cipher().open(place, sealed);
    if (!opened.ok) return opened.reason === 'key' ? { taken: 'key' } : this.#refuse(hash, opened.reason);
    const { content } = opened;
    // All but the last are full, and none of them leads beyond what an attachment may be.
    const fits =
      of <= chunksOf(MAX_ATTACHMENT, this.#chunk) &&
      (chunk === of - 1 ? content.length <= this.#chunk : content.length === this.#chunk);
    if (!fits) return this.#refuse(hash, 'shape');
    return this.#log.transaction((): ChunkTaken => {
      if (this.#disk.size(hash) !== null) return { taken: 'complete' };
      if (!this.#disk.isWanted(hash)) {
        this.#disk.dropParts(hash);
        return { taken: 'unwanted' };
      }
      const before = this.#disk.parts(hash);
      if (before && before.of !== of) this.#disk.dropParts(hash);
      const chunks = before?.of === of ? before.chunks : [];
      if (!chunks.includes(chunk)) this.#disk.putPart(place, content);
      if (chunks.length + (chunks.includes(chunk) ? 0 : 1) < of) return { taken: 'kept' };
      const whole = this.#disk.joined(hash);
      this.#disk.dropParts(hash);
      if (this.#disk.hashOf(whole) !== hash) {
        this.#log.set(`${BAD}${hash}`, 'hash');
        return { taken: 'bad', reason: 'hash' };
      }
      this.#disk.keep(whole);
      return { taken: 'complete' };
    });
  }

  /** Set aside until a person asks again: a content that is not what it says blocks nothing else. */
  #refuse(hash: string, reason: BadBlob): ChunkTaken {
    this.#log.transaction(() => {
      this.#disk.dropParts(hash);
      this.#log.set(`${BAD}${hash}`, reason);
    });
    return { taken: 'bad', reason };
  }

  async retryBlob(hash: string): Promise<void> {
    if (this.#log.get(`${BAD}${hash}`) !== undefined) this.#log.transaction(() => this.#log.remove(`${BAD}${hash}`));
  }
}
