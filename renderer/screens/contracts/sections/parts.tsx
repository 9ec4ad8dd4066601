import { Ellipsis } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { createExplainer, type Explainer } from '../../../../shared/contract-dates/explain.ts';
import { PERIOD_UNITS, type Period, type PeriodUnit } from '../../../../shared/contract-dates/period.ts';
import type { TermsError } from '../../../../shared/contract-dates/terms.ts';
import { milestonesOf, type ObligationScope } from '../../../../shared/contracts/obligations.ts';
import { contractView, type ContractView } from '../../../../shared/contracts/view.ts';
import { ordered } from '../../../../shared/contracts/wording.ts';
import { formatPartialDate } from '../../../../shared/dates/format-date.ts';
import type { Contract } from '../../../../shared/model/records.ts';
import { useToday } from '../../../app/clock.ts';
import { currentLanguage, type Translate, useLanguage, useT } from '../../../app/i18n.ts';
import { usePacks } from '../../../db/index.ts';
import {
  IconButton,
  InlineEdit,
  type InlineEditProps,
  Menu,
  type MenuEntry,
  Select,
  TextField,
} from '../../../ui/index.ts';
import styles from './sections.module.css';

/** What every section of a contract gets. */
export interface SectionProps {
  /** The contract's record. */
  readonly id: string;
  readonly data: Contract;
  readonly readOnly: boolean;
  /** Undefined until the calendars are read. */
  readonly view: ContractView | undefined;
  /** The computed contract; undefined while its terms cannot be computed. */
  readonly scope: ObligationScope | undefined;
}

/** The contract computed from its record, as of today. */
export function useContractScope(data: Contract): Pick<SectionProps, 'view' | 'scope'> {
  const today = useToday();
  const packs = usePacks();
  return useMemo(() => {
    const view = packs && contractView(data, { today, packs });
    return { view, scope: view?.ok ? { wording: data, terms: view.terms, dates: view.dates } : undefined };
  }, [data, today, packs]);
}

/** Sentences of the engine in the language of the screen. */
export function useExplainer(): Explainer {
  const language = useLanguage();
  return useMemo(() => createExplainer(language), [language]);
}

/** «каждый месяц», «каждые 3 месяца». */
export function everyWords(t: Translate, explainer: Explainer, period: Period): string {
  const used = PERIOD_UNITS.filter((unit) => (period[unit] ?? 0) > 0);
  const [unit] = used;
  return used.length === 1 && unit && period[unit] === 1
    ? t(`contractSections.everyOne.${unit}`)
    : t('contractSections.every', { period: explainer.period(period) });
}

/** The name of an event that days are counted from: the term's start or end, a milestone's title. */
export function eventName(t: Translate, data: Contract, event: string): string {
  if (event === 'start') return t('contractSections.termStart');
  if (event === 'end') return t('contractSections.termEnd');
  return data.milestones?.[event]?.title || t('contractSections.goneEvent');
}

/** Events that something may be counted from, a milestone's own left out. */
export const eventOptions = (t: Translate, data: Contract, own?: string) => [
  { id: 'start', label: t('contractSections.termStart') },
  { id: 'end', label: t('contractSections.termEnd') },
  ...ordered(data.milestones, ({ order }) => String(order).padStart(6, '0'))
    .filter(([key]) => key !== own)
    .map(([key, { title }]) => ({ id: key, label: title })),
];

/** A refusal of the engine with the milestones' titles in place of their keys, and months as people write them. */
export function problemWords(explainer: Explainer, t: Translate, data: Contract, problem: TermsError): string {
  const name = (event: string): string => eventName(t, data, event);
  const language = currentLanguage();
  const word = (key: string, value: string | number): string | number => {
    if (typeof value === 'number') return value;
    if (key === 'event') return name(value);
    if (key === 'events') return value.split(' → ').map(name).join(' → ');
    return key === 'month' ? formatPartialDate(value, language) : value;
  };
  const params = Object.fromEntries(Object.entries(problem.params).map(([key, value]) => [key, word(key, value)]));
  return oneStop(explainer.problem({ ...problem, params }));
}

