/** An earlier text of a note brought back as an ordinary edit of the present one. */
import * as Y from 'yjs';
import { newDoc } from '../change/doc.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { NOTE_FIELD } from './blocks.ts';
import { settleMarks } from './marks.ts';

/**
 * A base64 update that makes the present note read as `version` did, marks included. What others write meanwhile is
 * merged with it. Both states are base64; a note without text is ''.
 */
export function restoringUpdate(present: string, version: string): string {
  const old = newDoc();
  const doc = newDoc();
  try {
    if (version) Y.applyUpdate(old, decodeBase64(version));
    if (present) Y.applyUpdate(doc, decodeBase64(present));
    settleMarks(old);
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      const fragment = doc.getXmlFragment(NOTE_FIELD);
      if (fragment.length > 0) fragment.delete(0, fragment.length);
      const nodes = old.getXmlFragment(NOTE_FIELD).toArray();
      fragment.insert(
        0,
        nodes.filter((node) => node instanceof Y.XmlElement || node instanceof Y.XmlText).map((node) => node.clone()),
      );
    });
    return encodeBase64(Y.encodeStateAsUpdate(doc, before));
  } finally {
    old.destroy();
    doc.destroy();
  }
}
