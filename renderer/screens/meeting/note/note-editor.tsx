import { Collaboration } from '@tiptap/extension-collaboration';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import type { Node } from '@tiptap/pm/model';
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { isSafeLink, NOTE_FIELD, readVisibility, VISIBILITY_ATTRIBUTE } from '../../../../shared/note/blocks.ts';
import type { Visibility } from '../../../../shared/model/records.ts';
import { useT } from '../../../app/i18n.ts';
import { classNames } from '../../../ui/index.ts';
import styles from './note-editor.module.css';
import { PasteExtension } from './paste.ts';
import { matchCommands, type SlashCommand } from './slash-commands.ts';
import { SlashBridge, slashMenuExtension, type SlashState } from './slash-menu-extension.ts';
import { VisibilityExtension } from './visibility-extension.ts';

export interface NoteEditorHandle {
  readonly focus: () => void;
  readonly setVisibility: (visibility: Visibility) => void;
}
export interface NoteEditorProps {
  readonly doc: Y.Doc;
  /**
   * A paragraph that became a decision or an action item; `text` is '' when it was empty. False when it was not saved: the
   * text then comes back.
   */
  readonly onTake: (what: 'decision' | 'todo' | 'awaited', text: string, visibility: Visibility) => Promise<boolean>;
  readonly onBlur: () => void;
  readonly ref?: Ref<NoteEditorHandle>;
}

/** The note: plain to type, with structure and visibility a key or a command away. */
export function NoteEditor({ doc, onTake, onBlur, ref }: NoteEditorProps) {
  const t = useT();
  const [slash, setSlash] = useState<SlashState | null>(null);
  const [chosen, setChosen] = useState(0);
  const commands = slash ? matchCommands(slash.typed) : [];
  const [bridge] = useState(() => new SlashBridge());
  const [dismissed, setDismissed] = useState<number | null>(null);
  const label = t('meeting.note');

  const editor = useEditor(
    {
      injectCSS: false,
      extensions: [
        StarterKit.configure({
          undoRedo: false,
          // It would write a paragraph into the shared note of whoever only looks at it.
          trailingNode: false,
          heading: { levels: [2, 3] },
          link: {
            openOnClick: false,
            autolink: true,
            linkOnPaste: true,
            isAllowedUri: (url) => isSafeLink(url),
          },
        }),
        TaskList,
        TaskItem.configure({ nested: true }),
        Collaboration.configure({ document: doc, field: NOTE_FIELD }),
        VisibilityExtension,
        PasteExtension,
        slashMenuExtension(bridge),
      ],
      editorProps: {
        attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, spellcheck: 'true' },
      },
      onBlur,
    },
    [doc],
  );

  const isEmpty = useEditorState({ editor, selector: (state) => state.editor?.isEmpty ?? true });

  const run = useCallback(
    (command: SlashCommand, at: SlashState) => {
      if (editor) runCommand(editor, command, at, onTake);
      setSlash(null);
    },
    [editor, onTake],
  );
  useEffect(() => {
    bridge.connect({
      onChange(state) {
        // A menu that was closed by Esc stays closed for this sign.
        if (state !== null && state.from === dismissed) return;
        setDismissed(null);
        setSlash(state);
        if (state?.typed !== slash?.typed) setChosen(0);
      },
      onKey(key) {
        if (!slash || commands.length === 0) return false;
        const count = commands.length;
        if (key === 'ArrowDown') setChosen((chosen + 1) % count);
        else if (key === 'ArrowUp') setChosen((chosen + count - 1) % count);
        else if (key === 'Enter' || key === 'Tab') run(commands[Math.min(chosen, count - 1)] as SlashCommand, slash);
        else if (key === 'Escape') {
          setDismissed(slash.from);
          setSlash(null);
        } else return false;
        return true;
      },
    });
  });
  useImperativeHandle(
    ref,
    () => ({
      focus: () => editor?.commands.focus('end'),
      setVisibility: (visibility) => editor?.chain().focus().setVisibility(visibility).run(),
    }),
    [editor],
  );
  // The words in the margin are styles; they follow the language of the screen.
  const frame = useRef<HTMLDivElement>(null);
  const words = [t('meeting.client'), t('meeting.internal'), t('meeting.private')].join('\u0000');
  useEffect(() => {
    const [client, internal, closed] = words.split('\u0000');
    for (const [name, word] of [
      ['--word-client', client],
      ['--word-internal', internal],
      ['--word-private', closed],
    ] as const) {
      frame.current?.style.setProperty(name, JSON.stringify(word));
    }
  }, [words]);

  return (
    <div ref={frame} className={styles.frame} data-note>
      {isEmpty && (
        <div className={styles.hint} aria-hidden>
          {t('meeting.noteHint')}
        </div>
      )}
      <EditorContent editor={editor} className={styles.editor} />
      {editor && slash && commands.length > 0 && (
        <SlashMenu
          editor={editor}
          at={slash}
          commands={commands}
          chosen={Math.min(chosen, commands.length - 1)}
          onChoose={(command) => run(command, slash)}
        />
      )}
    </div>
  );
}

