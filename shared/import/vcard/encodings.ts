/** Quoted-printable and base64 of business cards, from bytes to bytes. What is no code stays as it is written. */

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};

/** RFC 2045 §6.7 without line ends, which are gone already. */
export function fromQuoted(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let used = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    const high = byte === 61 ? hex(bytes[i + 1]) : -1;
    const low = high < 0 ? -1 : hex(bytes[i + 2]);
    if (low >= 0) {
      out[used] = high * 16 + low;
      i += 2;
    } else out[used] = byte;
    used += 1;
  }
  return out.subarray(0, used);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGITS = new Map([...ALPHABET].map((char, i) => [char.charCodeAt(0), i] as const));

/** RFC 2045 §6.8; null when it is no base64. Spaces are overlooked, as is missing padding. */
export function fromBase64(bytes: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(Math.ceil((bytes.length * 3) / 4));
  let used = 0;
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    if (byte === 32 || byte === 9 || byte === 61) continue;
    const digit = DIGITS.get(byte);
    if (digit === undefined) return null;
    held = ((held << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[used] = (held >> bits) & 0xff;
      used += 1;
    }
  }
  return out.subarray(0, used);
}
