/**
 * The letterhead's picture, as it may go into a client's file: whole, and without what cameras and programs write into
 * pictures besides (author, place, program, thumbnail). Printing puts the bytes of a JPEG into the PDF as they are.
 */
import { decodeBase64, encodeBase64 } from '../text/base64.ts';

const DATA_URL = /^data:image\/(?:png|jpeg|svg\+xml)(?:;charset=[\w-]+)?;base64,([\w+/=]+)$/u;

/**
 * The picture as a data: URL, its kind told from its content; undefined when it is no PNG, JPEG or SVG, or visibly damaged
 * (it would print as the sign for a missing picture).
 */
export function cleanLogo(logo: string | undefined): string | undefined {
  const [, base64] = DATA_URL.exec(logo ?? '') ?? [];
  if (!base64) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = decodeBase64(base64);
  } catch {
    return undefined;
  }
  if (isPng(bytes)) return `data:image/png;base64,${base64}`;
  const jpeg = cleanJpeg(bytes);
  if (jpeg) return `data:image/jpeg;base64,${encodeBase64(jpeg)}`;
  return isSvg(bytes) ? `data:image/svg+xml;base64,${base64}` : undefined;
}

/** The signature, a header with a size, and every chunk whole up to the last. */
function isPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 45 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return false;
  if (view.getUint32(16) === 0 || view.getUint32(20) === 0) return false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = view.getUint32(at + 4);
    at += 12 + view.getUint32(at);
    if (type === 0x49454e44) return at <= bytes.length;
  }
  return false;
}

/** An element `svg` that is closed again. */
function isSvg(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  return (
    /<(?:\w+:)?svg[\s>]/u.test(text) &&
    /(?:<\/(?:\w+:)?svg\s*>|<(?:\w+:)?svg[^<]*\/>)\s*(?:<!--[^]*?-->\s*)*$/u.test(text)
  );
}

/** Without the colour profile and Adobe's colour transform the colours would be others; JFIF stays without a thumbnail. */
function isNeeded(marker: number, content: Uint8Array): boolean {
  if (marker === 0xe0) return content.length === 14;
  if (marker === 0xe2) return String.fromCharCode(...content.subarray(0, 11)) === 'ICC_PROFILE';
  return marker === 0xee || (marker !== 0xfe && (marker < 0xe0 || marker > 0xef));
}

/** A JPEG without comments and application segments, but turned the way it was. Undefined when it has no picture in it. */
function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let turned = 1;
  let hasFrame = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff) {
      // Filling before a marker.
      at++;
      continue;
    }
    const end = at + 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
    if (end > bytes.length) return undefined;
    if (marker === 0xda) {
      if (!hasFrame) return undefined;
      if (turned !== 1) parts.splice(1, 0, turnedSegment(turned));
      return joined([...parts, untilEnd(bytes, at)]);
    }
    if (marker === 0xe1) turned = orientation(bytes.subarray(at + 4, end)) ?? turned;
    else if (isNeeded(marker, bytes.subarray(at + 4, end))) parts.push(bytes.subarray(at, end));
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) hasFrame = true;
    at = end;
  }
  return undefined;
}

/** From the first scan to the end of the image; what a program has hung on behind it is left away. */
function untilEnd(bytes: Uint8Array, from: number): Uint8Array {
  for (let at = from; at + 1 < bytes.length; at++)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return bytes.subarray(from, at + 2);
  return bytes.subarray(from);
}

/** The Exif tag 0x0112, 1–8; undefined when there is none. */
function orientation(segment: Uint8Array): number | undefined {
  if (segment.length < 20 || String.fromCharCode(...segment.subarray(0, 4)) !== 'Exif') return undefined;
  const view = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const isLittle = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, isLittle);
  if (start + 2 > view.byteLength) return undefined;
  for (let i = 0, count = view.getUint16(start, isLittle); i < count; i++) {
    const at = start + 2 + i * 12;
    if (at + 12 > view.byteLength) return undefined;
    const value = view.getUint16(at + 8, isLittle);
    if (view.getUint16(at, isLittle) === 0x0112) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An Exif segment that says nothing else. */
function turnedSegment(value: number): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0],
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
