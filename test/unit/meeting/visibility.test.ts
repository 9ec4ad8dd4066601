import { getSchema } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Fragment, type Node, type NodeType, Slice } from '@tiptap/pm/model';
import { EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closeForeign,
  closePasted,
  goOnClosed,
  keepClosed,
  strictestMark,
  VisibilityExtension,
} from '../../../renderer/screens/meeting/note/visibility-extension.ts';
import { matchCommands, slashBefore } from '../../../renderer/screens/meeting/note/slash-commands.ts';
import type { Visibility } from '../../../shared/model/records.ts';
import { readVisibility, stricter } from '../../../shared/note/blocks.ts';

const schema = getSchema([StarterKit.configure({ undoRedo: false }), TaskList, TaskItem, VisibilityExtension]);
const guard = new Plugin({ appendTransaction: (trs, before, after) => keepClosed(trs, before, after) });
const paragraph = (text: string, visibility: Visibility): Node =>
  schema.node('paragraph', { visibility }, text === '' ? [] : [schema.text(text)]);
const state = (...blocks: readonly Node[]): EditorState =>
  EditorState.create({ schema, doc: schema.node('doc', null, blocks), plugins: [guard] });
const shown = (doc: Node): readonly string[] => {
  const out: string[] = [];
  doc.descendants((node) => {
    if (!node.isTextblock) return true;
    out.push(`${node.attrs.visibility}: ${node.textContent}`);
    return false;
  });
  return out;
};
const after = (before: EditorState, change: (tr: Transaction) => Transaction): readonly string[] =>
  shown(before.apply(change(before.tr)).doc);