/** «2026 г.» at the end of a sentence has its full stop already. */
export const oneStop = (text: string): string => text.replaceAll(/г\.\./gu, 'г.');

/** The milestone that a refusal of `milestonesOf` is about; the engine counts start and end of the term first. */
export function milestoneOfProblem(scope: ObligationScope, problem: TermsError): string | undefined {
  const place = Number(/^milestones\[(\d+)\]/.exec(problem.field)?.[1] ?? Number.NaN);
  const first = scope.dates.finalEnd === null && scope.dates.term.end === null ? 1 : 2;
  return ordered(scope.wording.milestones, ({ order }) => String(order).padStart(6, '0'))[place - first]?.[0];
}

/** Milestones by key with their computed days, or why they cannot be computed. */
export function useMilestones(scope: ObligationScope | undefined) {
  return useMemo(() => (scope ? milestonesOf(scope) : undefined), [scope]);
}

/** Text edited in place, or merely shown where nothing may be changed. */
export function Editable({ readOnly, ...props }: InlineEditProps & { readonly readOnly: boolean }) {
  if (!readOnly) return <InlineEdit {...props} />;
  return <span className={props.className}>{props.display ?? props.value}</span>;
}

/** The actions of one line behind a button. */
export function LineMenu({ name, entries }: { readonly name: string; readonly entries: readonly MenuEntry[] }) {
  const t = useT();
  const label = t('contractSections.actionsOf', { name });
  return (
    <Menu
      label={label}
      trigger={<IconButton size="small" icon={<Ellipsis size={14} aria-hidden />} label={label} />}
      entries={entries}
    />
  );
}

/** A length of one unit: «10 рабочих дней». `undefined` when the number is empty or zero. */
export function PeriodField({
  label,
  value,
  onChange,
  units = PERIOD_UNITS,
  error,
}: {
  readonly label: string;
  readonly value: Period | undefined;
  readonly onChange: (value: Period | undefined) => void;
  readonly units?: readonly PeriodUnit[];
  readonly error?: string | undefined;
}) {
  const t = useT();
  const explainer = useExplainer();
  const used = PERIOD_UNITS.filter((unit) => (value?.[unit] ?? 0) > 0);
  const unit = used[0] ?? PERIOD_UNITS.find((one) => value?.[one] !== undefined) ?? units[0] ?? 'days';
  const count = value?.[unit];
  const set = (number: number | undefined, of: PeriodUnit): void =>
    onChange(number === undefined ? { [of]: 0 } : { [of]: number });
  return (
    <div className={styles.period} role="group" aria-label={label}>
      <span className={styles.previewTitle} aria-hidden>
        {label}
      </span>
      <div className={styles.periodFields}>
        <TextField
          label={label}
          hideLabel
          inputMode="numeric"
          value={count ? String(count) : ''}
          onChange={(text) => {
            const digits = text.replaceAll(/\D/gu, '').slice(0, 5);
            set(digits ? Number(digits) : undefined, unit);
          }}
          error={error}
        />
        <Select
          label={t('contractSections.unit')}
          hideLabel
          options={units.map((id) => ({ id, label: t(`contractSections.units.${id}`) }))}
          value={unit}
          onChange={(next) => set(count, next)}
        />
      </div>
      {used.length > 1 && value && (
        <span className={styles.hint}>{t('contractSections.severalUnits', { period: explainer.period(value) })}</span>
      )}
    </div>
  );
}

/** A period that says something, or nothing at all. */
export const solid = (period: Period | undefined): Period | undefined =>
  period && PERIOD_UNITS.some((unit) => (period[unit] ?? 0) > 0) ? period : undefined;

/** Fields side by side where there is room. */
export const FormRow = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.formRow}>{children}</div>
);
