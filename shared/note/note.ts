/** The note's Yjs document read as blocks and made from blocks. Writes the same nodes as the editor does. */
import * as Y from 'yjs';
import type { Visibility } from '../model/records.ts';
import { newDoc } from '../change/doc.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import {
  type Block,
  DEFAULT_VISIBILITY,
  type ItemBlock,
  isSafeLink,
  NOTE_FIELD,
  type Run,
  readVisibility,
  stricter,
  VISIBILITY_ATTRIBUTE,
} from './blocks.ts';
import { markOf } from './marks.ts';

export { decodeBase64 as fromBase64, encodeBase64 as toBase64 };

/**
 * The blocks of a note, in reading order. `state` is the base64 of the merged Yjs state; absent, empty or damaged state
 * gives no blocks (a damaged one is the vault's to report, not a reason to lose the page).
 */
export function noteBlocks(state: string | undefined): readonly Block[] {
  if (!state) return [];
  const doc = newDoc();
  try {
    Y.applyUpdate(doc, decodeBase64(state));
  } catch {
    return [];
  }
  return docBlocks(doc);
}

/** The blocks of an open Yjs document. */
export function docBlocks(doc: Y.Doc): readonly Block[] {
  const out: Block[] = [];
  for (const node of doc.getXmlFragment(NOTE_FIELD).toArray()) readNode(node, undefined, { quote: false }, out);
  return out;
}

type ItemShape = Omit<ItemBlock, 'runs' | 'visibility'>;
interface Context {
  readonly quote: boolean;
  /** The list item that the node stands in. */
  readonly item?: ItemShape;
  readonly depth?: number;
}

/** A container's own mark can only restrict what stands in it, never open it. */
function effective(node: Y.XmlElement, outer: Visibility | undefined): Visibility | undefined {
  const own = markOf(node);
  if (own === undefined || own === null) return outer;
  const read = readVisibility(own);
  return outer ? stricter(read, outer) : read;
}

function readNode(node: unknown, outer: Visibility | undefined, context: Context, out: Block[]): void {
  if (node instanceof Y.XmlText) {
    // Text directly in the document: not written by the editor, but never dropped.
    const runs = readRuns([node]);
    if (runs.length > 0) out.push({ type: 'paragraph', visibility: outer ?? DEFAULT_VISIBILITY, runs });
    return;
  }
  if (!(node instanceof Y.XmlElement)) return;
  switch (node.nodeName) {
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      readList(node, outer, context, out);
      return;
    case 'horizontalRule':
      return;
    case 'blockquote': {
      const visibility = containerVisibility(node, outer);
      for (const child of node.toArray()) readNode(child, visibility, { ...context, quote: true }, out);
      return;
    }
    default:
      readText(node, outer, context, out);
  }
}

function containerVisibility(node: Y.XmlElement, outer: Visibility | undefined): Visibility | undefined {
  const own = markOf(node);
  // A container marked `client` does not open its paragraphs: each of them is marked itself.
  return own === 'internal' || own === 'private' ? effective(node, outer) : outer;
}

function readList(list: Y.XmlElement, outer: Visibility | undefined, context: Context, out: Block[]): void {
  const kind = list.nodeName === 'orderedList' ? 'ordered' : list.nodeName === 'taskList' ? 'task' : 'bullet';
  const depth = context.depth ?? 0;
  const listVisibility = containerVisibility(list, outer);
  let number = Number(list.getAttribute('start') ?? 1);
  if (!Number.isSafeInteger(number)) number = 1;
  for (const child of list.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue;
    const visibility = containerVisibility(child, listVisibility);
    const shape: ItemShape = {
      type: 'item',
      list: kind,
      depth,
      ...(kind === 'ordered' ? { number } : {}),
      ...(kind === 'task' ? { checked: String(child.getAttribute('checked')) === 'true' } : {}),
    };
    number++;
    let first = true;
    for (const inner of child.toArray()) {
      const nested = inner instanceof Y.XmlElement && inner.nodeName.endsWith('List');
      const item: ItemShape = first || nested ? shape : { ...shape, continued: true };
      readNode(inner, visibility, { quote: false, item, depth: depth + 1 }, out);
      if (!nested) first = false;
    }
  }
}

function readText(node: Y.XmlElement, outer: Visibility | undefined, context: Context, out: Block[]): void {
  const own = readVisibility(markOf(node));
  const visibility = outer ? stricter(own, outer) : own;
  const blocks = node.toArray().filter((child) => child instanceof Y.XmlElement && child.nodeName !== 'hardBreak');
  if (blocks.length > 0 && !node.toArray().some((child) => child instanceof Y.XmlText)) {
    // An unknown container (from a newer app): its paragraphs are read, under its own mark.
    const inner = containerVisibility(node, outer);
    for (const child of node.toArray()) readNode(child, inner, context, out);
    return;
  }
  const runs = readRuns(node.toArray());
  if (context.item) {
    out.push({ ...context.item, visibility, runs });
  } else if (runs.length === 0) {
    return;
  } else if (node.nodeName === 'heading') {
    const level = Number(node.getAttribute('level') ?? 1);
    out.push({ type: 'heading', level: level >= 1 && level <= 6 ? Math.trunc(level) : 1, visibility, runs });
  } else if (node.nodeName === 'codeBlock') {
    out.push({ type: 'code', visibility, runs });
  } else if (context.quote) {
    out.push({ type: 'quote', visibility, runs });
  } else {
    out.push({ type: 'paragraph', visibility, runs });
  }
}

function readRuns(children: readonly unknown[]): readonly Run[] {
  const runs: Run[] = [];
  for (const child of children) {
    if (child instanceof Y.XmlText) {
      for (const part of child.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
        if (typeof part.insert === 'string' && part.insert !== '')
          runs.push(readRun(part.insert, part.attributes ?? {}));
      }
    } else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') {
      runs.push({ text: '\n' });
    }
  }
  return runs;
}