describe('visibility in the editor', () => {
  it('is internal for text that says nothing, also for pasted text', () => {
    expect(
      shown(
        schema.nodeFromJSON({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] }),
      ),
    ).toEqual(['internal: x']);
  });
  it('of a client paragraph becomes private when private text is joined to it', () => {
    const before = state(paragraph('открыто', 'client'), paragraph('тайна', 'private'));
    expect(after(before, (tr) => tr.join(9))).toEqual(['private: открытотайна']);
  });
  it('follows text that the browser joined by itself, which looks typed anew', () => {
    const before = state(paragraph('открыто', 'client'), paragraph('тайное слово', 'private'));
    const joined = schema.text('открытотайное слово');
    expect(after(before, (tr) => tr.replaceWith(1, before.doc.content.size - 1, joined))).toEqual([
      'private: открытотайное слово',
    ]);
  });
  it('stays when the closed text is deleted altogether', () => {
    const before = state(paragraph('открыто', 'client'), paragraph('тайна', 'private'));
    expect(after(before, (tr) => tr.delete(9, 16))).toEqual(['client: открыто']);
  });
  it('follows the rest of a closed paragraph when a selection over both is typed over', () => {
    const before = state(paragraph('открыто', 'client'), paragraph('тайна', 'internal'));
    expect(after(before, (tr) => tr.replace(4, 12, Slice.empty).insertText('X', 4))).toEqual(['internal: откXйна']);
  });
  it('goes on in both halves of a paragraph that is split', () => {
    const before = state(paragraph('открыто', 'client'));
    expect(after(before, (tr) => tr.split(4))).toEqual(['client: отк', 'client: рыто']);
  });
  it('stays when a paragraph becomes a heading', () => {
    const before = state(paragraph('', 'client'), paragraph('тайна', 'private'));
    const heading = schema.nodes.heading as NodeType;
    expect(after(before, (tr) => tr.setBlockType(0, before.doc.content.size, heading, { level: 2 }))).toEqual([
      'client: ',
      'private: тайна',
    ]);
  });
  it('is not touched elsewhere, nor when it is set on purpose', () => {
    const before = state(paragraph('тайна', 'private'), paragraph('открыто', 'client'));
    expect(after(before, (tr) => tr.insertText('!', 12))).toEqual(['private: тайна', 'client: откр!ыто']);
    expect(after(before, (tr) => tr.setNodeAttribute(0, 'visibility', 'client').setMeta('visibility', true))).toEqual([
      'client: тайна',
      'client: открыто',
    ]);
  });
  it('follows closed words that are pasted into an open paragraph', () => {
    expect(strictestMark('<p data-visibility="client">a</p><p data-visibility="private">b</p>')).toBe('private');
    expect(strictestMark('<p>from a web page</p>')).toBeNull();
    const before = state(paragraph('открыто', 'client'), paragraph('рядом', 'client'));
    const caret = before.apply(before.tr.setSelection(TextSelection.create(before.doc, 4)));
    const paste = caret.tr.insertText('тайна').setMeta('uiEvent', 'paste');
    const pasted = caret.apply(paste);
    const closed = closePasted([paste], caret, pasted, 'private');
    expect(shown(pasted.apply(closed as Transaction).doc)).toEqual(['private: отктайнарыто', 'client: рядом']);
    expect(closePasted([paste], caret, pasted, null)).toBeNull();
    expect(closePasted([caret.tr.insertText('x')], caret, pasted, 'private')).toBeNull();
  });
  it('follows closed words that are dragged into the middle of an open paragraph', () => {
    const before = state(paragraph('открыто', 'client'), paragraph('тайна', 'private'));
    // The word is taken out of its paragraph, dropped after three letters, and selected there.
    const drop = before.tr.delete(10, 15).insertText('тайна', 4).setMeta('uiEvent', 'drop');
    drop.setSelection(TextSelection.create(drop.doc, 4, 9));
    const dropped = before.apply(drop);
    const closed = closePasted([drop], before, dropped, 'private');
    expect(shown(dropped.apply(closed as Transaction).doc)).toEqual(['private: отктайнарыто', 'private: ']);
  });
  it('of what is pasted from elsewhere is never more open than its new home, nor than internal', () => {
    const list = schema.node('bulletList', null, [schema.node('listItem', null, [paragraph('b', 'internal')])]);
    const foreign = new Slice(Fragment.from([paragraph('a', 'internal'), list]), 1, 0);
    const into = (home: Visibility): readonly string[] =>
      shown(schema.node('doc', null, closeForeign(foreign, home).content));
    expect(into('private')).toEqual(['private: a', 'private: b']);
    expect(into('internal')).toEqual(['internal: a', 'internal: b']);
    expect(into('client')).toEqual(['internal: a', 'internal: b']);
  });
  it('goes on in an empty block that the editor adds after a closed one, and only there', () => {
    const code = schema.node('codeBlock', { visibility: 'private' }, [schema.text('x')]);
    const before = state(code, paragraph('', 'internal'));
    const added = (tr: Transaction): readonly string[] => {
      const changed = before.apply(tr);
      const more = goOnClosed([tr], before, changed);
      return shown((more ? changed.apply(more) : changed).doc);
    };
    expect(added(before.tr.insert(3, paragraph('', 'internal')))).toEqual(['private: x', 'private: ', 'internal: ']);
    expect(added(before.tr.insertText('y', 2))).toEqual(['private: xy', 'internal: ']);
    expect(added(before.tr.insert(3, paragraph('', 'internal')).setMeta('visibility', true))).toEqual([
      'private: x',
      'internal: ',
      'internal: ',
    ]);
  });
  it('never lets a closed letter into a more open block, whatever is deleted', () => {
    const mark = fc.constantFrom<Visibility>('client', 'internal', 'private');
    fc.assert(
      fc.property(
        fc.array(mark, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (marks, a, b, types) => {
          // Each block is written in letters of its own, so that every letter tells where it came from.
          const letters = 'abcde';
          const before = state(
            ...marks.map((visibility, i) => paragraph((letters[i] as string).repeat(4), visibility)),
          );
          const size = before.doc.content.size;
          const [from, to] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y) as [number, number];
          const selected = before.apply(
            before.tr.setSelection(TextSelection.between(before.doc.resolve(from), before.doc.resolve(to))),
          );
          const tr = selected.tr.deleteSelection();
          const { doc } = selected.apply(types ? tr.insertText('x') : tr);
          doc.descendants((node) => {
            if (!node.isTextblock) return true;
            const needed = [...node.textContent].reduce<Visibility>((strictest, letter) => {
              const origin = marks[letters.indexOf(letter)];
              return origin ? stricter(strictest, origin) : strictest;
            }, 'client');
            const own = readVisibility(node.attrs.visibility);
            expect(stricter(own, needed)).toBe(own);
            return false;
          });
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('commands after the slash', () => {
  it('are found in both languages by the beginning of any of their words', () => {
    expect(matchCommands('реш')).toEqual(['decision']);
    expect(matchCommands('TODO')).toEqual(['todo']);
    expect(matchCommands('част')).toEqual(['private']);
    expect(matchCommands('клиент')).toEqual(['client']);
    expect(matchCommands('')).toHaveLength(11);
    expect(matchCommands('нетакой')).toEqual([]);
  });
  it('are found on the wrong keyboard layout, after those that were typed as meant', () => {
    expect(matchCommands('htibkb')).toEqual(['decision']);
    expect(matchCommands('еще')).toEqual([]);
    expect(matchCommands('ещвщ')).toEqual(['todo']);
    expect(matchCommands('d')).toEqual(['decision']);
  });
  it('begin a word, so that addresses and fractions are left alone', () => {
    expect(slashBefore('/реш')).toEqual({ typed: 'реш', length: 4 });
    expect(slashBefore('текст /')).toEqual({ typed: '', length: 1 });
    expect(slashBefore('https:/')).toBeNull();
    expect(slashBefore('1/2')).toBeNull();
    expect(slashBefore('/два слова')).toBeNull();
  });
});
