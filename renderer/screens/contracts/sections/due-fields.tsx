import type { DayOff } from '../../../../shared/contract-dates/obligations.ts';
import type { Contract } from '../../../../shared/model/records.ts';
import type { Period } from '../../../../shared/contract-dates/period.ts';
import { useT } from '../../../app/i18n.ts';
import { Segmented, Select } from '../../../ui/index.ts';
import { eventOptions, FormRow, PeriodField } from './parts.tsx';

const DAY_OFFS: readonly DayOff[] = ['profile', 'previous', 'next', 'keep'];

/** What happens to a due day on which nobody works. */
export function DayOffSelect({
  value,
  onChange,
}: {
  readonly value: DayOff;
  readonly onChange: (value: DayOff) => void;
}) {
  const t = useT();
  return (
    <Select
      label={t('contractSections.dayOff')}
      options={DAY_OFFS.map((id) => ({ id, label: t(`contractSections.dayOffs.${id}`) }))}
      value={value}
      onChange={onChange}
    />
  );
}

export interface Relative {
  readonly to: string;
  readonly direction: 'after' | 'before';
  readonly period: Period | undefined;
}

/** «30 дней после приёмки»: a length, a direction, an event of the contract. */
export function RelativeFields({
  data,
  value,
  onChange,
  own,
  error,
}: {
  readonly data: Contract;
  readonly value: Relative;
  readonly onChange: (parts: Partial<Relative>) => void;
  /** A milestone cannot be counted from itself. */
  readonly own?: string | undefined;
  readonly error?: string | undefined;
}) {
  const t = useT();
  const options = eventOptions(t, data, own);
  const known = options.some(({ id }) => id === value.to);
  return (
    <>
      <FormRow>
        <PeriodField
          label={t('contractSections.amountOf')}
          value={value.period}
          onChange={(period) => onChange({ period })}
          error={error}
        />
        <Segmented
          label={t('contractSections.direction')}
          options={[
            { id: 'after', label: t('contractSections.after') },
            { id: 'before', label: t('contractSections.before') },
          ]}
          value={value.direction}
          onChange={(direction) => onChange({ direction })}
        />
      </FormRow>
      <Select
        label={t('contractSections.event')}
        options={known ? options : [...options, { id: value.to, label: t('contractSections.goneEvent') }]}
        value={value.to}
        onChange={(to) => onChange({ to })}
      />
    </>
  );
}
