/** Visibility as an attribute of every block of text, set by key or command and never loosened by accident. */
import { Extension } from '@tiptap/core';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { Mapping, ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type { Visibility } from '../../../../shared/model/records.ts';
import { DEFAULT_VISIBILITY, readVisibility, stricter, VISIBILITY_ATTRIBUTE } from '../../../../shared/note/blocks.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    visibility: {
      /** Marks every block of text that the selection touches. */
      setVisibility: (visibility: Visibility) => ReturnType;
    };
  }
}

/** Says that a transaction sets visibility on purpose. */
const ON_PURPOSE = 'visibility';
const BLOCKS = ['paragraph', 'heading', 'codeBlock'];

export const VisibilityExtension = Extension.create({
  name: 'visibility',

  addGlobalAttributes() {
    return [
      {
        types: BLOCKS,
        attributes: {
          [VISIBILITY_ATTRIBUTE]: {
            default: DEFAULT_VISIBILITY,
            // The next paragraph goes on as this one: the margin shows it.
            keepOnSplit: true,
            parseHTML: (element: HTMLElement) => readVisibility(element.getAttribute('data-visibility')),
            renderHTML: (attributes: Record<string, unknown>) => ({
              'data-visibility': readVisibility(attributes[VISIBILITY_ATTRIBUTE]),
            }),
          },
        },
      },
    ];
  },

  addCommands() {
    return {
      setVisibility:
        (visibility) =>
        ({ tr, state, dispatch }) => {
          const { from, to } = state.selection;
          if (dispatch) {
            state.doc.nodesBetween(from, to, (node, pos) => {
              if (!node.isTextblock) return true;
              tr.setNodeAttribute(pos, VISIBILITY_ATTRIBUTE, visibility);
              return false;
            });
            tr.setMeta(ON_PURPOSE, true);
          }
          return true;
        },
    };
  },

  addKeyboardShortcuts() {
    return {
      'Mod-1': () => this.editor.commands.setVisibility('client'),
      'Mod-2': () => this.editor.commands.setVisibility('internal'),
      'Mod-3': () => this.editor.commands.setVisibility('private'),
    };
  },

  addProseMirrorPlugins() {
    /** The strictest mark in what was pasted or dropped last, when it came from a note. */
    let pasted: Visibility | null = null;
    /** The HTML that is being pasted; null for plain text and for what is dragged within the note. */
    let html: string | null = null;
    return [
      new Plugin<DecorationSet>({
        appendTransaction: (transactions, before, after) =>
          keepClosed(transactions, before, after) ??
          closePasted(transactions, before, after, pasted) ??
          goOnClosed(transactions, before, after),
        state: {
          init: (_config, { doc }) => beginnings(doc),
          apply: (tr, set) => (tr.docChanged ? beginnings(tr.doc) : set),
        },
        props: {
          transformPastedHTML(text) {
            html = text;
            return text;
          },
          transformPasted(slice, { state }, isPlain) {
            const source = isPlain ? '' : html;
            html = null;
            pasted = source === null ? strictestBlock(slice.content) : strictestMark(source);
            if (pasted !== null) return slice;
            const [from, to] = [state.selection.$from, state.selection.$to].map(({ parent }) =>
              readVisibility(parent.attrs[VISIBILITY_ATTRIBUTE]),
            ) as [Visibility, Visibility];
            return closeForeign(slice, stricter(from, to));
          },
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

/** The strictest mark that HTML of a note carries; null for HTML from elsewhere. */
export function strictestMark(html: string): Visibility | null {
  const marks = [...html.matchAll(/data-visibility="(\w+)"/gu)].map((found) => readVisibility(found[1]));
  return marks.length === 0 ? null : marks.reduce(stricter);
}

/** The strictest mark of the blocks of text in a piece of a note; null when there are none. */
function strictestBlock(content: Fragment): Visibility | null {
  let found: Visibility | null = null;
  content.descendants((node) => {
    if (!node.isTextblock) return true;
    const visibility = readVisibility(node.attrs[VISIBILITY_ATTRIBUTE]);
    found = found ? stricter(found, visibility) : visibility;
    return false;
  });
  return found;
}

/** What comes from elsewhere is marked no more openly than the block it is pasted into, and never for the client by itself. */
export function closeForeign(slice: Slice, home: Visibility): Slice {
  const visibility = stricter(home, DEFAULT_VISIBILITY);
  const close = (fragment: Fragment): Fragment => {
    const out: Node[] = [];
    fragment.forEach((node) => {
      if (node.isTextblock) {
        out.push(node.type.create({ ...node.attrs, [VISIBILITY_ATTRIBUTE]: visibility }, node.content, node.marks));
      } else out.push(node.isLeaf ? node : node.copy(close(node.content)));
    });
    return Fragment.fromArray(out);
  };
  return new Slice(close(slice.content), slice.openStart, slice.openEnd);
}

/**
 * Words copied or dragged out of a closed paragraph into the middle of an open one lose their block and with it their
 * mark; the block that takes them in becomes as closed as they were.
 */
export function closePasted(
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
  pasted: Visibility | null,
): Transaction | null {
  if (pasted === null || pasted === 'client') return null;
  const event = transactions.find((tr) => tr.docChanged && tr.getMeta('uiEvent') !== undefined)?.getMeta('uiEvent');
  if (event !== 'paste' && event !== 'drop') return null;
  const mapping = new Mapping(transactions.flatMap((tr) => tr.mapping.maps));
  const { from, to } = before.selection;
  // What was dropped is selected afterwards; what was pasted stands where the selection was.
  const ends =
    event === 'drop' ? [after.selection.from, after.selection.to] : [mapping.map(from, -1), mapping.map(to, 1)];
  const tr = after.tr.setMeta(ON_PURPOSE, true);
  for (const pos of new Set(ends)) {
    const $pos = after.doc.resolve(pos);
    if (!$pos.parent.isTextblock) continue;
    const current = readVisibility($pos.parent.attrs[VISIBILITY_ATTRIBUTE]);
    if (stricter(pasted, current) !== current) tr.setNodeAttribute($pos.before(), VISIBILITY_ATTRIBUTE, pasted);
  }
  return tr.docChanged ? tr : null;
}

/**
 * A new empty block after a closed one goes on as closed, as it does after Enter: also where the editor makes it with the
 * default mark, e.g. at the way out of a block of code.
 */
export function goOnClosed(
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
): Transaction | null {
  if (transactions.some((tr) => tr.getMeta(ON_PURPOSE) || isFromDocument(tr))) return null;
  if (!transactions.some((tr) => tr.docChanged)) return null;
  const mapping = new Mapping(transactions.flatMap((tr) => tr.mapping.maps));
  const old = new Set<number>();
  before.doc.descendants((node, pos) => {
    if (node.isTextblock) old.add(mapping.map(pos, 1));
    return !node.isTextblock;
  });
  const tr = after.tr.setMeta(ON_PURPOSE, true);
  let last: Visibility = DEFAULT_VISIBILITY;
  after.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const own = readVisibility(node.attrs[VISIBILITY_ATTRIBUTE]);
    const isNew = node.content.size === 0 && !old.has(pos);
    const visibility = isNew ? stricter(own, last) : own;
    if (visibility !== own) tr.setNodeAttribute(pos, VISIBILITY_ATTRIBUTE, visibility);
    last = visibility;
    return false;
  });
  return tr.docChanged ? tr : null;
}

/** Marks the blocks where visibility changes: there the margin says the word. */
function beginnings(doc: Node): DecorationSet {
  const marks: Decoration[] = [];
  let last: Visibility | undefined;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const visibility = readVisibility(node.attrs[VISIBILITY_ATTRIBUTE]);
    if (visibility !== last) marks.push(Decoration.node(pos, pos + node.nodeSize, { class: 'visibility-begins' }));
    last = visibility;
    return false;
  });
  return DecorationSet.create(doc, marks);
}

/**
 * True when an edit puts text in rather than only moving it: the browser may join two paragraphs by itself, and the editor
 * then sees the text of both typed anew, with no trace of where it was.
 */
const reinserts = (tr: Transaction): boolean =>
  tr.steps.some((step) => step instanceof ReplaceStep && step.slice.size > 1);

/** A paragraph that becomes a heading (`## `) or code keeps its mark; the rules that do it would give it the default. */
function keepThroughTypes(
  transactions: readonly Transaction[],
  after: EditorState,
  marks: Map<number, Visibility>,
): void {
  for (const [n, tr] of transactions.entries()) {
    for (const [i, step] of tr.steps.entries()) {
      if (!(step instanceof ReplaceAroundStep)) continue;
      const old = tr.docs[i]?.nodeAt(step.from);
      const fresh = step.slice.content.firstChild;
      if (!old?.isTextblock || !fresh?.isTextblock || old.type === fresh.type) continue;
      const rest = new Mapping([
        ...tr.mapping.maps.slice(i + 1),
        ...transactions.slice(n + 1).flatMap((t) => t.mapping.maps),
      ]);
      const pos = rest.map(step.from, 1);
      const visibility = readVisibility(old.attrs[VISIBILITY_ATTRIBUTE]);
      const now = after.doc.nodeAt(pos);
      if (now?.type === fresh.type && now.attrs[VISIBILITY_ATTRIBUTE] !== visibility) marks.set(pos, visibility);
    }
  }
}

/** Letters that two paragraphs must share at their beginning or end to be taken for the same text. */
const SHARED = 4;
function sharesEnd(now: string, before: string): boolean {
  const length = Math.min(SHARED, before.length);
  if (length === 0) return false;
  return now.startsWith(before.slice(0, length)) || now.endsWith(before.slice(-length));
}

/** True for what came from the shared document: other devices, undo and redo. It carries its own marks. */
const isFromDocument = (tr: Transaction): boolean =>
  (tr.getMeta(ySyncPluginKey) as { readonly isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true;

/**
 * When an edit moves closed text into a more open block (Backspace between two paragraphs, typing over a selection that
 * spans them), the block takes the closed text's mark. Marks set on purpose and changes from elsewhere are left alone.
 */
export function keepClosed(
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
): Transaction | null {
  if (transactions.some((tr) => tr.getMeta(ON_PURPOSE))) return null;
  if (!transactions.some((tr) => tr.docChanged && !isFromDocument(tr))) return null;
  const mapping = new Mapping(transactions.flatMap((tr) => tr.mapping.maps));
  const marks = new Map<number, Visibility>();
  const restrict = (home: number, visibility: Visibility, own: unknown): void => {
    const current = marks.get(home) ?? readVisibility(own);
    if (stricter(visibility, current) !== current) marks.set(home, visibility);
  };
  keepThroughTypes(transactions, after, marks);
  const closed: { readonly text: string; readonly visibility: Visibility }[] = [];
  before.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const visibility = readVisibility(node.attrs[VISIBILITY_ATTRIBUTE]);
    if (visibility === 'client' || node.content.size === 0) return false;
    if (after.doc.nodeAt(mapping.map(pos)) === node) return false;
    closed.push({ text: node.textContent, visibility });
    for (let at = pos + 1; at < pos + 1 + node.content.size; at++) {
      const now = mapping.mapResult(at, 1);
      if (now.deletedAfter) continue;
      const $now = after.doc.resolve(now.pos);
      if ($now.parent.isTextblock) restrict($now.before(), visibility, $now.parent.attrs[VISIBILITY_ATTRIBUTE]);
    }
    return false;
  });
  if (closed.length > 0 && transactions.some(reinserts)) {
    const known = new Set<Node>();
    before.doc.descendants((node) => {
      if (node.isTextblock) known.add(node);
      return !node.isTextblock;
    });
    after.doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      if (known.has(node)) return false;
      for (const { text, visibility } of closed) {
        if (sharesEnd(node.textContent, text)) restrict(pos, visibility, node.attrs[VISIBILITY_ATTRIBUTE]);
      }
      return false;
    });
  }
  if (marks.size === 0) return null;
  const tr = after.tr.setMeta(ON_PURPOSE, true);
  for (const [pos, visibility] of marks) tr.setNodeAttribute(pos, VISIBILITY_ATTRIBUTE, visibility);
  return tr;
}
