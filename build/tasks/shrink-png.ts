/** Makes screenshots small: 256 colours are enough for letters, lines and surfaces. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
const COLOURS = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row. */
  readonly colours: Uint32Array;
}

/** Reads an opaque 8-bit RGB or RGBA picture that is not interlaced, which is what browsers make. Throws a RangeError for others. */
function decode(png: Buffer): Pixels {
  let at = SIGNATURE.length;
  const data: Buffer[] = [];
  let head: Buffer | undefined;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') head = body;
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  const channels = head?.[9] === 2 ? 3 : head?.[9] === 6 ? 4 : 0;
  if (!head || head[8] !== 8 || channels === 0 || head[12] !== 0) throw new RangeError('not a picture of a browser');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const bytes = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const colours = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const row = Uint8Array.from(bytes.subarray(start + 1, start + 1 + stride));
    const filter = bytes[start];
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : row[x - channels]!;
      const up = above[x]!;
      const corner = x < channels ? 0 : above[x - channels]!;
      row[x] = row[x]! + predicted(filter ?? 0, left, up, corner);
    }
    for (let x = 0; x < width; x += 1) {
      const i = x * channels;
      colours[y * width + x] = (row[i]! << 16) | (row[i + 1]! << 8) | row[i + 2]!;
    }
    above = row;
  }
  return { width, height, colours };
}

/** What a filter of the PNG specification (§9) says about a byte from its neighbours. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/** Up to 256 colours: the most frequent ones that differ enough from those already taken. */
function paletteOf(colours: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  if (ordered.length <= COLOURS) return ordered;
  const palette: number[] = [];
  for (const apart of [300, 60, 0]) {
    for (const colour of ordered.slice(0, 6000)) {
      if (palette.length === COLOURS) return palette;
      // The surfaces themselves stay exact, however alike they are.
      const exact = palette.length < 24;
      if (!palette.includes(colour) && (exact || palette.every((one) => distance(one, colour) > apart)))
        palette.push(colour);
    }
  }
  return palette;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** The same picture with at most 256 colours. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, colours } = decode(png);
  const palette = paletteOf(colours);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours[y * width + x]!;
      let place = places.get(colour);
      if (place === undefined) {
        place = 0;
        for (let i = 1; i < palette.length; i += 1) {
          if (distance(palette[i]!, colour) < distance(palette[place]!, colour)) place = i;
        }
        places.set(colour, place);
      }
      rows[y * (width + 1) + 1 + x] = place;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
