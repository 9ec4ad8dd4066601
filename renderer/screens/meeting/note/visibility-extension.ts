/** Visibility as an attribute of every block of text, set by key or command and never loosened by accident. */
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
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
    return [
      new Plugin<DecorationSet>({
        appendTransaction: (transactions, before, after) => keepClosed(transactions, before, after),
        state: {
          init: (_config, { doc }) => beginnings(doc),
          apply: (tr, set) => (tr.docChanged ? beginnings(tr.doc) : set),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

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
 * When an edit moves closed text into a more open block (Backspace between two paragraphs, typing over a selection that
 * spans them), the block takes the closed text's mark. Marks set on purpose and changes from elsewhere are left alone.
 */
export function keepClosed(
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
): Transaction | null {
  if (!transactions.some((tr) => tr.docChanged)) return null;
  if (transactions.some((tr) => tr.getMeta(ON_PURPOSE) || tr.getMeta(ySyncPluginKey))) return null;
  const mapping = new Mapping(transactions.flatMap((tr) => tr.mapping.maps));
  const marks = new Map<number, Visibility>();
  before.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const visibility = readVisibility(node.attrs[VISIBILITY_ATTRIBUTE]);
    if (visibility === 'client' || node.content.size === 0) return false;
    if (after.doc.nodeAt(mapping.map(pos)) === node) return false;
    for (let at = pos + 1; at < pos + 1 + node.content.size; at++) {
      const now = mapping.mapResult(at, 1);
      if (now.deletedAfter) continue;
      const $now = after.doc.resolve(now.pos);
      if (!$now.parent.isTextblock) continue;
      const home = $now.before();
      const current = marks.get(home) ?? readVisibility($now.parent.attrs[VISIBILITY_ATTRIBUTE]);
      if (stricter(visibility, current) !== current) marks.set(home, visibility);
    }
    return false;
  });
  if (marks.size === 0) return null;
  const tr = after.tr.setMeta(ON_PURPOSE, true);
  for (const [pos, visibility] of marks) tr.setNodeAttribute(pos, VISIBILITY_ATTRIBUTE, visibility);
  return tr;
}
