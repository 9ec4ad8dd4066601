import { setField } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { Select } from '../../ui/index.ts';
import styles from './profile.module.css';

const CHOICES = [7, 14, 30, 60, 90, 180, 365] as const;

/** How often one wants to meet. */
export function CadenceField({
  type,
  id,
  value,
}: {
  readonly type: string;
  readonly id: string;
  readonly value: number | undefined;
}) {
  const t = useT();
  const days = [...new Set([...CHOICES, ...(value ? [value] : [])])].sort((a, b) => a - b);
  return (
    <Select
      label={t('profile.rhythm')}
      hideLabel
      quiet
      className={styles.choice!}
      options={[
        { id: '0', label: t('profile.noRhythm') },
        ...days.map((count) => ({ id: String(count), label: t('profile.every', { count }) })),
      ]}
      value={String(value ?? 0)}
      onChange={(id_) => void setField(type, id, 'cadenceDays', id_ === '0' ? null : Number(id_))}
    />
  );
}
