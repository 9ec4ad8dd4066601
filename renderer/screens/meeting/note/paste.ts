/**
 * What is pasted from elsewhere, made into what a note can hold: lists of a word processor and of plain text become lists,
 * rows of tables become lines whose cells stay apart.
 */
import { Extension } from '@tiptap/core';
import { Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';

/** Stands between the cells of a row. */
const BETWEEN_CELLS = ' | ';
const BLOCKS = 'p, div, ul, ol, li, h1, h2, h3, h4, h5, h6, blockquote, pre, tr, table';

type ListKind = 'bullet' | 'ordered' | 'task';
/** A line of a list, before lists are built. */
interface Item<T> {
  readonly kind: ListKind;
  /** 0 for the outermost list. */
  readonly depth: number;
  readonly number: number;
  readonly checked: boolean;
  readonly content: T;
}

/** Neighbouring items as nested lists. `list` and `item` make the nodes of whatever the lists are built of. */
function nest<T, N>(
  items: readonly Item<T>[],
  list: (kind: ListKind, start: number, items: readonly N[]) => N,
  item: (item: Item<T>, inner: readonly N[]) => N,
): readonly N[] {
  const out: N[] = [];
  let i = 0;
  while (i < items.length) {
    const first = items[i] as Item<T>;
    const content: N[] = [];
    let depth = first.depth;
    while (i < items.length) {
      const next = items[i] as Item<T>;
      if (next.kind !== first.kind || next.depth > depth) break;
      // An item that stands further out than the first one begins the outer list.
      depth = next.depth;
      let end = i + 1;
      while (end < items.length && (items[end] as Item<T>).depth > depth) end++;
      content.push(item(next, nest(items.slice(i + 1, end), list, item)));
      i = end;
    }
    out.push(list(first.kind, first.number, content));
  }
  return out;
}

const LINE = /^([\t ]*)(?:(?:[-*•]\s+)?\[([ xXхХ]?)\]|([-*•·–—▪◦‣●○])|(\d{1,3})[.)])\s+(\S.*)$/u;

/** A line of plain text as an item; `depth` is its indentation in characters. */
function readLine(line: string): Item<string> | null {
  const found = LINE.exec(line);
  if (!found) return null;
  const [, space = '', box, , number, content = ''] = found;
  return {
    kind: box === undefined ? (number === undefined ? 'bullet' : 'ordered') : 'task',
    depth: space.replaceAll('\t', '    ').length,
    number: number === undefined ? 1 : Number(number),
    checked: box !== undefined && box.trim() !== '',
    content: content.trim(),
  };
}

/** Whether neighbouring lines are a list: two at least, and numbers that count on. One dash alone is a dash. */
function isList(items: readonly Item<string>[]): boolean {
  if (items.length === 0 || (items.length === 1 && items[0]?.kind !== 'task')) return false;
  const last = new Map<number, number>();
  return items.every(({ kind, depth, number }) => {
    for (const deeper of [...last.keys()]) if (deeper > depth) last.delete(deeper);
    const before = last.get(depth);
    if (kind !== 'ordered') {
      last.delete(depth);
      return true;
    }
    last.set(depth, number);
    return before === undefined || number === before + 1;
  });
}

/** Plain text with lists in it as a piece of a note; null when there is no list and the text is taken as it is. */
export function readPlainText(schema: Schema, text: string): Slice | null {
  const { paragraph, bulletList, orderedList, taskList, listItem, taskItem } = schema.nodes;
  if (!paragraph || !bulletList || !orderedList || !taskList || !listItem || !taskItem) return null;
  const block = (line: string): Node => paragraph.create(null, line === '' ? [] : schema.text(line));
  const types = { bullet: bulletList, ordered: orderedList, task: taskList } as const;
  const build = (items: readonly Item<string>[]): readonly Node[] =>
    nest<string, Node>(
      items,
      (kind, start, inner) => types[kind].create(kind === 'ordered' ? { start } : null, [...inner]),
      ({ kind, checked, content }, inner) =>
        (kind === 'task' ? taskItem : listItem).create(kind === 'task' ? { checked } : null, [
          block(content),
          ...inner,
        ]),
    );
  const lines = text.split(/(?:\r\n?|\n)+/u);
  const out: Node[] = [];
  let some = false;
  for (let i = 0; i < lines.length; ) {
    const items: Item<string>[] = [];
    for (let item = readLine(lines[i] ?? ''); item !== null; item = readLine(lines[i + items.length] ?? ''))
      items.push(item);
    if (isList(items)) {
      some = true;
      out.push(...build(items));
      i += items.length;
    } else {
      for (const end = i + Math.max(1, items.length); i < end; i++) {
        const line = lines[i] ?? '';
        if (line.trim() !== '') out.push(block(line));
      }
    }
  }
  if (!some) return null;
  // Text before and after the lists goes on in the paragraph that it is pasted into.
  const open = (node: Node | undefined): number => (node?.isTextblock ? 1 : 0);
  return new Slice(Fragment.fromArray(out), open(out[0]), open(out.at(-1)));
}

