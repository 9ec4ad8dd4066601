/** What a file is, told by its content and never by its name alone. */
import { utf16 } from '../../shared/import/decode/decode.ts';

export type FileKind =
  | 'zip'
  | 'ole'
  | 'html'
  | 'xml2003'
  | 'fods'
  | 'text'
  | 'vcard'
  | 'empty'
  /** Known and refused. */
  | 'pdf'
  | 'picture'
  | 'other';

const starts = (bytes: Uint8Array, ...values: readonly number[]): boolean =>
  values.every((value, i) => bytes[i] === value);

/** The start of a file as ASCII, byte order mark and zero bytes left out, lower case. */
function head(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < Math.min(bytes.length, 4096); i += 1) {
    const byte = bytes[i] as number;
    if (byte > 0 && byte < 0x80) text += String.fromCharCode(byte);
  }
  return text.trimStart().toLowerCase();
}

/** Share of control signs that no text has. In UTF-16 the letters are looked at: «А» is 0410 and its bytes look like control. */
function controlShare(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, 65_536);
  const wide = utf16(bytes);
  const step = wide ? 2 : 1;
  let control = 0;
  let zeros = 0;
  for (let i = 0; i + step <= end; i += step) {
    const high = wide === 'utf-16le' ? (bytes[i + 1] as number) : wide ? (bytes[i] as number) : 0;
    const code = wide === 'utf-16be' ? (bytes[i + 1] as number) : (bytes[i] as number);
    if (high !== 0 || code >= 32) continue;
    if (code === 0) zeros += 1;
    else if (code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 26) control += 1;
  }
  // Text with many zero bytes and nothing else amiss is text of some wide kind.
  const harmless = !wide && zeros > end * 0.02 && zeros <= end * 0.55 && control < end * 0.005;
  return ((control + (harmless ? 0 : zeros)) * step) / Math.max(1, end);
}

export function sniffFile(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole';
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x47, 0x49, 0x46, 0x38))
    return 'picture';
  if (
    starts(bytes, 0x1f, 0x8b) ||
    starts(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    starts(bytes, 0x52, 0x61, 0x72, 0x21) ||
    starts(bytes, 0x7f, 0x45, 0x4c, 0x46) ||
    starts(bytes, 0x4d, 0x5a, 0x90)
  )
    return 'other';
  const text = head(bytes);
  if (text === '') return bytes.every((byte) => byte <= 32) ? 'empty' : controlShare(bytes) > 0.02 ? 'other' : 'text';
  if (text.startsWith('begin:vcard')) return 'vcard';
  if (text.startsWith('{\\rtf') || /^(?:\[\s*\{|\{)\s*"[^"\n]*"\s*:/.test(text)) return 'other';
  if (text.startsWith('<')) {
    if (text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'xml2003';
    if (/<office:document[\s>]/.test(text)) return text.includes('opendocument.spreadsheet') ? 'fods' : 'other';
    if (/<(?:!doctype html|html|head|body|table|meta|div|style)\b/.test(text)) return 'html';
    if (text.startsWith('<?xml') || text.startsWith('<svg')) return 'other';
  }
  return controlShare(bytes) > 0.02 ? 'other' : 'text';
}

/** True when an OLE container holds an encrypted workbook, false for an old .xls, null for anything else in OLE clothes. */
export function oleContent(bytes: Uint8Array): 'encrypted' | 'xls' | null {
  // Directory names are UTF-16LE.
  const wide = (name: string): Buffer => Buffer.from(name, 'utf16le');
  const has = (name: string): boolean =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(wide(name));
  if (has('EncryptedPackage') || has('EncryptionInfo')) return 'encrypted';
  return has('Workbook') || has('Book') ? 'xls' : null;
}
