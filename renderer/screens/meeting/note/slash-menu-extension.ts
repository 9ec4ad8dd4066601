/** Watches for `/` in the note and hands the keys of an open command menu to the screen. */
import { type Editor, Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { slashBefore } from './slash-commands.ts';

export interface SlashState {
  readonly typed: string;
  /** Document position of the sign and of the caret. */
  readonly from: number;
  readonly to: number;
}
export interface SlashHandlers {
  /** The command being typed, or null. */
  readonly onChange: (state: SlashState | null) => void;
  /** True when the open menu used the key. */
  readonly onKey: (key: string) => boolean;
}

/** Between the editor, which lives long, and the component, which is drawn again and again. */
export class SlashBridge {
  #handlers: SlashHandlers = { onChange: () => undefined, onKey: () => false };

  /** From now on these are called. */
  connect(handlers: SlashHandlers): void {
    this.#handlers = handlers;
  }
  changed(state: SlashState | null): void {
    this.#handlers.onChange(state);
  }
  key(key: string): boolean {
    return this.#handlers.onKey(key);
  }
}

const key = new PluginKey('slash');

/** What is being typed after `/` at the caret; null in code, with a selection or where there is none. */
export function slashAt(editor: Editor): SlashState | null {
  const { selection } = editor.state;
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
  const slash = slashBefore(before);
  return slash ? { typed: slash.typed, from: $from.pos - slash.length, to: $from.pos } : null;
}

export const slashMenuExtension = (bridge: SlashBridge): Extension =>
  Extension.create({
    name: 'slashMenu',
    onTransaction({ editor, transaction }) {
      if (transaction.docChanged || transaction.selectionSet) bridge.changed(slashAt(editor));
    },
    onBlur() {
      bridge.changed(null);
    },
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key,
          props: { handleKeyDown: (_view, event) => !event.isComposing && bridge.key(event.key) },
        }),
      ];
    },
  });
