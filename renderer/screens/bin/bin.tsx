import { RotateCcw } from 'lucide-react';
import { wallTime } from '../../../shared/dates/plain-date.ts';
import { titleOf } from '../../../shared/model/title.ts';
import type { RecordView } from '../../../shared/ipc/contract.ts';
import { localTimeZone } from '../../app/clock.ts';
import { setField } from '../../app/commit.ts';
import { useDates } from '../../app/dates.ts';
import { errorText, type TextKey, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { openRecord } from '../../app/navigation.ts';
import { useLoaded } from '../../db/index.ts';
import { Badge, Button, EmptyState, notify, PaneHeader } from '../../ui/index.ts';
import profile from '../profile/profile.module.css';
import styles from './bin.module.css';

const TYPES: Readonly<Record<string, TextKey>> = {
  organisation: 'bin.organisation',
  person: 'bin.person',
  meeting: 'bin.meeting',
  promise: 'bin.promise',
  contract: 'bin.contract',
  affiliation: 'bin.affiliation',
};

/** What a deleted record was called. */
const nameOf = ({ type, data }: RecordView): string => titleOf(type, data);

/** Deleted records, newest first; each can be put back. */
export function Bin() {
  const t = useT();
  const dates = useDates();
  const { value, error } = useLoaded(
    () => call('vault:bin', undefined),
    () => true,
    [],
  );
  const records = (value ?? []).toSorted((a, b) => b.changedAt - a.changedAt);
  const restore = async (record: RecordView): Promise<void> => {
    const result = await setField(record.type, record.id, '$deleted', false);
    if (!result.ok) return;
    notify({
      text: t('bin.restored', { name: nameOf(record) || t('bin.untitled') }),
      ...(TYPES[record.type] && record.type !== 'affiliation' && record.type !== 'promise'
        ? { action: { label: t('common.open'), run: () => void openRecord(record.type, record.id) } }
        : {}),
    });
  };
  return (
    <>
      <PaneHeader title={t('shell.bin')} />
      <div className={styles.page}>
        {error && <EmptyState title={errorText(error)} />}
        {value && records.length === 0 && <EmptyState title={t('bin.empty')}>{t('bin.emptyText')}</EmptyState>}
        {records.length > 0 && <p className={styles.lead}>{t('bin.lead')}</p>}
        {records.map((record) => (
          <div key={record.id} className={profile.line}>
            <div className={profile.lineMain}>
              <span className={profile.linkMain}>{nameOf(record) || t('bin.untitled')}</span>
            </div>
            <Badge>{t(TYPES[record.type] ?? 'bin.other')}</Badge>
            <span className={profile.lineEnd}>{dates.near(wallTime(localTimeZone(), record.changedAt))}</span>
            <Button size="small" icon={<RotateCcw size={13} aria-hidden />} onPress={() => void restore(record)}>
              {t('bin.restore')}
            </Button>
          </div>
        ))}
      </div>
    </>
  );
}
