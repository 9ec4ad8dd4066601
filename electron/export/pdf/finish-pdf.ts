/** Last touch on a printed file: what Chromium writes about the machine is taken out, what it leaves out is added. */
import { withMetadata } from './metadata.ts';

const CREATOR = Buffer.from('/Creator (');

/** The file as it leaves the house: nothing about the machine, its properties as XMP too. */
export const finishPdf = (pdf: Uint8Array): Uint8Array => withMetadata(withoutMachine(pdf));

/**
 * Replaces the user agent in the document information, which names the operating system and version, by the product's
 * name. The length stays the same, so that the file's cross-reference table stays right.
 */
function withoutMachine(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const start = bytes.indexOf(CREATOR);
  if (start < 0) return bytes;
  const from = start + CREATOR.length;
  let end = from;
  // A PDF string ends at the parenthesis that closes it; a backslash escapes the next byte.
  for (let depth = 1; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === 0x5c) end++;
    else if (byte === 0x28) depth++;
    else if (byte === 0x29 && --depth === 0) break;
  }
  const name = Buffer.from('Rapport');
  if (end >= bytes.length || end - from < name.length) return bytes;
  name.copy(bytes, from);
  bytes[from + name.length] = 0x29;
  bytes.fill(0x20, from + name.length + 1, end + 1);
  return bytes;
}