const MSO_LIST = /mso-list:\s*l\d+\s+level(\d+)/iu;

/** Paragraphs that a word processor only draws as a list, with their bullets as text. */
function makeLists(page: Document): void {
  const waiting = new Set(
    [...page.querySelectorAll('p[style*="mso-list"]')].filter((p) => MSO_LIST.test(p.getAttribute('style') ?? '')),
  );
  for (const first of waiting) {
    const run: Element[] = [];
    for (let p: Element | null = first; p && waiting.delete(p); p = p.nextElementSibling) run.push(p);
    const items = run.map((p): Item<Element> => {
      const signs = [...p.querySelectorAll('span[style*="mso-list"]')];
      const sign = signs[0]?.textContent?.trim() ?? '';
      for (const each of signs) each.remove();
      const ordered = /^[\p{L}\d]{1,4}(?:\.\d+)*[.)]/u.test(sign);
      return {
        kind: ordered ? 'ordered' : 'bullet',
        depth: Number(MSO_LIST.exec(p.getAttribute('style') ?? '')?.[1] ?? 1) - 1,
        number: ordered ? Number.parseInt(sign, 10) || 1 : 1,
        checked: false,
        content: p,
      };
    });
    const mark = page.createComment('');
    first.before(mark);
    const lists = nest<Element, Element>(
      items,
      (kind, start, inner) => {
        const list = page.createElement(kind === 'ordered' ? 'ol' : 'ul');
        if (kind === 'ordered' && start !== 1) list.setAttribute('start', String(start));
        list.append(...inner);
        return list;
      },
      ({ content }, inner) => {
        const item = page.createElement('li');
        item.append(content, ...inner);
        return item;
      },
    );
    mark.replaceWith(...lists);
  }
}

// A page that was only parsed has no classes of its own to compare with.
const isElement = (node: globalThis.Node): node is Element => node.nodeType === 1;

/** What stands in a cell as one line, with its links and emphasis. */
function lineOf(page: Document, cell: Element): DocumentFragment {
  const line = page.createDocumentFragment();
  for (const child of [...cell.childNodes]) {
    const isBlock = isElement(child) && child.matches(`${BLOCKS}, br`);
    if (isBlock && line.textContent?.trim()) line.append(' ');
    line.append(isBlock ? lineOf(page, child) : child.cloneNode(true));
  }
  return line;
}

/** Rows of a table as lines. A table of one column, or one with tables in it, only lays out a page: its cells are kept. */
function makeLines(page: Document): void {
  // Inner tables come after the ones around them.
  for (const table of [...page.querySelectorAll('table')].toReversed()) {
    const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
    const cellsOf = (row: Element): readonly Element[] => [...row.children].filter((cell) => cell.matches('td, th'));
    const out: Element[] = [];
    const isLayout = rows.every((row) => cellsOf(row).length <= 1);
    for (const row of rows) {
      if (isLayout) {
        for (const cell of cellsOf(row)) {
          const block = page.createElement('div');
          block.append(...cell.childNodes);
          out.push(block);
        }
        continue;
      }
      const line = page.createElement('p');
      for (const cell of cellsOf(row)) {
        if (line.childNodes.length > 0) line.append(BETWEEN_CELLS);
        const words = lineOf(page, cell);
        if (cell.matches('th')) {
          const strong = page.createElement('strong');
          strong.append(words);
          line.append(strong);
        } else line.append(words);
      }
      if (line.textContent?.replaceAll('|', '').trim()) out.push(line);
    }
    table.replaceWith(...out);
  }
}

/** HTML from elsewhere with its drawn lists and its tables made into what a note can hold; other HTML as it is. */
export function cleanHtml(html: string): string {
  if (!/mso-list|<table/iu.test(html)) return html;
  const page = new DOMParser().parseFromString(html, 'text/html');
  makeLists(page);
  makeLines(page);
  return page.body.innerHTML;
}

export const PasteExtension = Extension.create({
  name: 'paste',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          transformPastedHTML: cleanHtml,
          // ProseMirror takes «nothing» for «as usual», its types do not say so.
          clipboardTextParser: (text, _context, plain, view) =>
            (plain ? null : readPlainText(view.state.schema, text)) as Slice,
        },
      }),
    ];
  },
});
