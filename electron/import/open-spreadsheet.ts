/** Bytes of any spreadsheet or business cards → tables of cells. Refuses with typed errors what is not one, is encrypted, hostile or too large. */
import {
  EncryptedFileError,
  readOds,
  readXls,
  readXlsx,
  type Cell as BookCell,
  type CellValue,
  type Sheet,
  type Workbook,
} from 'hucre';
import { decode, decodeAs, type Decoded } from '../../shared/import/decode/decode.ts';
import { parseText } from '../../shared/import/parse-text.ts';
import { readCards } from '../../shared/import/vcard/cards.ts';
import { tableOfCards } from '../../shared/import/vcard/table-of-cards.ts';
import { type Cell, cellText, plainNumber, type RichCell, type Table } from '../../shared/import/table.ts';
import type { EncodingChoice, ImportProblem, ImportReadingView } from '../../shared/import/views.ts';
import { AppFailure, unwrap } from '../../shared/result.ts';
import { packFlatOds } from './flat-ods.ts';
import { type HiddenParts, hiddenInOds, hiddenInXls } from './hidden-parts.ts';
import { namedEncoding, tablesOfHtml, tablesOfXml2003 } from './markup-tables.ts';
import { oleContent, sniffFile } from './sniff-file.ts';
import { checkZip } from './zip-gate.ts';

/** Columns with content; a contact list of the largest programs has about 120. */
export const MAX_COLUMNS = 1000;
/** Rows of one sheet: what spreadsheet programs can hold. */
export const MAX_ROWS = 1_048_576;

export interface OpenOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
}
export interface OpenedFile {
  readonly kind: ImportReadingView['kind'];
  /** '' for workbooks, which carry their own. */
  readonly encoding: string;
  readonly encodingSure: boolean;
  readonly encodings: readonly EncodingChoice[];
  /** '' for workbooks. */
  readonly delimiter: string;
  readonly tables: readonly Table[];
}

const WORKBOOK = { encoding: '', encodingSure: true, encodings: [], delimiter: '' } as const;

/** Reads a file. Throws AppFailure with the codes of shared/import/messages.ts. */
export async function openSpreadsheet(bytes: Uint8Array, name: string, options: OpenOptions = {}): Promise<OpenedFile> {
  const kind = sniffFile(bytes);
  switch (kind) {
    case 'empty':
      throw new AppFailure('import.empty');
    case 'vcard':
      return checked(openCards(bytes, options));
    case 'pdf':
    case 'picture':
    case 'other':
      throw new AppFailure('import.notASpreadsheet', { file: name }, kind);
    case 'fods':
      return checked(await openZip(packFlatOds(bytes), name));
    case 'zip':
      return checked(await openZip(bytes, name));
    case 'ole':
      return checked(await openOle(bytes, name));
    case 'html':
    case 'xml2003':
      return checked(openMarkup(bytes, kind, name, options));
    case 'text':
      // Cards with words before the first one.
      if (/\.(?:vcf|vcard)$/i.test(name)) return checked(openCards(bytes, options));
      return checked(openText(bytes, name, options));
  }
}

function openCards(bytes: Uint8Array, options: OpenOptions): OpenedFile {
  const file = readCards(bytes, options.encoding);
  if (file.cards.length === 0) throw new AppFailure('import.noCards');
  const { encoding, sure, candidates } = file.decoded;
  return {
    kind: 'vcard',
    encoding,
    encodingSure: sure,
    encodings: candidates,
    delimiter: '',
    tables: [tableOfCards(file)],
  };
}

function openText(bytes: Uint8Array, name: string, options: OpenOptions): OpenedFile {
  const decoded = options.encoding ? unwrap(decodeAs(bytes, options.encoding)) : decode(bytes);
  if (decoded.text.trim() === '') throw new AppFailure('import.empty');
  const { table, delimiter } = parseText(
    decoded.text,
    options.delimiter === undefined ? {} : { delimiter: options.delimiter },
  );
  // Words in a file that calls itself a workbook are no table.
  const oneColumn = table.rows.every((row) => row.length <= 1);
  if (oneColumn && /\.(?:xlsx|xlsm|xlsb|xls|ods|numbers)$/i.test(name))
    throw new AppFailure('import.notASpreadsheet', { file: name }, 'text');
  return { kind: 'csv', ...reading(decoded), delimiter, tables: [withDamage(table, decoded)] };
}

