/**
 * The document as one HTML page for print and preview. Every text is escaped; there is no way to put markup in. The page
 * asks for nothing: styles, fonts and the logo are inside, and its policy forbids anything else.
 */
import type { Visibility } from '../model/records.ts';
import { isSafeLink, type Run } from '../note/blocks.ts';
import type { ActionLine, DocBlock, NumberedText, SummaryDocument, Topic } from './document.ts';
import { type BarePage, bareOf, escapeHtml, factList, type HtmlOptions, pageHtml } from './page.ts';
import { type Translate, wordsOf } from './words.ts';

/** The complete page: `<html lang>`, title, policy, styles, content. */
export function summaryHtml(document: SummaryDocument, options: HtmlOptions): string {
  const t = wordsOf(document.language);
  return pageHtml(document, {
    ...options,
    className: document.layout,
    main: `${titleBlock(document)}
${document.layout === 'protocol' ? protocol(document, t) : sections(document, t)}`,
  });
}

/** The page and its text, before fonts are chosen for it. */
export const barePage = (document: SummaryDocument): BarePage =>
  bareOf(document, summaryHtml(document, { fontsCss: '' }));

function titleBlock(document: SummaryDocument): string {
  return `<div class="title">
<p class="kicker">${escapeHtml(document.kicker)}</p>
<h1 dir="auto">${escapeHtml(document.heading)}</h1>
</div>
${factList(document.facts, 'facts')}`;
}

/** Brief, standard and internal: what matters first. */
function sections(document: SummaryDocument, t: Translate): string {
  const decisions = decisionsSection(document, t('summary.doc.decisions'), t);
  const actions = actionsSection(document, t);
  const parts =
    document.layout === 'brief'
      ? [summarySection(document, t), decisions, actions, nextSection(document, t)]
      : [
          summarySection(document, t),
          attendeesSection(document, t),
          agendaSection(document, t),
          discussionSection(document, t),
          decisions,
          actions,
          nextSection(document, t),
        ];
  return parts.filter(Boolean).join('\n');
}

/** The formal order: present, agenda, considered, resolved, actions, signatures. */
function protocol(document: SummaryDocument, t: Translate): string {
  let heardSoFar = 0;
  const heard = document.topics
    .map((topic) => {
      const lead = topic.heading
        ? `<h3><span class="formal">${++heardSoFar}. ${escapeHtml(t('summary.doc.heard'))}:</span> ${inline(topic.heading)}</h3>`
        : '';
      return `<section class="topic">${lead}${blocks(topic.blocks, t)}</section>`;
    })
    .join('\n');
  return [
    attendeesSection(document, t, t('summary.doc.attended')),
    agendaSection(document, t, t('summary.doc.formalAgenda')),
    summarySection(document, t),
    heard ? `<section>${heading(t('summary.doc.discussion'))}${heard}</section>` : '',
    decisionsSection(document, t('summary.doc.resolved'), t),
    actionsSection(document, t),
    nextSection(document, t),
    signaturesSection(document, t),
  ]
    .filter(Boolean)
    .join('\n');
}

const heading = (text: string): string => `<h2>${escapeHtml(text)}</h2>`;

const mark = (visibility: Visibility | undefined, t: Translate): string =>
  visibility ? `<span class="mark ${visibility}">${escapeHtml(t(`summary.doc.visibility.${visibility}`))}</span>` : '';

function summarySection(document: SummaryDocument, t: Translate): string {
  if (document.summary.length === 0) return '';
  const paragraphs = document.summary.map((line) => `<p dir="auto">${escapeHtml(line)}</p>`).join('\n');
  return `<section class="summary">${heading(t('summary.doc.summary'))}\n${paragraphs}</section>`;
}

