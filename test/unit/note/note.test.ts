import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Block } from '../../../shared/note/blocks.ts';
import { isSafeLink, NOTE_FIELD, readVisibility, stricter } from '../../../shared/note/blocks.ts';
import { blocksMarkdown, noteMarkdown } from '../../../shared/note/markdown.ts';
import { createNote, docBlocks, fromBase64, noteBlocks, noteText, toBase64 } from '../../../shared/note/note.ts';

const visibility = fc.constantFrom('private' as const, 'internal' as const, 'client' as const);
/** Text without line feeds at random places: a feed is a run of its own in the document. */
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((s) => !s.includes('\n'));
const run = fc.record({ text }).map((r) => r);
const runs = fc.array(run, { minLength: 1, maxLength: 1 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('paragraph' as const), visibility, runs }),
  fc.record({ type: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 3 }), visibility, runs }),
  fc.record({ type: fc.constant('quote' as const), visibility, runs }),
  fc.record({ type: fc.constant('code' as const), visibility, runs }),
  fc.record({
    type: fc.constant('item' as const),
    list: fc.constant('bullet' as const),
    depth: fc.constant(0),
    visibility,
    runs,
  }),
  fc.record({
    type: fc.constant('item' as const),
    list: fc.constant('task' as const),
    depth: fc.constant(0),
    checked: fc.boolean(),
    visibility,
    runs,
  }),
);

describe('a note', () => {
  it('reads back exactly the blocks it was made from', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        expect(noteBlocks(createNote(blocks))).toEqual(blocks);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps nested and numbered lists, further paragraphs of an item, marks and line breaks', () => {
    const blocks: Block[] = [
      { type: 'item', list: 'ordered', depth: 0, number: 1, visibility: 'client', runs: [{ text: 'первый' }] },
      { type: 'item', list: 'bullet', depth: 1, visibility: 'private', runs: [{ text: 'внутри' }] },
      { type: 'item', list: 'ordered', depth: 0, number: 2, visibility: 'internal', runs: [{ text: 'второй' }] },
      {
        type: 'item',
        list: 'ordered',
        depth: 0,
        number: 2,
        continued: true,
        visibility: 'client',
        runs: [{ text: 'ещё' }],
      },
      {
        type: 'paragraph',
        visibility: 'client',
        runs: [
          { text: 'жирный', bold: true },
          { text: ' и ' },
          { text: 'ссылка', href: 'https://example.com/' },
          { text: '\n' },
          { text: 'строка', italic: true },
        ],
      },
    ];
    expect(noteBlocks(createNote(blocks))).toEqual(blocks);
  });

  it('takes unmarked and strangely marked text for internal, never for client', () => {
    const doc = new Y.Doc();
    const plain = new Y.XmlElement('paragraph');
    plain.insert(0, [new Y.XmlText('без пометки')]);
    const odd = new Y.XmlElement('paragraph');
    odd.setAttribute('visibility', 'CLIENT');
    odd.insert(0, [new Y.XmlText('странная пометка')]);
    doc.getXmlFragment(NOTE_FIELD).insert(0, [plain, odd]);
    expect(docBlocks(doc).map((b) => b.visibility)).toEqual(['internal', 'internal']);
    expect(readVisibility(null)).toBe('internal');
  });

  it('lets a container restrict what stands in it and never open it', () => {
    const doc = new Y.Doc();
    const build = (container: string, paragraph: string): Y.XmlElement => {
      const quote = new Y.XmlElement('blockquote');
      quote.setAttribute('visibility', container);
      const inner = new Y.XmlElement('paragraph');
      inner.setAttribute('visibility', paragraph);
      inner.insert(0, [new Y.XmlText('x')]);
      quote.insert(0, [inner]);
      return quote;
    };
    doc
      .getXmlFragment(NOTE_FIELD)
      .insert(0, [build('private', 'client'), build('client', 'internal'), build('client', 'client')]);
    expect(docBlocks(doc).map((b) => b.visibility)).toEqual(['private', 'internal', 'client']);
    expect(stricter('client', 'private')).toBe('private');
  });

  it('merges two people typing in the same note by character', () => {
    const base = createNote([{ type: 'paragraph', visibility: 'client', runs: [{ text: 'Поставка в июне' }] }]);
    const edit = (position: number, typed: string): Uint8Array => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, fromBase64(base));
      const before = Y.encodeStateVector(doc);
      const paragraph = doc.getXmlFragment(NOTE_FIELD).get(0) as Y.XmlElement;
      (paragraph.get(0) as Y.XmlText).insert(position, typed);
      return Y.encodeStateAsUpdate(doc, before);
    };
    const merged = toBase64(Y.mergeUpdates([fromBase64(base), edit(0, 'Итог: '), edit(15, ', затем монтаж')]));
    expect(noteText(merged)).toBe('Итог: Поставка в июне, затем монтаж');
  });

  it('drops script and relative addresses but keeps their text', () => {
    for (const href of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/a', ' https://a b']) {
      expect(isSafeLink(href)).toBe(false);
      expect(
        noteBlocks(createNote([{ type: 'paragraph', visibility: 'client', runs: [{ text: 'тут', href }] }])),
      ).toEqual([{ type: 'paragraph', visibility: 'client', runs: [{ text: 'тут' }] }]);
    }
    expect(isSafeLink('mailto:anna@example.com')).toBe(true);
  });

  it('gives no blocks for damaged or absent state', () => {
    expect(noteBlocks(undefined)).toEqual([]);
    expect(noteBlocks('не base64')).toEqual([]);
    expect(noteBlocks(btoa('this is not a Yjs update at all'))).toEqual([]);
  });
});

describe('base64 of a note', () => {
  it('returns the same bytes for any content and size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
    const large = new Uint8Array(200_000).map((_, i) => i % 251);
    expect(fromBase64(toBase64(large))).toEqual(large);
  });
});

describe('Markdown of a note', () => {
  it('writes headings, lists, tasks, quotes, marks and visibility', () => {
    const note = createNote([
      { type: 'heading', level: 2, visibility: 'client', runs: [{ text: 'Сроки' }] },
      {
        type: 'paragraph',
        visibility: 'internal',
        runs: [{ text: 'Важно: ' }, { text: 'до пятницы', bold: true }, { text: ' [ссылка]' }],
      },
      { type: 'item', list: 'bullet', depth: 0, visibility: 'internal', runs: [{ text: 'раз' }] },
      { type: 'item', list: 'bullet', depth: 1, visibility: 'private', runs: [{ text: 'два' }] },
      { type: 'item', list: 'task', depth: 0, checked: true, visibility: 'internal', runs: [{ text: 'сделано' }] },
      { type: 'quote', visibility: 'internal', runs: [{ text: 'сказано' }] },
    ]);
    expect(noteMarkdown(note)).toBe(
      '<!-- client -->\n## Сроки\n\nВажно: **до пятницы** \\[ссылка\\]\n\n- раз\n    - два <!-- private -->\n- [x] сделано\n\n> сказано\n',
    );
  });

  it('never lets typed text become structure', () => {
    expect(
      blocksMarkdown([{ type: 'paragraph', visibility: 'internal', runs: [{ text: '# не заголовок <b>и *не* тег' }] }]),
    ).toBe('\\# не заголовок \\<b\\>и \\*не\\* тег\n');
    expect(blocksMarkdown([{ type: 'paragraph', visibility: 'internal', runs: [{ text: '1. не список' }] }])).toBe(
      '1\\. не список\n',
    );
  });
});