const reading = (decoded: Decoded): Pick<OpenedFile, 'encoding' | 'encodingSure' | 'encodings'> => ({
  encoding: decoded.encoding,
  encodingSure: decoded.sure,
  encodings: decoded.candidates,
});
function withDamage(table: Table, decoded: Decoded): Table {
  const problems: ImportProblem[] = [];
  if (decoded.damaged) problems.push({ row: 0, column: '', code: 'damagedBytes', severity: 'warning' });
  if (decoded.mixed) {
    const { line, encoding } = decoded.mixed;
    problems.push({ row: line, column: '', code: 'mixedEncodings', params: { encoding }, severity: 'warning' });
  }
  return problems.length === 0 ? table : { ...table, problems: [...problems, ...table.problems] };
}

function openMarkup(bytes: Uint8Array, kind: 'html' | 'xml2003', name: string, options: OpenOptions): OpenedFile {
  const named = options.encoding ?? namedEncoding(bytes);
  const chosen = named ? decodeAs(bytes, named) : null;
  if (options.encoding && chosen && !chosen.ok) throw new AppFailure(chosen.error.code, chosen.error.params);
  const decoded = chosen?.ok && !chosen.value.damaged ? chosen.value : decode(bytes);
  if (kind === 'xml2003' && /<!DOCTYPE|<!ENTITY/i.test(decoded.text.slice(0, 4096)))
    throw new AppFailure('import.forbiddenXml');
  const tables = kind === 'html' ? tablesOfHtml(decoded.text) : tablesOfXml2003(decoded.text);
  if (tables.length === 0) throw new AppFailure('import.notASpreadsheet', { file: name }, kind);
  return { kind: 'html', ...reading(decoded), delimiter: '', tables };
}

/** Runs a library; whatever it throws becomes a typed error without the file's content. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    if (error instanceof EncryptedFileError) throw new AppFailure('import.encrypted');
    throw new AppFailure('import.damaged', {}, error instanceof Error ? error.name : 'unknown');
  }
}

async function openZip(bytes: Uint8Array, name: string): Promise<OpenedFile> {
  let content: Uint8Array | null = null;
  const names = new Set(
    checkZip(bytes, undefined, (part, body) => {
      if (part === 'content.xml') content = body;
    }),
  );
  if (names.has('xl/workbook.bin')) throw new AppFailure('import.binaryWorkbook');
  if ([...names].some((entry) => entry.startsWith('Index/') && entry.endsWith('.iwa')))
    throw new AppFailure('import.numbers');
  if (names.has('content.xml') && !names.has('[Content_Types].xml')) {
    const book = await guarded(() => readOds(bytes, { readStyles: true }));
    const hidden = content ? hiddenInOds(new TextDecoder().decode(content)) : [];
    return { kind: 'ods', ...WORKBOOK, tables: book.sheets.map((sheet, i) => toTable(sheet, book, hidden[i])) };
  }
  if (![...names].some((entry) => /^xl\/workbook.*\.xml$/i.test(entry) || /^xl\/worksheets\//i.test(entry))) {
    throw new AppFailure('import.notASpreadsheet', { file: name }, 'zip');
  }
  const book = await guarded(() => readXlsx(bytes, { readStyles: true }));
  return { kind: 'xlsx', ...WORKBOOK, tables: book.sheets.map((sheet) => toTable(sheet, book)) };
}

async function openOle(bytes: Uint8Array, name: string): Promise<OpenedFile> {
  const content = oleContent(bytes);
  if (content === 'encrypted') throw new AppFailure('import.encrypted');
  if (content === null) throw new AppFailure('import.notASpreadsheet', { file: name }, 'ole');
  const hidden = hiddenInXls(bytes);
  if (hidden === 'encrypted') throw new AppFailure('import.encrypted');
  const book = await guarded(() => readXls(bytes, { readStyles: true }));
  return { kind: 'xls', ...WORKBOOK, tables: book.sheets.map((sheet, i) => toTable(sheet, book, hidden[i])) };
}

const ERROR = /^#(?:REF!|VALUE!|N\/A|NAME\?|DIV\/0!|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)$/;

/** A code kept as a number and shown with its zeros by the format `000000`; null for other formats. */
function zeroPadded(value: number, format: string | undefined): string | null {
  if (format === undefined || !/^0{2,20}$/.test(format) || !Number.isSafeInteger(value) || value < 0) return null;
  return String(value).padStart(format.length, '0');
}

