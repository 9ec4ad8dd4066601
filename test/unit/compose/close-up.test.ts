import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeSummary } from '../../../shared/compose/compose.ts';
import { summaryHtml } from '../../../shared/compose/html.ts';
import type { Visibility } from '../../../shared/model/records.ts';
import { type Block, blockText, type ItemBlock } from '../../../shared/note/blocks.ts';
import { createNote, noteBlocks } from '../../../shared/note/note.ts';

const stamp = { createdAt: 1, changedAt: 1 };
const summary = (blocks: readonly Block[], layout: 'standard' | 'protocol' | 'internal' = 'standard') =>
  composeSummary({
    meeting: { ...stamp, id: 'm' },
    blocks,
    promises: [],
    people: {},
    organisations: {},
    language: 'ru',
    layout,
    today: '2026-06-01',
  }).document;
const item = (text: string, more: Partial<ItemBlock> = {}): ItemBlock => ({
  type: 'item',
  list: 'bullet',
  depth: 0,
  visibility: 'client',
  runs: [{ text }],
  ...more,
});
const numbered = (number: number, text: string, more: Partial<ItemBlock> = {}): ItemBlock =>
  item(text, { list: 'ordered', number, ...more });
/** The list as its reader sees it: `depth:number text`, further paragraphs with a plus. */
const seen = (blocks: readonly Block[]): readonly string[] =>
  summary(blocks).topics.flatMap((topic) =>
    topic.blocks.map((block) =>
      block.type === 'item'
        ? `${block.depth}:${block.continued ? '+' : (block.number ?? '•')} ${blockText(block)}`
        : blockText(block),
    ),
  );

describe('a list with items that stay out', () => {
  it('has no gap in its numbers, and begins where it began', () => {
    expect(seen([numbered(1, 'а', { visibility: 'private' }), numbered(2, 'б'), numbered(3, 'в')])).toEqual([
      '0:1 б',
      '0:2 в',
    ]);
    expect(seen([numbered(5, 'а'), numbered(6, 'б', { visibility: 'internal' }), numbered(7, 'в')])).toEqual([
      '0:5 а',
      '0:6 в',
    ]);
  });
  it('does not put what stood under a hidden item under the item before it', () => {
    expect(
      seen([
        item('Поставщик А'),
        item('Поставщик Б', { visibility: 'private' }),
        item('цена 100', { depth: 1 }),
        item('подробности', { depth: 2 }),
        item('Поставщик В'),
      ]),
    ).toEqual(['0:• Поставщик А', '0:• цена 100', '1:• подробности', '0:• Поставщик В']);
  });
  it('does not add a further paragraph of a hidden item to the item before it', () => {
    expect(
      seen([
        numbered(1, 'а'),
        numbered(2, 'б', { visibility: 'internal' }),
        numbered(2, 'б, далее', { continued: true }),
        numbered(2, 'б, ещё', { continued: true }),
        numbered(3, 'в'),
      ]),
    ).toEqual(['0:1 а', '0:2 б, далее', '0:+ б, ещё', '0:3 в']);
  });
  it('numbers on through items that come up from under a hidden one', () => {
    expect(
      seen([
        numbered(1, 'а'),
        numbered(2, 'б', { visibility: 'private' }),
        numbered(1, 'б1', { depth: 1 }),
        numbered(2, 'б2', { depth: 1 }),
        numbered(3, 'в'),
        numbered(1, 'в1', { depth: 1 }),
      ]),
    ).toEqual(['0:1 а', '0:2 б1', '0:3 б2', '0:4 в', '1:1 в1']);
  });
  it('keeps two lists apart when what stood between them stays out', () => {
    const blocks: Block[] = [
      numbered(1, 'а'),
      { type: 'paragraph', visibility: 'private', runs: [{ text: 'между' }] },
      numbered(1, 'б'),
    ];
    expect(summaryHtml(summary(blocks), { fontsCss: '' }).match(/<ol start="1">/gu)).toHaveLength(2);
  });
  it('reads as the same list written without them, for every flat list', () => {
    const visibility = fc.constantFrom<Visibility>('client', 'internal', 'private');
    fc.assert(
      fc.property(fc.array(visibility, { minLength: 1, maxLength: 9 }), (marks) => {
        const whole = marks.map((mark, i) => numbered(i + 1, `п${i}`, { visibility: mark }));
        const without = whole.filter((b) => b.visibility === 'client').map((b, i) => ({ ...b, number: i + 1 }));
        expect(seen(whole)).toEqual(seen(without));
      }),
    );
  });
  it('changes nothing where everything is for the client, whatever the list', () => {
    const entry = fc.record({ list: fc.constantFrom('bullet' as const, 'ordered' as const), depth: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        // Through a note, so that depths and numbers are those that a note can have.
        const blocks = noteBlocks(
          createNote(
            entries.map((e, i) => ({ ...item(`п${i}`, e), ...(e.list === 'ordered' ? { number: 1 } : {}) }) as Block),
          ),
        );
        const kept = summary(blocks, 'internal').topics.flatMap((topic) =>
          topic.blocks.map(({ visibility: _, ...rest }) => rest),
        );
        expect(summary(blocks).topics.flatMap((topic) => topic.blocks)).toEqual(kept);
      }),
    );
  });
});

describe('text whose heading stays out', () => {
  const heading = (text: string, visibility: Visibility = 'client', level = 2): Block => ({
    type: 'heading',
    level,
    visibility,
    runs: [{ text }],
  });
  const paragraph = (text: string): Block => ({ type: 'paragraph', visibility: 'client', runs: [{ text }] });
  const topics = (blocks: readonly Block[], layout: 'standard' | 'protocol' = 'standard') =>
    summary(blocks, layout).topics.map((topic) => [
      topic.heading?.map((run) => run.text).join('') ?? '',
      ...topic.blocks.map(blockText),
    ]);

  it('does not fall under the heading before it', () => {
    expect(
      topics([heading('Сроки'), paragraph('май'), heading('Наша цена', 'private'), paragraph('согласовано')]),
    ).toEqual([
      ['Сроки', 'май'],
      ['', 'согласовано'],
    ]);
  });
  it('stays under the heading that still covers it', () => {
    expect(
      topics([heading('Сроки'), heading('Узкое место', 'internal', 3), paragraph('май'), heading('Цена'), item('100')]),
    ).toEqual([
      ['Сроки', 'май'],
      ['Цена', '100'],
    ]);
  });
  it('takes no number of the protocol', () => {
    const html = summaryHtml(summary([paragraph('вступление'), heading('Сроки'), heading('Цена')], 'protocol'), {
      fontsCss: '',
    });
    expect([...html.matchAll(/class="formal">(\d+)\./gu)].map((found) => found[1])).toEqual(['1', '2']);
  });
});
