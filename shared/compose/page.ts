/** The frame of every printed document: the page, its policy and styles, the letterhead. Texts are escaped. */
import type { Fact } from './document.ts';
import type { Paper } from './paper.ts';
import { marginText, pageStyle } from './page-style.ts';
import { printable } from './printable.ts';
import { type Translate, wordsOf } from './words.ts';

export interface HtmlOptions {
  /** `@font-face` rules with data: sources. */
  readonly fontsCss: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or attribute value. Controls, which have no shape on paper, are left out. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/gu, (char) => ESCAPES[char] as string);
}

/** The complete page: `<html lang>`, title, policy, styles, watermark, letterhead, content. `main` is markup. */
export function pageHtml(
  paper: Paper,
  content: HtmlOptions & { readonly className: string; readonly main: string; readonly style?: string },
): string {
  const t = wordsOf(paper.language);
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${paper.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light">
<title>${escapeHtml(paper.title)}</title>
<style>
${content.fontsCss}
${pageStyle(paper, t)}${content.style ?? ''}
</style>
</head>
<body class="${content.className}">
${paper.watermark ? `<div class="watermark" aria-hidden="true">${escapeHtml(paper.watermark)}</div>` : ''}
${letterhead(paper, t)}
<main>
${content.main}
</main>
</body>
</html>
`;
}

/** A page without fonts: what is needed to choose them. */
export interface BarePage {
  readonly html: string;
  /** Everything that will be set, the margins' texts too. */
  readonly text: string;
}

/** A page's markup with the text that will be set on it. */
export function bareOf(paper: Paper, html: string): BarePage {
  const text = html
    .replace(/<style>.*?<\/style>/su, ' ')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'");
  return { html, text: `${text} ${marginText(paper, wordsOf(paper.language))}` };
}

function letterhead(paper: Paper, t: Translate): string {
  const { name, address, details, logo } = paper.letterhead;
  if (!name && !logo && address.length === 0 && details.length === 0) return '';
  const small = [...address, ...details].map((line) => `<span dir="auto">${escapeHtml(line)}</span>`).join('<br>');
  return `<header class="letterhead">
<div class="brand">${logo ? `<img src="${logo}" alt="${escapeHtml(t('summary.doc.logoAlt', { name }))}">` : ''}${
    name ? `<p class="company" dir="auto">${escapeHtml(name)}</p>` : ''
  }</div>
${small ? `<p class="details">${small}</p>` : ''}
</header>
<div class="accent"></div>`;
}

/** Labelled values side by side; '' for none. A list and not a `<dl>`: Chromium writes no structure for those. */
export function factList(facts: readonly Fact[], className: string): string {
  if (facts.length === 0) return '';
  const items = facts
    .map(
      (fact) =>
        `<li><p class="name">${escapeHtml(fact.label)}</p><p class="value" dir="auto">${escapeHtml(fact.value)}</p></li>`,
    )
    .join('\n');
  return `<ul class="${className}">\n${items}\n</ul>`;
}
