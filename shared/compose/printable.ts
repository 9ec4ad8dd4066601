/** Text as paper can hold it. */

/** Breaks of lines and pages as other programs write them in pasted text. */
const BREAKS = /[\u000b\u000c\u0085\u2028\u2029]/gu;
/**
 * Controls but tab and line feed, which are white space; marks of the byte order; the two that force a direction on letters
 * which have one, so that «100» reads 001: nobody writes them, and what is read must be what is meant.
 */
const SHAPELESS = /[\u0000-\u0008\u000d-\u001f\u007f-\u009f\u202d\u202e\ufeff\ufff9-\ufffb]/gu;

/**
 * The text without controls: a reader would see boxes in their place. Other programs' breaks become line feeds; half a
 * character becomes the sign for one that was lost.
 */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(BREAKS, '\n')
    .replace(SHAPELESS, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
