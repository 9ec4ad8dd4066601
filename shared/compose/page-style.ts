/** How the paper looks. Page numbers, running title and marks stand in the page's margins and use the document's fonts. */
import type { Paper, PaperSize } from './paper.ts';
import { printable } from './printable.ts';
import { NBSP } from './typography.ts';
import type { Translate } from './words.ts';

/** Text as a CSS string; everything but plain letters and digits is escaped, so nothing can end the string. */
export function cssString(text: string): string {
  let out = '';
  for (const char of printable(text).replace(/\s*\n\s*/gu, ' ')) {
    out += /[A-Za-z0-9]/u.test(char) ? char : `\\${(char.codePointAt(0) as number).toString(16)} `;
  }
  return `"${out}"`;
}

/** Longest piece of a margin's text without a place to break: boxes in margins break no words by themselves. */
const UNBROKEN = 24;

/** The first so many characters, as people count them, with places to break in words that are too long for a margin. */
function shorten(text: string, length: number): string {
  const parts = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map((s) => s.segment);
  const kept = parts.length <= length ? parts : [...parts.slice(0, length - 1), '…'];
  let run = 0;
  return kept
    .map((part, i) => {
      run = /\s/u.test(part) ? 0 : run + 1;
      if (run <= UNBROKEN || kept[i + 1] === undefined) return part;
      run = 1;
      return `\u200b${part}`;
    })
    .join('')
    .replace(/\s+…$/u, '…');
}

