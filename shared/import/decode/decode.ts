/**
 * Bytes of a text file → text. Byte order mark, strict UTF-8, UTF-16 by its zero bytes; otherwise every plausible
 * eight-bit encoding is tried on the lines that contain non-ASCII bytes and the most natural reading wins. When two
 * readings are nearly as good the answer is «not sure» and a person (or the caller's option) must choose.
 */
import { fail, ok, type Result } from '../../result.ts';
import { repairsOf } from './double-damage.ts';
import { scoreText } from './letter-model.ts';
import { countUtf8, mixedLines } from './mixed.ts';

export interface EncodingCandidate {
  readonly encoding: string;
  /** The same first telling lines read in this encoding. */
  readonly sample: string;
}
export interface Decoded {
  readonly text: string;
  /** WHATWG label, or `repair:<wrong>:<right>` for text that was decoded wrongly once before. */
  readonly encoding: string;
  /** 0…1. */
  readonly confidence: number;
  readonly sure: boolean;
  /** Best first; at least the encoding itself. */
  readonly candidates: readonly EncodingCandidate[];
  /** Bytes that are not valid in the encoding and were replaced by U+FFFD. */
  readonly damaged: boolean;
  /** Lines from here on are written in another encoding and were read in it. */
  readonly mixed?: { readonly line: number; readonly encoding: string };
}

/** Order is the prior: of two readings with the same text the earlier is named. */
const EIGHT_BIT: readonly {
  readonly encoding: string;
  readonly ukrainian?: boolean;
  readonly central?: boolean;
  readonly prior: number;
}[] = [
  { encoding: 'windows-1251', ukrainian: true, prior: 0 },
  { encoding: 'windows-1252', prior: 0 },
  { encoding: 'ibm866', prior: -0.5 },
  { encoding: 'koi8-r', prior: -0.5 },
  { encoding: 'koi8-u', ukrainian: true, prior: -1 },
  { encoding: 'x-mac-cyrillic', ukrainian: true, prior: -2.5 },
  { encoding: 'iso-8859-5', ukrainian: true, prior: -2.5 },
  { encoding: 'windows-1250', central: true, prior: -3 },
  { encoding: 'macintosh', prior: -2 },
  { encoding: 'iso-8859-15', prior: -1 },
  { encoding: 'iso-8859-2', central: true, prior: -4 },
];
/** Encodings that a person may choose by hand. */
export const ENCODINGS: readonly string[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  ...EIGHT_BIT.map((one) => one.encoding),
  'windows-1254',
  'gb18030',
  'shift_jis',
  'euc-kr',
  'big5',
];

const SAMPLE_BYTES = 24_000;
const LABELS: Readonly<Record<string, string>> = {
  cp1251: 'windows-1251',
  win1251: 'windows-1251',
  'win-1251': 'windows-1251',
  cp866: 'ibm866',
  dos: 'ibm866',
  'cp-866': 'ibm866',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  cp1250: 'windows-1250',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  maccyrillic: 'x-mac-cyrillic',
  'mac-cyrillic': 'x-mac-cyrillic',
  'utf-8-sig': 'utf-8',
};

/** The name under which an encoding is known here, for whatever a person or script calls it; null when unknown. */
export function encodingName(label: string): string | null {
  const lower = label.trim().toLowerCase();
  if (lower.startsWith('repair:')) return lower;
  const known = Object.hasOwn(LABELS, lower) ? (LABELS[lower] as string) : lower;
  try {
    return new TextDecoder(known).encoding === 'macintosh' ? 'macintosh' : new TextDecoder(known).encoding;
  } catch {
    return null;
  }
}

const read = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);
const strip = (text: string): string => {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return start.includes('\0') ? start.replaceAll('\0', '') : start;
};

/** Lines with bytes above 127, as many as fit: in a list of e-mails and phones these alone can tell the encoding. */
function tellingBytes(bytes: Uint8Array, limit: number): { readonly telling: Uint8Array; readonly any: boolean } {
  const out = new Uint8Array(Math.min(limit, bytes.length + 1));
  let used = 0;
  let start = 0;
  let high = false;
  let any = false;
  for (let i = 0; i <= bytes.length && used < out.length; i += 1) {
    const byte = i < bytes.length ? (bytes[i] as number) : 10;
    if (byte >= 0x80) {
      high = true;
      any = true;
    }
    if (byte !== 10 && byte !== 13) continue;
    if (high) {
      const line = bytes.subarray(start, Math.min(i, start + 4000));
      const room = Math.min(line.length, out.length - used - 1);
      if (room > 0) {
        out.set(line.subarray(0, room), used);
        used += room;
        out[used] = 10;
        used += 1;
      } else break;
    }
    start = i + 1;
    high = false;
  }
  return { telling: out.subarray(0, used), any };
}

/** First lines of a reading, short enough to show beside others. */
function sampleOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line))
    .join('\n');
}

/** UTF-16 by its mark or by its zero bytes; null for anything else. A last odd byte (a file cut off) is overlooked. */
export function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 4) return null;
  const end = Math.min(bytes.length - (bytes.length % 2), 8192);
  let evenZero = 0;
  let oddZero = 0;
  let evenPlane = 0;
  let oddPlane = 0;
  for (let i = 0; i + 1 < end; i += 2) {
    const even = bytes[i] as number;
    const odd = bytes[i + 1] as number;
    if (even === 0) evenZero += 1;
    if (odd === 0) oddZero += 1;
    if (even === 0 || even === 4 || even === 1 || even === 0x20 || even === 0x21) evenPlane += 1;
    if (odd === 0 || odd === 4 || odd === 1 || odd === 0x20 || odd === 0x21) oddPlane += 1;
  }
  const pairs = end / 2;
  if (oddZero >= pairs * 0.02 && oddZero > 0 && oddPlane >= pairs * 0.97 && evenZero <= pairs * 0.01) return 'utf-16le';
  if (evenZero >= pairs * 0.02 && evenZero > 0 && evenPlane >= pairs * 0.97 && oddZero <= pairs * 0.01)
    return 'utf-16be';
  return null;
}