function toCell(value: CellValue, detail: BookCell | undefined, epoch: 1900 | 1904): Cell {
  const more =
    detail && (detail.hyperlink?.target || detail.comment?.text)
      ? {
          ...(detail.hyperlink?.target ? { link: detail.hyperlink.target } : {}),
          ...(detail.comment?.text ? { comment: detail.comment.text } : {}),
        }
      : undefined;
  if (value === null || value === undefined) return more ? { kind: 'text', text: '', ...more } : '';
  if (typeof value === 'string') {
    if (detail?.type === 'error' || ERROR.test(value)) return { kind: 'error', text: value, ...more };
    return more ? { kind: 'text', text: value, ...more } : value;
  }
  if (typeof value === 'number') {
    const text = zeroPadded(value, detail?.style?.numFmt) ?? plainNumber(value);
    return { kind: 'number', text, number: value, ...more };
  }
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE', ...more };
  return dateCell(value, epoch, more);
}

/** The library gives days as UTC midnights; only their UTC calendar parts are read. */
function dateCell(value: Date, epoch: 1900 | 1904, more: Partial<RichCell> | undefined): Cell {
  if (Number.isNaN(value.getTime())) return '';
  const iso = value.toISOString();
  const date = iso.slice(0, 10);
  // Time of day alone, and Excel's day 0.
  if (date <= '1899-12-31') return { kind: 'text', text: iso.slice(11, 16), ...more };
  // Days 59 and 60 of the 1900 system both come as 28 February: one of them never was.
  const serial60 = epoch === 1900 && date === '1900-02-28';
  return { kind: 'date', text: date, date, ...(serial60 ? { serial60 } : {}), ...more };
}

const BLANK: readonly Cell[] = [];

/** `hidden`: what the library does not tell of its own. */
function toTable(sheet: Sheet, book: Workbook, hidden?: HiddenParts): Table {
  const epoch = book.dateSystem === '1904' ? 1904 : 1900;
  const problems: ImportProblem[] = [];
  const rows: (readonly Cell[])[] = [];
  const numbers: number[] = [];
  const hiddenRows = new Set<number>();
  if (sheet.rows.length > MAX_ROWS) throw new AppFailure('import.tooManyRows', { limit: MAX_ROWS });
  // By number and not by forEach: old workbooks leave holes where rows are blank, and merges count them.
  for (let r = 0; r < sheet.rows.length; r += 1) {
    const row = sheet.rows[r];
    numbers.push(r + 1);
    if (!row) {
      rows.push(BLANK);
      continue;
    }
    const definition = sheet.rowDefs?.get(r);
    if (definition?.hidden || hidden?.rows.has(r)) hiddenRows.add(r);
    let end = row.length;
    while (end > 0 && (row[end - 1] === null || row[end - 1] === '')) end -= 1;
    const cells: Cell[] = [];
    for (let c = 0; c < end; c += 1) cells.push(toCell(row[c] ?? null, sheet.cells?.get(`${r},${c}`), epoch));
    rows.push(cells);
  }
  while (rows.length > 0 && (rows.at(-1) as readonly Cell[]).every((cell) => cell === '')) {
    rows.pop();
    numbers.pop();
  }
  if (hiddenRows.size > 0)
    problems.push({ row: 0, column: '', code: 'hiddenRows', params: { count: hiddenRows.size }, severity: 'info' });
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns =
    (sheet.columns ?? []).filter((column) => column?.hidden).length || Math.min(width, hidden?.columns ?? 0);
  if (columns > 0)
    problems.push({ row: 0, column: '', code: 'hiddenColumns', params: { count: columns }, severity: 'info' });
  return {
    name: sheet.name,
    hidden: Boolean(sheet.hidden || sheet.veryHidden || hidden?.hidden),
    rows,
    numbers,
    merges: (sheet.merges ?? []).map((merge) => ({
      top: merge.startRow,
      left: merge.startCol,
      bottom: merge.endRow,
      right: merge.endCol,
    })),
    epoch,
    ...(hiddenRows.size > 0 ? { hiddenRows } : {}),
    problems,
  };
}

/** Refuses tables that are wider or longer than anything a person keeps. */
function checked(file: OpenedFile): OpenedFile {
  for (const table of file.tables) {
    if (table.rows.length > MAX_ROWS) throw new AppFailure('import.tooManyRows', { limit: MAX_ROWS });
    const width = table.rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (width <= MAX_COLUMNS) continue;
    const used = new Set<number>();
    for (const row of table.rows) {
      for (let c = 0; c < row.length; c += 1) if (row[c] !== '' && cellText(row[c]) !== '') used.add(c);
      if (used.size > MAX_COLUMNS)
        throw new AppFailure('import.tooManyColumns', { columns: width, limit: MAX_COLUMNS });
    }
  }
  return file;
}
