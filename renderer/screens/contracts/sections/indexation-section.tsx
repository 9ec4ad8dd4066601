import { Pencil, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { IndexationClause, IndexSeries } from '../../../../shared/contract-dates/indexation-types.ts';
import { pricesOf, pricesUntil } from '../../../../shared/contracts/indexation.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { setField } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Button } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { editClause } from './changes.ts';
import { IndexationForm } from './indexation-form.tsx';
import { everyWords, oneStop, problemWords, type SectionProps, useExplainer } from './parts.tsx';
import { PriceTable } from './price-table.tsx';
import styles from './sections.module.css';
import { SeriesTable } from './series-table.tsx';

const SUMMARIES = {
  index: 'contractSections.indexation.summaryIndex',
  fixed: 'contractSections.indexation.summaryFixed',
  rate: 'contractSections.indexation.summaryRate',
} as const;

/** The clause in sentences. */
function useSummary(clause: IndexationClause | undefined): string {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const explainer = useExplainer();
  if (!clause) return '';
  const number = (text: string | undefined): string =>
    language === 'ru' ? (text ?? '0').replace('.', ',') : (text ?? '0');
  const limit = (key: 'cap' | 'floor' | 'cumulative', percent: string | undefined): string[] =>
    percent === undefined ? [] : [t(`contractSections.indexation.${key}Is`, { percent: number(percent) })];
  const sentences = [
    t(SUMMARIES[clause.kind], {
      base: formatMoney(clause.base, language),
      percent: number(clause.percent),
      every: everyWords(t, explainer, clause.everyMonths === 12 ? { years: 1 } : { months: clause.everyMonths }),
      date: dates.short(clause.firstOn),
    }),
    ...(clause.kind === 'index' && clause.baseMonth
      ? [t('contractSections.indexation.baseIs', { month: dates.partial(clause.baseMonth) })]
      : []),
    ...(clause.lagMonths > 0 && clause.kind !== 'fixed'
      ? [t('contractSections.indexation.lagIs', { count: clause.lagMonths })]
      : []),
    ...limit('cap', clause.capPercent),
    ...limit('floor', clause.floorPercent),
    ...limit('cumulative', clause.cumulativeCapPercent),
    ...(clause.decreases ? [] : [t('contractSections.indexation.noDecrease')]),
    ...(clause.noticeOfIncrease
      ? [t('contractSections.indexation.noticeIs', { period: explainer.period(clause.noticeOfIncrease) })]
      : []),
    ...(clause.disputeWindow
      ? [t('contractSections.indexation.disputeIs', { period: explainer.period(clause.disputeWindow) })]
      : []),
  ];
  return oneStop(sentences.join(' '));
}

/** A series with some values set and those that are null taken away. */
const withValues = (series: IndexSeries, changed: Readonly<Record<string, string | null>>): IndexSeries => ({
  ...series,
  values: Object.fromEntries(
    Object.entries<string | null>({ ...series.values, ...changed }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  ),
});

/** The price clause: its wording, the values it needs, the prices it gives. */
export function IndexationSection({ id, data, readOnly, view }: SectionProps) {
  const t = useT();
  const today = useToday();
  const explainer = useExplainer();
  const [editing, setEditing] = useState(false);
  const clause = data.indexation;
  const summary = useSummary(clause);
  const prices = useMemo(
    () => (view?.ok && clause ? pricesOf(view.terms, pricesUntil(view.dates, today)) : undefined),
    [view, clause, today],
  );
  const problem = prices && !prices.ok ? prices.error : view && !view.ok && clause ? view.problem : undefined;
  return (
    <Section
      title={t('contractSections.indexation.title')}
      actions={
        !readOnly && (
          <>
            {clause && (
              <Button
                variant="quiet"
                size="small"
                onPress={() =>
                  void setField('contract', id, 'indexation', null, { toast: t('contractSections.indexation.removed') })
                }
              >
                {t('contractSections.indexation.remove')}
              </Button>
            )}
            <Button
              variant="quiet"
              size="small"
              icon={clause ? <Pencil size={13} aria-hidden /> : <Plus size={14} aria-hidden />}
              onPress={() => setEditing(true)}
            >
              {t(clause ? 'contractSections.edit' : 'contractSections.indexation.add')}
            </Button>
          </>
        )
      }
    >
      {!clause && <p className={profile.empty}>{t('contractSections.indexation.none')}</p>}
      {clause && <p className={styles.clause}>{summary}</p>}
      {problem && (
        <p className={styles.notice}>
          {prices
            ? problemWords(explainer, t, data, problem)
            : t('contractSections.datesUnknown', { problem: explainer.problem(problem) })}
        </p>
      )}
      {clause && prices?.ok && (
        <PriceTable id={id} data={data} readOnly={readOnly} clause={clause} steps={prices.value} />
      )}
      {clause && clause.kind !== 'fixed' && (
        <SeriesTable
          label={t(
            clause.kind === 'rate' ? 'contractSections.indexation.rateSeries' : 'contractSections.indexation.series',
          )}
          series={clause.series}
          readOnly={readOnly}
          onChange={(values) => editClause(id, (now) => ({ ...now, series: withValues(now.series, values) }))}
        />
      )}
      {clause?.replacement && clause.kind === 'index' && (
        <SeriesTable
          label={t('contractSections.indexation.replacementSeries')}
          series={clause.replacement.series}
          readOnly={readOnly}
          onChange={(values) =>
            editClause(id, ({ replacement, ...now }) =>
              replacement
                ? { ...now, replacement: { ...replacement, series: withValues(replacement.series, values) } }
                : now,
            )
          }
        />
      )}
      {editing && <IndexationForm id={id} data={data} onClose={() => setEditing(false)} />}
    </Section>
  );
}
