/** All contracts on paper: one row per contract, terms as bars over one axis, the window for notice hatched, today a line. */
import { dateOf, type DayNumber, dayOf } from '../contract-dates/civil.ts';
import { type Portfolio, deadlineContract, deadlinePromise } from '../contracts/row-deadlines.ts';
import { contractLane, type Lane, type LaneTone } from '../contracts/timeline.ts';
import { totals } from '../contracts/value.ts';
import { contractView } from '../contracts/view.ts';
import { addDays, addMonthsClamped } from '../dates/plain-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import { formatMoney } from '../money/money.ts';
import type { Brand, PlainDate } from '../model/records.ts';
import type { PromiseRow } from '../model/rows.ts';
import { axisMarkup, type AxisScale, laneMarkup, legendMarkup } from './lane-drawing.ts';
import { escapeHtml } from './page.ts';
import { letterheadOf } from './paper.ts';
import { printDate, printShortDate } from './print-date.ts';
import type { ReportDocument } from './report.ts';
import { NBSP, typeset } from './typography.ts';
import { wordsOf } from './words.ts';

export interface TimelineQuery {
  readonly paper: 'A4' | 'A3';
  readonly group: 'none' | 'organisation' | 'owner';
  /** Years from the beginning of the quarter before this one. */
  readonly years: number;
}
export interface TimelineInput extends TimelineQuery {
  readonly portfolio: Portfolio;
  readonly brand?: Partial<Brand>;
  readonly language: Language;
}

/** Millimetres: the width of the page within its margins, and of the column of names. */
const PAGE_WIDTH = { A4: 269, A3: 392 } as const;
const NAME_WIDTH = { A4: 62, A3: 76 } as const;

const WORDS: Readonly<Record<LaneTone, string>> = {
  plain: '',
  quiet: '',
  ok: 'ok',
  attention: 'attention',
  risk: 'risk',
};

