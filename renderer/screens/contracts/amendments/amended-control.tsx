import { PROFILES } from '../../../../shared/contract-dates/profile.ts';
import { RENEWALS } from '../../../../shared/contract-dates/terms.ts';
import { useT } from '../../../app/i18n.ts';
import { Segmented, Select } from '../../../ui/index.ts';
import { CountInput, DayInput, ExitSelect, PeriodInput } from '../terms/controls.tsx';
import type { TermsDraft } from '../terms/terms-draft.ts';
import styles from '../terms/terms.module.css';
import type { AmendedField } from './amendment-draft.ts';

type YesNo = 'yes' | 'no';

/** The control with which one field of the text is given its new value. */
export function AmendedControl({
  field,
  label,
  terms,
  onChange,
}: {
  readonly field: AmendedField;
  readonly label: string;
  readonly terms: TermsDraft;
  readonly onChange: (patch: Partial<TermsDraft>) => void;
}) {
  const t = useT();
  switch (field) {
    case 'end':
    case 'renewNotAfter':
      return <DayInput label={label} value={terms[field]} onChange={(value) => onChange({ [field]: value })} />;
    case 'maxRenewals':
      return <CountInput label={label} value={terms[field]} onChange={(value) => onChange({ [field]: value })} />;
    case 'termToMonthEnd':
    case 'noticeToMonthEnd':
      return (
        <Segmented<YesNo>
          label={label}
          hideLabel
          options={[
            { id: 'yes', label: t('profile.yes') },
            { id: 'no', label: t('profile.no') },
          ]}
          value={terms[field] ? 'yes' : 'no'}
          onChange={(value) => onChange({ [field]: value === 'yes' })}
        />
      );
    case 'endReading':
      return (
        <Segmented<'day-before' | 'same-day'>
          label={label}
          hideLabel
          options={[
            { id: 'day-before', label: t('contracts.reading.dayBefore') },
            { id: 'same-day', label: t('contracts.reading.sameDay') },
          ]}
          value={terms.endReading || null}
          onChange={(endReading) => onChange({ endReading })}
        />
      );
    case 'renewal':
      return (
        <Select
          label={label}
          hideLabel
          className={styles.kind!}
          options={RENEWALS.map((id) => ({ id, label: t(`contractTerms.renewal.${id}`) }))}
          value={terms.renewal}
          onChange={(renewal) => onChange({ renewal })}
        />
      );
    case 'noticeCounts':
      return (
        <Select
          label={label}
          hideLabel
          className={styles.narrow!}
          options={(['received', 'sent'] as const).map((id) => ({ id, label: t(`contractTerms.counts.${id}`) }))}
          value={terms.noticeCounts}
          onChange={(noticeCounts) => onChange({ noticeCounts })}
        />
      );
    case 'exitAt':
      return <ExitSelect label={label} value={terms.exitAt} onChange={(exitAt) => onChange({ exitAt })} />;
    case 'profile':
      return (
        <Select
          label={label}
          hideLabel
          className={styles.rules!}
          options={PROFILES.map((id) => ({ id, label: t(`contractTerms.profile.${id}`) }))}
          value={terms.profile}
          onChange={(profile) => onChange({ profile })}
        />
      );
    default:
      return (
        <PeriodInput
          label={label}
          value={terms[field]}
          onChange={(value) => onChange({ [field]: value })}
          grammar="acc"
        />
      );
  }
}
