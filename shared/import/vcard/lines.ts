/**
 * Bytes of a file of business cards → its logical lines, still as bytes: continuations joined, pictures left out. Bytes,
 * because a line may be folded in the middle of a letter and each line may be in an encoding of its own.
 */

/** A logical line. `line` is the number of its first physical line, 1-based. */
export interface RawLine {
  readonly line: number;
  readonly bytes: Uint8Array;
  /** No byte above 127. */
  readonly ascii: boolean;
  readonly encoding: '' | 'quoted' | 'base64';
  /** A picture, sound or key: only its beginning is here. */
  readonly isMedia: boolean;
  /** Bytes of the whole line, with those that are not here. */
  readonly size: number;
}

/** Properties that hold files; their content is never read. */
const MEDIA = /^(?:[a-z0-9-]+\.)?(?:photo|logo|sound|key|x-ms-cardpicture|x-wab-photo)[;:]/i;
const QUOTED = /;(?:encoding=)?"?quoted-printable"?(?:;|$)/i;
const BASE64 = /;(?:encoding=)?"?(?:base64|b)"?(?:;|$)/i;
const BOUNDARY = /^(?:begin|end):vcard\s*$/i;
/** The part of a line that is looked at for its name and parameters. */
const HEAD = 4096;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const EQUALS = 61;
const COLON = 58;

/** One character for each byte. */
export function latin(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** Position of the colon that ends name and parameters: the first outside quotes, else the first; −1 without one. */
export function colonOf(head: string): number {
  let quoted = false;
  for (let i = 0; i < head.length; i += 1) {
    const char = head[i];
    if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) return i;
  }
  return head.indexOf(':');
}

class Growing {
  readonly line: number;
  readonly encoding: RawLine['encoding'];
  readonly isMedia: boolean;
  readonly isVersion21: boolean;
  readonly isBegin: boolean;
  #pieces: Uint8Array[];
  #ascii: boolean;
  #length: number;

  constructor(line: number, bytes: Uint8Array, ascii: boolean) {
    this.line = line;
    const start = latin(bytes.subarray(0, HEAD));
    const colon = colonOf(start);
    const head = colon < 0 ? '' : start.slice(0, colon);
    this.isMedia = MEDIA.test(start);
    this.encoding = QUOTED.test(head) ? 'quoted' : BASE64.test(head) ? 'base64' : '';
    this.isVersion21 = /^version:\s*2\.1\s*$/i.test(start);
    this.isBegin = BOUNDARY.test(start);
    this.#pieces = [this.isMedia ? bytes.slice(0, Math.min(bytes.length, 256)) : bytes];
    this.#ascii = ascii;
    this.#length = bytes.length;
  }

  /** Takes off the sign that says «goes on in the next line»; false when it is not there. */
  takeSoftBreak(): boolean {
    if (this.encoding !== 'quoted') return false;
    const last = this.#pieces.at(-1) as Uint8Array;
    let end = last.length;
    while (end > 0 && (last[end - 1] === SPACE || last[end - 1] === TAB)) end -= 1;
    if (end === 0 || last[end - 1] !== EQUALS) return false;
    this.#pieces[this.#pieces.length - 1] = last.subarray(0, end - 1);
    return true;
  }

  add(bytes: Uint8Array, ascii: boolean): void {
    this.#length += bytes.length;
    if (this.isMedia) return;
    this.#pieces.push(bytes);
    this.#ascii &&= ascii;
  }

  done(): RawLine {
    const { line, encoding, isMedia } = this;
    let bytes = this.#pieces[0] as Uint8Array;
    if (this.#pieces.length > 1) {
      bytes = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
      let at = 0;
      for (const piece of this.#pieces) {
        bytes.set(piece, at);
        at += piece.length;
      }
    }
    return { line, bytes, ascii: this.#ascii, encoding, isMedia, size: this.#length };
  }
}

/** Lines end in CRLF, LF or CR. Blank lines end a value and are none themselves. */
export function* logicalLines(bytes: Uint8Array): Generator<RawLine, void, undefined> {
  let current: Growing | null = null;
  let is21 = false;
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    let end = start;
    let high = 0;
    let colon = false;
    for (; end < bytes.length; end += 1) {
      const byte = bytes[end] as number;
      if (byte === LF || byte === CR) break;
      high |= byte;
      if (byte === COLON) colon = true;
    }
    let next = end + 1;
    if (bytes[end] === CR && bytes[next] === LF) next += 1;
    number += 1;
    // Files that were glued together keep a byte order mark at each joint.
    if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
    const piece = bytes.subarray(start, end);
    const ascii = high < 0x80;
    const first = piece[0];
    start = next;
    if (current?.takeSoftBreak() && !BOUNDARY.test(latin(piece.subarray(0, 40)))) current.add(piece, ascii);
    else if (piece.length === 0) {
      if (current) yield current.done();
      current = null;
    } else if (current && (first === SPACE || first === TAB))
      // The oldest version breaks lines before a space that belongs to the text; the others add one.
      current.add(is21 && current.encoding !== 'base64' ? piece : piece.subarray(1), ascii);
    else if (current?.encoding === 'base64' && !colon) current.add(piece, ascii);
    else {
      if (current) yield current.done();
      current = new Growing(number, piece, ascii);
      if (current.isBegin) is21 = false;
      else if (current.isVersion21) is21 = true;
    }
  }
  if (current) yield current.done();
}