function attendeesSection(document: SummaryDocument, t: Translate, title = t('summary.doc.attendees')): string {
  if (document.attendees.length === 0) return '';
  const bodies = document.attendees
    .map((group) => {
      const rows = group.people
        .map(
          (person) =>
            `<tr class="${person.presence}"><th scope="row" dir="auto">${escapeHtml(person.name)}</th><td dir="auto">${escapeHtml(person.role)}</td><td>${escapeHtml(person.presenceLabel || t('summary.doc.present'))}</td></tr>`,
        )
        .join('\n');
      return `<tbody>
<tr class="group"><th scope="rowgroup" colspan="3"><bdi>${escapeHtml(group.title)}</bdi> <span class="side">${escapeHtml(group.sideLabel)}</span></th></tr>
${rows}
</tbody>`;
    })
    .join('\n');
  return `<section class="attendees">${heading(title)}
<table>
<thead><tr><th scope="col">${escapeHtml(t('summary.doc.name'))}</th><th scope="col">${escapeHtml(t('summary.doc.role'))}</th><th scope="col">${escapeHtml(t('summary.doc.presence'))}</th></tr></thead>
${bodies}
</table></section>`;
}

function numbered(items: readonly NumberedText[], className: string, t: Translate): string {
  const list = items
    .map((item) => `<li dir="auto"><div>${escapeHtml(item.text)}${mark(item.visibility, t)}</div></li>`)
    .join('\n');
  return `<ol class="${className}">\n${list}\n</ol>`;
}

function agendaSection(document: SummaryDocument, t: Translate, title = t('summary.doc.agenda')): string {
  if (document.agenda.length === 0) return '';
  return `<section>${heading(title)}\n${numbered(document.agenda, 'agenda', t)}</section>`;
}

function decisionsSection(document: SummaryDocument, title: string, t: Translate): string {
  if (document.decisions.length === 0) return '';
  return `<section>${heading(title)}\n${numbered(document.decisions, 'decisions', t)}</section>`;
}

function actionsSection(document: SummaryDocument, t: Translate): string {
  if (document.actions.length === 0) return '';
  const head = (['number', 'task', 'owner', 'due', 'status'] as const)
    .map((column) => `<th scope="col" class="${column}">${escapeHtml(t(`summary.doc.${column}`))}</th>`)
    .join('');
  return `<section class="actions">${heading(t('summary.doc.actions'))}
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${document.actions.map((action) => actionRow(action, t)).join('\n')}
</tbody>
</table></section>`;
}

function actionRow(action: ActionLine, t: Translate): string {
  const organisation = action.organisation
    ? `<span class="organisation"><bdi>${escapeHtml(action.organisation)}</bdi>, ${escapeHtml(action.sideLabel)}</span>`
    : `<span class="organisation">${escapeHtml(action.sideLabel)}</span>`;
  return `<tr><td class="number">${action.number}</td><th scope="row" class="task" dir="auto">${escapeHtml(action.task)}${mark(action.visibility, t)}</th><td class="owner"><bdi>${escapeHtml(action.owner)}</bdi> ${organisation}</td><td class="due">${escapeHtml(action.dueLabel)}</td><td class="status${action.done ? ' done' : ''}">${escapeHtml(action.statusLabel)}</td></tr>`;
}

function discussionSection(document: SummaryDocument, t: Translate): string {
  if (document.topics.length === 0) return '';
  return `<section class="discussion">${heading(t('summary.doc.discussion'))}\n${document.topics
    .map((topic) => topicSection(topic, t))
    .join('\n')}</section>`;
}

function topicSection(topic: Topic, t: Translate): string {
  const title = topic.heading ? `<h3 dir="auto">${inline(topic.heading)}${mark(topic.visibility, t)}</h3>` : '';
  return `<section class="topic">${title}${blocks(topic.blocks, t)}</section>`;
}

function nextSection(document: SummaryDocument, t: Translate): string {
  const about = document.nextNote ? [{ label: t('summary.doc.about'), value: document.nextNote }] : [];
  const list = factList([...document.next, ...about], 'facts');
  return list ? `<section class="next">${heading(t('summary.doc.next'))}\n${list}</section>` : '';
}

function signaturesSection(document: SummaryDocument, t: Translate): string {
  if (document.signatures.length === 0) return '';
  const rows = document.signatures
    .map(
      (signature) =>
        `<div class="signature"><p class="label" dir="auto">${escapeHtml(signature.label)}</p><div class="line" aria-hidden="true"></div><p dir="auto">${escapeHtml(signature.name)}</p></div>`,
    )
    .join('\n');
  return `<section class="signatures">${heading(t('summary.doc.signatures'))}\n${rows}</section>`;
}