function lanesOf({ portfolio, years }: TimelineInput): { lanes: Lane[]; from: PlainDate; to: PlainDate } {
  const { today, packs } = portfolio;
  const month = Number(today.slice(5, 7));
  const quarter = `${today.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
  const from = addMonthsClamped(quarter, -3);
  const to = addDays(addMonthsClamped(from, years * 12), -1);
  const promises = new Map<string, PromiseRow[]>();
  for (const row of portfolio.promises)
    if (row.contract) promises.set(row.contract, [...(promises.get(row.contract) ?? []), row]);
  const lanes = portfolio.contracts.map((row) =>
    contractLane(
      {
        contract: deadlineContract(row),
        view: contractView(row.wording, { today, packs }),
        today,
        promises: (promises.get(row.id) ?? []).map(deadlinePromise),
      },
      { from, to },
    ),
  );
  return { lanes: lanes.filter(({ items }) => items.some(({ kind }) => kind === 'term')), from, to };
}

/** The soonest decision first; those without one by name. */
function byDecision(a: Lane, b: Lane): number {
  const [x, y] = [a.deadline?.actBy ?? '9999', b.deadline?.actBy ?? '9999'];
  if (x !== y) return x < y ? -1 : 1;
  const [one, other] = [a.contract.title || a.contract.number, b.contract.title || b.contract.number];
  return one === other ? (a.contract.id < b.contract.id ? -1 : 1) : one < other ? -1 : 1;
}

export function composeTimeline(input: TimelineInput): ReportDocument {
  const { portfolio, language, brand, paper, group } = input;
  const w = wordsOf(language);
  const t = (key: string, params?: Record<string, unknown>): string => w(`contractDocuments.doc.${key}`, params);
  const set = (text: string | undefined): string => typeset((text ?? '').trim(), language);
  const { lanes, from, to } = lanesOf(input);
  const first: DayNumber = dayOf(from);
  const scale: AxisScale = {
    first,
    days: dayOf(to) - first + 1,
    width: PAGE_WIDTH[paper] - NAME_WIDTH[paper],
    today: dayOf(portfolio.today),
    language,
  };
  const groups = new Map<string, Lane[]>();
  for (const lane of [...lanes].sort(byDecision)) {
    const name =
      group === 'organisation' ? lane.contract.organisationName : group === 'owner' ? lane.contract.owner : '';
    groups.set(name, [...(groups.get(name) ?? []), lane]);
  }
  const bodies = [...groups]
    .map(([name, members]) => {
      const heading =
        group === 'none'
          ? ''
          : `<tr class="group"><th scope="rowgroup" colspan="2">${escapeHtml(set(name) || '—')}</th></tr>`;
      return `<tbody>${heading}${members.map((lane) => laneRow(lane, scale, { group, set, t, w })).join('\n')}</tbody>`;
    })
    .join('\n');
  const markup = `<div class="lanes"><table><colgroup><col style="width:${NAME_WIDTH[paper]}mm"><col></colgroup>
<thead><tr><th scope="col"><span class="spoken">${escapeHtml(t('contract'))}</span></th><th scope="col">${axisMarkup(scale)}</th></tr></thead>
${bodies}
</table></div>
${legendMarkup((key) => w(`contractDocuments.legend.${key}`))}`;
  const kicker = t('timelineKicker');
  const span = t('span', { start: printShortDate(from, language), end: printShortDate(to, language) });
  const risk = totals(lanes.map(({ deadline, atRisk }) => (deadline && deadline.state !== 'ahead' ? atRisk : null)));
  return {
    kind: 'timeline',
    language,
    size: paper === 'A3' ? 'A3 landscape' : 'A4 landscape',
    kicker,
    heading: t('timelineHeading'),
    sub: '',
    title: t('title', { kicker, subject: span }).replaceAll(NBSP, ' '),
    letterhead: letterheadOf(brand, set),
    confidentiality: w('summary.doc.houseOnly'),
    watermark: '',
    footer: set(brand?.footer) || set(brand?.name),
    date: portfolio.today,
    fileSubject: '',
    facts: [
      { label: t('period'), value: span },
      { label: t('count'), value: t('waitingCount', { count: lanes.length }) },
      ...(risk.length > 0
        ? [{ label: t('totalAtRisk'), value: risk.map((money) => formatMoney(money, language)).join(' + ') }]
        : []),
      { label: t('preparedOn'), value: printDate(portfolio.today, language) },
    ],
    sections:
      lanes.length === 0 ? [{ title: '', kind: 'plain', note: t('nothing') }] : [{ title: '', kind: 'figure', markup }],
  };
}

interface Wording {
  readonly group: TimelineQuery['group'];
  readonly set: (text: string | undefined) => string;
  readonly t: (key: string, params?: Record<string, unknown>) => string;
  readonly w: (key: string, params?: Record<string, unknown>) => string;
}

function laneRow(lane: Lane, scale: AxisScale, { group, set, t, w }: Wording): string {
  const { contract, state, tone, deadline } = lane;
  const name = set(contract.title || contract.number) || t('untitled');
  const word = state === 'unclear' ? t('uncomputed') : w(`contractDates.state.${state}`);
  const who = group === 'organisation' ? contract.number : contract.organisationName;
  const term = lane.items.find((item) => item.kind === 'term' && (item.term === 'current' || item.term === 'stated'));
  const spoken = [
    `${name}: ${word}`,
    ...(term
      ? [
          `${t('term')} ${t('span', { start: printShortDate(dateOf(term.from), scale.language), end: term.kind === 'term' && term.end !== null ? printShortDate(term.end, scale.language) : t('openEnd') })}`,
        ]
      : []),
    ...(deadline ? [`${t('actBy')} ${printShortDate(deadline.actBy, scale.language)}`] : []),
  ].join('. ');
  return `<tr><th scope="row"><span class="name">${escapeHtml(name)}</span><span class="who"><span class="state ${WORDS[tone]}">${escapeHtml(word)}</span>${who ? ` · ${escapeHtml(set(who))}` : ''}</span></th><td>${laneMarkup(lane, scale, spoken)}</td></tr>`;
}
