/** Documents made of facts, tables and lists: their model and their page. Every text is typeset and allowed to its reader. */
import type { PlainDate } from '../model/records.ts';
import type { Fact } from './document.ts';
import { type BarePage, bareOf, escapeHtml, factList, type HtmlOptions, pageHtml } from './page.ts';
import { textColour } from './page-style.ts';
import type { Paper } from './paper.ts';
import { REPORT_STYLE } from './report-style.ts';

export type CellTone = 'plain' | 'quiet' | 'ok' | 'attention' | 'risk';
export interface Cell {
  readonly text: string;
  /** A second, smaller line. */
  readonly more?: string;
  readonly tone?: CellTone;
}
export interface Column {
  readonly label: string;
  /** Millimetres; columns without one share the rest. */
  readonly width?: number;
  readonly align?: 'end';
}
export interface Group {
  /** '' for the only group of a table. */
  readonly title: string;
  /** At the right end of the title's line. */
  readonly aside?: string;
  /** The first cell names the row. */
  readonly rows: readonly (readonly Cell[])[];
}
export type ReportSection = {
  readonly title: string;
  /** A sentence below the title. */
  readonly note?: string;
} & (
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly groups: readonly Group[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'plain' }
  /** Markup made by shared/compose itself. */
  | { readonly kind: 'figure'; readonly markup: string }
);
export interface ReportDocument extends Paper {
  readonly kind: 'sheet' | 'client' | 'renewals' | 'timeline';
  /** What kind of paper it is. */
  readonly kicker: string;
  readonly heading: string;
  /** One line below the heading; '' when there is none. */
  readonly sub: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly ReportSection[];
  /** For the file's name. */
  readonly date: PlainDate;
  readonly fileSubject: string;
}

const tag = (name: string, text: string, more = ''): string => `<${name}${more}>${escapeHtml(text)}</${name}>`;

function cellHtml(cell: Cell, column: Column | undefined, isFirst: boolean): string {
  const classes = [cell.tone && cell.tone !== 'plain' ? cell.tone : '', column?.align === 'end' ? 'number' : ''].filter(
    Boolean,
  );
  const attributes = `${isFirst ? ' scope="row"' : ''} dir="auto"${classes.length > 0 ? ` class="${classes.join(' ')}"` : ''}`;
  const more = cell.more ? ` <span class="more">${escapeHtml(cell.more)}</span>` : '';
  return `<${isFirst ? 'th' : 'td'}${attributes}>${escapeHtml(cell.text)}${more}</${isFirst ? 'th' : 'td'}>`;
}

function tableHtml(columns: readonly Column[], groups: readonly Group[]): string {
  const widths = columns.map(({ width }) => (width ? `<col style="width:${width}mm">` : '<col>')).join('');
  const head = columns
    .map(({ label, align }) => tag('th', label, ` scope="col"${align === 'end' ? ' class="number"' : ''}`))
    .join('');
  const bodies = groups.map(({ title, aside, rows }) => {
    const heading = title
      ? `<tr class="group"><th scope="rowgroup" colspan="${columns.length}"><span class="groupline"><bdi>${escapeHtml(title)}</bdi>${aside ? ` <span class="aside">${escapeHtml(aside)}</span>` : ''}</span></th></tr>\n`
      : '';
    const lines = rows.map((row) => `<tr>${row.map((cell, i) => cellHtml(cell, columns[i], i === 0)).join('')}</tr>`);
    return `<tbody>\n${heading}${lines.join('\n')}\n</tbody>`;
  });
  return `<table><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead>\n${bodies.join('\n')}</table>`;
}

function sectionHtml(section: ReportSection): string {
  const title = section.title ? tag('h2', section.title) : '';
  const note = section.note ? tag('p', section.note, ' class="note" dir="auto"') : '';
  const body =
    section.kind === 'table'
      ? tableHtml(section.columns, section.groups)
      : section.kind === 'list'
        ? `<ol class="steps">\n${section.items.map((item) => tag('li', item, ' dir="auto"')).join('\n')}\n</ol>`
        : section.kind === 'figure'
          ? section.markup
          : '';
  return `<section class="${section.kind}">${title}${note}\n${body}</section>`;
}

/** The complete page. */
export function reportHtml(document: ReportDocument, options: HtmlOptions): string {
  const main = `<div class="title">
${tag('p', document.kicker, ' class="kicker"')}
${tag('h1', document.heading, ' dir="auto"')}
${document.sub ? tag('p', document.sub, ' class="sub" dir="auto"') : ''}
</div>
${factList(document.facts, 'facts')}
${document.sections.map(sectionHtml).join('\n')}`;
  return pageHtml(document, {
    ...options,
    className: `report ${document.kind}${document.size === 'A3 landscape' ? ' wide' : ''}`,
    main,
    style: REPORT_STYLE.replaceAll('ACCENT', textColour(document.letterhead.colour)),
  });
}

/** The page and its text, before fonts are chosen for it. */
export const bareReport = (document: ReportDocument): BarePage =>
  bareOf(document, reportHtml(document, { fontsCss: '' }));
