import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isDocUpdate, mergeDocs } from '../../../shared/change/doc.ts';
import { docText } from '../../../shared/change/doc-text.ts';
import { encodeBase64 } from '../../../shared/text/base64.ts';

/** Updates of one author who inserts and deletes. */
function updatesOf(
  client: number,
  edits: readonly { readonly at: number; readonly text: string; readonly cut: number }[],
): { updates: string[]; text: string } {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: string[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(encodeBase64(update)));
  const text = doc.getText('t');
  for (const { at, text: inserted, cut } of edits) {
    text.insert(Math.min(at, text.length), inserted);
    if (cut > 0 && text.length > 0) text.delete(0, Math.min(cut, text.length));
  }
  return { updates, text: text.toJSON() };
}

describe('documents', () => {
  it('merge to the same text in any order, even when a part comes before what it builds on', () => {
    const edit = fc.record({ at: fc.nat(10), text: fc.constantFrom('a', 'бв', 'xyz'), cut: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat(100)), (edits, keys) => {
        const { updates, text } = updatesOf(1, edits);
        const order = updates
          .map((update) => ({ update, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key);
        let merged: string | undefined;
        for (const { update } of order) merged = merged === undefined ? update : mergeDocs([merged, update]);
        expect(docText(merged as string)).toBe(text.trim());
      }),
      { numRuns: 1000 },
    );
  });

  it('are read block by block, whatever the type is called', () => {
    const doc = new Y.Doc();
    const fragment = doc.getXmlFragment('prosemirror');
    const paragraph = (text: string): Y.XmlElement => {
      const element = new Y.XmlElement('paragraph');
      element.insert(0, [new Y.XmlText(text)]);
      return element;
    };
    fragment.insert(0, [paragraph('Первый абзац'), paragraph('second')]);
    expect(docText(encodeBase64(Y.encodeStateAsUpdate(doc)))).toBe('Первый абзац\nsecond');
    expect(docText('no document')).toBe('');
  });

  it('are told from other text', () => {
    expect(isDocUpdate(updatesOf(3, [{ at: 0, text: 'a', cut: 0 }]).updates[0])).toBe(true);
    for (const bad of ['', '%%%', 'AQ==', '/////w==', 5, null, 'привет']) expect(isDocUpdate(bad)).toBe(false);
  });
});