/** Neighbouring list items become one list; deeper ones lists inside their item. */
function blocks(list: readonly DocBlock[], t: Translate): string {
  let out = '';
  let i = 0;
  while (i < list.length) {
    const block = list[i] as DocBlock;
    if (block.type === 'item') {
      let end = i;
      while (list[end]?.type === 'item') end++;
      out += lists(
        list.slice(i, end) as readonly ItemBlock[],
        Math.min(...(list.slice(i, end) as ItemBlock[]).map((b) => b.depth)),
        t,
      );
      i = end;
    } else {
      out += textBlock(block, t);
      i++;
    }
  }
  return out;
}

type ItemBlock = Extract<DocBlock, { type: 'item' }>;

function lists(items: readonly ItemBlock[], depth: number, t: Translate): string {
  let out = '';
  let open: ItemBlock['list'] | undefined;
  /** Number of the item before; one that is not greater begins another list. */
  let last = Number.NEGATIVE_INFINITY;
  let i = 0;
  while (i < items.length) {
    const item = items[i] as ItemBlock;
    const isAnother = item.list === 'ordered' && item.depth === depth && (item.number ?? 1) <= last;
    if (item.list !== open || isAnother) {
      if (open) out += open === 'ordered' ? '</ol>' : '</ul>';
      open = item.list;
      out += open === 'ordered' ? `<ol start="${item.number ?? 1}">` : `<ul${open === 'task' ? ' class="tasks"' : ''}>`;
    }
    let body = '';
    if (item.depth > depth) {
      // Its parent stayed out of the document: the item stands on its own.
      let end = i;
      while (end < items.length && (items[end] as ItemBlock).depth > depth) end++;
      body = lists(items.slice(i, end), depth + 1, t);
      out += `<li class="bare">${body}</li>`;
      i = end;
      continue;
    }
    body = itemBody(item, t);
    last = item.list === 'ordered' ? (item.number ?? last + 1) : Number.NEGATIVE_INFINITY;
    i++;
    while (i < items.length) {
      const next = items[i] as ItemBlock;
      if (next.depth > depth) {
        let end = i;
        while (end < items.length && (items[end] as ItemBlock).depth > depth) end++;
        body += lists(items.slice(i, end), depth + 1, t);
        i = end;
      } else if (next.continued) {
        body += `<p${langOf(next)} dir="auto">${inline(next.runs)}${mark(next.visibility, t)}</p>`;
        i++;
      } else break;
    }
    out += `<li${item.list === 'ordered' && item.number !== undefined ? ` value="${item.number}"` : ''}>${body}</li>`;
  }
  return out + (open ? (open === 'ordered' ? '</ol>' : '</ul>') : '');
}

function itemBody(item: ItemBlock, t: Translate): string {
  const state =
    item.list === 'task'
      ? `<span class="box${item.checked ? ' on' : ''}" aria-hidden="true"></span><span class="spoken">${escapeHtml(t(item.checked ? 'summary.doc.taskDone' : 'summary.doc.taskOpen'))} </span>`
      : '';
  return `<p${langOf(item)} dir="auto">${state}${inline(item.runs)}${mark(item.visibility, t)}</p>`;
}

const langOf = (block: DocBlock): string => (block.lang ? ` lang="${block.lang}"` : '');

function textBlock(block: DocBlock, t: Translate): string {
  const text = `${inline(block.runs)}${mark(block.visibility, t)}`;
  switch (block.type) {
    case 'subheading':
      return `<h4 dir="auto">${text}</h4>`;
    case 'quote':
      return `<blockquote${langOf(block)}><p dir="auto">${text}</p></blockquote>`;
    case 'code':
      return `<pre dir="auto">${text}</pre>`;
    default:
      return `<p${langOf(block)} dir="auto">${text}</p>`;
  }
}

function inline(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      let text = escapeHtml(run.text).replaceAll('\n', '<br>');
      if (run.code) text = `<code>${text}</code>`;
      if (run.strike) text = `<s>${text}</s>`;
      if (run.underline) text = `<u>${text}</u>`;
      if (run.italic) text = `<em>${text}</em>`;
      if (run.bold) text = `<strong>${text}</strong>`;
      if (run.href && isSafeLink(run.href)) text = `<a href="${escapeHtml(run.href)}">${text}</a>`;
      return text;
    })
    .join('');
}
