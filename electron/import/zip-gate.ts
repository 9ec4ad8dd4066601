/**
 * Looks a zip container over before any spreadsheet library touches it: how many entries, how much they claim to
 * expand to and really expand to, whether they overlap (one kernel counted many times), and no document type
 * declarations inside.
 */
import { inflateRawSync } from 'node:zlib';
import { AppFailure } from '../../shared/result.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together, expanded. */
  readonly expanded: number;
  /** Expanded bytes per stored byte; looked at only beyond 20 MB. */
  readonly ratio: number;
}
export const ZIP_LIMITS: ZipLimits = { entries: 5000, expanded: 200_000_000, ratio: 250 };

interface Entry {
  readonly name: string;
  readonly offset: number;
  readonly stored: number;
  readonly expanded: number;
  readonly method: number;
  readonly encrypted: boolean;
}

const bomb = (reason: string): AppFailure => new AppFailure('import.zipBomb', {}, reason);
const damaged = (reason: string): AppFailure => new AppFailure('import.damaged', {}, reason);

function readDirectory(view: DataView, bytes: Uint8Array, limits: ZipLimits): readonly Entry[] {
  let end = -1;
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 65_558); i -= 1) {
    if (view.getUint32(i, true) === 0x06054b50) {
      end = i;
      break;
    }
  }
  if (end < 0) throw damaged('no end of central directory');
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  if (count === 0xffff || position === 0xffffffff) throw bomb('zip64');
  if (count > limits.entries) throw bomb('entries');
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (position + 46 > bytes.length || view.getUint32(position, true) !== 0x02014b50)
      throw damaged('central directory');
    const nameLength = view.getUint16(position + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(position + 46, position + 46 + nameLength)),
      encrypted: (view.getUint16(position + 8, true) & 1) === 1,
      method: view.getUint16(position + 10, true),
      stored: view.getUint32(position + 20, true),
      expanded: view.getUint32(position + 24, true),
      offset: view.getUint32(position + 42, true),
    });
    position += 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  return entries;
}

function checkOverlap(entries: readonly Entry[], size: number): void {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  let free = 0;
  for (const entry of ordered) {
    if (entry.offset < free) throw bomb('overlap');
    free = entry.offset + 30 + entry.name.length + entry.stored;
    if (free > size) throw damaged('entry beyond the end');
  }
}

/** Entry names of a container that is safe to open; `seen` is given every XML part on the way. Throws `import.zipBomb`, `import.damaged`, `import.encrypted`, `import.forbiddenXml`. */
export function checkZip(
  bytes: Uint8Array,
  limits: ZipLimits = ZIP_LIMITS,
  seen?: (name: string, content: Uint8Array) => void,
): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes, limits);
  if (entries.some((entry) => entry.encrypted)) throw new AppFailure('import.encrypted');
  const declared = entries.reduce((sum, entry) => sum + entry.expanded, 0);
  const stored = entries.reduce((sum, entry) => sum + entry.stored, 0);
  if (declared > limits.expanded) throw bomb('declared size');
  if (declared > 20_000_000 && declared > stored * limits.ratio) throw bomb('ratio');
  checkOverlap(entries, bytes.length);
  let inflated = 0;
  for (const entry of entries) {
    // Pictures and other parts that are never opened need no inflating here.
    if (!/\.(?:xml|rels|vml)$/i.test(entry.name) && entry.name !== 'mimetype') continue;
    if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== 0x04034b50)
      throw damaged('local header');
    const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    const body = bytes.subarray(start, start + entry.stored);
    let content: Uint8Array;
    if (entry.method === 0) content = body;
    else if (entry.method === 8) {
      try {
        content = inflateRawSync(body, { maxOutputLength: Math.max(1, limits.expanded - inflated) });
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
          ? bomb('actual size')
          : damaged('deflate');
      }
    } else throw damaged('compression method');
    inflated += content.length;
    if (inflated > limits.expanded) throw bomb('actual size');
    // Entities are declared in a document type; no spreadsheet program writes one.
    const head = new TextDecoder('latin1').decode(content.subarray(0, 4096));
    if (/<!DOCTYPE|<!ENTITY/i.test(head.replaceAll('\0', ''))) throw new AppFailure('import.forbiddenXml');
    seen?.(entry.name, content);
  }
  return entries.map((entry) => entry.name);
}
