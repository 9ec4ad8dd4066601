/**
 * Prints until the fonts are in the file. Chromium decodes fonts beside the page's own thread and says that a page has
 * loaded before they are there; text whose font is still missing is left out of the print, all of it on a busy machine.
 * The page runs no script, so nothing inside it can tell: the file itself is looked at.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds before the second look; doubled each time. */
const FIRST_WAIT = 40;
const LONGEST_WAIT = 1000;

/** Names of the fonts embedded in a PDF as Chromium writes it, without the prefixes of subsets. */
export function embeddedFonts(pdf: Uint8Array): readonly string[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/FontName\s*\/(?:[A-Z]{6}\+)?([\w-]+)/gu)].map((match) => match[1] ?? '').sort();
}

/**
 * The first print that has the same fonts as the one before it, and any at all. For pages that bring no fonts of their
 * own the first print is taken. The caller limits the time; `isOver` ends the loop then.
 */
export async function printSettled(
  html: string,
  print: () => Promise<Uint8Array>,
  isOver: () => boolean = () => false,
): Promise<Uint8Array> {
  let pdf = await print();
  if (!html.includes('@font-face')) return pdf;
  let fonts = embeddedFonts(pdf).join();
  for (let wait = FIRST_WAIT; !isOver(); wait = Math.min(wait * 2, LONGEST_WAIT)) {
    await sleep(wait);
    const next = await print();
    const now = embeddedFonts(next).join();
    pdf = next;
    if (now !== '' && now === fonts) return pdf;
    fonts = now;
  }
  return pdf;
}
