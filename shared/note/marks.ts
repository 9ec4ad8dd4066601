/**
 * Visibility marks of a note's blocks when several people set them at once. Yjs shows one of the concurrent marks and
 * says nothing of the other; here the most careful of them holds until somebody who has seen both sets another.
 *
 * A mark is an item of the attribute's chain; one that another was made on top of is named as that one's origin. Those
 * that nobody named stand side by side, like the heads of a field. `settleMarks` names them in the map `settledMarks`
 * beside the text, so that a later decision is not held up by what it has answered.
 *
 * Not covered: a block that one person marked while another replaced it (made it a heading, split it) is a new block
 * with the mark it was given there.
 */
import * as Y from 'yjs';
import type { Visibility } from '../model/records.ts';
import { NOTE_FIELD, readVisibility, stricter, VISIBILITY_ATTRIBUTE } from './blocks.ts';

const SETTLED = 'settledMarks';

interface Mark {
  /** `client:clock` of the item. */
  readonly id: string;
  readonly value: Visibility;
}

/** The marks that nobody has replaced, the one that Yjs shows first. */
function standingMarks(node: Y.XmlElement): readonly Mark[] {
  const shown = node._map.get(VISIBILITY_ATTRIBUTE);
  if (!shown?.left) return [];
  const items: Y.Item[] = [];
  const named = new Set<string>();
  for (let item: Y.Item | null = shown; item; item = item.left) {
    items.push(item);
    if (item.origin) named.add(`${item.origin.client}:${item.origin.clock}`);
  }
  const settled = node.doc?.getMap(SETTLED);
  const marks: Mark[] = [];
  for (const item of items) {
    const { client, clock } = item.lastId;
    const id = `${client}:${clock}`;
    const removed = item === shown && item.deleted;
    if (named.has(id) || settled?.has(id) === true) continue;
    // The content of a mark that an older version of the app threw away is not known any more.
    if (item.content instanceof Y.ContentAny)
      marks.push({ id, value: readVisibility(removed ? null : item.content.arr.at(-1)) });
  }
  return marks;
}

const mostCareful = (marks: readonly Mark[]): Visibility =>
  marks.reduce<Visibility>((found, { value }) => stricter(found, value), 'client');

/** The node's mark as it is stored; the most careful one when several stand side by side. Undefined without a mark. */
export function markOf(node: Y.XmlElement): unknown {
  const marks = standingMarks(node);
  return marks.length > 1 ? mostCareful(marks) : (node.getAttribute(VISIBILITY_ATTRIBUTE) as unknown);
}

function* elements(parent: Y.XmlFragment): Generator<Y.XmlElement> {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue;
    yield child;
    yield* elements(child);
  }
}

/**
 * Makes the most careful of concurrent marks the mark of its block, as an ordinary edit, so that the editor shows what
 * holds and the person can set another. Returns how many blocks had been marked differently.
 */
export function settleMarks(doc: Y.Doc): number {
  const open = [...elements(doc.getXmlFragment(NOTE_FIELD))]
    .map((node) => ({ node, marks: standingMarks(node) }))
    .filter(({ marks }) => marks.length > 1);
  const differing = open.filter(({ marks }) => new Set(marks.map(({ value }) => value)).size > 1);
  if (open.length === 0) return 0;
  doc.transact(() => {
    const settled = doc.getMap(SETTLED);
    for (const { node, marks } of open) {
      const visibility = mostCareful(marks);
      if (readVisibility(node.getAttribute(VISIBILITY_ATTRIBUTE)) !== visibility)
        node.setAttribute(VISIBILITY_ATTRIBUTE, visibility);
      for (const { id } of marks.slice(1)) settled.set(id, true);
    }
  });
  return differing.length;
}