/** Colour with enough contrast on white for text: the brand's, darkened until 4.5:1. `#rrggbb`. */
export function textColour(colour: string): string {
  let rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const luminance = (): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((value) => {
      const c = value / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  while (1.05 / (luminance() + 0.05) < 4.6) rgb = rgb.map((value) => Math.floor(value * 0.92));
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Text that stands in the margins of the pages: not in the page's content, yet set in the document's fonts. */
export function marginText(document: Paper, t: Translate): string {
  return [
    document.title,
    document.confidentiality,
    document.footer,
    t('summary.doc.page'),
    t('summary.doc.of'),
    '0123456789…',
  ].join(' ');
}

/** The style sheet of one document: page, margins, type. */
export function pageStyle(document: Paper, t: Translate): string {
  const accent = textColour(document.letterhead.colour);
  const pages = `${cssString(`${t('summary.doc.page')}${NBSP}`)} counter(page) ${cssString(`${NBSP}${t('summary.doc.of')}${NBSP}`)} counter(pages)`;
  const foot = cssString(shorten(document.footer, 80));
  // Half of the line when a mark stands beside it.
  const [room, share] = document.confidentiality ? [54, 50] : [96, 90];
  const running = cssString(shorten(document.title, room));
  // Three lines: the mark of a trade secret names its owner and their address.
  const secret = cssString(shorten(document.confidentiality, 160));
  return `
@page {
  size: ${document.size ?? 'A4'};
  margin: ${MARGINS[document.size ?? 'letter']};
  @top-left { content: ${running}; ${MARGIN} color: #6b6660; vertical-align: bottom; padding-bottom: 6mm; text-align: left; width: ${share}%; }
  @top-right { content: ${secret}; ${MARGIN} color: #8c1d18; font-weight: 600; vertical-align: bottom; padding-bottom: 6mm; text-align: right; width: ${100 - share}%; }
  @bottom-left { content: ${foot}; ${MARGIN} color: #6b6660; vertical-align: top; padding-top: 7mm; text-align: left; width: 70%; }
  @bottom-right { content: ${pages}; ${MARGIN} color: #6b6660; vertical-align: top; padding-top: 7mm; text-align: right; width: 30%; }
}
@page :first {
  @top-left { content: ""; }
}
${SHEET.replaceAll('ACCENT', accent).replaceAll('BRAND', document.letterhead.colour)}`;
}

/** Wide ones for letters and summaries, narrower ones for dense reports. */
const MARGINS: Readonly<Record<PaperSize | 'letter', string>> = {
  letter: '21mm 22mm 22mm 22mm',
  A4: '19mm 18mm 18mm 18mm',
  'A4 landscape': '18mm 14mm 16mm 14mm',
  'A3 landscape': '18mm 14mm 16mm 14mm',
};

const SANS = "'Golos Text', 'PT Serif', 'Noto Sans', sans-serif";
const SERIF = "'PT Serif', 'Golos Text', 'Noto Serif', serif";
const MARGIN = `font-family: ${SANS}; font-size: 7.5pt; line-height: 1.3; overflow-wrap: anywhere;`;

const SHEET = `
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body {
  margin: 0; color: #1c1a18; background: #fff;
  font: 10.5pt/1.42 ${SERIF};
  font-kerning: normal; font-variant-ligatures: common-ligatures;
  hyphens: manual; overflow-wrap: break-word; orphans: 2; widows: 2;
}
p, h1, h2, h3, h4, ol, ul, table, blockquote, pre { margin: 0; padding: 0; }
h1, h2, h3, h4 { break-after: avoid; text-wrap: balance; }
a { color: inherit; text-decoration: underline; text-decoration-thickness: 0.5pt; text-underline-offset: 2pt; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.letterhead {
  display: flex; justify-content: space-between; align-items: flex-end; gap: 12mm;
  padding-bottom: 3.6mm; border-bottom: 0.5pt solid #cfc9c1;
}
.accent { width: 22mm; height: 1.5pt; margin: -1.1pt 0 8.5mm; background: BRAND; }
.brand { display: flex; align-items: center; gap: 4mm; flex: 0 0 auto; max-width: 96mm; }
.brand img { display: block; flex: none; max-height: 14mm; max-width: 46mm; object-fit: contain; object-position: left center; }
.company { min-width: 0; font: 600 11.5pt/1.25 ${SANS}; letter-spacing: -0.005em; }
.details { min-width: 0; font: 400 7.5pt/1.45 ${SANS}; color: #5e5953; text-align: right; max-width: 82mm; }

.title { margin-bottom: 5mm; }
.kicker { font: 600 8pt/1.3 ${SANS}; letter-spacing: 0.09em; text-transform: uppercase; color: ACCENT; margin-bottom: 1.6mm; }
h1 { font: 700 19pt/1.2 ${SERIF}; letter-spacing: -0.008em; max-width: 160mm; }

.facts { list-style: none; display: grid; grid-template-columns: 1.08fr 1.08fr 1fr; gap: 2.4mm 6mm; padding: 3.6mm 0 0; border-top: 0.5pt solid #cfc9c1; }
.facts > li { min-width: 0; break-inside: avoid; }
.facts .name { font: 500 7.5pt/1.35 ${SANS}; color: #6b6660; }
.facts .value { font-size: 10pt; line-height: 1.35; }

main > section { margin-top: 6.5mm; }
h2 { font: 600 11.5pt/1.3 ${SANS}; letter-spacing: -0.003em; margin-bottom: 2.4mm; }
h3 { font: 700 11pt/1.35 ${SERIF}; margin: 0 0 1.2mm; }
h4 { font: 600 9pt/1.35 ${SANS}; margin: 2.4mm 0 0.8mm; }
.summary p { font-size: 11.5pt; line-height: 1.45; max-width: 154mm; }
.summary p + p { margin-top: 1.6mm; }

/* Fixed, so that a word that is too long breaks in its cell instead of pushing the others off the paper. */
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 10pt; line-height: 1.35; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
thead th { font: 500 7.5pt/1.35 ${SANS}; color: #6b6660; text-align: left; padding: 0 3mm 1.2mm 0; border-bottom: 0.75pt solid #8f8a83; vertical-align: bottom; }
tbody th, tbody td { text-align: left; vertical-align: top; font-weight: 400; padding: 1.35mm 3mm 1.35mm 0; border-bottom: 0.5pt solid #ddd8d1; }
tbody td:last-child, thead th:last-child { padding-right: 0; }

.attendees tbody th, .attendees tbody td { padding-top: 1.15mm; padding-bottom: 1.15mm; }
.attendees thead th:first-child { width: 44%; }
.attendees td:last-child, .attendees thead th:last-child { width: 26mm; white-space: nowrap; }
.attendees td:last-child { font: 400 8.5pt/1.59 ${SANS}; color: #5e5953; }
.attendees .group th { font: 600 9pt/1.35 ${SANS}; padding-top: 3mm; padding-bottom: 1.1mm; break-after: avoid; }
.attendees tbody:first-of-type .group th { padding-top: 1.8mm; }
.side { font-weight: 400; color: #6b6660; padding-left: 1.2mm; }
.attendees .absent th { color: #5e5953; }

ol, ul:not(.facts) { padding-left: 6mm; }
ol.agenda, ol.decisions { list-style: none; counter-reset: n; padding: 0; }
ol.agenda > li, ol.decisions > li { counter-increment: n; display: grid; grid-template-columns: 9mm minmax(0, 1fr); break-inside: avoid; }
ol.agenda > li::before, ol.decisions > li::before {
  content: counter(n);
  font-family: ${SANS}; font-variant-numeric: tabular-nums lining-nums; color: ACCENT;
}
ol.agenda > li { padding-bottom: 0.9mm; }
ol.agenda > li::before { font-size: 9pt; line-height: 14.9pt; font-weight: 500; }
ol.decisions > li { padding-top: 1.5mm; padding-bottom: 1.5mm; border-bottom: 0.5pt solid #ddd8d1; font-size: 11pt; }
ol.decisions > li:first-child { border-top: 0.75pt solid #8f8a83; }
ol.decisions > li::before { font-size: 11pt; font-weight: 600; }

.actions td, .actions .due { font-variant-numeric: tabular-nums lining-nums; }
.actions .number { width: 9mm; font-family: ${SANS}; font-size: 9pt; color: ACCENT; }
.actions thead .number { font-size: 7.5pt; color: #6b6660; }
.actions .owner { width: 52mm; }
.actions .due { width: 23mm; white-space: nowrap; }
.actions .status { width: 19mm; }
.actions tbody .status { font: 400 8.5pt/1.59 ${SANS}; color: #5e5953; }
.actions tbody .due { font: 500 9pt/1.5 ${SANS}; }
.actions .status.done { color: #2f6b3a; font-weight: 500; }
.organisation { display: block; font: 400 7.5pt/1.4 ${SANS}; color: #5e5953; }

.topic + .topic { margin-top: 4.4mm; }
.topic p + p, .topic ul + p, .topic ol + p { margin-top: 1.7mm; }
.topic p + ul, .topic p + ol { margin-top: 1mm; }
.topic li { margin-top: 0.6mm; }
.topic li::marker { color: ACCENT; }
li.bare { list-style: none; }
ul.tasks { list-style: none; padding-left: 0; }
ul.tasks > li { padding-left: 6mm; }
.box { display: inline-block; position: relative; vertical-align: -0.35mm; margin: 0 2.9mm 0 -6mm; width: 3.1mm; height: 3.1mm; border: 0.6pt solid #8f8a83; border-radius: 0.5mm; }
.box.on { border-color: ACCENT; }
.box.on::after { content: ""; position: absolute; left: 0.95mm; top: 0.25mm; width: 0.8mm; height: 1.6mm; border: solid ACCENT; border-width: 0 0.9pt 0.9pt 0; transform: rotate(42deg); }
blockquote { margin: 2mm 0; padding-left: 4mm; border-left: 1.2pt solid #cfc9c1; font-style: italic; }
pre, code { font-family: 'Liberation Mono', 'Noto Sans Mono', monospace; font-size: 0.9em; }
pre { white-space: pre-wrap; margin: 2mm 0; padding: 2mm 3mm; background: #f6f3ef; }

.next { break-inside: avoid; }
.next .facts { padding-top: 0; border: 0; }
.next h2 { margin-bottom: 1.6mm; }
.formal { font: 600 9.5pt/1.35 ${SANS}; letter-spacing: 0.04em; text-transform: uppercase; }
.protocol .kicker { font-size: 13pt; letter-spacing: 0.16em; color: #1c1a18; text-align: center; margin-bottom: 2mm; }
.protocol h1 { font-size: 15pt; text-align: center; max-width: none; line-height: 1.3; }
.protocol h2 { text-transform: uppercase; letter-spacing: 0.05em; font-size: 9.5pt; }
.signatures { break-inside: avoid; }
.brief h1 { font-size: 17pt; }
.brief ol.decisions > li { font-size: 10.5pt; padding-top: 1.2mm; padding-bottom: 1.2mm; }
.brief ol.decisions > li::before { font-size: 10.5pt; }
.brief tbody th, .brief tbody td { padding-top: 1.1mm; padding-bottom: 1.1mm; }
.brief main > section { margin-top: 5.5mm; }
.signature { display: grid; grid-template-columns: 58mm 1fr 58mm; gap: 5mm; align-items: end; padding-top: 7mm; break-inside: avoid; }
.signature .line { border-bottom: 0.6pt solid #1c1a18; }
.signature .label { font: 500 9pt/1.35 ${SANS}; }

.mark { font: 500 7pt/1.3 ${SANS}; white-space: nowrap; margin-left: 2mm; padding: 0.1mm 1.3mm; border: 0.5pt solid currentColor; border-radius: 0.7mm; vertical-align: 0.4mm; }
.mark.private { color: #8c1d18; }
.mark.internal { color: #6f4a00; }
.mark.client { color: #1f5f3a; }
.watermark {
  position: fixed; inset: 0; display: flex; align-items: center; justify-content: center; z-index: -1;
  font: 600 58pt/1 ${SANS}; letter-spacing: 0.06em; color: #efe9e2; transform: rotate(-35deg);
}
@media screen {
  html { background: #ece8e2; }
  body { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 22mm; box-shadow: 0 1px 3px rgb(0 0 0 / 18%), 0 8px 28px rgb(0 0 0 / 10%); position: relative; }
  .watermark { position: absolute; }
}
`;
