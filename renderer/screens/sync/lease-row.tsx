import type { SyncStatus } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { notify, Select } from '../../ui/index.ts';
import { SettingsRow } from '../settings/row.tsx';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

/** Days to choose from; another number that was set elsewhere is shown beside them. */
const DAYS = [3, 7, 14, 30, 90] as const;
const OFF = 'off';

/** How long vaults of the workspace open without contact: set by an owner, seen by everybody while there is a lease. */
export function LeaseRow({ status, canSet }: { readonly status: SyncStatus; readonly canSet: boolean }) {
  const t = useT();
  const { exact } = useNear();
  const { lease } = status;
  if (!canSet && !lease) return null;
  const present = lease ? String(lease.days) : OFF;
  const set = async (value: string, before: string | null): Promise<void> => {
    const done = await call('sync:lease', { leaseDays: value === OFF ? null : Number(value) });
    if (!done.ok) {
      showError(done.error);
      return;
    }
    notify({
      text: t('sync.leaseSet'),
      ...(before === null ? {} : { action: { label: t('common.undo'), run: () => void set(before, null) } }),
    });
  };
  const days = [...new Set([...DAYS, ...(lease ? [lease.days] : [])])].sort((a, b) => a - b);
  return (
    <SettingsRow label={t('sync.lease')} hint={canSet ? t('sync.leaseHint') : ''}>
      {canSet ? (
        <Select
          label={t('sync.lease')}
          hideLabel
          className={styles.lease ?? ''}
          options={[
            { id: OFF, label: t('sync.leaseOff') },
            ...days.map((count) => ({ id: String(count), label: t('sync.days', { count }) })),
          ]}
          value={present}
          onChange={(value) => {
            if (value !== present) void set(value, present);
          }}
        />
      ) : (
        <div className={styles.line}>{t('sync.days', { count: lease?.days ?? 0 })}</div>
      )}
      {lease && <p className={styles.note}>{t('sync.leaseText', { until: exact(lease.until) })}</p>}
    </SettingsRow>
  );
}
