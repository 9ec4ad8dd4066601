/** A note as a flat list of blocks: what the composer, the search index and the Markdown export read. */
import type { Visibility } from '../model/records.ts';

/** Text with one set of marks. A line break inside a block is `\n` in `text`. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly code?: true;
  /** Only http, https and mailto addresses get here. */
  readonly href?: string;
}

interface BlockBase {
  /**
   * Who may read the block. Nobody has to mark anything: text without a mark is `internal`, so forgetting a mark keeps
   * text in the house and never sends it to a client.
   */
  readonly visibility: Visibility;
  readonly runs: readonly Run[];
}
export interface ParagraphBlock extends BlockBase {
  readonly type: 'paragraph';
}
export interface HeadingBlock extends BlockBase {
  readonly type: 'heading';
  readonly level: number;
}
export interface ItemBlock extends BlockBase {
  readonly type: 'item';
  readonly list: 'bullet' | 'ordered' | 'task';
  /** 0 for the outermost list. */
  readonly depth: number;
  /** Number of the item, for ordered lists. */
  readonly number?: number;
  /** For task lists. */
  readonly checked?: boolean;
  /** A further paragraph of the same item: no bullet of its own. */
  readonly continued?: true;
}
export interface QuoteBlock extends BlockBase {
  readonly type: 'quote';
}
export interface CodeBlock extends BlockBase {
  readonly type: 'code';
}
export type Block = ParagraphBlock | HeadingBlock | ItemBlock | QuoteBlock | CodeBlock;

/** Name of the XmlFragment of a note's document; the editor's Collaboration extension uses the same. */
export const NOTE_FIELD = 'note';
/** Name of the node attribute that carries a block's visibility. */
export const VISIBILITY_ATTRIBUTE = 'visibility';
/** What unmarked text is. */
export const DEFAULT_VISIBILITY: Visibility = 'internal';

const STRICTNESS: Readonly<Record<Visibility, number>> = { client: 0, internal: 1, private: 2 };

/** The more restrictive of two visibilities: private before internal before client. */
export function stricter(a: Visibility, b: Visibility): Visibility {
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

/** Reads a visibility from untrusted data; anything else is the default, never `client`. */
export function readVisibility(value: unknown): Visibility {
  return value === 'client' || value === 'private' || value === 'internal' ? value : DEFAULT_VISIBILITY;
}

/** True for the addresses a note may link to. Relative and script addresses are refused. */
export function isSafeLink(href: string): boolean {
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+)$/iu.test(href);
}

/** The block's text without marks. */
export function blockText(block: { readonly runs: readonly Run[] }): string {
  return block.runs.map((run) => run.text).join('');
}
