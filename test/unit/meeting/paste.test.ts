// @vitest-environment happy-dom
import { getSchema } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { DOMParser as NoteParser, type Node } from '@tiptap/pm/model';
import { StarterKit } from '@tiptap/starter-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanHtml, readPlainText } from '../../../renderer/screens/meeting/note/paste.ts';
import { VisibilityExtension } from '../../../renderer/screens/meeting/note/visibility-extension.ts';

const schema = getSchema([StarterKit.configure({ undoRedo: false }), TaskList, TaskItem, VisibilityExtension]);

/** Blocks of text with the lists they stand in: `bulletList>bulletList: text`. */
function shown(root: Node): readonly string[] {
  const out: string[] = [];
  const walk = (node: Node, path: readonly string[]): void => {
    node.forEach((child) => {
      if (child.isTextblock) out.push(`${[...path, ''].join('>')}${child.textContent}`);
      else {
        const { name } = child.type;
        const checked = name === 'taskItem' ? [child.attrs['checked'] === true ? 'x' : ' '] : [];
        const start =
          name === 'orderedList' && child.attrs['start'] !== 1 ? [`${name} ${child.attrs['start']}`] : [name];
        walk(child, name.endsWith('Item') ? [...path, ...checked] : [...path, ...start]);
      }
    });
  };
  walk(root, []);
  return out;
}
const plain = (text: string): readonly string[] | null => {
  const slice = readPlainText(schema, text);
  return slice && shown(schema.node('doc', null, slice.content));
};
const html = (text: string): readonly string[] => {
  const page = new DOMParser().parseFromString(cleanHtml(text), 'text/html');
  return shown(NoteParser.fromSchema(schema).parse(page.body));
};

describe('plain text that is pasted', () => {
  it('becomes lists where its lines are lists', () => {
    expect(plain('План:\n- первое\n  - внутри\n- второе\n\n1) раз\r\n2) два\n[x] готово\n[ ] нет\nконец')).toEqual([
      'План:',
      'bulletList>первое',
      'bulletList>bulletList>внутри',
      'bulletList>второе',
      'orderedList>раз',
      'orderedList>два',
      'taskList>x>готово',
      'taskList> >нет',
      'конец',
    ]);
    expect(plain('4. четыре\n5. пять')).toEqual(['orderedList 4>четыре', 'orderedList 4>пять']);
  });
  it('is taken as it is where a line only looks like one', () => {
    for (const text of [
      '- Нет, – сказал он',
      '27. ноября\n3. декабря',
      'обычный текст\nвторая строка',
      '2.5 млн\n3.5 млн',
    ])
      expect(plain(text)).toBeNull();
  });
  it('loses no word, however its lines stand in', () => {
    const line = fc
      .tuple(
        fc.constantFrom('', '  ', '    ', '\t'),
        fc.constantFrom('', '- ', '* ', '• ', '1. ', '2) ', '3. ', '[ ] ', '- [x] '),
        fc.stringMatching(/^[а-я]{1,6}( [а-я]{1,6})?$/u),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const read = plain(lines.join('\n'));
        if (read === null) return;
        const words = (text: string): readonly string[] => text.match(/[а-я]+/gu) ?? [];
        expect(read.flatMap(words)).toEqual(lines.flatMap(words));
      }),
      { numRuns: 500 },
    );
  });
});

describe('HTML that is pasted', () => {
  const drawn = (level: number, sign: string, text: string): string =>
    `<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level${level} lfo1'><![if !supportLists]>` +
    `<span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>` +
    `<![endif]>${text}<o:p></o:p></p>`;
  it('of a word processor has lists instead of drawn ones', () => {
    expect(
      html(
        `<html><body><p class=MsoNormal>До</p>${drawn(1, '·', 'Пункт')}${drawn(2, 'o', 'Внутри')}${drawn(1, '·', 'Ещё')}` +
          `<p class=MsoNormal>Между</p>${drawn(1, '3.', 'Третий')}${drawn(1, '4.', '<b>Четвёртый</b>')}</body></html>`,
      ),
    ).toEqual([
      'До',
      'bulletList>Пункт',
      'bulletList>bulletList>Внутри',
      'bulletList>Ещё',
      'Между',
      'orderedList 3>Третий',
      'orderedList 3>Четвёртый',
    ]);
  });
  it('keeps the cells of a table apart, and its links', () => {
    expect(
      html(
        '<table><tr><th>Срок</th><th>Сумма</th></tr><tr><td>31.05</td><td><p>10 000</p><p>руб.</p></td></tr>' +
          '<tr><td></td><td></td></tr></table>',
      ),
    ).toEqual(['Срок | Сумма', '31.05 | 10 000 руб.']);
    expect(cleanHtml('<table><tr><td><a href="https://a.example">a</a></td><td>b</td></tr></table>')).toContain(
      '<a href="https://a.example">a</a> | b',
    );
  });
  it('takes what a table only lays out as it is', () => {
    expect(
      html(
        '<table><tr><td><table><tr><td>1</td><td>2</td></tr></table></td></tr><tr><td><p>a</p><p>b</p></td></tr></table>',
      ),
    ).toEqual(['1 | 2', 'a', 'b']);
  });
  it('that needs nothing of this is not touched', () => {
    const own = '<p data-visibility="private" data-pm-slice="1 1 []">тайна</p>';
    expect(cleanHtml(own)).toBe(own);
  });
});
