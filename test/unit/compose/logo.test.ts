import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cleanLogo } from '../../../shared/compose/logo.ts';

const url = (kind: string, bytes: Uint8Array | string): string =>
  `data:image/${kind};base64,${Buffer.from(bytes).toString('base64')}`;
const bytesOf = (logo: string | undefined): Buffer => Buffer.from((logo ?? '').split(',')[1] ?? '', 'base64');
const segment = (marker: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);

const JFIF = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'));
const FRAME = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
const SCAN = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0x34, 0xff, 0xd9])]);
const exif = (turned: number): Buffer =>
  Buffer.from([
    ...Buffer.from('Exif\0\0II*\0', 'latin1'),
    ...[8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0, 0, 0, 0, 0],
    ...Buffer.from('Камера Петрова'),
  ]);
const jpeg = (...segments: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, FRAME, SCAN]);

function png(): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    return Buffer.concat([size, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a logo', () => {
  it('leaves behind what a JPEG says about its author, place and program', () => {
    const notes = [
      segment(0xe1, exif(1)),
      segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Петров</x:xmpmeta>')),
      segment(0xed, Buffer.from('Photoshop 3.0\0Петров')),
      segment(0xe2, Buffer.from('MPF\0Петров')),
      segment(0xe0, Buffer.from('JFXX\0\x10Петров', 'utf8')),
      segment(0xfe, Buffer.from('Петров')),
    ];
    const profile = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1'));
    const dirty = Buffer.concat([jpeg(JFIF, ...notes, profile), Buffer.from('Петров')]);
    expect(bytesOf(cleanLogo(url('jpeg', dirty)))).toEqual(jpeg(JFIF, profile));
  });
  it('stays turned the way it was', () => {
    for (const turned of [3, 6, 8]) {
      const clean = bytesOf(cleanLogo(url('jpeg', jpeg(JFIF, segment(0xe1, exif(turned))))));
      expect(clean.includes('Петрова')).toBe(false);
      // Cleaned once more it is the same: what was kept is a readable orientation.
      expect(bytesOf(cleanLogo(url('jpeg', clean)))).toEqual(clean);
      expect(clean.length).toBeGreaterThan(jpeg(JFIF).length);
    }
  });
  it('is known by its content, whatever it calls itself', () => {
    expect(cleanLogo(url('png', jpeg(JFIF)))).toBe(url('jpeg', jpeg(JFIF)));
    expect(cleanLogo(url('jpeg', png()))).toBe(url('png', png()));
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>\n';
    expect(cleanLogo(url('svg+xml', svg))).toBe(url('svg+xml', svg));
  });
  it('is none when it is cut off, empty or something else', () => {
    const whole = { png: png(), jpeg: jpeg(JFIF), 'svg+xml': Buffer.from('<svg xmlns="s"><rect/></svg>') };
    for (const [kind, bytes] of Object.entries(whole)) {
      expect(cleanLogo(url(kind, bytes))).toBeDefined();
      for (const part of [0, 1, 8, bytes.length >> 1])
        expect(cleanLogo(url(kind, bytes.subarray(0, part)))).toBeUndefined();
    }
    expect(cleanLogo(url('png', 'not a picture at all, though long enough to be one'))).toBeUndefined();
    expect(cleanLogo('data:image/png;base64,====')).toBeUndefined();
    expect(cleanLogo('https://example.org/logo.png')).toBeUndefined();
    expect(cleanLogo(undefined)).toBeUndefined();
  });
});