function readRun(text: string, attributes: Record<string, unknown>): Run {
  const run: { -readonly [K in keyof Run]: Run[K] } = { text };
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    // The editor binding writes marks that may overlap themselves as `name--hash`.
    switch (key.replace(/--.*$/su, '')) {
      case 'bold':
        run.bold = true;
        break;
      case 'italic':
        run.italic = true;
        break;
      case 'underline':
        run.underline = true;
        break;
      case 'strike':
        run.strike = true;
        break;
      case 'code':
        run.code = true;
        break;
      case 'link': {
        const href = (value as { href?: unknown }).href;
        if (typeof href === 'string' && isSafeLink(href)) run.href = href;
        break;
      }
      default:
        break;
    }
  }
  return run;
}

/** The whole text for the search index: one block per line, marks left out. */
export function noteText(state: string | undefined): string {
  return noteBlocks(state)
    .map((block) => block.runs.map((run) => run.text).join(''))
    .filter((line) => line.trim() !== '')
    .join('\n');
}

/**
 * Base64 of a Yjs update that holds these blocks, for sample data, imports and tests. The editor opens the result as its
 * own. Two calls give two unrelated documents: merging both into one note shows both texts.
 */
export function createNote(blocks: readonly Block[]): string {
  const doc = new Y.Doc();
  doc.getXmlFragment(NOTE_FIELD).insert(0, writeBlocks(blocks));
  return encodeBase64(Y.encodeStateAsUpdate(doc));
}

function writeBlocks(blocks: readonly Block[]): Y.XmlElement[] {
  const out: Y.XmlElement[] = [];
  let i = 0;
  while (i < blocks.length) {
    const block = blocks[i] as Block;
    if (block.type === 'item') {
      let end = i;
      while (blocks[end]?.type === 'item') end++;
      out.push(...writeLists(blocks.slice(i, end) as readonly ItemBlock[], 0));
      i = end;
    } else if (block.type === 'quote') {
      const quote = new Y.XmlElement('blockquote');
      const inner: Y.XmlElement[] = [];
      while (blocks[i]?.type === 'quote') inner.push(writeTextblock('paragraph', blocks[i++] as Block));
      quote.insert(0, inner);
      out.push(quote);
    } else {
      const name = block.type === 'heading' ? 'heading' : block.type === 'code' ? 'codeBlock' : 'paragraph';
      const node = writeTextblock(name, block);
      // The editor keeps numbers as numbers; Yjs types attributes as text but stores any value.
      if (block.type === 'heading') (node as Y.XmlElement<{ level: number }>).setAttribute('level', block.level);
      out.push(node);
      i++;
    }
  }
  return out;
}

/** `items` are neighbours; those deeper than `depth` belong to the item before them. */
function writeLists(items: readonly ItemBlock[], depth: number): Y.XmlElement[] {
  const lists: Y.XmlElement[] = [];
  let kind: ItemBlock['list'] | undefined;
  let content: Y.XmlElement[] = [];
  let i = 0;
  let list: Y.XmlElement | undefined;
  const close = (): void => {
    if (list) list.insert(0, content);
    content = [];
  };
  while (i < items.length) {
    const item = items[i] as ItemBlock;
    if (item.list !== kind) {
      close();
      kind = item.list;
      list = new Y.XmlElement(kind === 'ordered' ? 'orderedList' : kind === 'task' ? 'taskList' : 'bulletList');
      if (kind === 'ordered') (list as Y.XmlElement<{ start: number }>).setAttribute('start', item.number ?? 1);
      lists.push(list);
    }
    const node = new Y.XmlElement(item.list === 'task' ? 'taskItem' : 'listItem');
    if (item.list === 'task')
      (node as Y.XmlElement<{ checked: boolean }>).setAttribute('checked', item.checked ?? false);
    const inner: Y.XmlElement[] = [writeTextblock('paragraph', item)];
    i++;
    while (i < items.length) {
      const next = items[i] as ItemBlock;
      if (next.depth > depth) {
        let end = i;
        while (end < items.length && (items[end] as ItemBlock).depth > depth) end++;
        inner.push(...writeLists(items.slice(i, end), depth + 1));
        i = end;
      } else if (next.continued && next.list === item.list) {
        inner.push(writeTextblock('paragraph', next));
        i++;
      } else break;
    }
    node.insert(0, inner);
    content.push(node);
  }
  close();
  return lists;
}

function writeTextblock(name: string, block: Block): Y.XmlElement {
  const node = new Y.XmlElement(name);
  node.setAttribute(VISIBILITY_ATTRIBUTE, block.visibility);
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let text: Y.XmlText | undefined;
  let length = 0;
  for (const run of block.runs) {
    for (const [index, line] of run.text.split('\n').entries()) {
      if (index > 0) {
        children.push(new Y.XmlElement('hardBreak'));
        text = undefined;
      }
      if (line === '') continue;
      if (!text) {
        text = new Y.XmlText();
        length = 0;
        children.push(text);
      }
      // An explicit empty set of marks: otherwise the text would take over the marks before it.
      text.insert(length, line, marksOf(run));
      length += line.length;
    }
  }
  node.insert(0, children);
  return node;
}

function marksOf(run: Run): Record<string, object> {
  return {
    ...(run.bold ? { bold: {} } : {}),
    ...(run.italic ? { italic: {} } : {}),
    ...(run.underline ? { underline: {} } : {}),
    ...(run.strike ? { strike: {} } : {}),
    ...(run.code ? { code: {} } : {}),
    ...(run.href && isSafeLink(run.href) ? { link: { href: run.href } } : {}),
  };
}
