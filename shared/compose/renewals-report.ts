/** What must be decided on contracts, by month or quarter: those without a decision first, with the value at risk. */
import { createExplainer } from '../contract-dates/explain.ts';
import type { Deadline } from '../contracts/deadlines.ts';
import { type Portfolio, rowDeadlines } from '../contracts/row-deadlines.ts';
import { totals } from '../contracts/value.ts';
import { contractView } from '../contracts/view.ts';
import { addDays, addMonthsClamped } from '../dates/plain-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import { formatMoney } from '../money/money.ts';
import type { Brand, Money, PlainDate } from '../model/records.ts';
import { letterheadOf } from './paper.ts';
import { printDate, printShortDate } from './print-date.ts';
import type { CellTone, Group, ReportDocument, ReportSection } from './report.ts';
import { NBSP, typeset } from './typography.ts';
import { wordsOf } from './words.ts';

export interface RenewalsQuery {
  readonly by: 'month' | 'quarter';
  /** Months from the one that holds today. */
  readonly months: number;
}
export interface RenewalsInput extends RenewalsQuery {
  readonly portfolio: Portfolio;
  readonly brand?: Partial<Brand>;
  readonly language: Language;
}

/** One month or quarter: what is waiting first, each by the day to act on. */
export interface RenewalsPeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly deadlines: readonly Deadline[];
  /** Value of what is not decided. */
  readonly atRisk: readonly Money[];
}
export interface Renewals {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly periods: readonly RenewalsPeriod[];
  /** Contracts with something undecided, and with something decided. */
  readonly waiting: number;
  readonly decided: number;
  readonly atRisk: readonly Money[];
}

const DECISIONS: ReadonlySet<string> = new Set(['notice', 'option', 'end', 'coolingOff', 'increase']);
const isDecided = (deadline: Deadline): boolean => deadline.state === 'decided';

/**
 * Decisions whose day to act on falls into the months asked for. What was missed before and is still not decided stands
 * in the first period: it is the most urgent of all.
 */
export function renewalsOf(portfolio: Portfolio, { by, months }: RenewalsQuery): Renewals {
  const month = `${portfolio.today.slice(0, 7)}-01`;
  const step = by === 'quarter' ? 3 : 1;
  const from = by === 'quarter' ? quarterOf(month) : month;
  const count = Math.max(1, Math.ceil(months / step));
  const to = addDays(addMonthsClamped(from, count * step), -1);
  const all = rowDeadlines({ ...portfolio, promises: [] }).filter(
    ({ kind, actBy, state }) => DECISIONS.has(kind) && actBy <= to && (actBy >= from || state !== 'decided'),
  );
  const periods = Array.from({ length: count }, (_, i): RenewalsPeriod => {
    const first = addMonthsClamped(from, i * step);
    const last = addDays(addMonthsClamped(from, (i + 1) * step), -1);
    const deadlines = all
      .filter(({ actBy }) => (i === 0 || actBy >= first) && actBy <= last)
      // The list is by urgency already; sorting is stable.
      .sort((a, b) => Number(isDecided(a)) - Number(isDecided(b)));
    return { from: first, to: last, deadlines, atRisk: atRiskOf(deadlines) };
  });
  return {
    from,
    to,
    periods,
    waiting: contractsOf(all.filter((deadline) => !isDecided(deadline))),
    decided: contractsOf(all.filter(isDecided)),
    atRisk: atRiskOf(all),
  };
}

function quarterOf(month: PlainDate): PlainDate {
  const number = Number(month.slice(5, 7));
  return `${month.slice(0, 5)}${String(number - ((number - 1) % 3)).padStart(2, '0')}-01`;
}
const contractsOf = (deadlines: readonly Deadline[]): number => new Set(deadlines.map(({ contract }) => contract)).size;
const atRiskOf = (deadlines: readonly Deadline[]): readonly Money[] =>
  totals(deadlines.map((deadline) => (isDecided(deadline) ? null : deadline.value)));

const TONES: Readonly<Record<Deadline['state'], CellTone>> = {
  ahead: 'plain',
  open: 'attention',
  due: 'risk',
  missed: 'risk',
  decided: 'ok',
};

