/** Tables written as HTML (many «.xls» files are) and as SpreadsheetML of 2003. No scripts, no entities but the plain ones, nothing fetched. */
import type { Cell, Merge, Table } from '../../shared/import/table.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  shy: '\u00ad',
  euro: '€',
  copy: '©',
  reg: '®',
  hellip: '…',
};
function entities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
    }
    return Object.hasOwn(NAMED, name.toLowerCase()) ? (NAMED[name.toLowerCase()] as string) : whole;
  });
}
const attribute = (tag: string, name: string): string | undefined => {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return match ? entities(match[1] ?? match[2] ?? match[3] ?? '') : undefined;
};
const text = (html: string): string =>
  entities(
    html
      .replace(/<br\s*\/?>|<\/(?:p|div)>/gi, '\n')
      .replace(/<[^>]*>/g, '')
      .replace(/[ \t\r]*\n[ \t\r]*/g, '\n'),
  ).trim();

const MAX_SPAN = 2000;
const span = (value: string | undefined): number => Math.max(1, Math.min(MAX_SPAN, Number(value ?? 1) || 1));

interface Grid {
  readonly rows: Cell[][];
  readonly merges: Merge[];
}

/** The number itself where the page shows it rounded («7,92E+10»). */
const exactNumber = (shown: string, value: string | undefined): string =>
  value !== undefined && /^\d+(?:\.\d+)?$/.test(value) && /^\d+(?:[.,]\d+)?E\+?\d+$/i.test(shown) ? value : shown;

function htmlTable(html: string): Grid {
  const rows: Cell[][] = [];
  const merges: Merge[] = [];
  /** Cells reserved by rows above: row → columns. */
  const reserved = new Map<number, Set<number>>();
  for (const part of html.split(/<tr\b/i).slice(1)) {
    const row = rows.length;
    const cells: Cell[] = [];
    let column = 0;
    for (const match of part.split(/<\/tr>/i)[0]?.matchAll(/<t([dh])\b([^>]*)>([\s\S]*?)(?=<\/t[dh]>|<t[dh]\b|$)/gi) ??
      []) {
      while (reserved.get(row)?.has(column)) {
        cells[column] = '';
        column += 1;
      }
      const across = span(attribute(match[2] as string, 'colspan'));
      const down = span(attribute(match[2] as string, 'rowspan'));
      // LibreOffice writes remarks into the cell and shows them when the pointer is over it.
      const remark = /<comment>([\s\S]*?)<\/comment>/i.exec(match[3] as string);
      const shown = text(remark ? (match[3] as string).replace(remark[0], '') : (match[3] as string));
      const content = exactNumber(shown, attribute(match[2] as string, 'sdval'));
      const link = /<a\b[^>]*>/i.exec(match[3] as string);
      const target = link ? attribute(link[0], 'href') : undefined;
      const more = {
        ...(target && /^(?:mailto|https?):/i.test(target) ? { link: target } : {}),
        ...(remark ? { comment: text(remark[1] as string) } : {}),
      };
      cells[column] = Object.keys(more).length > 0 ? { kind: 'text', text: content, ...more } : content;
      for (let k = 1; k < across; k += 1) cells[column + k] = '';
      if (across > 1 || down > 1)
        merges.push({ top: row, left: column, bottom: row + down - 1, right: column + across - 1 });
      for (let r = 1; r < down; r += 1) {
        const set = reserved.get(row + r) ?? new Set();
        for (let k = 0; k < across; k += 1) set.add(column + k);
        reserved.set(row + r, set);
      }
      column += across;
    }
    rows.push(Array.from(cells, (cell) => cell ?? ''));
  }
  return { rows, merges };
}

const tableOf = (name: string, { rows, merges }: Grid): Table => ({
  name,
  hidden: false,
  rows,
  numbers: rows.map((_, i) => i + 1),
  merges,
  epoch: 1900,
  problems: [],
});

/** Every table of an HTML document that holds more than one cell; inner tables are read as their own. */
export function tablesOfHtml(html: string): readonly Table[] {
  const clean = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '');
  const tables: Table[] = [];
  for (const part of clean.split(/<table\b/i).slice(1)) {
    const grid = htmlTable(part.split(/<\/table>/i)[0] ?? '');
    if (grid.rows.length > 0) tables.push(tableOf(`Table ${tables.length + 1}`, grid));
  }
  return tables;
}

/** The encoding that an HTML or XML document names for itself, '' when it names none. */
export function namedEncoding(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return (
    /<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(head)?.[1] ?? /<meta[^>]*charset=["']?([\w-]+)/i.exec(head)?.[1] ?? ''
  );
}

/** Worksheets of a SpreadsheetML 2003 document. */
export function tablesOfXml2003(xml: string): readonly Table[] {
  const tables: Table[] = [];
  for (const part of xml.split(/<(?:ss:)?Worksheet\b/i).slice(1)) {
    const name = attribute(part.slice(0, part.indexOf('>')), '(?:ss:)?Name') ?? `Sheet ${tables.length + 1}`;
    const rows: Cell[][] = [];
    const merges: Merge[] = [];
    for (const rowPart of part.split(/<(?:ss:)?Row\b/i).slice(1)) {
      const rowIndex = Number(attribute(rowPart.slice(0, rowPart.indexOf('>')), '(?:ss:)?Index') ?? 0);
      while (rowIndex > 0 && rows.length < Math.min(rowIndex - 1, 1_048_575)) rows.push([]);
      const cells: Cell[] = [];
      let column = 0;
      for (const match of rowPart.matchAll(/<(?:ss:)?Cell\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:ss:)?Cell>)/gi)) {
        const index = Number(attribute(match[1] as string, '(?:ss:)?Index') ?? 0);
        if (index > 0 && index <= 16_384)
          while (column < index - 1) {
            cells[column] = '';
            column += 1;
          }
        const across = Number(attribute(match[1] as string, '(?:ss:)?MergeAcross') ?? 0);
        const down = Number(attribute(match[1] as string, '(?:ss:)?MergeDown') ?? 0);
        const data = /<(?:ss:)?Data\b([^>]*)>([\s\S]*?)<\/(?:ss:)?Data>/i.exec(match[2] ?? '');
        cells[column] = data
          ? xmlCell(attribute(data[1] as string, '(?:ss:)?Type') ?? 'String', text(data[2] as string))
          : '';
        if (across > 0 || down > 0)
          merges.push({
            top: rows.length,
            left: column,
            bottom: rows.length + Math.min(down, MAX_SPAN),
            right: column + Math.min(across, MAX_SPAN),
          });
        column += 1 + Math.min(across, MAX_SPAN);
      }
      rows.push(Array.from(cells, (cell) => cell ?? ''));
    }
    tables.push(tableOf(name, { rows, merges }));
  }
  return tables;
}

function xmlCell(type: string, value: string): Cell {
  if (type === 'Number') return { kind: 'number', text: value, number: Number(value) };
  if (type === 'DateTime' && /^\d{4}-\d{2}-\d{2}/.test(value))
    return { kind: 'date', text: value.slice(0, 10), date: value.slice(0, 10) };
  if (type === 'Error') return { kind: 'error', text: value };
  return value;
}
