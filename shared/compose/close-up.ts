/**
 * Lists from which items stay out, closed up as if those had never been there: no gap in the numbers tells of them, and
 * what stood under one of them does not fall to the item before it, which it says nothing about.
 */
import { type Block, blockText, type ItemBlock } from '../note/blocks.ts';

interface List {
  readonly kind: ItemBlock['list'];
  next: number;
}
/** The item that is open at a depth of the note. */
interface Open {
  /** Whether a paragraph of it is for the client. */
  shown: boolean;
  readonly list: List;
  /** The list in which its text stands for the client: that of the outermost item above it in an unbroken line of hidden ones. */
  readonly host: List;
  /** As the note has it. */
  readonly number: number;
}

/** The same blocks in the same order; items for the client get the depth and the number they have without the others. */
export function closeUpLists(blocks: readonly Block[]): readonly Block[] {
  const open: (Open | undefined)[] = [];
  return blocks.map((block) => {
    if (block.type === 'item') return closeUp(block, open);
    open.length = 0;
    return block;
  });
}

function closeUp(block: ItemBlock, open: (Open | undefined)[]): ItemBlock {
  const { depth } = block;
  // An empty item is not printed and takes no number either.
  const isForClient = block.visibility === 'client' && blockText(block).trim() !== '';
  open.length = Math.min(open.length, depth + 1);
  const before = open[depth];
  const isFurther = block.continued === true && before !== undefined;
  const item = isFurther ? before : openItem(block, before, open[depth - 1]);
  open[depth] = item;
  if (!isForClient) return block;

  const { continued: _, ...rest } = block;
  const shown = { ...rest, depth: open.slice(0, depth).filter((above) => above?.shown).length };
  if (isFurther && item.shown) return { ...shown, continued: true };
  // The first paragraph of the item that its reader sees.
  item.shown = true;
  const list = item.host.kind === 'ordered' ? item.host : item.list;
  return block.list === 'ordered' ? { ...shown, number: list.next++ } : shown;
}

function openItem(block: ItemBlock, before: Open | undefined, above: Open | undefined): Open {
  const number = block.number ?? 1;
  const isSame = before?.list.kind === block.list && (block.list !== 'ordered' || number > before.number);
  const list = isSame ? before.list : { kind: block.list, next: number };
  return { shown: false, list, host: above && !above.shown ? above.host : list, number };
}