function SlashMenu({
  editor,
  at,
  commands,
  chosen,
  onChoose,
}: {
  readonly editor: Editor;
  readonly at: SlashState;
  readonly commands: readonly SlashCommand[];
  readonly chosen: number;
  readonly onChoose: (command: SlashCommand) => void;
}) {
  const t = useT();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = editor.view.coordsAtPos(at.from);
    const box = menu.current;
    if (!box) return;
    const below = place.bottom + 6 + box.offsetHeight < window.innerHeight;
    box.style.left = `${Math.min(place.left, window.innerWidth - box.offsetWidth - 12)}px`;
    box.style.top = `${below ? place.bottom + 6 : place.top - 6 - box.offsetHeight}px`;
  });
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the focus stays in the editor, which a select cannot do
    <div ref={menu} role="listbox" aria-label={t('meeting.commands')} className={styles.menu}>
      {commands.map((command, i) => (
        <div
          key={command}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of the list above
          role="option"
          aria-selected={i === chosen}
          tabIndex={-1}
          className={classNames(styles.command, i === chosen && styles.chosen)}
          // The editor must not lose the focus before the command has run.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(command);
          }}
        >
          <span>{t(`meeting.commandNames.${command}`)}</span>
          <kbd>{t(`meeting.commandHints.${command}`)}</kbd>
        </div>
      ))}
    </div>
  );
}

/** The text of a paragraph as one line. */
const lineOf = (node: Node): string =>
  node
    .textBetween(0, node.content.size, undefined, (leaf) => (leaf.type.name === 'hardBreak' ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();

function runCommand(editor: Editor, command: SlashCommand, at: SlashState, onTake: NoteEditorProps['onTake']): void {
  const chain = editor.chain().focus().deleteRange({ from: at.from, to: at.to });
  switch (command) {
    case 'client':
    case 'internal':
    case 'private':
      chain.setVisibility(command).run();
      return;
    case 'heading':
      chain.setHeading({ level: 2 }).run();
      return;
    case 'list':
      chain.toggleBulletList().run();
      return;
    case 'numbered':
      chain.toggleOrderedList().run();
      return;
    case 'checklist':
      chain.toggleTaskList().run();
      return;
    case 'quote':
      chain.toggleBlockquote().run();
      return;
    default: {
      chain.run();
      // The paragraph moves into the list; its own mark goes with it.
      const { $from } = editor.state.selection;
      const text = lineOf($from.parent);
      const visibility = readVisibility($from.parent.attrs[VISIBILITY_ATTRIBUTE]);
      if (text === '') {
        void onTake(command, text, visibility);
        return;
      }
      editor.chain().setTextSelection({ from: $from.start(), to: $from.end() }).deleteSelection().run();
      void onTake(command, text, visibility).then((saved) => {
        if (saved || editor.isDestroyed) return;
        editor.commands.insertContentAt(editor.state.doc.content.size, {
          type: 'paragraph',
          attrs: { [VISIBILITY_ATTRIBUTE]: visibility },
          content: [{ type: 'text', text }],
        });
      });
    }
  }
}
