/**
 * A workbook (ECMA-376) of one sheet, written by hand: every text is a typed text cell and every day a number with a date
 * format. There are no formula cells, so that nothing a person or an imported file has written can be executed, and
 * nothing needs a sign in front that would spoil it.
 */
import { crc32, deflateRawSync } from 'node:zlib';
import { parsePlainDate, toDayNumber } from '../../shared/dates/plain-date.ts';
import type { Cell, Table } from '../../shared/export/table.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Longest text of a cell. */
const LONGEST = 32_767;
/** Day 25569 of the 1900 system is 1970-01-01; before March 1900 the system counts a day that never was. */
const EPOCH = 25_569;
const FIRST_DAY = 61;

/** Characters XML cannot hold are left out; `_x000D_` and its like are kept from being read as escapes. */
const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- control characters are what is left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

/** At most as many UTF-16 units as a cell takes, never half a character. */
const cut = (text: string): string =>
  text.length <= LONGEST ? text : text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/u, '') + '…';

function column(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : column(Math.floor(index / 26) - 1) + letter;
}

function cellXml(cell: Cell | undefined, place: string, style: number): string {
  if (cell === undefined) return '';
  if (cell.kind === 'date') {
    const serial = parsePlainDate(cell.date) === null ? 0 : toDayNumber(cell.date) + EPOCH;
    if (serial >= FIRST_DAY) return `<c r="${place}" s="2"><v>${serial}</v></c>`;
  }
  const text = cell.kind === 'date' ? cell.date : cell.text;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cut(text))}</t></is></c>`;
}

function sheetXml(table: Table): string {
  const row = (cells: readonly (Cell | undefined)[], number: number, style: number): string =>
    `<row r="${number}">${cells.map((cell, i) => cellXml(cell, `${column(i)}${number}`, style)).join('')}</row>`;
  const headers = table.headers.map((header): Cell => ({ kind: 'text', text: header }));
  const last = `${column(Math.max(0, table.headers.length - 1))}${table.rows.length + 1}`;
  return `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${Math.max(1, table.headers.length)}" width="22" customWidth="1"/></cols><sheetData>${row(headers, 1, 1)}${table.rows.map((cells, i) => row(cells, i + 2, 3)).join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

/** Styles: 0 as it comes, 1 bold (headers), 2 a day, 3 text that stays text when it is edited. */
const STYLES = `${XML}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf numFmtId="49" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`;
const TYPES = `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`;
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...targets: readonly (readonly [type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The bytes of the `.xlsx`: the same for the same table. */
export function toWorkbook(table: Table): Uint8Array {
  const name = escaped(table.name.replace(/[[\]:*?/\\]/gu, ' ').slice(0, 31)).replaceAll('"', '&quot;');
  return zip([
    ['[Content_Types].xml', TYPES],
    ['_rels/.rels', relations(['officeDocument', 'xl/workbook.xml'])],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relations(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'])],
    ['xl/styles.xml', STYLES],
    ['xl/worksheets/sheet1.xml', sheetXml(table)],
  ]);
}

/** A zip archive (APPNOTE 4.3) of texts, without times of this machine: every part bears 1980-01-01. */
function zip(parts: readonly (readonly [name: string, text: string])[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const path = Buffer.from(name);
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    // From «version needed» to «length of the extra field», the same in both headers: UTF-8 names, deflated.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), common, path, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, path);
    offset += 30 + path.length + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
