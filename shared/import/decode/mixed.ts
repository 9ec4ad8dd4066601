/**
 * Files glued together from parts in two encodings: lines of UTF-8 beside lines of an eight-bit encoding. Each line is
 * whole in one of them, so that the file can be read line by line.
 */

export interface MixedLines {
  /** The lines that are no UTF-8, joined by line feeds: what the other encoding is told from. */
  readonly foreign: Uint8Array;
  /** First line of the file, 1-based, in the encoding of fewer lines. */
  readonly line: number;
  /** True when more of the telling lines are UTF-8 than not. */
  readonly mostlyUtf8: boolean;
  /** The whole text, the foreign lines read by `other`. */
  readonly read: (other: string) => string;
}

/** Multi-byte sequences of UTF-8 that are right and bytes that are not. */
export function countUtf8(bytes: Uint8Array): { readonly right: number; readonly wrong: number } {
  let right = 0;
  let wrong = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    if (byte < 0x80) {
      i += 1;
      continue;
    }
    const more =
      byte >= 0xc2 && byte <= 0xdf ? 1 : byte >= 0xe0 && byte <= 0xef ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
    let good = more > 0;
    for (let k = 1; k <= more; k += 1) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) good = false;
    if (good) {
      right += 1;
      i += more + 1;
    } else {
      wrong += 1;
      i += 1;
    }
  }
  return { right, wrong };
}

/** Right sequences that a file needs before it is believed to be UTF-8 in part. */
const ENOUGH = 8;

/** Lines as [start, end) without their line feed; a lone carriage return ends one too. */
function* linesOf(bytes: Uint8Array): Generator<readonly [number, number]> {
  let start = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte !== 10 && (byte !== 13 || bytes[i + 1] === 10)) continue;
    yield [start, i];
    start = i + 1;
  }
  if (start < bytes.length) yield [start, bytes.length];
}

/** Takes a file apart; null when it is not made of lines that are each whole in UTF-8 or in none of it. */
export function mixedLines(bytes: Uint8Array): MixedLines | null {
  const foreign: (readonly [number, number])[] = [];
  let firstForeign = 0;
  let firstUtf8 = 0;
  let number = 0;
  let right = 0;
  let utf8Lines = 0;
  for (const [from, to] of linesOf(bytes)) {
    number += 1;
    const line = bytes.subarray(from, to);
    if (!line.some((byte) => byte >= 0x80)) continue;
    const count = countUtf8(line);
    if (count.wrong === 0) {
      right += count.right;
      utf8Lines += 1;
      if (firstUtf8 === 0) firstUtf8 = number;
      continue;
    }
    // A broken letter among whole ones is damage and no other encoding.
    if (count.right * 4 > count.wrong) return null;
    if (foreign.length === 0) firstForeign = number;
    foreign.push([from, to]);
  }
  if (right < ENOUGH || foreign.length === 0) return null;
  const mostlyUtf8 = utf8Lines >= foreign.length;
  const size = foreign.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const joined = new Uint8Array(size).fill(10);
  let at = 0;
  for (const [from, to] of foreign) {
    joined.set(bytes.subarray(from, to), at);
    at += to - from + 1;
  }
  return {
    foreign: joined,
    line: mostlyUtf8 ? firstForeign : firstUtf8,
    mostlyUtf8,
    read: (other) => {
      const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
      const decoder = new TextDecoder(other);
      let text = '';
      let done = 0;
      for (const [from, to] of foreign) {
        text += utf8.decode(bytes.subarray(done, from)) + decoder.decode(bytes.subarray(from, to));
        done = to;
      }
      return text + utf8.decode(bytes.subarray(done));
    },
  };
}
