/**
 * What an old workbook (.xls) or an OpenDocument (.ods) hides: sheets, rows, columns. The library tells it of .xlsx only.
 * Nothing here is trusted: whatever does not fit ends the search, and the file is read as if all of it were shown.
 */

export interface HiddenParts {
  readonly hidden: boolean;
  /** Zero-based. */
  readonly rows: ReadonlySet<number>;
  readonly columns: number;
}
/** By position of the sheet in its workbook. */
export type HiddenSheets = readonly HiddenParts[];

interface Found {
  hidden: boolean;
  readonly rows: Set<number>;
  columns: number;
}
const nothing = (hidden: boolean): Found => ({ hidden, rows: new Set(), columns: 0 });

const MOST_ROWS = 1_048_576;
const FREE = 0xfffffffa;

/** One stream of an OLE container ([MS-CFB]) by name; null when there is none or its chain is broken. */
function oleStream(bytes: Uint8Array, names: readonly string[]): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 1 << view.getUint16(30, true);
  if (size !== 512 && size !== 4096) return null;
  const at = (sector: number): number => (sector + 1) * size;
  const fat: number[] = [];
  let table = Array.from({ length: 109 }, (_, i) => view.getUint32(76 + i * 4, true));
  let next = view.getUint32(68, true);
  for (let guard = 0; guard < 4096; guard += 1) {
    for (const sector of table)
      if (sector < FREE) for (let i = 0; i < size; i += 4) fat.push(view.getUint32(at(sector) + i, true));
    if (next >= FREE) break;
    const entries = Array.from({ length: size / 4 }, (_, i) => view.getUint32(at(next) + i * 4, true));
    next = entries.pop() as number;
    table = entries;
  }
  const chain = (start: number): Uint8Array => {
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < FREE && parts.length <= fat.length; sector = fat[sector] ?? FREE)
      parts.push(bytes.subarray(at(sector), at(sector) + size));
    return new Uint8Array(Buffer.concat(parts));
  };
  const directory = chain(view.getUint32(48, true));
  const entry = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const nameAt = (i: number): string =>
    Buffer.from(directory.subarray(i, i + Math.max(0, Math.min(64, entry.getUint16(i + 64, true)) - 2))).toString(
      'utf16le',
    );
  for (let i = 0; i + 128 <= directory.length; i += 128) {
    if (!names.includes(nameAt(i))) continue;
    const start = entry.getUint32(i + 116, true);
    const length = entry.getUint32(i + 120, true);
    if (length >= view.getUint32(56, true)) return chain(start).subarray(0, length);
    // Short streams lie in a stream of their own, in sectors of 64 bytes.
    const mini = chain(entry.getUint32(116, true));
    const miniFat = chain(view.getUint32(60, true));
    const links = new DataView(miniFat.buffer, miniFat.byteOffset, miniFat.byteLength);
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < FREE && parts.length * 64 < length; ) {
      parts.push(mini.subarray(sector * 64, sector * 64 + 64));
      sector = sector * 4 + 4 <= miniFat.length ? links.getUint32(sector * 4, true) : FREE;
    }
    return new Uint8Array(Buffer.concat(parts)).subarray(0, length);
  }
  return null;
}

/** Hidden parts of a BIFF8 workbook; `encrypted` when its records are. */
export function hiddenInXls(bytes: Uint8Array): HiddenSheets | 'encrypted' {
  try {
    const stream = oleStream(bytes, ['Workbook', 'Book']);
    return stream ? hiddenRecords(stream) : [];
  } catch {
    return [];
  }
}

function hiddenRecords(stream: Uint8Array): HiddenSheets | 'encrypted' {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const sheets: { readonly at: number; readonly parts: Found }[] = [];
  let current: Found | undefined;
  for (let i = 0; i + 4 <= stream.length; ) {
    const id = view.getUint16(i, true);
    const length = view.getUint16(i + 2, true);
    const data = i + 4;
    if (data + length > stream.length) break;
    if (id === 0x2f) return 'encrypted';
    if (id === 0x85)
      sheets.push({ at: view.getUint32(data, true), parts: nothing(((stream[data + 4] as number) & 3) !== 0) });
    else if (id === 0x809) current = sheets.find((sheet) => sheet.at === i)?.parts;
    else if (current && id === 0x208 && length >= 16 && (view.getUint16(data + 12, true) & 0x20) !== 0)
      current.rows.add(view.getUint16(data, true));
    else if (current && id === 0x7d && length >= 10 && (view.getUint16(data + 8, true) & 1) !== 0)
      current.columns += Math.min(256, view.getUint16(data + 2, true)) - view.getUint16(data, true) + 1;
    i = data + length;
  }
  return sheets.map((sheet) => sheet.parts);
}

/** Hidden parts of the XML of an OpenDocument spreadsheet. */
export function hiddenInOds(xml: string): HiddenSheets {
  const styles = new Set<string>();
  for (const match of xml.matchAll(
    /<style:style\b[^>]*style:name="([^"]*)"[^>]*style:family="table"[^>]*>(.*?)<\/style:style>/gs,
  ))
    if (/table:display="false"/.test(match[2] as string)) styles.add(match[1] as string);
  const sheets: Found[] = [];
  let row = 0;
  for (const match of xml.matchAll(/<table:(table-row|table-column|table)(?=[\s>])([^>]*)>/g)) {
    const attributes = match[2] as string;
    const repeat = (name: string): number =>
      Math.min(MOST_ROWS, Number(new RegExp(`number-${name}-repeated="(\\d+)"`).exec(attributes)?.[1] ?? 1));
    const invisible = /table:visibility="(?:collapse|filter)"/.test(attributes);
    if (match[1] === 'table') {
      const style = /table:style-name="([^"]*)"/.exec(attributes)?.[1] ?? '';
      sheets.push(nothing(styles.has(style)));
      row = 0;
      continue;
    }
    const sheet = sheets.at(-1);
    if (!sheet) continue;
    if (match[1] === 'table-column') {
      // The empty columns to the right of a table come as one that is repeated.
      if (invisible) sheet.columns += Math.min(256, repeat('columns'));
      continue;
    }
    const count = repeat('rows');
    if (invisible) for (let i = row; i < Math.min(row + count, MOST_ROWS); i += 1) sheet.rows.add(i);
    row += count;
  }
  return sheets;
}
