/** The note: its document, its blocks, its text. */
export type { Block, CodeBlock, HeadingBlock, ItemBlock, ParagraphBlock, QuoteBlock, Run } from './blocks.ts';
export {
  blockText,
  DEFAULT_VISIBILITY,
  isSafeLink,
  NOTE_FIELD,
  readVisibility,
  stricter,
  VISIBILITY_ATTRIBUTE,
} from './blocks.ts';
export { blocksMarkdown, noteMarkdown } from './markdown.ts';
export { createNote, docBlocks, fromBase64, noteBlocks, noteText, toBase64 } from './note.ts';
