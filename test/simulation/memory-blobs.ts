/** Contents of attachments on the simulated disk, beside the log and with its manners; sealing without sealing. */
import { materialise } from '../../shared/change/state.ts';
import type { Json } from '../../shared/change/types.ts';
import { AppFailure } from '../../shared/result.ts';
import { BlobLedger } from '../../shared/sync/engine/blob-ledger.ts';
import type { BlobCipher, BlobDisk } from '../../shared/sync/engine/blob-types.ts';
import type { Hash } from '../../shared/sync/digest.ts';
import type { MemoryLog } from './memory-log.ts';

/** Content of a chunk here, in bytes. */
export const CHUNK = 8;
const CONTENT = 'content ';
const PART = 'part ';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export const contentHash = (content: Uint8Array, hash: Hash): string =>
  Buffer.from(hash(textOf(content))).toString('hex');
export const blobName = (hash: string): string => `b:${hash}`;

/** A content as the log's disk has it; undefined when it has not. */
export const contentIn = (log: MemoryLog, hash: string): string | undefined => log.get(`${CONTENT}${hash}`);

export const contentsIn = (log: MemoryLog): string[] => log.list(CONTENT).map(([hash]) => hash);

/** Contents that records outside the bin show. */
export function wantedIn(log: MemoryLog): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const state of log.states().values()) {
    if (![...state.fields.keys()].some((field) => field.startsWith('attachments/'))) continue;
    const { data, deleted } = materialise(state);
    if (deleted) continue;
    for (const file of Object.values((data['attachments'] ?? {}) as Record<string, Json>)) {
      const { hash, bytes } = file as { readonly hash: string; readonly bytes: number };
      wanted.set(hash, bytes);
    }
  }
  return wanted;
}

export class MemoryDisk implements BlobDisk {
  readonly #log: MemoryLog;
  constructor(log: MemoryLog) {
    this.#log = log;
  }

  wanted = (): { readonly hash: string; readonly bytes: number }[] =>
    [...wantedIn(this.#log)].map(([hash, bytes]) => ({ hash, bytes }));
  isWanted = (hash: string): boolean => wantedIn(this.#log).has(hash);
  size = (hash: string): number | null => contentIn(this.#log, hash)?.length ?? null;
  room = (): number => 1_000_000;
  read = (hash: string): Uint8Array | null => {
    const text = contentIn(this.#log, hash);
    if (text === undefined) return null;
    if (this.hashOf(bytesOf(text)) !== hash) throw new AppFailure('attachment.damaged');
    return bytesOf(text);
  };
  hashOf = (content: Uint8Array): string => contentHash(content, this.#log.hash);
  keep = (content: Uint8Array): void => this.#log.set(`${CONTENT}${this.hashOf(content)}`, textOf(content));

  #parts = (hash: string): (readonly [chunk: number, of: number, text: string])[] =>
    this.#log
      .list(`${PART}${hash} `)
      .map(([chunk, value]) => {
        const [of = '', ...text] = value.split(' ');
        return [Number(chunk), Number(of), text.join(' ')] as const;
      })
      .sort(([a], [b]) => a - b);
  partial = (): string[] => [...new Set(this.#log.list(PART).map(([name]) => name.split(' ')[0] ?? ''))];
  parts = (hash: string): { readonly of: number; readonly chunks: readonly number[] } | null => {
    const parts = this.#parts(hash);
    return parts[0] ? { of: parts[0][1], chunks: parts.map(([chunk]) => chunk) } : null;
  };
  putPart: BlobDisk['putPart'] = ({ hash, chunk, of }, content) =>
    this.#log.set(`${PART}${hash} ${chunk}`, `${of} ${textOf(content)}`);
  joined = (hash: string): Uint8Array =>
    bytesOf(
      this.#parts(hash)
        .map(([, , text]) => text)
        .join(''),
    );
  dropParts = (hash: string): void => {
    for (const [chunk] of this.#parts(hash)) this.#log.remove(`${PART}${hash} ${chunk}`);
  };
}

/** A key is a number that one has or has not, and a chunk says in clear where it belongs. */
const plainBlobs = (keyEpoch: number): BlobCipher => ({
  keyEpoch,
  name: blobName,
  seal: ({ hash, chunk, of }, content) => bytesOf(JSON.stringify([keyEpoch, hash, chunk, of, textOf(content)])),
  open: (place, sealed) => {
    let given: readonly unknown[];
    try {
      given = JSON.parse(textOf(sealed)) as readonly unknown[];
    } catch {
      return { ok: false, reason: 'box' };
    }
    const [epoch, hash, chunk, of, content] = given;
    if (Number(epoch) > keyEpoch) return { ok: false, reason: 'key' };
    const fits = hash === place.hash && chunk === place.chunk && of === place.of;
    return fits ? { ok: true, content: bytesOf(String(content)) } : { ok: false, reason: 'box' };
  },
});

export const memoryBlobs = (log: MemoryLog): BlobLedger =>
  new BlobLedger({
    log,
    disk: new MemoryDisk(log),
    cipher: () => plainBlobs(Number(log.get('keys') ?? 0)),
    chunk: CHUNK,
  });
