/** The plain text of a Yjs document, whatever its shared types are called: for search and snippets. */
import * as Y from 'yjs';
import { decodeBase64 } from '../text/base64.ts';

/** The linked list of a shared type. Types that nobody has asked for by name are still untyped, so `toString` cannot be used. */
function collect(type: Y.AbstractType<unknown>, lines: string[]): void {
  let line = '';
  const flush = (): void => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString) line += content.str;
    else if (content instanceof Y.ContentType) {
      flush();
      collect(content.type, lines);
    }
  }
  flush();
}

/** Text of a base64 Yjs state, one line per block; '' when it cannot be read. */
export function docText(state: string): string {
  const doc = new Y.Doc({ guid: '' });
  try {
    Y.applyUpdate(doc, decodeBase64(state));
    const lines: string[] = [];
    for (const type of doc.share.values()) collect(type as Y.AbstractType<unknown>, lines);
    return lines.join('\n');
  } catch {
    return '';
  } finally {
    doc.destroy();
  }
}