const whole = (text: string, encoding: string, damaged = false): Decoded => ({
  text: strip(text),
  encoding,
  confidence: damaged ? 0.9 : 1,
  sure: true,
  candidates: [{ encoding, sample: sampleOf(strip(text).slice(0, 4000)) }],
  damaged,
});

function decodeUtf8(bytes: Uint8Array): Decoded | null {
  try {
    return withRepair(whole(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'utf-8'));
  } catch {
    const glued = decodeGlued(bytes);
    if (glued) return glued;
    const { right, wrong } = countUtf8(bytes);
    // A file cut in the middle of a letter, or with a few broken bytes, is still UTF-8.
    if (right >= 4 && wrong <= Math.max(1, right / 20)) return whole(read(bytes, 'utf-8'), 'utf-8', true);
    return null;
  }
}

/** A file of lines in UTF-8 and in one other encoding; null when it is none, or when the other cannot be told. */
function decodeGlued(bytes: Uint8Array): Decoded | null {
  const mixed = mixedLines(bytes);
  if (!mixed) return null;
  const other = decodeEightBit(mixed.foreign);
  const text = mixed.read(other.encoding);
  // A few lines give little to tell an encoding by: what they say must at least read like words.
  if (!other.sure && scoreText(other.text, { ukrainian: true, central: true }).score <= 0) return null;
  const encoding = mixed.mostlyUtf8 ? 'utf-8' : other.encoding;
  return {
    ...whole(text, encoding),
    confidence: 0.8,
    mixed: { line: mixed.line, encoding: mixed.mostlyUtf8 ? other.encoding : 'utf-8' },
  };
}

/** When most of a text was decoded wrongly before it was saved, the repaired reading is offered and must be chosen. */
function withRepair(decoded: Decoded): Decoded {
  const repairs = repairsOf(decoded.text);
  if (repairs.length === 0) return decoded;
  const lines = decoded.text
    .split('\n', 4000)
    .filter((line) => /[\u0080-\uffff]/.test(line))
    .join('\n');
  return {
    ...decoded,
    confidence: 0.5,
    sure: false,
    candidates: [
      ...repairs.map((repair) => ({ encoding: repair.encoding, sample: sampleOf(repair.apply(lines)) })),
      { encoding: decoded.encoding, sample: sampleOf(lines) },
    ],
  };
}

/** Reads bytes in an encoding that a person chose. Fails with `import.encodingUnknown`. */
export function decodeAs(bytes: Uint8Array, label: string): Result<Decoded> {
  const encoding = encodingName(label);
  if (encoding?.startsWith('repair:')) {
    const detected = decode(bytes);
    const first = detected.encoding.startsWith('repair:') ? null : detected;
    const repair = first ? repairsOf(first.text).find((one) => one.encoding === encoding) : undefined;
    if (!first || !repair) return fail('import.encodingUnknown', { encoding: label });
    return ok(whole(repair.apply(first.text), encoding));
  }
  if (!encoding) return fail('import.encodingUnknown', { encoding: label });
  const text = read(bytes, encoding);
  return ok(whole(text, encoding, text.includes('\ufffd')));
}

/** Finds the encoding of a text file and reads it. Never fails: what cannot be told comes back with `sure: false`. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = read(bytes, 'utf-8');
    return withRepair(whole(text, 'utf-8', text.includes('\ufffd')));
  }
  const wide = utf16(bytes);
  if (wide) return whole(read(bytes.subarray(0, bytes.length - (bytes.length % 2)), wide), wide);
  const utf8 = decodeUtf8(bytes);
  if (utf8) return utf8;
  return decodeEightBit(bytes);
}

function decodeEightBit(bytes: Uint8Array): Decoded {
  const { telling } = tellingBytes(bytes, SAMPLE_BYTES);
  const readings = EIGHT_BIT.map(({ encoding, prior, ...hints }) => {
    const text = read(telling, encoding);
    const { score, words } = scoreText(text, hints);
    return { encoding, text, words, score: score + prior };
  }).sort((a, b) => b.score - a.score);
  const distinct = readings.filter((one, i) => readings.findIndex((other) => other.text === one.text) === i);
  const best = distinct[0] as (typeof readings)[number];
  const rival = distinct[1];
  const margin = best.score - (rival?.score ?? best.score - 100);
  const quality = best.score / Math.max(1, best.words);
  // A rare surname alone may look odd in its right reading; then the others must look far worse.
  const sure = (quality > 0.3 && margin >= 3.5 && margin >= 0.08 * best.score) || (quality > -3.5 && margin >= 7);
  const chosen = distinct.slice(0, 4).filter((one, i) => i < 2 || one.score > best.score - 40);
  const candidates: EncodingCandidate[] = chosen.map((one) => ({ encoding: one.encoding, sample: sampleOf(one.text) }));
  if (best.score <= 0) {
    try {
      const text = new TextDecoder('gb18030', { fatal: true }).decode(telling);
      candidates.push({ encoding: 'gb18030', sample: sampleOf(text) });
    } catch {
      // Not that one.
    }
  }
  const text = strip(read(bytes, best.encoding));
  return {
    text,
    encoding: best.encoding,
    confidence: sure ? Math.min(0.99, 0.7 + margin / 100) : Math.max(0, Math.min(0.6, margin / 10)),
    sure,
    candidates,
    damaged: text.includes('\ufffd'),
  };
}
