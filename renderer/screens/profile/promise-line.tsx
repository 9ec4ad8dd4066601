import type { PromiseRow } from '../../../shared/model/rows.ts';
import { commit, setField } from '../../app/commit.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { openContract, openMeeting, openOrganisation } from '../../app/navigation.ts';
import { Button, Checkbox, classNames, DateField, InlineEdit, Popover } from '../../ui/index.ts';
import { RecordLink } from './parts.tsx';
import styles from './profile.module.css';

/** Marks a promise done on a day, with undo. */
export const finishPromise = (promise: PromiseRow, today: string, toast: string) =>
  commit(
    {
      kind: 'edit',
      changes: [
        { type: 'promise', record: promise.id, field: 'status', value: 'done' },
        { type: 'promise', record: promise.id, field: 'doneOn', value: today },
      ],
    },
    { toast },
  );

/** One promise: a box to tick, the words, whose it is, when it is due. */
export function PromiseLine({
  promise,
  showOrganisation,
}: {
  readonly promise: PromiseRow;
  readonly showOrganisation?: boolean;
}) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const overdue = promise.due !== undefined && promise.due < today;
  const finish = (): void => {
    void finishPromise(promise, today, t('profile.promiseDone', { text: promise.text }));
  };
  return (
    <div
      className={styles.line}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        finish();
      }}
    >
      <Checkbox label={t('profile.markDone', { text: promise.text })} hideLabel isSelected={false} onChange={finish} />
      <div className={styles.lineMain}>
        <InlineEdit
          label={t('profile.promiseText')}
          value={promise.text}
          onCommit={(text) => void setField('promise', promise.id, 'text', text)}
        />
        <span className={styles.lineSub}>
          {t(promise.side === 'ours' ? 'profile.ours' : 'profile.theirs')}
          {promise.ownerName && <> · {promise.ownerName}</>}
          {showOrganisation && promise.organisation && promise.organisationName && (
            <>
              {' · '}
              <RecordLink onOpen={() => openOrganisation(promise.organisation!)}>{promise.organisationName}</RecordLink>
            </>
          )}
          {promise.meeting && (
            <>
              {' · '}
              <RecordLink onOpen={() => openMeeting(promise.meeting!)}>{t('profile.fromMeeting')}</RecordLink>
            </>
          )}
          {!promise.meeting && promise.contract && (
            <>
              {' · '}
              <RecordLink onOpen={() => openContract(promise.contract!)}>{t('profile.fromContract')}</RecordLink>
            </>
          )}
        </span>
      </div>
      <Popover
        label={t('profile.due')}
        trigger={
          <Button variant="quiet" size="small" className={classNames(styles.lineEnd, overdue && styles.overdue)}>
            {promise.due
              ? overdue
                ? t('profile.overdue', { when: dates.near(promise.due) })
                : dates.near(promise.due)
              : t('profile.noDue')}
          </Button>
        }
      >
        <DateField
          label={t('profile.due')}
          value={promise.due}
          onChange={(due) => void setField('promise', promise.id, 'due', due)}
          clearLabel={t('common.clearDate')}
          autoFocus
        />
      </Popover>
    </div>
  );
}
