/** The server's rules for chunks of attachments, in memory (SYNC-BLOB). */
import { TransportFailure } from '../../shared/sync/engine/transport.ts';
import type { BlobReply } from '../../shared/sync/protocol.ts';

interface Stored {
  readonly of: number;
  readonly chunks: Map<number, Uint8Array>;
}
export interface ChunkQuestion {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly bytes?: Uint8Array | undefined;
}

export class ModelBlobs {
  readonly #blobs = new Map<string, Stored>();
  /** Chunks in the order in which they came: a backup is a length. */
  readonly #came: (readonly [blob: string, chunk: number])[] = [];

  backup(): number {
    return this.#came.length;
  }
  restore(length: number): void {
    for (const [blob, chunk] of this.#came.splice(length)) {
      const stored = this.#blobs.get(blob);
      stored?.chunks.delete(chunk);
      if (stored?.chunks.size === 0) this.#blobs.delete(blob);
    }
  }

  isWhole(blob: string): boolean {
    const stored = this.#blobs.get(blob);
    return stored !== undefined && stored.chunks.size === stored.of;
  }
  /** Everything kept, for a search. */
  bytes(): readonly Uint8Array[] {
    return [...this.#blobs.values()].flatMap(({ chunks }) => [...chunks.values()]);
  }

  state(blob: string): BlobReply {
    const stored = this.#blobs.get(blob);
    const have: [number, number][] = [];
    for (const chunk of [...(stored?.chunks.keys() ?? [])].sort((a, b) => a - b)) {
      const last = have.at(-1);
      if (last && last[1] === chunk - 1) last[1] = chunk;
      else have.push([chunk, chunk]);
    }
    return { chunks: stored?.of ?? null, have };
  }

  put({ params = {}, query = {}, bytes = new Uint8Array() }: ChunkQuestion): void {
    const blob = String(params['blob']);
    const chunk = Number(params['chunk']);
    const of = Number(query['of']);
    const stored = this.#blobs.get(blob) ?? { of, chunks: new Map<number, Uint8Array>() };
    if (stored.of !== of || chunk >= of) throw new TransportFailure('malformed');
    this.#blobs.set(blob, stored);
    // A chunk that is there stays.
    if (stored.chunks.has(chunk)) return;
    stored.chunks.set(chunk, bytes.slice());
    this.#came.push([blob, chunk]);
  }

  get({ params = {} }: ChunkQuestion): Uint8Array {
    const bytes = this.#blobs.get(String(params['blob']))?.chunks.get(Number(params['chunk']));
    if (!bytes) throw new TransportFailure('notFound');
    return bytes.slice();
  }
}
