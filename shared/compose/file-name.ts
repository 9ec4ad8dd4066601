/** The name a summary is saved under: readable in any file manager and legal on every system. */
import type { SummaryDocument } from './document.ts';
import type { ReportDocument } from './report.ts';
import { wordsOf } from './words.ts';

/** Longest name in bytes of UTF-8 that Linux file systems take. */
const MAX_BYTES = 255;
/** Characters forbidden on Windows, controls, the marks that turn text around, and others that nobody sees. */
const FORBIDDEN =
  /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/gu;
/** Where a word may be divided: in a name it divides nothing. */
const SOFT_HYPHEN = /\u00ad/gu;
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?: *\.| *$)/iu;

/** `2026-05-31 Ромашка – Резюме встречи.pdf`: legal characters only, at most 255 bytes of UTF-8. */
export function summaryFileName(document: SummaryDocument): string {
  const t = wordsOf(document.language);
  const kind = t(`summary.doc.fileKind.${document.layout}`);
  const subject = document.client || document.heading;
  return safeFileName([document.date, [subject, kind].filter(Boolean).join(' – ')].filter(Boolean).join(' '), '.pdf');
}

/** `2026-05-31 Ромашка 7 – ВНУТРЕННЯЯ карточка договора.pdf`: the day it was made, what of, what it is. */
export function reportFileName(document: ReportDocument): string {
  const kind = wordsOf(document.language)(`contractDocuments.doc.fileKind.${document.kind}`);
  return safeFileName([document.date, [document.fileSubject, kind].filter(Boolean).join(' – ')].join(' '), '.pdf');
}

/**
 * Makes any text a file name with the ending (`.pdf`). Cuts between characters as people see them, never inside one; an
 * empty text gives `-`.
 */
export function safeFileName(text: string, ending: string): string {
  let name = text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '')
    .replace(SOFT_HYPHEN, '')
    .replace(FORBIDDEN, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+/u, '');
  if (RESERVED.test(name)) name = `_${name}`;
  const room = MAX_BYTES - utf8Length(ending);
  if (utf8Length(name) > room) {
    let cut = '';
    let used = 0;
    for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name)) {
      used += utf8Length(segment);
      if (used > room) break;
      cut += segment;
    }
    name = cut;
  }
  name = name.replace(/[ .]+$/u, '');
  return (name === '' ? '-' : name) + ending;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
