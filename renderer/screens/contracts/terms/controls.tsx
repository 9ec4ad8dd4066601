/** The controls that terms are typed with, in the form of the contract and in that of an amendment. */
import { Plus, X } from 'lucide-react';
import { PERIOD_UNITS, type PeriodUnit } from '../../../../shared/contract-dates/period.ts';
import { EXIT_POINTS, type ExitPoint } from '../../../../shared/contract-dates/terms.ts';
import { useToday } from '../../../app/clock.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { dayText, readDay } from '../../../app/read-day.ts';
import { DayField, IconButton, Select, TextField } from '../../../ui/index.ts';
import type { PeriodDraft } from './terms-draft.ts';
import styles from './terms.module.css';

/** A day as one writes it. */
export function DayInput({
  label,
  value,
  onChange,
  autoFocus,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}) {
  const t = useT();
  const today = useToday();
  const language = useLanguage();
  return (
    <DayField
      label={label}
      hideLabel
      value={value}
      onChange={onChange}
      read={(text) => readDay(text, today)}
      show={(text) => dayText(text, language)}
      calendarLabel={t('contractTerms.calendarOpen')}
      autoFocus={autoFocus ?? false}
    />
  );
}

/** A whole number. */
export function CountInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextField
      label={label}
      hideLabel
      inputMode="numeric"
      className={styles.count!}
      value={value}
      onChange={onChange}
    />
  );
}

/** The form of the number that the unit's word has to agree with. */
const numberOf = (count: string): number => Number(count.replaceAll(/\s/g, '')) || 0;

/** Years, months, weeks, days and working days, one or several. `grammar`: «в течение месяца» or «за месяц». */
export function PeriodInput({
  label,
  value,
  onChange,
  grammar,
}: {
  readonly label: string;
  readonly value: PeriodDraft;
  readonly onChange: (value: PeriodDraft) => void;
  readonly grammar: 'gen' | 'acc';
}) {
  const t = useT();
  const put = (index: number, part: Partial<PeriodDraft[number]>): void =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const free = PERIOD_UNITS.find((unit) => !value.some((part) => part.unit === unit));
  return (
    <span className={styles.period} role="group" aria-label={label}>
      {value.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        <span key={index} className={styles.part}>
          <TextField
            label={`${label}: ${t('contractTerms.count')}`}
            hideLabel
            inputMode="numeric"
            className={styles.count!}
            value={part.count}
            onChange={(count) => put(index, { count })}
          />
          <Select<PeriodUnit>
            label={`${label}: ${t('contractTerms.unitLabel')}`}
            hideLabel
            className={styles.unit!}
            options={PERIOD_UNITS.map((unit) => ({
              id: unit,
              label: t(`contractTerms.unit.${grammar}.${unit}`, { count: numberOf(part.count) }),
            }))}
            value={part.unit}
            onChange={(unit) => put(index, { unit })}
          />
          {index > 0 && (
            <IconButton
              icon={<X size={12} aria-hidden />}
              label={t('contractTerms.removeUnit')}
              size="small"
              onPress={() => onChange(value.filter((_, at) => at !== index))}
            />
          )}
        </span>
      ))}
      {free && value.some((part) => part.count.trim()) && (
        <IconButton
          icon={<Plus size={12} aria-hidden />}
          label={t('contractTerms.addUnit')}
          size="small"
          className={styles.more!}
          onPress={() => onChange([...value, { count: '', unit: free }])}
        />
      )}
    </span>
  );
}

const ANY = 'any';

/** Where an open-ended contract lets go: on any day, or at certain points only. */
export function ExitSelect({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: ExitPoint | '';
  readonly onChange: (value: ExitPoint | '') => void;
}) {
  const t = useT();
  return (
    <Select<ExitPoint | typeof ANY>
      label={label}
      hideLabel
      className={styles.kind!}
      options={([ANY, ...EXIT_POINTS] as const).map((id) => ({ id, label: t(`contractTerms.exitAt.${id}`) }))}
      value={value || ANY}
      onChange={(id) => onChange(id === ANY ? '' : id)}
    />
  );
}