export function composeRenewals(input: RenewalsInput): ReportDocument {
  const { portfolio, language, brand, by } = input;
  const w = wordsOf(language);
  const t = (key: string, params?: Record<string, unknown>): string => w(`contractDocuments.doc.${key}`, params);
  const set = (text: string | undefined): string => typeset((text ?? '').trim(), language);
  const sums = (amounts: readonly Money[]): string => amounts.map((money) => formatMoney(money, language)).join(' + ');
  const report = renewalsOf(portfolio, input);
  const periodName = (from: PlainDate): string =>
    by === 'quarter'
      ? t('quarter', { quarter: Math.ceil(Number(from.slice(5, 7)) / 3), year: from.slice(0, 4) })
      : monthName(from, language);
  const decision = (deadline: Deadline): string => {
    const { decision: made } = deadline;
    if (!made) return '';
    const what = w(`contractDocuments.decision.${made.kind}`);
    return [what, set(made.author), printShortDate(made.date, language)].filter(Boolean).join(', ');
  };
  const groups = report.periods
    .filter(({ deadlines }) => deadlines.length > 0)
    .map(
      ({ from, deadlines, atRisk }): Group => ({
        title: periodName(from),
        ...(atRisk.length > 0 ? { aside: `${t('atRisk')}: ${sums(atRisk)}` } : {}),
        rows: deadlines.map((deadline) => [
          { text: set(deadline.contractName) || t('untitled'), more: set(deadline.organisationName) },
          { text: w(`contractDocuments.kind.${deadline.kind}`) },
          {
            text: printShortDate(deadline.actBy, language),
            tone: deadline.state === 'due' || deadline.state === 'missed' ? 'risk' : 'plain',
            ...(deadline.provisional ? { more: t('provisional') } : {}),
          },
          { text: printShortDate(deadline.legal, language) },
          { text: deadline.value ? formatMoney(deadline.value, language) : '' },
          { text: w(`contractDocuments.state.${deadline.state}`), tone: TONES[deadline.state] },
          deadline.decision
            ? {
                text: decision(deadline),
                ...(deadline.decision.reason ? { more: set(deadline.decision.reason) } : {}),
                // A decision without author or reason is written down, and yet does not count.
                tone: isDecided(deadline) ? 'plain' : 'attention',
              }
            : { text: t('noDecision'), tone: 'quiet' },
        ]),
      }),
    );
  const kicker = t('renewalsKicker');
  const span = t('span', { start: printShortDate(report.from, language), end: printShortDate(report.to, language) });
  return {
    kind: 'renewals',
    language,
    size: 'A4 landscape',
    kicker,
    heading: t('renewalsHeading'),
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
      { label: t('waiting'), value: t('waitingCount', { count: report.waiting }) },
      { label: t('decidedCount'), value: t('waitingCount', { count: report.decided }) },
      ...(report.atRisk.length > 0 ? [{ label: t('totalAtRisk'), value: sums(report.atRisk) }] : []),
      { label: t('preparedOn'), value: printDate(portfolio.today, language) },
    ],
    sections: [
      groups.length === 0
        ? { title: '', kind: 'plain', note: t('nothing') }
        : {
            title: '',
            kind: 'table',
            columns: [
              { label: t('contract') },
              { label: t('what'), width: 36 },
              { label: t('actBy'), width: 26, align: 'end' },
              { label: t('legal'), width: 26, align: 'end' },
              { label: t('atRisk'), width: 34, align: 'end' },
              { label: t('state'), width: 34 },
              { label: t('decision'), width: 58 },
            ],
            groups,
          },
      ...uncomputed(portfolio, language, set, t),
    ],
  };
}

/** Contracts that the report cannot speak of are named, so that silence is not taken for calm. */
function uncomputed(
  { contracts, packs, today }: Portfolio,
  language: Language,
  set: (text: string | undefined) => string,
  t: (key: string) => string,
): readonly ReportSection[] {
  const explain = createExplainer(language);
  const rows = contracts.flatMap((row) => {
    if (row.status === 'ended') return [];
    const view = contractView(row.wording, { today, packs });
    return view.ok
      ? []
      : [
          [
            { text: set(row.title || row.number) || t('untitled'), more: set(row.organisationName) },
            { text: explain.problem(view.problem), tone: 'attention' as const },
          ],
        ];
  });
  return rows.length === 0
    ? []
    : [
        {
          title: t('uncomputed'),
          kind: 'table',
          columns: [{ label: t('contract'), width: 90 }, { label: t('reason') }],
          groups: [{ title: '', rows }],
        },
      ];
}

/** «июнь 2026» / “June 2026”. */
function monthName(date: PlainDate, language: Language): string {
  const text = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.UTC(2001, Number(date.slice(5, 7)) - 1, 1));
  return `${text.slice(0, 1).toLocaleUpperCase(language)}${text.slice(1)} ${date.slice(0, 4)}`;
}
