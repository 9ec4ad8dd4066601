/**
 * Contents of attachments on their way (docs/sync.md, SYNC-BLOB). What is to be moved is derived from what records show
 * and what is on the device; the server is asked for what it has. Nothing but chunks that came and contents that were
 * refused is remembered.
 */

/** Why a content that came was not kept. */
export type BadBlob = 'box' | 'shape' | 'hash';
export const BAD_BLOBS: readonly BadBlob[] = ['box', 'shape', 'hash'];

/** Seals and opens chunks. Holds the key ring; never leaves the place where the vault is. */
export interface BlobCipher {
  /** The newest key it has; 0 while an earlier one is missing, without which nothing can be named. */
  readonly keyEpoch: number;
  /** The server's name of a content: a keyed hash of its hash. */
  readonly name: (hash: string) => string;
  readonly seal: (place: ChunkPlace, content: Uint8Array) => Uint8Array;
  /** Never throws. */
  readonly open: (
    place: ChunkPlace,
    sealed: Uint8Array,
  ) =>
    | { readonly ok: true; readonly content: Uint8Array }
    | { readonly ok: false; readonly reason: 'box' | 'key' | 'shape' };
}
export interface ChunkPlace {
  /** The content's own hash, SHA-256 in hex. */
  readonly hash: string;
  /** From 0. */
  readonly chunk: number;
  readonly of: number;
}

/** Contents as the device keeps them, one transaction at a time, synchronously. */
export interface BlobDisk {
  /** What records outside the bin name, each content once, with the size that they say it has. */
  readonly wanted: () => readonly { readonly hash: string; readonly bytes: number }[];
  readonly isWanted: (hash: string) => boolean;
  /** Size of a content that is here, in bytes; null when it is not. */
  readonly size: (hash: string) => number | null;
  /** Bytes that attachments may still take. */
  readonly room: () => number;
  /** Throws `AppFailure` `attachment.damaged` when it is not what its name says. */
  readonly read: (hash: string) => Uint8Array | null;
  readonly hashOf: (content: Uint8Array) => string;
  /** Keeps a whole content; throws `attachment.full`. */
  readonly keep: (content: Uint8Array) => void;
  /** Hashes of which there are chunks. */
  readonly partial: () => readonly string[];
  /** Numbers of the chunks that are here, ascending, and how many there should be; null when there are none. */
  readonly parts: (hash: string) => { readonly of: number; readonly chunks: readonly number[] } | null;
  readonly putPart: (place: ChunkPlace, content: Uint8Array) => void;
  /** The chunks one after another. */
  readonly joined: (hash: string) => Uint8Array;
  readonly dropParts: (hash: string) => void;
}

/** A content that records show. */
export interface BlobEntry {
  readonly hash: string;
  /** As the server knows it. */
  readonly name: string;
  readonly bytes: number;
}
export interface BlobWork {
  /** On this device. `of`: its chunks. */
  readonly here: readonly (BlobEntry & { readonly of: number })[];
  /** Not on this device, and there is room; `parts`: chunks that are here already, of `of` (0: none yet). */
  readonly missing: readonly (BlobEntry & { readonly of: number; readonly parts: readonly number[] })[];
  /** Came and was refused: waits for a person. */
  readonly bad: readonly (BlobEntry & { readonly reason: BadBlob })[];
  /** Would take more than attachments may. */
  readonly full: readonly BlobEntry[];
}
/**
 * What became of a chunk. `complete`: it was the last one, and the content is what its name says. `bad`: the content is
 * refused. `key`: sealed with a key that is not here yet. `unwanted`: no record names the content any more.
 */
export type ChunkTaken =
  | { readonly taken: 'kept' | 'complete' | 'key' | 'unwanted' }
  | { readonly taken: 'bad'; readonly reason: BadBlob };

/** Contents as the engine sees them; every method is one transaction. Rejects with the vault's failures. */
export interface BlobStore {
  /** Null while nothing can be named, because a key is missing. */
  blobWork(): Promise<BlobWork | null>;
  /** Rejects with `attachment.damaged`, and `attachment.elsewhere` when the content is not here. */
  sealChunk(place: ChunkPlace): Promise<Uint8Array>;
  /** Rejects with `attachment.full`. */
  takeChunk(place: ChunkPlace, sealed: Uint8Array): Promise<ChunkTaken>;
  /** A person asks for a refused content once more. */
  retryBlob(hash: string): Promise<void>;
}
