/** Which characters a WOFF2 font can show: its `cmap`, read without a font library (W3C WOFF2 §4–5, OpenType cmap). */
import { brotliDecompressSync } from 'node:zlib';

const CMAP = 0;
const GLYF = 10;
const LOCA = 11;
const ANY_TAG = 63;

/** Code points the font has a glyph for. Throws when the bytes are not a WOFF2 font. */
export function fontCoverage(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  if (font.byteLength < 48 || view.getUint32(0) !== 0x774f4632) throw new Error('not a WOFF2 font');
  const tables = view.getUint16(12);
  const compressed = view.getUint32(20);
  let at = 48;
  const base128 = (): number => {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = view.getUint8(at++);
      value = value * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) return value;
    }
    throw new Error('damaged WOFF2 directory');
  };
  let offset = 0;
  let found: { readonly offset: number; readonly length: number } | undefined;
  for (let i = 0; i < tables; i++) {
    const flags = view.getUint8(at++);
    const tag = flags & 0x3f;
    const version = flags >> 6;
    const name = tag === ANY_TAG ? String.fromCharCode(...font.subarray(at, at + 4)) : '';
    if (tag === ANY_TAG) at += 4;
    const original = base128();
    // Outlines and their index are transformed unless marked 3; every other table only when marked.
    const transformed = tag === GLYF || tag === LOCA ? version !== 3 : version !== 0;
    const length = transformed ? base128() : original;
    if (tag === CMAP || name === 'cmap') found = { offset, length };
    offset += length;
  }
  if (!found) throw new Error('font without cmap');
  const data = brotliDecompressSync(font.subarray(at, at + compressed));
  return readCmap(data.subarray(found.offset, found.offset + found.length));
}

function readCmap(bytes: Uint8Array): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codes = new Set<number>();
  const subtables = view.getUint16(2);
  for (let i = 0; i < subtables; i++) {
    const at = view.getUint32(4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 4) readFormat4(view, at, codes);
    else if (format === 12) readFormat12(view, at, codes);
  }
  return codes;
}

function readFormat4(view: DataView, at: number, codes: Set<number>): void {
  const segments = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const offsets = deltas + segments * 2;
  for (let i = 0; i < segments; i++) {
    const end = view.getUint16(ends + i * 2);
    const start = view.getUint16(starts + i * 2);
    const delta = view.getUint16(deltas + i * 2);
    const range = view.getUint16(offsets + i * 2);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const place = offsets + i * 2 + range + (code - start) * 2;
      const glyph = range === 0 ? code + delta : place + 2 <= view.byteLength ? view.getUint16(place) : 0;
      if ((glyph & 0xffff) !== 0) codes.add(code);
    }
  }
}

function readFormat12(view: DataView, at: number, codes: Set<number>): void {
  const groups = view.getUint32(at + 12);
  for (let i = 0; i < groups; i++) {
    const start = view.getUint32(at + 16 + i * 12);
    const end = view.getUint32(at + 20 + i * 12);
    for (let code = start; code <= end; code++) codes.add(code);
  }
}
