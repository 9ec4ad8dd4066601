import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { mergeDocs, newDoc } from '../../../shared/change/doc.ts';
import type { Visibility } from '../../../shared/model/records.ts';
import { NOTE_FIELD, stricter, VISIBILITY_ATTRIBUTE } from '../../../shared/note/blocks.ts';
import { settleMarks } from '../../../shared/note/marks.ts';
import { createNote, fromBase64, noteBlocks, toBase64 } from '../../../shared/note/note.ts';

const visibility = fc.constantFrom<Visibility>('client', 'internal', 'private');

/** One person's editor: marks are set here, updates go out and come in. */
class Editor {
  readonly doc = newDoc();
  readonly updates: string[] = [];

  constructor(start: string) {
    Y.applyUpdate(this.doc, fromBase64(start), 'elsewhere');
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'elsewhere') this.updates.push(toBase64(update));
    });
  }

  mark(value: Visibility): void {
    const block = this.doc.getXmlFragment(NOTE_FIELD).get(0) as Y.XmlElement;
    block.setAttribute(VISIBILITY_ATTRIBUTE, value);
  }

  hear(state: string): void {
    Y.applyUpdate(this.doc, fromBase64(state), 'elsewhere');
  }
}

const start = createNote([{ type: 'paragraph', visibility: 'internal', runs: [{ text: 'Маржа 12 %' }] }]);
const shown = (state: string): Visibility | undefined => noteBlocks(state)[0]?.visibility;

describe('marks that were set at once', () => {
  it('hold with the most careful, in whatever order and grouping the updates come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(visibility, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }),
        (marks, order) => {
          const editors = marks.map((values) => {
            const editor = new Editor(start);
            for (const value of values) editor.mark(value);
            return editor;
          });
          const last = marks.map((values) => values.at(-1) as Visibility).reduce(stricter);
          const updates = editors.flatMap((editor) => editor.updates);
          const shuffled = updates
            .map((update, i) => ({ update, key: order[i % order.length] ?? 0, i }))
            .sort((a, b) => a.key - b.key || a.i - b.i);
          let state = start;
          for (const { update } of shuffled) state = mergeDocs([state, update]);
          expect(shown(state)).toBe(last);
          expect(shown(mergeDocs([start, ...updates]))).toBe(last);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('give way to a mark that was set with both before the eyes', () => {
    fc.assert(
      fc.property(visibility, visibility, visibility, (a, b, decided) => {
        const one = new Editor(start);
        const two = new Editor(start);
        one.mark(a);
        two.mark(b);
        let state = mergeDocs([start, ...one.updates, ...two.updates]);
        one.hear(state);
        expect(settleMarks(one.doc)).toBe(a === b ? 0 : 1);
        expect(settleMarks(one.doc)).toBe(0);
        state = mergeDocs([state, ...one.updates]);
        expect(shown(state)).toBe(stricter(a, b));
        one.mark(decided);
        state = mergeDocs([state, ...one.updates]);
        expect(shown(state)).toBe(decided);
      }),
      { numRuns: 200 },
    );
  });

  it('are not settled by a mark whose author had seen one of them only', () => {
    const one = new Editor(start);
    const two = new Editor(start);
    one.mark('private');
    two.mark('internal');
    two.mark('client');
    expect(shown(mergeDocs([start, ...one.updates, ...two.updates]))).toBe('private');
  });
});
